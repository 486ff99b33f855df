"""Who is there: told by streams, and at all servers alike; a room where nobody is gives way."""

from __future__ import annotations

import asyncio

import pytest

from app import redis
from app.classroom import presence
from app.classroom.redis import RedisRooms
from app.classroom.room import Caller, Present
from app.classroom.rooms import MemoryRooms
from app.errors import LimitExceeded, RoomNotFound
from tests.redis_server import RedisServer

from .rooms import TEACHER, Make, Run, come, opened


def test_who_has_a_stream_open_is_here_until_the_last_one_is_closed(make: Make, run: Run) -> None:
    async def here() -> None:
        rooms = make()
        held = await opened(rooms)
        member = Caller((await rooms.change(held, lambda room: room.join("", 10, held.present)))[0].number)
        counted = []
        for caller, count in ((member, 1), (member, 1), (TEACHER, 1), (member, -1), (member, -1)):
            rooms.enter(held, caller, count)
            counted.append(held.present.members)
        assert counted == [1, 1, 1, 1, 0]
        assert held.present.seen[1] > 1e9

    run(here())


def test_those_at_a_server_that_ends_are_away_at_once_and_whoever_came_back_elsewhere_is_not(
    redis_server: RedisServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis, "SECONDS", 30.0)
    monkeypatch.setattr(presence, "RENEW_SECONDS", 600.0)
    redis_server.empty()

    async def end() -> None:
        servers = [redis.RedisServer(redis_server.url) for _ in range(2)]
        ends, stays = (RedisRooms(server, 10, 60) for server in servers)
        held = await opened(ends)
        there = await stays.of(held.room.code)
        for _ in range(3):
            await ends.change(held, lambda room: room.join("", 10, Present()))
        await come(stays, there, TEACHER)
        for number in (1, 2, 3):
            await come(ends, held, Caller(number))
        stays.enter(there, Caller(2), 1)
        ends.enter(held, Caller(3), -1)  # about which it has not told yet
        assert (await stays.present(there)).here == {0, 1, 2, 3}
        ends.let_go()
        ends.enter(held, Caller(1), -1)  # as its streams end
        await ends.finish()
        assert (await stays.present(there)).here == {0, 2}
        await asyncio.gather(*(server.close() for server in servers))

    run(end())


def test_a_store_that_does_not_answer_delays_no_end(
    redis_server: RedisServer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis_server.empty()
    monkeypatch.setattr(redis, "SECONDS", 600.0)
    monkeypatch.setattr(presence, "LEAVE_SECONDS", 0.01)

    async def end() -> None:
        server = redis.RedisServer(redis_server.url)
        rooms = RedisRooms(server, 10, 60)
        await come(rooms, await opened(rooms), TEACHER)
        redis_server.freeze()
        try:
            async with asyncio.timeout(300):
                await rooms.finish()
        finally:
            redis_server.thaw()
        await server.close()

    run(end())


def test_where_there_are_many_rooms_one_where_nobody_is_gives_way(make: Make, run: Run) -> None:
    async def many() -> None:
        rooms = make(most=2)
        here, empty = await opened(rooms), await opened(rooms)
        await come(rooms, here, TEACHER)
        third = await opened(rooms)
        with pytest.raises(RoomNotFound):
            await rooms.of(empty.room.code)
        await come(rooms, third, TEACHER)
        with pytest.raises(LimitExceeded, match="2 rooms"):
            await rooms.open()

    run(many())


def test_a_room_that_nobody_has_open_is_closed_after_a_while(run: Run) -> None:
    async def idle() -> None:
        rooms = MemoryRooms(10, idle_seconds=0)
        room, _ = await rooms.open()
        with pytest.raises(RoomNotFound):
            await rooms.of(room.code)
        room, _ = await rooms.open()
        held = rooms._held[room.code]
        rooms.enter(held, TEACHER, 1)
        assert await rooms.of(room.code) is held
        rooms.enter(held, TEACHER, -1)
        with pytest.raises(RoomNotFound):
            await rooms.of(room.code)
        assert held.news.closed

    run(idle())
