"""Every door is asked at random: addresses, queries, headers and bodies; nothing makes the server fail or wait."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from random import Random
from time import process_time
from typing import Any

import pytest
from starlette.types import Message

from app.main import create_app
from app.settings import Settings
from benchmarks.weight import memory

from .answered import Answered
from .client import Client, complain
from .doors import DOORS, Door, R, S
from .mutations import SECONDS, WORDS, mutated
from .schemas import Drawn
from .test_doors import OWNER, QUERIES, SENT, Class

Headers = dict[str, bytes]

ELSEWHERE = {
    ("GET", "/static"),
    ("POST", "/api/sessions/file"),
    ("PUT", f"{S}/parameters"),
    ("POST", f"{S}/continue"),
    ("DELETE", f"{S}/branches/{{branch}}"),
    ("POST", "/api/rooms"),
}
"""Doors that are only open after something else, or to a file; what gets through them is in `test_bad_input`."""

REQUESTS, REQUESTS_LONG = 40, 10_000
CASES, CASES_LONG = 200, 2_000
FRESH_EVERY = 100
"""So many requests attack one session and one room; what they did to it may leave nothing to attack."""
SMALL = Settings(
    share=True,
    max_rooms=10**6,
    metrics=True,
    max_train_iterations=50,
    max_parameters=2_000,
    max_rows=50,
    max_sessions=300,
    max_rate=10**6,
    max_room_rate=10**6,
)

KNOWN: Headers = {
    "accept-language": b"de,en;q=0.5",
    "accept-encoding": b"gzip",
    "content-type": b"application/json",
    "if-none-match": b'"0123456789abcdef"',
    "last-event-id": b"3",
    "origin": b"http://127.0.0.1",
    "sec-fetch-site": b"same-origin",
    "stepgrad-owner": b"m" * 22,
    "stepgrad-room": b"r" * 22,
    "content-length": b"7",
    "transfer-encoding": b"chunked",
    "x-forwarded-for": b"10.0.0.1",
    "cookie": b"a=b",
}


async def put(app: Any, method: str, path: str, query: bytes, body: bytes, headers: Headers) -> tuple[int, float]:
    """The status of an answer and how long this process worked for it; whoever asks for a stream leaves soon."""
    sent: list[Message] = []
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if waiting:
            return waiting.pop()
        await asyncio.sleep(0.002)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    fields = [(b"host", b"127.0.0.1"), *((name.encode(), value) for name, value in headers.items())]
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": fields}
    begin = process_time()
    await asyncio.wait_for(Answered(app, complain)(scope, receive, send), 20)
    return sent[0]["status"] if sent else 0, process_time() - begin


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client(create_app(SMALL)) as made:
        yield made


def strange(random: Random, good: bytes) -> bytes:
    return random.choice((good, mutated(good or b"a", random), random.choice(WORDS)))


def request(random: Random, room: Class, door: Door) -> tuple[str, bytes, bytes, Headers]:
    """Path, query, body and headers, of which at least one is strange."""
    places = {"session_id": room.session, "code": room.code, "tensor": "W1", "iteration": "0", "branch": "0"}
    places |= {"name": "numpy", "number": "1", "activation": "tanh", "language": "en", "part": "page"}
    if "{" in door.path and random.random() < 0.4:
        name = random.choice([name for name in places if f"{{{name}}}" in door.path])
        word = strange(random, places[name].encode()).decode("utf-8", "replace")
        places[name] = word.replace("/", "") or "-"
    good = "&".join(f"{name}={value}" for name, value in QUERIES.get(door.path, {}).items())
    also = random.choice(
        ("view=step", "example=1", "digits=3", "notation=code", "language=de", "as=" + room.key, "index=0")
    )
    query = strange(random, f"{good}&{also}".encode())
    body = b"" if door.safe else json.dumps(SENT.get(f"{door.method} {door.path}", {})).encode()
    headers = {name: strange(random, KNOWN[name]) for name in random.sample(sorted(KNOWN), 3)}
    headers.setdefault("content-type", b"application/json")
    key = room.token if door.path.endswith(("/me", "/answer")) else room.key
    headers.setdefault("stepgrad-room", key.encode())
    headers.setdefault("stepgrad-owner", OWNER.encode())
    path = door.path.format(**places)
    return path, query, strange(random, body) if body else body, headers


@pytest.mark.parametrize("door", DOORS, ids=lambda door: f"{door.method} {door.path}")
def test_no_query_header_or_address_makes_the_server_fail(client: Client, door: Door, long: bool) -> None:
    random = Random(f"{door.method} {door.path}")
    seen: dict[int, float] = {}
    """How long the slowest answer of each status took."""

    async def attack(room: Class, requests: int) -> None:
        for _ in range(requests):
            path, query, body, headers = request(random, room, door)
            status, seconds = await put(client.app, door.method, path, query, body, headers)
            about = (
                f"{door.method} {path[:200]!r}?{query[:200]!r} {headers} {body[:200]!r} -> {status}, {seconds:.2f} s"
            )
            assert seconds < SECONDS, about
            seen[status] = max(seen.get(status, 0), seconds)

    requests = REQUESTS_LONG if long else REQUESTS
    for first in range(0, requests, FRESH_EVERY):
        room = Class(client)
        client.run(attack(room, min(FRESH_EVERY, requests - first)))
        client.request("DELETE", f"/api/rooms/{room.code}", headers={"stepgrad-room": room.key})
    print(f"slowest {max(seen.values()):.3f} s, memory {memory(os.getpid())} MB, {sorted(seen)}")
    inside = any(status < 300 or status == 409 for status in seen)
    assert inside or (door.method, door.path) in ELSEWHERE, "all were refused at the door: the attack stays outside"


def test_requests_drawn_from_the_description_of_the_api_are_answered(client: Client, long: bool) -> None:
    attacked, random = Class(client), Random(5)
    document = client.get("/openapi.json")
    known: dict[str, list[Any]] = {
        "session_id": [attacked.session],
        "code": [attacked.code],
        "tensor": ["W1", "z2", "b1"],
        "index": ["0", "1,0"],
        "iteration": [0, 1],
        "branch": [0],
        "number": [1, 2],
        "activation": ["tanh"],
        "name": ["xor", "sgd", "numpy"],
        "example": [0, 3],
        "as": [attacked.key],
        "session": [attacked.session],
        "units": [1, 2, 3],
        "batch_size": [1, 2],
        "preset": ["xor", "or"],
        "x": ["W1:0,0"],
        "y": ["W1:0,1", "b1:0"],
        "iterations": [1, 5],
        "epochs": [1],
    }
    drawn = Drawn(document, random, known)
    operations = [
        (method.upper(), path, told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if (method, path) not in (("delete", S), ("delete", R))
    ]

    async def attack() -> list[int]:
        statuses = []
        for number in range(CASES_LONG if long else CASES):
            method, path, told = operations[number % len(operations)]
            parameters = told.get("parameters", [])
            for parameter in parameters:
                if parameter["in"] == "path":
                    path = path.replace(f"{{{parameter['name']}}}", drawn.place(parameter))
            path = path.replace("{session_id}", attacked.session).replace("{code}", attacked.code)
            schema = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            body = b"" if schema is None else json.dumps(drawn.value(schema)).encode()
            headers = {"content-type": b"application/json", "stepgrad-room": attacked.key.encode()}
            query = drawn.query(parameters).encode()
            status, seconds = await put(client.app, method, path, query, body, headers)
            assert seconds < SECONDS, (method, path, query, body[:300])
            statuses.append(status)
        return statuses

    statuses = client.run(attack())
    good = sum(200 <= status < 300 for status in statuses)
    assert good > len(statuses) / 10, "too few are good: the attack stays at the door"
    print(f"{good} of {len(statuses)} were good requests")
