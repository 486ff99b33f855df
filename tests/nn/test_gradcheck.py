"""Gradients against the cost itself, and the check that a learner uses for it, which has to notice what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

import numpy as np
import pytest

from app.errors import IndexInvalid, SpecError
from app.nn import gradcheck
from app.nn.activations import Activation, activations
from app.nn.gradcheck import GradientCheck, Nudge, suitable
from app.nn.kinks import activation_bends, loss_bends, penalty_bends
from app.nn.losses import losses
from app.nn.network import Network
from app.nn.penalties import penalties
from app.nn.registry import Choice
from app.nn.spec import LayerSpec, Spec, checked
from tests.networks import data_for, spec_of

RANDOM_NETWORKS = 500
SEEN = 1e-4
"""A slope from which on rounding of a cost near 1 takes less than a millionth of a quotient by ε = 1e-5."""


def check_of(spec: Spec, rows: int = 3, seed: int = 0) -> GradientCheck:
    return GradientCheck(spec, Network(spec).flat, *data_for(spec, rows, seed))


def every_nudge(check: GradientCheck) -> Iterator[Nudge]:
    for tensor, values in Network(check.spec).plan(1).tensors.items():
        if tensor[0] in "Wb":
            yield from (check.nudge(tensor, index) for index in np.ndindex(values.shape))


def random_spec(number: int) -> tuple[Spec, int]:
    """A spec with everything drawn, and the size of its batch."""
    draw = np.random.default_rng([11, number])
    loss = draw.choice(np.array(list(losses), dtype=object))
    allowed = [
        entry.name
        for entry in activations
        if (not loss.needs or entry.name == loss.needs)
        and (loss.targets != "probability" or 0 <= entry.low <= entry.high <= 1)
    ]
    names = [entry.name for entry in activations]
    units = [int(count) for count in draw.integers(1, 6, draw.integers(2, 6))]
    hidden = [LayerSpec(count, str(draw.choice(names))) for count in units[1:-1]]
    layers = (LayerSpec(units[0]), *hidden, LayerSpec(units[-1], str(draw.choice(allowed))))
    l2, l1 = (float(factor) for factor in draw.random(2) * 0.2 * draw.integers(2, size=2))
    start = Choice("normal", {"deviation": 0.7})
    return checked(Spec(layers, loss.name, start, l2=l2, l1=l1, seed=number)), int(draw.integers(1, 9))


def test_the_gradients_of_five_hundred_random_networks_are_the_slopes_of_their_costs() -> None:
    smooth, plain = 0, 0
    for number in range(RANDOM_NETWORKS):
        spec, rows = random_spec(number)
        for nudge in every_nudge(check_of(spec, rows, number)):
            if nudge.kinks:
                continue
            smooth += 1
            assert nudge.tolerance == 1e-6
            assert nudge.agrees, (spec, nudge)
            if abs(nudge.gradient) > SEEN * max(1, nudge.cost):
                plain += 1
                assert nudge.error <= 1e-6, (spec, nudge)
    assert plain > 8000
    assert smooth > 12_000


@pytest.fixture
def wrong_slope() -> Iterator[str]:
    """A tanh whose slope is a hundred-thousandth too large."""
    tanh = activations.named("tanh")
    wrong = Activation(
        name="tanh_with_a_wrong_slope",
        title="",
        description="",
        rule=tanh.rule,
        derivative=tanh.derivative,
        forward=tanh.forward,
        slope=lambda z, a, s, k: [*tanh.slope(z, a, s, k), (np.multiply, s, k(1 + 1e-5), s)],
    )
    activations.add(wrong)
    yield wrong.name
    activations.remove(wrong.name)


def test_a_slope_that_is_a_hundred_thousandth_off_is_noticed(wrong_slope: str) -> None:
    right, wrong = (check_of(spec_of(2, 4, 2, hidden=hidden)) for hidden in ("tanh", wrong_slope))
    assert right.run(np.inf)
    assert wrong.run(np.inf)
    assert right.summary().agree == 22
    summary = wrong.summary()
    assert (summary.parameters, summary.checked, summary.agree, summary.kinked) == (22, 22, 10, 0)
    assert len(summary.worst) == 10
    assert {nudge.tensor for nudge in summary.worst} == {"W1", "b1"}
    assert summary.worst[0].error == pytest.approx(1e-5, rel=1e-3)


def test_a_nudge_is_what_a_hand_calculates() -> None:
    """One sigmoid neuron: C(w) = ½(1 − σ(0.5 w + 0.1))² + l2·w²."""
    spec = checked(Spec((LayerSpec(1), LayerSpec(1, "sigmoid")), l2=0.25))
    check = GradientCheck(spec, np.array([0.8, 0.1]), np.array([[0.5]]), np.array([[1.0]]))

    def cost(w: float) -> float:
        return 0.5 * (1 - 1 / (1 + exp(-0.5 * w - 0.1))) ** 2 + 0.25 * w * w

    nudge = check.nudge("W1", (0, 0), 0.01)
    a = 1 / (1 + exp(-0.5))
    assert (nudge.value, nudge.epsilon) == (0.8, 0.01)
    assert [nudge.below, nudge.cost, nudge.above] == pytest.approx([cost(0.79), cost(0.8), cost(0.81)], rel=1e-14)
    assert nudge.quotient == pytest.approx((cost(0.81) - cost(0.79)) / 0.02, rel=1e-12)
    assert nudge.gradient == pytest.approx((a - 1) * a * (1 - a) * 0.5 + 0.5 * 0.8, rel=1e-14)
    difference = abs(nudge.quotient - nudge.gradient)
    assert nudge.error == pytest.approx(difference / max(nudge.quotient, nudge.gradient), rel=1e-9)
    assert (nudge.agrees, nudge.kinks) == (True, ())


def test_nudging_leaves_everything_as_it_was() -> None:
    check = check_of(spec_of(2, 3, 1))
    first = list(every_nudge(check))
    assert list(every_nudge(check)) == first
    assert len({nudge.cost for nudge in first}) == 1


@pytest.mark.parametrize(("dtype", "epsilon"), [("float64", 1e-5), ("float32", 1e-2)])
def test_an_epsilon_suits_the_dtype_and_the_parameter(dtype: str, epsilon: float) -> None:
    assert suitable(0.3, dtype) == pytest.approx(epsilon)
    assert suitable(-3000.0, dtype) == pytest.approx(epsilon * 1000)


def test_single_precision_agrees_within_its_own_tolerance() -> None:
    check = check_of(spec_of(2, 4, 2, dtype="float32"))
    assert check.run(np.inf)
    assert check.summary().agree == 22
    assert check.summary().tolerance == 1e-2


def test_a_nudge_across_a_kink_says_so() -> None:
    """z = w·1 − 1 of a relu is 0 at w = 1: a slope of 0 to the left and of a − y = −2 to the right."""
    spec = checked(Spec((LayerSpec(1), LayerSpec(1, "relu"))))
    check = GradientCheck(spec, np.array([1.0, -1.0]), np.array([[1.0]]), np.array([[2.0]]))
    nudge = check.nudge("W1", (0, 0), 1e-3)
    assert nudge.kinks == (("z1", (0,)),)
    assert nudge.quotient == pytest.approx(-1, rel=1e-3)
    assert nudge.gradient == 0
    assert not nudge.agrees
    assert check.run(np.inf)
    assert (check.summary().agree, check.summary().kinked) == (0, 2)
    beside = GradientCheck(spec, np.array([1.1, -1.0]), np.array([[1.0]]), np.array([[2.0]])).nudge("W1", (0, 0), 1e-3)
    assert (beside.kinks, beside.agrees) == ((), True)


def test_an_output_that_passes_its_target_and_a_weight_that_passes_zero_are_kinks() -> None:
    spec = checked(Spec((LayerSpec(1), LayerSpec(1, "linear")), loss="mean_absolute_error", l1=0.5))
    check = GradientCheck(spec, np.array([0.0, 2.0]), np.array([[1.0]]), np.array([[2.0]]))
    assert check.nudge("W1", (0, 0)).kinks == (("a1", (0,)), ("W1", (0, 0)))
    assert check.nudge("b1", (0,)).kinks == (("a1", (0,)),)


def test_kinks_are_found_where_functions_have_them() -> None:
    assert {entry.name for entry in activations if activation_bends(entry)} == {"relu", "leaky_relu", "step"}
    assert {entry.name for entry in losses if loss_bends(entry)} == {"mean_absolute_error"}
    assert {entry.name for entry in penalties if penalty_bends(entry)} == {"l1"}


@pytest.mark.parametrize("epsilon", [1e-30, 1e308])
def test_a_nudge_that_moves_nothing_or_too_far_is_refused(epsilon: float) -> None:
    check = GradientCheck(spec_of(1, 1), np.array([1e308, 1.0]), np.array([[1.0]]), np.array([[1.0]]))
    with pytest.raises(SpecError, match="A nudge by") as refused:
        check.nudge("W1", (0, 0), epsilon)
    assert refused.value.where == "epsilon"


@pytest.mark.parametrize(
    ("tensor", "index"), [("W3", (0, 0)), ("W1", (0,)), ("b1", (3,)), ("z1", (0,)), ("W1", (0, -1))]
)
def test_only_weights_and_biases_that_exist_can_be_nudged(tensor: str, index: tuple[int, ...]) -> None:
    with pytest.raises(IndexInvalid):
        check_of(spec_of(2, 3, 1)).nudge(tensor, index)


def test_a_cost_that_is_not_a_number_agrees_with_nothing() -> None:
    spec = checked(Spec((LayerSpec(1), LayerSpec(1, "linear"))))
    nudge = GradientCheck(spec, np.array([1e200, 0.0]), np.array([[1e200]]), np.array([[1.0]])).nudge("W1", (0, 0))
    assert (nudge.agrees, nudge.error) == (False, np.inf)


def test_a_large_network_is_checked_on_a_sample_that_its_seed_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradcheck, "MOST", 12)
    summaries = []
    for seed in (1, 1, 2):
        check = check_of(spec_of(4, 6, 2, seed=seed))
        assert check.run(np.inf)
        summaries.append(check.summary())
    assert [(summary.parameters, summary.checked, summary.agree) for summary in summaries] == [(44, 12, 12)] * 3
    places = [{(nudge.tensor, nudge.index) for nudge in summary.worst} for summary in summaries]
    assert places[0] == places[1] != places[2]


def test_a_check_can_be_made_in_slices() -> None:
    check = check_of(spec_of(2, 3, 1))
    slices = 1
    while not check.run(0):
        slices += 1
    assert slices == check.summary().checked == 13
