"""The function that a network has become: what every neuron makes of a grid of inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import IndexInvalid
from ..nn.registry import Array
from .session import Session

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


def _axis(values: Array, size: int) -> Array:
    low, high = float(values.min()), float(values.max())
    margin = (high - low) * MARGIN or 1.0
    return np.linspace(low - margin, high + margin, size)
