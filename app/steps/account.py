"""The account of one operation: everything that is said about what it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from math import prod
from typing import cast

import numpy as np

from . import signs
from .explain import Constant, Explanation, Formula, Read, Running
from .expressions import Node, exact, parse
from .formula import ATOM, Leaves, formula, holding, shown_terms
from .glossary import in_words
from .knowledge import Knowledge
from .mathml import Math, equation, marked, mn
from .notation import constant
from .numbers import printed
from .operation import Operand, Operation, Ref
from .sentences import Said, describe, title

Element = tuple[str, tuple[int, ...], int | None]
"""A tensor, an index and, for a mean over the batch, a place in the batch."""


class Account:
    """The account of one operation, put together piece by piece."""

    def __init__(self, knowledge: Knowledge, number: int) -> None:
        self.knowledge = knowledge
        self.tape = knowledge.tape
        self.reading = knowledge.reading
        self.number = number
        self.operation: Operation = knowledge.operations[number]
        self.rule: Node = parse(self.operation.rule)
        self.known = knowledge.known(number)

    def explanation(self) -> Explanation:
        operation, reads = self.operation, tuple(self.reads.values())
        total = sum(self._length(operand) for operand in operation.operands.values())
        return Explanation(
            tensor=operation.writes.tensor,
            index=self._index,
            example=self.reading.row,
            operation=self.number,
            kind=operation.kind,
            phase=operation.phase,
            layer=operation.layer,
            neuron=operation.neuron,
            written=self.known,
            value=self.value,
            text=self.text,
            symbol=self.symbol,
            title=title(operation, self.reading.names),
            sentence=describe(
                Said(operation, self.tape.spec, self.reading.names, reads, self.tape.batch, self.value), self.text
            ),
            formula=self._formula(self.rule),
            exact=self.exact,
            operands=reads,
            more=total - len(reads),
            constants=tuple(self._constant(name, value) for name, value in operation.constants.items()),
            running=self._running(),
            derivation=self._derivation(),
        )

    @cached_property
    def value(self) -> float | None:
        return float(self.tape.value(self.operation.writes, self.reading.row)) if self.known else None

    @cached_property
    def text(self) -> str:
        return "" if self.value is None else self.knowledge.say(self.value)

    @cached_property
    def symbol(self) -> Math:
        return self._sign(self.operation.writes.tensor, self._index, None)

    @cached_property
    def reads(self) -> dict[tuple[str, int], Read]:
        """The numbers that are written out, by name in the rule and place in its row."""
        rows = {
            name: list(islice(self._elements(operand), shown_terms(self._length(operand))))
            for name, operand in self.operation.operands.items()
        }
        return {
            (name, place): self._read(row[place])
            for place in range(max(map(len, rows.values()), default=0))
            for name, row in rows.items()
            if place < len(row)
        }

    @property
    def _index(self) -> tuple[int, ...]:
        return cast(tuple[int, ...], self.operation.writes.index)

    @property
    def _place(self) -> int:
        return self.tape.rows.index(self.reading.row)

    def _elements(self, operand: Operand) -> Iterator[Element]:
        """The elements of an operand's row, in order."""
        for ref in operand.refs:
            if operand.over_batch:
                index = cast(tuple[int, ...], ref.index)
                yield from ((ref.tensor, index, place) for place in range(self.tape.batch))
            else:
                yield from ((ref.tensor, index, None) for index in product(*self._axes(ref)))

    def _axes(self, ref: Ref) -> list[range]:
        shape = self.knowledge.shape(ref.tensor)
        return [
            range(part, part + 1) if isinstance(part, int) else range(size)
            for part, size in zip(ref.index, shape, strict=True)
        ]

    def _length(self, operand: Operand) -> int:
        if operand.over_batch:
            return self.tape.batch
        return sum(prod(len(axis) for axis in self._axes(ref)) for ref in operand.refs)

    def _read(self, element: Element) -> Read:
        tensor, index, place = element
        writer = self.knowledge.operations.writer(tensor, index)
        row = self.reading.row if place is None else self.tape.rows[place]
        known = self.knowledge.known(writer)
        value = float(self.tape.value(Ref(tensor, index), row)) if known else None
        return Read(
            tensor=tensor,
            index=index,
            example=row if tensor in self.tape.of_examples else None,
            value=value,
            text="" if value is None else self.knowledge.say(value),
            symbol=self._sign(tensor, index, place),
            operation=writer,
            name=self.knowledge.name(tensor, index),
        )

    def _constant(self, name: str, value: float) -> Constant:
        return Constant(
            constant(self.reading.notation, name),
            in_words(name, self.reading.words),
            value,
            self.knowledge.say(value),
        )

    def _sign(self, tensor: str, index: tuple[int, ...], place: int | None) -> Math:
        """An element's sign, with its place in the batch where that matters."""
        if place is None and signs.of_own_cost(tensor, self.tape.batch):
            place = self._place
        elif self.tape.batch == 1 and tensor not in signs.OWN:
            place = None
        return signs.element(self.reading.notation, tensor, index, place, self.reading.batch)

    def _formula(self, rule: Node) -> Formula:
        """The rule in three stages. A product is its own name, so its equation has no left side."""
        nameless = self.operation.kind in ("product", "back_product")
        general, letters = self._general
        left = [] if nameless else [self.symbol]
        numbers = None
        if self.known:
            filled = formula(rule, self._leaves(self._number))
            numbers = equation(*left, filled, mn(self.text), sign="=" if self.exact else "≈")
        named = equation(*left, formula(rule, self._leaves(self._named)))
        return Formula(equation(*([] if nameless else [letters]), general), named, numbers)

    @cached_property
    def _general(self) -> tuple[Math, Math]:
        """The rule in general letters, and the sign of what it writes."""
        writes, rule = self.knowledge.operations.general(self.number)
        notation, spec, base = self.reading.notation, self.tape.spec, self.operation.layer

        def sign(name: str, place: int | None) -> tuple[Math, int]:
            if name not in rule.operands:
                return constant(notation, name), ATOM
            operand = rule.operands[name]
            tensor, batch = operand.refs[0].tensor, self.tape.batch
            several = (operand.over_batch and batch > 1) or signs.of_own_cost(tensor, batch)
            return signs.general(notation, spec, operand.refs[0], base, several), ATOM

        def letter(name: str) -> str:
            operand = rule.operands[name]
            return signs.EXAMPLE if operand.over_batch else signs.running_letter(operand.refs[0], base)

        leaves = Leaves(sign, self.lengths, letter)
        own = signs.of_own_cost(writes.tensor, self.tape.batch)
        return formula(parse(rule.text), leaves), signs.general(notation, spec, writes, base, own)

    @cached_property
    def lengths(self) -> dict[str, int]:
        """The names in the rule that stand for rows."""
        return {
            name: self._length(operand)
            for name, operand in self.operation.operands.items()
            if operand.over_batch or any(isinstance(part, slice) for ref in operand.refs for part in ref.index)
        }

    def _leaves(self, write: Callable[[str, int], tuple[Math, int]]) -> Leaves:
        return Leaves(lambda name, place: write(name, place or 0), self.lengths)

    def _named(self, name: str, place: int) -> tuple[Math, int]:
        if name not in self.operation.operands:
            return constant(self.reading.notation, name), ATOM
        return marked(self.reads[name, place].symbol, list(self.reads).index((name, place))), ATOM

    def _number(self, name: str, place: int) -> tuple[Math, int]:
        if name not in self.operation.operands:
            text = self.knowledge.say(self.operation.constants[name])
            return mn(text), holding(text)
        read = self.reads[name, place]
        return marked(mn(read.text), list(self.reads).index((name, place))), holding(read.text)

    @cached_property
    def exact(self) -> bool:
        """Whether the printed operands give the printed value exactly."""
        if self.value is None or self.elided:
            return False
        digits = self.reading.digits
        rows: dict[str, list[Fraction]] = {}
        for name, value in self.operation.constants.items():
            rows[name] = [_or_zero(printed(value, digits))]
        for (name, _), read in self.reads.items():
            number = None if read.value is None else printed(read.value, digits)
            if number is None:
                return False
            rows.setdefault(name, []).append(number)
        result = exact(self.rule, rows)
        return result is not None and result[0] == printed(self.value, digits)

    @property
    def elided(self) -> bool:
        """Whether there are too many numbers to write them all out."""
        return any(length > shown_terms(length) for length in self.lengths.values())

    def _running(self) -> Running | None:
        """The products of a sum so far, up to and with this one."""
        if not self.known or self.operation.kind not in ("product", "back_product"):
            return None
        neuron, term = self._index
        tensor = self.operation.writes.tensor
        terms = self.tape.value(Ref(tensor, (neuron, slice(term + 1))), self.reading.row)
        total = float(np.sum(terms))
        return Running(total, self.knowledge.say(total))

    def _derivation(self) -> tuple[Math, ...] | None:
        """Where factors cancelled: the chain rule's product, line by line, until they do."""
        spec, notation = self.tape.spec, self.reading.notation
        if self.operation.kind != "delta" or self.operation.layer != spec.depth or spec.fused is None:
            return None

        def sign(name: str, _: int | None) -> tuple[Math, int]:
            if name == "M":
                return constant(notation, name), ATOM
            ref = Ref("y" if name == "y" else f"{name}{spec.depth}", () if name == "inner" else ("j",))
            return signs.general(notation, spec, ref, spec.depth, signs.of_own_cost(ref.tensor, self.tape.batch)), ATOM

        left = self._general[1]
        return tuple(equation(left, formula(parse(line), Leaves(sign, {}))) for line in spec.fused.derivation)


def _or_zero(number: Fraction | None) -> Fraction:
    return Fraction() if number is None else number
