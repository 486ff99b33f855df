"""Formulas as presentation MathML in plain lists; `writing` makes MathML, LaTeX and text of them.

A formula is ``[tag, attributes or None, child, …]``; a child is a formula or a string. The page turns it into elements.
An attribute ``operand`` marks the sign or number of an explanation's operand of that number.
"""

from __future__ import annotations

from typing import Any

Math = list[Any]

HAT = "\u0302"
BLANK = "\u00a0" * 10


def mi(text: str) -> Math:
    """A name."""
    return ["mi", None, text]


def accented(text: str) -> Math:
    """A name that may carry a hat, which is set above its letter."""
    return ["mover", None, mi(text[:-1]), mo("^")] if text.endswith(HAT) else mi(text)


def mn(text: str) -> Math:
    """A number."""
    return ["mn", None, text]


def mo(text: str) -> Math:
    """An operator."""
    return ["mo", None, text]


def mtext(text: str) -> Math:
    """Words."""
    return ["mtext", None, text]


def blank() -> Math:
    """Room for a number that is to be filled in."""
    return ["mtext", {"class": "blank"}, BLANK]


def mrow(*children: Math) -> Math:
    """Several formulas in a row."""
    return ["mrow", None, *children]


def fraction(above: Math, below: Math) -> Math:
    return ["mfrac", None, above, below]


def brackets(body: Math) -> Math:
    return mrow(mo("("), body, mo(")"))


def marked(math: Math, operand: int) -> Math:
    """The formula, marked as being an operand."""
    return [math[0], {**(math[1] or {}), "operand": operand}, *math[2:]]


def script(base: Math, below: Math | None, above: Math | None) -> Math:
    """A base with a subscript, a superscript or both."""
    if below and above:
        return ["msubsup", None, base, below, above]
    if below:
        return ["msub", None, base, below]
    return ["msup", None, base, above] if above else base


def equation(*sides: Math, sign: str = "=") -> Math:
    """Sides joined by equals signs; `sign` is the last of them."""
    row = [sides[0]]
    for number, side in enumerate(sides[1:], start=2):
        row += [mo(sign if number == len(sides) else "="), side]
    return mrow(*row)
