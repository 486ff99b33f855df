"""What a room's streams are sent: made once for all who read alike, and only in its newest state.

A follower who does not read misses what was between, and slows nobody: nothing is queued for her.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, NamedTuple

from fastapi.sse import ServerSentEvent, format_sse_event

from ..classroom.room import Caller, Room
from ..errors import IndexInvalid, SessionNotFound, StepgradError
from ..sessions.desk import Desk
from ..sessions.news import News, watch
from ..sessions.session import Session
from ..sessions.trainer import approach
from .answers import Viewing
from .opening import opened
from .running import MOST_A_SECOND, Stream
from .state import state_of

RUNNING_SECONDS = 0.5
"""Between two pictures of a session that trains."""
READERS_A_SECOND = 1500
"""Streams that are sent something in a second, at most: of many, each hears less often."""
BEAT_SECONDS = 15.0
"""After which something is sent, so that nobody in between takes the stream for dead."""
GLANCE_SECONDS = 1.0
"""After which the teacher is told anew who is where."""
BEAT, CLOSED = b": beat\n\n", format_sse_event(event="closed", data_str="{}")


class Variant(NamedTuple):
    """Who is sent the same: those who read alike, the teacher apart."""

    teaches: bool
    view: Viewing


class Broadcasts:
    """The broadcasts of a server's rooms."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._of: dict[Room, Broadcast] = {}

    def of(self, room: Room) -> Broadcast:
        """A room's broadcast."""
        for ended in [other for other in self._of if other.news.closed]:
            del self._of[ended]
        return self._of.setdefault(room, Broadcast(room, self._desk))


class Broadcast:
    """Makes what the streams of a room are sent, while there are any.

    Attributes:
        pieces: events as bytes, by who is sent them: a variant, or by their name, which are sent to all.
        news: tells the streams that a piece is another one.
    """

    def __init__(self, room: Room, desk: Desk) -> None:
        self.room = room
        self.pieces: dict[Variant | str, bytes] = {}
        self.news = News()
        self._desk = desk
        self._readers: Counter[Variant] = Counter()
        self._contents: dict[Variant, str] = {}
        self._revision = 0
        self._task: asyncio.Task[None] | None = None

    def enter(self, variant: Variant) -> None:
        """A stream begins."""
        self._readers[variant] += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._go_on())

    def leave(self, variant: Variant) -> None:
        """A stream has ended."""
        self._readers[variant] -= 1
        if not self._readers[variant]:
            del self._readers[variant]
            self.pieces.pop(variant, None)
            self._contents.pop(variant, None)
        self.room.news.tell()

    async def _go_on(self) -> None:
        while self._readers and not self.room.news.closed:
            session = await self._session()
            stream = Stream("")
            async for _ in watch(self.room.news, *([session.news] if session else [])):
                if not self._readers or self.room.shown.session != (session.id if session else ""):
                    break
                if await self._publish(session, stream):
                    await self.news.tell_in_turns()
                await asyncio.sleep(self._pause(session))
        if self.room.news.closed:
            self.news.close()

    def _pause(self, session: Session | None) -> float:
        running = RUNNING_SECONDS if session is not None and session.running else 0
        return max(1 / MOST_A_SECOND, self._readers.total() / READERS_A_SECOND, running)

    async def _session(self) -> Session | None:
        """The session that is shown; one that was deleted is shown no longer."""
        name = self.room.shown.session
        if not name:
            return None
        try:
            return await self._desk.get(name)
        except StepgradError:
            self.room.forget(name)
            return None

    async def _publish(self, session: Session | None, stream: Stream) -> bool:
        """Make the pieces anew; whether one is another one."""
        changed = self._put("here", event("here", {"here": self.room.here}))
        for found in stream.due(session) if session else ():
            changed |= self._put(str(found.event), _bytes(found))
        for variant in list(self._readers):
            state = "null" if session is None else await self._state(session, variant.view)
            content = f'{json.dumps(self._spotlight(session))[:-1]}, "state": {state}}}'
            if self._contents.get(variant) != content:
                self._contents[variant] = content
                self._revision += 1
                text = f'{{"revision": {self._revision}, {content[1:]}'
                changed |= self._put(variant, format_sse_event(event="spotlight", data_str=text))
            await asyncio.sleep(0)
        return changed

    def _put(self, name: Variant | str, piece: bytes) -> bool:
        if self.pieces.get(name) == piece:
            return False
        self.pieces[name] = piece
        return True

    def _spotlight(self, session: Session | None) -> dict[str, Any]:
        room = self.room
        return {
            "session": room.viewing if session else None,
            "look": room.shown.look,
            "ring": room.shown.ring,
            "covered": room.covered,
            "frozen": room.frozen,
            "leader": room.leader,
            "question": None,
        }

    async def _state(self, session: Session, view: Viewing) -> str:
        """The light state at the cursor, of the row that is shown, if there is one."""
        view = replace(view, view="step", example=self.room.shown.look.get("example"), name=self.room.viewing)
        try:
            async with opened(self._desk, session.id) as session:
                try:
                    session.iteration.check_row(view.example)
                except IndexInvalid:
                    view = replace(view, example=None)
                await approach(session, session.cursor.iteration, view.example)
                return state_of(session, view).model_dump_json()
        except SessionNotFound:
            return "null"


class Reader:
    """What one stream has been sent already."""

    def __init__(self, broadcast: Broadcast, caller: Caller, view: Viewing, own: Session | None) -> None:
        self.variant = Variant(caller.teaches, replace(view, view="step", example=None))
        self._broadcast = broadcast
        self._own = own
        self._stream = Stream("")
        self._sent: dict[Variant | str, bytes] = {}

    def due(self) -> bytes:
        """What is new."""
        pieces = self._broadcast.pieces
        names: list[Variant | str] = [self.variant, "here"]
        if self._own is None:
            names += ["position", "metrics", "run"]
        found = [pieces[name] for name in names if name in pieces and self._is_new(name, pieces[name])]
        if self._own is not None:
            found += [_bytes(one) for one in self._stream.due(self._own)]
        if self.variant.teaches:
            told = event("room", {"members": members(self._broadcast.room)})
            found += [told] if self._is_new("room", told) else []
        return b"".join(found)

    def _is_new(self, name: Variant | str, piece: bytes) -> bool:
        if self._sent.get(name) == piece:
            return False
        self._sent[name] = piece
        return True


async def followed(broadcast: Broadcast, caller: Caller, view: Viewing, own: Session | None) -> AsyncIterator[bytes]:
    """What one stream of a room is sent.

    Args:
        own: the session in which she explores or leads, if it is another than the one that is shown.
    """
    room, reader = broadcast.room, Reader(broadcast, caller, view, own)
    broadcast.enter(reader.variant)
    room.open_stream(caller, 1)
    sources = [broadcast.news] if own is None else [broadcast.news, own.news]
    try:
        async for _ in watch(*sources, seconds=GLANCE_SECONDS if caller.teaches else BEAT_SECONDS):
            yield reader.due() or BEAT
            if own is not None:
                await asyncio.sleep(1 / MOST_A_SECOND)
        if room.news.closed:
            yield CLOSED
    finally:
        room.open_stream(caller, -1)
        broadcast.leave(reader.variant)


def members(room: Room) -> list[dict[str, Any]]:
    """Who is in a room, and where those are who explore."""
    return [
        {"member": one.number, "nickname": one.nickname or None, "state": one.state, "answered": False, "where": None}
        for one in room.members.values()
    ]


def event(name: str, data: object) -> bytes:
    """An event as it is sent."""
    return format_sse_event(event=name, data_str=json.dumps(data))


def _bytes(event: ServerSentEvent) -> bytes:
    return format_sse_event(event=event.event, data_str=event.raw_data, id=event.id)
