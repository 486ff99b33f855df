"""Checkpoints: what training changes, as it was at some iterations; the others are computed again from there."""

from __future__ import annotations

from collections import OrderedDict

from ..errors import Diverged
from ..nn.registry import Array
from .divergence import Divergence

MOST_BYTES = 8 * 2**20
MOST = 512
NEAR = 16
LEFT_BYTES = 2**19
"""What is enough for a timeline that was left."""


class Checkpoints:
    """Parameters, and what the optimizer remembers, by iteration; when they are too many, every second one goes.

    Attributes:
        furthest: the furthest iteration that was ever reached.
        last: the last iteration there is, where it is known that its update left numbers that are not finite.
        divergence: where in that iteration they began, once it has been recorded.
        visited: the furthest at which the learner stood.
        spacing: there is one for every so many iterations.
    """

    def __init__(self) -> None:
        self.furthest = 0
        self.last: int | None = None
        self.divergence: Divergence | None = None
        self.visited = 0
        self._kept: dict[int, Array] = {}
        self._given: dict[int, Array] = {}
        self._near: OrderedDict[int, Array] = OrderedDict()
        self.spacing = 1

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def nbytes(self) -> int:
        """About what they hold."""
        largest = max((everything.nbytes for everything in self._kept.values()), default=0)
        return largest * (len(self._kept) + len(self._near) + len(self._given))

    @property
    def iterations(self) -> list[int]:
        """Those that are kept far back too, in order; 0 is always one of them."""
        return sorted(self._kept)

    def keep(self, iteration: int, everything: Array, near: bool = False) -> None:
        """Remember with what an iteration starts, before its edits.

        Args:
            near: it is close to where someone goes who may go back step by step; the last few of these are kept too.
        """
        self.furthest = max(self.furthest, iteration)
        far = iteration not in self._kept and iteration % self.spacing == 0
        if not (near or far):
            return
        copied = everything.copy()
        if near:
            self._near[iteration] = copied
            while len(self._near) > max(1, min(NEAR, MOST_BYTES // copied.nbytes)):
                self._near.popitem(last=False)
        if far:
            self._kept[iteration] = copied
            self._bound(MOST_BYTES)

    def give(self, iteration: int, everything: Array) -> None:
        """One that was computed elsewhere and stays: to compute it again might round otherwise."""
        self._given[iteration] = everything
        self.furthest = max(self.furthest, iteration)

    def thin(self, at: int) -> None:
        """Keep as much as is enough for a timeline that was left at an iteration, to which someone may return."""
        nearest, everything = self.before(at)
        self._near.clear()
        if nearest == at and at not in self._given:
            self._near[at] = everything
        self._bound(LEFT_BYTES)

    def among(self, iteration: int, most_bytes: int) -> dict[int, Array]:
        """Some of them, evenly spread, the one at or before an iteration being one; 0 is left out."""
        at, everything = self.before(iteration)
        room = most_bytes // everything.nbytes
        every = self.spacing
        while self.furthest // every > room:
            every *= 2
        chosen = {one: kept for one, kept in self._kept.items() if one % every == 0} if room else {}
        chosen |= {at: everything}
        return {one: chosen[one] for one in sorted(chosen) if one}

    def _bound(self, most_bytes: int) -> None:
        nbytes = max(everything.nbytes for everything in self._kept.values())
        while len(self._kept) > max(2, min(MOST, most_bytes // nbytes)):
            self.spacing *= 2
            self._kept = {at: kept for at, kept in self._kept.items() if at % self.spacing == 0}

    def check(self, iteration: int) -> None:
        """Refuse an iteration that is known not to exist.

        Raises:
            Diverged: training ends before it.
        """
        if self.last is not None and iteration > self.last:
            raise Diverged(self.last)

    def next_due(self, iteration: int) -> int:
        """The first iteration after this one that is kept."""
        return (iteration // self.spacing + 1) * self.spacing

    def before(self, iteration: int) -> tuple[int, Array]:
        """The nearest checkpoint at or before an iteration."""
        held = self._given, self._near, self._kept
        at = max(at for ones in held for at in ones if at <= iteration)
        return at, next(ones[at] for ones in held if at in ones)

    def until(self, iteration: int) -> Checkpoints:
        """Those that a timeline shares which leaves this one at an iteration."""
        shared = Checkpoints()
        shared.spacing, shared.furthest = self.spacing, min(self.furthest, iteration)
        shared.visited = min(self.visited, iteration)
        shared._kept = {at: everything for at, everything in self._kept.items() if at <= iteration}
        shared._given = {at: everything for at, everything in self._given.items() if at <= iteration}
        return shared
