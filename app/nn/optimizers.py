"""Optimizers: how a gradient moves the parameters.

In rules, w is a parameter, dw its gradient, and t counts the updates from 1. Definitions and defaults are PyTorch's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from .registry import Array, Choice, Constant, Option, Registry, Step


@dataclass(frozen=True)
class Quantity:
    """A number that an optimizer has for each parameter.

    Attributes:
        name: what rules call it, and the beginning of its tensors' names: `velocityW1`, `velocityb1`.
        sign: how it is written.
        rule: its new value from dw, its old value by its own name, and the new values of quantities before it.
        sentence: what it is, said plainly.
        kept: whether it is remembered from update to update, or only on the way to this one.
    """

    name: str
    sign: str
    title: str
    rule: str
    sentence: str
    kept: bool = True


@dataclass(frozen=True)
class Memory:
    """The buffers of an optimizer, all laid out like the flat parameters.

    Attributes:
        parameters, gradient: w and dw; an optimizer reads them.
        step: to be filled with what is taken away from the parameters.
        scratch: room to compute.
        quantities: by name.
        t: the number of this update, counted already.
        rate: its learning rate.
        power, rest: room for a number each; NumPy allocates where one number is computed in place.
    """

    parameters: Array
    gradient: Array
    step: Array
    scratch: Array
    quantities: Mapping[str, Array]
    t: Array
    rate: Array
    power: Array
    rest: Array


@dataclass(frozen=True)
class Optimizer:
    """One optimizer.

    Attributes:
        rule: the new value of one parameter w, from its gradient dw, the new quantities and the options.
        options: the numbers that can be chosen; `learning_rate` is always one, and a schedule may change it.
        calls: `(memory, options, constant)` to the calls that fill the quantities and the step.
        proportional: whether the step is the gradient times the rate, so that a factor may go with either.
    """

    name: str
    title: str
    description: str
    rule: str
    calls: Callable[[Memory, Choice, Constant], list[Step]]
    options: tuple[Option, ...]
    quantities: tuple[Quantity, ...] = ()
    proportional: bool = False


optimizers: Registry[Optimizer] = Registry("an optimizer")


def _learning_rate(default: float) -> Option:
    return Option("learning_rate", default, "how far one update goes", 0.0, 1e12)


def _share(name: str, default: float, description: str) -> Option:
    return Option(name, default, description, 0.0, 1.0)


EPSILON = Option("epsilon", 1e-8, "keeps the division from zero", 0.0, 1.0)

optimizers.add(
    Optimizer(
        name="sgd",
        title="Gradient descent",
        description="Moves each parameter against its gradient, by the learning rate times the gradient.",
        rule="w-learning_rate*dw",
        calls=lambda m, o, k: [(np.multiply, m.gradient, m.rate, m.step)],
        options=(_learning_rate(0.1),),
        proportional=True,
    )
)


def _velocity(m: Memory, o: Choice, k: Constant) -> list[Step]:
    v = m.quantities["velocity"]
    return [(np.multiply, v, k(o["momentum"]), v), (np.add, v, m.gradient, v)]


VELOCITY = Quantity(
    "velocity",
    "v",
    "Velocity",
    "momentum*velocity+dw",
    "the velocity keeps a share of itself and takes the gradient on",
)
MOMENTUM = _share("momentum", 0.9, "the share of its velocity that a parameter keeps")

optimizers.add(
    Optimizer(
        name="momentum",
        title="Momentum",
        description="Lets each parameter roll on: its velocity keeps a share of earlier gradients.",
        rule="w-learning_rate*velocity",
        calls=lambda m, o, k: [
            *_velocity(m, o, k),
            (np.multiply, m.quantities["velocity"], m.rate, m.step),
        ],
        options=(_learning_rate(0.1), MOMENTUM),
        quantities=(VELOCITY,),
    )
)

optimizers.add(
    Optimizer(
        name="nesterov",
        title="Nesterov momentum",
        description="Momentum that looks ahead: the step counts the velocity once more before it is taken.",
        rule="w-learning_rate*(dw+momentum*velocity)",
        calls=lambda m, o, k: [
            *_velocity(m, o, k),
            (np.multiply, m.quantities["velocity"], k(o["momentum"]), m.step),
            (np.add, m.step, m.gradient, m.step),
            (np.multiply, m.step, m.rate, m.step),
        ],
        options=(_learning_rate(0.1), MOMENTUM),
        quantities=(VELOCITY,),
    )
)


def _divided(squares: Array, m: Memory, o: Choice, k: Constant) -> list[Step]:
    """step = learning rate · dw / (√squares + ε)."""
    return [
        (np.sqrt, squares, m.scratch),
        (np.add, m.scratch, k(o["epsilon"]), m.scratch),
        (np.divide, m.gradient, m.scratch, m.step),
        (np.multiply, m.step, m.rate, m.step),
    ]


optimizers.add(
    Optimizer(
        name="adagrad",
        title="Adagrad",
        description="Gives each parameter its own pace: the more gradient it has seen, the smaller its steps.",
        rule="w-learning_rate*dw/(sqrt(total)+epsilon)",
        calls=lambda m, o, k: [
            (np.multiply, m.gradient, m.gradient, m.scratch),
            (np.add, m.quantities["total"], m.scratch, m.quantities["total"]),
            *_divided(m.quantities["total"], m, o, k),
        ],
        options=(_learning_rate(0.1), Option("epsilon", 1e-10, "keeps the division from zero", 0.0, 1.0)),
        quantities=(
            Quantity("total", "s", "Sum of squared gradients", "total+dw^2", "every gradient's square is added up"),
        ),
    )
)


def _mean(mean: Array, value: Array, share: float, m: Memory, k: Constant) -> list[Step]:
    """mean ← share · mean + (1 − share) · value; `value` may be the scratch."""
    return [
        (np.multiply, mean, k(share), mean),
        (np.multiply, value, k(1 - share), m.scratch),
        (np.add, mean, m.scratch, mean),
    ]


optimizers.add(
    Optimizer(
        name="rmsprop",
        title="RMSprop",
        description="Divides each step by how large the gradient has lately been, so that all parameters move alike.",
        rule="w-learning_rate*dw/(sqrt(square)+epsilon)",
        calls=lambda m, o, k: [
            (np.multiply, m.gradient, m.gradient, m.scratch),
            *_mean(m.quantities["square"], m.scratch, o["decay"], m, k),
            *_divided(m.quantities["square"], m, o, k),
        ],
        options=(_learning_rate(0.01), _share("decay", 0.99, "the share of its mean that a square keeps"), EPSILON),
        quantities=(
            Quantity(
                "square",
                "s",
                "Mean squared gradient",
                "decay*square+(1-decay)*dw^2",
                "a running mean of the gradient's square",
            ),
        ),
    )
)


def _adam(m: Memory, o: Choice, k: Constant) -> list[Step]:
    """Kingma and Ba 2015: running means of the gradient and its square, each corrected for having begun at 0."""
    q = m.quantities
    return [
        *_mean(q["m"], m.gradient, o["beta1"], m, k),
        (np.multiply, m.gradient, m.gradient, m.scratch),
        *_mean(q["v"], m.scratch, o["beta2"], m, k),
        (np.power, k(o["beta1"]), m.t, m.power),
        (np.subtract, k(1), m.power, m.rest),
        (np.divide, q["m"], m.rest, q["mc"]),
        (np.power, k(o["beta2"]), m.t, m.power),
        (np.subtract, k(1), m.power, m.rest),
        (np.divide, q["v"], m.rest, q["vc"]),
        (np.sqrt, q["vc"], m.scratch),
        (np.add, m.scratch, k(o["epsilon"]), m.scratch),
        (np.divide, q["mc"], m.scratch, m.step),
        (np.multiply, m.step, m.rate, m.step),
    ]


ADAM_QUANTITIES = (
    Quantity("m", "m", "Mean gradient", "beta1*m+(1-beta1)*dw", "a running mean of the gradient"),
    Quantity("v", "v", "Mean squared gradient", "beta2*v+(1-beta2)*dw^2", "a running mean of the gradient's square"),
    Quantity(
        "mc",
        "m̂",
        "Corrected mean gradient",
        "m/(1-beta1^t)",
        "the mean gradient, corrected for having begun at 0",
        kept=False,
    ),
    Quantity(
        "vc",
        "v̂",
        "Corrected mean squared gradient",
        "v/(1-beta2^t)",
        "the mean square, corrected for having begun at 0",
        kept=False,
    ),
)
ADAM_OPTIONS = (
    _learning_rate(0.001),
    _share("beta1", 0.9, "the share of its mean that a gradient keeps"),
    _share("beta2", 0.999, "the share of its mean that a square keeps"),
    EPSILON,
)

optimizers.add(
    Optimizer(
        name="adam",
        title="Adam",
        description="Momentum and a pace of its own for each parameter, both corrected at the beginning.",
        rule="w-learning_rate*mc/(sqrt(vc)+epsilon)",
        calls=_adam,
        options=ADAM_OPTIONS,
        quantities=ADAM_QUANTITIES,
    )
)

optimizers.add(
    Optimizer(
        name="adamw",
        title="AdamW",
        description="Adam, with each parameter also shrunk a little at every update.",
        rule="w-learning_rate*weight_decay*w-learning_rate*mc/(sqrt(vc)+epsilon)",
        calls=lambda m, o, k: [
            *_adam(m, o, k),
            (np.multiply, m.rate, k(o["weight_decay"]), m.power),
            (np.multiply, m.parameters, m.power, m.scratch),
            (np.add, m.step, m.scratch, m.step),
        ],
        options=(*ADAM_OPTIONS, Option("weight_decay", 0.01, "how much every parameter shrinks", 0.0, 1e6)),
        quantities=ADAM_QUANTITIES,
    )
)
