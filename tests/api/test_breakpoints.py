"""Breakpoints over the API: set, met by steps and runs, told in the state, and refused where they say nothing."""

from __future__ import annotations

from typing import Any

import pytest

from .client import Client, MakeClient


def test_breakpoints_are_told_and_met(client: Client) -> None:
    session = client.session({"preset": "xor"})
    assert client.get(session)["breakpoints"] == []
    wanted = [{"phase": "update"}, {"tensor": "dz2", "index": [0], "relation": ">", "value": -10}]
    state = client.put(f"{session}/breakpoints", {"breakpoints": wanted})
    assert [one["tensor"] for one in state["breakpoints"]] == ["", "dz2"]
    begins = next(segment["first"] for segment in state["segments"] if segment["phase"] == "update")
    assert state["breakpoints"][0]["at"] == begins
    assert state["breakpoints"][1]["at"] < begins
    assert client.post(f"{session}/continue", {})["stopped"] == [1]
    state = client.post(f"{session}/step", {"granularity": "pass"})
    assert (state["phase"], state["stopped"]) == ("update", [0])
    assert client.post(f"{session}/undo", {})["position"]["operation"] == 0, "going on is taken back like training"
    assert client.put(f"{session}/breakpoints", {"breakpoints": []})["stopped"] == []
    assert client.refused(422, "POST", f"{session}/continue", {})["where"] == "breakpoints"


def test_training_is_taken_back(client: Client) -> None:
    session = client.session({"preset": "xor"})
    before = client.post(f"{session}/step", {"granularity": "pass"})
    after = client.post(f"{session}/train", {"iterations": 100})
    assert after["can"] == {"undo": True, "redo": False}
    assert client.post(f"{session}/undo", {})["tensors"] == before["tensors"]
    assert client.post(f"{session}/redo", {})["tensors"] == after["tensors"]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"phase": "update", "epoch": 2},
        {"phase": "sideways"},
        {"epoch": -1},
        {"tensor": "dz9", "index": [0]},
        {"tensor": "dz2", "index": [7]},
        {"tensor": "dz2", "index": [0], "relation": "!="},
        {"tensor": "dz2", "index": [0], "value": "x"},
    ],
)
def test_a_breakpoint_that_can_never_be_met_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    session = client.session({"preset": "xor"})
    client.refused(422, "PUT", f"{session}/breakpoints", {"breakpoints": [wrong]})
    assert client.get(session)["breakpoints"] == []


def test_going_on_is_bounded(make_client: MakeClient) -> None:
    client = make_client(max_train_iterations=50)
    session = client.session({"preset": "xor"})
    client.put(f"{session}/breakpoints", {"breakpoints": [{"epoch": 1000}]})
    assert client.refused(422, "POST", f"{session}/continue", {"iterations": 51})["code"] == "limit_exceeded"
    state = client.post(f"{session}/continue", {"iterations": 50})
    assert (state["position"]["iteration"], state["stopped"]) == (49, [])


def test_at_most_twenty_breakpoints(client: Client) -> None:
    session = client.session({"preset": "xor"})
    client.put(f"{session}/breakpoints", {"breakpoints": [{"epoch": k} for k in range(20)]})
    client.refused(422, "PUT", f"{session}/breakpoints", {"breakpoints": [{"epoch": k} for k in range(21)]})
