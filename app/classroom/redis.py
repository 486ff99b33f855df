"""Rooms on Redis or Valkey, where several servers see them: whoever answers, it is the same class.

A room is changed by whoever has its newest revision, and the other servers hear of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter

from ..errors import NotSaved, RoomNotFound, StepgradError
from ..redis import PAUSE, RedisServer
from . import scripts
from .keys import hashed, new_code, new_key, plain_code
from .presence import Presence
from .room import Caller, Present, Room, Shown
from .rooms import Held, changed, not_shown, too_many

Found = TypeVar("Found")

MOST_HELD = 100
"""Rooms that nobody has open here, of which it is known how they were; more are let go of."""

_STATE = TypeAdapter(tuple[Room], config=ConfigDict(ser_json_inf_nan="constants"))


class RedisRooms:
    """Rooms that end when they are closed, or when nobody has asked for them for long.

    Args:
        most: how many there may be. One that nobody has open gives way to a new one, the one idle longest first.
        idle_seconds: after which a room that nobody has open is closed.
    """

    def __init__(self, server: RedisServer, most: int, idle_seconds: float) -> None:
        self._server = server
        self._most = most
        self._idle = max(1, int(idle_seconds * 1000))
        self._held: dict[str, Held] = {}
        self._presence = Presence(server, self._idle, self._held, partial(self._end, closed=True))
        self._unseen: set[str] = set()
        self._looking: dict[str, asyncio.Task[None]] = {}
        server.hear("room", self._hear)

    async def open(self, name: str = "", session: str = "", key: str = "") -> tuple[Room, str]:
        key = key or new_key()
        return (await self._open(name, session, key, f"opened:{hashed(key)}", ""))[0], key

    async def first(self) -> tuple[Room, str]:
        key = new_key()
        room, given = await self._open("", "", key, "first", key)
        return room, given

    async def _open(self, name: str, session: str, key: str, pointer: str, given: str) -> tuple[Room, str]:
        """The room that a pointer leads to, or a new one; and the key that is kept with it."""
        while True:
            room = Room(new_code(), hashed(key), name, Shown(session))
            about = room.code, _STATE.dump_json((room,)), room.viewing, pointer, given, self._most, self._idle
            answer = await self._server.run(scripts.OPEN, *about)
            if answer[0] == b"full":
                raise too_many(self._most)
            if answer[0] == b"opened":
                (room,) = _STATE.validate_json(answer[1])
                return room, answer[2].decode()

    async def of(self, code: str) -> Held:
        held = await self._look(plain_code(code))
        if held is None:
            raise RoomNotFound
        return held

    async def seen(self, viewing: str) -> Held:
        held = await self._look("", viewing)
        if held is None:
            raise not_shown()
        return held

    async def present(self, held: Held) -> Present:
        with suppress(NotSaved):
            await self._presence.renew(held)
        return held.present

    async def change(self, held: Held, change: Callable[[Room], Found]) -> Found:
        answer: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        held.waiting.append((change, answer))
        async with held.changing:
            if not answer.done():  # with those of somebody who came before
                await self._change(held)
        return answer.result()

    async def _change(self, held: Held) -> None:
        """Make all changes that wait, together, of a room as it is now."""
        together, told = list(held.waiting), list[Callable[[], None]]()
        try:
            saved = False
            while not saved:
                room, told = held.room, []
                for change, answer in together:
                    try:
                        room, found = changed(room, change)
                        told.append(partial(answer.set_result, found))
                    except Exception as error:  # of whoever asked for it; the others' are made
                        told.append(partial(answer.set_exception, error))
                saved = await self._save(held, room)
        except StepgradError as error:
            told = [partial(answer.set_exception, error) for _, answer in together]
        del held.waiting[: len(together)]
        for tell in told:
            tell()

    async def _save(self, held: Held, room: Room) -> bool:
        """Put another state in the place of the one that is known; False if that is known to be another one now.

        Raises:
            RoomNotFound: it has ended.
            NotSaved: the server does not answer.
        """
        if held.closed:
            raise RoomNotFound
        before, code = held.room.revision, room.code
        if room.revision > before:
            about = code, before, room.revision, _STATE.dump_json((room,)), room.viewing, self._idle
            if await self._server.run(scripts.SAVE, *about) != b"saved":
                newest = await self._newest(self._held.get(code), code)
                if newest is None:
                    raise RoomNotFound
                _update(held, newest.room)
                return False
            _update(held, room)
        return True

    def enter(self, held: Held, caller: Caller, count: int) -> None:
        self._presence.enter(held, caller, count)

    async def close(self, held: Held) -> None:
        await self._server.run(scripts.CLOSE, held.room.code)
        self._end(held, closed=True)

    def let_go(self) -> None:
        self._presence.stop()
        for held in list(self._held.values()):
            self._end(held, closed=False)

    async def finish(self) -> None:
        self.let_go()
        await self._presence.leave()

    async def _look(self, code: str, viewing: str = "") -> Held | None:
        """The newest one or, where the server does not answer, the room as it was last."""
        known = self._known(code, viewing)
        try:
            return await self._newest(known, code, viewing)
        except NotSaved:
            if known is None:
                raise
            return known

    async def _newest(self, known: Held | None, code: str, viewing: str = "") -> Held | None:
        """The room as it is now; None where there is none."""
        last = "" if known is None else f"{known.room.code} {known.room.revision}"
        answer = await self._server.run(scripts.LOOK, code, viewing, last, self._idle)
        if answer is None:
            if known is not None and code:
                self._end(known, closed=True)
            return None
        if not answer[1]:
            return known
        (room,) = _STATE.validate_json(answer[1])
        held = self._held.get(room.code)
        if held is None:
            held = self._held[room.code] = Held(room)
            self._clear()
        _update(held, room)
        held.asked = monotonic()
        return held

    def _known(self, code: str, viewing: str) -> Held | None:
        if code:
            return self._held.get(code)
        return next((held for held in self._held.values() if held.room.viewing == viewing), None)

    def _end(self, held: Held, closed: bool) -> None:
        if self._held.get(held.room.code) is held:
            del self._held[held.room.code]
        held.end(closed)

    def _clear(self) -> None:
        idle = [held for held in self._held.values() if not held.streams and not held.changing.locked()]
        for held in sorted(idle, key=lambda held: held.asked)[:-MOST_HELD]:
            self._end(held, closed=False)

    def _hear(self, code: str, revision: str) -> None:
        """A room was changed, or any may have been: who has it open here is told."""
        for held in list(self._held.values()) if not code else [self._held[code]] if code in self._held else []:
            if held.streams and revision != str(held.room.revision):
                self._unseen.add(held.room.code)
                if held.room.code not in self._looking:
                    self._looking[held.room.code] = asyncio.create_task(self._look_again(held))

    async def _look_again(self, held: Held) -> None:
        """Look how it is, as soon as the server says it, and until nothing is heard meanwhile."""
        code = held.room.code
        try:
            while code in self._unseen and not held.news.closed:
                self._unseen.discard(code)
                try:
                    await self._newest(held, code)
                except NotSaved:
                    self._unseen.add(code)
                    await asyncio.sleep(PAUSE)
        finally:
            self._unseen.discard(code)
            del self._looking[code]


def _update(held: Held, room: Room) -> None:
    """Let it be as it was found, unless it is newer already."""
    if room.revision > held.room.revision:
        held.become(room)
