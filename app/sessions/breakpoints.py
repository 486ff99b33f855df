"""Breakpoints: where a step, a run, or going on stops by itself, since something has begun or become true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import IndexInvalid, SpecError
from .iteration import Iteration

MOST = 20
RELATIONS: dict[str, Callable[..., Any]] = {"=": np.equal, "<": np.less, ">": np.greater}


@dataclass(frozen=True)
class Breakpoint:
    """One place to stop at; one of the three is said.

    Attributes:
        phase: where it begins, in every iteration.
        epoch: where it begins, counted from 0.
        tensor, index: the number that is looked at as soon as it is written; the index never names the example, and it
            is enough that it holds for one of the batch.
        relation, value: what has to hold for it.
    """

    phase: str = ""
    epoch: int | None = None
    tensor: str = ""
    index: tuple[int, ...] = ()
    relation: str = "="
    value: float = 0.0

    def position(self, iteration: Iteration) -> int | None:
        """The position of an iteration at which to stop, if there is one."""
        if self.phase:
            return next(segment.first for segment in iteration.operations.passes if segment.phase == self.phase)
        if self.epoch is not None:
            batches, number = iteration.batches, iteration.number
            return 0 if (batches.epoch(number), batches.index(number)) == (self.epoch, 0) else None
        return self._written(iteration)

    def check(self, iteration: Iteration) -> None:
        """Refuse what can never be met in this network.

        Raises:
            SpecError: it says nothing, or more than one thing.
            IndexInvalid: there is no such tensor, or it has no such element.
        """
        if bool(self.phase) + (self.epoch is not None) + bool(self.tensor) != 1:
            raise SpecError(
                "A breakpoint says nothing, or more than one thing.",
                hint="Send a phase, an epoch, or a tensor with its index.",
                where="breakpoints",
            )
        if self.tensor and not self._inside(iteration):
            raise IndexInvalid(
                f"{self.tensor[:40]!r} has no element {list(self.index)} in this network.", where="breakpoints"
            )

    def _inside(self, iteration: Iteration) -> bool:
        """Whether there is such a number; another spec may have none."""
        tape = iteration.tape()
        tensor = tape.tensors.get(self.tensor)
        if tensor is None:
            return False
        axes = tensor.shape[self.tensor in tape.of_examples :]
        return len(axes) == len(self.index) and all(0 <= i < n for i, n in zip(self.index, axes, strict=True))

    def _written(self, iteration: Iteration) -> int | None:
        if not self._inside(iteration):
            return None
        tape = iteration.tape()
        examples = (slice(None),) if self.tensor in tape.of_examples else ()
        if not np.any(RELATIONS[self.relation](tape.tensors[self.tensor][(*examples, *self.index)], self.value)):
            return None
        writer = iteration.operations.writer(self.tensor, self.index)
        return 0 if writer is None else writer + 1


def met(breakpoints: Sequence[Breakpoint], iteration: Iteration, after: int, until: int) -> int | None:
    """The first position of an iteration at which to stop, after one and up to another."""
    positions = (one.position(iteration) for one in breakpoints)
    return min((at for at in positions if at is not None and after < at <= until), default=None)
