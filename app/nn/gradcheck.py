"""Gradients held against the cost itself: nudge a parameter both ways and see how much the cost rises.

Nothing of backpropagation is used for the quotient, only the forward pass and the loss, so that a learner can prove one
by the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cbrt, isfinite, isnan, log10
from time import perf_counter

import numpy as np

from ..errors import SpecError
from .kinks import Kinks, Place
from .network import Network
from .parameters import check_parameter, named_views
from .registry import Array
from .spec import Spec

SAMPLE = 7
"""The purpose of a random draw; every draw is a function of (seed, purpose, number)."""

TOLERANCE = {"float64": 1e-6, "float32": 1e-2}
"""The relative error up to which quotient and gradient agree."""

ROUNDINGS = 4
"""How many machine epsilons a computed cost may be off by."""

MOST, LEAST = 1000, 10
WORK = 10**9
"""As many parameters are checked as keep parameters × examples × checked below this, but `LEAST` to `MOST`."""

WORST = 10


@dataclass(frozen=True)
class Nudge:
    """What became of the cost when one parameter was nudged both ways.

    Attributes:
        value: the parameter w, and `epsilon` by how much it was nudged.
        below, cost, above: C(w − ε), C(w), C(w + ε).
        quotient: (C(w + ε) − C(w − ε)) / 2ε, with 2ε as it is after rounding.
        gradient: dC/dw as backpropagation found it.
        resolution: by how much rounding of the two costs alone may change the quotient.
        error: the relative error: |quotient − gradient| over the larger of |quotient| and |gradient|; 0 where both are
            0, infinite where one of them is not finite.
        tolerance: the error within which they are said to agree; it depends on the dtype.
        agrees: whether the error, less what `resolution` explains of it, is within `tolerance`.
        kinks: what is not on the same side of a kink at w − ε, w and w + ε, so that there is no one slope: a sum as
            `z2` and its unit, an output that passes its target as `a3`, or the parameter itself at a penalty's corner.
    """

    tensor: str
    index: tuple[int, ...]
    value: float
    epsilon: float
    below: float
    cost: float
    above: float
    quotient: float
    gradient: float
    resolution: float
    error: float
    tolerance: float
    agrees: bool
    kinks: tuple[Place, ...]


@dataclass(frozen=True)
class Summary:
    """How many gradients agree with their quotients.

    Attributes:
        parameters, checked: how many there are, and how many of them were checked: all, or a sample drawn by the seed.
        agree: how many agree within `tolerance`; of the others, `kinked` were nudged across a kink.
        worst: those that do not agree and then the others, largest relative error first, at most `WORST`.
    """

    parameters: int
    checked: int
    agree: int
    kinked: int
    tolerance: float
    worst: tuple[Nudge, ...]


class GradientCheck:
    """Nudges parameters of a network on one batch, one of them or, with `run` and `summary`, all.

    Args:
        flat: the parameters; they are copied.
        inputs, targets: the batch, (examples, features) and (examples, outputs).
        number: of the iteration, for the draw of a sample, and of what dropout drops.
    """

    def __init__(self, spec: Spec, flat: Array, inputs: Array, targets: Array, number: int = 0) -> None:
        self.spec = spec
        network = Network(spec, flat.copy())
        self._views = named_views(spec, network.flat)
        self._plan = network.plan(len(inputs))
        self._plan.load(inputs, targets, number)
        with np.errstate(all="ignore"):
            self._plan.gradients()
        self._gradients = {name: self._plan.tensors[f"d{name}"].copy() for name in self._views}
        self._kinks = Kinks(spec)
        self._cost, self._sides = self._costs()
        self._places = list(_places(spec, _drawn(spec, len(inputs), number)))
        self._found: list[Nudge] = []

    def nudge(self, tensor: str, index: tuple[int, ...], epsilon: float | None = None) -> Nudge:
        """Nudge one parameter.

        Args:
            epsilon: by how much; what suits the dtype and the parameter where none is given.

        Raises:
            IndexInvalid: there is no such parameter.
            SpecError: after rounding it would not move, or not to a finite number.
        """
        check_parameter(self.spec, tensor, index)
        value = self._views[tensor][index].copy()
        epsilon = suitable(float(value), self.spec.dtype) if epsilon is None else epsilon
        low, high = _ends(value, epsilon)
        with np.errstate(all="ignore"):
            below, sides_below = self._costs_with(tensor, index, low)
            above, sides_above = self._costs_with(tensor, index, high)
        self._views[tensor][index] = value
        width = float(high) - float(low)
        quotient, gradient = (above - below) / width, float(self._gradients[tensor][index])
        resolution = 2 * ROUNDINGS * float(np.finfo(self.spec.dtype).eps) * max(abs(below), abs(above)) / width
        error, tolerance = relative_error(quotient, gradient), TOLERANCE[self.spec.dtype]
        kinks = self._kinks.between([self._sides, sides_below, sides_above])
        if self._kinks.of_parameter(tensor, float(low), float(high)):
            kinks.append((tensor, index))
        return Nudge(
            tensor=tensor,
            index=index,
            value=float(value),
            epsilon=epsilon,
            below=below,
            cost=self._cost,
            above=above,
            quotient=quotient,
            gradient=gradient,
            resolution=resolution,
            error=error,
            tolerance=tolerance,
            agrees=isfinite(error) and error <= tolerance + resolution / (max(abs(quotient), abs(gradient)) or 1),
            kinks=tuple(kinks),
        )

    def run(self, seconds: float) -> bool:
        """Go on checking for about so many seconds; whether all are checked that are to be."""
        until = perf_counter() + seconds
        while len(self._found) < len(self._places):
            self._found.append(self.nudge(*self._places[len(self._found)]))
            if perf_counter() > until:
                break
        return len(self._found) == len(self._places)

    def summary(self) -> Summary:
        """What was found so far."""
        return Summary(
            parameters=self.spec.parameter_count,
            checked=len(self._found),
            agree=sum(nudge.agrees for nudge in self._found),
            kinked=sum(not nudge.agrees and nudge.kinks != () for nudge in self._found),
            tolerance=TOLERANCE[self.spec.dtype],
            worst=tuple(sorted(self._found, key=lambda nudge: (nudge.agrees, -nudge.error))[:WORST]),
        )

    def _costs_with(self, tensor: str, index: tuple[int, ...], value: Array) -> tuple[float, dict[str, Array]]:
        self._views[tensor][index] = value
        self._plan.evaluate()
        return self._costs()

    def _costs(self) -> tuple[float, dict[str, Array]]:
        return float(self._plan.tensors["C"]), self._kinks.sides(self._plan.tensors)


def suitable(value: float, dtype: str) -> float:
    """An ε that suits a parameter: the power of ten next to the cube root of the machine epsilon, times |w| above 1.

    Smaller, and rounding of the costs shows; larger, and their curve does. For a central difference both are least near
    the cube root (Press et al., Numerical Recipes, 5.7).
    """
    size = abs(value) if isfinite(value) else 1.0
    return float(10.0 ** round(log10(cbrt(np.finfo(dtype).eps) * max(size, 1.0))))


def relative_error(quotient: float, gradient: float) -> float:
    """How far a quotient is from a gradient, as `Nudge.error` defines it."""
    apart, larger = abs(quotient - gradient), max(abs(quotient), abs(gradient))
    if isnan(apart) or not isfinite(larger):
        return float("inf")
    return apart / larger if larger else 0.0


def _ends(value: Array, epsilon: float) -> tuple[Array, Array]:
    """w − ε and w + ε in w's dtype."""
    with np.errstate(all="ignore"):
        step = value.dtype.type(epsilon)
        low, high = value - step, value + step
    if np.isfinite(value) and not (np.isfinite([low, high]).all() and low < value < high):
        raise SpecError(
            f"A nudge by {epsilon:g} does not move {float(value):g} in {value.dtype}, or moves it out of its range.",
            hint=f"Nudge it by {suitable(float(value), str(value.dtype)):g}.",
            where="epsilon",
        )
    return low, high


def _drawn(spec: Spec, examples: int, number: int) -> Array:
    """Which parameters are checked, by their places in the flat buffer: all, or a sample drawn by the seed."""
    count = spec.parameter_count
    wanted = min(max(WORK // (count * examples), LEAST), MOST)
    if wanted >= count:
        return np.arange(count)
    return np.sort(
        np.random.Generator(np.random.PCG64([spec.seed, SAMPLE, number])).choice(count, wanted, replace=False)
    )


def _places(spec: Spec, chosen: Array) -> list[Place]:
    """Tensors and indices of parameters by their places in the flat buffer."""
    mask = np.zeros(spec.parameter_count, bool)
    mask[chosen] = True
    views = named_views(spec, mask)
    return [(name, tuple(int(i) for i in index)) for name, view in views.items() for index in np.argwhere(view)]
