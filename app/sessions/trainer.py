"""The trainer: long ways through a session's timeline, in short slices on worker threads.

Between two slices the event loop and other sessions' slices have their turn, so that one heavy learner slows nobody.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from ..errors import Diverged
from ..steps.cursor import Cursor
from .session import Session

SLICE = 0.02
"""Seconds of a slice."""


class Sliced(Protocol):
    """Work that is done in slices."""

    def run(self, seconds: float) -> bool:
        """Go on for about so many seconds; whether it is done."""
        ...


async def go(session: Session, cursor: Cursor) -> None:
    """Bring a session to a cursor, however far away; the session's lock must be held.

    Raises:
        IndexInvalid: there is no such position.
        Diverged: training ends before it.
    """
    session.check_position(cursor)
    await _train(session, cursor.iteration)
    session.seek(cursor)


async def go_on(session: Session, iterations: int) -> None:
    """Finish the iteration under way and train so many more, or to the end of the one that diverges.

    Raises:
        Diverged: the session stands there already.
    """
    try:
        await go(session, Cursor(finished(session) + iterations))
    except Diverged as found:
        end = session.end_of(found.iteration)
        if session.cursor == end:
            raise
        session.seek(end)


async def approach(session: Session, iteration: int, row: int | None = None) -> None:
    """Train to where an iteration's numbers, and those of a row, can be asked for; the cursor stays."""
    if not session.at(iteration).near(row):
        await _train(session, iteration)


async def _train(session: Session, iteration: int) -> None:
    try:
        await _in_slices(session, iteration)
    except Diverged as found:
        await _in_slices(session, found.iteration)
        session.at(found.iteration).tape()  # by which it is known where in it the numbers stopped being finite
        raise


async def _in_slices(session: Session, iteration: int) -> None:
    while not session.train(iteration, 0):
        if await asyncio.to_thread(session.train, iteration, SLICE):
            break


async def complete(work: Sliced) -> None:
    """Do work to its end, in slices; the lock of a session that it reads must be held."""
    while not await asyncio.to_thread(work.run, SLICE):
        pass


def finished(session: Session) -> int:
    """The first iteration that does not begin before the cursor: one under way is to be finished first."""
    return session.cursor.iteration + (session.cursor.operation > 0)
