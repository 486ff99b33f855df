"""A column of a table: whether it holds numbers or texts, what it lacks, and what stands there wrongly."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Literal

import numpy as np

from .dataset import Array

MISSING = frozenset(["", "na", "n/a", "nan", "null", "none", "nil", "?", "-", "–", ".", "#n/a", "#na", "missing"])
LONGEST = max(map(len, MISSING))
MOSTLY = 0.8
"""A column of which this part are numbers is one of numbers; the rest is wrong."""

_NUMBER = {
    ".": re.compile(r"(?=[-+]?\.?\d)[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:[eE][-+]?\d{1,4})?", re.A),
    ",": re.compile(
        r"(?=[-+]?,?\d)[-+]?(?:\d+|\d{1,3}(?:[. \u00a0\u202f]\d{3})+)?(?:,\d*)?(?:[eE][-+]?\d{1,4})?", re.A
    ),
}
_POINTED = str.maketrans({",": ".", ".": None, " ": None, "\u00a0": None, "\u202f": None})

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
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

    @property
    def missing(self) -> Flags:
        """Which cells say that there is no value."""
        return self._read[1]

    @cached_property
    def _read(self) -> tuple[Array, Flags]:
        """Each cell as a number, NaN for the others, and which are missing."""
        count = len(self.cells)
        numbers = np.fromiter((number_of(cell, self.decimal) for cell in self.cells), float, count)
        missing = np.zeros(count, bool)
        for row in np.flatnonzero(np.isnan(numbers)).tolist():
            missing[row] = len(self.cells[row]) <= LONGEST and self.cells[row].lower() in MISSING
        return numbers, missing

    @property
    def numbers(self) -> Array:
        return self._read[0]

    @cached_property
    def wrong(self) -> tuple[int, ...]:
        """The cells of a column of numbers that are none, nor missing."""
        return tuple(np.flatnonzero(self._is_wrong).tolist())

    @property
    def _is_wrong(self) -> Flags:
        return ~np.isfinite(self.numbers) & ~self.missing

    @cached_property
    def kind(self) -> Kind:
        """What it holds."""
        there = len(self.cells) - int(self.missing.sum())
        if not there:
            return "empty"
        return "number" if int(self._is_wrong.sum()) <= (1 - MOSTLY) * there else "text"

    @property
    def _different(self) -> Collection[float] | Collection[str]:
        """The different numbers, in order, or texts, in none."""
        if self.kind == "number":
            numbers: list[float] = np.unique(self.numbers[np.isfinite(self.numbers)]).tolist()
            return numbers
        return set(self.cells).difference(self.cells[row] for row in np.flatnonzero(self.missing).tolist())

    @cached_property
    def distinct(self) -> int:
        """How many different values there are, which is told much sooner than what they are."""
        return len(self._different)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The different values that there are, in order."""
        if self.kind == "number":
            return tuple(f"{value:.15g}" for value in self._different)
        return tuple(sorted(map(str, self._different)))


def number_of(cell: str, decimal: str) -> float:
    """A cell as a number; NaN if it is none, or larger than any."""
    if not _NUMBER[decimal].fullmatch(cell):
        return float("nan")
    if decimal == ",":
        cell = cell.translate(_POINTED)
    number = float(cell.replace(",", ""))
    return number if isfinite(number) else float("nan")
