"""The rooms of a server: opened, found by code or by what they show, changed, and closed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from time import monotonic, time
from typing import Any, Protocol, TypeVar

from ..errors import LimitExceeded, RoomNotFound, SessionNotFound
from ..sessions.news import News
from .keys import hashed, new_code, new_key, plain_code, same
from .room import Caller, Present, Room, Shown

Found = TypeVar("Found")


class Held:
    """A room as this server has it.

    Attributes:
        room: as it is now. It is never changed, but replaced.
        news: tells of every change; closed where there will be none any more for those who hear them here.
        closed: whether the room itself has ended.
        streams: how many each has open here, by number.
        seen: when others were here last, in seconds since 1970; in a shared room, at whichever server.
        elsewhere: who has it open at another server.
        waiting, changing: changes of a shared room that are to be made, and what is held by whoever makes them.
        asked: when it was asked for last, on the monotonic clock.
    """

    def __init__(self, room: Room) -> None:
        self.room = room
        self.news = News()
        self.closed = False
        self.streams: Counter[int] = Counter()
        self.seen: dict[int, float] = {}
        self.elsewhere: frozenset[int] = frozenset()
        self.waiting: list[tuple[Callable[[Room], Any], asyncio.Future[Any]]] = []
        self.changing = asyncio.Lock()
        self.asked = monotonic()

    @property
    def present(self) -> Present:
        """Who has it open, as far as is known here."""
        return Present(self.elsewhere | self.streams.keys(), self.seen)

    def become(self, room: Room) -> None:
        """Be in another state, and tell everybody."""
        self.room, self.asked = room, monotonic()
        self.news.tell()

    def enter(self, caller: Caller, count: int) -> None:
        """A stream was opened here (1) or closed (-1)."""
        number = caller.number
        self.streams[number] += count
        if not self.streams[number]:
            del self.streams[number]
        self.seen[number], self.asked = time(), monotonic()
        self.news.tell()

    def end(self, closed: bool) -> None:
        """Nothing is heard of it here any more, be it that the room has ended or this server does."""
        self.closed = closed
        self.news.close()


class Rooms(Protocol):
    """Where rooms are: in memory, or where several servers see them.

    Where a server that is shared does not answer, NotSaved is raised by whatever changes something.
    """

    async def open(self, name: str = "", session: str = "", key: str = "") -> tuple[Room, str]:
        """A new room that shows a session, and its teacher's key; with a key that is given, the room that has it.

        Raises:
            LimitExceeded: there are as many as there may be, with people in all of them.
        """

    async def first(self) -> tuple[Room, str]:
        """The room that a server begins with, and its teacher's key: the same at all servers, until it ends.

        Raises:
            LimitExceeded: as `open` does.
        """

    async def of(self, code: str) -> Held:
        """The room of a code, as it is typed.

        Raises:
            RoomNotFound: there is none, or no longer.
        """

    async def seen(self, viewing: str) -> Held:
        """The room that shows a session under this name.

        Raises:
            SessionNotFound: none does, or no longer.
        """

    async def present(self, held: Held) -> Present:
        """Who has a room open now."""

    async def change(self, held: Held, change: Callable[[Room], Found]) -> Found:
        """Change a room as it is now, and tell everybody; what the change says, which may be made on several copies.

        Raises:
            RoomNotFound: it has ended.
        """

    def enter(self, held: Held, caller: Caller, count: int) -> None:
        """A stream was opened (1) or closed (-1)."""

    async def close(self, held: Held) -> None:
        """End a room with its keys and its name for the session."""

    def let_go(self) -> None:
        """End every stream, since the server ends."""

    async def finish(self) -> None:
        """Tell other servers who was here, without waiting for long."""


class MemoryRooms:
    """Rooms that end with the server.

    Args:
        most: how many there may be. One that nobody has open gives way to a new one, the one idle longest first.
        idle_seconds: after which a room that nobody has open is closed.
    """

    def __init__(self, most: int, idle_seconds: float) -> None:
        self._most = most
        self._idle_seconds = idle_seconds
        self._held: dict[str, Held] = {}

    async def open(self, name: str = "", session: str = "", key: str = "") -> tuple[Room, str]:
        self._sweep()
        code, key = new_code(), key or new_key()
        for held in self._held.values():
            if same(hashed(key), held.room.key):
                return held.room, key
        if len(self._held) >= self._most:
            self._give_way()
        while code in self._held:
            code = new_code()
        held = self._held[code] = Held(Room(code, hashed(key), name, Shown(session)))
        return held.room, key

    async def first(self) -> tuple[Room, str]:
        return await self.open()

    async def of(self, code: str) -> Held:
        self._sweep()
        held = self._held.get(plain_code(code))
        if held is None:
            raise RoomNotFound
        held.asked = monotonic()
        return held

    async def seen(self, viewing: str) -> Held:
        for held in self._held.values():
            if held.room.viewing == viewing:
                return held
        raise not_shown()

    async def present(self, held: Held) -> Present:
        return held.present

    async def change(self, held: Held, change: Callable[[Room], Found]) -> Found:
        if held.closed:
            raise RoomNotFound
        room, found = changed(held.room, change)
        held.become(room)
        return found

    def enter(self, held: Held, caller: Caller, count: int) -> None:
        held.enter(caller, count)

    async def close(self, held: Held) -> None:
        self._end(held)

    def let_go(self) -> None:
        for held in list(self._held.values()):
            self._end(held)

    async def finish(self) -> None:
        self.let_go()

    def _end(self, held: Held) -> None:
        self._held.pop(held.room.code, None)
        held.end(closed=True)

    def _sweep(self) -> None:
        now = monotonic()
        for held in list(self._held.values()):
            if not held.streams and now - held.asked > self._idle_seconds:
                self._end(held)

    def _give_way(self) -> None:
        empty = [held for held in self._held.values() if not held.streams]
        if not empty:
            raise too_many(self._most)
        self._end(min(empty, key=lambda held: held.asked))


def changed(room: Room, change: Callable[[Room], Found]) -> tuple[Room, Found]:
    """A room after a change, and what that says; the one before stays as it was."""
    room = room.copy()
    found = change(room)
    room.revision += 1
    return room, found


def not_shown() -> SessionNotFound:
    return SessionNotFound(
        "This is not shown in any room, or no longer.", hint="Join the room again.", where="session_id"
    )


def too_many(most: int) -> LimitExceeded:
    return LimitExceeded(
        f"There are {most} rooms already.", hint="Close one, or start the server with a larger --max-rooms."
    )


async def entered(rooms: Rooms, code: str, key: str) -> tuple[Held, Caller]:
    """A room and whose key this is; which of the two is wrong is not told.

    Raises:
        RoomNotFound: one of them is.
    """
    held = await rooms.of(code)
    return held, held.room.caller(key)
