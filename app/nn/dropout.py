"""Dropout: in training, each hidden unit is left out of an example with a chance; those that stay count for more.

Inverted, as in PyTorch: a unit that stays is multiplied by 1/(1 − p), so that on average nothing changes, and nothing
has to be done where nothing is dropped: on rows that are not learned from, and in every evaluation.
"""

from __future__ import annotations

import numpy as np

from .registry import Array
from .spec import Spec

DROPOUT = 8
"""The purpose of a random draw; every draw is a function of (seed, purpose, number)."""

KEPT_RULE, BACK_RULE = "mask*a", "mask*dkept"


def mask(spec: Spec, layer: int, iteration: int, examples: int) -> Array:
    """The factors of a layer's units in an iteration, (examples, units): 0 for what is dropped, else 1/(1 − p)."""
    chance = spec.layers[layer].dropout
    generator = np.random.Generator(np.random.PCG64([spec.seed, DROPOUT, iteration, layer]))
    stays = generator.random((examples, spec.units(layer))) >= chance
    return np.asarray(stays / (1 - chance), spec.dtype)


def passed_on(spec: Spec, layer: int) -> str:
    """The tensor of a layer that the one above it reads: its activations, or what dropout keeps of them."""
    return f"kept{layer}" if spec.layers[layer].dropout else f"a{layer}"
