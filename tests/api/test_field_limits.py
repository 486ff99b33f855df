"""Each field of each request: at its limit it is taken, one above it is refused, and the limit is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

import pytest

from app.main import create_app
from app.settings import Settings

from .client import Client
from .test_bad_input import TRY, Prepared, prepared

Schema = dict[str, Any]
Way = tuple[str | int, ...]


class Bound(NamedTuple):
    """A limit of a field, a value that keeps to it and one that does not."""

    limit: float
    at: Any
    above: Any


def bounds(schema: Schema) -> Iterator[Bound]:
    """The limits that a schema names."""
    whole = schema.get("type") == "integer"
    if "maxLength" in schema:
        most = schema["maxLength"]
        sign = "A" if "pattern" in schema else "a"
        yield Bound(most, sign * most, sign * (most + 1))
    if schema.get("minLength"):
        yield Bound(schema["minLength"], "a" * schema["minLength"], "a" * (schema["minLength"] - 1))
    if "maxItems" in schema and "items" in schema:
        one = {"integer": 0, "string": "", "number": 0}.get(schema["items"].get("type"), {})
        most = schema["maxItems"]
        yield Bound(most, [one] * most, [one] * (most + 1))
    for name, beyond in (("maximum", 1), ("minimum", -1)):
        if name in schema:
            limit = int(schema[name]) if whole else schema[name]
            step = beyond if whole else beyond * max(abs(limit), 1) * 1e-6
            yield Bound(limit, limit, limit + step)


def fields(document: Schema, schema: Schema, way: Way = (), deep: int = 0) -> Iterator[tuple[Way, Bound]]:
    """Every field below a schema with each of its limits."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for inner in schema.get("anyOf", ()):
        yield from fields(document, inner, way, deep)
    yield from ((way, bound) for bound in bounds(schema) if way)
    if deep > 6:
        return
    for name, inner in schema.get("properties", {}).items():
        yield from fields(document, inner, (*way, name), deep + 1)
    if "items" in schema:
        yield from fields(document, schema["items"], (*way, 0), deep + 1)


def put(body: Any, way: Way, value: Any) -> Any:
    """The body with a value at a field, where there is a place for it; else None."""
    changed = deepcopy(body)
    inside: Any = changed
    for part in way[:-1]:
        try:
            inside = inside[part]
        except (KeyError, IndexError, TypeError):
            return None
    if isinstance(inside, list) and not inside and way[-1] == 0:
        inside.append(None)
    if type(inside) not in (dict, list):
        return None
    there = inside.get(way[-1]) if isinstance(inside, dict) else None
    if isinstance(value, list) and there:
        value = there[:1] * len(value)
    inside[way[-1]] = value
    return changed


def named(way: Way) -> str:
    text = ""
    for part in way:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".")


@pytest.fixture(scope="module")
def room() -> Iterator[tuple[Client, Prepared]]:
    with Client(create_app(Settings(share=True))) as client:
        yield client, client.run(prepared(client.app, False))


def said(limit: float, message: str) -> bool:
    return f"{limit:g}" in message or str(limit) in message or f"{int(limit)}" in message


JSON_TRIED = [one for one in TRY if not isinstance(one[2], bytes)]


@pytest.mark.parametrize(("method", "path", "good"), JSON_TRIED, ids=[f"{m} {p}" for m, p, _ in JSON_TRIED])
def test_each_field_is_taken_at_its_limit_and_not_above(
    room: tuple[Client, Prepared], method: str, path: str, good: Any
) -> None:
    client, place = room
    document = client.app.openapi()
    route = path.split("?")[0].replace("{session}", "/api/sessions/{session_id}").replace("{room}", "/api/rooms/{code}")
    route = route.replace("/branches/0", "/branches/{branch}")
    content = document["paths"][route][method.lower()].get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    if schema is None or "format" in schema:
        return
    good = json.loads(place.body(json.dumps(good).encode()))
    for way, bound in fields(document, schema):
        for value, kept in ((bound.at, True), (bound.above, False)):
            body = put(good, way, value)
            if body is None:
                continue
            headers = {"stepgrad-room": place.key_for(path)}
            address = path.format(session=place.session, room=place.room, number=1)
            answer = client.request(method, address, body, headers=headers)
            about = f"{named(way)} at {bound.limit}, sent {str(value)[:40]}: {answer.text[:300]}"
            assert answer.status_code < 500, about
            error = answer.json()["error"] if answer.status_code >= 400 else {"where": "", "code": "", "message": ""}
            bounded = error["code"] == "invalid_request" and error["where"] == named(way)
            if kept:
                assert not (bounded and said(bound.limit, error["message"])), about
            else:
                assert bounded, about
                assert said(bound.limit, error["message"]), about


def test_each_query_is_taken_at_its_limit_and_not_above(room: tuple[Client, Prepared]) -> None:
    client, place = room
    tried = 0
    for path, methods in client.app.openapi()["paths"].items():
        told = methods.get("get")
        if told is None or path.endswith("/events"):
            continue
        parts = {"session_id": place.session.rsplit("/", 1)[1], "code": place.room.rsplit("/", 1)[1]}
        address = path.format(**parts, tensor="W1", iteration=0, name="numpy", activation="tanh")
        for parameter in told.get("parameters", ()):
            if parameter["in"] != "query":
                continue
            for schema in (parameter["schema"], *parameter["schema"].get("anyOf", ())):
                for bound in bounds(schema):
                    above = client.request("GET", address, params={parameter["name"]: bound.above})
                    at = client.request("GET", address, params={parameter["name"]: bound.at})
                    assert above.status_code == 422, (path, parameter["name"], bound.limit)
                    assert at.status_code < 500
                    tried += 1
                    if above.json()["error"]["where"] == parameter["name"]:
                        assert said(bound.limit, above.json()["error"]["message"]), above.text
                        assert at.is_success or at.json()["error"]["message"] != above.json()["error"]["message"]
    assert tried > 20
