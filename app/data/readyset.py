"""A ready set: one entry says what it is called, what can be chosen about it, and how its rows are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..errors import DataError, plain
from ..errors import field as field_name
from .dataset import Dataset

MOST_ROWS = 5000
"""The most rows that are generated."""

DRAW = 3
"""The purpose of a random draw; every draw is a function of (seed, purpose)."""

Random = np.random.Generator
Value = float | str


@dataclass(frozen=True)
class Option:
    """Something to choose about a set: a number with its bounds or, where the default is one, a text."""

    name: str
    default: Value
    description: str
    low: float = 0
    high: float = 1e6
    whole: bool = False

    def checked(self, value: Value, where: str) -> Value:
        """The value, if it may be chosen.

        Raises:
            DataError: it is a text where a number is expected or the reverse, or out of bounds.
        """
        if isinstance(self.default, str):
            if not isinstance(value, str):
                raise DataError(f"{field_name(self.name)} is a number; expected a text.", where=where)
            return value
        if isinstance(value, str):
            raise DataError(f"{field_name(self.name)} is a text; expected a number.", where=where)
        if not self.low <= value <= self.high or (self.whole and value != int(value)):
            kind = "a whole number" if self.whole else "a number"
            expected = f"{kind} from {plain(self.low)} to {plain(self.high)}"
            raise DataError(f"{field_name(self.name)} is {plain(value)}; expected {expected}.", where=where)
        return int(value) if self.whole else value


class Values(dict[str, Value]):
    """What was chosen, by the options' names."""

    def number(self, name: str) -> float:
        return float(self[name])

    def whole(self, name: str) -> int:
        return int(self[name])

    def text(self, name: str) -> str:
        return str(self[name])


@dataclass(frozen=True)
class ReadySet:
    """A set that can be asked for by name.

    Attributes:
        make: gives the rows, from what was chosen and a generator of random numbers; name, title and task are added.
        hidden: how many units the hidden layers of a network have that learns it.
        test_share, standardize: how the rows are best prepared.
        source, licence: of a table that is shipped.
    """

    name: str
    title: str
    task: str
    make: Callable[[Values, Random], Dataset]
    options: tuple[Option, ...] = ()
    hidden: tuple[int, ...] = (4,)
    test_share: float = 0.0
    standardize: bool = False
    source: str = ""
    licence: str = ""

    def chosen(self, options: Mapping[str, Value]) -> Values:
        """What is chosen, with the defaults of what is left out.

        Raises:
            DataError: an option that the set does not have, or one that may not have its value.
        """
        known = {option.name: option for option in self.options}
        for name in options:
            if name not in known:
                listed = ", ".join(known) or "none"
                raise DataError(
                    f"{self.title} has no option {name[:40]!r}.",
                    hint=f"Its options: {listed}.",
                    where=f"data.options.{name[:40]}",
                )
        return Values(
            {
                name: option.checked(options.get(name, option.default), f"data.options.{name}")
                for name, option in known.items()
            }
        )


def count(default: int) -> Option:
    """How many rows are generated."""
    return Option("count", default, "How many points there are.", 4, MOST_ROWS, whole=True)


def noise(default: float, high: float = 5) -> Option:
    """How far points stray."""
    return Option("noise", default, "How far points stray: the deviation of what is added to each number.", 0, high)
