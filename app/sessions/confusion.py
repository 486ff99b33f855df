"""Confusion: which classes a network mistakes for which, counted over the data."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from ..data.dataset import Dataset, Labels
from ..errors import DataError
from ..nn.network import Network
from ..nn.registry import Array
from ..nn.spec import Spec
from .metrics import classes_of

SHOWN = 20
"""Rows of a cell that are named."""
MOST_CLASSES = 40
MOST_WORK = 2 * 10**9
"""Parameters times rows, about a second; of larger data it takes rows evenly spread."""
LEAST_ROWS = 1000
CHUNK = 200_000
"""Activations that are computed at once."""


@dataclass(frozen=True)
class Matrix:
    """Rows of the data by the class that was wanted of them, then by the one that was answered.

    Attributes:
        counts: how many, (classes, classes).
        examples: the first rows of each cell, as the data numbers them.
        total: how many rows there are; those that were counted are evenly spread over them.
    """

    counts: Labels
    examples: list[list[list[int]]]
    total: int

    @property
    def rows(self) -> int:
        """How many rows were counted."""
        return int(self.counts.sum())

    @property
    def accuracy(self) -> float:
        """The share that is right."""
        return float(np.trace(self.counts)) / self.rows


class Confusion:
    """Asks a network for its answers to a dataset with classes, in slices.

    Attributes:
        classes: what the classes are called.
        training, test: the answers to the rows to train on and to those to test on, once it is done; None without any.

    Raises:
        DataError: there are too many classes for a matrix.
    """

    def __init__(self, spec: Spec, parameters: Array, data: Dataset) -> None:
        outputs = data.targets.shape[1]
        if outputs > MOST_CLASSES:
            raise DataError(f"There are {outputs} classes; at most {MOST_CLASSES} are compared.", where="data")
        self.classes = data.classes or (("0", "1") if outputs == 1 else data.target_names or _numbered(outputs))
        self.training: Matrix | None = None
        self.test: Matrix | None = None
        self._data = data
        self._network = Network(spec, parameters)
        self._chunk = max(1, CHUNK // sum(layer.units for layer in spec.layers))
        self._pieces = self._work()

    def run(self, seconds: float) -> bool:
        """Work for about so many seconds; whether it is done."""
        until = perf_counter() + seconds
        with np.errstate(all="ignore"):
            for _ in self._pieces:
                if perf_counter() >= until:
                    return False
        return True

    def _work(self) -> Iterator[None]:
        data = self._data
        self.training = yield from self._matrix(data.inputs, data.targets, 0)
        if data.tests:
            self.test = yield from self._matrix(data.test_inputs, data.test_targets, data.rows)

    def _matrix(self, inputs: Array, targets: Array, before: int) -> Generator[None, None, Matrix]:
        """The matrix of rows that the data counts after so many others."""
        most = min(len(inputs), max(LEAST_ROWS, MOST_WORK // self._network.spec.parameter_count))
        rows = np.arange(most) * len(inputs) // most
        answered = []
        for first in range(0, most, self._chunk):
            _, activations = self._network.predict(inputs[rows[first : first + self._chunk]])
            answered.append(classes_of(activations[-1]))
            yield
        size = len(self.classes)
        cells = classes_of(targets[rows]) * size + np.concatenate(answered)
        counts = np.bincount(cells, minlength=size * size).reshape(size, size)
        first_rows = [(rows[np.flatnonzero(cells == cell)[:SHOWN]] + before).tolist() for cell in range(size * size)]
        return Matrix(counts, [first_rows[w * size : (w + 1) * size] for w in range(size)], len(inputs))


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, count + 1))
