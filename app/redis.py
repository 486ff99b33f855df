"""A server of Redis or Valkey, asked by whatever is shared through it: sessions, rooms, limits.

What changes something is a script, which the server does whole or not at all. A server that does not answer is given up
soon, and for a moment nobody asks it again, so that no request waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from hiredis import ReplyError
from redis import Redis as BlockingRedis
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.commands.core import AsyncScript
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry as BlockingRetry

from .errors import NotSaved
from .line import Line, Lost, line_to

PREFIX = "stepgrad:"
"""How the names of all keys begin."""
CHANNEL = f"{PREFIX}changes"
"""Where scripts publish what they changed, as three words: of which kind, its name, and by whom."""
VERSION = 1
"""Of all that is kept on the server; its key is `VERSION_KEY`."""
VERSION_KEY = f"{PREFIX}version"
START_SECONDS = 2.0
"""How long the server may take to answer at the start."""
SECONDS = 0.3
"""How long it may take to accept a connection or to answer, if the address says nothing else."""
BYTES_A_SECOND = 2**23
"""So much longer may large parts take."""
LARGE = 2**16
"""Bytes from which on a question is asked for itself, so that no others wait for it."""
PAUSE = 0.5
"""Seconds for which it is not asked again after it did not answer."""
BEAT = 2.0
"""Seconds after which the server is asked whether it is there, whatever else it is asked."""

Hear = Callable[[str, str], None]
"""Told the name of what was changed and by whom; with no name, that whatever is watched may have been."""


class RedisServer:
    """Asks a server, for all who share it.

    Args:
        url: `redis://` or `rediss://` (encrypted), with user, password and number of the database, and with
            `?socket_connect_timeout=1` where an answer may take so many seconds.

    Raises:
        NotSaved: the server cannot be reached, or holds what a newer Stepgrad saved.
    """

    def __init__(self, url: str) -> None:
        _check(url)
        self._unasked_until = 0.0
        self._seconds = float(dict(parse_qsl(urlsplit(url).query)).get("socket_connect_timeout", SECONDS))
        # A connection that the server has closed is opened again at once; one that it does not answer on is not.
        retry = Retry(NoBackoff(), 1, supported_errors=(NotConnected,))
        self._redis: Redis = Redis.from_url(url, socket_connect_timeout=self._seconds, socket_timeout=None, retry=retry)
        self._scripts: dict[str, AsyncScript] = {}
        self._line: Line | None = None
        self._opening = asyncio.Lock()
        self._hearing: dict[str, Hear] = {}
        self._followed: set[str] = set()
        self._listening: asyncio.Task[None] | None = None

    def hear(self, kind: str, hear: Hear) -> None:
        """Be told of changes of a kind by whichever server, from the first question on; see `follow`."""
        self._hearing[kind] = hear

    def follow(self, kind: str, name: str, followed: bool) -> None:
        """Be told, or no longer, of changes of what has a channel of its own; first that there may have been some."""
        channel = f"{PREFIX}{kind}:{name}"
        if followed == (channel in self._followed):
            return
        self._followed ^= {channel}
        if self._line is not None and not self._line.lost.done():
            self._line.tell("SUBSCRIBE" if followed else "UNSUBSCRIBE", channel)

    async def run(self, script: str, *arguments: Any) -> Any:
        """What a script in Lua answers to these arguments.

        Raises:
            NotSaved: as `ask` does.
        """
        nbytes = sum(len(one) for one in arguments if isinstance(one, bytes))
        while True:
            try:
                if script not in self._scripts:  # told to it first, else large arguments might be sent twice
                    await self._answer("SCRIPT", "LOAD", script)
                    self._scripts[script] = self._redis.register_script(script)
                known = self._scripts[script]
                if nbytes >= LARGE:
                    return await self.ask(partial(_run, known, arguments), nbytes)
                return await self._answer("EVALSHA", known.sha, 0, *arguments)
            except ReplyError as error:
                if not str(error).startswith("NOSCRIPT"):
                    raise _refused(error) from error
                self._scripts.pop(script, None)

    async def _answer(self, *command: str | bytes | float) -> Any:
        """What is answered on the line, which is opened again where the server has closed it."""
        try:
            return await (await self._open()).ask(*command)
        except Lost:
            pass
        except TimeoutError as error:
            raise self._given_up() from error
        try:
            return await (await self._open()).ask(*command)
        except (Lost, TimeoutError) as error:
            raise self._given_up() from error

    async def _open(self) -> Line:
        """The line, on which is heard what is published."""
        self._begin()
        if self._line is None or self._line.lost.done():
            async with self._opening:
                self._begin()
                if self._line is None or self._line.lost.done():
                    self._line = await self._opened()
        return self._line

    async def _opened(self) -> Line:
        try:
            async with asyncio.timeout(self._seconds):
                line = await line_to(self._redis, self._seconds, self._heard)
        except OSError as error:
            raise self._given_up() from error
        if self._hearing:
            line.tell("SUBSCRIBE", CHANNEL, *self._followed)
        return line

    def _begin(self) -> None:
        """Somebody asks: from now on it is heard what is published.

        Raises:
            NotSaved: the server did not answer just now.
        """
        if self._hearing and self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        if monotonic() < self._unasked_until:
            raise _silent()

    async def ask(self, question: Callable[[Redis], Awaitable[Any]], nbytes: int = 0) -> Any:
        """What the server answers within its time, which is longer where so many bytes are on their way.

        Raises:
            NotSaved: it does not answer, or does not do it.
        """
        self._begin()
        try:
            async with asyncio.timeout(self._seconds + nbytes / BYTES_A_SECOND):
                return await question(self._redis)
        except ResponseError as error:
            raise _refused(error) from error
        except (RedisError, OSError) as error:  # asyncio's own TimeoutError is an OSError
            raise self._given_up() from error

    async def close(self) -> None:
        """Let go of the connections."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])
        if self._line is not None:
            self._line.close()
        await self._redis.aclose()

    def _given_up(self) -> NotSaved:
        """It does not answer, and for a moment it is not asked again."""
        self._unasked_until = monotonic() + PAUSE
        return _silent()

    async def _listen(self) -> None:
        """Keep the line open, for ever; however often the server goes away and comes back."""
        while True:
            with suppress(NotSaved, ReplyError):
                while True:
                    await self._answer("PING")
                    assert self._line is not None
                    await asyncio.wait([self._line.lost], timeout=BEAT)
            await asyncio.sleep(PAUSE)

    def _heard(self, what: bytes, channel: bytes, message: Any) -> None:
        """Tell what was published or, on a channel that is heard from now on, that something may have been."""
        if what == b"message":
            kind, name, by = message.decode().split(" ")
            self._hearing[kind](name, by)
        elif what == b"subscribe" and channel == CHANNEL.encode():
            for hear in self._hearing.values():
                hear("", "")
        elif what == b"subscribe":
            kind, name = channel.decode().removeprefix(PREFIX).split(":", 1)
            self._hearing[kind](name, "")


def _check(url: str) -> None:
    """Refuse a server that cannot be reached now, or that a newer Stepgrad has used."""
    try:
        with BlockingRedis.from_url(
            url, socket_connect_timeout=START_SECONDS, socket_timeout=START_SECONDS, retry=BlockingRetry(NoBackoff(), 0)
        ) as server:
            server.set(VERSION_KEY, VERSION, nx=True)
            version = int(server.get(VERSION_KEY) or 0)
    except (RedisError, ValueError) as error:
        raise NotSaved(
            f"The store that was named cannot be used: {str(error).split('. ')[0].rstrip('.')}.",
            hint="Start a Redis or Valkey server, or name another store with --store.",
            where="store",
        ) from error
    if version > VERSION:
        raise NotSaved("The store that was named is a newer Stepgrad's.", hint="Name another one.", where="store")


async def _run(script: AsyncScript, arguments: tuple[Any, ...], redis: Redis) -> Any:
    return await script(args=arguments, client=redis)


def _refused(error: Exception) -> NotSaved:
    return NotSaved(f"The store refused: {error}.", hint="It is tried again.", where="store")


def _silent() -> NotSaved:
    return NotSaved("The store does not answer.", hint="It is asked again in a moment.", where="store")
