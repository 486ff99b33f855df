"""Ready sets, each one entry: small enough to be checked by hand, or well known."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ..errors import DataError
from .dataset import Array, Dataset

TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class ReadySet:
    """A set that can be asked for by name."""

    name: str
    make: Callable[[], Dataset]


ready_sets: dict[str, ReadySet] = {}


def add(entry: ReadySet) -> ReadySet:
    """Register a ready set; a name can be taken only once."""
    if entry.name in ready_sets:
        raise ValueError(f"there is already a ready set {entry.name!r}")
    ready_sets[entry.name] = entry
    return entry


def ready_set(name: str) -> Dataset:
    """The ready set of this name.

    Raises:
        DataError: there is none; the message lists those that there are.
    """
    if name not in ready_sets:
        raise DataError(
            f"{name[:40]!r} is not a dataset that Stepgrad knows.",
            hint=f"Use one of: {', '.join(ready_sets)}; or send inputs and targets.",
            where="data.name",
        )
    return ready_sets[name].make()


def _gate(name: str, task: str, outputs: tuple[int, int, int, int]) -> ReadySet:
    inputs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    targets = np.array([[float(output)] for output in outputs])
    made = Dataset(name.lower(), name, task, inputs, targets, ("x₁", "x₂"), (name,), ("false", "true"))
    return ReadySet(name.lower(), lambda: made)


add(_gate("AND", "Learn to answer 1 only when both inputs are 1.", (0, 0, 0, 1)))
add(_gate("OR", "Learn to answer 1 when at least one of two inputs is 1.", (0, 1, 1, 1)))
add(_gate("XOR", "Learn to answer 1 when exactly one of two inputs is 1.", (0, 1, 1, 0)))

add(
    ReadySet(
        "two_two_two",
        lambda: Dataset(
            "two_two_two",
            "Published exercise",
            "Learn to answer 0.01 and 0.99 to the inputs 0.05 and 0.10.",
            np.array([[0.05, 0.10]]),
            np.array([[0.01, 0.99]]),
            ("i₁", "i₂"),
            ("o₁", "o₂"),
        ),
    )
)


@cache
def _iris() -> Dataset:
    with (TABLES / "iris.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    species = sorted({row[-1] for row in rows})
    inputs: Array = np.array([[float(value) for value in row[:-1]] for row in rows])
    targets: Array = np.array([[float(row[-1] == name) for name in species] for row in rows])
    task = "Learn to tell three species of iris apart by the size of their petals and sepals, in cm."
    return Dataset("iris", "Iris", task, inputs, targets, tuple(header[:-1]), tuple(species), tuple(species))


add(ReadySet("iris", _iris))
