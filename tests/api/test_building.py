"""Limits are settings: what is as large as they say is made, one more is refused with both numbers."""

from __future__ import annotations

from typing import Any

import pytest

from .client import Client, MakeClient


def network(*units: int, rows: int = 1, **spec: Any) -> dict[str, Any]:
    return {
        "spec": {"layers": [{"units": count} for count in units], **spec},
        "data": {"inputs": [[0.5] * units[0]] * rows, "targets": [[0.5] * units[-1]] * rows},
    }


@pytest.mark.parametrize(
    ("setting", "limit", "fits", "exceeds", "where", "got"),
    [
        ("max_layers", 2, network(1, 1, 1), network(1, 1, 1, 1), "spec.layers", 3),
        ("max_units", 4, network(1, 4, 1), network(1, 5, 1), "spec.layers[1].units", 5),
        ("max_units", 4, network(4, 1), network(5, 1), "spec.layers[0].units", 5),
        ("max_parameters", 13, network(2, 3, 1), network(3, 3, 1), "spec.layers", 16),
        ("max_rows", 3, network(1, 1, rows=3), network(1, 1, rows=4), "data.inputs", 4),
        ("max_values", 12, network(2, 1, rows=4), network(2, 1, rows=5), "data.inputs", 15),
        (
            "max_batch",
            2,
            network(1, 1, rows=3, batch_size=2),
            network(1, 1, rows=3, batch_size=3),
            "spec.batch_size",
            3,
        ),
        (
            "max_activations",
            6,
            network(1, 1, rows=4, batch_size=3),
            network(1, 1, rows=4, batch_size=4),
            "spec.batch_size",
            8,
        ),
    ],
)
def test_what_is_as_large_as_a_limit_is_made_and_no_more(
    make_client: MakeClient, setting: str, limit: int, fits: object, exceeds: object, where: str, got: int
) -> None:
    client = make_client(**{setting: limit})
    client.session(fits)
    error = client.refused(422, "POST", "/api/sessions", exceeds)
    assert (error["code"], error["where"]) == ("limit_exceeded", where)
    assert f"There are {got} " in error["message"]
    assert f"allows {limit}." in error["message"]
    assert f"--{setting.replace('_', '-')}" in error["hint"]


def test_a_batch_larger_than_the_data_counts_as_large_as_the_data(make_client: MakeClient) -> None:
    state = make_client(max_batch=4).post("/api/sessions", network(1, 1, rows=4, batch_size=10**9))
    assert state["batch"]["examples"] == [0, 1, 2, 3]


def test_the_default_limits_admit_784_128_64_10_with_a_batch_of_128(client: Client) -> None:
    state = client.post("/api/sessions", network(784, 128, 64, 10, rows=128, batch_size=128), view="step")
    assert state["position"]["operations"] > 300_000
    assert client.post(f"/api/sessions/{state['id']}/step", {"granularity": "pass"}, view="step")["written"]["a3"] == 10


@pytest.mark.parametrize(
    ("setting", "limit", "change", "where"),
    [
        ("max_layers", 2, {"layers": [{"units": 1}] * 4}, "spec.layers"),
        ("max_units", 4, {"layers": [{"units": 1}, {"units": 10**9}, {"units": 1}]}, "spec.layers[1].units"),
        ("max_parameters", 7, {"layers": [{"units": 1}, {"units": 3}, {"units": 1}]}, "spec.layers"),
        ("max_batch", 2, {"batch_size": 3}, "spec.batch_size"),
        ("max_activations", 6, {"batch_size": 4}, "spec.batch_size"),
    ],
)
def test_a_change_of_the_spec_has_the_same_limits(
    make_client: MakeClient, setting: str, limit: int, change: object, where: str
) -> None:
    client = make_client(**{setting: limit})
    session = client.session(network(1, 1, rows=4))
    before = client.get(session)
    assert client.refused(422, "PATCH", f"{session}/spec", change)["where"] == where
    assert client.get(session) == before


def test_predictions_have_limits_too(make_client: MakeClient) -> None:
    client = make_client(max_activations=6)
    session = client.session(network(2, 1, rows=1))
    client.post(f"{session}/predict", {"inputs": [[0, 1]] * 2})
    assert client.refused(422, "POST", f"{session}/predict", {"inputs": [[0, 1]] * 3})["where"] == "inputs"
    ragged = client.refused(422, "POST", f"{session}/predict", {"inputs": [[0, 1], [0]]})
    assert (ragged["where"], ragged["message"]) == ("inputs[1]", "Row 1 has 1 inputs; expected 2.")


def test_training_and_seeking_far_ahead_have_a_limit_in_one_request(make_client: MakeClient) -> None:
    client = make_client(max_train_iterations=50)
    session = client.session({"preset": "or"})
    for method, path, body in (
        ("POST", "train", {"iterations": 51}),
        ("POST", "train", {"epochs": 13}),
        ("POST", "train", {"iterations": 2**53}),
        ("PUT", "position", {"iteration": 2**53}),
    ):
        error = client.refused(422, method, f"{session}/{path}", body)
        assert error["code"] == "limit_exceeded"
        assert "--max-train-iterations" in error["hint"]
    assert client.post(f"{session}/train", {"epochs": 12})["position"]["iteration"] == 48
    assert client.post(f"{session}/train", {"iterations": 50})["position"]["iteration"] == 98
    assert client.put(f"{session}/position", {"iteration": 0})["position"]["iteration"] == 0
    assert client.put(f"{session}/position", {"iteration": 98})["position"]["iteration"] == 98


def test_the_session_that_was_idle_longest_makes_room(make_client: MakeClient) -> None:
    client = make_client(max_sessions=2)
    first, second = client.session({"preset": "or"}), client.session({"preset": "or"})
    client.get(first)
    third = client.session({"preset": "or"})
    assert client.refused(404, "GET", second)["code"] == "session_not_found"
    for session in (first, third):
        assert client.get(session)["revision"] == 0


def test_given_parameters_are_the_start(client: Client) -> None:
    given = [{"W": [[1, 2], [3, 4]], "b": [5, 6]}, {"W": [[7, 8]], "b": [9]}]
    state = client.post("/api/sessions", {**network(2, 2, 1), "parameters": given})
    for layer, parameters in enumerate(given, start=1):
        assert state["tensors"][f"W{layer}"] == parameters["W"]
        assert state["tensors"][f"b{layer}"] == parameters["b"]
    assert "given" in client.get(f"/api/sessions/{state['id']}/explanations/W1", index="0,0")["sentence"]


def test_the_same_seed_draws_the_same_start_and_another_another(client: Client) -> None:
    starts = [client.post("/api/sessions", network(2, 2, 1, seed=seed))["tensors"] for seed in (1, 1, 2)]
    assert starts[0] == starts[1]
    assert starts[0]["W1"] != starts[2]["W1"]


def test_names_of_the_data_are_the_names_in_explanations(client: Client) -> None:
    body = network(2, 1)
    body["data"] |= {"features": ["height", "weight"], "target_names": ["age"], "classes": ["young", "old"]}
    session = client.session(body)
    data = client.get(session)["data"]
    assert (data["features"], data["targets"], data["classes"]) == (["height", "weight"], ["age"], ["young", "old"])
    assert data["name"] is None
    title = client.get(f"{session}/explanations/W1", index="0,1")["title"]
    assert title == "Weight from input weight to output age"
