"""Activation functions: what a neuron makes of its weighted sum.

A new activation is one entry here. `rule` and `derivative` are written in the grammar of `steps/expressions` and are
what a learner reads; `forward` and `slope` say the same to NumPy, and tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from .normal import gelu_slope, normal_cdf, silu_slope
from .registry import Array, Constant, Registry, Step
from .ufuncs import INFINITY, clip


@dataclass(frozen=True)
class Shared:
    """A number of the whole layer, one per example, that an activation needs: softmax's maximum and sum.

    Attributes:
        name: its tensor's name without the layer's number.
        kind: the name of the operation that computes it.
        rule: how it is computed.
        partials: its derivative by each number that the rule reads, in terms of these and of itself.
    """

    name: str
    kind: str
    rule: str
    partials: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Activation:
    """One activation function.

    Attributes:
        rule: a from z (and from `shared` numbers).
        derivative: da/dz in terms of z and a. With `back` numbers: dC/dz in terms of a and da instead.
        forward: `(z, a, shared, constant)` to the calls that fill `a`.
        slope: `(z, a, s, constant)` to the calls that fill `s` with the derivative, element by element;
            or, with `back` numbers, `(a, da, dz, back, constant)` to the calls that fill `dz`.
        low, high: the range of `a`.
        partials: with `shared` numbers, the derivative of a by z and by each of them, the others being held.
    """

    name: str
    title: str
    description: str
    rule: str
    derivative: str
    forward: Callable[[Array, Array, Mapping[str, Array], Constant], list[Step]]
    slope: Callable[..., list[Step]]
    low: float = -INFINITY
    high: float = INFINITY
    shared: tuple[Shared, ...] = ()
    back: tuple[Shared, ...] = ()
    partials: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def elementwise(self) -> bool:
        """Whether each neuron's value depends on its own sum alone."""
        return not self.shared

    @property
    def delta_rule(self) -> str:
        """dC/dz from da: error times slope, by the chain rule."""
        return self.derivative if self.back else f"da*({self.derivative})"


activations: Registry[Activation] = Registry("an activation")

activations.add(
    Activation(
        name="sigmoid",
        title="Sigmoid",
        description="Squashes any sum to a value between 0 and 1; far from 0 it is nearly flat and learns slowly.",
        rule="1/(1+exp(-z))",
        derivative="a*(1-a)",
        forward=lambda z, a, shared, k: [
            (np.negative, z, a),
            (np.exp, a, a),
            (np.add, a, k(1), a),
            (np.reciprocal, a, a),
        ],
        slope=lambda z, a, s, k: [(np.subtract, k(1), a, s), (np.multiply, s, a, s)],
        low=0,
        high=1,
    )
)

activations.add(
    Activation(
        name="tanh",
        title="Tanh",
        description="Squashes any sum to a value between −1 and 1, and leaves 0 at 0.",
        rule="tanh(z)",
        derivative="1-a^2",
        forward=lambda z, a, shared, k: [(np.tanh, z, a)],
        slope=lambda z, a, s, k: [(np.multiply, a, a, s), (np.subtract, k(1), s, s)],
        low=-1,
        high=1,
    )
)

activations.add(
    Activation(
        name="relu",
        title="ReLU",
        description="Lets a positive sum through and turns a negative one into 0, where nothing is learned.",
        rule="max(0, z)",
        derivative="where(z > 0, 1, 0)",
        forward=lambda z, a, shared, k: [(clip, z, k(0), k(INFINITY), a)],
        # Of what lies between 0 and 1 only 0 is not rounded up: two calls in half the time of np.sign.
        slope=lambda z, a, s, k: [(clip, a, k(0), k(1), s), (np.ceil, s, s)],
        low=0,
    )
)

activations.add(
    Activation(
        name="leaky_relu",
        title="Leaky ReLU",
        description="Like ReLU, but lets a hundredth of a negative sum through, so that no neuron stops learning.",
        rule="where(z > 0, z, 0.01*z)",
        derivative="where(z > 0, 1, 0.01)",
        # np.fmax passes over NaN, but here both of its arguments are NaN or neither is.
        forward=lambda z, a, shared, k: [(np.multiply, z, k(0.01), a), (np.fmax, z, a, a)],
        slope=lambda z, a, s, k: [(np.greater, z, k(0), s), (clip, s, k(0.01), k(1), s)],
    )
)

activations.add(
    Activation(
        name="elu",
        title="ELU",
        description="Like ReLU for positive sums; negative ones bend smoothly towards −1.",
        rule="where(z > 0, z, exp(z)-1)",
        derivative="where(z > 0, 1, a+1)",
        forward=lambda z, a, shared, k: [
            (clip, z, k(-INFINITY), k(0), a),
            (np.expm1, a, a),
            (np.fmax, z, a, a),  # e^z − 1 is never below z, so the larger is the right one on both sides
        ],
        slope=lambda z, a, s, k: [(clip, a, k(-INFINITY), k(0), s), (np.add, s, k(1), s)],
        low=-1,
    )
)

activations.add(
    Activation(
        name="softplus",
        title="Softplus",
        description="A smooth ReLU: its slope is the sigmoid, and it is never quite 0.",
        rule="ln(1+exp(z))",
        derivative="1/(1+exp(-z))",
        forward=lambda z, a, shared, k: [(np.logaddexp, z, k(0), a)],
        slope=lambda z, a, s, k: [
            (np.negative, z, s),
            (np.exp, s, s),
            (np.add, s, k(1), s),
            (np.reciprocal, s, s),
        ],
        low=0,
    )
)

activations.add(
    Activation(
        name="silu",
        title="SiLU",
        description="The sum times its own sigmoid: like ReLU far from 0, with a dip below it.",
        rule="z/(1+exp(-z))",
        derivative="(1+a*exp(-z))/(1+exp(-z))",
        forward=lambda z, a, shared, k: [
            (np.negative, z, a),
            (np.exp, a, a),
            (np.add, a, k(1), a),
            (np.divide, z, a, a),
        ],
        slope=lambda z, a, s, k: [(silu_slope, z, a, s)],
        low=-0.2785,
    )
)

activations.add(
    Activation(
        name="gelu",
        title="GELU",
        description="The sum times the share of a bell curve that lies below it; exact, not the tanh approximation.",
        rule="z*Phi(z)",
        derivative="Phi(z)+z*phi(z)",
        forward=lambda z, a, shared, k: [(normal_cdf, z, a), (np.multiply, a, z, a)],
        slope=lambda z, a, s, k: [(gelu_slope, z, s)],
        low=-0.17,
    )
)

activations.add(
    Activation(
        name="step",
        title="Hard step",
        description="The perceptron's: 1 above 0, else 0. Its slope is 0 everywhere, so below it nothing is learned.",
        rule="where(z > 0, 1, 0)",
        derivative="0",
        forward=lambda z, a, shared, k: [(np.heaviside, z, k(0), a)],
        slope=lambda z, a, s, k: [(np.copyto, s, k(0))],
        low=0,
        high=1,
    )
)

activations.add(
    Activation(
        name="linear",
        title="Linear",
        description="Passes the sum on unchanged; for outputs that may be any number.",
        rule="z",
        derivative="1",
        forward=lambda z, a, shared, k: [(np.positive, z, a)],
        slope=lambda z, a, s, k: [(np.copyto, s, k(1))],
    )
)

activations.add(
    Activation(
        name="softmax",
        title="Softmax",
        description="Turns the sums of a whole layer into shares between 0 and 1 that add up to 1; one alone is 1.",
        rule="exp(z-max)/sum",
        derivative="a*(da-inner)",
        # The largest sum is taken away first: the shares are the same, and exp cannot overflow.
        forward=lambda z, a, shared, k: [
            (np.maximum.reduce, z, 0, None, shared["max"]),
            (np.subtract, z, shared["max"], a),
            (np.exp, a, a),
            (np.add.reduce, a, 0, None, shared["sum"]),
            (np.divide, a, shared["sum"], a),
        ],
        slope=lambda a, da, dz, back, k: [
            (np.multiply, a, da, dz),
            (np.add.reduce, dz, 0, None, back["inner"]),
            (np.subtract, da, back["inner"], dz),
            (np.multiply, dz, a, dz),
        ],
        low=0,
        high=1,
        shared=(
            Shared("max", "maximum", "max(z)", {"z": "where(z < max, 0, 1)"}),
            Shared("sum", "total", "sum(exp(z-max))", {"z": "exp(z-max)", "max": "-sum"}),
        ),
        back=(Shared("inner", "inner", "sum(da*a)"),),
        partials={"z": "a", "max": "-a", "sum": "-a/sum"},
    )
)
