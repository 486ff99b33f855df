"""A line to a server of Redis or Valkey: what is asked goes out at once and is answered in turn, and news come between.

Only what is asked in small pieces, and often, is asked here: a general driver takes several times as long for it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from hiredis import PushNotification, Reader, ReplyError, pack_command
from redis.asyncio import Redis
from redis.asyncio.connection import SSLConnection

from .transport import Together

_NOTHING = object()
Hear = Callable[[bytes, bytes, Any], None]
"""Told of a message or a subscription: which of these it is, the channel, and the message."""


class Lost(ConnectionError):
    """The server has closed the line, or was never reached; what was asked last may have been done or not."""


class Asked(NamedTuple):
    """What waits for an answer, and since when by the loop's clock."""

    answer: asyncio.Future[Any]
    at: float


class Line(asyncio.Protocol):
    """One connection, in the third version of the servers' protocol.

    Args:
        seconds: what an answer may take; after that the line is closed, and everything that waits has failed.

    Attributes:
        lost: done once the line is closed.
    """

    def __init__(self, seconds: float, hear: Hear) -> None:
        self._seconds, self._hear = seconds, hear
        self._loop = asyncio.get_running_loop()
        self.lost: asyncio.Future[None] = self._loop.create_future()
        self._reader = Reader(notEnoughData=_NOTHING)
        self._asked: deque[Asked] = deque()
        self._check: asyncio.TimerHandle | None = None

    def ask(self, *command: str | bytes | float) -> asyncio.Future[Any]:
        """What the server answers to a command.

        Raises, in the end:
            Lost: the line is closed.
            TimeoutError: it took too long.
            ReplyError: the server refuses.
        """
        answer = self._loop.create_future()
        if self.lost.done():
            answer.set_exception(Lost())
            return answer
        self.tell(*command)
        self._asked.append(Asked(answer, self._loop.time()))
        if self._check is None:
            self._check = self._loop.call_later(self._seconds, self._check_time)
        return answer

    def tell(self, *command: str | bytes | float) -> None:
        """Send a command that is answered by news, if at all."""
        self._transport.write(pack_command(command))  # type: ignore[arg-type]  # its types take commands of one word

    def close(self) -> None:
        """Ask nothing any more."""
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = Together(transport, self._loop)

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (told := self._reader.gets()) is not _NOTHING:
            if isinstance(told, PushNotification):
                self._hear(*told[:3])
                continue
            answer = self._asked.popleft().answer
            if answer.done():  # whoever asked may be gone
                continue
            if isinstance(told, ReplyError):
                answer.set_exception(told)
            else:
                answer.set_result(told)

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(Lost())

    def _check_time(self) -> None:
        self._check = None
        if self._asked:
            left = self._asked[0].at + self._seconds - self._loop.time()
            if left > 0:
                self._check = self._loop.call_later(left, self._check_time)
            else:
                self._fail(TimeoutError())
                self.close()

    def _fail(self, error: Exception) -> None:
        if not self.lost.done():
            self.lost.set_result(None)
        if self._check is not None:
            self._check.cancel()
        while self._asked:
            answer = self._asked.popleft().answer
            if not answer.done():
                answer.set_exception(error)


async def line_to(redis: Redis, seconds: float, hear: Hear) -> Line:
    """A line to where a driver would go.

    Raises:
        OSError: nobody is there.
        ReplyError: one is not let in.
    """
    there = redis.connection_pool.make_connection()  # type: ignore[no-untyped-call]
    encryption = there.ssl_context.get() if isinstance(there, SSLConnection) else None
    _, line = await asyncio.get_running_loop().create_connection(
        lambda: Line(seconds, hear), there.host, there.port, ssl=encryption
    )
    known = ("AUTH", there.username or "default", there.password) if there.password else ()
    try:
        await line.ask("HELLO", 3, *known)
        if there.db:
            await line.ask("SELECT", there.db)
    except BaseException:
        line.close()
        raise
    return line
