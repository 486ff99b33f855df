"""Metrics: what a network costs on all its data, and how often it is right, at some of a timeline's iterations.

At which ones depends on nothing but their number, so that whoever comes to an iteration, by whatever way, measures the
same: all of the first, then 64 each time that their number doubles.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..data.dataset import Dataset, Labels
from ..nn.network import Network
from ..nn.registry import Array
from ..nn.spec import Spec

DENSE_BITS = 7
"""Up to iteration 2**7 each one is measured, and half as many of them whenever the number has one more bit."""
PER_EPOCH = 4
"""Points of an epoch of many batches, at most about so many."""
MOST_WORK = 20_000_000
"""Weights times rows of one measurement, a few hundredths of a second; of larger data it takes rows evenly spread."""
LEAST_ROWS = 100
CHUNK_ROWS = 512
CHUNK_ACTIVATIONS = 200_000


class Point(NamedTuple):
    """How good the parameters are with which an iteration starts.

    Costs are means over the rows, without penalties, so that training and test can be compared. None where there are
    no rows to test on, or no classes to be right about.
    """

    iteration: int
    cost: float
    test_cost: float | None
    accuracy: float | None
    test_accuracy: float | None


Enough = Callable[[Point], bool]
"""Whether a point is good enough to stop there."""


class Metrics:
    """The points of a timeline that were measured so far."""

    def __init__(self) -> None:
        self.newest: Point | None = None
        self._points: dict[int, Point] = {}

    def __contains__(self, iteration: int) -> bool:
        return iteration in self._points

    def at(self, iteration: int) -> Point | None:
        """The point of an iteration, if it was measured."""
        return self._points.get(iteration)

    def keep(self, point: Point) -> None:
        self._points[point.iteration] = self.newest = point

    def after(self, iteration: int) -> list[Point]:
        """Those after an iteration, in order."""
        return sorted(point for at, point in self._points.items() if at > iteration)

    def before(self, iteration: int) -> Metrics:
        """Those that a timeline shares which leaves this one at an iteration."""
        shared = Metrics()
        for point in self.after(-1):
            if point.iteration < iteration:
                shared.keep(point)
        return shared


def next_due(iteration: int, per_epoch: int) -> int:
    """The first iteration after this one that is measured."""
    gap = _gap(iteration, per_epoch)
    return (iteration // gap + 1) * gap


def due(iteration: int, per_epoch: int) -> bool:
    """Whether an iteration is measured."""
    return iteration % _gap(iteration, per_epoch) == 0


def _gap(iteration: int, per_epoch: int) -> int:
    """A power of two, so that the ends of every stretch of equal gaps are due in both."""
    of_epoch = max((per_epoch // PER_EPOCH).bit_length() - 1, 0)
    return 1 << max(iteration.bit_length() - DENSE_BITS, of_epoch)


def measured_rows(spec: Spec, count: int) -> int:
    """On how many of so many rows a network is measured."""
    return min(count, max(LEAST_ROWS, MOST_WORK // spec.parameter_count))


class Judge:
    """Measures networks on a dataset.

    Attributes:
        classifies: whether there is a class to be right about: targets that are 0 or 1, and of several one that is 1.
    """

    def __init__(self, data: Dataset) -> None:
        self.data = data
        targets = data.targets
        self.classifies = bool(np.isin(targets, (0, 1)).all()) and (
            targets.shape[1] == 1 or bool((targets.sum(axis=1) == 1).all())
        )

    def point(self, network: Network, iteration: int) -> Point:
        """How good a network is."""
        cost, accuracy = self._score(network, self.data.inputs, self.data.targets)
        if not self.data.tests:
            return Point(iteration, cost, None, accuracy, None)
        test_cost, test_accuracy = self._score(network, self.data.test_inputs, self.data.test_targets)
        return Point(iteration, cost, test_cost, accuracy, test_accuracy)

    def _score(self, network: Network, inputs: Array, targets: Array) -> tuple[float, float | None]:
        """The mean cost, and the share that is right: the largest output, or the half in which the only one is."""
        most = measured_rows(network.spec, len(inputs))
        if most < len(inputs):
            spread = np.arange(most) * len(inputs) // most
            inputs, targets = inputs[spread], targets[spread]
        size = min(CHUNK_ROWS, max(1, CHUNK_ACTIVATIONS // sum(layer.units for layer in network.spec.layers)))
        cost, right = 0.0, 0
        for first in range(0, most, size):
            wanted = targets[first : first + size]
            plan = network.plan(len(wanted))
            plan.load(inputs[first : first + size], wanted)
            plan.evaluate()
            cost += float(np.add.reduce(plan.tensors["own"]))
            right += _right(plan.tensors[f"a{network.spec.depth}"], wanted) if self.classifies else 0
        return cost / most, right / most if self.classifies else None


def _right(outputs: Array, targets: Array) -> int:
    return int(np.count_nonzero(classes_of(outputs) == classes_of(targets)))


def classes_of(values: Array) -> Labels:
    """The class of each row of outputs or targets: the largest one, or the half in which the only one is."""
    if values.shape[1] == 1:
        return (values[:, 0] >= 0.5).astype(np.intp)
    largest: Labels = values.argmax(axis=1)
    return largest
