"""The rows of the data are written when they change, and not with every edit."""

from __future__ import annotations

import asyncio

from app.data.ready import ready_set
from app.sessions.desk import Desk
from app.sessions.memory import MemoryStore
from app.sessions.session import Session
from app.sessions.store import Change as Saving
from app.sessions.store import Room
from app.sessions.timeline import Change
from app.steps.cursor import Cursor

from .saved import told
from .sessions import session_of


class Watched(MemoryStore):
    """Says which parts came last."""

    async def save(self, change: Saving) -> tuple[str, ...]:
        self.last = {str(kind) for kind in change.parts}
        return await super().save(change)


def set_weight(session: Session, value: float) -> None:
    session.edit_parameters([Change("W1", (0, 0), value)])


def test_only_other_data_is_written_anew_and_all_comes_back_whatever_was_written() -> None:
    async def live() -> None:
        store = Watched(Room(1, 2**26))
        desk, session = Desk(store, 2**26), session_of()
        await desk.add(session)
        assert "data" in store.last

        async def saved(wanted: bool) -> None:
            """It was saved, the data with it or not, and another server reads the same."""
            session.iteration.tape()
            await desk.save(session, now=True)
            assert "content" in store.last
            assert ("data" in store.last) == wanted
            found = await Desk(store, 2**26).get(session.id)
            assert told(found) == told(session)

        set_weight(session, 0.5)
        await saved(False)
        session.edit_data(ready_set("or"))
        await saved(True)
        session.undo()
        await saved(False)
        session.seek(Cursor(4))
        session.iteration.tape()
        set_weight(session, 0.25)
        await saved(True)  # what was taken back is gone, and its data with it
        session.seek(Cursor(1))
        session.go_to(session.place.branched(""))
        await saved(False)

    asyncio.run(live())


def test_who_has_fetched_a_session_writes_its_data_with_the_first_edit() -> None:
    async def live() -> None:
        store = Watched(Room(1, 2**26))
        await Desk(store, 2**26).add(session_of())
        desk = Desk(store, 2**26)
        session = await desk.get("s")
        for wanted in (True, False):
            set_weight(session, 0.5)
            await desk.save(session)
            assert ("data" in store.last) == wanted
        assert told(await Desk(store, 2**26).get(session.id)) == told(session)

    asyncio.run(live())
