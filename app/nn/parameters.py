"""Parameters: the weights and biases of a network, one flat buffer with a view for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from ..errors import IndexInvalid, SpecError
from .initializers import initializers
from .optimizers import optimizers
from .registry import Array
from .spec import Spec

INITIALIZE = 1
"""The purpose of a random draw; every draw is a function of (seed, purpose, number)."""


@dataclass(frozen=True)
class GivenLayer:
    """Weights (units, inputs) and biases (units) that a person gave."""

    W: Sequence[Sequence[float]] | Array
    b: Sequence[float] | Array


def layer_views(spec: Spec, flat: Array) -> list[Array]:
    """Views (units, inputs + 1) of the layers 1 … L into a flat buffer; a layer's biases are its last column."""
    shapes = [(units, inputs + 1) for units, inputs in spec.shapes()]
    ends = list(accumulate(rows * columns for rows, columns in shapes))
    starts = [0, *ends[:-1]]
    return [flat[start:end].reshape(shape) for start, end, shape in zip(starts, ends, shapes, strict=True)]


def named_views(spec: Spec, flat: Array, weights: str = "W", biases: str = "b") -> dict[str, Array]:
    """Views by name, `W1` (units, inputs) and `b1` (units) to `WL` and `bL`, into a flat buffer."""
    views: dict[str, Array] = {}
    for layer, view in enumerate(layer_views(spec, flat), start=1):
        views[f"{weights}{layer}"] = view[:, :-1]
        views[f"{biases}{layer}"] = view[:, -1]
    return views


def drawn(spec: Spec) -> Array:
    """Start parameters as the spec's initializer and seed make them, flat."""
    flat = np.empty(spec.parameter_count, spec.dtype)
    draw = initializers.named(spec.initializer.name).draw
    for layer, view in enumerate(layer_views(spec, flat), start=1):
        generator = np.random.Generator(np.random.PCG64([spec.seed, INITIALIZE, layer]))
        view[:] = draw(generator, spec.initializer, (view.shape[0], view.shape[1] - 1))
    return flat


def given(spec: Spec, layers: Sequence[GivenLayer]) -> Array:
    """Start parameters as a person gave them, flat.

    Raises:
        SpecError: a shape does not fit; the message names both.
    """
    if len(layers) != spec.depth:
        raise SpecError(
            f"There are parameters for {len(layers)} layers; this network has {spec.depth} after its input layer.",
            where="parameters",
        )
    flat = np.empty(spec.parameter_count, spec.dtype)
    for index, (layer, view) in enumerate(zip(layers, layer_views(spec, flat), strict=True)):
        _fill(view[:, :-1], layer.W, f"parameters[{index}].W")
        _fill(view[:, -1], layer.b, f"parameters[{index}].b")
    return flat


def nothing_remembered(spec: Spec) -> Array:
    """What an optimizer remembers before its first update: t, then each kept quantity for all parameters, all 0."""
    kept = [quantity for quantity in optimizers.named(spec.optimizer.name).quantities if quantity.kept]
    return np.zeros(1 + len(kept) * spec.parameter_count, spec.dtype)


def check_parameter(spec: Spec, tensor: str, index: tuple[int, ...]) -> None:
    """Refuse what is no weight or bias of this network.

    Raises:
        IndexInvalid: there is no such tensor, or it has no such element.
    """
    shapes = {
        f"{letter}{layer}": shape
        for layer, (units, inputs) in enumerate(spec.shapes(), start=1)
        for letter, shape in (("W", (units, inputs)), ("b", (units,)))
    }
    shape = shapes.get(tensor)
    if shape is None:
        raise IndexInvalid(
            f"{tensor[:40]!r} is no weights and no biases of this network.",
            hint=f"Use one of: {', '.join(shapes)}.",
            where="tensor",
        )
    if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
        raise IndexInvalid(f"{tensor} has no element {list(index)}; its shape is {list(shape)}.", where="index")


def _fill(view: Array, numbers: Sequence[object] | Array, where: str) -> None:
    lengths = [len(row) for row in numbers if isinstance(row, Sequence)]
    for row, length in enumerate(lengths):
        if length != lengths[0]:
            raise SpecError(
                f"Row {row} has {length} numbers; the rows before it have {lengths[0]}.", where=f"{where}[{row}]"
            )
    array = np.asarray(numbers, dtype=np.float64)
    if array.shape != view.shape:
        raise SpecError(
            f"The shape is {_times(array.shape)}; expected {_times(view.shape)}.",
            hint="W has a row for each unit of its layer and a column for each unit of the layer below.",
            where=where,
        )
    with np.errstate(over="ignore"):
        view[...] = array


def _times(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) or "none"
