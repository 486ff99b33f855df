"""Divergence: the first number of an iteration that is not finite, where its update has left such numbers behind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..nn.registry import Array
from ..steps.names import Names
from ..steps.notation import parse_tensor
from ..steps.numbers import format_number
from ..steps.operations import Operations
from ..steps.tape import Tape
from ..words import capital


@dataclass(frozen=True)
class Divergence:
    """Where training ended.

    Attributes:
        iteration: the one whose update left numbers that are not finite; there is none after it.
        operation: the position in it at which the first such number has just been written; 0 where it was given.
        tensor, index, value: this number, of the first example of the batch that has one.
        left: how many of the new parameters are not finite.
    """

    iteration: int
    operation: int
    tensor: str
    index: tuple[int, ...]
    value: float
    left: int

    def sentence(self, names: Names) -> str:
        """What happened, for a person."""
        kind, layer, new = parse_tensor(self.tensor)
        name, words = capital(names.number(f"{kind}.new" if new else kind, layer, self.index)), names.words
        way = "diverged.became" if self.operation else "diverged.was"
        became = words.say(way, name=name, value=format_number(self.value, 3))
        if not self.left:
            return words.say("diverged.keeps", became=became)
        return words.say("diverged.left", became=became, count=self.left, number=words.number(self.left))


def divergence_in(tape: Tape, iteration: int) -> Divergence:
    """Where in an iteration the numbers stopped being finite, its update having left some that are not."""
    operations = Operations(tape.spec)
    layers = range(1, tape.spec.depth + 1)
    parameters = [f"{letter}{layer}" for layer in layers for letter in "Wb"]
    found = [(0, name, at) for name in parameters if (at := _first(tape, name)) is not None]
    for name in operations.tensors:
        at = _first(tape, name) if name in tape.tensors else None
        writer = None if at is None else operations.writer(name, _element(tape, name, at))
        if at is not None and writer is not None:
            found.append((writer + 1, name, at))
    position, tensor, at = min(found)
    left = sum(int(np.count_nonzero(~np.isfinite(tape.tensors[f"{name}.new"]))) for name in parameters)
    value = float(tape.tensors[tensor][at])
    return Divergence(iteration, position, tensor, _element(tape, tensor, at), value, left)


def _first(tape: Tape, name: str) -> tuple[int, ...] | None:
    """The first place in a tensor, examples last, that is not finite."""
    values: Array = tape.tensors[name]
    wrong = ~np.isfinite(values)
    if not wrong.any():
        return None
    if name not in tape.of_examples:
        return tuple(int(i) for i in np.unravel_index(int(wrong.argmax()), wrong.shape))
    flat = wrong.reshape(len(wrong), -1)
    at = int(flat.any(axis=0).argmax())
    return (int(flat[:, at].argmax()), *(int(i) for i in np.unravel_index(at, wrong.shape[1:])))


def _element(tape: Tape, name: str, at: tuple[int, ...]) -> tuple[int, ...]:
    """A place's index as it is named: without the example."""
    return at[1:] if name in tape.of_examples else at
