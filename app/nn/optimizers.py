"""Optimizers: how a gradient moves the parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .registry import Array, Choice, Constant, Option, Registry, Step

LEARNING_RATE = Option("learning_rate", 0.1, "how far one update goes", 0.0, 1e12)


@dataclass(frozen=True)
class Optimizer:
    """One optimizer.

    Attributes:
        rule: the new value of one parameter w, from its gradient dw and the options.
        calls: `(step, gradient, options, constant)` to the calls that fill `step`, which is then taken away from the
            parameters, all of them in one flat buffer.
    """

    name: str
    title: str
    description: str
    rule: str
    calls: Callable[[Array, Array, Choice, Constant], list[Step]]
    options: tuple[Option, ...] = (LEARNING_RATE,)


optimizers: Registry[Optimizer] = Registry("an optimizer")

optimizers.add(
    Optimizer(
        name="sgd",
        title="Gradient descent",
        description="Moves each parameter against its gradient, by the learning rate times the gradient.",
        rule="w-learning_rate*dw",
        calls=lambda step, gradient, o, k: [(np.multiply, gradient, k(o["learning_rate"]), step)],
    )
)
