"""Penalties: what large weights cost, added to the cost of the data. Biases are free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .registry import Array, Registry, Step


@dataclass(frozen=True)
class Penalty:
    """One penalty; its factor is the field of the spec that has its name.

    Attributes:
        rule: what one weight w costs, before the factor.
        derivative: the derivative of that.
        cost, gradient: `(w, out)` to the calls that fill `out` with what each costs, and with the derivative.
    """

    name: str
    title: str
    description: str
    rule: str
    derivative: str
    cost: Callable[[Array, Array], list[Step]]
    gradient: Callable[[Array, Array], list[Step]]


penalties: Registry[Penalty] = Registry("a penalty")

penalties.add(
    Penalty(
        name="l2",
        title="L2",
        description="Each weight costs its square, so that large weights shrink most.",
        rule="w^2",
        derivative="2*w",
        cost=lambda w, out: [(np.multiply, w, w, out)],
        gradient=lambda w, out: [(np.add, w, w, out)],
    )
)

penalties.add(
    Penalty(
        name="l1",
        title="L1",
        description="Each weight costs its size, so that weights of little use go to 0.",
        rule="abs(w)",
        derivative="sign(w)",
        cost=lambda w, out: [(np.absolute, w, out)],
        gradient=lambda w, out: [(np.sign, w, out)],
    )
)
