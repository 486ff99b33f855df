"""Kinks: where a cost has a corner or a jump, so that its slope is one number to the left and another to the right.

Which functions have one is not registered but tried out: by their values and slopes close to both sides of 0.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .activations import Activation
from .losses import Loss
from .penalties import Penalty, penalties
from .registry import Array, Step
from .spec import Spec

CLOSE = 1e-9
APART = 1e-3

Place = tuple[str, tuple[int, ...]]
"""A tensor's name and an index that names no example."""


class Kinks:
    """What a spec's cost has kinks in: sums of some activations at 0, outputs at their targets, weights at 0."""

    def __init__(self, spec: Spec) -> None:
        self._sums = [f"z{layer}" for layer in range(1, spec.depth + 1) if activation_bends(spec.activation(layer))]
        self._output = f"a{spec.depth}" if loss_bends(spec.loss_entry) else ""
        self._weights = any(getattr(spec, entry.name) and penalty_bends(entry) for entry in penalties)

    def sides(self, tensors: Mapping[str, Array]) -> dict[str, Array]:
        """On which side of its kink each number lies that has one: by tensor, −1, 0 or 1 (examples, units)."""
        sides = {name: _sign(tensors[name]) for name in self._sums}
        if self._output:
            sides[self._output] = _sign(tensors[self._output] - tensors["y"])
        return sides

    def between(self, sides: list[dict[str, Array]]) -> list[Place]:
        """What lies on different sides for any example."""
        first, *others = sides
        return [
            (name, (int(unit),))
            for name, at in first.items()
            for unit in np.flatnonzero(np.any([np.any(other[name] != at, axis=0) for other in others], axis=0))
        ]

    def of_parameter(self, tensor: str, low: float, high: float) -> bool:
        """Whether a penalty has a kink at 0 between two values of a parameter."""
        return self._weights and tensor.startswith("W") and low <= 0 <= high


def activation_bends(entry: Activation) -> bool:
    """Whether an activation has a corner or a jump at 0."""
    if not entry.elementwise:
        return False
    z, a, slope = np.array([[-CLOSE, CLOSE]]), np.zeros((1, 2)), np.zeros((1, 2))
    _run(entry.forward(z, a, {}, np.asarray))
    _run(entry.slope(z, a, slope, np.asarray))
    return _apart(a) or _apart(slope)


def loss_bends(entry: Loss) -> bool:
    """Whether a loss has a corner where an output is its target."""
    y = np.full((1, 2), 0.5)
    slope = np.zeros((1, 2))
    _run(entry.gradient(y + np.array([[-CLOSE, CLOSE]]), y, slope, np.zeros((1, 2)), np.asarray))
    return _apart(slope)


def penalty_bends(entry: Penalty) -> bool:
    """Whether a penalty has a corner at 0."""
    slope = np.zeros(2)
    _run(entry.gradient(np.array([-CLOSE, CLOSE]), slope))
    return _apart(slope)


def _sign(numbers: Array) -> Array:
    """−1, 0 or 1, and 0 for what is no number."""
    return (numbers > 0).astype(np.int8) - (numbers < 0)


def _apart(pair: Array) -> bool:
    return bool(abs(np.diff(pair.ravel())[0]) > APART)


def _run(steps: list[Step]) -> None:
    for function, *arguments in steps:
        function(*arguments)
