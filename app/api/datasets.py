"""From the data of a request to a dataset, within this server's limits."""

from __future__ import annotations

from dataclasses import replace

from ..data.chosen import chosen_set
from ..data.dataset import Dataset, own_dataset
from ..data.own import guessed, own_table
from ..data.preparation import Preparation, prepared
from ..data.table import Layout, Most, read_table
from ..errors import DataError, LimitExceeded
from ..settings import Settings
from .requests import DataBody

PREPARING = {"products", "test_share", "standardize", "seed"}
WAYS = {
    "name": {"options"},
    "table": set[str](),
    "inputs": {"targets", "features", "target_names", "classes", "test_inputs", "test_targets"},
}
"""Each way to say what the data is, with the fields that belong to it."""


def dataset(body: DataBody, seed: int, settings: Settings) -> Dataset:
    """The data that a request asks for, prepared as it asks; drawn from its own seed or else from this one.

    Raises:
        DataError: it says too much or too little, or what it says cannot be.
        LimitExceeded: it is more than this server allows.
    """
    seed = seed if body.seed is None else body.seed
    preparation = Preparation(tuple(body.products), body.test_share, body.standardize)
    way = _way(body)
    if way == "name":
        data = chosen_set(str(body.name), body.options, seed, preparation)
        check_rows(data, settings)
        return data
    data = _table(body, settings) if way == "table" else _rows(body)
    check_rows(data, settings, len(preparation.products))
    return prepared(data, preparation, seed)


def most_of(settings: Settings) -> Most:
    """How large a table this server reads."""
    return Most(settings.max_rows, settings.max_values)


def check_rows(data: Dataset, settings: Settings, more: int = 0) -> None:
    """Refuse data larger than this server allows, with so many more columns.

    Raises:
        LimitExceeded: the message says what was got, and the limit.
    """
    rows = data.rows + data.tests
    within(rows, settings.max_rows, "rows of data", "max_rows", "data.inputs")
    numbers = rows * (data.inputs.shape[1] + more + data.targets.shape[1])
    within(numbers, settings.max_values, "numbers in the data", "max_values", "data.inputs")


def _way(body: DataBody) -> str:
    said = {name for name in body.model_fields_set - PREPARING if getattr(body, name) is not None}
    ways = [way for way in WAYS if way in said]
    if len(ways) > 1 or (ways and said - WAYS[ways[0]] - {ways[0]}):
        raise DataError(
            "Data was asked for in two ways, or with fields that belong to another way.",
            hint="Send the name of a ready set with its options, or a table, or inputs and targets.",
            where="data",
        )
    if not ways:
        raise DataError(
            "There are no inputs.",
            hint="Send the name of a ready set, or a table, or inputs and targets.",
            where="data.inputs",
        )
    return ways[0]


def _table(body: DataBody, settings: Settings) -> Dataset:
    asked = body.table
    assert asked is not None
    table = read_table(asked.text, Layout(asked.delimiter, asked.header, asked.decimal), most_of(settings))
    use = guessed(table, asked.targets, asked.task or "")
    inputs = use.inputs if asked.inputs is None else tuple(asked.inputs)
    return own_table(table, replace(use, inputs=inputs, missing=asked.missing))


def _rows(body: DataBody) -> Dataset:
    if body.inputs is None or body.targets is None:
        missing = "inputs" if body.inputs is None else "targets"
        raise DataError(f"There are no {missing}.", hint="Send inputs and targets.", where=f"data.{missing}")
    names = body.features, body.target_names, body.classes
    data = own_dataset(body.inputs, body.targets, *names, body.test_inputs, body.test_targets)
    if body.test_share and data.tests:
        raise DataError(
            "Rows to test on were given, and a share of the others was asked for.",
            hint="Send one or the other.",
            where="data.test_share",
        )
    return data


def within(count: int, limit: int, what: str, setting: str, where: str) -> None:
    if count > limit:
        raise LimitExceeded(
            f"There are {count} {what}; this server allows {limit}.",
            hint=f"Ask for less, or start the server with a larger --{setting.replace('_', '-')}.",
            where=where,
        )
