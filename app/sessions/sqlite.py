"""Sessions in an SQLite file: they outlive the server, however it ends.

What is saved at the same time is one transaction, so that many sessions cost hardly more than one. In WAL mode with
`synchronous=NORMAL`, what is committed outlives the process, though the last moment before a power cut may be missing;
the file is whole in either case.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from ..errors import NotSaved
from .database import Database
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


class SQLiteStore:
    """Keeps sessions in a file.

    Raises:
        NotSaved: the file cannot be written to, or is none of Stepgrad's.
    """

    lasting = True
    shared = False

    def __init__(self, path: Path, room: Room) -> None:
        self._room = room
        self._database = Database(_connected(path))

    async def save(self, change: Change) -> tuple[str, ...]:
        """Save a session, if it is as it was."""
        return await self._database.write(lambda connection: self._save(connection, change))

    async def load(self, name: str) -> Kept:
        """The session of this id."""
        return await self._database.read(lambda connection: _load(connection, name))

    async def newer(self, name: str, known: Known) -> Newer | None:
        """What somebody else has saved since then."""
        revision = await self._database.read(lambda connection: _revision(connection, name))
        return None if revision == known.revision else Newer(revision)

    async def listed(self, owner: str) -> list[Listed]:
        """The sessions of an owner, the one changed last first."""
        return await self._database.read(lambda connection: self._listed(connection, owner)) if owner else []

    async def rename(self, name: str, owner: str, called: str) -> Listed:
        """Give a session another name."""
        return await self._database.write(
            lambda connection: _mark(connection, name, owner, "name = ?", called, alive=True)
        )

    async def delete(self, name: str, owner: str, at: float) -> None:
        """Delete a session; for a week it can be had back."""
        await self._database.write(lambda connection: _mark(connection, name, owner, "deleted = ?", at, alive=True))

    async def undelete(self, name: str, owner: str) -> Listed:
        """Have a deleted session back."""
        return await self._database.write(lambda connection: _mark(connection, name, owner, "deleted = ?", None))

    def follow(self, name: str, followed: bool) -> None:
        """What others do with the file is found only when it is asked for."""

    async def close(self) -> None:
        """Write what still waits, and let go of the file."""
        await self._database.close()

    def _save(self, connection: sqlite3.Connection, change: Change) -> tuple[str, ...]:
        found = connection.execute("SELECT revision, deleted FROM sessions WHERE id = ?", (change.id,)).fetchone()
        if (found is None or found[1] is not None) and change.before is not None:
            raise not_found()
        if found is not None and change.before != found[0]:
            raise changed_elsewhere()
        told = (change.title, change.iteration, change.at, change.at, change.revision, change.parts["position"])
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
        return self._save_parts(connection, change) if len(change.parts) > 1 else ()

    def _save_parts(self, connection: sqlite3.Connection, change: Change) -> tuple[str, ...]:
        """Save what is large, for which there may have to be room."""
        parts = [(change.id, kind, content) for kind, content in change.parts.items() if kind != "position"]
        used = [(at, name) for name, at in change.used.items()]
        connection.executemany("UPDATE sessions SET used = MAX(used, ?) WHERE id = ?", used)
        connection.executemany("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", parts)
        connection.execute(
            "UPDATE sessions SET bytes = ? + (SELECT SUM(LENGTH(bytes)) FROM parts WHERE id = ?) WHERE id = ?",
            (len(change.parts["position"]), change.id, change.id),
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
