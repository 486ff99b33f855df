"""Ready sets by name: the registry of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from ..errors import DataError
from . import curves, gates, plane, shipped
from .dataset import Dataset
from .readyset import DRAW, ReadySet, Value, Values

ready_sets: dict[str, ReadySet] = {}


def add(entry: ReadySet) -> ReadySet:
    """Register a ready set; a name can be taken only once."""
    if entry.name in ready_sets:
        raise ValueError(f"there is already a ready set {entry.name!r}")
    ready_sets[entry.name] = entry
    return entry


for _entry in (*gates.SETS, *plane.SETS, *curves.SETS, *shipped.SETS):
    add(_entry)


def named(name: str) -> ReadySet:
    """The entry of this name.

    Raises:
        DataError: there is none; the message lists those that there are.
    """
    if name not in ready_sets:
        raise DataError(
            f"{name[:40]!r} is not a dataset that Stepgrad knows.",
            hint=f"Use one of: {', '.join(ready_sets)}; or send inputs and targets.",
            where="data.name",
        )
    return ready_sets[name]


def ready_set(name: str, options: Mapping[str, Value] | None = None, seed: int = 0) -> Dataset:
    """The ready set of this name, with what is chosen about it; what is drawn is drawn from the seed.

    Raises:
        DataError: there is no such set, or it cannot be made so.
    """
    entry = named(name)
    return _made(entry, tuple(entry.chosen(options or {}).items()), seed)


@lru_cache(maxsize=64)
def _made(entry: ReadySet, chosen: tuple[tuple[str, Value], ...], seed: int) -> Dataset:
    random = np.random.Generator(np.random.PCG64([seed, DRAW]))
    made = entry.make(Values(chosen), random)
    return replace(made, name=entry.name, title=entry.title, task=entry.task)
