"""A database: one thread has its only connection, and changes that wait while it writes are written together."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from ..errors import NotSaved, StepgradError

MOST_TOGETHER = 256
T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]


@dataclass(frozen=True)
class Job:
    """Work for the thread that has the connection."""

    work: Work[Any]
    writes: bool
    done: Future[Any]

    def end(self, result: object) -> None:
        """Tell whoever waits, if somebody still does."""
        if not self.done.set_running_or_notify_cancel():
            return
        if isinstance(result, BaseException):
            self.done.set_exception(result)
        else:
            self.done.set_result(result)


class Database:
    """Does work with a connection, which nobody else may use any more, in the order in which it is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="stepgrad-store", daemon=True)
        self._thread.start()

    async def write(self, work: Work[T]) -> T:
        """What the work returns once all that it changed is in the file; it raises before it changes anything.

        Raises:
            NotSaved: the file cannot be written to.
        """
        result: T = await asyncio.wrap_future(self._do(work, True))
        return result

    async def read(self, work: Work[T]) -> T:
        """What the work returns, which changes nothing.

        Raises:
            NotSaved: the file cannot be read.
        """
        result: T = await asyncio.wrap_future(self._do(work, False))
        return result

    async def close(self) -> None:
        """Do what still waits, and let go of the file."""
        self._jobs.put(None)
        self._thread.join()

    def _do(self, work: Work[Any], writes: bool) -> Future[Any]:
        done: Future[Any] = Future()
        self._jobs.put(Job(work, writes, done))
        return done

    def _work(self) -> None:
        """What the thread does: jobs that write in one transaction, then one that reads."""
        while group := self._group():
            writing = [job for job in group if job.writes]
            self._commit(writing)
            for job in group[len(writing) :]:
                self._end(job)
        self._connection.close()

    def _group(self) -> list[Job]:
        """Jobs that write and wait together, up to one that reads; none at the end."""
        group: list[Job] = []
        while not group or (group[-1].writes and len(group) < MOST_TOGETHER and not self._jobs.empty()):
            job = self._jobs.get()
            if job is None:
                self._jobs.put(None)  # to be found again once the group is done
                break
            group.append(job)
        return group

    def _commit(self, group: list[Job]) -> None:
        """Do jobs in one transaction or, where that fails, each in one of its own."""
        if not group:
            return
        results: list[object] = []
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for job in group:
                try:
                    results.append(job.work(self._connection))
                except StepgradError as error:  # which it raises before it changes anything
                    results.append(error)
            self._connection.execute("COMMIT")
        except Exception as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if len(group) == 1:
                group[0].end(_told(error))
            else:
                for job in group:
                    self._commit([job])
            return
        for job, result in zip(group, results, strict=True):
            job.end(result)

    def _end(self, job: Job) -> None:
        try:
            job.end(job.work(self._connection))
        except Exception as error:
            job.end(_told(error))


def _told(error: Exception) -> Exception:
    """What the database says, for a person; other errors are told as they are."""
    if not isinstance(error, sqlite3.Error):
        return error
    return NotSaved(
        f"The session could not be saved: {error}.",
        hint="Make room on the disk, or let it be written to; it is tried again.",
        where="store",
    )
