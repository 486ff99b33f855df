"""A room's broadcast: what its streams are sent, made once for all who read alike, and only in its newest state."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from fastapi.sse import ServerSentEvent, format_sse_event

from ..classroom.room import Caller, Present, Room
from ..classroom.rooms import Held, Rooms
from ..errors import FileInvalid, LimitExceeded, SessionNotFound, StepgradError
from ..sessions.desk import Desk
from ..sessions.news import News, watch
from ..sessions.session import Session
from ..sessions.trainer import approach
from .answers import Viewing
from .asking import asked_of, row_shown
from .opening import opened
from .running import MOST_A_SECOND, Stream
from .state import state_of

log = logging.getLogger("stepgrad")

RUNNING_SECONDS = 0.5
"""Between two pictures of a session that trains."""
READERS_A_SECOND = 1500
"""Streams that are sent something in a second, at most: of many, each hears less often."""
GLANCE_SECONDS = 1.0
"""After which it is looked again for what tells nothing by itself."""
MOST_TABS = 8
"""Streams of one member, or of the teacher on all her screens; the newest stay."""
MOST_VARIANTS = 40
"""Ways of reading in one room, each of which is made for itself."""


class Variant(NamedTuple):
    """Who is sent the same: those who read alike, the teacher apart."""

    teaches: bool
    view: Viewing


def variant_of(caller: Caller, view: Viewing) -> Variant:
    """Who is sent the same as one who reads like this."""
    return Variant(caller.teaches, replace(view, view="step", example=None, name=""))


@dataclass
class Tab:
    """One stream as the broadcast knows it.

    Attributes:
        whose: the member's number; None for the teacher.
        replaced: whether newer streams of the same person have taken its place.
    """

    variant: Variant
    whose: int | None
    replaced: bool = False


class Spotlight(NamedTuple):
    """A `spotlight` as bytes: all of it, or, where something is asked, what stands around one's own answer."""

    content: str
    head: bytes
    tail: bytes


class Broadcasts:
    """The broadcasts of a server's rooms."""

    def __init__(self, rooms: Rooms, desk: Desk) -> None:
        self._rooms = rooms
        self._desk = desk
        self._of: dict[Held, Broadcast] = {}

    def of(self, held: Held) -> Broadcast:
        """A room's broadcast."""
        for ended in [other for other in self._of if other.news.closed]:
            del self._of[ended]
        return self._of.setdefault(held, Broadcast(held, self._rooms, self._desk))


class Broadcast:
    """Makes what the streams of a room are sent, while there are any.

    Attributes:
        spotlights: by who is sent them.
        pieces: other events as bytes, by their name; these are sent to all.
        news: tells the streams that there is something new.
    """

    def __init__(self, held: Held, rooms: Rooms, desk: Desk) -> None:
        self.held = held
        self.rooms = rooms
        self.spotlights: dict[Variant, Spotlight] = {}
        self.pieces: dict[str, bytes] = {}
        self.news = News()
        self.desk = desk
        self._readers: Counter[Variant] = Counter()
        self._tabs: defaultdict[int | None, list[Tab]] = defaultdict(list)
        self._made = 0
        self._told: tuple[int, Present] | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def room(self) -> Room:
        """As it is now."""
        return self.held.room

    def check(self, variant: Variant) -> None:
        """Refuse one more way of reading where there are many.

        Raises:
            LimitExceeded: nobody in the room reads like this, and there is no place for it.
        """
        if variant not in self._readers and len(self._readers) >= MOST_VARIANTS:
            raise LimitExceeded(
                f"The room is read in {MOST_VARIANTS} ways already.",
                hint="Take the usual notation and number of digits.",
                where="notation",
            )

    def enter(self, tab: Tab) -> None:
        """A stream begins; of the same person's streams, the oldest ends where there are many."""
        self._readers[tab.variant] += 1
        tabs = self._tabs[tab.whose]
        tabs.append(tab)
        if len(tabs) > MOST_TABS:
            tabs[0].replaced = True
            self.news.tell()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._go_on())

    def leave(self, tab: Tab) -> None:
        """A stream has ended."""
        self._tabs[tab.whose].remove(tab)
        if not self._tabs[tab.whose]:
            del self._tabs[tab.whose]
        variant = tab.variant
        self._readers[variant] -= 1
        if not self._readers[variant]:
            del self._readers[variant]
            self.spotlights.pop(variant, None)

    async def _go_on(self) -> None:
        while self._readers and not self.held.news.closed:
            session, stream = await self._session(), Stream("")
            sources = [self.held.news, *([session.news] if session else [])]
            # Without a session it is looked again: a store that did not answer may do so by now.
            async for _ in watch(*sources, seconds=None if session else GLANCE_SECONDS):
                if not self._readers or self.room.shown.session != (session.id if session else ""):
                    break
                await self._tell(session, stream)
                await asyncio.sleep(self._pause(session))
            await asyncio.sleep(1 / MOST_A_SECOND)  # a session that was let go of is not asked for at once
        self.pieces.clear()
        if self.held.news.closed:
            self.news.close()

    async def _tell(self, session: Session | None, stream: Stream) -> None:
        try:
            if await self._publish(session, stream):
                await self.news.tell_in_turns()
        except Exception:  # one picture is lost; the class goes on with the next
            log.exception("the streams of a room could not be told")

    def _pause(self, session: Session | None) -> float:
        running = RUNNING_SECONDS if session is not None and session.running else 0
        return max(1 / MOST_A_SECOND, self._readers.total() / READERS_A_SECOND, running)

    async def _session(self) -> Session | None:
        """The session that is shown; one that is there no more is shown no longer."""
        name = self.room.shown.session
        try:
            return await self.desk.get(name) if name else None
        except (SessionNotFound, FileInvalid):
            with suppress(StepgradError):
                await self.rooms.change(self.held, lambda room: room.forget(name))
        except StepgradError:
            log.warning("the session of a room cannot be had just now")
        return None

    async def _publish(self, session: Session | None, stream: Stream) -> bool:
        """Make anew what is sent; whether anything, or the room, is another than before."""
        room, before, present = self.room, self._told, self.held.present
        self._told = room.revision, present
        answered = len(room.question.answers) if room.question else 0
        changed = self._put("here", event("here", {"here": present.members, "answered": answered}))
        for found in stream.due(session) if session else ():
            changed |= self._put(str(found.event), as_bytes(found))
        for variant in list(self._readers):
            try:
                content = await self._content(session, variant)
            except StepgradError:
                continue  # it was deleted in between, which its news tell, or cannot be read just now
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
        async with opened(self.desk, session.id, ahead=True) as session:
            view = replace(view, example=row_shown(self.room, session), name=self.room.viewing)
            await approach(session, session.cursor.iteration, view.example)
            return state_of(session, view).model_dump_json()


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
