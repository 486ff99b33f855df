"""The streams of a room: each is sent what it has not had, as soon as it reads.

A follower who does not read misses what was between, and slows nobody: nothing is queued for her.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from time import monotonic
from typing import Any

from fastapi.sse import format_sse_event

from ..classroom.room import Caller, Member
from ..sessions.desk import Desk
from ..sessions.news import watch
from ..sessions.session import Session
from .answers import Viewing
from .asking import mine
from .broadcast import GLANCE_SECONDS, Broadcast, Tab, as_bytes, event, variant_of
from .running import MOST_A_SECOND, Stream

BEAT_SECONDS = 15.0
"""After which something is sent, so that nobody in between takes the stream for dead."""
BEAT, CLOSED = b": beat\n\n", format_sse_event(event="closed", data_str="{}")


class Reader:
    """What one stream has been sent already."""

    def __init__(self, broadcast: Broadcast, caller: Caller, view: Viewing, own: Session | None) -> None:
        self.tab = Tab(variant_of(caller, view), caller.member)
        self._broadcast = broadcast
        self._caller = caller
        self._own = own
        self._stream = Stream("")
        self._sent: dict[str, object] = {}

    def due(self) -> bytes:
        """What is new."""
        pieces, found = self._broadcast.pieces, [self._spotlight()]
        for name in ("here", *(("position", "metrics", "run") if self._own is None else ())):
            if name in pieces and self._is_new(name, pieces[name]):
                found.append(pieces[name])
        if self._own is not None:
            found += [as_bytes(one) for one in self._stream.due(self._own)]
        if self._caller.teaches:
            told = event("room", {"members": members(self._broadcast)})
            found += [told] if self._is_new("room", told) else []
        return b"".join(found)

    def _spotlight(self) -> bytes:
        spotlight = self._broadcast.spotlights.get(self.tab.variant)
        if spotlight is None:
            return b""
        own = b""
        if spotlight.tail:
            question, member = self._broadcast.room.question, self._caller.member
            told = question and member and mine(question, member, self.tab.variant.view.words)
            own = json.dumps(told).encode()
        return spotlight.head + own + spotlight.tail if self._is_new("spotlight", (spotlight, own)) else b""

    def _is_new(self, name: str, piece: object) -> bool:
        if self._sent.get(name) == piece:
            return False
        self._sent[name] = piece
        return True


async def followed(
    broadcast: Broadcast, caller: Caller, view: Viewing, own: Session | None
) -> AsyncGenerator[bytes, None]:
    """What one stream of a room is sent.

    Args:
        own: the session in which she explores or leads, if it is another than the one that is shown.
    """
    held, reader = broadcast.held, Reader(broadcast, caller, view, own)
    broadcast.enter(reader.tab)
    broadcast.rooms.enter(held, caller, 1)
    sources = [broadcast.news] if own is None else [broadcast.news, own.news]
    sent = 0.0
    try:
        async for _ in watch(*sources, seconds=GLANCE_SECONDS if caller.teaches else BEAT_SECONDS):
            if reader.tab.replaced:
                return
            due = reader.due()
            if due or monotonic() - sent > 0.9 * BEAT_SECONDS:
                sent = monotonic()
                yield due or BEAT
            if own is not None:
                await asyncio.sleep(1 / MOST_A_SECOND)
        if held.closed:
            yield CLOSED
    finally:
        broadcast.leave(reader.tab)
        broadcast.rooms.enter(held, caller, -1)


def members(broadcast: Broadcast) -> list[dict[str, Any]]:
    """Who is in a room, who has answered, and where those are who explore."""
    room, present = broadcast.room, broadcast.held.present
    answers = room.question.answers if room.question else {}
    return [
        {
            "member": one.number,
            "nickname": one.nickname or None,
            "state": present.state(one),
            "answered": one.number in answers,
            "where": _where(broadcast.desk, one) if present.state(one) == "exploring" else None,
        }
        for one in room.members.values()
    ]


def _where(desk: Desk, member: Member) -> dict[str, int] | None:
    """Where a member explores, if her session is at hand: it is not kept there for the teacher's eyes."""
    session = desk.at_hand(member.session)
    return None if session is None else {"iteration": session.cursor.iteration, "operation": session.cursor.operation}
