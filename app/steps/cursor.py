"""A cursor: where a learner stands, and where one step takes her."""

from __future__ import annotations

from dataclasses import dataclass

from .operations import Operations


@dataclass(frozen=True, order=True)
class Cursor:
    """Position `operation` of an iteration: what lies before it is done. After the last one comes the next batch."""

    iteration: int = 0
    operation: int = 0

    def next(self, operations: Operations, granularity: str) -> Cursor:
        """The next place where the pass, layer, neuron or operation changes."""
        if self.operation == len(operations):
            return Cursor(self.iteration + 1, 0)
        return Cursor(self.iteration, operations.granule(self.operation, granularity)[1])

    def previous(self, operations: Operations, granularity: str) -> Cursor:
        """The place before, or the same one at the very start."""
        if self.operation == 0:
            return Cursor(self.iteration - 1, len(operations)) if self.iteration else self
        return Cursor(self.iteration, operations.granule(self.operation - 1, granularity)[0])

    def phase(self, operations: Operations) -> str:
        """The phase of the operation that comes next; at the end, of the last one."""
        last = len(operations) - 1
        return operations[min(self.operation, last)].phase

    def due(self, operations: Operations) -> str:
        """`forward` or `backward`: which pass the next step belongs to."""
        if self.operation == len(operations):
            return "forward"
        return "forward" if self.phase(operations) in ("forward", "loss") else "backward"
