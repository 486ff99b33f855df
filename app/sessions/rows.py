"""Rows: a dataset as its header and its tables, and back once they are checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..data.chosen import chosen_set
from ..data.dataset import Dataset
from ..data.preparation import Preparation
from ..data.ready import ready_sets
from ..nn.registry import Array
from . import headers
from .codec import Header, array_of, damaged, pack

TABLES = ("inputs", "targets", "test_inputs", "test_targets")


def data_of(datasets: Sequence[Dataset], light: bool = False) -> bytes:
    """The rows of datasets; of a light one, only those that nobody can choose again."""
    return pack(
        "data",
        Header(),
        {
            f"{name}{number}": getattr(data, name)
            for number, data in enumerate(datasets)
            if not (light and data.choice)
            for name in TABLES
        },
    )


def header_of(data: Dataset) -> headers.DatasetHeader:
    """What is said about a dataset besides its rows."""
    return headers.DatasetHeader(
        name=data.name,
        title=data.title,
        task=data.task,
        features=data.features,
        target_names=data.target_names,
        classes=data.classes,
        means=data.means,
        deviations=data.deviations,
        target_means=data.target_means,
        target_deviations=data.target_deviations,
        choice=_choice(data.choice),
        image=data.image,
    )


def dataset(told: headers.DatasetHeader, number: int, arrays: Mapping[str, Array]) -> Dataset:
    """The dataset of a header and of the arrays of its number, or of what was chosen where there are none.

    Raises:
        FileInvalid: they do not fit each other.
    """
    if told.choice is not None and f"inputs{number}" not in arrays:
        ready = told.choice
        preparation = Preparation(ready.products, ready.test_share, ready.standardize)
        return chosen_set(ready.name, ready.options, ready.seed, preparation)
    tables = {name: array_of(arrays, f"{name}{number}", "f8", 2) for name in TABLES}
    _check_tables(**tables)
    _check_names(told, tables["inputs"].shape[1], tables["targets"].shape[1])
    known = told.name in ready_sets
    fields = {**told.model_dump(exclude={"choice", "name"}), **tables}
    choice = told.choice.model_dump() if told.choice is not None and known else {}
    return Dataset(**fields, name=told.name if known else "", choice=choice)


def _choice(choice: Any) -> headers.Choice | None:
    """A dataset's choice as a header; nothing for a person's own data."""
    return headers.Choice(**{**choice, "products": tuple(choice.get("products", ()))}) if choice else None


def _check_tables(inputs: Array, targets: Array, test_inputs: Array, test_targets: Array) -> None:
    alike = len(inputs) == len(targets) and len(test_inputs) == len(test_targets)
    wide = inputs.shape[1] == test_inputs.shape[1] and targets.shape[1] == test_targets.shape[1]
    finite = all(np.isfinite(table).all() for table in (inputs, targets, test_inputs, test_targets))
    if not (alike and wide and finite and inputs.size and targets.size):
        raise damaged("the data is not as expected")


def _check_names(told: headers.DatasetHeader, inputs: int, targets: int) -> None:
    expected = {
        "features": (0, inputs),
        "target_names": (0, targets),
        "classes": (0, 2 if targets == 1 else targets),
        "means": (0, inputs),
        "deviations": (0, inputs),
        "target_means": (0, targets),
        "target_deviations": (0, targets),
    }
    if any(len(getattr(told, name)) not in counts for name, counts in expected.items()):
        raise damaged("names do not fit the data")
    if told.image is not None and told.image[0] * told.image[1] != inputs:
        raise damaged("the data is no picture")
