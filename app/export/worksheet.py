"""A worksheet: operations of the iteration as exercises, with blanks for their results and an answer key.

A learner rounds every result and goes on with the rounded number. The key is made in the same way: from the numbers as
they are printed, so that whoever calculates with these finds the answers to the last digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, zip_longest
from math import isfinite

import numpy as np

from ..errors import SpecError
from ..nn.activations import activations
from ..nn.optimizers import optimizers
from ..nn.registry import Entry
from ..steps.account import Account
from ..steps.explain import Read
from ..steps.expressions import evaluate
from ..steps.formula import ATOM, Leaves, formula, holding
from ..steps.knowledge import Knowledge
from ..steps.mathml import Math, blank, equation, mn, mtext, script
from ..steps.numbers import format_number, rounded
from ..steps.operations import PHASES
from ..words import Words
from .exporter import Option
from .source import Source

WITHIN = ("iteration", "pass", "layer", *PHASES)
NOT_ASKED = ("product", "back_product", "frozen")
MOST_TERMS = 8
"""How many numbers a sum may have to be worked out by hand."""

CONSTANT = 12
"""Decimals of what the spec says, such as a learning rate, which is given and not rounded."""

Element = tuple[str, tuple[int, ...], int | None]

OPTIONS = (
    Option("within", "iteration", "what is asked about; the pass or the layer is that of the cursor", WITHIN),
    Option("exercises", "20", "how many there are at most", low=1, high=60),
    Option("part", "both", "the exercises, their answer key, or both", ("both", "exercises", "key")),
)


@dataclass(frozen=True)
class Exercise:
    """One number to be computed.

    Attributes:
        named: the rule with the names of its numbers.
        numbers: the rule with its numbers, blanks for the answers of exercises before, and one at its end.
        answer: what belongs into the last blank, as it is printed.
    """

    number: int
    title: str
    named: Math
    numbers: Math
    answer: str


def worksheet(source: Source, within: str, most: int) -> list[Exercise]:
    """Exercises about an iteration, in the order of its operations; the cursor tells nothing of their answers.

    Raises:
        SpecError: there is nothing in it that a person could work out by hand.
    """
    knowledge = Knowledge(source.operations, source.tape, len(source.operations), source.reading)
    made = Maker(source.reading.digits)
    for account in _chosen(knowledge, source.position, within, most):
        made.ask(account)
    if not made.exercises:
        raise SpecError(
            "There is nothing here that could be worked out by hand.",
            hint="Ask about the iteration, or take a smaller network.",
            where="within",
        )
    return made.exercises


def _chosen(knowledge: Knowledge, position: int, within: str, most: int) -> list[Account]:
    """First one of each kind in each layer, then the next of each, until they are enough; in order."""
    operations = knowledge.operations
    here = min(position, len(operations) - 1)
    first, end = (0, len(operations)) if within not in ("pass", "layer") else operations.granule(here, within)
    groups: dict[tuple[str, int | None, str], list[int]] = {}
    for segment in operations.segments:
        if within in PHASES and segment.phase != within:
            continue
        # The first few hundred operations of a layer in a phase are more than are ever asked for.
        for number in islice(range(max(first, segment.first), min(end, segment.end)), 2000):
            operation = operations[number]
            if operation.kind not in NOT_ASKED:
                groups.setdefault((operation.phase, operation.layer, operation.kind), []).append(number)
    rounds = (number for rank in zip_longest(*groups.values()) for number in rank if number is not None)
    suitable = (account for account in (Account(knowledge, number) for number in rounds) if _suits(account))
    return sorted(islice(suitable, most), key=lambda account: account.number)


def _suits(account: Account) -> bool:
    """Whether it can be worked out by hand: few numbers, all of them finite."""
    return len(account.reads) <= 2 * MOST_TERMS + 1 and not account.elided and _finite(account)


def _finite(account: Account) -> bool:
    values = [account.value, *(read.value for read in account.reads.values())]
    return all(value is not None and isfinite(value) for value in values)


class Maker:
    """Makes exercises, one after the other; it knows which numbers have been asked for."""

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self.exercises: list[Exercise] = []
        self._asked: dict[Element, tuple[int, float]] = {}

    def ask(self, account: Account) -> None:
        """Ask for what an operation writes, unless the printed numbers do not lead to a number."""
        explanation = account.explanation()
        value = self._value(account)
        if explanation.formula is None or not isfinite(value):
            return
        printed, number = float(rounded(value, self.digits)), len(self.exercises) + 1
        filled = formula(account.rule, self._leaves(account))
        sign = "=" if printed == value else "≈"
        self.exercises.append(
            Exercise(
                number=number,
                title=explanation.title,
                named=explanation.formula.named,
                numbers=equation(explanation.symbol, filled, blank(), sign=sign),
                answer=format_number(value, self.digits),
            )
        )
        example = account.reading.row if explanation.tensor in account.tape.of_examples else None
        self._asked[explanation.tensor, explanation.index, example] = number, printed

    def _value(self, account: Account) -> float:
        """What the rule gives for the numbers as they are printed."""
        rows: dict[str, list[float]] = {}
        for (name, _), read in account.reads.items():
            rows.setdefault(name, []).append(self._printed(read))
        # NumPy's numbers, even a single one: what is divided by 0 is then infinite, and no failure.
        values = {name: np.array(row if name in account.lengths else row[0]) for name, row in rows.items()}
        constants = {name: float(rounded(value, CONSTANT)) for name, value in account.operation.constants.items()}
        with np.errstate(all="ignore"):
            return float(np.asarray(evaluate(account.rule, {**values, **constants})))

    def _printed(self, read: Read) -> float:
        asked = self._asked.get((read.tensor, read.index, read.example))
        assert read.value is not None
        return asked[1] if asked else float(rounded(read.value, self.digits))

    def _leaves(self, account: Account) -> Leaves:
        def write(name: str, place: int | None) -> tuple[Math, int]:
            if name in account.operation.constants:
                text = format_number(account.operation.constants[name], CONSTANT)
                return mn(text), holding(text)
            read = account.reads[name, place or 0]
            asked = self._asked.get((read.tensor, read.index, read.example))
            if asked:
                return script(blank(), mtext(f"({asked[0]})"), None), ATOM
            return mn(read.text), holding(read.text)

        return Leaves(write, account.lengths)


def introduction(source: Source) -> tuple[str, str]:
    """The title of a worksheet, and what is to be done."""
    words, spec = source.words, source.spec
    used = dict.fromkeys(layer.activation for layer in spec.layers[1:])
    task = words.say(
        "export.task",
        count=source.reading.digits,
        row=source.reading.row + 1,
        activations=", ".join(_titled(words, "activations", activations.named(name)) for name in used),
        loss=_titled(words, "losses", spec.loss_entry),
        optimizer=_titled(words, "optimizers", optimizers.named(spec.optimizer.name)),
    )
    return source.heading, task


def _titled(words: Words, registry: str, entry: Entry) -> str:
    return words.entry(registry, entry.name, "title", entry.title)
