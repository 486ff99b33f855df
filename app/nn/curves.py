"""Curves: an activation and its slope over a stretch of sums, by the same calls that a network runs."""

from __future__ import annotations

import numpy as np

from .activations import Activation
from .registry import Array

POINTS = 121
"""An odd number, so that 0 is one of the sums."""


def curve(activation: Activation, reach: float) -> tuple[Array, Array, Array]:
    """Sums z from −reach to reach, and f(z) and f′(z) of an elementwise activation, each (points)."""
    z = np.linspace(-reach, reach, POINTS)
    a, slope = np.empty_like(z), np.empty_like(z)
    with np.errstate(all="ignore"):
        for function, *arguments in [
            *activation.forward(z, a, {}, np.array),
            *activation.slope(z, a, slope, np.array),
        ]:
            function(*arguments)
    return z, a, slope
