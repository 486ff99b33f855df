"""Other data for a session: from iteration 0 on, with the same start where it fits, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from .client import Client

XOR: dict[str, Any] = {
    "spec": {
        "layers": [{"units": 2}, {"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
        "initializer": {"name": "uniform", "low": -1, "high": 1},
    },
    "data": {"name": "xor"},
}
OTHER = {"inputs": [[0.5, 0.25], [3, -1]], "targets": [[1], [0]], "features": ["left", "right"]}


@pytest.fixture
def session(client: Client) -> str:
    return client.session(XOR)


def start(state: Any) -> Any:
    return {name: state["tensors"][name] for name in ("W1", "b1", "W2", "b2")}


def test_other_rows_are_learned_from_iteration_0_with_the_same_start_parameters(client: Client, session: str) -> None:
    client.patch(f"{session}/parameters", {"changes": [{"tensor": "W1", "index": [0, 1], "value": 0.75}]})
    before = client.get(session)
    client.post(f"{session}/train", {"iterations": 3})
    state = client.patch(f"{session}/data", {"data": OTHER})
    assert (state["position"]["iteration"], state["position"]["operation"]) == (0, 0)
    assert (state["tensors"]["a0"], state["tensors"]["y"]) == ([[0.5, 0.25]], [[1]])
    assert start(state) == start(before)
    assert client.get(f"{session}/data")["features"] == ["left", "right"]


def test_the_edit_is_undone_and_redone_with_the_place_where_one_stood(client: Client, session: str) -> None:
    client.post(f"{session}/train", {"iterations": 3})
    before, rows = client.get(session), client.get(f"{session}/data")
    client.patch(f"{session}/data", {"data": OTHER})
    state = client.post(f"{session}/undo", {})
    assert (state["tensors"], state["position"]) == (before["tensors"], before["position"])
    assert client.get(f"{session}/data") == rows
    client.post(f"{session}/redo", {})
    assert client.get(f"{session}/data")["inputs"] == OTHER["inputs"]


def test_the_ends_of_the_network_follow_the_columns_and_its_start_is_what_such_a_session_begins_with(
    client: Client, session: str
) -> None:
    wider = {"inputs": [[1, 2, 3]], "targets": [[0, 1]]}
    state = client.patch(f"{session}/data", {"data": wider})
    layers = [{"units": 3}, {"units": 3, "activation": "tanh"}, {"units": 2, "activation": "sigmoid"}]
    assert [layer["units"] for layer in state["spec"]["layers"]] == [3, 3, 2]
    fresh = client.session({"spec": {**XOR["spec"], "layers": layers}, "data": wider})
    assert start(state) == start(client.get(fresh))


def test_data_that_the_network_cannot_learn_from_changes_nothing(client: Client, session: str) -> None:
    client.patch(f"{session}/spec", {"loss": "binary_cross_entropy"})
    before = client.get(session)
    error = client.refused(422, "PATCH", f"{session}/data", {"data": {**OTHER, "targets": [[2], [0]]}})
    assert error["where"] == "data.targets[0]"
    assert client.get(session) == before


def test_more_data_than_this_server_allows_is_refused(client: Client, session: str) -> None:
    rows = 100_001
    error = client.refused(
        422, "PATCH", f"{session}/data", {"data": {"inputs": [[1, 1]] * rows, "targets": [[1]] * rows}}
    )
    assert "rows of data" in error["message"]
