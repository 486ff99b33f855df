"""An iteration of a timeline: its batch, its operations and its numbers, computed once they are asked for."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..data.batches import Batches
from ..errors import IndexInvalid
from ..nn.gradcheck import GradientCheck
from ..nn.network import Network
from ..nn.parameters import named_views
from ..nn.plan import Plan
from ..nn.registry import Array
from ..nn.spec import Spec
from ..steps.operations import Operations
from ..steps.tape import Tape
from ..words import Words
from .replay import Replay
from .timeline import Timeline


class Cost(NamedTuple):
    """The cost of a batch: of its data, of the weights, and both."""

    data: float
    penalty: float
    total: float


class Iteration:
    """One iteration of a timeline.

    Attributes:
        number: which one, from 0.
    """

    def __init__(self, timeline: Timeline, number: int, replay: Replay) -> None:
        self.timeline = timeline
        self.number = number
        self._replay = replay
        self._tape: Tape | None = None

    @cached_property
    def spec(self) -> Spec:
        """The spec by which it is computed."""
        return self.timeline.spec_at(self.number)

    @cached_property
    def operations(self) -> Operations:
        return Operations(self.spec)

    @cached_property
    def batches(self) -> Batches:
        return self.timeline.batches_at(self.number)

    @cached_property
    def batch(self) -> tuple[int, ...]:
        """The rows of its batch."""
        return self.batches.examples(self.number)

    def check_row(self, row: int | None) -> None:
        """Refuse a row that the data does not have.

        Raises:
            IndexInvalid: the data has no such row.
        """
        rows = self.timeline.data.rows + self.timeline.data.tests
        if row is not None and not 0 <= row < rows:
            raise IndexInvalid(f"The data has no row {row}; its rows are 0 to {rows - 1}.", where="example")

    def tape(self, row: int | None = None) -> Tape:
        """Its numbers, and those of a row that is shown though it is none of the batch.

        Raises:
            IndexInvalid: the data has no such row.
        """
        self.check_row(row)
        beside = None if row in self.batch else row
        if self._tape is None or (beside is not None and beside not in self._tape.rows):
            self._tape = self._replay.tape(self.number, beside)
        return self._tape if beside is not None else self._tape.only_batch()

    def near(self, row: int | None = None) -> bool:
        """Whether its numbers, and those of a row, are known, or computed without training to it."""
        known = self._tape is not None and (row is None or row in self._tape.rows)
        return known or self._replay.near(self.number)

    def origin_of(self, tensor: str, index: tuple[int, ...], words: Words) -> str:
        """Where a parameter's value at its start came from, as a sentence."""
        return self.timeline.origin_of(tensor, index, self.number, words)

    @cached_property
    def cost(self) -> Cost:
        """The cost of the batch before the update."""
        tape = self.tape()
        return _cost(tape.tensors, tape.batch)

    @cached_property
    def cost_after(self) -> Cost:
        """The cost of the same batch with the updated parameters."""
        data, rows = self.timeline.data, list(self.batch)
        plan = Plan(self.spec.without_update, self.parameters(len(self.operations)), len(rows))
        with np.errstate(all="ignore"):
            plan.load(data.inputs[rows], data.targets[rows])
            plan.evaluate()
        return _cost(plan.tensors, len(rows))

    def gradient_check(self) -> GradientCheck:
        """Nudges parameters, as they are at its start, and measures the cost of its batch."""
        data, rows = self.timeline.data, list(self.batch)
        return GradientCheck(self.spec, self.parameters(0), data.inputs[rows], data.targets[rows], self.number)

    def parameters(self, position: int) -> Array:
        """The parameters at a position, flat: updated as far as the update has come."""
        flat = np.empty(self.spec.parameter_count, self.spec.dtype)
        for name, view in named_views(self.spec, flat).items():
            view[...] = self.parameter(name, position)
        return flat

    def parameter(self, name: str, position: int) -> Array:
        """The weights or biases of a layer at a position."""
        tape, new = self.tape(), f"{name}.new"
        values = tape.tensors[name].copy()
        if new in self.operations:
            written = self.operations.written(new, position)
            values.reshape(-1)[:written] = tape.tensors[new].reshape(-1)[:written]
        return values

    def predict(self, inputs: Array, position: int) -> tuple[list[Array], list[Array]]:
        """The sums and activations of every layer for inputs, with the parameters at a position."""
        return Network(self.spec, self.parameters(position)).predict(inputs)


def _cost(tensors: dict[str, Array], batch: int) -> Cost:
    penalty = sum(float(tensor) for name, tensor in tensors.items() if name.startswith("penalty_"))
    own = tensors["own"][:batch]
    # As the plan computes it: another way to the mean would round otherwise, and differ from the total by a bit.
    data = float(own.dot(np.full(batch, 1 / batch, own.dtype)))
    return Cost(data, penalty, float(tensors["C"]))
