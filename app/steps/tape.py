"""The tape: every number of one iteration, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from ..nn.dropout import passed_on
from ..nn.network import Network
from ..nn.plan import Plan
from ..nn.quantities import quantities_of
from ..nn.registry import Array
from ..nn.spec import Spec
from .notation import parse_tensor
from .operation import Operand, Operation, Ref

Row = tuple[int, Array, Array]
"""A row of the data: its number, inputs and targets."""


@dataclass(frozen=True)
class Tape:
    """Every intermediate of an iteration.

    Tensors of examples have these along their first axis: the batch, and after it the shown row where that is none of
    the batch. Its numbers are its own; means over the batch do not know it.

    Attributes:
        rows: the numbers of the rows along that axis.
        batch: how many of them are the batch.
        tensors: by name, `W1.new` being what the update made of `W1`.
        of_examples: the names of the tensors that have an axis of examples.
    """

    spec: Spec
    rows: tuple[int, ...]
    batch: int
    tensors: dict[str, Array]
    of_examples: frozenset[str]

    def only_batch(self) -> Tape:
        """The same without the row beside the batch."""
        if len(self.rows) == self.batch:
            return self
        tensors = {name: t[: self.batch] if name in self.of_examples else t for name, t in self.tensors.items()}
        return replace(self, rows=self.rows[: self.batch], tensors=tensors)

    def value(self, ref: Ref, row: int) -> Array:
        """The numbers of a block for one row of the data."""
        return self._block(ref, self.rows.index(row))

    def operand(self, operand: Operand, row: int) -> Array:
        """What a rule's name stands for: a number, or a flat row of numbers."""
        examples = slice(0, self.batch) if operand.over_batch else self.rows.index(row)
        blocks = [np.asarray(self._block(ref, examples)) for ref in operand.refs]
        if len(blocks) == 1 and blocks[0].ndim == 0:
            return blocks[0]
        return np.concatenate([block.ravel() for block in blocks])

    def values(self, operation: Operation, row: int) -> dict[str, Array | float]:
        """What every name in an operation's rule stands for."""
        read = {name: self.operand(operand, row) for name, operand in operation.operands.items()}
        return {**read, **operation.constants}

    def _block(self, ref: Ref, examples: int | slice) -> Array:
        index = cast("tuple[int | slice, ...]", ref.index)
        kind, layer, _ = parse_tensor(ref.tensor)
        if kind in ("Wa", "Wdz") and layer is not None:
            return self._product(kind, layer, index, examples)
        return np.asarray(self.tensors[ref.tensor][(examples, *index) if ref.tensor in self.of_examples else index])

    def _product(self, kind: str, layer: int, index: tuple[int | slice, ...], examples: int | slice) -> Array:
        """A term of a sum. There are as many as weights times examples, so they are computed when they are read."""
        if kind == "Wa":
            to, source = index
            factor = self.tensors[passed_on(self.spec, layer - 1)][examples, source]
        else:
            source, to = index
            factor = self.tensors[f"dz{layer}"][examples, to]
        return np.asarray(self.tensors[f"W{layer}"][to, source] * factor)


def record(network: Network, batch: Sequence[Row], beside: Row | None = None, iteration: int = 0) -> Tape:
    """Run one iteration and keep every number of it. The network's parameters are updated.

    Args:
        batch: the rows of the iteration's batch.
        beside: a row that is shown though it is none of the batch; it is computed with the old parameters and moves
            nothing, and dropout drops nothing of it.
        iteration: which one it is, for what is drawn.
    """
    rows = [number for number, _, _ in batch]
    plan = network.plan(len(batch))
    with np.errstate(all="ignore"):
        inputs, targets = (np.array([row[part] for row in batch]) for part in (1, 2))
        plan.load(inputs, targets, iteration)
        plan.gradients()
        kept = {name: tensor.copy() for name, tensor in plan.tensors.items()}
        if beside is not None:
            side = Plan(network.spec.without_update, network.flat, 1)
            side.load(beside[1][None], beside[2][None])
            side.gradients()
            rows.append(beside[0])
            kept |= {name: np.concatenate([kept[name], side.tensors[name]]) for name in plan.of_examples}
        plan.step()
    return Tape(network.spec, tuple(rows), len(batch), kept | _updated(plan), plan.of_examples)


def _updated(plan: Plan) -> dict[str, Array]:
    """What the update wrote: `W1.new` beside `W1`, and what there only is on the way to the step."""
    ends = {"": ".new", **{quantity.name: ".new" if quantity.kept else "" for quantity in quantities_of(plan.spec)}}
    parameters = [f"{letter}{layer}" for layer in range(1, plan.spec.depth + 1) for letter in "Wb"]
    written = {f"{name}{parameter}": end for name, end in ends.items() for parameter in parameters}
    written |= dict.fromkeys(("t", "eta", "norm", "scale"), "")
    return {f"{name}{end}": plan.tensors[name].copy() for name, end in written.items() if name in plan.tensors}
