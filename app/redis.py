"""A server of Redis or Valkey, asked by whatever is shared through it: sessions, rooms, limits.

What changes something is a script, which the server does whole or not at all. A server that does not answer is given up
soon, and for a moment nobody asks it again, so that no request waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from redis import Redis as BlockingRedis
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.commands.core import AsyncScript
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import NoScriptError, RedisError, ResponseError
from redis.retry import Retry as BlockingRetry

from .errors import NotSaved

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
"""Seconds without news after which the server is asked whether it is there; after two of them it is not."""

Hear = Callable[[str, str], None]
"""Told the name of what was changed and by whom; with no name, that whatever is watched may have been."""


class Wanted(NamedTuple):
    """A script that is to be run on arguments, and what it answers; or why it does not."""

    script: str
    arguments: tuple[Any, ...]
    answer: asyncio.Future[Any]


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
        self._waiting: list[Wanted] = []
        self._asking: asyncio.Task[None] | None = None
        # A connection that is lost is not opened again unnoticed: what happened in between has to be looked up.
        alone = Retry(NoBackoff(), 0)
        self._news: Redis = Redis.from_url(url, socket_connect_timeout=self._seconds, socket_timeout=None, retry=alone)
        self._hearing: dict[str, Hear] = {}
        self._listening: asyncio.Task[None] | None = None

    def hear(self, kind: str, hear: Hear) -> None:
        """Be told of changes of a kind by whichever server, from the first question on."""
        self._hearing[kind] = hear

    async def run(self, script: str, *arguments: Any) -> Any:
        """What a script in Lua answers to these arguments.

        Raises:
            NotSaved: as `ask` does.
        """
        if script not in self._scripts:  # told to it first, else one with large arguments might be sent twice
            await self.ask(lambda redis: redis.script_load(script))
            self._scripts[script] = self._redis.register_script(script)
        known, nbytes = self._scripts[script], sum(len(one) for one in arguments if isinstance(one, bytes))
        if nbytes < LARGE:
            wanted = Wanted(known.sha, arguments, asyncio.get_running_loop().create_future())
            self._waiting.append(wanted)
            if self._asking is None:
                self._asking = asyncio.create_task(self._ask_together())
            answer = await wanted.answer
            if not isinstance(answer, NoScriptError):
                return _checked(answer)
        return await self.ask(lambda _: known(args=arguments), nbytes)

    async def _ask_together(self) -> None:
        """Ask for what is waiting, then for what came meanwhile: many together cost little more than one."""
        try:
            while self._waiting:
                together, self._waiting = self._waiting, []
                answers: list[Any]
                try:
                    answers = await self.ask(partial(_answers, together))
                except NotSaved as error:
                    answers = [error] * len(together)
                for wanted, answer in zip(together, answers, strict=True):
                    if not wanted.answer.done():  # whoever asked may be gone
                        wanted.answer.set_result(answer)
        finally:
            self._asking = None

    async def ask(self, question: Callable[[Redis], Awaitable[Any]], nbytes: int = 0) -> Any:
        """What the server answers within its time, which is longer where so many bytes are on their way.

        Raises:
            NotSaved: it does not answer, or does not do it.
        """
        if self._hearing and self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        if monotonic() < self._unasked_until:
            raise _silent()
        try:
            async with asyncio.timeout(self._seconds + nbytes / BYTES_A_SECOND):
                return await question(self._redis)
        except ResponseError as error:
            raise _refused(error) from error
        except (RedisError, OSError) as error:  # asyncio's own TimeoutError is an OSError
            self._unasked_until = monotonic() + PAUSE
            raise _silent() from error

    async def close(self) -> None:
        """Let go of the connections."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.wait([self._listening])
        await self._news.aclose()
        await self._redis.aclose()

    async def _listen(self) -> None:
        """Hear what is published, for ever; however often the server goes away and comes back."""
        while True:
            try:
                async with self._news.pubsub() as channel:
                    async with asyncio.timeout(self._seconds):
                        await channel.subscribe(CHANNEL)
                    await self._heard(channel)
            except (RedisError, OSError):
                pass
            await asyncio.sleep(PAUSE)

    async def _heard(self, channel: PubSub) -> None:
        """Tell what is heard, as long as anything is."""
        last = monotonic()
        while monotonic() - last < 2 * BEAT:
            message = await channel.get_message(timeout=BEAT)
            if message is None:
                await channel.ping()
                continue
            last = monotonic()
            if message["type"] == "subscribe":
                for hear in self._hearing.values():
                    hear("", "")
            elif message["type"] == "message":
                kind, name, by = message["data"].decode().split(" ")
                self._hearing[kind](name, by)


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


async def _answers(together: Sequence[Wanted], redis: Redis) -> list[Any]:
    async with redis.pipeline(transaction=False) as asked:
        for wanted in together:
            asked.evalsha(wanted.script, 0, *wanted.arguments)
        return await asked.execute(raise_on_error=False)


def _checked(answer: Any) -> Any:
    if isinstance(answer, NotSaved):
        raise NotSaved(answer.message, hint=answer.hint, where=answer.where) from answer
    if isinstance(answer, ResponseError):
        raise _refused(answer) from answer
    return answer


def _refused(error: ResponseError) -> NotSaved:
    return NotSaved(f"The store refused: {error}.", hint="It is tried again.", where="store")


def _silent() -> NotSaved:
    return NotSaved("The store does not answer.", hint="It is asked again in a moment.", where="store")
