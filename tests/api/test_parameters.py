"""A weight looked at closely, over HTTP: its nudges against edits made by hand, its history against single steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.main import create_app
from app.sessions import history
from app.settings import Settings

from .client import Client

SPEC = {
    "layers": [{"units": 2}, {"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
    "batch_size": 2,
    "l2": 0.01,
    "l1": 0.02,
    "seed": 5,
    "initializer": {"name": "xavier"},
}
EVERY = [("W1", [i, j]) for i in range(3) for j in range(2)] + [("W2", [0, 1]), ("b1", [2]), ("b2", [0])]


def on_xor(client: Client, **spec: Any) -> str:
    return client.session({"spec": {**SPEC, **spec}, "data": {"name": "xor"}})


def named(index: list[int]) -> str:
    return ",".join(map(str, index))


@pytest.mark.parametrize(("tensor", "index"), EVERY)
def test_a_nudge_is_what_setting_the_weight_by_hand_does_to_the_cost(
    client: Client, tensor: str, index: list[int]
) -> None:
    session = on_xor(client)
    state = client.post(f"{session}/train", {"iterations": 3})
    start = state["tensors"][tensor]
    for i in index:
        start = start[i]
    nudge = client.get(f"{session}/nudges/{tensor}", index=named(index), epsilon=1e-3)

    def cost(value: float) -> float:
        client.patch(f"{session}/parameters", {"changes": [{"tensor": tensor, "index": index, "value": value}]})
        state = client.put(f"{session}/position", {"iteration": 3, "operation": last})
        return float(state["cost"]["total"])

    last = state["position"]["operations"]
    state = client.put(f"{session}/position", {"iteration": 3, "operation": last})
    gradient = state["tensors"][f"d{tensor}"]
    for i in index:
        gradient = gradient[i]
    below, above = cost(start - 1e-3), cost(start + 1e-3)
    assert [nudge["value"], nudge["gradient"], nudge["cost"]] == [start, gradient, state["cost"]["total"]]
    assert [nudge["below"], nudge["above"]] == pytest.approx([below, above], rel=1e-14)
    assert nudge["quotient"] == pytest.approx((above - below) / 2e-3, rel=1e-11)


def test_nudging_and_checking_change_nothing_and_are_the_same_at_every_position(client: Client) -> None:
    session = on_xor(client)
    asked = ("nudges/W1", "gradient-check", "history/W1")
    before = client.get(session)
    first = [client.get(f"{session}/{path}", index="0,1") for path in asked]
    assert client.get(session) == before
    client.put(f"{session}/position", {"iteration": 0, "operation": before["position"]["operations"]})
    assert [client.get(f"{session}/{path}", index="0,1") for path in asked] == first


def test_the_whole_network_agrees_and_the_worst_are_ten(client: Client) -> None:
    check = client.get(f"{on_xor(client)}/gradient-check")
    assert (check["parameters"], check["checked"], check["agree"], check["kinked"]) == (13, 13, 13, 0)
    errors = [nudge["error"] for nudge in check["worst"]]
    assert len(errors) == 10
    assert errors == sorted(errors, reverse=True)
    assert check["tolerance"] == 1e-6
    for nudge in check["worst"]:
        difference = abs(nudge["quotient"] - nudge["gradient"])
        larger = max(abs(nudge["quotient"]), abs(nudge["gradient"]))
        assert nudge["error"] == (difference / larger if larger else 0)
        assert difference <= 1e-6 * larger + nudge["resolution"]


def test_the_nudge_of_a_frozen_weight_shows_its_slope_too(client: Client) -> None:
    assert client.get(f"{on_xor(client, frozen=['W1'])}/nudges/W1", index="0,1")["agrees"]


def test_a_nudge_of_a_network_that_overflows_says_so_in_words(client: Client) -> None:
    session = client.session(
        {
            "spec": {"layers": [{"units": 1}, {"units": 1, "activation": "linear"}]},
            "data": {"inputs": [[1e200]], "targets": [[0]]},
            "parameters": [{"W": [[1e200]], "b": [0]}],
        }
    )
    nudge = client.get(f"{session}/nudges/W1", index="0,0")
    assert (nudge["cost"], nudge["quotient"], nudge["error"], nudge["agrees"]) == ("Infinity", "NaN", "Infinity", False)
    assert client.get(f"{session}/gradient-check")["agree"] == 0


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("nudges/z1?index=0", "tensor"),
        ("nudges/W1?index=0", "index"),
        ("nudges/W1?index=3,0", "index"),
        ("nudges/W1?index=0,x", "index"),
        ("nudges/W1?index=0,0&epsilon=0", "epsilon"),
        ("nudges/W1?index=0,0&epsilon=NaN", "epsilon"),
        ("nudges/W1?index=0,0&epsilon=1e-20", "epsilon"),
        ("history/W9?index=0,0", "tensor"),
        ("history/b1?index=0,0", "index"),
    ],
)
def test_what_cannot_be_nudged_or_followed_is_named(client: Client, path: str, where: str) -> None:
    assert client.refused(422, "GET", f"{on_xor(client)}/{path}")["where"] == where


def test_a_history_is_what_stepping_through_the_iterations_shows(client: Client) -> None:
    session = on_xor(client, shuffle=True, optimizer={"name": "adam"})
    seen = []
    for number in range(9):
        if number == 4:
            client.patch(f"{session}/parameters", {"changes": [{"tensor": "W1", "index": [2, 1], "value": 0.125}]})
        if number == 6:
            client.patch(f"{session}/spec", {"optimizer": {"name": "sgd", "learning_rate": 0.1}})
        seen.append(client.get(session)["tensors"]["W1"][2][1])
        client.post(f"{session}/train", {"iterations": 1})
    history = client.get(f"{session}/history/W1", index="2,1")
    assert history["iterations"] == list(range(10))
    assert history["values"][:9] == seen
    assert history["values"][4] == 0.125
    assert history["every"] == 1
    client.put(f"{session}/position", {"iteration": 2})
    assert client.get(f"{session}/history/W1", index="2,1") == history


def test_a_history_ends_where_the_learner_has_been(client: Client) -> None:
    session = on_xor(client)
    assert client.request("GET", f"{session}/tape/1").is_success
    assert client.get(f"{session}/history/b2", index="0")["iterations"] == [0]
    client.post(f"{session}/train", {"iterations": 5})
    client.put(f"{session}/position", {"iteration": 2})
    client.patch(f"{session}/parameters", {"changes": [{"tensor": "b2", "index": [0], "value": 1}]})
    assert client.get(f"{session}/history/b2", index="0")["iterations"] == [0, 1, 2]
    client.post(f"{session}/undo", {})
    assert client.get(f"{session}/history/b2", index="0")["iterations"] == [0, 1, 2, 3, 4, 5]


def test_a_long_history_is_thinned_evenly_and_moves_nothing(client: Client) -> None:
    session = on_xor(client)
    client.post(f"{session}/train", {"iterations": 1001})
    found = client.get(f"{session}/history/W2", index="0,2")
    assert found["every"] == 4
    assert found["iterations"] == [*range(0, 1001, 4), 1001]
    for at in (0, 4, 500, 996, 1000, 1001):
        value = client.put(f"{session}/position", {"iteration": at})["tensors"]["W2"][0][2]
        assert found["values"][found["iterations"].index(at)] == value


def test_the_history_of_a_network_that_is_expensive_to_train_is_made_of_its_checkpoints() -> None:
    with pytest.MonkeyPatch.context() as patch, Client(create_app(Settings())) as client:
        patch.setattr("app.sessions.checkpoints.MOST", 8)
        session = on_xor(client)
        client.post(f"{session}/train", {"iterations": 100})
        whole = client.get(f"{session}/history/b1", index="1")
        patch.setattr(history, "WORK", 0)
        sparse = client.get(f"{session}/history/b1", index="1")
    assert whole["iterations"] == list(range(101))
    assert sparse["iterations"] == list(range(0, 97, 16))
    assert np.array_equal(sparse["values"], whole["values"][:97:16])
