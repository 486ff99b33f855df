"""The rooms of a server: opened, found by code or by what they show, closed, and protected from guessing."""

from __future__ import annotations

from time import monotonic
from typing import Protocol

from ..errors import LimitExceeded, RoomNotFound, SessionNotFound
from .keys import new_code, new_key, plain_code
from .room import Caller, Room


class Rooms(Protocol):
    """Where rooms are; in memory, or one day where several servers see them."""

    def open(self, name: str = "") -> tuple[Room, str]:
        """A new room and its teacher's key.

        Raises:
            LimitExceeded: there are as many as there may be, with people in all of them.
        """

    def of(self, code: str) -> Room:
        """The room of a code, as it is typed.

        Raises:
            RoomNotFound: there is none, or no longer.
        """

    def seen(self, viewing: str) -> Room:
        """The room that shows a session under this name.

        Raises:
            SessionNotFound: none does, or no longer.
        """

    def close(self, room: Room) -> None:
        """End a room with its keys and its name for the session."""

    def close_all(self) -> None:
        """End every room."""


class MemoryRooms:
    """Rooms that end with the server.

    Args:
        most: how many there may be. One that nobody has open gives way to a new one, the one idle longest first.
        idle_seconds: after which a room that nobody has open is closed.
    """

    def __init__(self, most: int, idle_seconds: float) -> None:
        self._most = most
        self._idle_seconds = idle_seconds
        self._rooms: dict[str, Room] = {}

    def open(self, name: str = "") -> tuple[Room, str]:
        self._sweep()
        if len(self._rooms) >= self._most:
            self._give_way()
        code, key = new_code(), new_key()
        while code in self._rooms:
            code = new_code()
        room = self._rooms[code] = Room(code, key, name)
        return room, key

    def of(self, code: str) -> Room:
        self._sweep()
        room = self._rooms.get(plain_code(code))
        if room is None:
            raise RoomNotFound
        room.asked = monotonic()
        return room

    def seen(self, viewing: str) -> Room:
        for room in self._rooms.values():
            if room.viewing == viewing:
                return room
        raise SessionNotFound(
            "This is not shown in any room, or no longer.", hint="Join the room again.", where="session_id"
        )

    def close(self, room: Room) -> None:
        self._rooms.pop(room.code, None)
        room.news.close()

    def close_all(self) -> None:
        for room in list(self._rooms.values()):
            self.close(room)

    def _sweep(self) -> None:
        now = monotonic()
        for room in list(self._rooms.values()):
            if room.empty and now - room.asked > self._idle_seconds:
                self.close(room)

    def _give_way(self) -> None:
        empty = [room for room in self._rooms.values() if room.empty]
        if not empty:
            raise LimitExceeded(
                f"There are {self._most} rooms already.",
                hint="Close one, or start the server with a larger --max-rooms.",
            )
        self.close(min(empty, key=lambda room: room.asked))


def entered(rooms: Rooms, code: str, key: str) -> tuple[Room, Caller]:
    """A room and whose key this is; which of the two is wrong is not told.

    Raises:
        RoomNotFound: one of them is.
    """
    room = rooms.of(code)
    return room, room.caller(key)
