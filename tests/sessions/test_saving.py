"""Saving: what a request changed is in the store before it is answered, and what was computed soon follows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from app.errors import NotSaved
from app.sessions import desk as desks
from app.sessions import saved
from app.sessions.desk import Desk
from app.sessions.memory import MemoryStore
from app.sessions.run import Goal
from app.sessions.runs import Runs
from app.sessions.session import Session
from app.sessions.sqlite import SQLiteStore
from app.sessions.store import Change
from app.sessions.timeline import Change as Setting
from app.sessions.trainer import go
from app.steps.cursor import Cursor

from .desks import PLENTY, ROOM, step
from .saved import told
from .sessions import numbers, session_of


def test_every_step_is_in_the_store_before_it_is_answered(store: Callable[[], SQLiteStore]) -> None:
    async def steps() -> None:
        desk = Desk(store(), PLENTY)
        await desk.add(session_of(name="a"))
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
    monkeypatch.setattr(saved, "SOON", 0.05)

    async def trained() -> None:
        desk = Desk(store(), PLENTY)
        session = session_of(name="a")
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
        desk, session = Desk(store(), PLENTY), session_of(name="a")
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
        desk, session = Desk(store(), PLENTY), session_of(name="a")
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
        desk, session = Desk(store(), PLENTY), session_of(name="a")
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
        desk, session = Desk(store(), PLENTY), session_of(name="a")
        await desk.add(session)
        session.begin_run(Goal(), None)
        async with session.lock:
            await desk.save(session)
        for iteration in range(100):
            session.follow(iteration)
        assert (await Desk(store(), PLENTY).get("a")).revision > session.revision

    asyncio.run(ran())


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
    monkeypatch.setattr(saved, "SOON", 0.05)

    async def full() -> None:
        store = Failing()
        desk, session = Desk(store, PLENTY), session_of(name="a")
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
        desk = Desk(store, 5 * session_of(name="0").nbytes)
        for number in range(20):
            await desk.add(session_of(name=str(number)))
        assert list(desk._on)[-1] == "19"
        assert len(desk._on) <= 5

    asyncio.run(full())


def test_at_the_end_all_is_saved(store: Callable[[], SQLiteStore]) -> None:
    async def end(work: Callable[[Desk, Session], Awaitable[None]]) -> Session:
        desk, session = Desk(store(), PLENTY), session_of(name="a")
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
