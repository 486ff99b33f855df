"""The function that a network has become: what every neuron makes of a grid of inputs."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np

from ..errors import IndexInvalid
from ..nn.activations import activations
from ..nn.registry import Array
from .session import Session

Shades = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

MARGIN = 0.15
"""How far a grid goes beyond the data, as a share of its extent."""


@dataclass(frozen=True)
class Plane:
    """Every neuron over a grid of two inputs; with `up` None a line of points of one input.

    Attributes:
        across, up: the inputs that vary; the others are those of the shown row.
        axes: the values of both, ascending.
        sums, activations: of the layers 1 … L, each (units, values of `up`, values of `across`).
    """

    across: int
    up: int | None
    axes: tuple[Array, Array]
    sums: list[Array]
    activations: list[Array]


def plane_of(session: Session, across: int, up: int | None, size: int, row: int) -> Plane:
    """The plane of two inputs, around the data, with the parameters at the cursor.

    Raises:
        IndexInvalid: the network has no such inputs, or the data no such row.
    """
    iteration, data = session.iteration, session.timeline.data
    iteration.check_row(row)
    features = data.inputs.shape[1]
    for feature in (across, *(() if up is None else (up,))):
        if not 0 <= feature < features:
            raise IndexInvalid(f"There is no input {feature}; the inputs are 0 to {features - 1}.", where="across, up")
    if across == up:
        raise IndexInvalid(f"Input {across} cannot vary both across and up.", where="up")
    all_inputs = np.concatenate([data.inputs, data.test_inputs])
    horizontal = _axis(all_inputs[:, across], size)
    vertical = np.zeros(1) if up is None else _axis(all_inputs[:, up], size)
    inputs = np.tile(all_inputs[row], (len(vertical) * size, 1))
    inputs[:, across] = np.tile(horizontal, len(vertical))
    if up is not None:
        inputs[:, up] = np.repeat(vertical, size)
    sums, activations = iteration.predict(inputs, session.cursor.operation)
    shape = (-1, len(vertical), size)
    return Plane(
        across,
        up,
        (horizontal, vertical),
        [values.T.reshape(shape) for values in sums],
        [values.T.reshape(shape) for values in activations[1:]],
    )


SHADES = 127
"""Shades of a region to either side of the middle of its scale."""
NO_NUMBER = 255


def regions_of(session: Session, size: int) -> Shades:
    """What each neuron makes of the plane of two inputs, as shades.

    Returns:
        (neurons of the layers 1 … L, size, size), the highest row first: 0 to 254, 127 being the middle of the
        neuron's scale, which is that of its activation where this has two ends, else as far from 0 as its numbers
        go; 255 is no number.

    Raises:
        IndexInvalid: the network has not two inputs.
    """
    if (inputs := session.iteration.spec.layers[0].units) != 2:
        raise IndexInvalid(f"Regions lie over two inputs; this network has {inputs}.", where="regions")
    plane = plane_of(session, 0, 1, size, session.iteration.batch[0])
    layers = session.iteration.spec.layers[1:]
    return np.concatenate(
        [_shades(values[:, ::-1], layer.activation) for values, layer in zip(plane.activations, layers, strict=True)]
    )


def _shades(values: Array, activation: str) -> Shades:
    entry = activations.named(activation, "activation")
    if isfinite(entry.low) and isfinite(entry.high):
        middle, reach = (entry.low + entry.high) / 2, np.array((entry.high - entry.low) / 2)
    else:
        middle, reach = 0.0, np.abs(values).max(axis=(1, 2), keepdims=True, initial=0.0, where=np.isfinite(values))
    shades = (values - middle) * (SHADES / np.where(reach > 0, reach, 1))
    shades += SHADES
    np.rint(np.clip(shades, 0, 2 * SHADES, out=shades), out=shades)
    shades[np.isnan(shades)] = NO_NUMBER
    return shades.astype(np.uint8)


def _axis(values: Array, size: int) -> Array:
    low, high = float(values.min()), float(values.max())
    margin = (high - low) * MARGIN or 1.0
    return np.linspace(low - margin, high + margin, size)
