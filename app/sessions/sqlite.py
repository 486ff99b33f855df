"""Sessions in an SQLite file: they outlive the server, however it ends.

One thread has the only connection. Changes that wait while it writes are written together in the next transaction, so
that many sessions cost hardly more than one. In WAL mode with `synchronous=NORMAL`, what is committed outlives the
process, though the last moment before a power cut may be missing; the file is whole in either case.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from ..errors import NotSaved, StepgradError
from .store import (
    WEEK,
    Change,
    Kept,
    Known,
    Listed,
    Newer,
    Room,
    Weighed,
    changed_elsewhere,
    leaving,
    nearly,
    not_found,
)

VERSION = 1
APPLICATION = 0x53475354
"""By this number in its header, other programs know the file as Stepgrad's."""
BUSY_SECONDS = 5
"""How long another process may write to the same file before a change is given up."""
MOST_TOGETHER = 256

SCHEMA = """
CREATE TABLE sessions (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL, iteration INTEGER NOT NULL,
  made REAL NOT NULL, changed REAL NOT NULL, used REAL NOT NULL, deleted REAL, revision INTEGER NOT NULL,
  bytes INTEGER NOT NULL, position BLOB NOT NULL
);
CREATE INDEX owned ON sessions (owner);
CREATE TABLE parts (id TEXT NOT NULL, kind TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (id, kind));
"""
LISTED = "id, owner, name, title, iteration, made, changed, revision, bytes, deleted"

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


class SQLiteStore:
    """Keeps sessions in a file.

    Raises:
        NotSaved: the file cannot be written to, or is none of Stepgrad's.
    """

    lasting = True
    shared = False

    def __init__(self, path: Path, room: Room) -> None:
        self._room = room
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._connection = _connected(path)
        self._thread = Thread(target=self._work, name="stepgrad-store", daemon=True)
        self._thread.start()

    async def save(self, change: Change) -> tuple[str, ...]:
        """Save a session, if it is as it was."""
        return await self._write(lambda connection: self._save(connection, change))

    async def load(self, name: str) -> Kept:
        """The session of this id."""
        return await self._read(lambda connection: _load(connection, name))

    async def newer(self, name: str, known: Known) -> Newer | None:
        """What somebody else has saved since then."""
        revision = await self._read(lambda connection: _revision(connection, name))
        return None if revision == known.revision else Newer(revision)

    async def listed(self, owner: str) -> list[Listed]:
        """The sessions of an owner, the one changed last first."""
        return await self._read(lambda connection: self._listed(connection, owner)) if owner else []

    async def rename(self, name: str, owner: str, called: str) -> Listed:
        """Give a session another name."""
        return await self._write(lambda connection: _mark(connection, name, owner, "name = ?", called, alive=True))

    async def delete(self, name: str, owner: str, at: float) -> None:
        """Delete a session; for a week it can be had back."""
        await self._write(lambda connection: _mark(connection, name, owner, "deleted = ?", at, alive=True))

    async def undelete(self, name: str, owner: str) -> Listed:
        """Have a deleted session back."""
        return await self._write(lambda connection: _mark(connection, name, owner, "deleted = ?", None))

    async def close(self) -> None:
        """Write what still waits, and let go of the file."""
        self._jobs.put(None)
        self._thread.join()

    async def _write(self, work: Work[T]) -> T:
        result: T = await asyncio.wrap_future(self._do(work, True))
        return result

    async def _read(self, work: Work[T]) -> T:
        result: T = await asyncio.wrap_future(self._do(work, False))
        return result

    def _do(self, work: Work[Any], writes: bool) -> Future[Any]:
        done: Future[Any] = Future()
        self._jobs.put(Job(work, writes, done))
        return done

    def _work(self) -> None:
        """What the thread does: a group of jobs that write in one transaction, or one that reads."""
        while (job := self._jobs.get()) is not None:
            group, last = [job], False
            while group[-1].writes and len(group) < MOST_TOGETHER and not self._jobs.empty():
                following = self._jobs.get()
                if following is None:
                    last = True
                    break
                group.append(following)
            if group[-1].writes:
                self._commit(group)
            else:
                self._commit(group[:-1])
                _end(group[-1], self._connection)
            if last:
                break
        self._connection.close()

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

    def _save(self, connection: sqlite3.Connection, change: Change) -> tuple[str, ...]:
        found = connection.execute("SELECT revision, deleted FROM sessions WHERE id = ?", (change.id,)).fetchone()
        if (found is None or found[1] is not None) and change.before is not None:
            raise not_found()
        if found is not None and change.before != found[0]:
            raise changed_elsewhere()
        parts = [(change.id, kind, content) for kind, content in change.parts.items() if kind != "position"]
        position = change.parts["position"]
        told = (change.title, change.iteration, change.at, change.at, change.revision, position)
        if found is None:
            connection.execute(
                "INSERT INTO sessions"
                " (title, iteration, changed, used, revision, position, id, owner, name, made, bytes)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                (*told, change.id, change.owner, change.name, change.made),
            )
        else:
            connection.execute(
                "UPDATE sessions SET title = ?, iteration = ?, changed = ?, used = ?, revision = ?, position = ?"
                " WHERE id = ?",
                (*told, change.id),
            )
        if not parts:
            return ()
        used = [(at, name) for name, at in change.used.items()]
        connection.executemany("UPDATE sessions SET used = MAX(used, ?) WHERE id = ?", used)
        connection.executemany("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", parts)
        connection.execute(
            "UPDATE sessions SET bytes = ? + (SELECT SUM(LENGTH(bytes)) FROM parts WHERE id = ?) WHERE id = ?",
            (len(position), change.id, change.id),
        )
        return self._make_room(connection, change.id, change.at)

    def _make_room(self, connection: sqlite3.Connection, but: str, at: float) -> tuple[str, ...]:
        old = connection.execute("SELECT id FROM sessions WHERE deleted < ?", (at - WEEK,)).fetchall()
        count, nbytes = connection.execute("SELECT COUNT(*), TOTAL(bytes) FROM sessions").fetchone()
        left = tuple(name for (name,) in old)
        if not self._room.holds(count, nbytes):
            left += leaving((one for one in _weighed(connection) if one.id not in left), self._room, but)
        for name in left:
            connection.execute("DELETE FROM sessions WHERE id = ?", (name,))
            connection.execute("DELETE FROM parts WHERE id = ?", (name,))
        return left

    def _listed(self, connection: sqlite3.Connection, owner: str) -> list[Listed]:
        rows = connection.execute(
            f"SELECT {LISTED} FROM sessions WHERE owner = ? ORDER BY changed DESC", (owner,)
        ).fetchall()
        next_ones = leaving(_weighed(connection), nearly(self._room))
        return [replace(Listed(*row), leaving=row[0] in next_ones) for row in rows]


def _connected(path: Path) -> sqlite3.Connection:
    """A connection to the file, which is made if there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]
        if (tables and application != APPLICATION) or version > VERSION:
            connection.close()
            what = "was made by a newer Stepgrad" if application == APPLICATION else "is another program's"
            raise NotSaved(f"The file {path} {what}.", hint="Name another with --store.", where="store")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")  # which also shows that it can be written to
        if not connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except (OSError, sqlite3.Error) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise NotSaved(
            f"Sessions cannot be kept in {path}: {why}.", hint="Name another file with --store.", where="store"
        ) from error
    return connection


def _end(job: Job, connection: sqlite3.Connection) -> None:
    try:
        job.end(job.work(connection))
    except Exception as error:
        job.end(_told(error))


def _load(connection: sqlite3.Connection, name: str) -> Kept:
    row = connection.execute(f"SELECT {LISTED}, position FROM sessions WHERE id = ?", (name,)).fetchone()
    if row is None or row[9] is not None:
        raise not_found()
    parts = dict(connection.execute("SELECT kind, bytes FROM parts WHERE id = ?", (name,)).fetchall())
    return Kept(Listed(*row[:10]), {**parts, "position": row[10]})


def _revision(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT revision FROM sessions WHERE id = ? AND deleted IS NULL", (name,)).fetchone()
    if row is None:
        raise not_found()
    revision: int = row[0]
    return revision


def _mark(
    connection: sqlite3.Connection, name: str, owner: str, what: str, value: object, alive: bool = False
) -> Listed:
    lives = " AND deleted IS NULL" if alive else ""
    updated = connection.execute(f"UPDATE sessions SET {what} WHERE id = ? AND owner = ?{lives}", (value, name, owner))
    if not updated.rowcount:
        raise not_found()
    return Listed(*connection.execute(f"SELECT {LISTED} FROM sessions WHERE id = ?", (name,)).fetchone())


def _weighed(connection: sqlite3.Connection) -> list[Weighed]:
    return [Weighed(*row) for row in connection.execute("SELECT id, bytes, used, deleted FROM sessions")]


def _told(error: Exception) -> Exception:
    """What the database says, for a person; other errors are told as they are."""
    if not isinstance(error, sqlite3.Error):
        return error
    return NotSaved(
        f"The session could not be saved: {error}.",
        hint="Make room on the disk, or let it be written to; it is tried again.",
        where="store",
    )
