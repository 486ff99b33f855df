"""The composition root: puts the app together. Only what starts a server imports it."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from . import __version__
from .api import (
    asking,
    branches,
    breakpoints,
    catalog,
    confusion,
    data,
    diagnosis,
    errors,
    exports,
    gauges,
    imports,
    landscapes,
    library,
    numbers,
    pages,
    parameters,
    planes,
    questions,
    rooms,
    running,
    sessions,
    streams,
    wire,
    words,
)
from .api.broadcast import Broadcasts
from .api.constants import Constants
from .api.files import Served
from .api.security import Guard, content_security_policy
from .api.watching import Counts, Watching
from .classroom.guessing import Guessing, Openings
from .classroom.rooms import MemoryRooms, Rooms
from .errors import LimitExceeded, NotSaved
from .joining import Invitation
from .rates.rate import MemoryRates, Rates
from .sessions.desk import Desk
from .sessions.memory import MemoryStore
from .sessions.runs import Runs
from .sessions.store import Room, SessionStore
from .settings import Settings
from .values import SERVERS, SQLITE

if TYPE_CHECKING:
    from .redis import RedisServer

log = logging.getLogger("stepgrad")

AGAIN_SECONDS, START_SECONDS = 0.5, 3.0
"""Between two tries to open the first room, where the store does not answer, and for how long it is tried."""


ROUTED = (
    *(sessions, library, running, breakpoints, branches, numbers, diagnosis, questions, rooms, asking, streams),
    *(parameters, planes, confusion, landscapes, data, exports, imports, catalog, pages, words),
)


def create_app(settings: Settings) -> FastAPI:
    """The app, for these settings.

    Raises:
        NotSaved: the store that the settings name cannot be reached or written to.
    """
    app = FastAPI(
        title="Stepgrad",
        version=__version__,
        summary="A neural network that computes and learns one step at a time.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        responses={"4XX": {"model": errors.ErrorAnswer, "description": "An error, in the one shape."}},
        lifespan=_living,
    )
    server = _server(settings)
    rates = _rates(server)
    _furnish(app, settings, server, rates)
    for resource in ROUTED:
        app.include_router(resource.router)
    if settings.metrics:
        app.include_router(gauges.router)
    errors.install(app)
    # Numbers of a tape hardly shrink, and events must not wait for more of them.
    plain = (*DEFAULT_EXCLUDED_CONTENT_TYPES, wire.MEDIA_TYPE)
    app.add_middleware(GZipMiddleware, minimum_size=400, exclude_content_types=plain)
    app.add_middleware(Served, files=pages.files)
    policy = content_security_policy([pages.import_map_hash()], settings.embed_in)
    app.add_middleware(Guard, settings=settings, policy=policy, rates=rates)
    app.add_middleware(Watching, counts=app.state.counts)
    return app


def _furnish(app: FastAPI, settings: Settings, server: RedisServer | None, rates: Rates) -> None:
    """Give the app what its routes work with."""
    desk = Desk(_store(settings, server), settings.max_memory_bytes)
    if server is not None:
        server.hear("session", desk.peers.hear)
    app.state.settings = settings
    app.state.server = server
    app.state.desk = desk
    app.state.rooms = _rooms(settings, server)
    app.state.invitation = None
    app.state.constants = Constants()
    app.state.guessing, app.state.openings = Guessing(rates), Openings(rates, settings.max_rooms)
    app.state.broadcasts = Broadcasts(app.state.rooms, desk)
    app.state.runs = Runs(settings.run_idle_seconds, desk.save, desk.store.shared)
    app.state.counts = Counts()


def let_go(app: FastAPI) -> None:
    """End what would go on for ever, streams above all, since the server ends."""
    app.state.rooms.let_go()
    app.state.desk.let_go()


@asynccontextmanager
async def _living(app: FastAPI) -> AsyncIterator[None]:
    if app.state.settings.share:
        app.state.invitation = await _invitation(app.state.rooms)
    yield
    await app.state.rooms.finish()
    await app.state.desk.finish()


async def _invitation(rooms: Rooms) -> Invitation | None:
    """To the room that a shared server begins with, whose teacher brings a session; None where there is no room."""
    until = monotonic() + START_SECONDS
    while True:
        try:
            room, key = await rooms.first()
            return Invitation(room.code, key)
        except (NotSaved, LimitExceeded) as error:
            if isinstance(error, LimitExceeded) or monotonic() > until:
                log.warning("There is no room to begin with. %s", error.message)
                return None
            await asyncio.sleep(AGAIN_SECONDS)


def _server(settings: Settings) -> RedisServer | None:
    """The server that the settings name, whose driver is an extra; None where nothing is shared.

    Raises:
        NotSaved: it cannot be reached.
    """
    if not settings.store.startswith(SERVERS):
        return None
    try:
        from .redis import RedisServer
    except ModuleNotFoundError as error:
        raise NotSaved(
            "A store on Redis or Valkey needs the packages redis and hiredis.",
            hint=f"Install it: {sys.executable} -m pip install 'redis[hiredis]'",
            where="store",
        ) from error
    return RedisServer(settings.store)


def _rates(server: RedisServer | None) -> Rates:
    """Those of all servers on a shared store."""
    if server is None:
        return MemoryRates()
    from .rates.redis import RedisRates

    return RedisRates(server)


def _rooms(settings: Settings, server: RedisServer | None) -> Rooms:
    """Rooms, where the sessions are that they show, if several servers are to see them."""
    if server is None:
        return MemoryRooms(settings.max_rooms, settings.room_idle_seconds)
    from .classroom.redis import RedisRooms

    return RedisRooms(server, settings.max_rooms, settings.room_idle_seconds)


def _store(settings: Settings, server: RedisServer | None) -> SessionStore:
    """The store that the settings name. One that nobody chose gives way to memory where it cannot be written to.

    Raises:
        NotSaved: the chosen one cannot be written to.
    """
    room = Room(settings.max_sessions, settings.max_store_bytes)
    in_memory = Room(settings.max_sessions, min(settings.max_store_bytes, settings.max_memory_bytes))
    if server is not None:
        from .sessions.redis import RedisStore

        return RedisStore(server, room)
    if not settings.store.startswith(SQLITE):
        return MemoryStore(in_memory)
    from .sessions.sqlite import SQLiteStore

    path = settings.store.removeprefix(SQLITE)
    file = Path(path[1:] if path[2:3] == ":" else path)  # /C:/… on Windows
    try:
        return SQLiteStore(file, room)
    except NotSaved as error:
        if settings.store_chosen:
            raise
        log.warning("%s They are kept in memory, and end with this server.", error.message)
        return MemoryStore(in_memory)
