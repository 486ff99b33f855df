"""Branches: ways that training took, side by side; a change in the past begins another one, and the old future stays.

They are part of a place, so that taking back what began, ended or renamed one is to return to the place before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from ..errors import IndexInvalid, LimitExceeded
from ..steps.cursor import Cursor
from .timeline import Edit, Timeline

MOST = 16
MOST_BYTES = 32 * 2**20
"""What the branches where nobody stands hold together."""


@dataclass(frozen=True)
class Branch:
    """A timeline, and where a learner stands or stood on it.

    Attributes:
        number: by which it is asked for; higher than that of the branch it left.
        reach: the furthest iteration to which the learner went, and did not take it back.
        name: what a person calls it; empty if nobody named it.
        parent, fork: the number of the branch that it left, and the iteration at whose start it did.
    """

    number: int
    timeline: Timeline
    cursor: Cursor
    reach: int = 0
    name: str = ""
    parent: int | None = None
    fork: int = 0


@dataclass(frozen=True)
class Place:
    """Where a learner stands, and the branches beside, the one that was left last at the end."""

    here: Branch
    others: tuple[Branch, ...] = ()

    @property
    def timeline(self) -> Timeline:
        return self.here.timeline

    @property
    def cursor(self) -> Cursor:
        return self.here.cursor

    @property
    def branches(self) -> tuple[Branch, ...]:
        """All of them, in the order in which they began."""
        return tuple(sorted((self.here, *self.others), key=lambda branch: branch.number))

    def at(self, cursor: Cursor) -> Place:
        """Elsewhere on the same branch."""
        reach = max(self.here.reach, cursor.iteration)
        return Place(replace(self.here, cursor=cursor, reach=reach), self.others)

    def changed(self, timeline: Timeline, cursor: Cursor) -> Place:
        """On a timeline that is another one from the cursor's iteration on: a new branch, if there is more to lose.

        Raises:
            LimitExceeded: it would be a new branch, and there is no room for one.
        """
        if self.here.reach > cursor.iteration:
            return self._forked(timeline, cursor, "")
        return Place(replace(self.here, timeline=timeline, cursor=cursor, reach=cursor.iteration), self.others)

    def branched(self, name: str) -> Place:
        """On a new branch from here on, which has nothing ahead yet.

        Raises:
            LimitExceeded: there is no room for one.
        """
        return self._forked(self.timeline.until(self.cursor.iteration), self.cursor, name)

    def on(self, number: int) -> Place:
        """On another branch, where it was left.

        Raises:
            IndexInvalid: there is no such branch.
        """
        there = self._find(number)
        return self if there is self.here else Place(there, (*_without(self.others, number), self.here))

    def renamed(self, number: int, name: str) -> Place:
        """The same with another name for a branch.

        Raises:
            IndexInvalid: there is no such branch.
        """
        self._find(number)
        here, *others = (
            replace(branch, name=name) if branch.number == number else branch for branch in (self.here, *self.others)
        )
        return Place(here, tuple(others))

    def without(self, number: int) -> Place:
        """The same without a branch; those that left it leave now the one that it had left itself.

        Raises:
            IndexInvalid: there is no such branch, or it is the one where the learner stands.
        """
        gone = self._find(number)
        if gone is self.here:
            raise IndexInvalid(
                f"Branch {number} is where you stand.",
                hint="Go to another branch before you delete it.",
                where="branch",
            )

        def moved(branch: Branch) -> Branch:
            left = branch.parent == number
            return replace(branch, parent=gone.parent, fork=min(branch.fork, gone.fork)) if left else branch

        return Place(moved(self.here), tuple(map(moved, _without(self.others, number))))

    def _forked(self, timeline: Timeline, cursor: Cursor, name: str) -> Place:
        number, at = self.branches[-1].number + 1, cursor.iteration
        new = Branch(number, timeline, cursor, at, name, self.here.number, at)
        return Place(new, (*self.others, self.here))._bounded()

    def _bounded(self) -> Place:
        """The branches that nobody named and that were left longest ago are forgotten; the one just left never is."""
        place = self
        while len(place.others) >= MOST or (len(place.others) > 1 and held(place.others) > MOST_BYTES):
            unnamed = next((branch.number for branch in place.others[:-1] if not branch.name), None)
            if unnamed is None:
                raise LimitExceeded(
                    f"There is no room for one more branch beside {len(self.others)} that have names.",
                    hint="Delete a branch, or take its name away.",
                    where="branches",
                )
            place = place.without(unnamed)
        return place

    def _find(self, number: int) -> Branch:
        found = next((branch for branch in self.branches if branch.number == number), None)
        if found is None:
            raise IndexInvalid(
                f"There is no branch {number}.", hint="The state lists the branches that there are.", where="branch"
            )
        return found


def held(branches: Collection[Branch]) -> int:
    """About how many bytes branches hold, what they share counted once."""
    timelines = {id(branch.timeline): branch.timeline for branch in branches}.values()
    data = {id(timeline.data): timeline.data for timeline in timelines}.values()
    checkpoints = sum(timeline.checkpoints.nbytes for timeline in timelines)
    return checkpoints + sum(one.nbytes for one in data) + sum(edit.nbytes for edit in edits_of(branches, large=True))


def edits_of(branches: Iterable[Branch], large: bool = False) -> Iterable[Edit]:
    """The edits of branches, those that they share once; only the large ones, of which there are few."""
    timelines = (branch.timeline for branch in branches)
    return {id(one): one for line in timelines for one in (line.large_edits if large else line.edits)}.values()


def _without(branches: Iterable[Branch], number: int) -> tuple[Branch, ...]:
    return tuple(branch for branch in branches if branch.number != number)
