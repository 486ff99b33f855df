"""Telling: a session's content as a part, in which what several timelines and places share is told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np

from ..data.dataset import Dataset
from ..errors import FileInvalid
from ..nn.registry import Array
from ..nn.spec import Spec
from . import headers
from .branches import Branch, Place
from .codec import pack
from .numbers import is_kept, numbers_on
from .replay import Replay
from .rows import header_of
from .timeline import MOST_CHANGES, Change, Edit

T = TypeVar("T")


def content_part(
    now: Place, past: Iterable[Place], future: Iterable[Place], data: Iterable[Dataset], light: bool = False
) -> bytes:
    """The content of a session that stands at a place, and can go back to others.

    Args:
        data: the datasets of all these places, in the order of their rows in the part that has them.
        light: without what is only said of a branch that has left another.

    Raises:
        FileInvalid: there are too many edits.
    """
    telling = Telling(now, data)
    others = telling.beside(now)
    before, after = telling.places(past), telling.places(future)
    branches, timelines, edits = telling.all_branches(), telling.all_timelines(), telling.all_edits()
    changes = [change for edit in telling.edits.things for change in edit.changes]
    if sum(len(one.edits) for one in timelines) > headers.MOST_EDITS or len(changes) > MOST_CHANGES:
        raise FileInvalid("The session has too many edits to be saved.", where="content")
    measured, arrays = _numbers_beside(now.others)
    header = headers.Content.model_construct(
        specs=tuple(telling.specs.things),
        datasets=tuple(map(header_of, telling.datasets.things)),
        edits=edits,
        timelines=timelines,
        now=0,
        here=headers.BranchHeader(**_named(now.here, parent=not light)),
        others=others,
        measured=measured,
        branches=branches,
        past=before,
        future=after,
    )
    starts = {f"start{number}": start for number, start in enumerate(telling.starts.things)}
    return pack("content", header, {**arrays, **starts, **_changes(changes)})


class Shared(Generic[T]):
    """Numbers things in the order in which they are met, each once."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self.things: list[T] = []
        self._numbers: dict[int, int] = {}
        for thing in things:
            self.number(thing)

    def number(self, thing: T) -> int:
        if id(thing) not in self._numbers:
            self._numbers[id(thing)] = len(self.things)
            self.things.append(thing)  # which also keeps it, so that its id stays its own
        return self._numbers[id(thing)]


class Telling:
    """Tells of places, branches, timelines and edits by the numbers of what they share, in this order."""

    def __init__(self, now: Place, data: Iterable[Dataset]) -> None:
        self.specs, self.datasets, self.starts = Shared[Spec](), Shared(data), Shared[Array]()
        self.edits, self.branches, self.timelines = Shared[Edit](), Shared[Branch](), Shared([now.timeline])

    def places(self, places: Iterable[Place]) -> tuple[headers.PlaceHeader, ...]:
        return tuple(headers.PlaceHeader(**self._left(one.here), others=self.beside(one)) for one in places)

    def beside(self, place: Place) -> tuple[int, ...]:
        """The numbers of the branches where nobody stands."""
        return tuple(map(self.branches.number, place.others))

    def all_branches(self) -> tuple[headers.LeftHeader, ...]:
        return tuple(headers.LeftHeader(**self._left(branch)) for branch in self.branches.things)

    def all_timelines(self) -> tuple[headers.TimelineHeader, ...]:
        return tuple(
            headers.TimelineHeader(
                spec=self.specs.number(one.spec),
                data=self.datasets.number(one.data),
                start=self.starts.number(one.start),
                origin=one.origin,
                edits=tuple(map(self.edits.number, one.edits)),
            )
            for one in self.timelines.things
        )

    def all_edits(self) -> tuple[headers.EditHeader, ...]:
        return tuple(
            headers.EditHeader(
                iteration=edit.iteration,
                spec=None if edit.spec is None else self.specs.number(edit.spec),
                changes=len(edit.changes),
            )
            for edit in self.edits.things
        )

    def _left(self, branch: Branch) -> dict[str, Any]:
        position = {"iteration": branch.cursor.iteration, "operation": branch.cursor.operation, "reach": branch.reach}
        return {**_named(branch), **position, "timeline": self.timelines.number(branch.timeline)}


def _named(branch: Branch, parent: bool = True) -> dict[str, Any]:
    """What a branch is besides its timeline."""
    left = {"parent": branch.parent, "fork": branch.fork} if parent else {}
    return {"number": branch.number, "name": branch.name, **left}


def _numbers_beside(branches: Sequence[Branch]) -> tuple[tuple[headers.Measured, ...], dict[str, Array]]:
    """What was computed on branches where nobody stands, and each one's arrays by its number in the order."""
    measured: list[headers.Measured] = []
    arrays: dict[str, Array] = {}
    for number, branch in enumerate(branches):
        if not is_kept(branch):
            Replay(branch.timeline).train(branch.cursor.iteration)
        header, found = numbers_on(branch, 0, curve=True)
        measured.append(header)
        arrays |= {f"{number}.{name}": array for name, array in found.items()}
    return tuple(measured), arrays


def _changes(changes: Iterable[Change]) -> dict[str, Array]:
    """Which parameters were set, (changes, 4): layer, 1 for a bias, and the index; and to which values."""
    rows, values = [], []
    for change in changes:
        bias = change.tensor[0] == "b"
        rows.append((int(change.tensor[1:]), int(bias), change.index[0], 0 if bias else change.index[1]))
        values.append(change.value)
    return {"set": np.array(rows, np.int32).reshape(len(rows), 4), "values": np.array(values, np.float64)}
