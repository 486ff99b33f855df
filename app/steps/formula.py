"""Formulas from rules: the same expression in general letters, with names, and with numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .expressions import REDUCTIONS, Binary, Function, Name, Negative, Node, Number, names
from .mathml import Math, brackets, fraction, mi, mn, mo, mrow, mtext
from .numbers import format_number

SHOWN_TERMS = 14
"""How many terms of a long sum are written out."""


def shown_terms(length: int) -> int:
    """How many terms are written out of a sum of this length: all, or a few and "… more"."""
    return length if length <= SHOWN_TERMS + 1 else SHOWN_TERMS


SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4
PRINTED_DIGITS = 6
"""Decimals of the numbers that stand in rules."""


def holding(number: str) -> int:
    """How tightly a printed number holds together: a sign like a sum, a power of ten like a product."""
    return SUM if number.startswith("−") else PRODUCT if "·" in number else ATOM


_LEVEL = {"+": SUM, "-": SUM, "*": PRODUCT, "/": ATOM, "^": POWER}


@dataclass(frozen=True)
class Leaves:
    """How the names of a rule are written.

    Attributes:
        write: from a name and the place in its row (None where it is a number) to a formula and how tightly it holds.
        lengths: the names that stand for rows, with their lengths.
        letter: the letter over which a row runs, where sums are written with Σ; None where they are written out.
    """

    write: Callable[[str, int | None], tuple[Math, int]]
    lengths: Mapping[str, int]
    letter: Callable[[str], str] | None = None


def formula(node: Node, leaves: Leaves) -> Math:
    """The expression as a formula."""
    return _write(node, leaves, None)[0]


def _write(node: Node, leaves: Leaves, place: int | None) -> tuple[Math, int]:
    """The formula and how tightly it holds together; a leading minus counts as a sum."""
    match node:
        case Number(value):
            text = format_number(value, PRINTED_DIGITS)
            return mn(text), holding(text)
        case Name(name):
            return leaves.write(name, place if name in leaves.lengths else None)
        case Negative(body):
            return mrow(mo("−"), _within(body, leaves, place, PRODUCT)), SUM
        case Binary(operator, left, right):
            return _binary(operator, left, right, leaves, place), _LEVEL[operator]
        case Function(name, arguments):
            return _function(name, arguments, leaves, place)


def _within(node: Node, leaves: Leaves, place: int | None, level: int) -> Math:
    math, holds = _write(node, leaves, place)
    return math if holds >= level else brackets(math)


def _binary(operator: str, left: Node, right: Node, leaves: Leaves, place: int | None) -> Math:
    match operator:
        case "/":
            return fraction(_write(left, leaves, place)[0], _write(right, leaves, place)[0])
        case "^":
            base = _within(left, leaves, place, ATOM)
            # An exponent beside a layer's number would be read as one of its signs.
            raised = brackets(base) if base[0] in ("msup", "msubsup", "mfrac") else base
            return ["msup", None, raised, _write(right, leaves, place)[0]]
        case "*":
            return mrow(_within(left, leaves, place, PRODUCT), mo("·"), _within(right, leaves, place, PRODUCT))
        case "-":
            return mrow(_write(left, leaves, place)[0], mo("−"), _within(right, leaves, place, PRODUCT))
    return mrow(_write(left, leaves, place)[0], mo("+"), _within(right, leaves, place, PRODUCT))


def _function(name: str, arguments: tuple[Node, ...], leaves: Leaves, place: int | None) -> tuple[Math, int]:
    if name in REDUCTIONS or (name == "max" and len(arguments) == 1):
        return _reduction(name, arguments[0], leaves)
    if name in ("where>", "where<"):
        return _where(name[-1], arguments, leaves, place)
    written = [_write(argument, leaves, place)[0] for argument in arguments]
    match name:
        case "exp":
            return ["msup", None, mi("e"), written[0]], POWER
        case "sqrt":
            return ["msqrt", None, written[0]], ATOM
        case "abs" | "floor":
            opening, closing = _FENCES[name]
            return mrow(mo(opening), written[0], mo(closing)), ATOM
        case "cospi":
            return _call("cos", [mrow(mi("π"), mo("·"), _within(arguments[0], leaves, place, PRODUCT))]), ATOM
        case "xlny":
            first = _within(arguments[0], leaves, place, PRODUCT)
            return mrow(first, mo("·"), mi("ln"), brackets(written[1])), PRODUCT
    return _call(_CALLED.get(name, name), written), ATOM


_FENCES = {"abs": ("|", "|"), "floor": ("⌊", "⌋")}
_CALLED = {"lncut": "ln", "Phi": "Φ", "phi": "φ"}


def _call(name: str, written: Iterable[Math]) -> Math:
    inside: list[Math] = []
    for argument in written:
        inside += [mo(","), argument] if inside else [argument]
    return mrow(mi(name), brackets(mrow(*inside)))


def _where(operator: str, arguments: tuple[Node, ...], leaves: Leaves, place: int | None) -> tuple[Math, int]:
    left, right, this, that = (_write(argument, leaves, place)[0] for argument in arguments)
    return mrow(this, mtext(" if "), left, mo(operator), right, mtext(", else "), that), SUM


def _reduction(name: str, body: Node, leaves: Leaves) -> tuple[Math, int]:
    rows = [row for row in dict.fromkeys(names(body)) if row in leaves.lengths]
    length = max((leaves.lengths[row] for row in rows), default=1)
    if name == "mean" and length == 1:
        return _write(body, leaves, 0)
    if leaves.letter is not None:
        return _sigma(name, body, leaves, leaves.letter(rows[0]), length)
    if name == "max":
        return _call("max", _terms(body, leaves, length, SUM)), ATOM
    total = _joined(_terms(body, leaves, length, PRODUCT))
    if name == "mean":
        return mrow(fraction(mn("1"), mn(str(length))), mo("·"), brackets(total)), PRODUCT
    return total, SUM if length > 1 else PRODUCT


def _sigma(name: str, body: Node, leaves: Leaves, letter: str, length: int) -> tuple[Math, int]:
    sign = mi("max") if name == "max" else mo("∑")
    math = mrow(["munder", None, sign, mi(letter)], _within(body, leaves, 0, PRODUCT))
    if name == "mean":
        math = mrow(fraction(mn("1"), mn(str(length))), math)
    # A sum holds its own terms together, but what follows it must not be taken for one of them.
    return math, PRODUCT


def _terms(body: Node, leaves: Leaves, length: int, level: int) -> list[Math]:
    shown = shown_terms(length)
    terms = [_within(body, leaves, place, level if place else SUM) for place in range(shown)]
    return terms if shown == length else [*terms, mtext(f"… ({length - shown} more)")]


def _joined(terms: list[Math]) -> Math:
    row = [terms[0]]
    for term in terms[1:]:
        row += [mo("+"), term]
    return mrow(*row)
