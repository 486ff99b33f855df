"""Losses: how wrong the outputs of one example are, its own cost. The cost of a batch is the mean of them.

In `rule` and `derivative`, y is the target, a the output and M the number of outputs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from .registry import Array, Constant, Registry, Step
from .ufuncs import INFINITY, clip


@dataclass(frozen=True)
class Fused:
    """dC/dz of an output in one operation, where the chain rule's factors cancel.

    As a chain, sigmoid with binary cross-entropy is 0·∞ from z = 38 on; cancelled, it is exact everywhere.

    Attributes:
        rule: dC/dz from a and y.
        derivation: the chain, line by line, that leads to the rule.
        calls: `(a, y, dz, constant)` to the calls that fill `dz`.
    """

    rule: str
    derivation: tuple[str, ...]
    calls: Callable[[Array, Array, Array, Constant], list[Step]]


@dataclass(frozen=True)
class Loss:
    """One loss.

    Attributes:
        rule: an output's share of its example's own cost; the own cost is the sum of the shares.
        derivative: d(own cost)/da of that output.
        share: `(a, y, share, scratch, constant)` to the calls that fill `share`.
        gradient: `(a, y, da, scratch, constant)` to the calls that fill `da`.
        fused: by activation of the output layer, the cancelled dC/dz.
        targets: what targets must be: any number, between 0 and 1, or a distribution over the outputs.
        needs: an activation that the output layer must have, or empty.
    """

    name: str
    title: str
    description: str
    rule: str
    derivative: str
    share: Callable[[Array, Array, Array, Array, Constant], list[Step]]
    gradient: Callable[[Array, Array, Array, Array, Constant], list[Step]]
    fused: Mapping[str, Fused] = field(default_factory=dict)
    targets: str = "any"
    needs: str = ""


losses: Registry[Loss] = Registry("a loss")


def _squares(a: Array, y: Array, share: Array, factor: Array) -> list[Step]:
    return [(np.subtract, a, y, share), (np.multiply, share, share, share), (np.multiply, share, factor, share)]


losses.add(
    Loss(
        name="half_squared_error",
        title="Half squared error",
        description="Half the squared distance of each output from its target; the half cancels in the derivative.",
        rule="(y-a)^2/2",
        derivative="a-y",
        share=lambda a, y, share, scratch, k: _squares(a, y, share, k(0.5)),
        gradient=lambda a, y, da, scratch, k: [(np.subtract, a, y, da)],
    )
)

losses.add(
    Loss(
        name="mean_squared_error",
        title="Mean squared error",
        description="The squared distance of each output from its target, averaged over the outputs.",
        rule="(y-a)^2/M",
        derivative="2*(a-y)/M",
        share=lambda a, y, share, scratch, k: _squares(a, y, share, k(1 / len(a))),
        gradient=lambda a, y, da, scratch, k: [(np.subtract, a, y, da), (np.multiply, da, k(2 / len(a)), da)],
    )
)


losses.add(
    Loss(
        name="mean_absolute_error",
        title="Mean absolute error",
        description="The distance of each output from its target; every miss pulls with the same force.",
        rule="abs(y-a)/M",
        derivative="sign(a-y)/M",
        share=lambda a, y, share, scratch, k: [
            (np.subtract, a, y, share),
            (np.absolute, share, share),
            (np.multiply, share, k(1 / len(a)), share),
        ],
        gradient=lambda a, y, da, scratch, k: [
            (np.subtract, a, y, da),
            (np.sign, da, da),
            (np.multiply, da, k(1 / len(a)), da),
        ],
    )
)


def _huber_shares(a: Array, y: Array, share: Array, scratch: Array, k: Constant) -> list[Step]:
    """With c the distance held between −1 and 1, c·distance − c²/2 is the square's half inside and a line outside."""
    return [
        (np.subtract, a, y, share),
        (clip, share, k(-1), k(1), scratch),
        (np.multiply, share, scratch, share),
        (np.multiply, scratch, scratch, scratch),
        (np.multiply, scratch, k(0.5), scratch),
        (np.subtract, share, scratch, share),
        (np.multiply, share, k(1 / len(a)), share),
    ]


losses.add(
    Loss(
        name="huber",
        title="Huber",
        description="Squared error for misses below 1, absolute error beyond, so that outliers do not rule.",
        rule="where(abs(y-a) < 1, (y-a)^2/2, abs(y-a)-1/2)/M",
        derivative="max(-1, min(1, a-y))/M",
        share=_huber_shares,
        gradient=lambda a, y, da, scratch, k: [
            (np.subtract, a, y, da),
            (clip, da, k(-1), k(1), da),
            (np.multiply, da, k(1 / len(a)), da),
        ],
    )
)


def _binary_shares(a: Array, y: Array, share: Array, scratch: Array, k: Constant) -> list[Step]:
    """−(y·ln a + (1−y)·ln(1−a)) / M, logarithms cut at −100 as in PyTorch's BCELoss."""
    return [
        (np.subtract, k(1), a, scratch),
        (np.log, scratch, scratch),
        (clip, scratch, k(-100), k(INFINITY), scratch),
        (np.log, a, share),
        (clip, share, k(-100), k(INFINITY), share),
        (np.subtract, share, scratch, share),
        (np.multiply, share, y, share),
        (np.add, share, scratch, share),
        (np.multiply, share, k(-1 / len(a)), share),
    ]


def _binary_gradient(a: Array, y: Array, da: Array, scratch: Array, k: Constant) -> list[Step]:
    """(a−y)/(a(1−a)) / M, the denominator held at 1e-12 or more as in PyTorch's BCELoss."""
    return [
        (np.subtract, k(1), a, scratch),
        (np.multiply, scratch, a, scratch),
        (clip, scratch, k(1e-12), k(INFINITY), scratch),
        (np.subtract, a, y, da),
        (np.divide, da, scratch, da),
        (np.multiply, da, k(1 / len(a)), da),
    ]


losses.add(
    Loss(
        name="binary_cross_entropy",
        title="Binary cross-entropy",
        description="How surprised the outputs, read as probabilities, are by yes-or-no targets.",
        rule="-(y*lncut(a)+(1-y)*lncut(1-a))/M",
        derivative="(a-y)/max(a*(1-a), 1e-12)/M",
        share=_binary_shares,
        gradient=_binary_gradient,
        fused={
            "sigmoid": Fused(
                rule="(a-y)/M",
                derivation=("da*(a*(1-a))", "(a-y)/(a*(1-a))/M*(a*(1-a))", "(a-y)/M"),
                calls=lambda a, y, dz, k: [(np.subtract, a, y, dz), (np.multiply, dz, k(1 / len(a)), dz)],
            )
        },
        targets="probability",
    )
)


def _never_zero(a: Array, y: Array, scratch: Array, k: Constant) -> list[Step]:
    """The outputs, with 1 added where the target is 0: there 0·ln 0 and 0/0 count as 0, not as NaN."""
    return [(np.equal, y, k(0), scratch), (np.add, scratch, a, scratch)]


def _categorical_shares(a: Array, y: Array, share: Array, scratch: Array, k: Constant) -> list[Step]:
    return [
        *_never_zero(a, y, scratch, k),
        (np.log, scratch, share),
        (np.multiply, share, y, share),
        (np.negative, share, share),
    ]


losses.add(
    Loss(
        name="cross_entropy",
        title="Cross-entropy",
        description="How surprised a softmax output is by the true class: the less it expected it, the more it costs.",
        rule="-xlny(y, a)",
        derivative="where(y > 0, -y/a, 0)",
        share=_categorical_shares,
        gradient=lambda a, y, da, scratch, k: [
            *_never_zero(a, y, scratch, k),
            (np.divide, y, scratch, da),
            (np.negative, da, da),
        ],
        fused={
            "softmax": Fused(
                rule="a-y",
                derivation=("a*(da-inner)", "a*(-y/a+1)", "a-y"),
                calls=lambda a, y, dz, k: [(np.subtract, a, y, dz)],
            )
        },
        targets="distribution",
        needs="softmax",
    )
)
