"""The desk: what is worked on is in memory, all of it is in the store, and neither loses anything to the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from app.errors import FileInvalid, SessionNotFound, StaleRevision
from app.sessions.desk import Desk
from app.sessions.memory import MemoryStore
from app.sessions.run import Goal
from app.sessions.session import Session
from app.sessions.sqlite import SQLiteStore
from app.sessions.timeline import Change as Setting

from .desks import PLENTY, ROOM, step
from .saved import elsewhere, lived, told
from .sessions import numbers, session_of


@pytest.mark.parametrize("seed", range(5))
def test_another_server_finds_a_session_as_it_was(store: Callable[[], SQLiteStore], seed: int) -> None:
    session = lived(seed)

    async def there_and_back() -> Session:
        first = Desk(store(), PLENTY)
        await first.add(session, "me")
        await first.save(session, now=True)
        return await Desk(store(), PLENTY).get(session.id)

    found = asyncio.run(there_and_back())
    assert found is not session
    assert (found.revision, found.edition) == (session.revision, session.edition)
    assert told(found) == told(session)
    assert elsewhere(found) == elsewhere(session)


def test_only_as_many_sessions_as_fit_stay_in_memory_and_all_are_found() -> None:
    async def crowd() -> None:
        one = session_of(name="0").nbytes
        desk = Desk(MemoryStore(ROOM), 10 * one)
        for number in range(40):
            await desk.add(session_of(name=str(number)))
            await step(desk, str(number))
        assert len(desk._on) <= 10
        for number in range(40):
            assert (await desk.get(str(number))).cursor.operation > 0

    asyncio.run(crowd())


def test_a_session_that_somebody_works_on_watches_or_runs_stays_in_memory() -> None:
    async def crowd() -> None:
        desk = Desk(MemoryStore(ROOM), 5 * session_of(name="0").nbytes)
        worked, watched, running = (session_of(name=name) for name in ("worked", "watched", "running"))
        for session in (worked, watched, running):
            await desk.add(session)
        running.begin_run(Goal(), None)
        watching = watched.news.watch()
        await anext(watching)
        async with worked.lock:
            for number in range(20):
                await desk.add(session_of(name=str(number)))
            for session in (worked, watched, running):
                assert await desk.get(session.id) is session
        await watching.aclose()

    asyncio.run(crowd())


def test_two_servers_cannot_overwrite_each_other_unseen(store: Callable[[], SQLiteStore]) -> None:
    async def both() -> None:
        one, other = Desk(store(), PLENTY), Desk(store(), PLENTY)
        await one.add(session_of(name="a"))
        mine, yours = await one.get("a"), await other.get("a")
        mine.edit_parameters([Setting("W1", (0, 0), 0.5)])
        yours.edit_parameters([Setting("W1", (0, 0), -0.5)])
        await one.save(mine)
        with pytest.raises(StaleRevision):
            await other.save(yours)
        found = await other.get("a")
        assert found.iteration.tape().tensors["W1"][0, 0] == 0.5
        await step(other, "a")

    asyncio.run(both())


def test_what_another_server_deleted_is_gone_here_too(store: Callable[[], SQLiteStore]) -> None:
    async def both() -> None:
        one, other = Desk(store(), PLENTY), Desk(store(), PLENTY)
        await one.add(session_of(name="a"), "me")
        await other.get("a")
        await one.delete("a", "me")
        with pytest.raises(SessionNotFound):
            await step(other, "a")
        with pytest.raises(SessionNotFound):
            await other.get("a")

    asyncio.run(both())


def test_many_who_ask_for_a_session_at_once_are_given_the_same(store: Callable[[], SQLiteStore]) -> None:
    async def together() -> None:
        await Desk(store(), PLENTY).add(session_of(name="a"))
        desk = Desk(store(), PLENTY)
        found = await asyncio.gather(*(desk.get("a") for _ in range(20)))
        assert len(set(map(id, found))) == 1

    asyncio.run(together())


def test_a_deleted_session_comes_back_with_its_last_step(store: Callable[[], SQLiteStore]) -> None:
    async def back() -> None:
        desk = Desk(store(), PLENTY)
        await desk.add(session_of(name="a"), "me")
        session = await step(desk, "a")
        await desk.delete("a", "me")
        with pytest.raises(SessionNotFound):
            await desk.get("a")
        await desk.store.undelete("a", "me")
        assert told(await desk.get("a")) == told(session)

    asyncio.run(back())


def test_a_foreign_session_is_not_even_paused(store: Callable[[], SQLiteStore]) -> None:
    async def foreign() -> None:
        desk = Desk(store(), PLENTY)
        session = session_of(name="a")
        await desk.add(session, "me")
        session.begin_run(Goal(), None)
        with pytest.raises(SessionNotFound):
            await desk.delete("a", "you")
        assert session.running

    asyncio.run(foreign())


def test_a_copy_goes_its_own_way(store: Callable[[], SQLiteStore]) -> None:
    async def copied() -> None:
        desk = Desk(store(), PLENTY)
        session = session_of(name="a")
        session.called = "Sunday"
        await desk.add(session, "me")
        await step(desk, "a")
        copy = await desk.duplicate("a", "b", "me", 0)
        assert (copy.id, copy.called, copy.revision, numbers(copy)) == ("b", "Sunday", 0, numbers(session))
        await step(desk, "b")
        assert copy.cursor != session.cursor

    asyncio.run(copied())


def test_what_cannot_be_read_is_refused_with_a_sentence(store: Callable[[], SQLiteStore]) -> None:
    async def damaged() -> None:
        first = Desk(store(), PLENTY)
        await first.add(session_of(name="a"))
        writer = first.store
        assert isinstance(writer, SQLiteStore)
        await writer._database.write(
            lambda connection: connection.execute("UPDATE parts SET bytes = x'00' WHERE kind='content'")
        )
        with pytest.raises(FileInvalid):
            await Desk(store(), PLENTY).get("a")

    asyncio.run(damaged())
