"""The API's documentation is executed: every route has an example, and every example is answered as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.bootstrap import ROOT

from .client import Client, error_of

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
REQUEST = re.compile(
    r"^```\n(?P<method>[A-Z]+) (?P<path>\S+) -> (?P<status>\d+)\n(?P<body>.*?)```$"
    r"(?:\n```json\n(?P<wanted>.*?)```$)?",
    re.M | re.S,
)


@dataclass(frozen=True)
class Example:
    """A request of the documentation, its body as it is sent, and what its answer has to contain."""

    method: str
    path: str
    status: int
    body: str
    wanted: Any


def examples() -> Iterator[Example]:
    for found in REQUEST.finditer(TEXT):
        wanted = json.loads(found["wanted"]) if found["wanted"] else None
        yield Example(found["method"], found["path"], int(found["status"]), found["body"], wanted)


def contains(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(name in got and contains(got[name], wanted[name]) for name in wanted)
    return bool(got == wanted)


def test_every_block_of_the_documentation_is_an_example() -> None:
    blocks = len(re.findall(r"^```", TEXT, re.M)) // 2
    read = list(examples())
    assert blocks == len(read) + sum(example.wanted is not None for example in read)


def test_every_example_is_answered_as_the_documentation_says(client: Client) -> None:
    session, file = "", b""
    for example in examples():
        path = example.path.replace("{session}", session)
        kind = "application/json" if example.body.startswith("{") else "text/csv"
        headers = {"Content-Type": kind}
        body = file if example.body == "{file}\n" else example.body.encode()
        response = client.request(example.method, path, content=body, headers=headers)
        file = response.content
        about = f"{example.method} {example.path}: {response.text[:300]}"
        assert response.status_code == example.status, about
        if example.status >= 400:
            error_of(response)
        if example.wanted is not None:
            assert contains(response.json(), example.wanted), about
        session = session or f"/api/sessions/{response.json()['id']}"


def test_every_route_has_an_example(client: Client) -> None:
    shown = {(example.method, example.path.split("?")[0]) for example in examples() if example.status < 400}
    for path, methods in client.get("/openapi.json")["paths"].items():
        if path.endswith("/events"):
            continue  # never ends: test_events reads it
        pattern = re.escape(path.replace("/api/sessions/{session_id}", "{session}"))
        pattern = re.sub(r"\\{(?:tensor|iteration|activation|name)\\}", "[^/]+", pattern)
        for method in methods:
            found = [one for one in shown if one[0] == method.upper() and re.fullmatch(pattern, one[1])]
            assert found, f"{method.upper()} {path} has no example in docs/api.md"
