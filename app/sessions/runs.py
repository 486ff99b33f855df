"""Runs: the sessions of a server that train by themselves, in turns of short slices on worker threads.

A turn is taken in the order in which it was asked for, so that all get the same share. One core is left to answer with.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from time import monotonic

from ..errors import Diverged, SessionNotFound, StaleRevision
from .metrics import Point
from .run import Goal, Run
from .search import Search
from .session import Session

SLICE = 0.01
"""Seconds of a turn, where others wait for theirs."""
ALONE = 0.05
"""Seconds of a turn where nobody does. Whoever asks for the session ends it sooner."""
LONGEST_WAIT = 0.05
"""Seconds after which a slow run looks again whether it was ended."""
MOST_WORKERS = 8
SAVING_SECONDS = 1.0
"""A session that runs is saved about so often; where others see it only as it was saved, `SHARED_SECONDS`."""
SHARED_SECONDS = 0.25
REST = 19
"""But saving it takes at most one part in so many and one of the time."""

Save = Callable[[Session], Awaitable[None]]


async def _unsaved(session: Session) -> None:
    """What is not kept needs no saving."""


class Runs:
    """Drives the runs of a server.

    Args:
        idle_seconds: how long a run goes on when nobody watches or asks.
        save: saves a session whose lock is held.
        shared: whether other servers see a session as it was saved.
    """

    def __init__(self, idle_seconds: float, save: Save = _unsaved, shared: bool = False) -> None:
        self._idle_seconds = idle_seconds
        self._save = save
        self._saving_seconds = SHARED_SECONDS if shared else SAVING_SECONDS
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._workers = max(1, min(cores - 1, MOST_WORKERS))
        self._turns = asyncio.Semaphore(self._workers)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> int:
        """How many runs go on."""
        return len(self._tasks)

    def start(self, session: Session, goal: Goal, speed: float | None) -> None:
        """Let a session run, in the place of a run that it may have; its lock must be held."""
        run = session.begin_run(goal, speed)
        task = asyncio.create_task(self._drive(session, run))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drive(self, session: Session, run: Run) -> None:
        due = monotonic() + self._saving_seconds
        try:
            while run.going:
                if (begun := monotonic()) >= due:
                    await self._saved(session)
                    rest = REST * (monotonic() - begun)
                    due = monotonic() + min(max(rest, self._saving_seconds), SAVING_SECONDS)
                if wait := run.wait():
                    await asyncio.sleep(min(wait, LONGEST_WAIT))
                else:
                    await self._turn(session, run)
                if not session.news.watched and monotonic() - session.asked > self._idle_seconds:
                    session.pause("idle")
            await self._saved(session)
        finally:
            run.end("failed")
            session.news.tell()

    async def _saved(self, session: Session) -> None:
        """Save; where somebody else has changed the session, it is let go, and its run has ended."""
        with suppress(StaleRevision, SessionNotFound):
            async with session.lock:
                await self._save(session)

    async def _turn(self, session: Session, run: Run) -> None:
        """One slice. Who works on the session goes first, and the turn is left to another session."""
        async with self._turns:
            if not session.lock.locked():
                async with session.lock:
                    await _slice(session, run, SLICE if self.running > self._workers else ALONE)
                return
        async with session.lock:
            pass


async def _slice(session: Session, run: Run, seconds: float) -> None:
    """Train towards the goal, and stand at the end of the last iteration; the session's lock must be held."""
    here, goal = session.cursor.iteration, run.goal
    most = goal.iterations(session.iteration.batches)
    if run.done >= most:
        session.pause("reached")
    if not run.going:
        return
    last = min(most, run.allowed()) - 1

    def enough(point: Point) -> bool:
        return point.iteration > here and goal.met(point)

    search = Search(session, last, enough) if session.breakpoints else None
    try:
        await asyncio.to_thread(
            partial(session.train, last, seconds, enough) if search is None else partial(search.run, SLICE)
        )
    except Diverged as error:
        session.follow(error.iteration)
        session.pause("diverged")
        return
    trained, point = session.trained, session.timeline.metrics.at(session.trained)
    if search is not None and search.found is not None:
        session.stop_at(search.found)
    elif point is not None and enough(point):
        session.follow(trained - 1)
        session.pause("reached")
    else:
        session.follow(trained if search is None else search.reached)
    if run.done >= most:
        session.pause("reached")
