"""Schedules: the learning rate of each update.

In rules, t counts the updates from 1, and learning_rate is the optimizer's option. Definitions are PyTorch's, whose
schedulers count from 0: StepLR, ExponentialLR, CosineAnnealingLR, and LinearLR from a `length`-th of the rate on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .registry import Array, Choice, Constant, Option, Registry, Step
from .ufuncs import clip


@dataclass(frozen=True)
class Schedule:
    """One schedule.

    Attributes:
        rule: the learning rate of update t.
        calls: `(t, learning rate, eta, spare, options, constant)` to the calls that fill `eta` with it. All are 0-d,
            and two take turns, since NumPy allocates where one number is computed in place. None where every update
            has the learning rate itself, so that nothing is to be computed.
    """

    name: str
    title: str
    description: str
    rule: str
    calls: Callable[[Array, Array, Array, Array, Choice, Constant], list[Step]] | None
    options: tuple[Option, ...] = ()


schedules: Registry[Schedule] = Registry("a schedule")

schedules.add(
    Schedule(
        name="constant",
        title="Constant",
        description="Every update has the same learning rate.",
        rule="learning_rate",
        calls=None,
    )
)

schedules.add(
    Schedule(
        name="step",
        title="Steps",
        description="After every so many updates the learning rate is multiplied by a factor.",
        rule="learning_rate*factor^floor((t-1)/every)",
        calls=lambda t, rate, eta, spare, o, k: [
            (np.subtract, t, k(1), eta),
            (np.divide, eta, k(o["every"]), spare),
            (np.floor, spare, eta),
            (np.power, k(o["factor"]), eta, spare),
            (np.multiply, rate, spare, eta),
        ],
        options=(
            Option("every", 100, "how many updates have the same learning rate", 1.0, 1e12),
            Option("factor", 0.1, "what the learning rate is multiplied by", 0.0, 1e6),
        ),
    )
)

schedules.add(
    Schedule(
        name="exponential",
        title="Exponential",
        description="After every update the learning rate is multiplied by a factor.",
        rule="learning_rate*factor^(t-1)",
        calls=lambda t, rate, eta, spare, o, k: [
            (np.subtract, t, k(1), eta),
            (np.power, k(o["factor"]), eta, spare),
            (np.multiply, rate, spare, eta),
        ],
        options=(Option("factor", 0.99, "what the learning rate is multiplied by", 0.0, 1e6),),
    )
)

schedules.add(
    Schedule(
        name="cosine",
        title="Cosine",
        description="The learning rate falls along half a cosine to its lowest, slowly at both ends, and rises again.",
        rule="learning_rate*(lowest+(1-lowest)*(1+cospi((t-1)/length))/2)",
        calls=lambda t, rate, eta, spare, o, k: [
            (np.subtract, t, k(1), spare),
            (np.divide, spare, k(o["length"]), eta),
            (np.multiply, eta, k(np.pi), spare),
            (np.cos, spare, eta),
            (np.add, eta, k(1), spare),
            (np.multiply, spare, k((1 - o["lowest"]) / 2), eta),
            (np.add, eta, k(o["lowest"]), spare),
            (np.multiply, rate, spare, eta),
        ],
        options=(
            Option("length", 100, "how many updates it takes to fall", 1.0, 1e12),
            Option("lowest", 0, "the share of the learning rate that is left then", 0.0, 1.0),
        ),
    )
)

schedules.add(
    Schedule(
        name="warm_up",
        title="Warm-up",
        description="The learning rate rises evenly in the first updates, and stays.",
        rule="learning_rate*min(1, t/length)",
        calls=lambda t, rate, eta, spare, o, k: [
            (np.divide, t, k(o["length"]), eta),
            (clip, eta, k(0), k(1), spare),
            (np.multiply, rate, spare, eta),
        ],
        options=(Option("length", 10, "how many updates it takes to rise", 1.0, 1e12),),
    )
)
