"""Rooms to test with, opened and come into."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from app.classroom.room import Caller
from app.classroom.rooms import Held, Rooms

Make = Callable[..., Rooms]
Run = Callable[[Coroutine[Any, Any, Any]], Any]
TEACHER = Caller()


async def opened(rooms: Rooms, session: str = "") -> Held:
    """A room of its own, which shows a session if one is named."""
    room, _ = await rooms.open()
    held = await rooms.of(room.code)
    if session:
        await rooms.change(held, lambda room: room.show(TEACHER, session=session))
    return held


async def come(rooms: Rooms, held: Held, caller: Caller) -> None:
    """A stream is open, and everybody knows."""
    before = (await rooms.present(held)).here
    rooms.enter(held, caller, 1)
    async with asyncio.timeout(30):
        while (await rooms.present(held)).here == before:
            await asyncio.sleep(0.01)
