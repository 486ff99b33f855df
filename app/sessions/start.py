"""The start of a session: a spec and data that fit together, with parameters drawn or given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..data.dataset import Dataset
from ..errors import DataError, SpecError, plain
from ..nn.parameters import GivenLayer, drawn, given
from ..nn.spec import Spec, checked
from .timeline import Origin, Timeline

OTHER_LOSS = "Choose another loss, or other data."
"""What can be done where the targets are those of a ready set."""


def begin(
    spec: Spec, data: Dataset, parameters: Sequence[GivenLayer] | None = None, origin: Origin = "given"
) -> Timeline:
    """A new timeline; `origin` says where parameters came from that are given.

    Raises:
        SpecError: the spec cannot make a network, or parameters do not fit it.
        DataError: the data does not fit the network.
    """
    spec = checked(spec)
    check_fit(spec, data)
    if parameters is not None:
        return Timeline(spec, data, given(spec, parameters), origin)
    return Timeline(spec, data, drawn(spec), "drawn")


def fitted(spec: Spec, data: Dataset) -> Spec:
    """The spec with as many units at its ends as the data has columns, and nothing frozen that may be another's."""
    first, *hidden, last = spec.layers
    ends = replace(first, units=data.inputs.shape[1]), replace(last, units=data.targets.shape[1])
    layers = (ends[0], *hidden, ends[1])
    return spec if layers == spec.layers else checked(replace(spec, layers=layers, frozen=()))


def check_fit(spec: Spec, data: Dataset) -> None:
    """Refuse a spec for data that it cannot learn from.

    Raises:
        SpecError: the layers do not fit the columns.
        DataError: the loss does not take such targets.
    """
    for layer, columns, what in ((0, data.inputs.shape[1], "inputs"), (spec.depth, data.targets.shape[1], "targets")):
        if spec.units(layer) != columns:
            raise SpecError(
                f"Layer {layer} has {spec.units(layer)} units; the data has {columns} {what} in a row.",
                hint=f"Give layer {layer} {columns} units, or use other data.",
                where=f"spec.layers[{layer}].units",
            )
    wanted, targets = spec.loss_entry.targets, np.concatenate([data.targets, data.test_targets])
    if wanted != "any" and not np.all((targets >= 0) & (targets <= 1)):
        row, column = np.argwhere((targets < 0) | (targets > 1))[0]
        wrong = float(targets[row, column])
        raise DataError(
            f"{spec.loss_entry.title} reads targets as probabilities; row {row} has {plain(wrong)}.",
            hint=OTHER_LOSS if data.name else "Use targets from 0 to 1, or another loss.",
            where=f"data.targets[{row}]",
        )
    if wanted == "distribution" and not np.allclose(targets.sum(axis=1), 1, atol=1e-6):
        row = int(np.argmax(np.abs(targets.sum(axis=1) - 1)))
        raise DataError(
            f"{spec.loss_entry.title} needs the targets of a row to add up to 1; those of row {row} add up to "
            f"{plain(float(targets[row].sum()))}.",
            hint=OTHER_LOSS if data.name else "Put 1 at the row's class and 0 at the others.",
            where=f"data.targets[{row}]",
        )
