"""A look at a network: what it does with the rows that it learns from, and what can be found wrong in that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .activations import Activation
from .registry import Array, Step
from .spec import Spec


@dataclass(frozen=True)
class Look:
    """What a network does with the rows that it learns from, at the start of an iteration.

    Attributes:
        tensors: those of a plan over all the rows that were looked at, as its gradients leave them.
        rows, total: how many these are, and how many rows there are to train on.
        costs: the costs over the same rows an epoch apart, the last being that of now; fewer where it has just begun.
        stretches: what lies between them, for a sentence: `epochs`.
        units: what units of a layer are called, as in `hidden neurons 1 and 3`.
        layer: what a layer is called, as in `hidden layer 2`.
        number: a number as a person reads it.
    """

    spec: Spec
    tensors: Mapping[str, Array]
    rows: int
    total: int
    costs: Sequence[float]
    stretches: str
    units: Callable[[int, Sequence[int]], str]
    layer: Callable[[int], str]
    number: Callable[[float], str]

    @property
    def everywhere(self) -> str:
        """The rows that were looked at, for a sentence."""
        if self.rows < self.total:
            return f"all {self.rows:,} training rows that were looked at, of {self.total:,}"
        return f"all {self.total:,} training rows" if self.total > 1 else "the only training row"

    def slopes(self, layer: int) -> Array | None:
        """The slopes of a layer's neurons, (rows, units); None where its delta is not an error times a slope."""
        activation = self.spec.activation(layer)
        if not activation.elementwise or (layer == self.spec.depth and self.spec.fused):
            return None
        z, a = self.tensors[f"z{layer}"], self.tensors[f"a{layer}"]
        slopes = np.empty_like(z)
        _run(activation.slope(z, a, slopes, lambda value: np.array(value, z.dtype)))
        return slopes


@dataclass(frozen=True)
class Finding:
    """A failure that was recognised.

    Attributes:
        failure: the name of its entry.
        sentence: what is the matter, with the neurons and the numbers.
        layers: the layers that it is about.
        units: the neurons that it is about, (layer, unit); none where it is about a layer or the cost.
    """

    failure: str
    sentence: str
    layers: tuple[int, ...] = ()
    units: tuple[tuple[int, int], ...] = ()

    def continues(self, other: Finding) -> bool:
        """Whether it is the same trouble at another iteration: of the same layers, and a neuron in common."""
        same = (self.failure, self.layers) == (other.failure, other.layers)
        return same and (not self.units or bool(set(self.units) & set(other.units)))


@lru_cache
def steepest(activation: Activation) -> float:
    """The largest slope that an elementwise activation has, from a fine grid of sums around 0."""
    z = np.linspace(-8, 8, 3201)
    a, slopes = np.empty_like(z), np.empty_like(z)
    _run(activation.forward(z, a, {}, np.array))
    _run(activation.slope(z, a, slopes, np.array))
    return float(slopes.max())


def _run(calls: Sequence[Step]) -> None:
    for function, *arguments in calls:
        function(*arguments)
