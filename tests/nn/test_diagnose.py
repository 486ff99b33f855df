"""Each failure is found where it was made on purpose, and only there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from app.nn.activations import activations
from app.nn.diagnose import diagnose, failures
from app.nn.look import Finding, Look, steepest
from app.nn.network import Network
from app.nn.plan import Plan
from app.nn.registry import Array, Choice
from app.nn.spec import Spec
from app.steps.findings import tell
from app.steps.names import Names
from tests.networks import data_for, spec_of


def look_at(network: Network, inputs: Array, targets: Array, costs: Sequence[float] = ()) -> Look:
    spec = network.spec
    plan = Plan(spec, network.flat, len(inputs))
    plan.load(inputs, targets)
    plan.gradients()
    return Look(spec, plan.tensors, len(inputs), len(inputs), costs)


def found(spec: Spec, rows: int = 12, costs: Sequence[float] = (), **parameters: Any) -> list[Finding]:
    """What is found in a network of this spec, some of its parameters set."""
    network = Network(spec)
    for name, value in parameters.items():
        view = network.W(int(name[1:])) if name[0] == "W" else network.b(int(name[1:]))
        view[...] = value
    return diagnose(look_at(network, *data_for(spec, rows), costs))


def names(findings: Sequence[Finding]) -> set[str]:
    return {finding.failure for finding in findings}


def only(findings: Sequence[Finding], failure: str) -> Finding:
    (one,) = [finding for finding in findings if finding.failure == failure]
    return one


@pytest.mark.parametrize("hidden", [entry.name for entry in activations if entry.name != "step"])
def test_nothing_is_found_in_an_ordinary_start(hidden: str) -> None:
    for seed in range(5):
        spec = spec_of(3, 5, 4, 2, hidden=hidden, initializer=Choice("xavier"), seed=seed)
        assert found(spec, rows=40, b1=0.5, b2=0.5) == []


def test_a_relu_below_zero_on_every_row_is_dead() -> None:
    finding = only(found(spec_of(2, 4, 1, hidden="relu"), b1=[0, -50, 0, -50]), "dead_relu")
    assert finding.units == ((1, 1), (1, 3))
    assert tell(finding, Names(2)).startswith(
        "Hidden neurons 2 and 4: the weighted sums are 0 or less on all 12 training rows, "
    )


def test_a_relu_above_zero_on_one_row_is_not_dead() -> None:
    spec = spec_of(1, 1, 1, hidden="relu")
    network = Network(spec)
    network.W(1)[...], network.b(1)[...] = 1, -1
    inputs, targets = np.array([[0.0], [1.0], [0.5]]), np.zeros((3, 1))
    assert "dead_relu" in names(diagnose(look_at(network, inputs, targets)))
    inputs[2] = 1.001
    assert diagnose(look_at(network, inputs, targets)) == []


def test_a_dead_neuron_gets_no_gradient() -> None:
    spec = spec_of(2, 4, 1, hidden="relu")
    network = Network(spec)
    network.b(1)[1] = -50
    look = look_at(network, *data_for(spec, 9))
    assert not look.tensors["dW1"][1].any()
    assert look.tensors["dW1"][0].any()


@pytest.mark.parametrize(("hidden", "sum_of"), [("sigmoid", 5.4), ("tanh", 3.1)])
def test_a_squashing_neuron_far_out_on_most_rows_is_saturated(hidden: str, sum_of: float) -> None:
    """σ'(z) is under 0.0025 from z = 5.99 on, tanh' under 0.01 from 2.994 on."""
    spec = spec_of(1, 2, 1, hidden=hidden)
    network = Network(spec)
    network.W(1)[...], network.b(1)[...] = [[1], [0.5]], [sum_of, 0]
    limit = {"sigmoid": 5.988, "tanh": 2.9932}[hidden] - sum_of
    inside, outside = limit - 0.01, limit + 0.01
    targets = np.zeros((10, 1))
    most = np.array([[outside]] * 9 + [[inside]])
    assert only(diagnose(look_at(network, most, targets)), "saturated").units == ((1, 0),)
    fewer = np.array([[outside]] * 8 + [[inside]] * 2)
    assert "saturated" not in names(diagnose(look_at(network, fewer, targets)))


def test_an_output_that_is_flat_and_right_is_no_failure_but_flat_and_wrong_is() -> None:
    network = Network(spec_of(1, 1, output="sigmoid"))
    network.W(1)[...], network.b(1)[...] = 0, 10
    rows = np.zeros((4, 1))
    assert diagnose(look_at(network, rows, np.ones((4, 1)))) == []
    wrong = only(diagnose(look_at(network, rows, np.zeros((4, 1)))), "saturated")
    assert "the answer is wrong there" in tell(wrong, Names(2))
    fused = Network(spec_of(1, 1, output="sigmoid", loss="binary_cross_entropy"))
    fused.W(1)[...], fused.b(1)[...] = 0, 10
    assert diagnose(look_at(fused, rows, np.zeros((4, 1)))) == []


@pytest.mark.parametrize("initializer", ["zeros", "constant"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_neurons_that_start_alike_are_found_and_stay_alike(initializer: str, optimizer: str) -> None:
    spec = spec_of(2, 3, 1, initializer=Choice(initializer), optimizer=Choice(optimizer), batch_size=5)
    network = Network(spec)
    inputs, targets = data_for(spec, 5)
    for _ in range(50):
        finding = only(diagnose(look_at(network, inputs, targets)), "symmetric")
        assert finding.units == ((1, 0), (1, 1), (1, 2))
        plan = network.plan(5)
        plan.load(inputs, targets)
        plan.train()


def test_only_neurons_that_are_alike_both_ways_are_found() -> None:
    spec = spec_of(2, 4, 2)
    out = np.array([[1.0, 2, 3, 1], [4, 5, 6, 4]])
    alike = found(spec, W1=[[1, 2], [1, 2], [3, 4], [1, 2]], b1=[0, 0, 0, 0], W2=out)
    assert only(alike, "symmetric").units == ((1, 0), (1, 3))
    assert found(spec, W1=[[1, 2], [1, 2], [3, 4], [1, 2]], b1=[0, 0, 0, 1], W2=out) == []


def test_a_hard_step_lets_nothing_learn() -> None:
    finding = only(found(spec_of(2, 3, 1, hidden="step")), "flat_activation")
    assert "no layer up to this one learns" in tell(finding, Names(2))
    assert "nothing in this network learns" in tell(
        only(found(spec_of(2, 3, 1, output="step")), "flat_activation"), Names(2)
    )
    assert [entry.name for entry in activations if entry.elementwise and not steepest(entry)] == ["step"]


def test_the_steepest_slopes_are_those_of_the_books() -> None:
    known = {"sigmoid": 0.25, "tanh": 1, "relu": 1, "linear": 1, "leaky_relu": 1, "elu": 1, "step": 0}
    for name, slope in known.items():
        assert steepest(activations.named(name)) == pytest.approx(slope, rel=1e-6)


def test_a_gradient_that_fades_through_many_layers_is_vanishing() -> None:
    deep = spec_of(2, *[4] * 7, 1, hidden="sigmoid", initializer=Choice("normal", {"deviation": 0.3}))
    assert only(found(deep), "vanishing_gradient").layers == (1, 8)
    shallow = spec_of(2, 4, 1, hidden="sigmoid", initializer=Choice("normal", {"deviation": 0.001}))
    assert "vanishing_gradient" not in names(found(shallow))


def test_a_gradient_that_grows_through_many_layers_is_exploding() -> None:
    """Without biases, the first layer's gradient grows with the last weights, the last one shrinks with the first."""
    deep = spec_of(2, 4, 4, 1, hidden="linear", output="linear", initializer=Choice("lecun"))
    for scale, expected in [(3.0, set[str]()), (300.0, {"exploding_gradient"})]:
        network = Network(deep)
        network.W(1)[...] /= scale
        network.W(3)[...] *= scale
        assert names(diagnose(look_at(network, *data_for(deep, 8)))) == expected


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ([1, 1.3, 1.6, 2.0], "rising_cost"),
        ([1, 1.5, 1.4, 2.1, 3], "rising_cost"),
        ([1, 2, float("inf")], None),
        ([1, 2, 9, float("inf")], "rising_cost"),
        ([1, 1.3, 1.6, 1.9], None),
        ([1, 3, 2.5, 2.2, 2.1], None),
        ([1, 2, 4], None),
        ([1, 2, 1, 2, 1, 2, 1], "oscillating_cost"),
        ([1, 2, 1, 2, 1, 2, 2.5, 1, 2], "oscillating_cost"),
        ([1, 1.1, 1, 1.1, 1, 1.1, 1], None),
        ([1, 2, 1, 2, 1, 2], None),
        ([8, 4, 5, 2, 3, 1, 1.5, 0.5, 0.7], None),
        ([8, 7, 6, 5, 4, 3, 2, 1, 0.5], None),
        ([float("nan")] * 9, None),
        ([float("inf")] * 9, None),
        ([], None),
    ],
)
def test_a_cost_that_rises_or_swings_is_told_from_one_that_learns(costs: list[float], expected: str | None) -> None:
    findings = found(spec_of(2, 3, 1), costs=costs)
    assert names(findings) == ({expected} if expected else set())


def test_every_failure_is_found_by_a_test_here() -> None:
    covered = {"dead_relu", "saturated", "symmetric", "flat_activation", "vanishing_gradient", "exploding_gradient"}
    assert {entry.name for entry in failures} == covered | {"rising_cost", "oscillating_cost"}
    assert len({entry.glyph for entry in failures}) == len(list(failures))
    assert all(entry.remedies and entry.description.endswith(".") for entry in failures)


def test_numbers_that_are_not_finite_are_no_reason_to_fail() -> None:
    for value in (np.inf, -np.inf, np.nan, 1e308):
        for hidden in activations:
            with np.errstate(all="ignore"):
                found(spec_of(2, 3, 3, 1, hidden=hidden.name), W1=value)
