"""A run: training that goes on by itself until something is reached, or until someone takes over."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from time import perf_counter, time

from ..data.batches import Batches
from .metrics import Point

FOREVER = 2**53
RATE_SECONDS = 1.0
"""The rate is that of about the last second."""


@dataclass(frozen=True)
class Goal:
    """What ends a run, whichever comes first; nothing means until it is paused.

    Attributes:
        iteration, epoch: so many are done, counted from the start.
        cost: the cost on the training data is below it.
        accuracy: this share is right, of the test data where there is some, else of the training data.
    """

    iteration: int | None = None
    epoch: int | None = None
    cost: float | None = None
    accuracy: float | None = None

    def iterations(self, batches: Batches) -> int:
        """How many iterations are done when it is reached, if nothing else is reached before."""
        by_epoch = FOREVER if self.epoch is None else batches.begin(self.epoch)
        return min(FOREVER if self.iteration is None else self.iteration, by_epoch)

    def met(self, point: Point) -> bool:
        """Whether a point is good enough."""
        accuracy = point.accuracy if point.test_accuracy is None else point.test_accuracy
        cheap = self.cost is not None and point.cost < self.cost
        return cheap or (self.accuracy is not None and accuracy is not None and accuracy >= self.accuracy)


class Run:
    """One run of a session.

    Attributes:
        speed: iterations a second, at most; None is as fast as possible.
        begun: how many iterations were done when it began.
        done: how many are done now.
        lease: of a run at another server, until when that one said that it goes on, in seconds since 1970.
    """

    def __init__(self, goal: Goal, speed: float | None, begun: int) -> None:
        self.goal = goal
        self.speed = speed
        self.begun = self.done = begun
        self.lease: float | None = None
        self._why = ""
        self._told_rate: float | None = None
        self._from = perf_counter(), begun
        self._marks: deque[tuple[float, int]] = deque([self._from])

    def is_told(self, done: int, rate: float | None, why: str, lease: float | None) -> Run:
        """This run, as it is told by the server where it is."""
        self.done, self._told_rate, self._why, self.lease = done, rate, why, lease
        return self

    @property
    def why(self) -> str:
        """Why it ended; empty as long as it goes on. It is lost where its server has said nothing for too long."""
        return self._why or ("lost" if self.lease is not None and time() > self.lease else "")

    @property
    def going(self) -> bool:
        return not self.why

    def end(self, why: str) -> None:
        """End it, unless it has ended."""
        self._why = self._why or why

    def mark(self, done: int) -> None:
        """So many iterations are done now. Fewer than before: the session was taken back, and it goes on from there."""
        now = perf_counter()
        if done < self.done:
            self._from = now, done
            self._marks.clear()
        self.done = done
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[1][0] >= RATE_SECONDS:
            self._marks.popleft()

    @property
    def rate(self) -> float | None:
        """Iterations a second."""
        if self.lease is not None:
            return self._told_rate
        (first, begun), (last, done) = self._marks[0], self._marks[-1]
        return (done - begun) / (last - first) if done > begun else None

    def allowed(self) -> int:
        """How many iterations may be done by now."""
        if self.speed is None:
            return FOREVER
        since, begun = self._from
        return begun + 1 + int((perf_counter() - since) * self.speed)

    def wait(self) -> float:
        """Seconds until one more may be done."""
        if self.speed is None:
            return 0
        since, begun = self._from
        return max(0.0, since + (self.done - begun) / self.speed - perf_counter())
