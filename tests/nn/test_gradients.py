"""Gradients against two oracles that share nothing with the engine: scalar autodiff and finite differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.nn.network import Network
from app.nn.plan import Plan
from app.nn.registry import Array
from app.nn.spec import Spec
from tests.networks import data_for, every_spec, name_of, spec_of

from .autodiff import ACTIVATIONS, LOSSES, OracleNetwork

# What is newly registered is held by finite differences until the oracle has learned it too. The oracle cuts no
# logarithm, so a hard step, whose outputs are exactly 0 and 1, has no cross-entropy there.
KNOWN = [
    spec
    for spec in every_spec(3, 4, 3)
    if spec.loss in LOSSES and all(layer.activation in ACTIVATIONS for layer in spec.layers[1:])
    if (spec.layers[-1].activation, spec.loss) != ("step", "binary_cross_entropy")
]
SPECS = [*KNOWN, spec_of(2, 3, 2, l2=0.3), spec_of(2, 3, 2, l1=0.2, l2=0.1), spec_of(3, 6, 5, 2, dropout=0.4)]


def gradients_of(spec: Spec, rows: int) -> tuple[Network, Plan]:
    network = Network(spec)
    plan = network.plan(rows)
    plan.load(*data_for(spec, rows), iteration=3)
    with np.errstate(all="ignore"):  # a hard step's output of exactly 0 or 1 has an infinite logarithm, which is cut
        plan.gradients()
    return network, plan


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
def test_every_gradient_equals_that_of_scalar_autodiff(spec: Spec) -> None:
    _, plan = gradients_of(spec, 3)
    parameters = {name: plan.tensors[name].tolist() for name in plan.tensors if name[0] in "Wb"}
    oracle = OracleNetwork(spec, parameters)
    masks = {layer: plan.tensors[f"mask{layer}"].tolist() for layer in spec.dropping}
    inputs, targets = (table.tolist() for table in data_for(spec, 3))
    cost = oracle.cost(inputs, targets, masks)
    assert float(plan.tensors["C"]) == pytest.approx(cost.value, rel=1e-12)
    for layer in range(1, spec.depth + 1):
        weights = [[w.gradient for w in row] for row in oracle.W[layer]]
        np.testing.assert_allclose(plan.tensors[f"dW{layer}"], weights, rtol=1e-11, atol=1e-13)
        np.testing.assert_allclose(plan.tensors[f"db{layer}"], [b.gradient for b in oracle.b[layer]], atol=1e-13)


def differences(spec: Spec, network: Network, cost: Callable[[], float]) -> Array:
    """(C(w + ε) − C(w − ε)) / 2ε for each parameter."""
    found = np.empty_like(network.flat)
    for i, value in enumerate(network.flat.copy()):
        step = 1e-5 * max(1.0, abs(value))
        costs = []
        for moved in (value + step, value - step):
            network.flat[i] = moved
            costs.append(cost())
        network.flat[i] = value
        found[i] = (costs[0] - costs[1]) / (2 * step)
    return found


def analytic_and_numeric(spec: Spec) -> tuple[Array, Array]:
    network, plan = gradients_of(spec, 4)
    analytic = np.concatenate(
        [np.column_stack([plan.tensors[f"dW{n}"], plan.tensors[f"db{n}"]]).ravel() for n in range(1, spec.depth + 1)]
    )

    def cost() -> float:
        with np.errstate(all="ignore"):
            plan.evaluate()
        return float(plan.tensors["C"])

    return analytic, differences(spec, network, cost)


def agree(analytic: Array, numeric: Array) -> bool:
    scale = np.maximum(np.abs(analytic) + np.abs(numeric), 1e-4)
    return bool(np.all(np.abs(analytic - numeric) / scale < 1e-6))


@pytest.mark.parametrize("spec", list(every_spec(2, 3, 2)), ids=name_of)
def test_every_gradient_agrees_with_finite_differences(spec: Spec) -> None:
    analytic, numeric = analytic_and_numeric(spec)
    assert agree(analytic, numeric), np.column_stack([analytic, numeric])


def test_finite_differences_notice_a_gradient_that_is_a_thousandth_off() -> None:
    analytic, numeric = analytic_and_numeric(spec_of(2, 3, 2))
    assert agree(analytic, numeric)
    worst = int(np.argmax(np.abs(analytic)))
    analytic[worst] *= 1.001
    assert not agree(analytic, numeric)
