"""Failures: what goes wrong with networks that learn badly or not at all, recognised in their numbers.

A new failure is one entry here: how it is recognised, what is said of it, and what to try.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from . import recognise
from .look import Finding, Look
from .registry import Registry


@dataclass(frozen=True)
class Failure:
    """One way to fail.

    Attributes:
        glyph: its sign on a neuron.
        says: what is the matter, by the name of the case, with places for a finding's facts.
        remedies: what to try.
        recognise: finds it in a look.
        in_costs: whether it is seen in the costs of earlier epochs, and not in the parameters of now alone.
    """

    name: str
    title: str
    description: str
    glyph: str
    says: dict[str, str]
    remedies: tuple[str, ...]
    recognise: Callable[[Look], Iterator[Finding]]
    in_costs: bool = False


TIMES = {"times": "{times} times", "million": "over a million times"}

failures: Registry[Failure] = Registry("a failure")


def diagnose(look: Look) -> list[Finding]:
    """Every failure that a look shows."""
    with np.errstate(all="ignore"):
        return [finding for failure in failures for finding in failure.recognise(look)]


failures.add(
    Failure(
        name="dead_relu",
        title="Dead neuron",
        description="A neuron whose sum is on the flat side of its activation for every training row.",
        glyph="✕",
        says={
            "one": "{units}: the weighted sum is 0 or less on {rows}, where the slope is 0. So its weights get no "
            "gradient, and stay as they are.",
            "several": "{units}: the weighted sums are 0 or less on {rows}, where the slope is 0. So their weights get "
            "no gradient, and stay as they are.",
        },
        remedies=(
            "Set its bias higher, so that its sum is positive for some rows.",
            "Use leaky ReLU or ELU, which have a slope below 0 too.",
            "Lower the learning rate: one large update can kill a neuron.",
        ),
        recognise=recognise.dead,
    )
)

failures.add(
    Failure(
        name="saturated",
        title="Saturated neuron",
        description="A neuron of a squashing activation that is far out, where it is flat, for most training rows.",
        glyph="▬",
        says={
            case + wrong: "{units}: the slope of {activation:lower} is under 1 % of its largest on "
            f"{many}{answer}. Hardly any gradient comes through."
            for case, many in (("always", "{rows}"), ("mostly", "{least} or more of {of_rows}"))
            for wrong, answer in (("", ""), ("_wrong", ", and the answer is wrong there"))
        },
        remedies=(
            "Start with smaller weights: the xavier initializer is made for it.",
            "Scale the inputs, so that they are around 0 and not much larger than 1.",
            "At an output, use cross-entropy, which does not multiply by the slope.",
        ),
        recognise=recognise.saturated,
    )
)

failures.add(
    Failure(
        name="symmetric",
        title="Neurons that stay alike",
        description="Neurons of a layer with the same weights, which get the same gradients and never part.",
        glyph="=",
        says={
            case: f"Alike: {groups}. Their weights are the same, coming in and going out, so they compute the same, "
            "get the same gradient and stay alike for ever: together they can do no more than one neuron."
            for case, groups in (("alike", "{groups}"), ("more", "{groups}; and {more} more groups"))
        },
        remedies=("Use an initializer that draws at random.", "Change one weight of one of them by hand."),
        recognise=recognise.symmetric,
    )
)

failures.add(
    Failure(
        name="flat_activation",
        title="No slope to learn by",
        description="A layer whose activation is flat everywhere, so that no gradient passes.",
        glyph="⊓",
        says={
            "hidden": "{layer} uses {activation:lower}, whose slope is 0 everywhere. No gradient passes it, so no "
            "layer up to this one learns.",
            "output": "{layer} uses {activation:lower}, whose slope is 0 everywhere. No gradient passes it, so "
            "nothing in this network learns.",
        },
        remedies=("Use sigmoid, a smooth step whose slope is never 0.",),
        recognise=recognise.flat,
    )
)

failures.add(
    Failure(
        name="vanishing_gradient",
        title="Vanishing gradient",
        description="In a deep network, a gradient over 1,000 times smaller in the first layer than in the last.",
        glyph="↘",
        says={
            case: f"The gradient of the first layer's weights is {times} smaller than that of the last layer's: it "
            "shrinks on its way back, and the first layers hardly learn."
            for case, times in TIMES.items()
        },
        remedies=(
            "Use ReLU or tanh in the hidden layers: a sigmoid's slope is 0.25 at most, at every layer.",
            "Start with the xavier or he initializer.",
            "Use fewer layers.",
        ),
        recognise=recognise.vanishing,
    )
)

failures.add(
    Failure(
        name="exploding_gradient",
        title="Exploding gradient",
        description="In a deep network, a gradient over 1,000 times larger in the first layer than in the last.",
        glyph="↗",
        says={
            case: f"The gradient of the first layer's weights is {times} larger than that of the last layer's: it "
            "grows on its way back, and the first layers are thrown about."
            for case, times in TIMES.items()
        },
        remedies=("Start with smaller weights: the xavier or he initializer.", "Lower the learning rate."),
        recognise=recognise.exploding,
    )
)

failures.add(
    Failure(
        name="rising_cost",
        title="The cost rises",
        description="A cost that became at least twice as large within the last epochs.",
        glyph="⇈",
        says={
            case: f"The cost over {{rows}} rose from {{first}} {end} in the last {{stretches}}. Each update goes too "
            "far: for this network and these inputs, the learning rate is too high."
            for case, end in (("to", "to {last}"), ("past", "past all bounds"))
        },
        remedies=("Lower the learning rate, ten times to begin with.", "Scale the inputs down."),
        recognise=recognise.rising,
        in_costs=True,
    )
)

failures.add(
    Failure(
        name="oscillating_cost",
        title="The cost goes up and down",
        description="A cost that goes up and down in turns by two fifths of itself or more, and gets no smaller.",
        glyph="∿",
        says={
            "turns": "The cost over {rows} went up and down in turns in the last {stretches}, between {low} and "
            "{high}. The updates jump over the minimum: the learning rate is too high.",
        },
        remedies=("Lower the learning rate.", "Take larger batches, so that each update sees more rows."),
        recognise=recognise.oscillating,
        in_costs=True,
    )
)
