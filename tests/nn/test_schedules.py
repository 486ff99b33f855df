"""Schedules and clipping: values that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.nn.network import Network
from app.nn.registry import Array, Choice
from tests.networks import data_for, spec_of


def rates(schedule: Choice, updates: int) -> list[float]:
    """The learning rates of the first updates, the optimizer's own being 0.1."""
    network = Network(spec_of(2, 2, 1, schedule=schedule))
    plan, found = network.plan(3), []
    for _ in range(updates):
        plan.load(*data_for(network.spec, 3))
        plan.train()
        found.append(float(plan.tensors["eta"]))
    return found


@pytest.mark.parametrize(
    ("name", "options", "wanted"),
    [
        ("step", {"every": 2.0, "factor": 0.5}, [0.1, 0.1, 0.05, 0.05, 0.025]),
        ("exponential", {"factor": 0.5}, [0.1, 0.05, 0.025, 0.0125, 0.00625]),
        (
            "cosine",
            {"length": 4.0, "lowest": 0.2},
            [0.1, 0.02 + 0.04 * (1 + 0.5**0.5), 0.06, 0.02 + 0.04 * (1 - 0.5**0.5), 0.02],
        ),
        ("warm_up", {"length": 4.0}, [0.025, 0.05, 0.075, 0.1, 0.1]),
    ],
)
def test_the_learning_rates_of_a_schedule(name: str, options: dict[str, float], wanted: list[float]) -> None:
    assert rates(Choice(name, options), 5) == pytest.approx(wanted, rel=1e-12)


def test_with_a_constant_learning_rate_nothing_is_added_to_the_plan() -> None:
    plan = Network(spec_of(2, 3, 1)).plan(1)
    assert [call.purpose for call in plan.update] == ["sgd", "W b"]
    assert not {"t", "eta", "norm", "scale"} & set(plan.tensors)


def clipped(clip: float, frozen: tuple[str, ...] = ()) -> dict[str, Array]:
    network = Network(spec_of(2, 3, 1, clip=clip, frozen=frozen))
    plan = network.plan(3)
    plan.load(*data_for(network.spec, 3))
    plan.gradients()
    plan.step()
    return plan.tensors


def test_a_long_gradient_keeps_its_direction_and_has_the_length_that_is_allowed() -> None:
    tensors = clipped(0.01)
    gradient = np.concatenate([tensors[f"d{name}{n}"].ravel() for n in (1, 2) for name in "Wb"])
    short = np.concatenate([tensors[f"clipped{name}{n}"].ravel() for n in (1, 2) for name in "Wb"])
    assert tensors["norm"] == pytest.approx(np.linalg.norm(gradient), rel=1e-12)
    assert np.linalg.norm(short) == pytest.approx(0.01, rel=1e-4)
    np.testing.assert_allclose(short / np.linalg.norm(short), gradient / np.linalg.norm(gradient), rtol=1e-9)


def test_a_short_gradient_stays_as_it_is() -> None:
    tensors = clipped(100.0)
    assert tensors["scale"] == 1
    np.testing.assert_array_equal(tensors["clippedW1"], tensors["dW1"])


def test_what_is_frozen_does_not_count_in_the_gradients_length() -> None:
    tensors = clipped(0.01, frozen=("W1", "b1", "b2"))
    assert tensors["norm"] == pytest.approx(np.linalg.norm(tensors["dW2"]), rel=1e-12)
