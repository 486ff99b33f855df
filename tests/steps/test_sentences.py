"""Headlines: what is said of a whole granule is true."""

from __future__ import annotations

import pytest

from app.nn.spec import Spec
from app.steps.cursor import Cursor
from app.steps.names import Names
from app.steps.operations import GRANULARITIES, Operations
from app.steps.sentences import headline
from tests.networks import every_spec, name_of, spec_of

WRITTEN_BY = {
    "its weighted sum": "z",
    "its activation": "a",
    "its share": "share",
    "its delta": "dz",
    "the gradients of its weights": "dW",
    "the gradient of its bias": "db",
    "its new weights": "W",
    "its new bias": "b",
}


def headlines(spec: Spec, granularity: str) -> list[tuple[int, str]]:
    """After each granule, the position and what is said of it."""
    operations, cursor, told = Operations(spec), Cursor(), []
    while cursor.operation < len(operations):
        first, cursor = cursor.operation, cursor.next(operations, granularity)
        last = operations[cursor.operation - 1]
        kinds = operations.kinds(first, cursor.operation)
        told.append((cursor.operation, headline(granularity, last, kinds, Names(spec.depth))))
    return told


@pytest.mark.parametrize("granularity", GRANULARITIES)
@pytest.mark.parametrize("spec", [*every_spec(2, 3, 2), spec_of(2, 3, 1, frozen=("b1", "W2"))], ids=name_of)
def test_a_headline_claims_only_what_is_written(spec: Spec, granularity: str) -> None:
    operations = Operations(spec)
    for position, said in headlines(spec, granularity):
        last = operations[position - 1]
        for claim, kind in WRITTEN_BY.items():
            if claim not in said:
                continue
            tensor = kind if kind == "share" else f"{kind}{last.layer}"
            tensor += ".new" if last.phase == "update" else ""
            before = operations.written(tensor, position)
            assert before == operations.written(tensor, position + 1) or granularity == "neuron"
            assert before > 0


def test_every_pass_is_told() -> None:
    assert [said for _, said in headlines(spec_of(2, 3, 1), "pass")] == [
        "The forward pass is done: the network has its outputs.",
        "The cost says how wrong they are.",
        "The backward pass is done: every weight and bias has its gradient.",
        "The update is done: every parameter has taken its step against its gradient.",
    ]


def test_a_softmax_neuron_is_not_said_to_have_an_activation_before_the_layer_has_its_sum() -> None:
    said = dict(headlines(spec_of(2, 3, output="softmax", loss="cross_entropy"), "neuron"))
    assert said[3] == "Output 1 has its weighted sum."
    assert "Output 1 has its activation." in said.values()


def test_a_frozen_bias_is_not_said_to_be_new_and_the_one_beside_it_is() -> None:
    said = [text for _, text in headlines(spec_of(2, 3, 1, frozen=("b1[1]",)), "neuron")]
    assert "Hidden neuron 1 has its new weights and its new bias." in said
    assert "Hidden neuron 2 has its new weights." in said


def test_frozen_biases_are_not_said_to_be_new() -> None:
    said = [text for _, text in headlines(spec_of(2, 3, 1, frozen=("b1", "b2")), "neuron")]
    assert "Hidden neuron 1 has its new weights." in said
    assert not any("bias" in text and "new" in text for text in said)
