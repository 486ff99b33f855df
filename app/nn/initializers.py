"""Initializers: where the parameters start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .registry import Array, Choice, Option, Registry

Draw = Callable[[np.random.Generator, Choice, tuple[int, int]], Array]
"""From a generator, the options and (units, inputs) to numbers for the weights and, as a last column, the biases."""


@dataclass(frozen=True)
class Initializer:
    """One way to start.

    Attributes:
        rule: how one weight is drawn, in words and symbols, for a person.
        draw: `(generator, options, (units, inputs))` to an array (units, inputs + 1), biases in the last column.
        options: the numbers that it can be given.
    """

    name: str
    title: str
    description: str
    rule: str
    draw: Draw
    options: tuple[Option, ...] = ()


initializers: Registry[Initializer] = Registry("an initializer")


def _with_zero_biases(weights: Array) -> Array:
    return np.hstack([weights, np.zeros((len(weights), 1))])


def _xavier(generator: np.random.Generator, options: Choice, shape: tuple[int, int]) -> Array:
    """Glorot and Bengio 2010: uniform in ±√(6 / (inputs + units))."""
    bound = np.sqrt(6 / (shape[0] + shape[1]))
    return _with_zero_biases(generator.uniform(-bound, bound, shape))


def _he(generator: np.random.Generator, options: Choice, shape: tuple[int, int]) -> Array:
    """He et al. 2015: normal with deviation √(2 / inputs)."""
    return _with_zero_biases(generator.normal(0, np.sqrt(2 / shape[1]), shape))


initializers.add(
    Initializer(
        name="uniform",
        title="Uniform",
        description="Every weight and bias is drawn evenly from one range, 0 to 1 unless another is given.",
        rule="low to high",
        draw=lambda generator, o, shape: generator.uniform(
            min(o["low"], o["high"]), max(o["low"], o["high"]), (shape[0], shape[1] + 1)
        ),
        options=(
            Option("low", 0.0, "the smallest start value", -1e6, 1e6),
            Option("high", 1.0, "the largest start value", -1e6, 1e6),
        ),
    )
)

initializers.add(
    Initializer(
        name="normal",
        title="Normal",
        description="Every weight and bias is drawn from a bell curve.",
        rule="N(mean, deviation²)",
        draw=lambda generator, o, shape: generator.normal(o["mean"], o["deviation"], (shape[0], shape[1] + 1)),
        options=(
            Option("mean", 0.0, "the centre of the bell curve", -1e6, 1e6),
            Option("deviation", 1.0, "its width", 0.0, 1e6),
        ),
    )
)

initializers.add(
    Initializer(
        name="zeros",
        title="Zeros",
        description="Everything starts at 0; neurons of a layer then stay alike for ever.",
        rule="0",
        draw=lambda generator, o, shape: np.zeros((shape[0], shape[1] + 1)),
    )
)

initializers.add(
    Initializer(
        name="constant",
        title="Constant",
        description="Everything starts at one number; like zeros, it keeps the neurons of a layer alike.",
        rule="value",
        draw=lambda generator, o, shape: np.full((shape[0], shape[1] + 1), o["value"]),
        options=(Option("value", 0.5, "where every weight and bias starts", -1e6, 1e6),),
    )
)

initializers.add(
    Initializer(
        name="lecun",
        title="LeCun",
        description="Weights are drawn so that a sum varies as much as one input does; biases start at 0.",
        rule="N(0, 1 / inputs)",
        draw=lambda generator, o, shape: _with_zero_biases(generator.normal(0, np.sqrt(1 / shape[1]), shape)),
    )
)

initializers.add(
    Initializer(
        name="xavier",
        title="Xavier",
        description="Weights are drawn so that sigmoid and tanh layers neither fade nor saturate; biases start at 0.",
        rule="±√(6 / (inputs + units))",
        draw=_xavier,
    )
)

initializers.add(
    Initializer(
        name="he",
        title="He",
        description="Weights are drawn wide enough for relu, which silences half of its inputs; biases start at 0.",
        rule="N(0, 2 / inputs)",
        draw=_he,
    )
)
