"""An operation, and the parts and sections of which an iteration's order is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

ALL = slice(None)
Index = tuple[int | str | slice, ...]
"""A slice takes all along an axis; a letter stands for any number there, in the general form of a rule."""


@dataclass(frozen=True)
class Ref:
    """A block of numbers: a tensor's name and an index, in which a slice takes all along an axis.

    The axis of the examples has no place in the index: an operation acts on all examples at once.
    """

    tensor: str
    index: Index = ()


@dataclass(frozen=True)
class Operand:
    """What a name in a rule stands for: blocks of numbers, all examples of the batch or only the shown one."""

    refs: tuple[Ref, ...]
    over_batch: bool = False


@dataclass(frozen=True)
class Operation:
    """One operation.

    Attributes:
        phase, layer, neuron: where it belongs; None where it concerns a whole network or a whole layer.
        kind: what is done, such as ``sum`` or ``weight_gradient``.
        writes: the number that it computes, for all examples.
        rule: how, in the grammar of `expressions`.
        operands: what the rule's names stand for.
        constants: names in the rule that are numbers of the spec, such as the learning rate.
    """

    index: int
    phase: str
    layer: int | None
    neuron: int | None
    kind: str
    writes: Ref
    rule: str
    operands: dict[str, Operand] = field(default_factory=dict)
    constants: dict[str, float] = field(default_factory=dict)

    @property
    def reads(self) -> tuple[Ref, ...]:
        """Every block that it reads."""
        return tuple(ref for operand in self.operands.values() for ref in operand.refs)


@dataclass(frozen=True)
class Part:
    """`count` operations of one kind that a section has for each neuron.

    Attributes:
        tensor: what they write: element (neuron, 0 … count − 1) where `paired`, else element (neuron).
        make: `(neuron, term)`, numbers or letters, to the rule, its operands and its constants.
        letter: what the term is called in the general form.
        frozen: the elements that are left as they are.
    """

    kind: str
    tensor: str
    make: Callable[[Any, Any], Rule]
    count: int = 1
    paired: bool = False
    letter: str = "i"
    frozen: frozenset[tuple[int, ...]] = frozenset()

    def stays(self, index: Index) -> Rule:
        """The rule by which a frozen element stays as it is."""
        return Rule("w", {"w": Operand((Ref(self.tensor.removesuffix(".new"), index),))})


@dataclass(frozen=True)
class Rule:
    """A rule with what its names stand for."""

    text: str
    operands: dict[str, Operand] = field(default_factory=dict)
    constants: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """The same parts for each neuron of a layer; `neurons` is None where they concern the whole layer or network."""

    phase: str
    layer: int | None
    neurons: int | None
    parts: tuple[Part, ...]
    first: int = 0

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each part starts within a neuron's operations; the last entry is their number."""
        starts = [0]
        for part in self.parts:
            starts.append(starts[-1] + part.count)
        return tuple(starts)

    @property
    def size(self) -> int:
        return self.starts[-1] * (1 if self.neurons is None else self.neurons)

    @property
    def end(self) -> int:
        return self.first + self.size
