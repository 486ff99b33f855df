"""Writing formulas down as LaTeX, MathML or one line of plain text; and an explanation whole, to be taken elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from ..words import Words
from .explain import Explanation
from .mathml import BLANK, HAT, Math, mn, mrow, mtext

_NAMED = {
    "·": "cdot",
    "∑": "sum",
    "≈": "approx",
    "∂": "partial",
    "∞": "infty",
    "α": "alpha",
    "β": "beta",
    "δ": "delta",
    "ε": "varepsilon",
    "η": "eta",
    "λ": "lambda",
    "μ": "mu",
    "Φ": "Phi",
    "φ": "varphi",
    "|": "vert",
    "γ": "gamma",
    "κ": "kappa",
    "π": "pi",
    "ρ": "rho",
    "∇": "nabla",
    "‖": "Vert",
    "⌊": "lfloor",
    "⌋": "rfloor",
}
_FUNCTIONS = ("max", "min", "ln", "exp", "sin", "cos", "tan", "tanh", "cosh", "sinh")
_SIGNS = {
    "−": "-",
    "′": "'",
    **{sign: rf"\{name} " for sign, name in [*_NAMED.items(), *zip(_FUNCTIONS, _FUNCTIONS, strict=True)]},
}
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_IN_TEXT = {
    **{sign: rf"\{sign}" for sign in "#$%&_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "−": "$-$",
    **{sign: f"$_{digit}$" for digit, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    **{sign: f"$^{digit}$" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
}
_WORDS = str.maketrans(_IN_TEXT)
_BLANK = r"\underline{\hspace{4em}}"
_BARE = re.compile(r"[A-Za-z]|\\[A-Za-z]+ ?")


def latex(math: Math | str) -> str:
    """The formula as LaTeX, without what makes it stand in a line or alone."""
    if isinstance(math, str):
        return _SIGNS.get(math, math)
    tag, _, *children = math
    if tag in _LEAVES:
        return _LEAVES[tag](children[0])
    return _LATEX.get(tag, "".join)([latex(child) for child in children])


def in_text(words: str) -> str:
    """Words as LaTeX outside of formulas, where some signs mean something else."""
    return words.translate(_WORDS)


def _base(written: str) -> str:
    """What carries a script: a single letter as it is, more in braces."""
    return written if _BARE.fullmatch(written) else f"{{{written}}}"


def _latex_name(name: str) -> str:
    if name in _SIGNS or len(name) == 1:
        return _SIGNS.get(name, name)
    if name.isalpha():
        return rf"\operatorname{{{name}}}"
    return rf"\mathtt{{{name.replace('_', chr(92) + '_')}}}"


def _latex_number(number: str) -> str:
    if number.endswith("number"):
        return rf"\text{{{number}}}"
    mantissa, power, exponent = number.partition("·10")
    shown = mantissa.replace("−", "-").replace("∞", r"\infty ")
    return rf"{shown}\cdot 10^{{{exponent.translate(_SUPERSCRIPTS)}}}" if power else shown


def _latex_row(parts: list[str]) -> str:
    """Brackets grow with a fraction in them."""
    if parts[:1] + parts[-1:] == ["(", ")"] and any(r"\frac" in part for part in parts):
        return rf"\left({''.join(parts[1:-1])}\right)"
    return "".join(parts)


def _latex_table(rows: list[str]) -> str:
    return "\\begin{aligned}\n" + " \\\\\n".join(f"& {row}" for row in rows) + "\n\\end{aligned}"


_LEAVES: dict[str, Callable[[str], str]] = {
    "mi": _latex_name,
    "mn": _latex_number,
    "mtext": lambda words: _BLANK if words == BLANK else rf"\text{{{in_text(words)}}}",
}

_LATEX: dict[str, Callable[[list[str]], str]] = {
    "mfrac": lambda parts: rf"\frac{{{parts[0]}}}{{{parts[1]}}}",
    "msub": lambda parts: f"{_base(parts[0])}_{{{parts[1]}}}",
    "munder": lambda parts: f"{_base(parts[0])}_{{{parts[1]}}}",
    "msup": lambda parts: f"{_base(parts[0])}^{{{parts[1]}}}",
    "msubsup": lambda parts: f"{_base(parts[0])}_{{{parts[1]}}}^{{{parts[2]}}}",
    "mover": lambda parts: rf"\hat{{{parts[0]}}}",
    "msqrt": lambda parts: rf"\sqrt{{{''.join(parts)}}}",
    "mrow": _latex_row,
    "mtable": _latex_table,
}


def mathml(math: Math) -> str:
    """The formula as a MathML element that stands alone."""
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">{_element(math)}</math>'


def in_html(math: Math) -> str:
    """The formula as an element in a line of a page."""
    return f"<math>{_element(math)}</math>"


def _element(math: Math | str) -> str:
    if isinstance(math, str):
        return escape(math, quote=False)
    tag, attributes, *children = math
    if tag == "mtext":  # whose spaces at both ends would be dropped
        children = [re.sub("^ | $", "\u00a0", child) for child in children]
    said = "".join(f' {name}="{value}"' for name, value in (attributes or {}).items() if name != "operand")
    return f"<{tag}{said}>{''.join(_element(child) for child in children)}</{tag}>"


def text(math: Math | str) -> str:
    """The formula in one line of plain text; a table in as many as it has rows."""
    if isinstance(math, str):
        return math
    tag, _, *children = math
    return _TEXT.get(tag, "".join)([text(child) for child in children])


_CALL = re.compile(r"\w*\([^()]*\)")
_SCRIPT = re.compile(r"[\w.]+|(?:\([^()]*\)|\[[^\[\]]*\])+")


def _factor(written: str) -> str:
    """What stands above or below a line, or is raised: in brackets unless it holds together by itself."""
    return written if _CALL.fullmatch(written) or not set(written) & set(" /·") else f"({written})"


def _script(written: str) -> str:
    return written if _SCRIPT.fullmatch(written) else f"({written})"


_TEXT: dict[str, Callable[[list[str]], str]] = {
    "mo": lambda parts: f" {parts[0]} " if parts[0] in "=≈+−·<>" else parts[0],
    # A minus before all else is a sign, not an operator.
    "mrow": lambda parts: "".join(["−", *parts[1:]] if parts[:1] == [" − "] else parts),
    "mfrac": lambda parts: f"{_factor(parts[0])}/{_factor(parts[1])}",
    "msub": lambda parts: f"{parts[0]}_{parts[1]}",
    "munder": lambda parts: f"{parts[0]}_{_script(parts[1])} ",
    "msup": lambda parts: f"{_factor(parts[0])}^{_script(parts[1])}",
    "msubsup": lambda parts: f"{parts[0]}_{parts[1]}^{_script(parts[2])}",
    "mover": lambda parts: f"{parts[0]}{HAT}",
    "msqrt": lambda parts: f"√({''.join(parts)})",
    "mtable": "\n".join,
}

FORMATS: dict[str, Callable[[Math], str]] = {"latex": latex, "mathml": mathml, "text": text}


@dataclass(frozen=True)
class Written:
    """An explanation in one format: each line by itself, empty where there is none, and everything in one piece."""

    rule: str
    named: str
    numbers: str
    whole: str


def written(explanation: Explanation, words: Words) -> dict[str, Written]:
    """An explanation in every format."""
    whole = _whole(explanation, words)

    def line(write: Callable[[Math], str], stage: str) -> str:
        math = getattr(explanation.formula, stage, None)
        return "" if math is None else write(math)

    return {
        name: Written(line(write, "rule"), line(write, "named"), line(write, "numbers"), write(whole))
        for name, write in FORMATS.items()
    }


def _whole(explanation: Explanation, words: Words) -> Math:
    """A table: title, rule, names, numbers, value and derivation, each in its row."""
    rows = [mtext(explanation.title)]
    if explanation.formula:
        formula = explanation.formula
        named = {"rule": formula.rule, "here": formula.named, "numbers": formula.numbers}
        rows += [mrow(mtext(words.say(f"written.{name}")), line) for name, line in named.items() if line is not None]
    if explanation.written:
        rows.append(mrow(mtext(words.say("written.value")), mn(explanation.text)))
    if explanation.derivation:
        rows += [mtext(words.say("written.derivation")), *explanation.derivation]
    return ["mtable", {"columnalign": "left"}, *(["mtr", None, ["mtd", None, row]] for row in rows)]
