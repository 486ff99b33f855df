"""A spec that learns a dataset well enough to begin with, by one rule for ready sets and a person's own."""

from __future__ import annotations

from typing import Any

from ..data.dataset import Dataset

FEW = 16
"""So few rows make one batch, and can be learned in large steps."""

MANY = 1000


def suggested(data: Dataset, hidden: tuple[int, ...] | None = None) -> dict[str, Any]:
    """A spec as a request would carry it.

    Args:
        hidden: units of the hidden layers; one layer between 4 and 32 units, by the number of columns, if not given.
    """
    inputs, outputs = data.inputs.shape[1], data.targets.shape[1]
    if hidden is None:
        hidden = (min(max(inputs, outputs, 4), 32),)
    if not data.classes:
        activation, loss = "linear", "mean_squared_error"
    elif outputs == 1:
        activation, loss = "sigmoid", "binary_cross_entropy"
    else:
        activation, loss = "softmax", "cross_entropy"
    between = [{"units": units, "activation": "tanh"} for units in hidden]
    return {
        "layers": [{"units": inputs}, *between, {"units": outputs, "activation": activation}],
        "loss": loss,
        "initializer": {"name": "xavier"},
        "optimizer": {"name": "adam", "learning_rate": 0.05 if data.rows <= FEW else 0.01},
        "batch_size": 32 if data.rows > MANY else min(data.rows, FEW),
        "shuffle": True,
        "seed": 5,
    }
