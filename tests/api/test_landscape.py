"""Landscapes: each point is what a batch of all rows would cost with these two parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.nn.registry import Array
from app.sessions import landscape as module

from .client import Client
from .tapes import Decoded, decode

SPEC = {
    "layers": [{"units": 2}, {"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
    "loss": "binary_cross_entropy",
    "batch_size": 4,
    "l2": 0.01,
    "seed": 5,
}


def landscape(client: Client, session: str, **query: Any) -> tuple[Decoded, dict[str, Array]]:
    response = client.request("GET", f"{session}/landscape", params=query)
    assert response.status_code == 200, response.text
    found = decode(response.content)
    return found, {name: np.array(values).reshape(found.shapes[name]) for name, values in found.values.items()}


def cost_with(client: Client, session: str, changes: list[dict[str, Any]]) -> float:
    """What the batch costs with these values, by setting them; they are taken back."""
    client.patch(f"{session}/parameters", {"changes": changes})
    position = client.get(session)["position"]
    client.put(f"{session}/position", {"iteration": position["iteration"], "operation": position["operations"]})
    cost = client.get(session)["cost"]["total"]
    client.post(f"{session}/undo", {})
    return float(cost)


def test_each_point_is_the_cost_with_these_two_parameters(client: Client) -> None:
    session = client.session({"spec": SPEC, "data": {"name": "xor"}})
    client.post(f"{session}/train", {"iterations": 9})
    found, tensors = landscape(client, session, x="W1:2,0", y="b2:0", size=7)
    assert (found.header["rows"], found.header["total"]) == (4, 4)
    for row, column in ((0, 0), (1, 5), (6, 2), (3, 3)):
        changes = [
            {"tensor": "W1", "index": [2, 0], "value": tensors["x"][column]},
            {"tensor": "b2", "index": [0], "value": tensors["y"][row]},
        ]
        assert tensors["cost"][row, column] == pytest.approx(cost_with(client, session, changes), rel=1e-12)
    assert np.ptp(tensors["cost"]) > 0.05


def test_the_path_is_the_history_of_both_and_lies_inside(client: Client) -> None:
    session = client.session({"spec": SPEC, "data": {"name": "xor"}})
    client.post(f"{session}/train", {"iterations": 40})
    _, tensors = landscape(client, session, x="W1:0,1", y="W2:0,0", size=3)
    for axis, tensor, index in (("x", "W1", "0,1"), ("y", "W2", "0,0")):
        history = client.get(f"{session}/history/{tensor}", index=index)
        assert tensors["path"][:, "xy".index(axis)].tolist() == history["values"]
        assert tensors["iterations"].tolist() == history["iterations"]
        assert tensors[axis][0] < min(history["values"]) <= max(history["values"]) < tensors[axis][-1]
    client.put(f"{session}/position", {"iteration": 10, "operation": 0})
    _, tensors = landscape(client, session, x="W1:0,1", y="W2:0,0", size=3)
    assert tensors["here"].tolist() == tensors["path"][10].tolist()
    assert len(tensors["path"]) == 41


def test_of_many_rows_some_are_taken_evenly_spread(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORK", 0)
    monkeypatch.setattr(module, "TOO_MUCH", 10**9)
    body = {
        "spec": {"layers": [{"units": 1}, {"units": 1, "activation": "linear"}], "loss": "mean_squared_error"},
        "data": {"inputs": [[0]] * 40, "targets": [[k] for k in range(40)]},
        "parameters": [{"W": [[1]], "b": [0]}],
    }
    found, tensors = landscape(client, client.session(body), x="W1:0,0", y="b1:0", size=3)
    assert (found.header["rows"], found.header["total"]) == (20, 40)
    assert tensors["cost"][1, 0] == pytest.approx(np.mean(np.arange(0, 40, 2) ** 2.0))


def test_what_has_no_landscape_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    session = client.session({"preset": "xor"})
    fine = {"x": "W1:0,0", "y": "W1:0,1"}
    for query in (
        {"x": "W9:0,0"},
        {"y": "W1:0,0"},
        {"x": "W1"},
        {"x": "W1:a"},
        {"size": 1},
        {"size": 999},
        {"wide": 0},
    ):
        client.refused(422, "GET", f"{session}/landscape", params={**fine, **query})
    monkeypatch.setattr(module, "TOO_MUCH", 1000)
    assert "too many" in client.refused(422, "GET", f"{session}/landscape", params=fine)["message"]


def test_it_is_about_the_parameters_at_the_cursor(client: Client) -> None:
    session = client.session({"spec": SPEC, "data": {"name": "xor"}})
    client.post(f"{session}/train", {"iterations": 3})
    position = client.get(session)["position"]
    for operation in (0, position["operations"]):
        client.put(f"{session}/position", {"iteration": position["iteration"], "operation": operation})
        weights = client.get(session)["tensors"]["W1"]
        _, tensors = landscape(client, session, x="W1:0,1", y="W1:2,0", size=2)
        assert tensors["here"].tolist() == [weights[0][1], weights[2][0]]
        assert tensors["path"][-1].tolist() == tensors["here"].tolist() or operation > 0
    assert tensors["path"][-1].tolist() != tensors["here"].tolist()
