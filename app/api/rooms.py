"""Rooms: one opens them and leads, others join with a code and follow. What they are sent is in `following`."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from pydantic import Field

from ..classroom.guessing import Guessing, Openings
from ..classroom.keys import plain_code, repeated_key
from ..classroom.room import Caller, Present, Room
from ..classroom.rooms import Held, Rooms, entered
from ..errors import NotAllowed, NotShared, RoomNotFound, SpecError
from ..joining import home, join_address, picture
from .answers import Answer
from .opening import Limits, Store, rooms_of
from .repeats import Repeatable
from .requests import Body, Numbers, Whole

router = APIRouter(prefix="/api/rooms", tags=["rooms"])

Code = Annotated[str, Path(max_length=20, description="six letters, as they are typed")]
Open = Annotated[Rooms, Depends(rooms_of)]
Key = Annotated[str, Header(alias="Stepgrad-Room", max_length=64, description="the teacher's key, or a member's token")]


BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Signs that count as letters or symbols and show nothing."""
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_TOWER = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
_ADDRESS = re.compile(r"https?://[^\s@?#]+")


async def guessed(code: Code, request: Request, rooms: Open) -> Held:
    """The room of a code that anybody may try, though not too often."""
    guessing: Guessing = request.app.state.guessing
    address = _sender(request)
    await guessing.check(address)
    try:
        return await rooms.of(code)
    except RoomNotFound:
        await guessing.wrong(address)
        raise


async def entering(code: Code, rooms: Open, key: Key = "") -> tuple[Held, Caller]:
    return await entered(rooms, code, key)


async def teaching(entering: Annotated[tuple[Held, Caller], Depends(entering)]) -> Held:
    """The room of a request that came with the teacher's key."""
    held, caller = entering
    if not caller.teaches:
        raise NotAllowed("Only the teacher can do this.", hint="Send the teacher's key.")
    return held


MOST_INPUTS = 4096
"""That can be tried out in front of a class."""

Guessed = Annotated[Held, Depends(guessed)]
Entered = Annotated[tuple[Held, Caller], Depends(entering)]
Taught = Annotated[Held, Depends(teaching)]


class OpenBody(Body):
    """The session that is shown, and what the room is called."""

    session: Annotated[str, Field(max_length=64)]
    name: Annotated[str, Field(max_length=100)] = ""


class JoinBody(Body):
    """What the teacher sees one called; nothing is fine."""

    nickname: Annotated[str, Field(max_length=40)] = ""


class ElementBody(Body):
    """A number, by its tensor and index."""

    tensor: Annotated[str, Field(max_length=60)]
    index: Annotated[list[Whole], Field(max_length=2)]


class NeuronBody(Body):
    """A neuron, by its layer and its place in it."""

    layer: Whole
    unit: Whole


class LookBody(Body):
    """How a session is looked at: the row that is shown or inputs tried out, and what else the page wants to say."""

    example: Whole | None = None
    guess: Annotated[Numbers, Field(max_length=MOST_INPUTS)] | None = None
    selection: ElementBody | None = None
    pinned: NeuronBody | None = None
    panel: Annotated[str, Field(max_length=60)] = ""
    by: Annotated[str, Field(max_length=60)] = ""


class SpotlightBody(Body):
    """What is shown from now on; what is left out stays. A `ring` of null points at nothing any more."""

    session: Annotated[str, Field(max_length=64)] | None = None
    look: LookBody | None = None
    ring: ElementBody | None = None
    covered: bool | None = None


class PlaceBody(Body):
    """Whether one follows, and the own session in which one explores."""

    following: bool
    session: Annotated[str, Field(max_length=64)] = ""
    nickname: Annotated[str, Field(max_length=40)] | None = None


class LeadBody(Body):
    """The member who gets the lead; null gives it back to the teacher."""

    member: Whole | None


class FrozenBody(Body):
    """Whether all are kept together."""

    frozen: bool


class SharingAnswer(Answer):
    """Whether a class can reach this server, and where, as far as that is known."""

    shared: bool
    address: str | None


class RoomAnswer(Answer):
    """A room as everybody with its code may know it. The address is null where it cannot be known."""

    code: str
    name: str
    members: int
    open: bool
    address: str | None


class OpenedAnswer(RoomAnswer):
    """A room that was opened, with the teacher's key, and the name by which followers see the session."""

    key: str
    viewing: str


class JoinedAnswer(Answer):
    """A member's number and token, and the name by which the session is seen; empty while nothing is shown."""

    member: int
    token: str
    viewing: str


@router.get("")
async def sharing(limits: Limits) -> SharingAnswer:
    """Whether rooms can be opened here."""
    return SharingAnswer(shared=limits.share, address=home(limits) if limits.share else None)


@router.post("", status_code=201)
async def open_room(
    body: OpenBody, rooms: Open, store: Store, limits: Limits, request: Repeatable, sent: Request
) -> OpenedAnswer:
    """Open a room that shows a session."""
    if not limits.share:
        raise NotShared
    await store.get(body.session)
    openings: Openings = sent.app.state.openings
    await openings.take(_sender(sent))
    name = body.name.strip()
    # Only who knows the session and the request's key can ask for this one again.
    key = repeated_key(body.session, f"{request} {name}") if request else ""
    room, key = await rooms.open(name, body.session, key)
    return OpenedAnswer(**_told(room, Present(), limits), key=key, viewing=room.viewing)


@router.get("/{code}")
async def look_up(held: Guessed, rooms: Open, limits: Limits) -> RoomAnswer:
    """Whether there is a room of this code."""
    return RoomAnswer(**_told(held.room, await rooms.present(held), limits))


@router.get("/{code}/qr.svg", response_class=Response)
async def qr(code: Code, limits: Limits, at: Annotated[str, Query(max_length=200)] = "") -> Response:
    """The join address as a QR code, for the page's address or, without one, this server's, if that is known."""
    base = at or home(limits) or ""
    if not _ADDRESS.fullmatch(base):
        raise SpecError("The page's address is not known.", hint="Send one such as http://192.0.2.7:8000/.", where="at")
    return Response(picture(join_address(base, plain_code(code))), media_type="image/svg+xml")


@router.delete("/{code}", status_code=204)
async def close(held: Taught, rooms: Open) -> None:
    """Close a room: its keys and its name for the session end."""
    await rooms.close(held)


@router.post("/{code}/members", status_code=201)
async def join(held: Guessed, body: JoinBody, rooms: Open, limits: Limits, request: Repeatable) -> JoinedAnswer:
    """Become a member."""
    nickname, present = _clean(body.nickname), await rooms.present(held)
    member, token = await rooms.change(held, lambda room: room.join(nickname, limits.max_members, present, request))
    return JoinedAnswer(member=member.number, token=token, viewing=held.room.viewing)


@router.put("/{code}/members/me", status_code=204)
async def place(entered: Entered, body: PlaceBody, rooms: Open) -> None:
    """Say where one is, and what one is called."""
    held, caller = entered
    nickname = None if body.nickname is None else _clean(body.nickname)
    await rooms.change(held, lambda room: room.place(caller.member, body.following, body.session, nickname))


@router.put("/{code}/spotlight", status_code=204)
async def spotlight(entered: Entered, body: SpotlightBody, rooms: Open, store: Store) -> None:
    """Show something else, point, or cover the numbers: who leads can."""
    held, caller = entered
    if body.session is not None:
        await store.get(body.session)
    changes = body.model_dump(include={"session", "look"}, exclude_none=True) | body.model_dump(
        include={"ring"}, exclude_unset=True
    )

    def shown(room: Room) -> None:
        room.show(caller, **changes)
        if body.covered is not None:
            room.cover(body.covered)

    await rooms.change(held, shown)


@router.put("/{code}/lead", status_code=204)
async def lead(held: Taught, body: LeadBody, rooms: Open) -> None:
    """Hand the lead to a member, or take it back."""
    await rooms.change(held, lambda room: room.hand(body.member))


@router.put("/{code}/frozen", status_code=204)
async def freeze(held: Taught, body: FrozenBody, rooms: Open) -> None:
    """Bring everybody back and keep them, or let go."""
    await rooms.change(held, lambda room: room.freeze(body.frozen))


def _sender(request: Request) -> str:
    return request.client.host if request.client else ""


def _told(room: Room, present: Present, limits: Any) -> dict[str, Any]:
    found = home(limits)
    address = found and join_address(found, room.code)
    return {"code": room.code, "name": room.name, "members": present.members, "open": True, "address": address}


def _clean(nickname: str) -> str:
    """A name in one line, without what does not show, and with no tower of marks on a sign."""
    shown = "".join(sign if sign.isprintable() and sign not in BLANK else " " for sign in nickname)
    return " ".join(_TOWER.sub(r"\1", shown).split())
