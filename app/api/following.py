"""What a room's streams are sent: made once for all who read alike, and only in its newest state.

A follower who does not read misses what was between, and slows nobody: nothing is queued for her.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from time import monotonic
from typing import Any, NamedTuple

from fastapi.sse import ServerSentEvent, format_sse_event

from ..classroom.room import Caller, Member, Room
from ..errors import StepgradError
from ..sessions.desk import Desk
from ..sessions.news import News, watch
from ..sessions.session import Session
from ..sessions.trainer import approach
from .answers import Viewing
from .asking import asked_of, mine, row_shown
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


class Spotlight(NamedTuple):
    """A `spotlight` as bytes: all of it, or, where something is asked, what stands around one's own answer."""

    content: str
    head: bytes
    tail: bytes


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
        spotlights: by who is sent them.
        pieces: other events as bytes, by their name; these are sent to all.
        news: tells the streams that there is something new.
    """

    def __init__(self, room: Room, desk: Desk) -> None:
        self.room = room
        self.spotlights: dict[Variant, Spotlight] = {}
        self.pieces: dict[str, bytes] = {}
        self.news = News()
        self.desk = desk
        self._readers: Counter[Variant] = Counter()
        self._made = 0
        self._told = -1
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
            self.spotlights.pop(variant, None)

    async def _go_on(self) -> None:
        while self._readers and not self.room.news.closed:
            session, stream = await self._session(), Stream("")
            async for _ in watch(self.room.news, *([session.news] if session else [])):
                if not self._readers or self.room.shown.session != (session.id if session else ""):
                    break
                if await self._publish(session, stream):
                    await self.news.tell_in_turns()
                await asyncio.sleep(self._pause(session))
            await asyncio.sleep(1 / MOST_A_SECOND)  # a session that was let go of is not asked for at once
        self.pieces.clear()
        if self.room.news.closed:
            self.news.close()

    def _pause(self, session: Session | None) -> float:
        running = RUNNING_SECONDS if session is not None and session.running else 0
        return max(1 / MOST_A_SECOND, self._readers.total() / READERS_A_SECOND, running)

    async def _session(self) -> Session | None:
        """The session that is shown; one that is there no more is shown no longer."""
        name = self.room.shown.session
        try:
            return await self.desk.get(name) if name else None
        except StepgradError:
            self.room.forget(name)
            return None

    async def _publish(self, session: Session | None, stream: Stream) -> bool:
        """Make anew what is sent; whether anything, or the room, is another than before."""
        room, before = self.room, self._told
        self._told = room.revision
        answered = len(room.question.answers) if room.question else 0
        changed = self._put("here", event("here", {"here": room.here, "answered": answered}))
        for found in stream.due(session) if session else ():
            changed |= self._put(str(found.event), as_bytes(found))
        for variant in list(self._readers):
            content = await self._content(session, variant)
            if variant not in self.spotlights or self.spotlights[variant].content != content:
                self._made += 1
                self.spotlights[variant] = _spotlight(self._made, content, room.question is not None)
                changed = True
            await asyncio.sleep(0)
        return changed or self._told != before

    def _put(self, name: str, piece: bytes) -> bool:
        if self.pieces.get(name) == piece:
            return False
        self.pieces[name] = piece
        return True

    async def _content(self, session: Session | None, variant: Variant) -> str:
        """What all of a variant are told; what is asked stands at the end and is left open for one's own answer."""
        room, view = self.room, variant.view
        state = "null" if session is None else await self._state(session, view)
        told = {
            "session": room.viewing if session else None,
            "look": room.shown.look,
            "ring": room.shown.ring,
            "covered": room.covered,
            "frozen": room.frozen,
            "leader": room.leader,
        }
        asked = json.dumps(room.question and asked_of(room.question, view.words, variant.teaches))
        return f'{json.dumps(told)[1:-1]}, "state": {state}, "question": {asked.removesuffix("}")}'

    async def _state(self, session: Session, view: Viewing) -> str:
        """The light state at the cursor, of the row that is shown."""
        try:
            async with opened(self.desk, session.id) as session:
                view = replace(view, example=row_shown(self.room, session), name=self.room.viewing)
                await approach(session, session.cursor.iteration, view.example)
                return state_of(session, view).model_dump_json()
        except StepgradError:  # it was deleted in between, which its news tell
            return "null"


class Reader:
    """What one stream has been sent already."""

    def __init__(self, broadcast: Broadcast, caller: Caller, view: Viewing, own: Session | None) -> None:
        self._broadcast = broadcast
        self._caller = caller
        self.variant = Variant(caller.teaches, replace(view, view="step", example=None))
        self._own = own
        self._stream = Stream("")
        self._sent: dict[str, object] = {}

    async def due(self) -> bytes:
        """What is new."""
        pieces, found = self._broadcast.pieces, [self._spotlight()]
        for name in ("here", *(("position", "metrics", "run") if self._own is None else ())):
            if name in pieces and self._is_new(name, pieces[name]):
                found.append(pieces[name])
        if self._own is not None:
            found += [as_bytes(one) for one in self._stream.due(self._own)]
        if self._caller.teaches:
            told = event("room", {"members": await members(self._broadcast)})
            found += [told] if self._is_new("room", told) else []
        return b"".join(found)

    def _spotlight(self) -> bytes:
        spotlight = self._broadcast.spotlights.get(self.variant)
        if spotlight is None:
            return b""
        own = b""
        if spotlight.tail:
            question, member = self._broadcast.room.question, self._caller.member
            told = question and member and mine(question, member.number, self.variant.view.words)
            own = json.dumps(told).encode()
        return spotlight.head + own + spotlight.tail if self._is_new("spotlight", (spotlight, own)) else b""

    def _is_new(self, name: str, piece: object) -> bool:
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
    sent = 0.0
    try:
        async for _ in watch(*sources, seconds=GLANCE_SECONDS if caller.teaches else BEAT_SECONDS):
            due = await reader.due()
            if due or monotonic() - sent > 0.9 * BEAT_SECONDS:
                sent = monotonic()
                yield due or BEAT
            if own is not None:
                await asyncio.sleep(1 / MOST_A_SECOND)
        if room.news.closed:
            yield CLOSED
    finally:
        broadcast.leave(reader.variant)
        room.open_stream(caller, -1)


async def members(broadcast: Broadcast) -> list[dict[str, Any]]:
    """Who is in a room, who has answered, and where those are who explore."""
    room = broadcast.room
    answers = room.question.answers if room.question else {}
    return [
        {
            "member": one.number,
            "nickname": one.nickname or None,
            "state": one.state,
            "answered": one.number in answers,
            "where": await _where(broadcast.desk, one),
        }
        for one in list(room.members.values())
    ]


async def _where(desk: Desk, member: Member) -> dict[str, int] | None:
    if member.state != "exploring" or not member.session:
        return None
    try:
        cursor = (await desk.get(member.session)).cursor
    except StepgradError:
        return None
    return {"iteration": cursor.iteration, "operation": cursor.operation}


def event(name: str, data: object) -> bytes:
    """An event as it is sent."""
    return format_sse_event(event=name, data_str=json.dumps(data))


def as_bytes(event: ServerSentEvent) -> bytes:
    """An event of a session as it is sent."""
    return format_sse_event(event=event.event, data_str=event.raw_data, id=event.id)


def _spotlight(number: int, content: str, asked: bool) -> Spotlight:
    head = f'event: spotlight\ndata: {{"revision": {number}, {content}'
    end = "}\n\n"
    if asked:
        return Spotlight(content, f'{head}, "mine": '.encode(), f"}}{end}".encode())
    return Spotlight(content, (head + end).encode(), b"")
