"""Explanations: where a number came from, as a rule, with the names of its neuron, and with its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..words import Words
from .mathml import Math
from .names import Names
from .notation import Notation, notations


@dataclass(frozen=True)
class Reading:
    """How a person reads.

    Attributes:
        row: the row of the data that is shown.
        digits: how many decimals are printed.
        names: what the units are called, and in which language.
        origin: from a parameter's name and index to a sentence on where its value came from.
        batch: the number of the batch within its epoch.
    """

    row: int
    digits: int = 3
    notation: Notation = field(default_factory=lambda: notations.named("superscript"))
    names: Names = field(default_factory=Names)
    origin: Callable[[str, tuple[int, ...]], str] = lambda tensor, index: ""
    batch: int = 0

    @property
    def words(self) -> Words:
        """The language in which a person reads."""
        return self.names.words


@dataclass(frozen=True)
class Read:
    """One number that an operation reads; `operation` made it, or None where it is given."""

    tensor: str
    index: tuple[int, ...]
    example: int | None
    value: float | None
    text: str
    symbol: Math
    operation: int | None
    name: str


@dataclass(frozen=True)
class Constant:
    """A number of the spec that a rule names, such as the learning rate."""

    symbol: Math
    name: str
    value: float
    text: str


@dataclass(frozen=True)
class Formula:
    """An equation in three stages: the rule, with names, with numbers (None for what is not yet written)."""

    rule: Math
    named: Math
    numbers: Math | None


@dataclass(frozen=True)
class Running:
    """The sum up to and with the term that was just added."""

    value: float
    text: str


@dataclass(frozen=True)
class Explanation:
    """Everything that is said about one number.

    Attributes:
        operation: the operation that writes it; None where it is given.
        written: whether it lies before the cursor. A number that does not is explained by its rule alone.
        exact: whether the printed numbers give the printed value exactly.
        operands: the first numbers that it is made of; `more` counts the others.
        constants: what its rule takes from the spec.
        running: while a sum is built, the sum so far.
        derivation: for a rule in which factors cancelled, the chain that leads to it.
    """

    tensor: str
    index: tuple[int, ...]
    example: int
    operation: int | None
    kind: str
    phase: str | None
    layer: int | None
    neuron: int | None
    written: bool
    value: float | None
    text: str
    symbol: Math
    title: str
    sentence: str
    formula: Formula | None = None
    exact: bool = True
    operands: tuple[Read, ...] = ()
    more: int = 0
    constants: tuple[Constant, ...] = ()
    running: Running | None = None
    derivation: tuple[Math, ...] | None = None
