"""What streams are sent is made once, and for those who read slowly only the newest is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import pytest

from app.api import broadcast
from app.api.answers import State, Viewing
from app.api.broadcast import MOST_TABS, MOST_VARIANTS, Broadcast, variant_of
from app.api.following import followed
from app.api.state import state_of
from app.classroom.room import Caller, Room
from app.classroom.rooms import MemoryRooms
from app.errors import LimitExceeded, NotSaved
from app.sessions.desk import Desk
from app.sessions.memory import MemoryStore
from app.sessions.session import Session
from app.sessions.store import Room as Place
from app.words import words
from tests.sessions.sessions import session_of

TEACHER = Caller()
Found = TypeVar("Found")
Work = Callable[["Scene"], Awaitable[None]]


class Scene:
    """A room that shows a session, on one event loop."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.desk = Desk(MemoryStore(Place(10, 10**9)), 10**9)
        self.rooms = MemoryRooms(10, 60)

    async def begin(self) -> None:
        await self.desk.add(self.session)
        room, _ = await self.rooms.open()
        self.held = await self.rooms.of(room.code)
        self.broadcast = Broadcast(self.held, self.rooms, self.desk)
        await self.change(lambda room: room.show(TEACHER, session=self.session.id))

    async def change(self, change: Callable[[Room], Found]) -> Found:
        return await self.rooms.change(self.held, change)

    async def joined(self) -> Caller:
        member, _ = await self.change(lambda room: room.join("", 1000, self.held.present))
        return Caller(member.number)

    async def stream(self, viewing: Viewing | None = None, own: Session | None = None) -> AsyncGenerator[bytes, None]:
        return followed(self.broadcast, await self.joined(), viewing or Viewing(), own)


def played(work: Work) -> None:
    async def play() -> None:
        scene = Scene(session_of())
        await scene.begin()
        async with asyncio.timeout(60):
            await work(scene)
        scene.rooms.let_go()
        await asyncio.sleep(0.1)

    asyncio.run(play())


def spotlights(sent: bytes) -> list[Any]:
    return [
        json.loads(part.split(b"data: ")[1]) for part in sent.split(b"\n\n") if part.startswith(b"event: spotlight")
    ]


def operation_of(sent: bytes) -> int | None:
    """Where the newest spotlight stands, if there is one."""
    return next((told["state"]["position"]["operation"] for told in spotlights(sent)), None)


async def until(stream: AsyncIterator[bytes], wanted: Callable[[Any], bool]) -> Any:
    """The first spotlight of which this holds."""
    async for sent in stream:
        for told in spotlights(sent):
            if wanted(told):
                return told
    raise AssertionError("the stream has ended")


def test_what_a_slow_reader_missed_is_not_kept_for_her() -> None:
    async def work(scene: Scene) -> None:
        slow, quick = await scene.stream(), await scene.stream()
        for stream in (slow, quick):
            await until(stream, lambda told: told["state"] is not None)
        for number in range(1, 30):
            scene.session.step("operation", "next")
            while operation_of(await anext(quick)) != number:
                pass
        missed = spotlights(await anext(slow))
        assert [told["state"]["position"]["operation"] for told in missed] == [29]

    played(work)


def test_all_who_read_alike_are_sent_the_same_bytes_which_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Viewing] = []

    def counted(session: Session, view: Viewing) -> State:
        made.append(view)
        return state_of(session, view)

    monkeypatch.setattr(broadcast, "state_of", counted)

    async def work(scene: Scene) -> None:
        german = Viewing(words=words("de"))
        streams = [await scene.stream() for _ in range(20)] + [await scene.stream(german) for _ in range(20)]
        for stream in streams:
            await until(stream, lambda told: told["state"] is not None)
        made.clear()
        scene.session.step("neuron", "next")
        shown = [await until(stream, lambda told: told["state"]["revision"] == 1) for stream in streams]
        assert len(made) == 2
        assert all(one == shown[0] for one in shown[:20])
        assert all(one == shown[20] for one in shown[20:])
        assert shown[0]["state"]["step"]["headline"] != shown[20]["state"]["step"]["headline"]

    played(work)


def test_nothing_is_made_when_nobody_listens_any_more() -> None:
    async def work(scene: Scene) -> None:
        stream = await scene.stream()
        await until(stream, lambda told: told["state"] is not None)
        assert (scene.held.present.members, scene.session.news.watched) == (1, True)
        await stream.aclose()
        for _ in range(100):
            if not scene.session.news.watched:
                break
            await asyncio.sleep(0.02)
        assert (scene.held.present.members, scene.session.news.watched) == (0, False)
        scene.session.step("neuron", "next")
        told = await until(await scene.stream(), lambda told: told["state"] is not None)
        assert told["state"]["revision"] == 1

    played(work)


def test_a_row_that_the_data_has_no_more_gives_way_to_the_batchs_first() -> None:
    async def work(scene: Scene) -> None:
        await scene.change(lambda room: room.show(TEACHER, look={"example": 99}))
        told = await until(await scene.stream(), lambda told: told["state"] is not None)
        assert told["state"]["batch"]["shown"] == 0

    played(work)


def test_a_session_that_the_desk_let_go_of_is_shown_on() -> None:
    async def work(scene: Scene) -> None:
        stream = await scene.stream()
        await until(stream, lambda told: told["state"] is not None)
        async with scene.session.lock:
            await scene.desk.save(scene.session, now=True)
        scene.desk._drop(scene.session.id)
        again = await scene.desk.get(scene.session.id)
        assert again is not scene.session
        again.step("operation", "next")
        assert await until(stream, lambda told: told["state"] and told["state"]["position"]["operation"] == 1)

    played(work)


def test_of_one_member_the_newest_streams_stay() -> None:
    async def work(scene: Scene) -> None:
        member = await scene.joined()
        streams = [followed(scene.broadcast, member, Viewing(), None) for _ in range(MOST_TABS + 1)]
        for stream in streams:
            await until(stream, lambda told: told["state"] is not None)
        assert [sent async for sent in streams[0] if spotlights(sent)] == []
        scene.session.step("operation", "next")
        assert await until(streams[1], lambda told: told["state"]["revision"] == 1)

    played(work)


def test_a_room_is_read_in_so_many_ways_and_no_more() -> None:
    async def work(scene: Scene) -> None:
        streams = [await scene.stream(Viewing(digits=number)) for number in range(MOST_VARIANTS)]
        for stream in streams:
            await anext(stream)
        with pytest.raises(LimitExceeded):
            scene.broadcast.check(variant_of(TEACHER, Viewing()))
        scene.broadcast.check(variant_of(Caller(1), Viewing(digits=3)))

    played(work)


def test_a_picture_that_cannot_be_made_is_logged_and_the_next_one_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(scene: Scene) -> None:
        stream = await scene.stream()
        await until(stream, lambda told: told["state"] is not None)
        with monkeypatch.context() as patch:
            patch.setattr(broadcast, "state_of", lambda *_: 1 / 0)
            scene.session.step("operation", "next")
            while "ZeroDivisionError" not in caplog.text:
                await asyncio.sleep(0.01)
        scene.session.step("operation", "next")
        assert await until(stream, lambda told: told["state"]["revision"] == 2)

    played(work)


def test_a_store_that_does_not_answer_takes_nothing_off_the_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(scene: Scene) -> None:
        stream = await scene.stream()
        await until(stream, lambda told: told["state"] is not None)

        async def silent(name: str) -> Session:
            raise NotSaved("The store does not answer.")

        with monkeypatch.context() as patch:
            patch.setattr(scene.desk, "get", silent)
            await scene.change(lambda room: room.cover(True))
            await asyncio.sleep(0.2)
        await scene.change(lambda room: room.cover(False))
        await scene.change(lambda room: room.freeze(True))
        told = await until(stream, lambda told: told["frozen"])
        assert (told["session"], told["covered"]) == (scene.held.room.viewing, False)
        assert told["state"] is not None

    played(work)
