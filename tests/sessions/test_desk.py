"""The desk: what is worked on is in memory, all of it is in the store, and neither loses anything to the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from app.data.ready import ready_set
from app.errors import FileInvalid, NotSaved, SessionNotFound, StaleRevision
from app.sessions import desk as desks
from app.sessions.desk import Desk
from app.sessions.memory import MemoryStore
from app.sessions.run import Goal
from app.sessions.runs import Runs
from app.sessions.session import Session
from app.sessions.sqlite import SQLiteStore
from app.sessions.start import begin
from app.sessions.store import Change, Room
from app.sessions.timeline import Change as Setting
from app.sessions.trainer import go
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .saved import elsewhere, lived, numbers, told

ROOM = Room(1000, 10**9)
PLENTY = 2**30


def session_of(name: str, *units: int) -> Session:
    return Session(name, begin(spec_of(*units or (2, 3, 1)), ready_set("xor")))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Callable[[], SQLiteStore]]:
    """Opens the same file, as another process does."""
    opened: list[SQLiteStore] = []

    def again() -> SQLiteStore:
        opened.append(SQLiteStore(tmp_path / "sessions.db", ROOM))
        return opened[-1]

    yield again
    for one in opened:
        asyncio.run(one.close())


async def step(desk: Desk, name: str) -> Session:
    """A request that takes a step."""
    session = await desk.get(name)
    async with session.lock:
        session.step("pass", "next")
        session.iteration.tape()
        await desk.save(session)
    return session


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


def test_every_step_is_in_the_store_before_it_is_answered(store: Callable[[], SQLiteStore]) -> None:
    async def steps() -> None:
        desk = Desk(store(), PLENTY)
        await desk.add(session_of("a"))
        for _ in range(30):
            session = await step(desk, "a")
            found = await Desk(store(), PLENTY).get("a")
            assert (found.cursor, found.revision) == (session.cursor, session.revision)
            assert numbers(found) == numbers(session)

    asyncio.run(steps())


def test_what_training_computed_follows_within_a_second(
    store: Callable[[], SQLiteStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "SOON", 0.05)

    async def trained() -> None:
        desk = Desk(store(), PLENTY)
        session = session_of("a")
        await desk.add(session)
        for _ in range(9):
            await step(desk, "a")
        while desk._on["a"].behind():
            await asyncio.sleep(0.02)
        found = await Desk(store(), PLENTY).get("a")
        assert found.timeline.checkpoints.before(found.cursor.iteration)[0] == found.cursor.iteration

    asyncio.run(trained())


def test_far_training_is_in_the_store_with_its_numbers(store: Callable[[], SQLiteStore]) -> None:
    async def trained() -> None:
        desk, session = Desk(store(), PLENTY), session_of("a")
        await desk.add(session)
        async with session.lock:
            await go(session, Cursor(3000))
            await desk.save(session)
        found = await Desk(store(), PLENTY).get("a")
        assert found.timeline.checkpoints.before(3000)[0] == 3000
        assert found.timeline.metrics.after(-1) == session.timeline.metrics.after(-1)

    asyncio.run(trained())


def test_what_can_be_taken_back_is_saved_though_training_edits_nothing(store: Callable[[], SQLiteStore]) -> None:
    async def trained() -> None:
        desk, session = Desk(store(), PLENTY), session_of("a")
        await desk.add(session)
        session.edit_parameters([Setting("W1", (0, 0), 0.5)])
        session.undo()
        async with session.lock:
            await desk.save(session)
            session.begin_run(Goal(), None)
            session.follow(5)
            session.pause()
            await desk.save(session)
        found = await Desk(store(), PLENTY).get("a")
        assert (session.can_undo, session.can_redo) == (found.can_undo, found.can_redo) == (True, False)

    asyncio.run(trained())


def test_a_session_that_runs_is_saved_at_its_end(store: Callable[[], SQLiteStore]) -> None:
    async def ran() -> None:
        desk, session = Desk(store(), PLENTY), session_of("a")
        await desk.add(session)
        runs = Runs(60, desk.save)
        runs.start(session, Goal(iteration=500), None)
        while runs.running:
            await asyncio.sleep(0.01)
        found = await Desk(store(), PLENTY).get("a")
        assert found.cursor == session.cursor == session.end_of(499)
        assert found.revision == session.revision

    asyncio.run(ran())


def test_the_revision_of_a_session_that_runs_is_never_taken_back(store: Callable[[], SQLiteStore]) -> None:
    async def ran() -> None:
        desk, session = Desk(store(), PLENTY), session_of("a")
        await desk.add(session)
        session.begin_run(Goal(), None)
        async with session.lock:
            await desk.save(session)
        for iteration in range(100):
            session.follow(iteration)
        assert (await Desk(store(), PLENTY).get("a")).revision > session.revision

    asyncio.run(ran())


def test_only_as_many_sessions_as_fit_stay_in_memory_and_all_are_found() -> None:
    async def crowd() -> None:
        one = session_of("0").nbytes
        desk = Desk(MemoryStore(ROOM), 10 * one)
        for number in range(40):
            await desk.add(session_of(str(number)))
            await step(desk, str(number))
        assert len(desk._on) <= 10
        for number in range(40):
            assert (await desk.get(str(number))).cursor.operation > 0

    asyncio.run(crowd())


def test_a_session_that_somebody_works_on_watches_or_runs_stays_in_memory() -> None:
    async def crowd() -> None:
        desk = Desk(MemoryStore(ROOM), 5 * session_of("0").nbytes)
        worked, watched, running = (session_of(name) for name in ("worked", "watched", "running"))
        for session in (worked, watched, running):
            await desk.add(session)
        running.begin_run(Goal(), None)
        watching = watched.news.watch()
        await anext(watching)
        async with worked.lock:
            for number in range(20):
                await desk.add(session_of(str(number)))
            for session in (worked, watched, running):
                assert await desk.get(session.id) is session
        await watching.aclose()

    asyncio.run(crowd())


def test_two_servers_cannot_overwrite_each_other_unseen(store: Callable[[], SQLiteStore]) -> None:
    async def both() -> None:
        one, other = Desk(store(), PLENTY), Desk(store(), PLENTY)
        await one.add(session_of("a"))
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
        await one.add(session_of("a"), "me")
        await other.get("a")
        await one.delete("a", "me")
        with pytest.raises(SessionNotFound):
            await step(other, "a")
        with pytest.raises(SessionNotFound):
            await other.get("a")

    asyncio.run(both())


def test_many_who_ask_for_a_session_at_once_are_given_the_same(store: Callable[[], SQLiteStore]) -> None:
    async def together() -> None:
        await Desk(store(), PLENTY).add(session_of("a"))
        desk = Desk(store(), PLENTY)
        found = await asyncio.gather(*(desk.get("a") for _ in range(20)))
        assert len(set(map(id, found))) == 1

    asyncio.run(together())


def test_a_deleted_session_comes_back_with_its_last_step(store: Callable[[], SQLiteStore]) -> None:
    async def back() -> None:
        desk = Desk(store(), PLENTY)
        await desk.add(session_of("a"), "me")
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
        session = session_of("a")
        await desk.add(session, "me")
        session.begin_run(Goal(), None)
        with pytest.raises(SessionNotFound):
            await desk.delete("a", "you")
        assert session.running

    asyncio.run(foreign())


def test_a_copy_goes_its_own_way(store: Callable[[], SQLiteStore]) -> None:
    async def copied() -> None:
        desk = Desk(store(), PLENTY)
        session = session_of("a")
        session.called = "Sunday"
        await desk.add(session, "me")
        await step(desk, "a")
        copy = await desk.duplicate("a", "b", "me", 0)
        assert (copy.id, copy.called, copy.revision, numbers(copy)) == ("b", "Sunday", 0, numbers(session))
        await step(desk, "b")
        assert copy.cursor != session.cursor

    asyncio.run(copied())


class Failing(MemoryStore):
    """A store that can be told to fail."""

    def __init__(self) -> None:
        super().__init__(ROOM)
        self.broken = False

    async def save(self, change: Change) -> tuple[str, ...]:
        if self.broken:
            raise NotSaved("The session could not be saved: the disk is full.", hint="Make room.")
        return await super().save(change)


@pytest.mark.parametrize("begins_broken", [False, True])
def test_while_saving_fails_one_steps_on_and_it_is_saved_as_soon_as_it_can_be(
    begins_broken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "SOON", 0.05)

    async def full() -> None:
        store = Failing()
        desk, session = Desk(store, PLENTY), session_of("a")
        store.broken = begins_broken
        await desk.add(session)
        store.broken = True
        for _ in range(5):
            await step(desk, "a")
            assert session.unsaved == "The session could not be saved: the disk is full. Make room."
        session.edit_parameters([Setting("W1", (0, 0), 0.5)])
        await desk.save(session)
        assert session.unsaved
        store.broken = False
        while session.unsaved:
            await asyncio.sleep(0.02)
        assert told(await Desk(store, PLENTY).get("a")) == told(session)
        await step(desk, "a")
        assert (await Desk(store, PLENTY).get("a")).cursor == session.cursor

    asyncio.run(full())


def test_of_sessions_that_could_not_be_saved_the_last_ones_stay_where_memory_is_short() -> None:
    async def full() -> None:
        store = Failing()
        store.broken = True
        desk = Desk(store, 5 * session_of("0").nbytes)
        for number in range(20):
            await desk.add(session_of(str(number)))
        assert list(desk._on)[-1] == "19"
        assert len(desk._on) <= 5

    asyncio.run(full())


def test_what_cannot_be_read_is_refused_with_a_sentence(store: Callable[[], SQLiteStore]) -> None:
    async def damaged() -> None:
        first = Desk(store(), PLENTY)
        await first.add(session_of("a"))
        writer = first.store
        assert isinstance(writer, SQLiteStore)
        await writer._database.write(
            lambda connection: connection.execute("UPDATE parts SET bytes = x'00' WHERE kind='content'")
        )
        with pytest.raises(FileInvalid):
            await Desk(store(), PLENTY).get("a")

    asyncio.run(damaged())


def test_at_the_end_all_is_saved(store: Callable[[], SQLiteStore]) -> None:
    async def end(work: Callable[[Desk, Session], Awaitable[None]]) -> Session:
        desk, session = Desk(store(), PLENTY), session_of("a")
        await desk.add(session)
        await work(desk, session)
        await desk.finish()
        found = await Desk(store(), PLENTY).get("a")
        assert found.cursor == session.cursor
        return found

    async def steps(desk: Desk, session: Session) -> None:
        session.begin_run(Goal(), None)
        await go(session, Cursor(20))
        session.follow(20)

    found = asyncio.run(end(steps))
    assert found.timeline.checkpoints.before(20)[0] == 20
