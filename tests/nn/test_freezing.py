"""Freezing layers, tensors and single elements."""

from __future__ import annotations

import numpy as np
import pytest

from app.errors import SpecError
from app.nn.network import Network
from app.nn.registry import Choice
from app.nn.spec import Spec
from app.steps.operations import Operations
from tests.networks import data_for, spec_of


def trained(spec: Spec, updates: int = 3) -> Network:
    network = Network(spec)
    plan = network.plan(2)
    for _ in range(updates):
        plan.load(*data_for(spec, 2))
        plan.train()
    return network


def test_a_frozen_layer_is_its_weights_and_its_biases() -> None:
    layer, tensors = (trained(spec_of(2, 3, 1, frozen=names)) for names in (("layer 1",), ("W1", "b1")))
    assert layer.flat.tobytes() == tensors.flat.tobytes()
    np.testing.assert_array_equal(layer.W(1), Network(layer.spec).W(1))
    np.testing.assert_array_equal(layer.b(1), Network(layer.spec).b(1))
    assert not np.array_equal(layer.W(2), Network(layer.spec).W(2))


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_a_frozen_weight_stays_and_all_others_move(optimizer: str) -> None:
    spec = spec_of(2, 3, 1, optimizer=Choice(optimizer), frozen=("W1[2,1]", "b2[0]"))
    start, end = Network(spec), trained(spec)
    stays = start.flat == end.flat
    moved = Network(spec)
    moved.flat[:] = stays
    assert np.argwhere(moved.W(1)).tolist() == [[2, 1]]
    assert np.argwhere(moved.b(2)).tolist() == [[0]]
    assert stays.sum() == 2


def test_in_its_first_update_a_network_moves_as_it_does_without_the_frozen_weight() -> None:
    free, held = (trained(spec_of(2, 3, 1, frozen=names), 1) for names in ((), ("W1[2,1]",)))
    held.W(1)[2, 1] = free.W(1)[2, 1]
    np.testing.assert_array_equal(free.flat, held.flat)


def test_a_frozen_weight_keeps_its_place_in_the_order_and_says_so_by_its_rule() -> None:
    free, held = (Operations(spec_of(2, 3, 1, frozen=names)) for names in ((), ("W1[2,1]",)))
    assert len(free) == len(held)
    number = held.writer("W1.new", (2, 1))
    assert number is not None
    assert (held[number].kind, held[number].rule) == ("frozen", "w")
    assert held[number - 1].kind == "weight_update"
    assert held.general(number)[1].text == "w"
    assert held.general(number - 1)[1].text == "w-learning_rate*dw"


@pytest.mark.parametrize(
    "name",
    ["layer 0", "layer 3", "layer1", "2", "W0", "b3", "W1[3,0]", "W1[0,2]", "W1[0]", "b1[0,0]", "b1[3]", "W1[-1,0]"],
)
def test_what_the_network_does_not_have_cannot_be_frozen(name: str) -> None:
    with pytest.raises(SpecError) as refusal:
        spec_of(2, 3, 1, frozen=(name,))
    assert refusal.value.where == "spec.frozen"
    assert repr(name) in refusal.value.message
