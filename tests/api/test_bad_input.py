"""No body, address or query makes the server fail: whatever comes in is answered, in the one shape, within a second."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from time import process_time
from typing import Any

import pytest
from starlette.types import ASGIApp

from tests.sessions.saved import filed, lived

from .client import Client, MakeClient
from .mutations import ask, check_answer, mutated

BODIES, BODIES_LONG = 1_000, 10_000
FRESH_EVERY = 100

SMALL: dict[str, Any] = {
    "spec": {
        "layers": [{"units": 2}, {"units": 2, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
        "loss": "half_squared_error",
        "initializer": {"name": "uniform", "low": -1, "high": 1},
        "optimizer": {"name": "sgd", "learning_rate": 0.5},
        "batch_size": 2,
        "shuffle": True,
        "l2": 0.1,
        "l1": 0,
        "frozen": ["b1"],
        "seed": 3,
        "dtype": "float64",
    },
    "data": {"inputs": [[0.5, 1], [1, -2]], "targets": [[0], [1]], "features": ["p", "q"], "classes": ["no", "yes"]},
    "parameters": [{"W": [[1, 2], [3, 4]], "b": [0, 0]}, {"W": [[0.5, -0.5]], "b": [1]}],
}
UNSAFE = {"revision": 5, "request_id": "r"}
BACKWARD = 16
"""The first operation of the backward pass."""
TRY: list[tuple[str, str, Any]] = [
    ("POST", "/api/sessions?view=step", SMALL),
    ("POST", "{session}/forward?view=step", {**UNSAFE, "granularity": "neuron"}),
    ("POST", "{session}/backward?view=step", {"granularity": "neuron"}),
    ("POST", "{session}/step", {"granularity": "layer", "direction": "previous"}),
    ("PUT", "{session}/position?view=step", {"iteration": 1, "operation": 12}),
    ("PATCH", "{session}/parameters", {"changes": [{"tensor": "W1", "index": [0, 1], "value": 0.25}]}),
    ("PATCH", "{session}/spec?view=step", {**SMALL["spec"], **UNSAFE}),
    ("PATCH", "{session}/data?view=step", {"data": SMALL["data"], **UNSAFE}),
    ("POST", "{session}/undo?view=step", UNSAFE),
    ("POST", "{session}/redo?view=step", UNSAFE),
    ("POST", "{session}/branches?view=step", {**UNSAFE, "name": "slower"}),
    ("PUT", "{session}/branches/current?view=step", {**UNSAFE, "branch": 0}),
    ("PATCH", "{session}/branches/0?view=step", {**UNSAFE, "name": "first"}),
    ("POST", "{session}/train?view=step", {"iterations": 3, "revision": 0}),
    ("POST", "{session}/train?view=step", {"epochs": 1}),
    (
        "PUT",
        "{session}/run?view=step",
        {"until": {"epoch": 3, "cost": 0.1, "accuracy": 0.9}, "speed": 50, "revision": 5},
    ),
    (
        "POST",
        "/api/data/preview",
        {"name": "spirals", "options": {"arms": 3, "count": 30}, "products": ["x1*x2"], "test_share": 0.2},
    ),
    ("POST", "/api/data/preview", {"table": {"text": "x;y\n1,5;a\n2;b\n3;", "targets": ["y"], "missing": "drop"}}),
    ("POST", "/api/data/table", {"a": 1, "b": [2, 3]}),
    ("POST", "{session}/predict", {"inputs": [[0.7, 0], [1, 1e3]]}),
    ("POST", "{session}/answer", {"operation": 3, "kind": "sign", "answer": "zero"}),
    (
        "PUT",
        "{session}/breakpoints",
        {"breakpoints": [{"phase": "update"}, {"epoch": 5}, {"tensor": "dz1", "index": [0], "value": 0.5}]},
    ),
    ("POST", "{session}/continue?view=step", {"iterations": 20}),
    ("PUT", "{session}/parameters", SMALL["parameters"]),
    ("PATCH", "{session}", {"name": "For Monday"}),
    ("POST", "{session}/duplicate?view=step", {"branch": 0}),
    ("POST", "/api/sessions/file?view=step", filed(lived(2))),
    ("POST", "/api/rooms", {"session": "<session>", "name": "Monday"}),
    ("POST", "{room}/members", {"nickname": "Ada"}),
    ("PUT", "{room}/members/me", {"following": False, "session": "<session>", "nickname": "Ada"}),
    (
        "PUT",
        "{room}/spotlight",
        {
            "session": "<session>",
            "look": {
                "example": 1,
                "guess": [1, 0.5],
                "selection": {"tensor": "W1", "index": [0, 1]},
                "pinned": {"layer": 1, "unit": 0},
                "panel": "steps",
                "by": "layer",
            },
            "ring": {"tensor": "a1", "index": [0]},
            "covered": True,
        },
    ),
    ("PUT", "{room}/lead", {"member": 1}),
    ("PUT", "{room}/frozen", {"frozen": True}),
    ("POST", "{room}/questions?view=step", {"operation": 3, "kind": "sign"}),
    ("POST", "{room}/questions", {"text": "How many?", "answer": 4, "tolerance": 0.5}),
    ("POST", "{room}/questions", {"text": "Which way?", "options": ["up", "down"], "answer": "0"}),
    ("PUT", "{room}/questions/{number}/answer", {"answer": "zero"}),
]


@dataclass(frozen=True)
class Prepared:
    """What is attacked: a session and a room that shows it, with the teacher's key and a member's token."""

    session: str
    room: str
    key: str
    token: str

    def path(self, path: str) -> str:
        return path.format(session=self.session, room=self.room, number=1)

    def body(self, good: bytes) -> bytes:
        return good.replace(b"<session>", self.session.split("/")[-1].encode())

    def key_for(self, path: str) -> str:
        return self.token if path.endswith(("/me", "/answer")) else self.key


async def prepared(app: ASGIApp, at_backward: bool) -> Prepared:
    """A new session at revision 5, with something to undo, something to redo, and a breakpoint, in a room."""
    status, made = await ask(app, "POST", "/api/sessions", json.dumps(SMALL).encode())
    session = f"/api/sessions/{json.loads(made)['id']}"
    for method, path, body in (
        ("PATCH", "parameters", b'{"changes": [{"tensor": "b2", "index": [0], "value": 1}]}'),
        ("PATCH", "spec", b'{"l2": 0.2}'),
        ("POST", "undo", b"{}"),
        ("PUT", "breakpoints", b'{"breakpoints": [{"epoch": 2}]}'),
        ("PUT", "position", b'{"iteration": 0, "operation": %d}' % (BACKWARD if at_backward else 0)),
    ):
        status, answer = await ask(app, method, f"{session}/{path}", body)
        assert status == 200, answer
    name = session.split("/")[-1]
    _, opened = await ask(app, "POST", "/api/rooms", json.dumps({"session": name}).encode())
    room = json.loads(opened)
    path = f"/api/rooms/{room['code']}"
    _, joined = await ask(app, "POST", f"{path}/members", b"{}")
    status, answer = await ask(app, "POST", f"{path}/questions", b'{"operation": 3, "kind": "sign"}', room["key"])
    assert status == 201, answer
    return Prepared(session, path, room["key"], json.loads(joined)["token"])


def test_every_unsafe_route_is_attacked(client: Client) -> None:
    paths = client.get("/openapi.json")["paths"]
    unsafe = {
        (method.upper(), path)
        for path, methods in paths.items()
        for method, told in methods.items()
        if method != "get" and "requestBody" in told
    }
    attacked = {
        (
            method,
            path.split("?")[0]
            .replace("{session}", "/api/sessions/{session_id}")
            .replace("{room}", "/api/rooms/{code}")
            .replace("/branches/0", "/branches/{branch}"),
        )
        for method, path, _ in TRY
    }
    assert attacked == unsafe


@pytest.mark.parametrize(("method", "path", "body"), TRY, ids=[f"{m} {p.split('?')[0]}" for m, p, _ in TRY])
def test_no_mutated_body_makes_the_server_fail(
    make_client: MakeClient, method: str, path: str, body: Any, long: bool
) -> None:
    client = make_client(max_train_iterations=300, max_parameters=2_000, max_rows=50, max_sessions=20, share=True)
    good, random = body if isinstance(body, bytes) else json.dumps(body).encode(), Random(path)

    async def attack() -> set[int]:
        seen = set()
        for number in range(BODIES_LONG if long else BODIES):
            if number % FRESH_EVERY == 0:
                there = await prepared(client.app, "backward" in path)
            bad = mutated(there.body(good), random)
            start = process_time()
            status, answer = await ask(client.app, method, there.path(path), bad, there.key_for(path))
            check_answer(status, answer, process_time() - start, bad)
            seen.add(status)
        return seen

    seen = client.run(attack())
    assert 422 in seen
    assert seen & {200, 201, 204}, "no mutated body was still a good one: the attack stays at the door"
