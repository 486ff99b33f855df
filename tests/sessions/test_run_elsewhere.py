"""A run as other servers see it: it goes on, is taken over, or is lost with its server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from app import redis
from app.sessions import desk as desks
from app.sessions.desk import Desk
from app.sessions.redis import RedisStore
from app.sessions.run import Goal
from app.sessions.runs import Runs
from app.sessions.session import Session
from app.sessions.store import Room
from tests.redis_server import RedisServer

from .sessions import session_of

Both = Callable[[Desk, Desk, Runs, Session], Awaitable[None]]


@pytest.fixture
def at_two(redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Callable[[Both], None]:
    """Does something with the desks of two servers, and a session that runs at the first."""
    monkeypatch.setattr(redis, "SECONDS", 30.0)
    redis_server.empty()

    async def with_two(work: Both) -> None:
        one, other = desk(redis_server.url), desk(redis_server.url)
        runs, session = Runs(60, one.save, shared=True), session_of()
        await one.add(session)
        async with session.lock:
            runs.start(session, Goal(), None)
            await one.keep(session)
        async with asyncio.timeout(30):
            await work(one, other, runs, session)
        session.pause()
        await other.finish()
        await one.finish()

    return lambda work: asyncio.run(with_two(work))


def desk(url: str) -> Desk:
    """One that hears what the other does."""
    server = redis.RedisServer(url)
    made = Desk(RedisStore(server, Room(100, 10**9)), 2**30)
    server.hear("session", made.peers.hear)
    return made


async def seen(desk: Desk, name: str) -> Session:
    """The session as a request finds it."""
    session = await desk.get(name)
    async with session.lock:
        assert await desk.refresh(session)
    return session


def test_it_is_seen_to_go_on(at_two: Callable[[Both], None]) -> None:
    async def watched(one: Desk, other: Desk, runs: Runs, session: Session) -> None:
        found = await seen(other, session.id)
        begun = found.cursor
        while found.cursor == begun:
            await asyncio.sleep(0.02)
            await seen(other, session.id)
        assert found.running
        assert found.elsewhere
        assert found.revision <= session.revision, "a page that hears of both would take the newer one for old"

    at_two(watched)


def test_that_it_ended_by_itself_is_seen(at_two: Callable[[Both], None]) -> None:
    async def ended(one: Desk, other: Desk, runs: Runs, session: Session) -> None:
        assert (await seen(other, session.id)).running
        async with session.lock:
            runs.start(session, Goal(iteration=1), None)
            await one.keep(session)
        while runs.running:
            await asyncio.sleep(0.02)
        found = await seen(other, session.id)
        assert found.run is not None
        assert (found.running, found.run.why, found.cursor) == (False, "reached", session.cursor)

    at_two(ended)


def test_whoever_changes_the_session_elsewhere_takes_over(at_two: Callable[[Both], None]) -> None:
    async def taken(one: Desk, other: Desk, runs: Runs, session: Session) -> None:
        found = await seen(other, session.id)
        async with found.lock:
            found.take_over()
            await other.keep(found)
        assert not found.running
        while runs.running:
            await asyncio.sleep(0.02)
        here = await seen(one, session.id)
        assert here.run is not None
        assert (here.cursor, here.revision, here.run.why) == (found.cursor, found.revision, "paused")

    at_two(taken)


def test_with_its_server_it_is_lost_and_the_session_stands(
    at_two: Callable[[Both], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "LEASE_SECONDS", 0.5)

    async def lost(one: Desk, other: Desk, runs: Runs, session: Session) -> None:
        async with session.lock:
            await one.save(session)
            monkeypatch.setattr(runs, "_save", unheard)
        newest = session.revision
        found = await seen(other, session.id)
        while found.running:
            newest = max(newest, session.revision)
            await asyncio.sleep(0.02)
            await seen(other, session.id)
        assert found.run is not None
        assert found.run.why == "lost"
        assert found.revision > newest, "a page that saw the newest revision would take this for an old one"

    at_two(lost)


def test_a_server_that_was_taken_for_lost_and_comes_back_is_believed(
    at_two: Callable[[Both], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def back(one: Desk, other: Desk, runs: Runs, session: Session) -> None:
        found = await seen(other, session.id)
        async with session.lock:
            monkeypatch.setattr(desks, "LEASE_SECONDS", -1.0)
            await one.save(session)
            await seen(other, session.id)
            monkeypatch.setattr(desks, "LEASE_SECONDS", 30.0)
            assert not found.running
            session.follow(session.cursor.iteration + 5)
            await one.save(session)
        told = found.revision
        assert (await seen(other, session.id)).running
        assert found.revision > told

    at_two(back)


def test_who_watches_is_told_that_it_is_lost_though_nobody_says_so(
    at_two: Callable[[Both], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "LEASE_SECONDS", 0.5)

    async def lost(one: Desk, other: Desk, runs: Runs, session: Session) -> None:
        found = await seen(other, session.id)
        monkeypatch.setattr(runs, "_save", unheard)
        async for _ in found.news.watch():
            if found.run is not None and found.run.why == "lost" and not found.elsewhere:
                return

    at_two(lost)


def test_its_server_hears_at_once_that_another_has_taken_over(
    at_two: Callable[[Both], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def taken(one: Desk, other: Desk, runs: Runs, session: Session) -> None:
        found = await seen(other, session.id)
        monkeypatch.setattr(runs, "_save", unheard)  # by which it would learn of it otherwise
        async with found.lock:
            found.take_over()
            await other.keep(found)
        async for _ in session.news.watch():
            if not session.running:
                break
        assert (session.cursor, session.revision) == (found.cursor, found.revision)

    at_two(taken)


async def unheard(session: Session) -> None:
    """Nothing is saved, as if the server were gone."""
