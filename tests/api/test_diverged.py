"""Training ends with the iteration whose update leaves a number that is not finite, and says so."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from itertools import cycle
from typing import Any

import numpy as np
import pytest

from app.nn.activations import activations
from app.nn.losses import losses
from app.nn.optimizers import optimizers
from app.nn.registry import Array

from .client import Client
from .test_overflow import strict
from .test_state import flat

RATES = [10.0**power for power in range(-12, 13, 2)]
INPUTS = np.array([[0.5, -1.0], [2.0, 0.25], [-1.5, 3.0]])
TARGETS = np.array([[1.0], [0.0], [-2.0]])
START = [np.array([[0.3, -0.4], [0.7, 0.2]]), np.array([[0.6, -0.9]])]
ITERATIONS = 40

HIDDEN: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "relu": (lambda z: np.where(z > 0, z, 0 * z), lambda z: np.where(z > 0, 1.0, 0.0)),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "linear": (lambda z: z, np.ones_like),
}


def first_not_finite(hidden: str, rate: float, scale: float) -> int | None:
    """The iteration after which a parameter is not finite, by a plain loop that knows nothing of the engine."""
    function, slope = HIDDEN[hidden]
    x, (w1, w2), b1, b2 = INPUTS * scale, START, np.zeros(2), np.zeros(1)
    with np.errstate(all="ignore"):
        for iteration in range(ITERATIONS):
            z = x @ w1.T + b1
            a = function(z)
            delta = a @ w2.T + b2 - TARGETS
            below = (delta @ w2) * slope(z)
            w2, b2 = w2 - rate * (delta.T @ a / 3), b2 - rate * delta.mean(axis=0)
            w1, b1 = w1 - rate * (below.T @ x / 3), b1 - rate * below.mean(axis=0)
            if not all(np.isfinite(p).all() for p in (w1, b1, w2, b2)):
                return iteration
    return None


def body(hidden: str, rate: float, scale: float = 1, **spec: Any) -> dict[str, Any]:
    return {
        "spec": {
            "layers": [{"units": 2}, {"units": 2, "activation": hidden}, {"units": 1, "activation": "linear"}],
            "optimizer": {"name": "sgd", "learning_rate": rate},
            "batch_size": 3,
            **spec,
        },
        "data": {"inputs": (INPUTS * scale).tolist(), "targets": TARGETS.tolist()},
        "parameters": [{"W": START[0].tolist(), "b": [0, 0]}, {"W": START[1].tolist(), "b": [0]}],
    }


def numbers_of(state: Any, letters: str) -> list[Any]:
    return [value for name, told in state["tensors"].items() if name[0] in letters for value in flat(told)]


@pytest.mark.parametrize("scale", [1.0, 1e100, 1e300])
@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_session_diverges_in_the_iteration_in_which_a_plain_loop_does(
    client: Client, hidden: str, scale: float
) -> None:
    seen = set()
    for rate in RATES:
        session = client.session(body(hidden, rate, scale))
        state = client.post(f"{session}/train", {"iterations": ITERATIONS})
        expected = first_not_finite(hidden, rate, scale)
        assert (state["diverged"] and state["diverged"]["iteration"]) == expected, f"learning rate {rate:g}"
        assert state["position"]["iteration"] == (ITERATIONS if expected is None else expected)
        seen.add(expected)
    assert seen != {None}


def test_a_diverged_session_stands_where_it_ended_and_refuses_what_comes_after(client: Client) -> None:
    session = client.session(body("linear", 1e3))
    state = client.post(f"{session}/train", {"iterations": 1000})
    last, operations = state["diverged"]["iteration"], state["position"]["operations"]
    assert state["position"] == {"iteration": last, "operation": operations, "operations": operations}
    for method, path, asked in [
        ("POST", "/train", {"iterations": 1}),
        ("POST", "/step", {"granularity": "pass", "direction": "next"}),
        ("POST", "/forward", {"granularity": "operation"}),
        ("PUT", "/position", {"iteration": last + 1, "operation": 0}),
        ("PUT", "/position", {"iteration": last + 700, "operation": 3}),
        ("GET", f"/tape/{last + 1}", None),
    ]:
        error = client.refused(409, method, f"{session}{path}", asked)
        assert error["code"] == "diverged"
        assert f"after {last} iterations" in error["message"]
        assert "learning rate" in error["hint"]
    assert client.get(session)["revision"] == state["revision"]


def test_what_first_was_not_finite_is_named_with_its_place(client: Client) -> None:
    session = client.session(body("linear", 1e3))
    diverged = client.post(f"{session}/train", {"iterations": 1000})["diverged"]
    place = {"iteration": diverged["iteration"], "operation": diverged["operation"]}
    state = client.put(f"{session}/position", place)
    step = state["step"]["explanation"]
    assert (step["tensor"], step["index"]) == (diverged["tensor"], diverged["index"])
    assert diverged["value"] in ("NaN", "Infinity", "-Infinity")
    before = client.put(f"{session}/position", place | {"operation": place["operation"] - 1})
    assert not any(isinstance(value, str) for told in before["tensors"].values() for value in flat(told))
    assert diverged["sentence"].endswith("so training ends here.")


def test_a_position_beyond_is_refused_before_anything_was_trained_too(client: Client) -> None:
    session = client.session(body("linear", 1e3))
    client.refused(409, "PUT", f"{session}/position", {"iteration": 999, "operation": 0})
    state = client.get(session)
    assert state["position"]["iteration"] == 0
    assert state["diverged"]["iteration"] == first_not_finite("linear", 1e3, 1)


def test_single_steps_end_where_training_ends(client: Client) -> None:
    trained, stepped = client.session(body("linear", 1e12)), client.session(body("linear", 1e12))
    end = client.post(f"{trained}/train", {"iterations": 100})
    for _ in range(1000):
        asked = {"granularity": "pass", "direction": "next"}
        answer = client.request("POST", f"{stepped}/step", asked)
        if not answer.is_success:
            break
    assert answer.status_code == 409
    state = client.get(stepped)
    assert (state["position"], state["diverged"], state["tensors"]) == (
        end["position"],
        end["diverged"],
        end["tensors"],
    )


def test_a_smaller_learning_rate_from_the_start_on_goes_on_and_undo_comes_back(client: Client) -> None:
    session = client.session(body("linear", 1e3))
    diverged = client.post(f"{session}/train", {"iterations": 1000})["diverged"]
    client.put(f"{session}/position", {"iteration": 0, "operation": 0})
    changed = client.patch(f"{session}/spec", {"optimizer": {"name": "sgd", "learning_rate": 1e-3}})
    assert changed["diverged"] is None
    assert client.post(f"{session}/train", {"iterations": 500})["position"]["iteration"] == 500
    client.post(f"{session}/undo", {})  # the training
    assert client.post(f"{session}/undo", {})["diverged"] == diverged


def test_a_start_that_the_dtype_cannot_hold_is_said(client: Client) -> None:
    asked = body("linear", 0.1, dtype="float32")
    asked["parameters"][1]["W"][0][1] = -1e300
    diverged = client.session_state(asked)["diverged"]
    assert (diverged["tensor"], diverged["index"], diverged["value"]) == ("W2", [0, 1], "-Infinity")
    assert (diverged["iteration"], diverged["operation"]) == (0, 0)


@pytest.mark.parametrize("optimizer", [entry.name for entry in optimizers])
def test_what_an_optimizer_keeps_counts_too(client: Client, optimizer: str) -> None:
    asked = body("linear", 1e-12, 1e200)
    asked["spec"]["optimizer"]["name"] = optimizer
    session = client.session(asked)
    state = client.post(f"{session}/train", {"iterations": 3})
    before = client.put(f"{session}/position", {"iteration": state["position"]["iteration"], "operation": 0})
    assert not any(isinstance(value, str) for value in numbers_of(before, "Wbvm"))
    assert (state["diverged"] is not None) == any(isinstance(v, str) for v in numbers_of(state, "Wbvmts"))


def every_function() -> list[tuple[str, str, str]]:
    hidden = cycle(activations)
    return [
        (next(hidden).name, output.name, loss.name)
        for loss in losses
        for output in activations
        if loss.needs in ("", output.name) and (loss.targets != "probability" or 0 <= output.low <= output.high <= 1)
    ]


@pytest.mark.parametrize(("hidden", "output", "loss"), every_function())
def test_at_any_extreme_every_function_answers_and_diverges_exactly_when_it_did(
    client: Client, hidden: str, output: str, loss: str
) -> None:
    targets = [[0, 1], [1, 0], [0, 1]]
    layers = [{"units": 2}, {"units": 3, "activation": hidden}, {"units": 2, "activation": output}]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for rate, size in [(1e-12, 1e300), (1e-12, 1), (1, 1e10), (1, 1e300), (1e6, 1), (1e12, 1), (1e12, 1e300)]:
            optimizer = {"name": "sgd", "learning_rate": rate}
            spec = {"layers": layers, "loss": loss, "optimizer": optimizer, "batch_size": 2, "seed": 5}
            data = {"inputs": [[size, -size], [3, size / 4], [-size, 0]], "targets": targets}
            session = client.session({"spec": spec, "data": data})
            state = strict(client.request("POST", f"{session}/train", {"iterations": 30}).text)
            odd = any(isinstance(value, str) for value in numbers_of(state, "Wb"))
            assert (state["diverged"] is not None) == odd, f"learning rate {rate:g}, inputs {size:g}"
            if odd:
                start = {"iteration": state["diverged"]["iteration"], "operation": 0}
                before = strict(client.request("PUT", f"{session}/position", start).text)
                assert not any(isinstance(value, str) for value in numbers_of(before, "Wb"))
