"""Named entries of one kind: each activation, loss, initializer and optimizer is one entry in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from ..errors import SpecError, plain
from ..errors import field as field_name

Array = np.ndarray[Any, np.dtype[Any]]
Constant = Callable[[float], Array]
"""Makes a number of the network's dtype. A 0-d array is twice as fast in a ufunc as a Python float."""

Step = tuple[Any, ...]
"""A NumPy function and its positional arguments, the last one being where the result goes."""


@dataclass(frozen=True)
class Option:
    """A number that an entry can be given, with its bounds."""

    name: str
    default: float
    description: str
    low: float = -1e12
    high: float = 1e12


@dataclass(frozen=True)
class Choice:
    """An entry's name with the numbers chosen for its options."""

    name: str
    options: Mapping[str, float] = field(default_factory=dict)

    def __getitem__(self, option: str) -> float:
        return self.options[option]


class Entry(Protocol):
    """What every entry has: its name, and how a person is told of it."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...


E = TypeVar("E", bound=Entry)


class Registry(Generic[E]):
    """The entries of one kind, by name and in the order in which they were added."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._entries: dict[str, E] = {}

    def add(self, entry: E) -> E:
        """Register an entry; a name can be taken only once."""
        if entry.name in self._entries:
            raise ValueError(f"there is already {self.noun} {entry.name!r}")
        self._entries[entry.name] = entry
        return entry

    def remove(self, name: str) -> None:
        """Take an entry out again."""
        del self._entries[name]

    def named(self, name: str, where: str = "") -> E:
        """The entry of this name.

        Raises:
            SpecError: there is none; the message lists those that there are.
        """
        if name not in self._entries:
            known = ", ".join(self._entries)
            raise SpecError(
                f"{name[:40]!r} is not {self.noun} that Stepgrad knows.", hint=f"Use one of: {known}.", where=where
            )
        return self._entries[name]

    def __iter__(self) -> Iterator[E]:
        return iter(tuple(self._entries.values()))

    def __contains__(self, name: object) -> bool:
        return name in self._entries


def choose(options: tuple[Option, ...], choice: Choice, where: str) -> Choice:
    """Fill in the defaults of an entry's options and check their bounds.

    Raises:
        SpecError: an unknown option, or a number outside its bounds.
    """
    known = {option.name: option for option in options}
    for name, value in choice.options.items():
        if name not in known:
            listed = ", ".join(known) or "none"
            raise SpecError(
                f"{choice.name} has no option {name[:40]!r}.", hint=f"Its options: {listed}.", where=f"{where}.{name}"
            )
        low, high = known[name].low, known[name].high
        if not low <= value <= high:
            raise SpecError(
                f"{field_name(name)} is {plain(value)}; expected a number from {plain(low)} to {plain(high)}.",
                where=f"{where}.{name}",
            )
    chosen = {option.name: choice.options.get(option.name, option.default) for option in options}
    if chosen.get("low", 0) > chosen.get("high", chosen.get("low", 0)):
        raise SpecError(
            f"Low is {plain(chosen['low'])} and High is {plain(chosen['high'])}; expected Low not above High.",
            hint="Exchange them.",
            where=f"{where}.low",
        )
    return Choice(choice.name, chosen)
