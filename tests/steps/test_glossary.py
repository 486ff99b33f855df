"""The glossary has every sign that formulas are made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.nn.registry import Choice
from app.steps.glossary import glossary
from app.steps.notation import CONSTANTS, Notation, constant, notations
from app.steps.writing import text
from app.words import words
from tests.networks import spec_of

from .test_writing import explanations


@pytest.mark.parametrize("notation", list(notations), ids=lambda notation: notation.name)
def test_every_sign_of_a_rule_is_in_the_glossary(notation: Notation) -> None:
    """Its own neuron's and layer's; those of layers beside it differ by a number only."""
    known = {text(entry.symbol) for entry in glossary(notation, words())}
    spec = spec_of(2, 3, 2, output="softmax", loss="cross_entropy", l2=0.1, l1=0.1, batch_size=1)
    spec = replace(
        spec,
        optimizer=Choice("adamw", dict.fromkeys(("learning_rate", "beta1", "beta2", "epsilon", "weight_decay"), 0.1)),
    )
    for found in explanations(spec, notation):
        assert [one for one in found.constants if text(one.symbol) not in known] == []
        if found.layer == 1 and found.kind in ("sum", "activation", "delta", "weight_gradient", "weight_update"):
            assert found.formula is not None
            assert text(found.formula.rule).split(" = ")[0] in known
    assert {text(constant(notation, name)) for name in CONSTANTS} <= known


def test_what_a_rule_takes_from_the_spec_is_told_with_its_value() -> None:
    found = list(explanations(spec_of(2, 1, l2=0.25), notations.named("superscript")))
    told = {one.kind: [(text(c.symbol), c.name, c.value, c.text) for c in one.constants] for one in found}
    assert told["weight_update"] == [("η", "learning rate", 0.1, "0.1")]
    assert told["weight_gradient"] == [("λ_2", "factor of the L2 penalty", 0.25, "0.25")]
    assert told["sum"] == []


def test_an_update_says_which_weight_it_makes() -> None:
    last = [one.sentence for one in explanations(spec_of(2, 1), notations.named("code")) if one.phase == "update"]
    assert last[0].startswith("The weight from input x₁ to output 1"), last[0]
    assert last[-1].startswith("The bias of output 1"), last[-1]
