"""Sessions in Redis or Valkey, where several servers work on the same ones. Each change is one script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from redis.asyncio import Redis

from ..redis import RedisServer
from . import scripts
from .codec import KINDS, Kind
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

SAVED_WITH: dict[Kind, str] = {"content": "edited", "numbers": "computed"}
"""Fields for the revision with which a part was saved."""
LISTED = ("id", "owner", "name", "title", "iteration", "made", "changed", "revision", "bytes", "deleted")


class RedisStore:
    """Keeps sessions on a server."""

    lasting = True
    shared = True

    def __init__(self, server: RedisServer, room: Room) -> None:
        self._server = server
        self._room = room

    async def save(self, change: Change) -> tuple[str, ...]:
        """Save a session, if it is as it was."""
        at = repr(change.at)
        new: dict[str, Any] = {}
        if change.before is None:
            new = {"id": change.id, "owner": change.owner, "name": change.name, "made": repr(change.made)}
        fields: dict[str, Any] = {"title": change.title, "iteration": change.iteration, "changed": at}
        fields |= {str(kind): part for kind, part in change.parts.items()}
        fields |= {when: change.revision for kind, when in SAVED_WITH.items() if kind in change.parts}
        before = "" if change.before is None else change.before
        moved = change.before is not None and set(change.parts) == {"position"}
        arguments = [change.id, before, change.revision, change.writer, at, repr(change.at - WEEK), int(moved)]
        answer = await self._server.run(scripts.SAVE, *arguments, *_flat(change.used), *_flat(new), *_flat(fields))
        if answer == b"gone":
            raise not_found()
        if answer == b"stale":
            raise changed_elsewhere()
        count, nbytes, old = answer
        return await self._make_room(change.id, change.at) if old or not self._room.holds(count, nbytes) else ()

    async def load(self, name: str) -> Kept:
        """The session of this id."""
        key = scripts.session(name)
        size = int(await self._server.ask(lambda redis: redis.hget(key, "bytes")) or 0)
        answer = await self._server.ask(lambda redis: redis.hgetall(key), size)
        found = {field.decode(): value for field, value in answer.items()}
        if not found or "deleted" in found:
            raise not_found()
        parts = {kind: found[kind] for kind in KINDS if kind in found}
        return Kept(_listed(found), parts, *(int(found.get(when, -1)) for when in SAVED_WITH.values()))

    async def newer(self, name: str, known: Known) -> Newer | None:
        """What somebody else has saved since then."""
        revision = "" if known.revision is None else known.revision
        answer = await self._server.run(scripts.NEWER, name, revision, known.writer, known.edited, known.computed)
        if answer == b"gone":
            raise not_found()
        if answer == b"known":
            return None
        newest, computed, position, numbers = answer
        parts: dict[Kind, bytes] = {} if position is None else {"position": position}
        return Newer(int(newest), int(computed or -1), parts if numbers is None else {**parts, "numbers": numbers})

    async def listed(self, owner: str) -> list[Listed]:
        """The sessions of an owner, the one changed last first."""
        if not owner:
            return []
        found_names = await self._server.ask(lambda redis: redis.smembers(scripts.owned(owner)))
        names = [name.decode() for name in found_names]

        async def all_of_them(redis: Redis) -> list[list[bytes | None]]:
            async with redis.pipeline(transaction=False) as together:
                for name in names:
                    together.hmget(scripts.session(name), LISTED)
                return await together.execute()

        rows = [dict(zip(LISTED, row, strict=True)) for row in await self._server.ask(all_of_them)]
        found = [_listed(row) for row in rows if row["id"] is not None]  # one may just have left
        next_ones = leaving(await self._weighed(), nearly(self._room))
        found.sort(key=lambda listed: -listed.changed)
        return [replace(listed, leaving=listed.id in next_ones) for listed in found]

    async def rename(self, name: str, owner: str, called: str) -> Listed:
        """Give a session another name."""
        return await self._mark(name, owner, "name", called, alive=True)

    async def delete(self, name: str, owner: str, at: float) -> None:
        """Delete a session; for a week it can be had back."""
        await self._mark(name, owner, "deleted", repr(at), alive=True)

    async def undelete(self, name: str, owner: str) -> Listed:
        """Have a deleted session back."""
        return await self._mark(name, owner, "deleted", "", alive=False)

    def follow(self, name: str, followed: bool) -> None:
        """Hear, or no longer, that somebody saved a session."""
        self._server.follow("session", name, followed)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._server.close()

    async def _mark(self, name: str, owner: str, field: str, value: str, alive: bool) -> Listed:
        row = await self._server.run(scripts.MARK, name, owner, field, value, int(alive), *LISTED)
        if row is None:
            raise not_found()
        return _listed(dict(zip(LISTED, row, strict=True)))

    async def _weighed(self) -> list[Weighed]:
        used, deleted, sizes = await self._server.run(scripts.WEIGH)
        gone = {name: float(at) for name, at in _pairs(deleted)}
        nbytes = {name: int(size) for name, size in _pairs(sizes)}
        return [Weighed(name, nbytes[name], float(at), gone.get(name)) for name, at in _pairs(used)]

    async def _make_room(self, but: str, at: float) -> tuple[str, ...]:
        weighed = await self._weighed()
        old = tuple(one.id for one in weighed if one.deleted is not None and one.deleted < at - WEEK)
        left = old + leaving((one for one in weighed if one.id not in old), self._room, but)
        await self._server.run(scripts.FORGET, *left)
        return left


def _flat(fields: Mapping[str, Any]) -> list[Any]:
    """How many there are, then names and values."""
    return [len(fields), *(one for pair in fields.items() for one in pair)]


def _pairs(flat: list[bytes]) -> Iterator[tuple[str, bytes]]:
    return ((name.decode(), value) for name, value in zip(flat[::2], flat[1::2], strict=True))


def _listed(found: Mapping[str, bytes | None]) -> Listed:
    fields = {name: (found.get(name) or b"").decode() for name in LISTED}
    return Listed(
        id=fields["id"],
        owner=fields["owner"],
        name=fields["name"],
        title=fields["title"],
        iteration=int(fields["iteration"]),
        made=float(fields["made"]),
        changed=float(fields["changed"]),
        revision=int(fields["revision"]),
        nbytes=int(fields["bytes"]),
        deleted=float(fields["deleted"]) if fields["deleted"] else None,
    )
