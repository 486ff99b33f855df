"""Clipping: a gradient that is too long, all parameters together, is shortened and keeps its direction.

The definition is PyTorch's `clip_grad_norm_`, whose 1e-6 keeps the division from zero.
"""

from __future__ import annotations

import numpy as np

from .optimizers import Quantity
from .registry import Array, Constant, Step
from .ufuncs import clip

SCALE_RULE = "min(1, clip/(norm+1e-6))"

CLIPPED = Quantity(
    "clipped",
    "g",
    "Clipped gradient",
    "scale*dw",
    "the gradient, shortened by the same share as all others, so that their direction stays",
    kept=False,
)
"""The gradient that the optimizer reads in the place of its parameter's own."""


def clipping_calls(gradient: Array, norm: Array, scale: Array, longest: float, constant: Constant) -> list[Step]:
    """The calls that fill `norm` with the length of a flat gradient and `scale` with what clipping leaves of it."""
    spare = np.zeros_like(scale)
    return [
        (gradient.dot, gradient, scale),
        (np.sqrt, scale, norm),
        (np.add, norm, constant(1e-6), scale),
        (np.divide, constant(longest), scale, spare),
        (clip, spare, constant(0), constant(1), scale),
    ]
