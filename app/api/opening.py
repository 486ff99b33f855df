"""What every route on a session asks for: the session, this server's limits, how the answer is wanted, an index.

A room's viewing name stands for the session that the room shows wherever an id may stand, and only here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from time import monotonic
from typing import Annotated

import numpy as np
from fastapi import Depends, Header, Path, Request

from ..classroom.keys import VIEWING
from ..classroom.room import Room
from ..classroom.rooms import Rooms
from ..errors import RoomNotFound, SpecError, ViewOnly
from ..sessions.desk import Desk
from ..sessions.runs import Runs
from ..sessions.session import Session
from ..settings import Settings
from .answers import Viewing, viewing

View = Annotated[Viewing, Depends(viewing)]
Named = Annotated[str, Path(alias="session_id", max_length=64, description="an id, or a room's name for a session")]


async def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def settings_of(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def runs_of(request: Request) -> Runs:
    runs: Runs = request.app.state.runs
    return runs


async def rooms_of(request: Request) -> Rooms:
    rooms: Rooms = request.app.state.rooms
    return rooms


async def looked_at(name: Named, rooms: Annotated[Rooms, Depends(rooms_of)]) -> str:
    """The id of the session of a request that changes nothing."""
    return (await rooms.seen(name)).room.shown.session if name.startswith(VIEWING) else name


async def worked_on(name: Named, found: Annotated[str, Depends(looked_at)], request: Request) -> str:
    """The id of the session of a request that may change it, if its method does; who only looks is refused."""
    if name.startswith(VIEWING) and request.method != "GET":
        raise ViewOnly
    return found


async def own_only(name: Named) -> str:
    """The id of a session, of which a viewing name is not enough."""
    if name.startswith(VIEWING):
        raise ViewOnly
    return name


async def copied(
    name: Named,
    found: Annotated[str, Depends(looked_at)],
    rooms: Annotated[Rooms, Depends(rooms_of)],
    key: Annotated[str, Header(alias="Stepgrad-Room", max_length=64)] = "",
) -> str:
    """The id of a session that is to be copied, which in a frozen room only who leads may do."""
    if name.startswith(VIEWING):
        room = (await rooms.seen(name)).room
        room.check_free(_member(room, key))
    return found


def _member(room: Room, key: str) -> int | None:
    try:
        return room.caller(key).member
    except RoomNotFound:
        return None


SessionId = Annotated[str, Depends(worked_on)]
"""Of a request that changes nothing if it is a GET, and something else."""
LookedAt = Annotated[str, Depends(looked_at)]
"""Of a request that changes nothing, whatever its method."""
OwnOnly = Annotated[str, Depends(own_only)]
Copied = Annotated[str, Depends(copied)]
Store = Annotated[Desk, Depends(desk_of)]
Driver = Annotated[Runs, Depends(runs_of)]
Limits = Annotated[Settings, Depends(settings_of)]


@asynccontextmanager
async def opened(
    store: Desk, name: str, strictly: bool = False, trusting: bool = False, ahead: bool = False
) -> AsyncIterator[Session]:
    """The session of this id, to oneself, as whichever server left it; see `Desk.refresh`.

    A crowd that reads waits in a line of its own: whoever changes the session (`strictly`), or is to go `ahead`, waits
    for no more than one of them. Numbers that overflow are answered as they are; nobody is warned of them.
    """
    session = await store.get(name)
    session.asked = monotonic()
    session.hurry()
    async with nullcontext() if strictly or ahead else session.crowd, session.lock:
        if await store.refresh(session, strictly, trusting):
            with np.errstate(all="ignore"):
                yield session
            return
    async with opened(
        store, name, strictly, trusting, ahead
    ) as session:  # it was let go of while somebody else worked on it
        yield session


def index_of(text: str, where: str = "index") -> tuple[int, ...]:
    """The index in an address, in the parameter `where`: `1,0`.

    Raises:
        SpecError: it is none.
    """
    parts = [part for part in text.split(",") if part]
    if len(parts) > 2 or not all(part.isdecimal() and part.isascii() and len(part) < 9 for part in parts):
        raise SpecError("The index cannot be read.", hint="Send whole numbers from 0 on, such as 1,0.", where=where)
    return tuple(int(part) for part in parts)
