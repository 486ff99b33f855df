"""Data: ready sets, own rows, and the batches in which they come."""

from __future__ import annotations

import pytest

from app.data.batches import Batches
from app.data.dataset import own_dataset
from app.data.ready import ready_set, ready_sets
from app.errors import DataError


@pytest.mark.parametrize("shuffle", [False, True])
@pytest.mark.parametrize(("rows", "size"), [(4, 1), (10, 3), (7, 7), (150, 16)])
def test_each_example_counts_once_an_epoch(rows: int, size: int, shuffle: bool) -> None:
    batches = Batches(rows, size, shuffle, seed=5)
    for epoch in range(3):
        iterations = range(epoch * batches.per_epoch, (epoch + 1) * batches.per_epoch)
        seen = [row for iteration in iterations for row in batches.examples(iteration)]
        assert sorted(seen) == list(range(rows))
        assert {batches.epoch(iteration) for iteration in iterations} == {epoch}


def test_shuffling_differs_from_epoch_to_epoch_and_is_the_same_for_a_seed() -> None:
    one, same = Batches(50, 50, True, 5), Batches(50, 50, True, 5)
    assert one.examples(0) != one.examples(1)
    assert one.examples(1) == same.examples(1)
    assert one.examples(0) != Batches(50, 50, True, 6).examples(0)


def test_the_last_batch_of_an_epoch_is_as_short_as_it_must_be() -> None:
    assert [len(Batches(10, 4, False, 0).examples(i)) for i in range(4)] == [4, 4, 2, 4]


@pytest.mark.parametrize("name", list(ready_sets))
def test_a_ready_set_names_its_columns_and_says_what_there_is_to_learn(name: str) -> None:
    data = ready_set(name)
    assert len(data.features) == data.inputs.shape[1]
    assert len(data.target_names) == data.targets.shape[1]
    assert len(data.inputs) == len(data.targets)
    assert data.task.endswith(".")


def test_iris_is_fishers() -> None:
    data = ready_set("iris")
    assert data.inputs.shape == (150, 4)
    assert data.targets.sum(axis=0).tolist() == [50, 50, 50]
    assert data.inputs.mean(axis=0).tolist() == pytest.approx([5.8433, 3.0573, 3.7580, 1.1993], abs=1e-4)
    # Rows 35 and 38 (from 1) are Fisher's own, which the most copied file of this set has wrong.
    assert data.inputs[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert data.inputs[37].tolist() == [4.9, 3.6, 1.4, 0.1]


@pytest.mark.parametrize(
    ("inputs", "targets", "where", "words"),
    [
        ([], [], "data.inputs", "no numbers"),
        ([[1.0], [1.0, 2.0]], [[1.0], [1.0]], "data.inputs[1]", "Row 1 has 2 numbers"),
        ([[1.0], [2.0]], [[1.0]], "data.targets", "2 rows of inputs and 1 rows of targets"),
    ],
)
def test_rows_that_cannot_be_learned_from_are_refused_with_their_row(
    inputs: list[list[float]], targets: list[list[float]], where: str, words: str
) -> None:
    with pytest.raises(DataError) as refusal:
        own_dataset(inputs, targets)
    assert refusal.value.where == where
    assert words in refusal.value.message


def test_a_ready_set_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(DataError) as refusal:
        ready_set("mnist")
    assert "xor" in refusal.value.hint
