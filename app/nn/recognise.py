"""Recognising failures: each function finds one in a look at a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from .look import Finding, Look, steepest

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


def dead(look: Look) -> Iterator[Finding]:
    """A neuron of an activation that is flat on one side only, on that side for every row."""
    for layer in range(1, look.spec.depth + 1):
        activation, slopes = look.spec.activation(layer), look.slopes(layer)
        if slopes is None or np.isinf(activation.low) or np.isfinite(activation.high):
            continue
        dead = np.flatnonzero((slopes == 0).all(axis=0)).tolist()
        if len(dead):
            case = "one" if len(dead) == 1 else "several"
            yield look.finding("dead_relu", case, (layer,), _neurons(layer, dead))


def saturated(look: Look) -> Iterator[Finding]:
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


def symmetric(look: Look) -> Iterator[Finding]:
    """Hidden neurons of a layer with the same weights, coming in and going out."""
    for layer in range(1, look.spec.depth):
        W, b, out = (look.tensors[name] for name in (f"W{layer}", f"b{layer}", f"W{layer + 1}"))
        numbers = np.hstack([W, b[:, None], out.T])
        unit = ALIKE * np.abs(numbers).max()
        if not np.isfinite(unit):
            continue
        if unit:
            np.rint(np.divide(numbers, unit, numbers), numbers)
        numbers += 0.0  # -0 has other bytes
        groups: dict[bytes, list[int]] = {}
        for neuron, row in enumerate(numbers):
            groups.setdefault(row.tobytes(), []).append(neuron)
        shared = [units for units in groups.values() if len(units) > 1]
        if shared:
            alike = [unit for units in shared for unit in units]
            case = "alike" if len(shared) <= GROUPS else "more"
            facts = {"groups": shared[:GROUPS], "more": len(shared) - GROUPS}
            yield look.finding("symmetric", case, (layer,), _neurons(layer, alike), **facts)


def flat(look: Look) -> Iterator[Finding]:
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


def vanishing(look: Look) -> Iterator[Finding]:
    """A gradient that is far smaller in the first layer than in the last."""
    ratio = _ratio(look)
    if ratio is not None and ratio < VANISHING:
        yield look.finding("vanishing_gradient", _size(1 / ratio), (1, look.spec.depth), times=1 / ratio)


def exploding(look: Look) -> Iterator[Finding]:
    """A gradient that is far larger in the first layer than in the last."""
    ratio = _ratio(look)
    if ratio is not None and ratio > EXPLODING:
        yield look.finding("exploding_gradient", _size(ratio), (1, look.spec.depth), times=ratio)


def rising(look: Look) -> Iterator[Finding]:
    """Three changes or more, three quarters of them upwards, to twice the cost or to one that is not finite."""
    costs = np.array(look.costs)
    if len(costs) < 4 or not np.isfinite(costs[0]):
        return
    ups = int((np.diff(costs) > 0).sum())
    if not np.isfinite(costs[-1]) or (costs[-1] >= RISEN * costs[0] and 4 * ups >= 3 * (len(costs) - 1)):
        case = "to" if np.isfinite(costs[-1]) else "past"
        yield look.finding("rising_cost", case, first=costs[0], last=costs[-1], changes=len(costs) - 1)


def oscillating(look: Look) -> Iterator[Finding]:
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
