"""Undo: the places that edits, training and going to another branch left, to which a learner can return.

Each has its future untouched, and the branches that there were.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import NothingToUndo
from .branches import Branch, Place, held

UNDOABLE_EDITS = 100
MOST_BYTES = 64 * 2**20
"""What all these places hold together; those that were left longest ago are forgotten first."""


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
            place.timeline.checkpoints.thin(place.cursor.iteration)
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
        """About what the places hold."""
        return held(self.branches)

    @property
    def branches(self) -> list[Branch]:
        """Those of all places, many of them several times."""
        return [branch for place in (*self.past, *self.future) for branch in (place.here, *place.others)]


def _exchange(source: list[Place], other: list[Place], here: Place, verb: str) -> Place:
    if not source:
        raise NothingToUndo(f"There is nothing to {verb}.")
    there = source.pop()
    if there.timeline is not here.timeline:
        here.timeline.checkpoints.thin(here.cursor.iteration)
    other.append(here)
    return there
