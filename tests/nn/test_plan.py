"""The plan: what a whole iteration does, and that its shortcuts change nothing."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from app.nn.network import Network
from app.nn.optimizers import optimizers
from app.nn.registry import Choice
from app.nn.spec import Spec
from tests.networks import data_for, every_schedule, every_spec, name_of, spec_of


@pytest.mark.parametrize("spec", list(every_spec(3, 4, 3)), ids=name_of)
def test_training_leaves_the_same_bits_as_computing_everything_that_is_shown(spec: Spec) -> None:
    quick, shown = Network(spec), Network(spec)
    for seed in range(5):
        for network in (quick, shown):
            network.plan(3).load(*data_for(spec, 3, seed), iteration=seed)
        with np.errstate(all="ignore"):
            quick.plan(3).train()
            shown.plan(3).gradients()
            shown.plan(3).step()
    assert quick.flat.tobytes() == shown.flat.tobytes()


@pytest.mark.parametrize("name", [optimizer.name for optimizer in optimizers])
def test_every_optimizer_remembers_the_same_whether_or_not_its_numbers_are_shown(name: str) -> None:
    spec = spec_of(3, 4, 2, optimizer=Choice(name))
    quick, shown = Network(spec), Network(spec)
    for seed in range(5):
        for network in (quick, shown):
            network.plan(3).load(*data_for(spec, 3, seed))
        quick.plan(3).train()
        shown.plan(3).gradients()
        shown.plan(3).step()
    assert quick.everything.tobytes() == shown.everything.tobytes()


def test_an_update_moves_each_parameter_by_the_learning_rate_times_its_gradient() -> None:
    network = Network(spec_of(2, 3, 1, optimizer=Choice("sgd", {"learning_rate": 0.25})))
    plan = network.plan(4)
    plan.load(*data_for(network.spec, 4))
    plan.gradients()
    before, gradient = network.W(1).copy(), plan.tensors["dW1"].copy()
    plan.step()
    np.testing.assert_array_equal(network.W(1), before - 0.25 * gradient)
    np.testing.assert_array_equal(plan.tensors["dW1"], gradient)


def test_frozen_parameters_stay_and_the_others_move() -> None:
    network = Network(spec_of(2, 3, 1, frozen=("b1", "W2")))
    before = {name: view.copy() for name, view in (("W1", network.W(1)), ("b1", network.b(1)), ("W2", network.W(2)))}
    plan = network.plan(2)
    plan.load(*data_for(network.spec, 2))
    plan.train()
    assert not np.array_equal(network.W(1), before["W1"])
    np.testing.assert_array_equal(network.b(1), before["b1"])
    np.testing.assert_array_equal(network.W(2), before["W2"])


def test_the_gradient_of_a_batch_is_the_mean_of_its_examples_gradients() -> None:
    network = Network(spec_of(3, 4, 2))
    inputs, targets = data_for(network.spec, 5)
    whole, single = network.plan(5), network.plan(1)
    whole.load(inputs, targets)
    whole.gradients()
    alone = []
    for x, y in zip(inputs, targets, strict=True):
        single.load(x[None], y[None])
        single.gradients()
        alone.append(single.tensors["dW1"].copy())
    np.testing.assert_allclose(whole.tensors["dW1"], np.mean(alone, axis=0), rtol=1e-12, atol=1e-15)


def test_the_row_of_ones_is_never_written() -> None:
    network = Network(spec_of(2, 3, 3, hidden="relu", output="softmax", loss="cross_entropy"))
    plan = network.plan(2)
    plan.load(*data_for(network.spec, 2))
    for _ in range(3):
        plan.train()
    plan.predict()
    expected = plan.tensors["a0"] @ network.W(1).T + network.b(1)
    np.testing.assert_allclose(plan.tensors["z1"], expected, rtol=1e-14)


def test_a_saturated_sigmoid_with_cross_entropy_still_has_its_exact_gradient() -> None:
    spec = spec_of(1, 1, loss="binary_cross_entropy")
    network = Network(spec, np.array([60.0, 0.0]))
    plan = network.plan(1)
    plan.load(np.array([[1.0]]), np.array([[0.0]]))
    with np.errstate(all="ignore"):
        plan.gradients()
    assert plan.tensors["dz1"][0, 0] == 1.0
    assert plan.tensors["C"] == 100.0


def test_a_large_sum_does_not_overflow_softmax() -> None:
    spec = spec_of(1, 2, output="softmax", loss="cross_entropy")
    network = Network(spec, np.array([1000.0, 0.0, -1000.0, 0.0]))
    plan = network.plan(1)
    plan.load(np.array([[1.0]]), np.array([[1.0, 0.0]]))
    plan.gradients()
    np.testing.assert_array_equal(plan.tensors["a1"], [[1.0, 0.0]])
    assert plan.tensors["C"] == 0.0


def test_float32_computes_in_float32_throughout() -> None:
    network = Network(spec_of(3, 4, 2, dtype="float32"))
    plan = network.plan(2)
    plan.load(*data_for(network.spec, 2))
    plan.gradients()
    assert {tensor.dtype for tensor in plan.tensors.values()} == {np.dtype("float32")}


@pytest.mark.parametrize(
    "spec",
    [
        *(spec_of(2, 4, 2, 1, optimizer=Choice(optimizer.name)) for optimizer in optimizers),
        *(spec_of(2, 4, 2, 1, schedule=schedule) for schedule in every_schedule()),
        spec_of(2, 4, 2, 1, clip=0.01),
        spec_of(2, 4, 2, 1, optimizer=Choice("adam"), clip=0.01),
        spec_of(2, 4, 2, 1, optimizer=Choice("adam"), frozen=("layer 1", "W2[0,1]")),
    ],
    ids=name_of,
)
def test_training_allocates_nothing(spec: Spec) -> None:
    network = Network(spec)
    plan = network.plan(10)
    plan.load(*data_for(network.spec, 10))
    plan.train()
    tracemalloc.start()
    try:
        start = tracemalloc.get_traced_memory()[0]
        for _ in range(1000):
            plan.train()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak - start <= 1024


def test_predictions_follow_the_parameters_and_the_number_of_rows() -> None:
    network = Network(spec_of(2, 3, 1))
    plan = network.plan(4)
    plan.load(*data_for(network.spec, 4))
    for rows in (5, 5, 7):
        inputs, _ = data_for(network.spec, rows)
        (z1, z2), (a0, a1, a2) = network.predict(inputs)
        np.testing.assert_array_equal(a0, inputs)
        np.testing.assert_allclose(z1, inputs @ network.W(1).T + network.b(1), rtol=1e-13)
        np.testing.assert_allclose(a1, np.tanh(z1), rtol=1e-13)
        np.testing.assert_allclose(z2, a1 @ network.W(2).T + network.b(2), rtol=1e-13)
        np.testing.assert_allclose(a2, 1 / (1 + np.exp(-z2)), rtol=1e-13)
        plan.train()


def test_predicting_again_for_as_many_rows_makes_no_new_arrays() -> None:
    network = Network(spec_of(2, 3, 1))
    inputs, _ = data_for(network.spec, 1000)
    network.predict(inputs)
    tracemalloc.start()
    try:
        start = tracemalloc.get_traced_memory()[0]
        network.predict(inputs)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak - start < inputs.nbytes


def test_a_plan_can_be_printed_and_read() -> None:
    text = str(Network(spec_of(2, 3, 1)).plan(4))
    assert [line for line in text.splitlines() if not line.startswith(" ")] == ["forward", "loss", "backward", "update"]
    assert "a1 = tanh(z1)" in text
