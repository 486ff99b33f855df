"""A feed: the batches of a dataset as arrays, as fast as training takes them."""

from __future__ import annotations

from .batches import Batches
from .dataset import Array, Dataset


class Feed:
    """Gives any batch; those of one epoch are slices of the data in that epoch's order."""

    def __init__(self, data: Dataset, batches: Batches) -> None:
        self.batches = batches
        self._data = data
        self._epoch = -1
        self._inputs, self._targets = data.inputs, data.targets

    def batch(self, iteration: int) -> tuple[Array, Array]:
        """The inputs (examples, features) and targets (examples, outputs) of an iteration."""
        batches = self.batches
        if batches.shuffle and (epoch := batches.epoch(iteration)) != self._epoch:
            order = batches.order(epoch)
            self._inputs, self._targets = self._data.inputs[order], self._data.targets[order]
            self._epoch = epoch
        first = batches.index(iteration) * batches.size
        rows = slice(first, first + batches.size)
        return self._inputs[rows], self._targets[rows]
