"""A look at a network: what it does with the rows that it learns from, and what can be found wrong in that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

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
        apart: how many iterations lie between them where that is no epoch; else 0.
    """

    spec: Spec
    tensors: Mapping[str, Array]
    rows: int
    total: int
    costs: Sequence[float]
    apart: int = 0

    def finding(
        self,
        failure: str,
        case: str,
        layers: tuple[int, ...] = (),
        units: tuple[tuple[int, int], ...] = (),
        **facts: Any,
    ) -> Finding:
        """A finding, with how many rows were looked at."""
        return Finding(
            failure, case, layers, units, facts | {"rows": self.rows, "total": self.total, "apart": self.apart}
        )

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
        case: which of its sentences says what is the matter.
        layers: the layers that it is about.
        units: the neurons that it is about, (layer, unit); none where it is about a layer or the cost.
        facts: the numbers and names that the sentence tells.
    """

    failure: str
    case: str
    layers: tuple[int, ...] = ()
    units: tuple[tuple[int, int], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

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
