"""A column of a table: whether it holds numbers or texts, what it lacks, and what stands there wrongly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Literal

import numpy as np

from .dataset import Array

MISSING = frozenset(["", "na", "n/a", "nan", "null", "none", "nil", "?", "-", "–", ".", "#n/a", "#na", "missing"])
MOSTLY = 0.8
"""A column of which this part are numbers is one of numbers; the rest is wrong."""

_NUMBER = {
    ".": re.compile(r"(?=[-+]?\.?\d)[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:[eE][-+]?\d{1,4})?", re.A),
    ",": re.compile(
        r"(?=[-+]?,?\d)[-+]?(?:\d+|\d{1,3}(?:[. \u00a0\u202f]\d{3})+)?(?:,\d*)?(?:[eE][-+]?\d{1,4})?", re.A
    ),
}
_POINTED = str.maketrans({",": ".", ".": None, " ": None, "\u00a0": None, "\u202f": None})

Kind = Literal["number", "text", "empty"]


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its cells as they were written.

    Attributes:
        at: the row in the file, from 1, of each cell.
    """

    name: str
    cells: Sequence[str]
    at: Sequence[int]
    decimal: str

    @cached_property
    def missing(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which cells say that there is no value."""
        missing = {cell for cell in self._different if cell.lower() in MISSING}
        return np.array([cell in missing for cell in self.cells], bool)

    @cached_property
    def _different(self) -> frozenset[str]:
        """Its different cells: in most columns few, so that each is looked at once."""
        return frozenset(self.cells)

    @cached_property
    def _read(self) -> tuple[Array, tuple[int, ...]]:
        """Each cell as a number, NaN for the others, and those that are neither number nor missing."""
        known = {cell: number_of(cell, self.decimal) for cell in self._different}
        numbers = np.array([known[cell] for cell in self.cells])
        return numbers, tuple(np.flatnonzero(~np.isfinite(numbers) & ~self.missing).tolist())

    @property
    def numbers(self) -> Array:
        return self._read[0]

    @property
    def wrong(self) -> tuple[int, ...]:
        """The cells of a column of numbers that are none, nor missing."""
        return self._read[1]

    @cached_property
    def kind(self) -> Kind:
        """What it holds."""
        there = len(self.cells) - int(self.missing.sum())
        if not there:
            return "empty"
        return "number" if len(self.wrong) <= (1 - MOSTLY) * there else "text"

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The different values that there are, in order."""
        if self.kind == "number":
            there = self.numbers[np.isfinite(self.numbers)]
            return tuple(f"{value:.15g}" for value in np.unique(there).tolist())
        return tuple(sorted(cell for cell in self._different if cell.lower() not in MISSING))


def number_of(cell: str, decimal: str) -> float:
    """A cell as a number; NaN if it is none, or larger than any."""
    if not _NUMBER[decimal].fullmatch(cell):
        return float("nan")
    if decimal == ",":
        cell = cell.translate(_POINTED)
    number = float(cell.replace(",", ""))
    return number if isfinite(number) else float("nan")
