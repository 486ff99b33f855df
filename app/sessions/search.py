"""Searching: from where a session stands, on to where its next breakpoint is met."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from ..errors import Diverged, SpecError
from ..steps.cursor import Cursor
from .breakpoints import met
from .metrics import Enough
from .session import Session
from .trainer import complete


class Search:
    """Goes on from a session's cursor until a breakpoint is met; in slices, on another thread.

    Args:
        last: the iteration after which it ends.
        enough: says of a measured point that it ends there.

    Attributes:
        found: where one is met.
        reached: the last iteration that was looked through.
    """

    def __init__(self, session: Session, last: int, enough: Enough | None = None) -> None:
        self._session = session
        self._last = last
        self._enough = enough
        self.found: Cursor | None = None
        self.reached = session.cursor.iteration - 1
        self._cursors = self._ahead()

    def run(self, seconds: float) -> bool:
        """Go on for about so many seconds; whether a breakpoint is met, or the last iteration looked through.

        Raises:
            Diverged: there are no iterations after one, which was looked through.
        """
        until = perf_counter() + seconds
        for found in self._cursors:
            self.found = found
            if found is not None or self._is_enough() or perf_counter() > until:
                break
        return self.found is not None or self.reached >= self._last or self._is_enough()

    def _is_enough(self) -> bool:
        point = self._session.timeline.metrics.at(self.reached + 1)
        return self._enough is not None and point is not None and self._enough(point)

    def _ahead(self) -> Iterator[Cursor | None]:
        session, after = self._session, self._session.cursor.operation
        for number in range(session.cursor.iteration, self._last + 1):
            session.timeline.checkpoints.check(number)
            iteration = session.at(number)
            at = met(session.breakpoints, iteration, after, len(iteration.operations))
            iteration.tape()  # so that the next one is near
            self.reached, after = number, -1
            yield None if at is None else Cursor(number, at)


async def go_to_next(session: Session, iterations: int) -> None:
    """Go on to where the next breakpoint is met, or to the end of so many iterations; the lock must be held.

    Raises:
        SpecError: there is none.
    """
    if not session.breakpoints:
        raise SpecError(
            "There are no breakpoints.",
            hint="Set one first; on the page, under “Stop by itself” beside the picture.",
            where="breakpoints",
        )
    search = Search(session, session.cursor.iteration + iterations - 1)
    try:
        await complete(search)
    except Diverged as error:
        session.seek(session.end_of(error.iteration))
        return
    session.seek(search.found or session.end_of(search.reached))
