"""Networks computed by another library in double precision, followed through the API alone, agree number by number."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.bootstrap import ROOT

from .client import Client

SPEC = ("layers", "loss", "optimizer", "schedule", "l1", "l2", "clip", "frozen")
CASES = sorted((ROOT / "tests" / "reference").glob("*.json"))


def assert_agrees(got: object, wanted: object, what: str) -> None:
    """Within a billionth; numbers that are a million times smaller than their tensor's largest count as nothing."""
    found, expected = np.asarray(got, dtype=float), np.asarray(wanted, dtype=float)
    assert found.shape == expected.shape, what
    most = 1e-9 * np.maximum(np.abs(expected), 1e-6 * np.abs(expected).max())
    wrong = np.abs(found - expected) > most
    assert not wrong.any(), f"{what}: {found[wrong]} instead of {expected[wrong]}"


def session_body(case: dict[str, Any]) -> dict[str, Any]:
    """The case as a request: its batches, one after the other, are the rows of the data."""
    batches = case["batches"]
    spec = {name: case[name] for name in SPEC if name in case}
    return {
        "spec": {**spec, "batch_size": len(batches[0]["x"])},
        "data": {
            "inputs": [row for batch in batches for row in batch["x"]],
            "targets": [row for batch in batches for row in batch["y"]],
        },
        "parameters": case["parameters"],
    }


@pytest.fixture(params=CASES, ids=lambda path: str(path.stem))
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(request.param.read_text(encoding="utf-8"))
    return loaded


def test_there_are_cases() -> None:
    assert len(CASES) >= 14


def test_every_number_of_the_first_iteration_and_all_costs_and_parameters_agree(
    client: Client, case: dict[str, Any]
) -> None:
    """Steps of a pass: forward, loss, backward, update, and on to the next batch."""
    wanted = case["expected"]
    session = client.session(session_body(case))
    for iteration, cost in enumerate(wanted["losses"]):
        for _ in range(2):
            client.post(f"{session}/forward", {"granularity": "pass"}, view="step")
        state = client.post(f"{session}/backward", {"granularity": "pass"})
        assert state["position"]["iteration"] == iteration
        assert_agrees(state["cost"]["data"], cost["data"], f"cost of iteration {iteration}")
        assert_agrees(state["cost"]["penalty"], cost["penalty"], f"penalty of iteration {iteration}")
        if iteration == 0:
            for kind, layers in wanted["first_iteration"].items():
                for layer, numbers in enumerate(layers, start=1):
                    assert_agrees(state["tensors"][f"{kind}{layer}"], numbers, f"{kind}{layer}")
        state = client.post(f"{session}/backward", {"granularity": "pass"})
        client.post(f"{session}/step", {"granularity": "pass"}, view="step")
    for layer, parameters in enumerate(wanted["parameters"], start=1):
        assert_agrees(state["tensors"][f"W{layer}"], parameters["W"], f"W{layer} at the end")
        assert_agrees(state["tensors"][f"b{layer}"], parameters["b"], f"b{layer} at the end")


def test_training_in_one_request_ends_at_the_same_parameters(client: Client, case: dict[str, Any]) -> None:
    session = client.session(session_body(case))
    state = client.post(f"{session}/train", {"epochs": 1})
    assert state["position"]["iteration"] == len(case["batches"])
    for layer, parameters in enumerate(case["expected"]["parameters"], start=1):
        assert_agrees(state["tensors"][f"W{layer}"], parameters["W"], f"W{layer}")
        assert_agrees(state["tensors"][f"b{layer}"], parameters["b"], f"b{layer}")
