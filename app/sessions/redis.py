"""Sessions in Redis or Valkey, where several servers work on the same ones.

Each change is one script, which the server does whole or not at all. A server that does not answer is given up soon,
and for a moment nobody asks it again, so that no request waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from redis import Redis as BlockingRedis
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry as BlockingRetry

from ..errors import NotSaved
from . import scripts
from .codec import KINDS
from .store import WEEK, Change, Kept, Listed, Room, Weighed, changed_elsewhere, leaving, nearly, not_found

VERSION = 1
START_SECONDS = 2.0
"""How long the server may take to answer at the start."""
SECONDS = 0.3
"""How long it may take to accept a connection or to answer, if the address says nothing else."""
BYTES_A_SECOND = 2**23
"""So much longer may large parts take."""
PAUSE = 0.5
"""Seconds for which it is not asked again after it did not answer."""

LISTED = ("id", "owner", "name", "title", "iteration", "made", "changed", "revision", "bytes", "deleted")


class RedisStore:
    """Keeps sessions on a server.

    Args:
        url: `redis://` or `rediss://` (encrypted), with user, password and number of the database, and with
            `?socket_connect_timeout=1` where an answer may take so many seconds.

    Raises:
        NotSaved: the server cannot be reached, or holds what a newer Stepgrad saved.
    """

    lasting = True
    shared = True

    def __init__(self, url: str, room: Room) -> None:
        _check(url)
        self._room = room
        self._unasked_until = 0.0
        self._seconds = float(dict(parse_qsl(urlsplit(url).query)).get("socket_connect_timeout", SECONDS))
        # A connection that the server has closed is opened again at once; one that it does not answer on is not.
        retry = Retry(NoBackoff(), 1, supported_errors=(NotConnected,))
        self._redis: Redis = Redis.from_url(url, socket_connect_timeout=self._seconds, socket_timeout=None, retry=retry)
        self._scripts = {name: self._redis.register_script(text) for name, text in scripts.SCRIPTS.items()}

    async def save(self, change: Change) -> tuple[str, ...]:
        """Save a session, if it is as it was."""
        at = repr(change.at)
        new = {"id": change.id, "owner": change.owner, "name": change.name, "made": repr(change.made)}
        fields: dict[str, Any] = {"title": change.title, "iteration": change.iteration, "changed": at}
        fields |= {str(kind): part for kind, part in change.parts.items()}
        before = "" if change.before is None else change.before
        arguments = [change.id, before, change.revision, change.writer, at, repr(change.at - WEEK)]
        answer = await self._run("save", *arguments, *_flat(change.used), *_flat(new), *_flat(fields))
        if answer == b"gone":
            raise not_found()
        if answer == b"stale":
            raise changed_elsewhere()
        count, nbytes, old = answer
        return await self._make_room(change.id, change.at) if old or not self._room.holds(count, nbytes) else ()

    async def load(self, name: str) -> Kept:
        """The session of this id."""
        key = scripts.session(name)
        size = int(await self._ask(lambda: self._redis.hget(key, "bytes")) or 0)
        answer = await self._ask(lambda: self._redis.hgetall(key), size / BYTES_A_SECOND)
        found = {field.decode(): value for field, value in answer.items()}
        if not found or "deleted" in found:
            raise not_found()
        return Kept(_listed(found), {kind: found[kind] for kind in KINDS if kind in found})

    async def is_newest(self, name: str, revision: int | None, writer: str) -> bool:
        """Whether nobody else has saved another state since."""
        fields = ("revision", "deleted", "writer")
        newest, deleted, last = await self._ask(lambda: self._redis.hmget(scripts.session(name), fields))
        if newest is None or deleted is not None:
            raise not_found()
        return int(newest) == revision or last.decode() == writer

    async def listed(self, owner: str) -> list[Listed]:
        """The sessions of an owner, the one changed last first."""
        if not owner:
            return []
        names = [name.decode() for name in await self._ask(lambda: self._redis.smembers(scripts.owned(owner)))]

        async def all_of_them() -> list[list[bytes | None]]:
            async with self._redis.pipeline(transaction=False) as together:
                for name in names:
                    together.hmget(scripts.session(name), LISTED)
                return await together.execute()

        rows = [dict(zip(LISTED, row, strict=True)) for row in await self._ask(all_of_them)]
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

    async def close(self) -> None:
        """Let go of the connections."""
        await self._redis.aclose()

    async def _mark(self, name: str, owner: str, field: str, value: str, alive: bool) -> Listed:
        row = await self._run("mark", name, owner, field, value, int(alive), *LISTED)
        if row is None:
            raise not_found()
        return _listed(dict(zip(LISTED, row, strict=True)))

    async def _weighed(self) -> list[Weighed]:
        used, deleted, sizes = await self._run("weigh")
        gone = {name: float(at) for name, at in _pairs(deleted)}
        nbytes = {name: int(size) for name, size in _pairs(sizes)}
        return [Weighed(name, nbytes[name], float(at), gone.get(name)) for name, at in _pairs(used)]

    async def _make_room(self, but: str, at: float) -> tuple[str, ...]:
        weighed = await self._weighed()
        old = tuple(one.id for one in weighed if one.deleted is not None and one.deleted < at - WEEK)
        left = old + leaving((one for one in weighed if one.id not in old), self._room, but)
        await self._run("forget", *left)
        return left

    async def _run(self, script: str, *arguments: Any) -> Any:
        more = sum(len(one) for one in arguments if isinstance(one, bytes)) / BYTES_A_SECOND
        return await self._ask(lambda: self._scripts[script](args=arguments), more)

    async def _ask(self, question: Callable[[], Awaitable[Any]], more: float = 0) -> Any:
        """What the server answers within its time, and `more` seconds.

        Raises:
            NotSaved: it does not answer, or does not do it.
        """
        if monotonic() < self._unasked_until:
            raise _silent()
        try:
            async with asyncio.timeout(self._seconds + more):
                return await question()
        except ResponseError as error:
            raise NotSaved(f"The store refused: {error}.", hint="It is tried again.", where="store") from error
        except (RedisError, OSError) as error:  # asyncio's own TimeoutError is an OSError
            self._unasked_until = monotonic() + PAUSE
            raise _silent() from error


def _check(url: str) -> None:
    """Refuse a server that cannot be reached now, or that a newer Stepgrad has used."""
    try:
        with BlockingRedis.from_url(
            url, socket_connect_timeout=START_SECONDS, socket_timeout=START_SECONDS, retry=BlockingRetry(NoBackoff(), 0)
        ) as server:
            for text in scripts.SCRIPTS.values():
                server.script_load(text)  # else the first large session would be sent twice
            server.set(scripts.VERSION, VERSION, nx=True)
            version = int(server.get(scripts.VERSION) or 0)
    except (RedisError, ValueError) as error:
        raise NotSaved(
            f"The store that was named cannot be used: {str(error).rstrip('.')}.",
            hint="Start a Redis or Valkey server, or name another store with --store.",
            where="store",
        ) from error
    if version > VERSION:
        raise NotSaved("The store that was named is a newer Stepgrad's.", hint="Name another one.", where="store")


def _silent() -> NotSaved:
    return NotSaved("The store does not answer.", hint="It is asked again in a moment.", where="store")


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
