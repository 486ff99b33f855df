"""The API's documentation is executed: every route has an example, and every example is answered as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from app.bootstrap import ROOT

from .client import Client, MakeClient, error_of

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
REQUEST = re.compile(
    r"^```\n(?P<method>[A-Z]+) (?P<path>\S+) -> (?P<status>\d+)\n(?:Stepgrad-Room: (?P<key>\S+)\n)?(?P<body>.*?)```$"
    r"(?:\n```json\n(?P<wanted>.*?)```$)?",
    re.M | re.S,
)


@dataclass(frozen=True)
class Example:
    """A request of the documentation, with the key of a room and its body, and what its answer has to contain."""

    method: str
    path: str
    status: int
    key: str
    body: str
    wanted: Any


def examples() -> Iterator[Example]:
    for found in REQUEST.finditer(TEXT):
        wanted = json.loads(found["wanted"]) if found["wanted"] else None
        yield Example(found["method"], found["path"], int(found["status"]), found["key"] or "", found["body"], wanted)


def contains(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(name in got and contains(got[name], wanted[name]) for name in wanted)
    return bool(got == wanted)


def test_every_block_of_the_documentation_is_an_example() -> None:
    blocks = len(re.findall(r"^```", TEXT, re.M)) // 2
    read = list(examples())
    assert blocks == len(read) + sum(example.wanted is not None for example in read)


def test_every_example_is_answered_as_the_documentation_says(make_client: MakeClient) -> None:
    client = make_client(share=True)
    places, file = {"{session}": ""}, b""
    for example in examples():
        path, key, text = (filled(text, places) for text in (example.path, example.key, example.body))
        kind = "application/json" if text.startswith("{") else "text/csv"
        headers = {"Content-Type": kind, **({"Stepgrad-Room": key} if key else {})}
        body = file if text == "{file}\n" else text.encode()
        response = client.request(example.method, path, content=body, headers=headers)
        file = response.content
        about = f"{example.method} {example.path}: {response.text[:300]}"
        assert response.status_code == example.status, about
        if example.status >= 400:
            error_of(response)
        if example.wanted is not None:
            assert contains(response.json(), example.wanted), about
        places |= named(example, response, places)


def filled(text: str, places: dict[str, str]) -> str:
    for place, value in places.items():
        text = text.replace(place, value)
    return text


def named(example: Example, response: httpx.Response, places: dict[str, str]) -> dict[str, str]:
    """What later examples call by a name: the first session, and the newest room with its keys."""
    if example.status != 201:
        return {}
    told = response.json()
    if example.path == "/api/rooms":
        return {"{room}": f"/api/rooms/{told['code']}", "{key}": told["key"], "{viewing}": told["viewing"]}
    if "token" in told:
        return {"{token}": told["token"]}
    if places["{session}"] or "id" not in told:
        return {}
    return {"{session}": f"/api/sessions/{told['id']}", "{id}": told["id"]}


def test_every_route_has_an_example(client: Client) -> None:
    shown = {(example.method, example.path.split("?")[0]) for example in examples() if example.status < 400}
    for path, methods in client.get("/openapi.json")["paths"].items():
        if path.endswith("/events"):
            continue  # never ends: test_events reads it
        place = path.replace("/api/sessions/{session_id}", "{session}").replace("/api/rooms/{code}", "{room}")
        pattern = re.sub(r"\\{(?:branch|tensor|iteration|activation|name|number)\\}", "[^/]+", re.escape(place))
        for method in methods:
            found = [one for one in shown if one[0] == method.upper() and re.fullmatch(pattern, one[1])]
            assert found, f"{method.upper()} {path} has no example in docs/api.md"


def test_every_stream_is_described_by_its_events(client: Client) -> None:
    paths = client.get("/openapi.json")["paths"]
    streams = [methods["get"] for path, methods in paths.items() if path.endswith("/events")]
    assert len(streams) == 2
    for stream in streams:
        told = stream["responses"]["200"]["content"]["text/event-stream"]
        assert {"event", "data"} <= set(told["itemSchema"]["properties"])
