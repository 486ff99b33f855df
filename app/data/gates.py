"""Tables of truth and of a published exercise: small enough to be checked by hand."""

from __future__ import annotations

from itertools import product

import numpy as np

from .dataset import Dataset
from .readyset import ReadySet


def _gate(name: str, task: str, outputs: tuple[int, ...], hidden: tuple[int, ...], title: str = "") -> ReadySet:
    """A set of all rows of truth, in the order in which one counts."""
    bits = len(outputs).bit_length() - 1
    inputs = np.array(list(product((0.0, 1.0), repeat=bits)))
    targets = np.array([[float(output)] for output in outputs])
    features = ("x₁", "x₂", "x₃")[:bits]
    made = Dataset("", "", "", inputs, targets, features, (title or name,), ("0", "1"))
    return ReadySet(name.lower(), title or name, task, lambda chosen, random: made, hidden=hidden)


def _published() -> Dataset:
    inputs, targets = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    return Dataset("", "", "", inputs, targets, ("i₁", "i₂"), ("o₁", "o₂"))


SETS = (
    _gate("AND", "Learn to answer 1 only when both inputs are 1.", (0, 0, 0, 1), ()),
    _gate("OR", "Learn to answer 1 when at least one of two inputs is 1.", (0, 1, 1, 1), ()),
    _gate("XOR", "Learn to answer 1 when exactly one of two inputs is 1.", (0, 1, 1, 0), (3,)),
    _gate(
        "parity",
        "Learn to answer 1 when an odd number of three inputs is 1.",
        (0, 1, 1, 0, 1, 0, 0, 1),
        (6,),
        "Three-bit parity",
    ),
    ReadySet(
        "two_two_two",
        "Published exercise",
        "Learn to answer 0.01 and 0.99 to the inputs 0.05 and 0.10.",
        lambda chosen, random: _published(),
        hidden=(2,),
    ),
)
