"""Rooms of each kind, in memory and on Redis."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from app import redis
from app.classroom.redis import RedisRooms
from app.classroom.rooms import MemoryRooms, Rooms
from tests.redis_server import RedisServer

from .rooms import Make, Run


@pytest.fixture
def run() -> Iterator[Run]:
    """Waits for what is asked of rooms, always on the same event loop."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest, run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes new rooms of each kind; none is hurried."""
    monkeypatch.setattr(redis, "SECONDS", 30.0)
    made: list[tuple[RedisRooms, redis.RedisServer]] = []

    def rooms(most: int = 10, idle_seconds: float = 60) -> Rooms:
        if request.param == "memory":
            return MemoryRooms(most, idle_seconds)
        server: RedisServer = request.getfixturevalue("redis_server")
        server.empty()
        asked = redis.RedisServer(server.url)
        made.append((RedisRooms(asked, most, idle_seconds), asked))
        return made[-1][0]

    yield rooms
    for one, asked in made:
        one.let_go()
        run(asked.close())
