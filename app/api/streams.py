"""The stream of a room: one for each tab, with all that is heard there."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from ..classroom.rooms import entered
from .broadcast import Broadcasts, variant_of
from .following import followed
from .opening import Store, View
from .rooms import Code, Open
from .running import REFUSED
from .state import check_notation

router = APIRouter(prefix="/api/rooms/{code}", tags=["rooms"])

EVENTS = "text/event-stream"
EVENT = {"type": "object", "properties": {field: {"type": "string"} for field in ("event", "data")}}
STREAMED: dict[int | str, Any] = {**REFUSED, 200: {"content": {EVENTS: {"itemSchema": EVENT}}}}


async def broadcasts_of(request: Request) -> Broadcasts:
    broadcasts: Broadcasts = request.app.state.broadcasts
    return broadcasts


@router.get("/events", response_class=StreamingResponse, responses=STREAMED)
async def events(
    code: Code,
    rooms: Open,
    store: Store,
    view: View,
    broadcasts: Annotated[Broadcasts, Depends(broadcasts_of)],
    key: Annotated[str, Query(alias="as", max_length=64, description="the teacher's key, or a member's token")],
    session: Annotated[str, Query(max_length=64, description="one's own session, where one explores or leads")] = "",
) -> StreamingResponse:
    """All that one who is in the room hears: `spotlight`, `here`, `room`, and what happens in the session at hand.

    Of each only the newest. `closed` is the last one, and then the stream ends.
    """
    held, caller = await entered(rooms, code, key)
    check_notation(view)
    own = await store.get(session) if session else None
    broadcast = broadcasts.of(held)
    broadcast.check(variant_of(caller, view))
    body = followed(broadcast, caller, view, own)
    return StreamingResponse(body, media_type=EVENTS, headers={"X-Accel-Buffering": "no"})
