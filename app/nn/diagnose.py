"""Failures: what goes wrong with networks that learn badly or not at all, recognised in their numbers.

A new failure is one entry here: how it is recognised, what is said of it, and what to try.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from .look import Finding, Look, steepest
from .registry import Registry

SATURATED = 0.01
"""The share of its steepest slope below which a neuron counts as flat."""
MOST = 0.9
"""The share of the rows on which a saturated neuron is flat. One that tells classes apart well is flat on many, too."""
VANISHING, EXPLODING, DEEP = 1e-3, 1e3, 3
"""Norms of the first layer's gradient over the last's that are remarked on, from how many layers on."""
ALIKE = 1e-9
"""How far numbers that are the same may differ by rounding, as a share of the layer's largest weight."""
GROUPS = 3
"""How many groups of alike neurons are named."""
RISEN = 2.0
"""So many times as large a cost has become if it rises."""
SHAKEN, STUCK = 0.4, 0.8
"""A cost oscillates if it changes by so large a share of itself each time, and if so much of it is left after half."""


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


def _dead(look: Look) -> Iterator[Finding]:
    """A neuron of an activation that is flat on one side only, on that side for every row."""
    for layer in range(1, look.spec.depth + 1):
        activation, slopes = look.spec.activation(layer), look.slopes(layer)
        if slopes is None or np.isinf(activation.low) or np.isfinite(activation.high):
            continue
        dead = np.flatnonzero((slopes == 0).all(axis=0)).tolist()
        if len(dead):
            case = "one" if len(dead) == 1 else "several"
            yield look.finding("dead_relu", case, (layer,), _neurons(layer, dead))


def _saturated(look: Look) -> Iterator[Finding]:
    """A neuron that is flat for most rows; an output only where it is wrong by more than half of its range there."""
    for layer in range(1, look.spec.depth + 1):
        activation, slopes = look.spec.activation(layer), look.slopes(layer)
        if slopes is None or not np.isfinite([activation.low, activation.high]).all() or not steepest(activation):
            continue
        flat = slopes < SATURATED * steepest(activation)
        if layer == look.spec.depth:
            error = np.abs(look.tensors["y"] - look.tensors[f"a{layer}"])
            flat &= error > (activation.high - activation.low) / 2
        counts = flat.sum(axis=0)
        stuck = np.flatnonzero(counts >= MOST * look.rows).tolist()
        if len(stuck):
            least = int(counts[stuck].min())
            case = ("always" if least == look.rows else "mostly") + ("_wrong" if layer == look.spec.depth else "")
            facts = {"activation": activation.name, "least": least}
            yield look.finding("saturated", case, (layer,), _neurons(layer, stuck), **facts)


def _symmetric(look: Look) -> Iterator[Finding]:
    """Hidden neurons of a layer with the same weights, coming in and going out."""
    for layer in range(1, look.spec.depth):
        W, b, out = (look.tensors[name] for name in (f"W{layer}", f"b{layer}", f"W{layer + 1}"))
        numbers = np.hstack([W, b[:, None], out.T])
        unit = ALIKE * np.abs(numbers).max()
        if not np.isfinite(unit):
            continue
        rounded = np.round(numbers / unit) if unit else numbers
        _, group, sizes = np.unique(rounded, axis=0, return_inverse=True, return_counts=True)
        group = group.reshape(-1)
        shared = [np.flatnonzero(group == at).tolist() for at in np.flatnonzero(sizes > 1)]
        if shared:
            shared.sort(key=lambda units: units[0])
            alike = [unit for units in shared for unit in units]
            case = "alike" if len(shared) <= GROUPS else "more"
            facts = {"groups": shared[:GROUPS], "more": len(shared) - GROUPS}
            yield look.finding("symmetric", case, (layer,), _neurons(layer, alike), **facts)


def _step(look: Look) -> Iterator[Finding]:
    """A layer whose activation is flat everywhere."""
    for layer in range(1, look.spec.depth + 1):
        activation = look.spec.activation(layer)
        if look.slopes(layer) is None or steepest(activation):
            continue
        case = "output" if layer == look.spec.depth else "hidden"
        neurons = _neurons(layer, range(look.spec.units(layer)))
        yield look.finding("flat_activation", case, (layer,), neurons, activation=activation.name)


def _ratio(look: Look) -> float | None:
    """The norm of the first layer's gradient over the last's, in a deep network; None where it says nothing."""
    if look.spec.depth < DEEP:
        return None
    first, last = (float(np.linalg.norm(look.tensors[f"dW{layer}"])) for layer in (1, look.spec.depth))
    ratio = first / last if last else 0.0
    return ratio if np.isfinite(ratio) and ratio > 0 else None


def _vanishing(look: Look) -> Iterator[Finding]:
    ratio = _ratio(look)
    if ratio is not None and ratio < VANISHING:
        yield look.finding("vanishing_gradient", _size(1 / ratio), (1, look.spec.depth), times=1 / ratio)


def _exploding(look: Look) -> Iterator[Finding]:
    ratio = _ratio(look)
    if ratio is not None and ratio > EXPLODING:
        yield look.finding("exploding_gradient", _size(ratio), (1, look.spec.depth), times=ratio)


def _rising(look: Look) -> Iterator[Finding]:
    """Three changes or more, three quarters of them upwards, to twice the cost or to one that is not finite."""
    costs = np.array(look.costs)
    if len(costs) < 4 or not np.isfinite(costs[0]):
        return
    ups = int((np.diff(costs) > 0).sum())
    if not np.isfinite(costs[-1]) or (costs[-1] >= RISEN * costs[0] and 4 * ups >= 3 * (len(costs) - 1)):
        case = "to" if np.isfinite(costs[-1]) else "past"
        yield look.finding("rising_cost", case, first=costs[0], last=costs[-1], changes=len(costs) - 1)


def _oscillating(look: Look) -> Iterator[Finding]:
    """Six changes or more that go up and down in turns, one exception allowed, large, and without progress."""
    costs = np.array(look.costs)
    if len(costs) < 7 or not np.isfinite(costs).all():
        return
    changes = np.diff(costs)
    turns = int((changes[1:] * changes[:-1] < 0).sum())
    early, late = costs[: len(costs) // 2].mean(), costs[len(costs) // 2 :].mean()
    if turns >= len(changes) - 2 and np.abs(changes).mean() >= SHAKEN * costs.mean() and late >= STUCK * early:
        facts = {"low": costs.min(), "high": costs.max(), "changes": len(changes)}
        yield look.finding("oscillating_cost", "turns", **facts)


def _neurons(layer: int, units: Iterable[int]) -> tuple[tuple[int, int], ...]:
    return tuple((layer, unit) for unit in units)


def _size(times: float) -> str:
    return "times" if times < 1e6 else "million"


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
        recognise=_dead,
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
        recognise=_saturated,
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
        recognise=_symmetric,
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
        recognise=_step,
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
        recognise=_vanishing,
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
        recognise=_exploding,
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
        recognise=_rising,
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
        recognise=_oscillating,
        in_costs=True,
    )
)
