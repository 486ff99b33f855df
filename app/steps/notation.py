"""Notation: how tensors are written. A setting of the reader's; it changes no number and no order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..nn.quantities import quantities
from ..nn.registry import Registry
from .mathml import Math, accented, fraction, mi, mn, mo, mrow, mtext, script

_TENSOR = re.compile(r"(Wdz|Wa|dkept|kept|mask|da|dz|max|sum|inner|z|a|[a-z]*[Wb])(\d+)(\.new)?")
_PARTIAL = {"da": "a", "dkept": "kept", "dW": "W", "db": "b"}


@dataclass(frozen=True)
class Sign:
    """What is to be written: a tensor's kind and, as text, its layer, index and example.

    `layer` is the number as the engine counts, 0 being the input, or a letter with an offset such as ``l-1``.
    """

    kind: str
    layer: str = ""
    index: tuple[str, ...] = ()
    example: str = ""
    batch: str = ""


@dataclass(frozen=True)
class Notation:
    """One way to write.

    Attributes:
        letters: what it calls a, z and C.
        first: the number of the input layer.
        braces: what stands around a layer's number.
        example: what stands around an example's number.
        to_from: whether a weight's index names the unit that it leads to first.
        code: whether it writes ``a[1][0]``.
    """

    name: str
    title: str
    description: str
    letters: dict[str, str]
    first: int = 0
    braces: tuple[str, str] = ("(", ")")
    example: tuple[str, str] = ("[", "]")
    to_from: bool = True
    code: bool = False


notations: Registry[Notation] = Registry("a notation")
_USUAL = {"a": "a", "z": "z", "C": "C", "W": "w", "b": "b", "dz": "δ", "t": "t", "mask": "r", "kept": "h"}

notations.add(
    Notation(
        name="superscript",
        title="Superscript",
        description="The layer as a superscript, the input being layer 0: a⁽ˡ⁾ = σ(W a⁽ˡ⁻¹⁾ + b).",
        letters=_USUAL,
    )
)
notations.add(
    Notation(
        name="course",
        title="Course note",
        description="The input is layer 1; s is a weighted sum, z an output, E the cost; weights go from–to.",
        letters={**_USUAL, "a": "z", "z": "s", "C": "E", "t": "u"},  # t is the batch there, so updates are u
        first=1,
        to_from=False,
    )
)
notations.add(
    Notation(
        name="bracket",
        title="Square brackets",
        description="The layer in square brackets, the example in round ones: a[l](k).",
        letters=_USUAL,
        braces=("[", "]"),
        example=("(", ")"),
    )
)
notations.add(
    Notation(
        name="code",
        title="Code",
        description="As an array in a program, counted from 0: a[1][0].",
        letters=_USUAL,
        code=True,
    )
)

CONSTANTS = {
    "learning_rate": mi("η"),
    "M": mi("M"),
    "momentum": mi("μ"),
    "decay": mi("α"),
    "beta1": script(mi("β"), mn("1"), None),
    "beta2": script(mi("β"), mn("2"), None),
    "epsilon": mi("ε"),
    "weight_decay": mi("λ"),
    "l2": script(mi("λ"), mn("2"), None),
    "l1": script(mi("λ"), mn("1"), None),
    "clip": script(mi("g"), mtext("max"), None),
    "factor": mi("γ"),
    "every": mi("n"),
    "length": mi("T"),
    "lowest": mi("ρ"),
}


def parse_tensor(name: str) -> tuple[str, int | None, bool]:
    """A tensor's kind, its layer or None, and whether it is the updated one."""
    match = _TENSOR.fullmatch(name)
    if not match:
        return name, None, False
    return match[1], int(match[2]), bool(match[3])


def write(notation: Notation, sign: Sign) -> Math:
    """The sign in a notation."""
    if notation.code:
        return _code(sign)
    kind, new = sign.kind.removesuffix(".new"), sign.kind.endswith(".new")
    if kind in _PARTIAL:
        # dz and dW name their example by their own sign; da is of one example's own cost, which names it.
        below = write(notation, replace(sign, kind=_PARTIAL[kind], example=""))
        cost = _own(notation, sign) if kind in ("da", "dkept") and sign.example else mi(notation.letters["C"])
        return fraction(mrow(mi("∂"), cost), mrow(mi("∂"), below))
    if kind in _SINGLE:
        return _SINGLE[kind](notation, sign)
    quantity = quantities().get(kind[:-1])
    letter = quantity.sign if quantity else notation.letters.get(kind, kind)
    index = sign.index if notation.to_from or len(sign.index) < 2 else tuple(reversed(sign.index))
    base = mrow(mi(letter), mo("′")) if new else accented(letter)
    return script(base, _row(_indices(index)), _row(_above(notation, sign)))


def constant(notation: Notation, name: str) -> Math:
    """A number of the spec, such as η."""
    return mi(name) if notation.code else CONSTANTS.get(name, mi(name))


def _row(children: list[Math]) -> Math | None:
    if not children:
        return None
    return children[0] if len(children) == 1 else mrow(*children)


def _indices(index: tuple[str, ...]) -> list[Math]:
    shown = [_number_or_letter(part) for part in index]
    if len(shown) == 2 and any(len(part) > 1 for part in index):
        shown.insert(1, mo(","))
    return shown


def _number_or_letter(text: str) -> Math:
    if text.isdigit():
        return mn(text)
    for sign, shown in (("-", "−"), ("+", "+")):
        letter, found, offset = text.partition(sign)
        if found:
            return mrow(mi(letter), mo(shown), mn(offset))
    return mi(text)


def _above(notation: Notation, sign: Sign) -> list[Math]:
    full = notation.name == "course" and sign.example
    opening, closing = notation.example if full else notation.braces
    parts: list[Math] = []
    if sign.layer:
        parts += [mo(opening), _number_or_letter(_shifted(sign.layer, notation.first)), mo(closing)]
    if full:
        parts += [mo("["), mi("t") if not sign.batch else _number_or_letter(sign.batch), mo("]")]
    if sign.example:
        parts += [mo(notation.example[0]), _number_or_letter(sign.example), mo(notation.example[1])]
    return parts


def _shifted(layer: str, by: int) -> str:
    return str(int(layer) + by) if layer.isdigit() else layer


def _own(notation: Notation, sign: Sign) -> Math:
    return script(mi(notation.letters["C"]), None, _row(_above(notation, replace(sign, layer=""))))


def _labelled(letter: str, label: str) -> Math:
    return script(mi(letter), mtext(label), None)


_SINGLE: dict[str, Callable[[Notation, Sign], Math]] = {
    "y": lambda notation, sign: script(mi("y"), _row(_indices(sign.index)), None),
    "C": lambda notation, sign: mi(notation.letters["C"]),
    "t": lambda notation, sign: mi(notation.letters["t"]),
    "eta": lambda notation, sign: script(mi("η"), mi(notation.letters["t"]), None),
    "norm": lambda notation, sign: mrow(mo("‖"), mo("∇"), mi(notation.letters["C"]), mo("‖")),
    "scale": lambda notation, sign: mi("κ"),
    "own": _own,
    "share": lambda notation, sign: script(mi("c"), _row(_indices(sign.index)), None),
    "max": lambda notation, sign: _labelled(notation.letters["z"], "max"),
    "sum": lambda notation, sign: mi("S"),
    "inner": lambda notation, sign: mi("q"),
    "penalty_l2": lambda notation, sign: _labelled("R", "L2"),
    "penalty_l1": lambda notation, sign: _labelled("R", "L1"),
}


def _code(sign: Sign) -> Math:
    kind = sign.kind.removesuffix(".new") + ("_new" if sign.kind.endswith(".new") else "")
    index = "".join(f"[{int(part) - 1 if part.isdigit() else part}]" for part in sign.index)
    layer = f"[{sign.layer}]" if sign.layer else ""
    example = f"[{int(sign.example) - 1 if sign.example.isdigit() else sign.example}]" if sign.example else ""
    return mi(f"{kind}{layer}{example}{index}")
