"""Undo: the places that edits and training left, to which a learner can return, each with its future untouched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import NothingToUndo
from ..steps.cursor import Cursor
from .timeline import Timeline

UNDOABLE_EDITS = 100
MOST_BYTES = 64 * 2**20
"""What all these places hold together; those that were left longest ago are forgotten first."""


@dataclass(frozen=True)
class Place:
    """A timeline and where a learner stood on it."""

    timeline: Timeline
    cursor: Cursor


class Undo:
    """The places before the edits that were made, and after those that were taken back, the next one last.

    Attributes:
        changes: how often something changed.
    """

    def __init__(self, past: Iterable[Place] = (), future: Iterable[Place] = ()) -> None:
        self.past = list(past)
        self.future = list(future)
        self.changes = 0

    def remember(self, place: Place, left: bool = True) -> None:
        """An edit leaves this place, or training on the same timeline does; what was taken back before is gone."""
        if left:
            place.timeline.checkpoints.thin()
        self.changes += 1
        self.past.append(place)
        del self.past[:-UNDOABLE_EDITS]
        self.future.clear()
        while len(self.past) > 1 and self.nbytes > MOST_BYTES:
            del self.past[0]

    def back(self, here: Place) -> Place:
        """The place before the last edit, for the one that is left.

        Raises:
            NothingToUndo: there is none.
        """
        self.changes += 1
        return _exchange(self.past, self.future, here, "undo")

    def forth(self, here: Place) -> Place:
        """The place after the edit that was taken back last.

        Raises:
            NothingToUndo: there is none.
        """
        self.changes += 1
        return _exchange(self.future, self.past, here, "redo")

    @property
    def nbytes(self) -> int:
        """About what the places hold, what they share counted once."""
        timelines = {id(place.timeline): place.timeline for place in (*self.past, *self.future)}.values()
        data = {id(timeline.data): timeline.data for timeline in timelines}.values()
        return sum(timeline.checkpoints.nbytes for timeline in timelines) + sum(one.nbytes for one in data)


def _exchange(source: list[Place], other: list[Place], here: Place, verb: str) -> Place:
    if not source:
        raise NothingToUndo(f"There is nothing to {verb}.")
    there = source.pop()
    if there.timeline is not here.timeline:
        here.timeline.checkpoints.thin()
    other.append(here)
    return there
