"""A person's own table: which columns are learned from which, guessed and then chosen, and the dataset of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import DataError
from .columns import Column
from .dataset import Array, Dataset, Labels, labelled
from .table import Table

MOST_CLASSES = 50
MOST_KINDS = 20
"""The most different texts of a column that is learned from; each becomes an input."""

FEW_VALUES = 10
"""Whole numbers of so few values may stand for classes."""

SPEAKING = ("target", "class", "label", "species", "outcome", "diagnosis", "result", "y")
SHOWN = 24


@dataclass(frozen=True)
class Use:
    """Which columns are learned from which.

    Attributes:
        inputs, targets: names of columns.
        task: `classes` or `numbers`.
        missing: `refuse` or `drop` rows in which a value is missing.
    """

    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    task: str
    missing: str = "refuse"


def guessed(table: Table, targets: Sequence[str] = (), task: str = "") -> Use:
    """How a table is probably meant, as far as it is not said."""
    chosen = [table.named(name, "data.table.targets") for name in targets] or [_target(table)]
    names = {column.name for column in chosen}
    inputs = tuple(column.name for column in table.columns if column.name not in names and _learnable(column))
    return Use(inputs, tuple(column.name for column in chosen), task or _task(chosen))


def _target(table: Table) -> Column:
    """A column whose name says so, or the last."""
    there = [column for column in table.columns if column.kind != "empty"]
    for word in SPEAKING:
        for column in reversed(there):
            if column.name.lower() == word:
                return column
    return there[-1]


def _task(targets: Sequence[Column]) -> str:
    if len(targets) > 1:
        return "numbers"
    column = targets[0]
    if column.kind == "text":
        return "classes"
    whole = np.all(column.numbers[np.isfinite(column.numbers)] % 1 == 0)
    few = column.distinct <= min(FEW_VALUES, len(column.cells) // 3)
    return "classes" if whole and few and column.distinct > 1 else "numbers"


def _learnable(column: Column) -> bool:
    """Whether a column is worth learning from: numbers, or a few texts that come again."""
    return column.kind == "number" or (
        column.kind == "text" and column.distinct <= min(MOST_KINDS, len(column.cells) // 2)
    )


def own_table(table: Table, use: Use) -> Dataset:
    """The dataset of a table.

    Raises:
        DataError: a cell is missing or no number, naming row, column, what stands there and what was expected; or the
            columns cannot be used so.
    """
    inputs = [table.named(name, "data.table.inputs") for name in use.inputs]
    targets = [table.named(name, "data.table.targets") for name in use.targets]
    _check_use(inputs, targets, use)
    numeric = [column for column in inputs if column.kind == "number"]
    if use.task == "numbers":
        numeric += targets
    for column in numeric:
        _check_numbers(column)
    kept = _kept([*inputs, *targets], use.missing)
    blocks = [_block(column, kept) for column in inputs]
    x = np.concatenate([values for values, _ in blocks], axis=1)
    features = tuple(name for _, names in blocks for name in names)
    title = f"Own data: {', '.join(use.targets)}"[:80]
    if use.task == "numbers":
        y = np.stack([column.numbers[kept] for column in targets], axis=1)
        task = f"Learn to give {_listed(use.targets)} from {_listed(use.inputs)}."
        return Dataset("", title, task, x, y, features, use.targets)
    labels, classes = _classes(targets[0], kept)
    made = labelled(x, labels, classes, features, targets[0].name)
    task = f"Learn to tell {targets[0].name} ({_listed(classes)}) from {_listed(use.inputs)}."
    return Dataset("", title, task, made.inputs, made.targets, features, made.target_names, classes)


def _check_use(inputs: Sequence[Column], targets: Sequence[Column], use: Use) -> None:
    if not inputs or not targets:
        what = "input" if not inputs else "target"
        raise DataError(
            f"No column is used as {what}.", hint="Choose at least one that has values.", where=f"data.table.{what}s"
        )
    both = set(use.inputs) & set(use.targets)
    if both or len(set(use.inputs)) < len(inputs) or len(set(use.targets)) < len(targets):
        raise DataError("A column is used twice.", hint="Use each as input or as target.", where="data.table.inputs")
    if use.task == "classes" and len(targets) > 1:
        raise DataError(
            f"There are {len(targets)} target columns; expected one that names the class.", where="data.table.targets"
        )
    for column in inputs:
        if column.kind == "text" and column.distinct > MOST_KINDS:
            raise DataError(
                f"Column {column.name[:40]!r} has {column.distinct} different texts; expected at most {MOST_KINDS}.",
                hint="Leave it out of the inputs.",
                where="data.table.inputs",
            )


def _check_numbers(column: Column) -> None:
    wrong = column.wrong
    if not wrong:
        return
    raise DataError(
        f"{_place(column, wrong[0])}, expected a number.",
        hint="Correct it, or leave the column out." if len(wrong) < 2 else f"{len(wrong)} cells are so: correct them.",
        where="data.table",
    )


def _place(column: Column, row: int) -> str:
    """Where a cell stands, and what stands there."""
    return f"Row {column.at[row]}, column {column.name[:40]!r}: got {column.cells[row][:40]!r}"


def _kept(columns: Sequence[Column], missing: str) -> Labels:
    """The rows that have all their values, counted from 0."""
    holes = np.stack([column.missing for column in columns], axis=1)
    if missing == "refuse" and holes.any():
        row, at = (int(k) for k in np.argwhere(holes)[0])
        column, rows = columns[at], int(holes.any(axis=1).sum())
        raise DataError(
            f"{_place(column, row)}, expected a value. {rows} of {len(holes)} rows lack one.",
            hint="Drop such rows, or leave the column out.",
            where="data.table.missing",
        )
    kept = np.flatnonzero(~holes.any(axis=1))
    if not len(kept):
        raise DataError(
            "No row has all its values.", hint="Leave out columns that are empty.", where="data.table.missing"
        )
    return kept


def _block(column: Column, kept: Labels) -> tuple[Array, tuple[str, ...]]:
    """A column as inputs: its numbers, or one input for each of its texts."""
    if column.kind == "number":
        return column.numbers[kept][:, None], (column.name,)
    return np.eye(column.distinct)[_numbered(column, kept)], tuple(
        f"{column.name} = {text[:40]}" for text in column.values
    )


def _numbered(column: Column, kept: Labels) -> Labels:
    """The number of each row's value among the column's values."""
    place = {value: k for k, value in enumerate(column.values)}
    if column.kind == "number":
        return np.array([place[f"{column.numbers[row]:.15g}"] for row in kept.tolist()], np.intp)
    return np.array([place[column.cells[row]] for row in kept.tolist()], np.intp)


def _classes(column: Column, kept: Labels) -> tuple[Labels, tuple[str, ...]]:
    """Each row's class, and the names of those that there are."""
    if column.kind == "number":
        _check_numbers(column)
    if column.distinct > MOST_CLASSES:
        raise DataError(
            f"Column {column.name[:40]!r} has {column.distinct} different values; "
            f"expected at most {MOST_CLASSES} classes.",
            hint="Choose another target, or learn its numbers.",
            where="data.table.targets",
        )
    there, labels = np.unique(_numbered(column, kept), return_inverse=True)
    if len(there) < 2:
        raise DataError(
            f"Column {column.name[:40]!r} has the same class in every row.",
            hint="Choose another target.",
            where="data.table.targets",
        )
    return labels, tuple(column.values[k][:60] for k in there.tolist())


def _listed(names: Sequence[str]) -> str:
    """Such as `a, b, c`, in no language, shortened where there are many."""
    short = [name[:SHOWN] for name in names]
    return ", ".join(short if len(short) <= 4 else [*short[:2], f"… ({len(short)})"])
