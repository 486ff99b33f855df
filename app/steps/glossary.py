"""What the signs of formulas mean, in a notation: for a reader who meets them for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..words import Words
from .mathml import Math, mi, mrow, mtext
from .notation import CONSTANTS, Notation, Sign, constant, write


@dataclass(frozen=True)
class Meaning:
    """A sign and what it stands for."""

    symbol: Math
    meaning: str


_ELEMENTS = {
    "W": ("j", "i"),
    "b": ("j",),
    "z": ("j",),
    "a": ("j",),
    "dz": ("j",),
    "da": ("j",),
    "dW": ("j", "i"),
    "mask": ("j",),
    "kept": ("j",),
    "W.new": ("j", "i"),
}
_WHOLE: dict[str, tuple[str, ...]] = {
    "y": ("j",),
    "share": ("j",),
    "C": (),
    "max": (),
    "sum": (),
    "t": (),
    "eta": (),
    "norm": (),
    "scale": (),
}
"""Signs that are explained, with their indices: of a layer, and of the whole network."""


def in_words(name: str, words: Words) -> str:
    """What a number of the spec is called."""
    return words.say(f"constants.{name}") if name in CONSTANTS else name.replace("_", " ")


def glossary(notation: Notation, words: Words) -> Iterator[Meaning]:
    """Every sign with its meaning: indices, numbers, constants."""
    yield Meaning(mi("l"), words.say("signs.layer", first=notation.first))
    yield Meaning(_row("j", "i", "m"), words.say("signs.unit"))
    if notation.code:
        yield Meaning(mi("[0]"), words.say("signs.zero"))
    yield Meaning(mi("k"), words.say("signs.k"))
    if notation.name == "course":
        yield Meaning(mi("t"), words.say("signs.batch"))
    for signs, layer in ((_ELEMENTS, "l"), (_WHOLE, "")):
        for kind, index in signs.items():
            meaning = words.say(f"signs.{kind.replace('.new', 'New')}")
            yield Meaning(write(notation, Sign(kind, layer, index)), meaning)
    for name in CONSTANTS:
        yield Meaning(constant(notation, name), in_words(name, words))


def _row(*letters: str) -> Math:
    first, *others = (mi(letter) for letter in letters)
    return mrow(first, *(part for letter in others for part in (mtext(", "), letter)))
