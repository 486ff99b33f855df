"""Everything that can be asked about a step: one entry for each kind of question."""

from __future__ import annotations

from itertools import islice
from math import isfinite

import numpy as np

from ..errors import SpecError
from ..nn.registry import Registry
from .account import Account
from .expressions import Function, evaluate
from .misconceptions import Asked
from .question import Kind, Option, Question, Subject

kinds: Registry[Kind] = Registry("a kind of question")

UPDATES = ("weight_update", "bias_update", "frozen")


def _sign(value: float) -> str:
    return "positive" if value > 0 else "negative" if value < 0 else "zero"


SIGNS = (Option("positive", "above 0"), Option("negative", "below 0"), Option("zero", "exactly 0"))
DIRECTIONS = (Option("up", "up"), Option("down", "down"), Option("still", "it stays"))


def _either_sign(subject: Subject) -> bool:
    """Whether the rule leaves open on which side of 0 its number lies."""
    operation = subject.asked.operation
    if operation.kind == "activation" and operation.layer is not None:
        return subject.asked.tape.spec.activation(operation.layer).low < 0
    return operation.kind not in (
        *UPDATES,
        "share",
        "own_cost",
        "penalty",
        "cost",
        "total",
        "learning_rate",
        "norm",
        "scale",
    )


def _direction(subject: Subject, value: float) -> str:
    before = float(subject.asked.values["w"])
    return "up" if value > before else "down" if value < before else "still"


kinds.add(
    Kind(
        name="direction",
        title="Up or down",
        description="Which way an update moves a weight or a bias.",
        suits=lambda subject: subject.kind in UPDATES,
        prompt="{name}: which way will it move?",
        options=lambda _: DIRECTIONS,
        answer=lambda subject: _direction(subject, subject.asked.value),
        chosen=_direction,
        before=True,
    )
)

kinds.add(
    Kind(
        name="sign",
        title="The sign",
        description="Whether a number will be above or below 0.",
        suits=_either_sign,
        prompt="{name}: will it be above or below 0?",
        options=lambda _: SIGNS,
        answer=lambda subject: _sign(subject.asked.value),
        chosen=lambda _, value: _sign(value),
    )
)


def _terms(subject: Subject) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """What a sum or a mean adds up, one by one; None for what is neither."""
    with np.errstate(all="ignore"):
        reductions = [
            node
            for node in (subject.asked.rule, getattr(subject.asked.rule, "left", None))
            if isinstance(node, Function) and node.name in ("sum", "mean")
        ]
        if not reductions:
            return None
        terms = np.asarray(evaluate(reductions[0].arguments[0], subject.asked.values), dtype=np.float64)
    return terms if terms.ndim == 1 and len(terms) > 1 else None


def _pair(subject: Subject) -> tuple[int, int] | None:
    """The term furthest from 0 among those that are written out, and the next one after it that is clearly nearer."""
    terms = _terms(subject)
    if terms is None:
        return None
    shown = min(len(terms), len({place for _, place in subject.account.reads}))
    sizes = np.abs(terms[:shown])
    largest = int(np.argmax(sizes))
    around = [(largest + step) % shown for step in range(1, shown)]
    clear = [place for place in around if sizes[place] < 0.9 * sizes[largest]]
    return (largest, clear[0]) if clear and isfinite(sizes[largest]) else None


def _sources(subject: Subject) -> tuple[Option, ...]:
    """The two terms in the order in which they stand, called after what the learner sees vary."""
    pair = _pair(subject)
    assert pair is not None
    name = _varying(subject)
    reads = subject.account.reads
    return tuple(Option(str(place), reads[name, place].name) for place in sorted(pair))


def _varying(subject: Subject) -> str:
    """The name in the rule whose row tells the terms apart."""
    rows = [name for name, place in subject.account.reads if place == 1]
    return next(name for name in ("a", "dz", *rows) if name in rows)


kinds.add(
    Kind(
        name="bigger",
        title="Which is bigger",
        description="Which of two terms of a sum is further from 0.",
        suits=lambda subject: subject.kind in ("sum", "back_sum") and _pair(subject) is not None,
        prompt="{name}, two of its terms: which product is further from 0, with its weight?",
        options=_sources,
        answer=lambda subject: str((_pair(subject) or (0, 0))[0]),
    )
)

kinds.add(
    Kind(
        name="number",
        title="The number",
        description="The number itself, within 2 %.",
        suits=lambda subject: isfinite(subject.asked.value) and not subject.account.elided,
        prompt="{name}: what will it be?",
        options=lambda _: (),
        answer=lambda subject: subject.asked.value,
    )
)


def questions(account: Account) -> list[Question]:
    """Every question that can be asked of an operation; of any at least one."""
    subject = Subject(Asked(account.operation, account.tape, account.reading.row), account)
    return [Question(kind, subject) for kind in kinds if kind.suits(subject)]


def question(account: Account, wanted: str | None) -> Question:
    """The question of a wanted kind; without a wish, they take turns from operation to operation.

    Raises:
        SpecError: there is no such kind, or it cannot be asked of this operation.
    """
    possible = questions(account)
    if wanted is None:
        return next(islice(possible, account.number * 2 // 3 % len(possible), None))
    kinds.named(wanted, "kind")
    for one in possible:
        if one.kind.name == wanted:
            return one
    raise SpecError(
        f"{kinds.named(wanted).title} cannot be asked of this step.",
        hint=f"Use one of: {', '.join(one.kind.name for one in possible)}.",
        where="kind",
    )
