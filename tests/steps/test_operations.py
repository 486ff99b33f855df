"""The order of an iteration, and how the cursor moves in it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.steps.cursor import Cursor
from app.steps.operations import GRANULARITIES, Operations
from tests.networks import spec_of

OPERATIONS = Operations(spec_of(2, 3, 1))


def kinds(operations: Operations, phase: str, layer: int | None) -> list[str]:
    found = [operations[number] for number in range(len(operations))]
    return [operation.kind for operation in found if (operation.phase, operation.layer) == (phase, layer)]


def test_a_neuron_builds_its_sum_term_by_term_then_its_activation() -> None:
    assert kinds(OPERATIONS, "forward", 1) == ["product", "product", "sum", "activation"] * 3


def test_the_backward_pass_opens_with_how_the_cost_changes_with_an_output() -> None:
    assert kinds(OPERATIONS, "backward", 2) == [
        "output_gradient",
        "delta",
        *["weight_gradient"] * 3,
        "bias_gradient",
    ]


def test_the_last_layer_goes_back_first() -> None:
    backward = [segment.layer for segment in Operations(spec_of(2, 3, 4, 1)).segments if segment.phase == "backward"]
    assert backward == [3, 2, 1]


def test_softmax_computes_its_maximum_and_sum_as_granules_of_their_own() -> None:
    operations = Operations(spec_of(2, 3, output="softmax", loss="cross_entropy"))
    whole = [operations[n] for n in range(len(operations)) if operations[n].kind in ("maximum", "total")]
    assert [operation.neuron for operation in whole] == [None, None]
    first, end = operations.granule(whole[0].index, "neuron")
    assert [operations[n].kind for n in range(first, end)] == ["maximum", "total"]


def test_a_sum_reads_two_blocks_and_a_bias_however_wide_the_layer() -> None:
    operations = Operations(spec_of(784, 16, 1))
    number = operations.writer("z1", (3,))
    assert number is not None
    assert len(operations[number].reads) == 3


def test_frozen_parameters_have_gradients_and_no_update() -> None:
    operations = Operations(spec_of(2, 3, 1, frozen=("b1",)))
    assert "db1" in operations
    assert "b1.new" not in operations
    assert "W1.new" in operations


def test_the_order_does_not_grow_with_the_batch() -> None:
    assert len(Operations(spec_of(2, 3, 1, batch_size=50))) == len(OPERATIONS)


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_stepping_there_and_back_visits_the_same_positions(granularity: str) -> None:
    there = [Cursor()]
    while there[-1] < Cursor(2, 0):
        there.append(there[-1].next(OPERATIONS, granularity))
    back = [there[-1]]
    while back[-1] > Cursor():
        back.append(back[-1].previous(OPERATIONS, granularity))
    assert back == there[::-1]


def test_each_granularity_stops_wherever_the_coarser_one_stops() -> None:
    stops: dict[str, set[int]] = {}
    for granularity in GRANULARITIES:
        cursor, stops[granularity] = Cursor(), set()
        while cursor.iteration == 0:
            stops[granularity].add(cursor.operation)
            cursor = cursor.next(OPERATIONS, granularity)
    for finer, coarser in pairwise(GRANULARITIES):
        assert stops[coarser] < stops[finer]


def test_a_pass_is_a_phase() -> None:
    cursor, phases = Cursor(), []
    for _ in range(4):
        phases.append(cursor.phase(OPERATIONS))
        cursor = cursor.next(OPERATIONS, "pass")
    assert phases == ["forward", "loss", "backward", "update"]
    assert cursor == Cursor(0, len(OPERATIONS))


def test_from_the_end_the_next_step_takes_the_next_batch() -> None:
    end = Cursor(4, len(OPERATIONS))
    assert end.due(OPERATIONS) == "forward"
    assert end.next(OPERATIONS, "pass") == Cursor(5, 0)
    assert Cursor(5, 0).previous(OPERATIONS, "operation") == end


def test_the_start_has_nothing_before_it() -> None:
    assert Cursor().previous(OPERATIONS, "operation") == Cursor()


def test_which_pass_is_due_changes_between_the_cost_and_the_first_gradient() -> None:
    opening = OPERATIONS.writer("da2", (0,))
    assert opening is not None
    assert Cursor(0, opening - 1).due(OPERATIONS) == "forward"
    assert Cursor(0, opening).due(OPERATIONS) == "backward"


def test_an_operation_outside_the_iteration_does_not_exist() -> None:
    with pytest.raises(IndexError):
        OPERATIONS[len(OPERATIONS)]
