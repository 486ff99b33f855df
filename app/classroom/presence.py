"""Who has a shared room open: each server tells of its own streams, again and again, and hears of those of the others.

So those of a server that failed are soon away.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

from ..errors import NotSaved
from ..redis import RedisServer
from . import scripts
from .room import Caller
from .rooms import Held

RENEW_SECONDS = 5.0
"""How often a server says who has its rooms open."""
GATHER_SECONDS = 0.25
"""For which those who come and go are gathered, to be told of together."""
LEAVE_SECONDS = 0.5
"""Which a server that ends waits for the store to know that nobody is here any more."""


class Presence:
    """Tells and hears who is in the rooms of a server.

    Args:
        idle: milliseconds after which a room ends that nobody has open.
        rooms: those that are known here, by their codes.
        gone: told of a room that is there no more.
    """

    def __init__(self, server: RedisServer, idle: int, rooms: Mapping[str, Held], gone: Callable[[Held], None]) -> None:
        self._server, self._idle, self._rooms, self._gone = server, idle, rooms, gone
        self._replica = secrets.token_hex(8)
        self._moved: dict[str, set[int]] = {}
        self._is_moved = asyncio.Event()
        self._telling: asyncio.Task[None] | None = None
        self._left: dict[str, set[int]] | None = None
        server.hear("here", self._hear)

    def enter(self, held: Held, caller: Caller, count: int) -> None:
        """A stream was opened here (1) or closed (-1)."""
        held.enter(caller, count)
        self._move(held, caller.number)

    async def renew(self, held: Held) -> None:
        """Say who has a room open here, and hear who has it elsewhere.

        Raises:
            NotSaved: the server does not answer.
        """
        moved, here = self._moved.pop(held.room.code, set()), list(held.streams)
        about = held.room.code, self._replica, self._idle, int(bool(moved)), len(here)
        try:
            answer = await self._server.run(scripts.HERE, *about, *here, *(moved - set(here)))
        except NotSaved:  # soon again
            self._move(held, *moved)
            raise
        if answer is None:
            self._gone(held)
        else:
            self._take(held, float(answer[0]), answer[1])

    def stop(self) -> None:
        """Say no more who is here: this server ends."""
        if self._left is None:
            self._left = {code: set(held.streams) | self._moved.get(code, set()) for code, held in self._rooms.items()}
        if self._telling is not None:
            self._telling.cancel()

    async def leave(self) -> None:
        """Say that nobody is here any more, to whom it matters, unless the store takes long."""
        about = ((code, self._replica, self._idle, 1, 0, *gone) for code, gone in (self._left or {}).items() if gone)
        with suppress(NotSaved, TimeoutError):
            async with asyncio.timeout(LEAVE_SECONDS):
                await asyncio.gather(*(self._server.run(scripts.HERE, *one) for one in about))

    def _hear(self, code: str, replica: str) -> None:
        """At another server somebody has come or gone, or may have at any."""
        for held in list(self._rooms.values()):
            if held.streams and code in ("", held.room.code) and replica != self._replica:
                self._move(held)

    def _move(self, held: Held, *numbers: int) -> None:
        """It is to be told that these have come or gone, or to be asked who is here."""
        self._moved.setdefault(held.room.code, set()).update(numbers)
        self._is_moved.set()
        if self._telling is None:
            self._telling = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        """Say who is here, as long as the server goes on."""
        due = 0.0
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(RENEW_SECONDS):
                    await self._is_moved.wait()
            self._is_moved.clear()
            every = monotonic() >= due
            if every:
                due = monotonic() + RENEW_SECONDS
            for held in list(self._rooms.values()):
                if held.room.code in self._moved or (every and held.streams):
                    with suppress(NotSaved):
                        await self.renew(held)
            await asyncio.sleep(GATHER_SECONDS)

    def _take(self, held: Held, now: float, told: list[Any]) -> None:
        """Know who was seen when, and at which server, each followed by the time."""
        seen, elsewhere = dict[int, float](), set[int]()
        for who, at in zip(told[::2], told[1::2], strict=True):
            number, replica = who.decode().split("@")
            seen[int(number)] = max(seen.get(int(number), 0.0), float(at))
            if replica != self._replica and float(at) > now - scripts.AWAY_SECONDS:
                elsewhere.add(int(number))
        before, held.seen, held.elsewhere = held.present.here, seen, frozenset(elsewhere)
        if held.present.here != before:
            held.news.tell()
