"""What the signs of formulas mean, in a notation: for a reader who meets them for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .mathml import Math, mi, mrow, mtext
from .notation import CONSTANTS, Notation, Sign, constant, write


@dataclass(frozen=True)
class Meaning:
    """A sign and what it stands for."""

    symbol: Math
    meaning: str


CONSTANT_NAMES = {
    "learning_rate": "learning rate",
    "M": "number of outputs",
    "momentum": "momentum: the share of its velocity that a parameter keeps",
    "decay": "decay: the share that a running mean keeps",
    "beta1": "the share that the mean of the gradients keeps",
    "beta2": "the share that the mean of their squares keeps",
    "epsilon": "a small number that keeps a division from zero",
    "weight_decay": "weight decay: how much every parameter shrinks",
    "l2": "factor of the L2 penalty",
    "l1": "factor of the L1 penalty",
    "clip": "the largest length that the gradient keeps",
    "factor": "what the learning rate is multiplied by",
    "every": "how many updates have the same learning rate",
    "length": "how many updates the learning rate takes to rise or fall",
    "lowest": "the share of the learning rate that is left at the end",
}

_Signs = tuple[tuple[str, tuple[str, ...], str], ...]

_ELEMENTS: _Signs = (
    ("W", ("j", "i"), "the weight of the link from unit i below to unit j"),
    ("b", ("j",), "the bias of unit j"),
    ("z", ("j",), "its weighted sum"),
    ("a", ("j",), "its activation, what it hands on; that of the last layer is the output ŷ"),
    ("dz", ("j",), "its delta: how one example's cost changes with its sum"),
    ("da", ("j",), "how one example's cost changes with its activation"),
    ("dW", ("j", "i"), "the gradient of a weight: how the cost changes with it"),
    ("mask", ("j",), "dropout: 0 for a unit that is dropped, above 1 for one that stays"),
    ("kept", ("j",), "dropout: what is kept of its activation, which the layer above reads"),
    ("W.new", ("j", "i"), "what the update makes of the weight"),
)
_WHOLE: _Signs = (
    ("y", ("j",), "the target of output j"),
    ("share", ("j",), "its share of an example's cost"),
    ("C", (), "the cost of the batch"),
    ("max", (), "softmax: the largest sum of the layer"),
    ("sum", (), "softmax: the sum of the exponentials"),
    ("t", (), "the number of the update"),
    ("eta", (), "its learning rate, where a schedule changes it"),
    ("norm", (), "the length of the whole gradient"),
    ("scale", (), "the share of the gradient that clipping leaves"),
)


def in_words(name: str) -> str:
    """What a number of the spec is called."""
    return CONSTANT_NAMES.get(name, name.replace("_", " "))


def glossary(notation: Notation) -> Iterator[Meaning]:
    """Every sign with its meaning: indices, numbers, constants."""
    yield Meaning(mi("l"), f"a layer; the input is layer {notation.first}, and L the last one, the output")
    yield Meaning(_row("j", "i", "m"), "a unit of layer l, of the layer below, of the layer above")
    if notation.code:
        yield Meaning(mi("[0]"), "units and examples are counted from 0")
    yield Meaning(mi("k"), "an example by its place in the batch, named where a batch has several")
    if notation.name == "course":
        yield Meaning(mi("t"), "beside k, the batch by its place in the epoch")
    for kind, index, meaning in _ELEMENTS:
        yield Meaning(write(notation, Sign(kind, "l", index)), meaning)
    for kind, index, meaning in _WHOLE:
        yield Meaning(write(notation, Sign(kind, "", index)), meaning)
    for name in CONSTANTS:
        yield Meaning(constant(notation, name), in_words(name))


def _row(*letters: str) -> Math:
    first, *others = (mi(letter) for letter in letters)
    return mrow(first, *(part for letter in others for part in (mtext(", "), letter)))
