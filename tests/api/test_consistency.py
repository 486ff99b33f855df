"""The whole API against a small model, drawn at random; one winner among many; the same bits in two processes."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import httpx
import pytest

from tests.server import Server

from .client import Client, error_of
from .model import GRANULARITIES, Model, Place, after, wish

CALLS = 50
PRESETS = ("or", "xor", "two_two_two")


def begun(client: Client, preset: str) -> tuple[str, Model]:
    """A new session and its model, which learns by walking where steps end."""
    state = client.session_state({"preset": preset})
    session = f"/api/sessions/{state['id']}"
    ends: dict[str, list[int]] = {}
    for granularity in GRANULARITIES:
        client.put(f"{session}/position", {"iteration": 0})
        ends[granularity] = []
        while not ends[granularity] or ends[granularity][-1] < state["position"]["operations"]:
            stepped = client.post(f"{session}/step", {"granularity": granularity}, view="step")
            ends[granularity].append(stepped["position"]["operation"])
    fresh = client.session_state({"preset": preset})
    rate = fresh["spec"]["optimizer"]["learning_rate"]
    return f"/api/sessions/{fresh['id']}", Model(ends, Place(((0, rate),), 0, 0))


def seen(state: dict[str, Any]) -> tuple[float, int, int, int, bool, bool]:
    position = state["position"]
    rate = state["spec"]["optimizer"]["learning_rate"]
    can = state["can"]
    return rate, position["iteration"], position["operation"], state["revision"], can["undo"], can["redo"]


def test_whatever_is_asked_in_whatever_order_it_is_as_the_model_says(client: Client, long: bool) -> None:
    kinds = {preset: begun(client, preset)[1] for preset in PRESETS}
    for seed in range(200 if long else 20):
        random = Random(seed)
        preset = random.choice(PRESETS)
        model, session = kinds[preset], client.session({"preset": preset})
        before: dict[str, Any] = {}
        for _ in range(CALLS):
            asked = wish(random, model)
            wanted, model = after(model, asked)
            method, path, body = asked
            answer = client.request(method, session + path, body if method != "GET" else None)
            about = f"seed {seed}: {asked}"
            assert answer.status_code == wanted, (about, answer.text[:300])
            told = answer.json()
            if wanted == 200 and "position" in told:
                here = model.here
                place = here.rate, here.iteration, here.operation
                assert seen(told) == (*place, model.revision, bool(model.past), bool(model.future)), about
            state = client.get(session)
            if wanted != 200 or method == "GET":
                assert not before or state["tensors"] == before["tensors"], about
            before = state
        assert client.request("PATCH", session, {"name": model.name}).json()["name"] == model.name


def test_of_many_requests_on_the_same_revision_one_wins_whatever_they_are(client: Client) -> None:
    session = client.session({"preset": "xor"})
    changes: list[tuple[str, str, dict[str, object]]] = [
        ("POST", "step", {}),
        ("PUT", "position", {"iteration": 1}),
        ("POST", "train", {"iterations": 1}),
        ("PATCH", "spec", {"l2": 0.1}),
        ("PATCH", "parameters", {"changes": [{"tensor": "b1", "index": [0], "value": 1}]}),
    ]
    for revision in range(4):
        asked = [(method, f"{session}/{path}", {**body, "revision": revision}) for method, path, body in changes * 4]
        answers = client.together(asked)
        assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19
        assert {error_of(answer)["code"] for answer in answers if answer.status_code == 409} == {"stale_revision"}
        assert client.get(session)["revision"] == revision + 1


@pytest.mark.parametrize("preset", ["xor", "iris"])
def test_two_processes_make_the_same_bits_of_the_same_seed(client: Client, server: Server, preset: str) -> None:
    asked: list[tuple[str, str, object]] = [
        ("POST", "/train", {"iterations": 30}),
        ("PATCH", "/spec", {"optimizer": {"name": "adam"}, "shuffle": True}),
        ("POST", "/train", {"iterations": 30}),
        ("PUT", "/position", {"iteration": 17, "operation": 9}),
    ]
    here = client.session({"preset": preset})
    with httpx.Client(base_url=server.url, timeout=30) as elsewhere:
        there = f"api/sessions/{elsewhere.post('api/sessions', json={'preset': preset}).json()['id']}"
        for method, path, body in asked:
            client.request(method, here + path, body)
            elsewhere.request(method, there + path, json=body)
        for path in ("/tape/17", "/tape/61", "/metrics"):
            one, other = client.request("GET", here + path), elsewhere.get(there + path)
            assert one.content == other.content, path
        mine, others = client.get(here), elsewhere.get(there).json()
    assert json.dumps({**mine, "id": ""}) == json.dumps({**others, "id": ""})
