"""Formulas in HTML: in pieces, between which a line may end, since browsers break no line inside one."""

from __future__ import annotations

from ..steps.mathml import Math, mrow
from ..steps.writing import in_html

BREAKS = "=≈+−"
LONG = 26
"""More numbers and signs than this do not fit on one line; then brackets may be broken too."""


def formula_line(math: Math) -> str:
    """A formula as a line that wraps."""
    return f'<span class="formula">{" ".join(map(in_html, pieces(math)))}</span>'


def pieces(math: Math) -> list[Math]:
    rows: list[list[Math]] = [[]]
    for part in _flat(math, _count(math) > LONG):
        if part[0] == "mo" and part[2] in BREAKS and rows[-1]:
            rows.append([["mo", {"form": "infix"}, part[2]]])
        else:
            rows[-1].append(part)
    return [mrow(*row) for row in rows]


def _flat(math: Math, brackets: bool) -> list[Math]:
    """The parts of a row and of the rows in it; what stands in brackets only where they may be broken."""
    if math[0] != "mrow" or len(math) < 4:
        return [math]
    fenced = math[2][0] == "mo" and math[2][2] in ("(", "|", "⌊")
    negative = math[2] == ["mo", None, "−"]
    if negative or (fenced and not (brackets and _count(math) > LONG // 2)):
        return [math]
    return [part for child in math[2:] for part in _flat(child, brackets)]


def _count(math: Math) -> int:
    return sum(_count(child) if isinstance(child, list) else 1 for child in math[2:])
