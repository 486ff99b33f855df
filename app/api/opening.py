"""What every route on a session asks for: the session, this server's limits, how the answer is wanted, an index."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Annotated

import numpy as np
from fastapi import Depends, Path, Request

from ..errors import SpecError
from ..sessions.desk import Desk
from ..sessions.runs import Runs
from ..sessions.session import Session
from ..settings import Settings
from .answers import Viewing, viewing

View = Annotated[Viewing, Depends(viewing)]
SessionId = Annotated[str, Path(max_length=64)]


async def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def settings_of(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


async def runs_of(request: Request) -> Runs:
    runs: Runs = request.app.state.runs
    return runs


Store = Annotated[Desk, Depends(desk_of)]
Driver = Annotated[Runs, Depends(runs_of)]
Limits = Annotated[Settings, Depends(settings_of)]


@asynccontextmanager
async def opened(store: Desk, name: str) -> AsyncIterator[Session]:
    """The session of this id, to oneself. Numbers that overflow are answered as they are; nobody is warned of them."""
    session = await store.get(name)
    session.asked = monotonic()
    session.hurry()
    async with session.lock:
        if store.holds(session):
            with np.errstate(all="ignore"):
                yield session
            return
    async with opened(store, name) as session:  # it was let go of while somebody else worked on it
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
