"""Stepping, going back, editing, undoing, training: what a request does to a session, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from .client import Client

XOR: dict[str, Any] = {
    "spec": {
        "layers": [{"units": 2}, {"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
        "initializer": {"name": "uniform", "low": -1, "high": 1},
        "optimizer": {"name": "sgd", "learning_rate": 0.5},
    },
    "data": {"name": "xor"},
}


@pytest.fixture
def session(client: Client) -> str:
    """The path of a new XOR session: four batches of one example an epoch, in order."""
    return client.session(XOR)


def without_revision(state: dict[str, Any]) -> dict[str, Any]:
    """What a position shows, whatever came before it."""
    return {name: value for name, value in state.items() if name not in ("revision", "step", "furthest", "branches")}


def change(tensor: str, index: list[int], value: float) -> dict[str, Any]:
    return {"changes": [{"tensor": tensor, "index": index, "value": value}]}


def test_a_pass_at_a_time_goes_through_the_phases_of_an_iteration_and_on_to_the_next(
    client: Client, session: str
) -> None:
    seen = []
    for way in ("forward", "forward", "backward", "backward"):
        assert client.get(session)["due"] == way
        state = client.post(f"{session}/{way}", {"granularity": "pass"})
        seen.append((state["step"]["phase"], state["phase"], state["due"]))
    assert seen == [
        ("forward", "loss", "forward"),
        ("loss", "backward", "backward"),
        ("backward", "update", "backward"),
        ("update", "update", "forward"),
    ]
    assert state["position"]["operation"] == state["position"]["operations"]
    state = client.post(f"{session}/forward", {"granularity": "pass"})
    assert (state["position"]["iteration"], state["position"]["operation"]) == (1, 0)
    assert state["batch"]["examples"] == [1]


def test_the_wrong_pass_is_refused_and_moves_nothing(client: Client, session: str) -> None:
    before = client.get(session)
    assert "a forward step is due" in client.refused(409, "POST", f"{session}/backward", {})["message"]
    assert client.get(session) == before
    for _ in range(2):
        client.post(f"{session}/forward", {"granularity": "pass"})
    assert "a backward step is due" in client.refused(409, "POST", f"{session}/forward", {})["message"]


@pytest.mark.parametrize("granularity", ["operation", "neuron", "layer", "pass"])
def test_forward_and_back_again_is_the_same_state(client: Client, session: str, granularity: str) -> None:
    there = [client.get(session)]
    while there[-1]["position"]["iteration"] == 0:
        there.append(client.post(f"{session}/step", {"granularity": granularity}))
    assert len(there) > 4
    for state in reversed(there[:-1]):
        back = client.post(f"{session}/step", {"granularity": granularity, "direction": "previous"})
        assert without_revision(back) == without_revision(state)
    at_start = client.post(f"{session}/step", {"granularity": granularity, "direction": "previous"})
    assert at_start["position"] == there[0]["position"]


def test_a_position_is_the_same_by_whichever_way_it_was_reached(client: Client, session: str) -> None:
    stepped = {}
    for _ in range(130):
        state = client.post(f"{session}/step", {})
        stepped[state["position"]["iteration"], state["position"]["operation"]] = without_revision(state)
    other = client.session(XOR)
    for iteration, operation in [(2, 3), (0, 40), (1, 0), (2, 0), (0, 1), (1, 17)]:
        state = client.put(f"{other}/position", {"iteration": iteration, "operation": operation})
        assert {**without_revision(state), "id": ""} == {**stepped[iteration, operation], "id": ""}


def test_a_position_without_an_operation_is_as_far_in_the_iteration_as_before(client: Client, session: str) -> None:
    last = client.get(session)["position"]["operations"]
    client.put(f"{session}/position", {"iteration": 3, "operation": 17})
    state = client.put(f"{session}/position", {"iteration": 1, "operation": None})
    assert (state["position"]["operation"], state["furthest"]) == (17, 3)
    client.patch(f"{session}/spec", {"clip": 1})  # each iteration from here on has more operations
    far = client.put(f"{session}/position", {"iteration": 5, "operation": last + 1})
    assert far["position"]["operations"] > last + 1
    clamped = client.put(f"{session}/position", {"iteration": 0, "operation": None})
    assert clamped["position"]["operation"] == last
    end = client.put(f"{session}/position", {"iteration": 5, "operation": None})["position"]
    assert end["operation"] == end["operations"] == far["position"]["operations"]


def test_a_position_that_does_not_exist_is_refused(client: Client, session: str) -> None:
    last = client.get(session)["position"]["operations"]
    client.put(f"{session}/position", {"iteration": 0, "operation": last})
    error = client.refused(422, "PUT", f"{session}/position", {"iteration": 0, "operation": last + 1})
    assert (error["code"], error["where"]) == ("not_in_this_network", "operation")
    assert f"0 to {last}" in error["message"]
    assert client.get(session)["position"]["operation"] == last


def test_training_is_stepping_without_looking(client: Client, session: str) -> None:
    trained = client.post(f"{session}/train", {"iterations": 3})
    stepper = client.session(XOR)
    while (state := client.post(f"{stepper}/step", {"granularity": "layer"}))["position"]["iteration"] < 3:
        pass
    assert state["tensors"] == trained["tensors"]
    assert trained["position"]["operation"] == 0


def test_training_first_finishes_the_iteration_under_way_and_does_not_count_it(client: Client, session: str) -> None:
    client.post(f"{session}/step", {})
    assert client.post(f"{session}/train", {"iterations": 2})["position"]["iteration"] == 3
    assert client.post(f"{session}/train", {"iterations": 2})["position"]["iteration"] == 5


def test_an_epoch_is_once_through_the_data(client: Client, session: str) -> None:
    state = client.post(f"{session}/train", {"epochs": 2})
    assert (state["position"]["iteration"], state["batch"]["epoch"], state["batch"]["index"]) == (8, 2, 0)
    assert state["batch"]["batches"] == 4


@pytest.mark.parametrize("body", [{}, {"iterations": 1, "epochs": 1}])
def test_iterations_or_epochs_are_asked_for_and_not_both(client: Client, session: str, body: object) -> None:
    assert client.refused(422, "POST", f"{session}/train", body)["code"] == "invalid_spec"


def test_prediction_is_the_forward_pass_with_the_parameters_at_the_cursor(client: Client, session: str) -> None:
    predicted = client.post(f"{session}/predict", {"inputs": [[0, 1], [0.7, 0]]})
    shown = client.post(f"{session}/forward", {"granularity": "pass"}, example=1)["tensors"]
    for layer in (1, 2):
        assert predicted["sums"][layer - 1][0] == pytest.approx(shown[f"z{layer}"][1], rel=1e-14)
        assert predicted["layers"][layer][0] == pytest.approx(shown[f"a{layer}"][1], rel=1e-14)
    assert predicted["layers"][0] == [[0, 1], [0.7, 0]]
    end = client.get(session)["position"]["operations"]
    client.put(f"{session}/position", {"iteration": 0, "operation": end})
    assert client.post(f"{session}/predict", {"inputs": [[0, 1]]})["layers"][2] != predicted["layers"][2][:1]
    revision = client.get(session)["revision"]
    client.post(f"{session}/predict", {"inputs": [[0, 1]]})
    assert client.get(session)["revision"] == revision


def test_an_edit_acts_at_the_start_of_the_iteration_and_the_cursor_stays(client: Client, session: str) -> None:
    before = client.put(f"{session}/position", {"iteration": 2, "operation": 12})
    after = client.patch(f"{session}/parameters", change("W1", [1, 0], 0.25))
    assert after["position"] == before["position"]
    assert after["tensors"]["W1"][1][0] == 0.25
    assert after["tensors"]["z1"] != before["tensors"]["z1"]
    assert "by hand" in client.get(f"{session}/explanations/W1", index="1,0")["sentence"]
    earlier = client.put(f"{session}/position", {"iteration": 1, "operation": 0})
    assert earlier["tensors"]["W1"][1][0] != 0.25


def test_undo_takes_an_edit_back_and_redo_puts_it_back(client: Client, session: str) -> None:
    before = client.put(f"{session}/position", {"iteration": 1, "operation": 12})
    edited = client.patch(f"{session}/parameters", change("b2", [0], 3))
    assert edited["can"] == {"undo": True, "redo": False}
    undone = client.post(f"{session}/undo", {})
    assert undone["can"] == {"undo": False, "redo": True}
    assert undone["tensors"] == before["tensors"]
    redone = client.post(f"{session}/redo", {})
    assert redone["tensors"] == edited["tensors"]
    assert redone["can"] == {"undo": True, "redo": False}


def test_of_several_changes_all_or_none_are_made(client: Client, session: str) -> None:
    before = client.get(session)
    changes = [*change("W1", [0, 0], 5)["changes"], *change("W1", [9, 9], 5)["changes"]]
    client.refused(422, "PATCH", f"{session}/parameters", {"changes": changes})
    assert client.get(session) == before


def test_a_change_of_the_learning_rate_keeps_the_place_and_one_of_the_layers_begins_anew(
    client: Client, session: str
) -> None:
    begun = client.put(f"{session}/position", {"iteration": 2, "operation": 5})
    slower = client.patch(f"{session}/spec", {"optimizer": {"name": "sgd", "learning_rate": 0.01}})
    assert (slower["position"]["iteration"], slower["position"]["operation"]) == (2, 5)
    assert slower["spec"]["optimizer"]["learning_rate"] == 0.01
    layers = [{"units": 2}, {"units": 5, "activation": "relu"}, {"units": 1, "activation": "sigmoid"}]
    wider = client.patch(f"{session}/spec", {"layers": layers})
    assert (wider["position"]["iteration"], wider["position"]["operation"]) == (0, 0)
    assert [layer["units"] for layer in wider["spec"]["layers"]] == [2, 5, 1]
    assert wider["spec"]["optimizer"]["learning_rate"] == 0.01
    client.post(f"{session}/undo", {})
    assert client.post(f"{session}/undo", {})["position"] == begun["position"]


def test_an_option_that_is_left_out_stays_as_it_is(client: Client, session: str) -> None:
    """Of the same choice; another choice has its own defaults."""
    same = client.patch(f"{session}/spec", {"initializer": {"name": "uniform", "low": 0}})
    assert same["spec"]["initializer"] == {"name": "uniform", "low": 0, "high": 1}
    wider = client.patch(f"{session}/spec", {"initializer": {"name": "uniform", "high": 9}})
    assert wider["spec"]["initializer"] == {"name": "uniform", "low": 0, "high": 9}
    other = client.patch(f"{session}/spec", {"initializer": {"name": "normal"}})
    assert other["spec"]["initializer"] == {"name": "normal", "mean": 0, "deviation": 1}
    slow = client.patch(f"{session}/spec", {"optimizer": {"name": "sgd", "learning_rate": 0.01}})
    kept = client.patch(f"{session}/spec", {"optimizer": {"name": "sgd"}, "l2": 0.5})
    assert kept["spec"]["optimizer"] == slow["spec"]["optimizer"]


def test_a_spec_that_does_not_fit_the_data_changes_nothing(client: Client, session: str) -> None:
    before = client.get(session)
    for body in ({"layers": [{"units": 3}, {"units": 1}]}, {"loss": "cross_entropy"}, {"batch_size": 0}, {"l2": -1}):
        assert client.refused(422, "PATCH", f"{session}/spec", body)["code"] == "invalid_spec"
    assert client.get(session) == before


def test_frozen_parameters_have_gradients_and_stay(client: Client, session: str) -> None:
    client.patch(f"{session}/spec", {"frozen": ["W1", "b2"]})
    before = client.get(session)["tensors"]
    last = client.get(session)["position"]["operations"]
    after = client.put(f"{session}/position", {"iteration": 0, "operation": last})["tensors"]
    for name in ("W1", "b2", "b1", "W2"):
        assert (after[name] == before[name]) == (name in ("W1", "b2"))
    assert "frozen" in client.get(f"{session}/explanations/W1.new", index="0,0")["sentence"]


def test_a_session_that_is_deleted_is_gone(client: Client, session: str) -> None:
    response = client.request("DELETE", session)
    assert (response.status_code, response.content) == (204, b"")
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/data"), ("GET", "/tape/0")):
        assert client.refused(404, method, session + path)["code"] == "session_not_found"


def test_ids_cannot_be_guessed(client: Client) -> None:
    ids = {client.post("/api/sessions", {"preset": "or"}, view="step")["id"] for _ in range(20)}
    assert len(ids) == 20
    assert {len(name) for name in ids} == {22}


@pytest.mark.parametrize("query", ["example=99", "notation=bogus", "example=-1"])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "step", {}),
        ("POST", "forward", {}),
        ("PUT", "position", {"iteration": 1}),
        ("PATCH", "parameters", {"changes": [{"tensor": "b1", "index": [0], "value": 1}]}),
        ("PATCH", "spec", {"l2": 0.5}),
        ("POST", "train", {"iterations": 1}),
    ],
)
def test_a_view_that_cannot_be_answered_changes_nothing(
    client: Client, method: str, path: str, body: dict[str, object], query: str
) -> None:
    session = client.session({"preset": "xor"})
    client.refused(422, method, f"{session}/{path}?{query}", {**body, "request_id": "a"})
    assert client.get(session)["revision"] == 0
    client.request(method, f"{session}/{path}", {**body, "request_id": "a"})
    assert client.get(session)["revision"] == 1


def test_parameters_are_those_at_the_cursor_in_a_state_and_those_at_the_start_in_an_explanation(
    client: Client,
) -> None:
    session = client.session({"preset": "or"})
    before = client.get(session)["tensors"]["W1"][0][0]
    state = client.put(
        f"{session}/position", {"iteration": 0, "operation": client.get(session)["position"]["operations"]}
    )
    after = client.get(f"{session}/explanations/W1.new", index="0,0")["value"]
    assert state["tensors"]["W1"][0][0] == after != before
    assert client.get(f"{session}/explanations/W1", index="0,0")["value"] == before
