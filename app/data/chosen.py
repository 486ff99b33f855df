"""A ready set as somebody chose it: its options, its seed, and how its rows were prepared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .dataset import Dataset
from .preparation import Preparation, prepared
from .ready import named, ready_set
from .readyset import Value


def chosen_set(name: str, options: Mapping[str, Value], seed: int, preparation: Preparation) -> Dataset:
    """The ready set of this name, prepared; its `choice` says how to have it again.

    Raises:
        DataError: there is no such set, or it cannot be made or prepared so.
    """
    chosen = dict(named(name).chosen(options))
    made = prepared(ready_set(name, chosen, seed), preparation, seed)
    return replace(made, choice={"name": name, "options": chosen, "seed": seed, **vars(preparation)})
