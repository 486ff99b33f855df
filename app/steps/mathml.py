"""Formulas as presentation MathML in plain lists, and the same formulas as LaTeX and as text.

A formula is ``[tag, attributes or None, child, …]``; a child is a formula or a string. The page turns it into elements.
An attribute ``operand`` marks the sign or number of an explanation's operand of that number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Math = list[Any]

_LATEX = {
    "·": r"\cdot ",
    "δ": r"\delta ",
    "∂": r"\partial ",
    "α": r"\alpha ",
    "β": r"\beta ",
    "ε": r"\varepsilon ",
    "μ": r"\mu ",
    "η": r"\eta ",
    "Φ": r"\Phi ",
    "φ": r"\varphi ",
    "λ": r"\lambda ",
    "Σ": r"\sum ",
    "∑": r"\sum ",
    "≈": r"\approx ",
    "−": "-",
    "∞": r"\infty ",
    "…": r"\dots ",
    "′": "'",
    "|": r"\vert ",
    ">": ">",
    "<": "<",
    "max": r"\max ",
    "min": r"\min ",
    "ln": r"\ln ",
    "tanh": r"\tanh ",
    "sign": r"\operatorname{sign}",
}
HAT = "\u0302"
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


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


def latex(math: Math | str) -> str:
    """The formula as LaTeX."""
    if isinstance(math, str):
        return _LATEX.get(math, math)
    tag, _, *children = math
    if tag in _LATEX_LEAVES:
        return _LATEX_LEAVES[tag](children[0])
    parts = [latex(child) for child in children]
    match tag:
        case "mfrac":
            return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
        case "msub" | "munder":
            return f"{{{parts[0]}}}_{{{parts[1]}}}"
        case "msup":
            return f"{{{parts[0]}}}^{{{parts[1]}}}"
        case "msubsup":
            return f"{{{parts[0]}}}_{{{parts[1]}}}^{{{parts[2]}}}"
        case "mover":
            return rf"\hat{{{parts[0]}}}"
        case "msqrt":
            return rf"\sqrt{{{''.join(parts)}}}"
    return "".join(parts)


def _latex_name(name: str) -> str:
    if name in _LATEX or len(name) == 1:
        return _LATEX.get(name, name)
    return rf"\mathtt{{{name.replace('_', chr(92) + '_')}}}"


def _latex_number(number: str) -> str:
    mantissa, power, exponent = number.partition("·10")
    shown = mantissa.replace("−", "-").replace("∞", r"\infty ")
    return rf"{shown}\cdot 10^{{{exponent.translate(_SUPERSCRIPTS)}}}" if power else shown


_LATEX_LEAVES: dict[str, Callable[[str], str]] = {
    "mi": _latex_name,
    "mn": _latex_number,
    "mtext": lambda words: rf"\text{{{words}}}",
}


def text(math: Math | str) -> str:
    """The formula in one line of plain text."""
    if isinstance(math, str):
        return math
    tag, _, *children = math
    parts = [text(child) for child in children]
    match tag:
        case "mo" if parts[0] in "=≈+−·<>":
            return f" {parts[0]} "
        case "mfrac":
            return f"({parts[0]})/({parts[1]})"
        case "msub" | "munder":
            return f"{parts[0]}_{parts[1]}"
        case "msup":
            return f"{parts[0]}^{parts[1]}"
        case "msubsup":
            return f"{parts[0]}_{parts[1]}^{parts[2]}"
        case "mover":
            return f"{parts[0]}{HAT}"
        case "msqrt":
            return f"√({''.join(parts)})"
    return "".join(parts)
