"""The landscape of the cost: what it is over two parameters, the others staying as they are, and the path so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite
from time import perf_counter

import numpy as np

from ..errors import LimitExceeded, SpecError
from ..nn.network import Network
from ..nn.parameters import check_parameter, named_views
from ..nn.registry import Array
from .history import History, Parameter
from .session import Session

LEAST_REACH = 1.0
"""How far a landscape goes to each side of the path's middle, at least."""
ROOM = 1.25
"""How far it goes beyond the path, as a factor."""
LEAST_ROWS = 20
MOST_WORK = 5 * 10**8
"""Parameters times rows times points, about a second; of larger data it takes rows evenly spread."""
TOO_MUCH = 10 * MOST_WORK


class Landscape:
    """The cost over a grid of two parameters, with the others as they are at a session's cursor, in slices.

    The cost is that of the rows to train on, penalties included: what a batch of all of them would cost.

    Attributes:
        rows, total: on how many of the rows it is computed, evenly spread, and how many there are.
        here: the values of both parameters at the cursor.
        path: both at the starts of iterations so far: (iterations, 2).
        iterations: which ones.
        axes: the values of both, ascending.
        cost: (values of y, values of x), once it is done.

    Raises:
        IndexInvalid: there is no such parameter.
        SpecError: both are the same.
        LimitExceeded: the network is too large for so many points.
    """

    def __init__(self, session: Session, x: Parameter, y: Parameter, size: int, wide: float) -> None:
        iteration, data = session.iteration, session.timeline.data
        for tensor, index in (x, y):
            check_parameter(iteration.spec, tensor, index)
        if x == y:
            raise SpecError("Both axes are the same parameter.", hint="Choose another one for y.", where="y")
        work = iteration.spec.parameter_count * size**2
        if work * LEAST_ROWS > TOO_MUCH:
            raise LimitExceeded(
                f"{size} × {size} points are too many for {iteration.spec.parameter_count:,} parameters.",
                hint="Ask for fewer points.",
                where="size",
            )
        self.total = data.rows
        self.rows = min(data.rows, max(LEAST_ROWS, MOST_WORK // work))
        spread = np.arange(self.rows) * self.total // self.rows
        self._network = Network(iteration.spec, iteration.parameters(session.cursor.operation))
        self._plan = self._network.plan(self.rows)
        self._plan.load(data.inputs[spread], data.targets[spread])
        views = named_views(iteration.spec, self._network.flat)
        self._places = [(views[tensor], index) for tensor, index in (x, y)]
        self.here = [float(view[index]) for view, index in self._places]
        # It works while the session goes on, so that what is measured on the way is kept apart.
        known = session.timeline.metrics.before(session.timeline.checkpoints.visited + 1)
        timeline = replace(session.timeline, metrics=known)
        self._history = History(timeline, x, y)
        self._size, self._wide = size, wide
        self.cost = np.full((size, size), np.nan)
        self._pieces = self._work()

    def run(self, seconds: float) -> bool:
        """Work for about so many seconds; whether it is done."""
        until = perf_counter() + seconds
        if not self._history.run(seconds):
            return False
        with np.errstate(all="ignore"):
            for _ in self._pieces:
                if perf_counter() >= until:
                    return False
        return True

    @property
    def iterations(self) -> list[int]:
        return self._history.iterations

    @property
    def path(self) -> Array:
        return np.array(self._history.values)

    @property
    def axes(self) -> list[Array]:
        return [self._axis(k) for k in (0, 1)]

    def _axis(self, number: int) -> Array:
        values = [
            value for value in (*(both[number] for both in self._history.values), self.here[number]) if isfinite(value)
        ]
        low, high = min(values), max(values)
        reach = max((high - low) / 2 * ROOM, LEAST_REACH) * self._wide
        return np.linspace((low + high) / 2 - reach, (low + high) / 2 + reach, self._size)

    def _work(self) -> Iterator[None]:
        (across, i), (up, j) = self._places
        xs, ys = self.axes
        for row, y in enumerate(ys):
            for column, x in enumerate(xs):
                across[i], up[j] = x, y
                self._plan.evaluate()
                self.cost[row, column] = float(self._plan.tensors["C"])
                yield
