"""A server finds a session as another one left it, and reads no more of it than what has changed."""

from __future__ import annotations

import asyncio

import pytest

from app import redis
from app.errors import StaleRevision
from app.sessions.desk import LATELY, Desk
from app.sessions.redis import RedisStore
from app.sessions.session import Session
from app.sessions.store import Kept, Known, Newer, Room
from app.sessions.timeline import Change
from app.steps.cursor import Cursor
from tests.redis_server import RedisServer

from .sessions import iris, numbers

ROOM = Room(100, 10**9)


class Counting(RedisStore):
    """Counts how often a whole session was read, and how often it was asked for what is newer."""

    loaded = looked = 0

    async def newer(self, name: str, known: Known) -> Newer | None:
        self.looked += 1
        return await super().newer(name, known)

    async def load(self, name: str) -> Kept:
        self.loaded += 1
        return await super().load(name)


async def left(desk: Desk, session: Session, at: Cursor, whole: bool = False) -> None:
    """A request moves a session."""
    async with session.lock:
        await desk.refresh(session)
        session.train(at.iteration, 60)
        session.seek(at)
        await desk.save(session, now=whole)


async def found(desk: Desk, session: Session) -> Session:
    async with session.lock:
        assert await desk.refresh(session)
    return session


def alike(one: Session, other: Session) -> None:
    assert (one.cursor, one.revision, one.edition) == (other.cursor, other.revision, other.edition)
    assert one.timeline.checkpoints.visited == other.timeline.checkpoints.visited
    assert one.timeline.metrics.after(-1) == other.timeline.metrics.after(-1)
    assert numbers(one) == numbers(other)


def test_what_another_server_moved_trained_or_edited_is_found(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis, "SECONDS", 30.0)
    redis_server.empty()

    async def followed() -> None:
        stores = [Counting(redis.RedisServer(redis_server.url), ROOM) for _ in range(2)]
        one, other = (Desk(store, 2**30) for store in stores)
        here = iris()
        await one.add(here)
        there = await other.get(here.id)
        for number in range(1, 4):
            await left(one, here, Cursor(0, 7 * number))
            alike(await found(other, there), here)
            await left(other, there, Cursor(number, 3))
            alike(await found(one, here), there)
        await left(one, here, Cursor(500), whole=True)
        await left(one, here, Cursor(20))
        alike(await found(other, there), here)
        assert there.timeline.checkpoints.furthest == 500
        assert [store.loaded for store in stores] == [0, 1], "to fetch it once was enough"
        async with here.lock:
            here.edit_parameters([Change("b1", (0,), 0.5)])
            await one.save(here)
        # Late: what it did meanwhile is dropped with what it knew before.
        async with there.lock:
            there.edit_parameters([Change("b1", (0,), 0.7)])
            with pytest.raises(StaleRevision):
                await other.save(there)
        alike(there, here)
        assert stores[1].loaded == 2
        async with there.lock:
            there.seek(Cursor(20, 5))
            await other.save(there)
        async with here.lock:
            here.seek(Cursor(20, 9))
            with pytest.raises(StaleRevision):
                await one.save(here)
        alike(here, there)
        assert here.cursor == Cursor(20, 5)
        async with there.lock:
            there.seek(Cursor(20, 7))
            await other.save(there)
        async with here.lock:
            here.edit_parameters([Change("b1", (0,), 0.9)])
            with pytest.raises(StaleRevision):
                await one.save(here)
        assert (here.cursor, here.edition, numbers(here)) == (there.cursor, there.edition, numbers(there))
        for desk in (one, other):
            await desk.finish()

    asyncio.run(followed())


def test_who_was_alone_for_long_trusts_to_be_until_it_is_refused(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis, "SECONDS", 30.0)
    redis_server.empty()

    async def alone() -> None:
        store, other = Counting(redis.RedisServer(redis_server.url), ROOM), desk_on(redis_server)
        one, here = Desk(store, 2**30), iris()
        await one.add(here)
        there = await other.get(here.id)

        async def steps(count: int) -> None:
            for _ in range(count):
                async with here.lock:
                    await one.refresh(here, trusting=True)
                    here.step("operation", "next")
                    await one.keep(here)

        await steps(20)
        assert store.looked == LATELY
        async with here.lock:
            assert await one.refresh(here, trusting=True)
            assert not one.looked(here)
            assert await one.refresh(here)
            assert one.looked(here)
        await left(other, there, Cursor(0, 9))
        with pytest.raises(StaleRevision):
            await steps(1)
        assert here.cursor == there.cursor == Cursor(0, 9)
        store.looked = 0
        await steps(1)
        await left(other, there, Cursor(0, 12))
        await steps(1)
        assert here.cursor == Cursor(0, 13), "who is not alone looks each time"
        assert store.looked == 2
        for desk in (one, other):
            await desk.finish()

    asyncio.run(alone())


def desk_on(server: RedisServer) -> Desk:
    return Desk(RedisStore(redis.RedisServer(server.url), ROOM), 2**30)
