"""A dataset: rows of inputs with the targets that belong to them, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..errors import DataError

Array = np.ndarray[Any, np.dtype[np.float64]]
Labels = np.ndarray[Any, np.dtype[np.intp]]
"""The numbers of rows' classes."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Rows to learn from.

    Attributes:
        name: the name of a ready set, or empty for a person's own.
        task: one sentence that says what there is to learn.
        inputs, targets: (rows, features) and (rows, outputs): what is trained on.
        classes: what the outputs stand for where they are classes: one name for each output, or two names for the
            values 0 and 1 of a single one.
        test_inputs, test_targets: (tests, features) and (tests, outputs): rows that are never trained on; maybe none.
        means, deviations: what was taken from each input and what it was divided by, where inputs are standardised.
        target_means, target_deviations: the same for the targets.
        choice: what a request would carry to have the same data again; empty for a person's own.
        image: (rows, columns) of the picture that the inputs of a row are, if they are one.
    """

    name: str
    title: str
    task: str
    inputs: Array
    targets: Array
    features: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    test_inputs: Array = field(default_factory=lambda: np.empty((0, 0)))
    test_targets: Array = field(default_factory=lambda: np.empty((0, 0)))
    means: tuple[float, ...] = ()
    deviations: tuple[float, ...] = ()
    target_means: tuple[float, ...] = ()
    target_deviations: tuple[float, ...] = ()
    choice: Mapping[str, Any] = field(default_factory=dict)
    image: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if not len(self.test_inputs):
            object.__setattr__(self, "test_inputs", np.empty((0, self.inputs.shape[1])))
            object.__setattr__(self, "test_targets", np.empty((0, self.targets.shape[1])))

    @property
    def rows(self) -> int:
        """How many rows there are to train on."""
        return len(self.inputs)

    @property
    def tests(self) -> int:
        """How many rows are kept for testing."""
        return len(self.test_inputs)

    @property
    def nbytes(self) -> int:
        """What the numbers hold."""
        return self.inputs.nbytes + self.targets.nbytes + self.test_inputs.nbytes + self.test_targets.nbytes

    def example(self, row: int) -> tuple[Array, Array]:
        """The inputs and targets of a row; those to test on are counted after those to train on."""
        if row < self.rows:
            return self.inputs[row], self.targets[row]
        return self.test_inputs[row - self.rows], self.test_targets[row - self.rows]


def labelled(
    inputs: Array,
    labels: Labels,
    classes: tuple[str, ...],
    features: tuple[str, ...],
    target: str,
    image: tuple[int, int] | None = None,
) -> Dataset:
    """Rows of classes, without name, title and task: one output from 0 to 1 for two classes, else one for each.

    Args:
        inputs: (rows, features).
        labels: (rows,), the number of each row's class.
    """
    if len(classes) == 2:
        single = labels[:, None].astype(np.float64)
        return Dataset("", "", "", inputs, single, features, (target,), classes, image=image)
    return Dataset("", "", "", inputs, np.eye(len(classes))[labels], features, classes, classes, image=image)


def own_dataset(
    inputs: Sequence[Sequence[float]],
    targets: Sequence[Sequence[float]],
    features: Sequence[str] = (),
    target_names: Sequence[str] = (),
    classes: Sequence[str] = (),
    test_inputs: Sequence[Sequence[float]] = (),
    test_targets: Sequence[Sequence[float]] = (),
) -> Dataset:
    """A dataset from rows that a person gave.

    Raises:
        DataError: there are no rows, they differ in length, or names do not fit; the message names the row.
    """
    x, y = _pair(inputs, targets, "data.inputs", "data.targets")
    for names, columns, where in (
        (features, x.shape[1], "data.features"),
        (target_names, y.shape[1], "data.target_names"),
    ):
        if names and len(names) != columns:
            raise DataError(f"There are {len(names)} names for {columns} columns.", where=where)
    expected = 2 if y.shape[1] == 1 else y.shape[1]
    if classes and len(classes) != expected:
        raise DataError(f"There are {len(classes)} classes; expected {expected}.", where="data.classes")
    columns = f"{_count(y.shape[1], 'target')} from {_count(x.shape[1], 'input')}"
    task = f"Learn to give {columns}, by {_count(len(x), 'example')}."
    numbered = tuple(f"x{_subscript(i)}" for i in range(1, x.shape[1] + 1))
    own = Dataset("", "Own data", task, x, y, tuple(features) or numbered, tuple(target_names), tuple(classes))
    if not test_inputs and not test_targets:
        return own
    u, v = _pair(test_inputs, test_targets, "data.test_inputs", "data.test_targets")
    for wide, table, where in ((x, u, "data.test_inputs"), (y, v, "data.test_targets")):
        if table.shape[1] != wide.shape[1]:
            raise DataError(
                f"The rows to test on have {table.shape[1]} numbers; those to train on {wide.shape[1]}.", where=where
            )
    return replace(own, test_inputs=u, test_targets=v)


def _pair(
    inputs: Sequence[Sequence[float]], targets: Sequence[Sequence[float]], where: str, where_targets: str
) -> tuple[Array, Array]:
    x, y = _table(inputs, where), _table(targets, where_targets)
    if len(x) != len(y):
        raise DataError(
            f"There are {len(x)} rows of inputs and {len(y)} rows of targets; expected as many of each.",
            where=where_targets,
        )
    return x, y


def _table(rows: Sequence[Sequence[float]], where: str) -> Array:
    if not rows or not rows[0]:
        raise DataError("There are no numbers; expected at least one row with at least one.", where=where)
    for number, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise DataError(
                f"Row {number} has {len(row)} numbers; the rows before it have {len(rows[0])}.",
                where=f"{where}[{number}]",
            )
    return np.array(rows, dtype=np.float64)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _subscript(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
