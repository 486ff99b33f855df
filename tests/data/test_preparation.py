"""Preparing rows: a share kept for testing, one scale for all columns, features made of others."""

from __future__ import annotations

import numpy as np
import pytest

from app.data.dataset import Dataset, own_dataset
from app.data.preparation import Preparation, prepared
from app.data.ready import ready_set
from app.errors import DataError


def rows(data: Dataset) -> set[tuple[float, ...]]:
    return {tuple(row) for row in np.concatenate([data.inputs, data.test_inputs]).tolist()}


@pytest.mark.parametrize("name", ["wine", "cancer", "blobs", "sine", "parity"])
def test_each_row_is_trained_on_or_tested_on_and_never_both(name: str) -> None:
    data = ready_set(name)
    split = prepared(data, Preparation(test_share=0.25), 3)
    assert split.rows + split.tests == data.rows
    assert rows(split) == rows(data)
    assert split.tests == pytest.approx(data.rows / 4, abs=2)
    assert split.test_inputs.tobytes() != prepared(data, Preparation(test_share=0.25), 4).test_inputs.tobytes()
    assert split.test_inputs.tobytes() == prepared(data, Preparation(test_share=0.25), 3).test_inputs.tobytes()


def test_each_class_gives_the_same_share_of_its_rows() -> None:
    split = prepared(ready_set("iris"), Preparation(test_share=0.2), 3)
    assert split.test_targets.sum(axis=0).tolist() == [10, 10, 10]
    assert split.targets.sum(axis=0).tolist() == [40, 40, 40]


def test_standardised_columns_have_mean_0_and_deviation_1_over_the_rows_to_train_on() -> None:
    data = ready_set("cancer")
    made = prepared(data, Preparation(test_share=0.3, standardize=True), 0)
    assert np.abs(made.inputs.mean(axis=0)).max() < 1e-12
    assert np.abs(made.inputs.std(axis=0) - 1).max() < 1e-12
    plain = prepared(data, Preparation(test_share=0.3), 0)
    assert made.means == tuple(plain.inputs.mean(axis=0).tolist())
    back = made.test_inputs * made.deviations + made.means
    assert back == pytest.approx(plain.test_inputs, rel=1e-12)
    assert (made.target_means, made.target_deviations) == ((), ())


def test_targets_that_are_no_classes_are_standardised_too() -> None:
    data = own_dataset([[1.0], [2.0], [4.0]], [[100.0], [200.0], [600.0]])
    made = prepared(data, Preparation(standardize=True), 0)
    assert made.target_means == (300.0,)
    assert made.target_deviations == pytest.approx(((140000 / 3) ** 0.5,))
    assert made.targets[2, 0] == pytest.approx(300 / (140000 / 3) ** 0.5)


def test_a_column_that_is_always_the_same_becomes_zero() -> None:
    made = prepared(own_dataset([[0.1, 1.0]] * 3 + [[0.1, 2.0]], [[0.0]] * 4), Preparation(standardize=True), 0)
    assert made.deviations[0] == 1
    assert np.abs(made.inputs[:, 0]).max() < 1e-15


def test_features_are_made_of_others_before_anything_else() -> None:
    data = ready_set("moons")
    made = prepared(data, Preparation(("x1*x2", "x1^2", "sin(x2)"), 0.5, False), 0)
    for inputs in (made.inputs, made.test_inputs):
        x1, x2 = inputs[:, 0], inputs[:, 1]
        assert inputs[:, 2:].tolist() == np.stack([x1 * x2, x1**2, np.sin(x2)], axis=1).tolist()
    assert made.features == ("x₁", "x₂", "x₁·x₂", "x₁²", "sin(x₂)")


@pytest.mark.parametrize(
    ("preparation", "where", "words"),
    [
        (Preparation(("x3",)), "data.products[0]", "got 'x3'"),
        (Preparation(("x1", "1/x1")), "data.products[1]", "no number in row 0"),
        (Preparation(("x1",) * 51), "data.products", "at most 50"),
        (Preparation(test_share=0.95), "data.test_share", "0 to 0.9"),
        (Preparation(test_share=-0.1), "data.test_share", "0 to 0.9"),
        (Preparation(test_share=0.9), "data.test_share", "none would be left"),
    ],
)
def test_what_cannot_be_done_to_rows_is_refused(preparation: Preparation, where: str, words: str) -> None:
    with pytest.raises(DataError) as refusal:
        prepared(ready_set("xor"), preparation, 0)
    assert refusal.value.where == where
    assert words in refusal.value.message
