"""One's sessions: listed, named, copied, had back, and as files to be opened again here or elsewhere."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from ..data.dataset import Dataset
from ..nn.spec import Spec
from ..sessions.codec import parts
from ..sessions.restoring import restored
from ..sessions.saved import title_of
from ..sessions.saving import file_of
from ..sessions.session import Session
from ..sessions.store import Listed
from ..settings import Settings
from .answers import Answer, State
from .bodies import sent
from .building import check_size
from .datasets import check_rows
from .opening import Copied, Limits, SessionId, Store, View, opened
from .owners import Owner
from .repeats import Made
from .requests import Body, CopyBody
from .state import check_view

MEDIA_TYPE = "application/vnd.stepgrad.session"

router = APIRouter(prefix="/api/sessions", tags=["library"])


class ListedAnswer(Answer):
    """A session of one's own. `title` says what it is, `name` what one has called it, which may be nothing.

    Dates are in seconds since 1970. It was deleted if `deleted` is one, and can be had back. `leaving` says that it is
    one of those that leave next, since there is hardly any room for more.
    """

    id: str
    name: str
    title: str
    iteration: int
    revision: int
    made: float
    changed: float
    bytes: int
    deleted: float | None
    leaving: bool


class SessionsAnswer(Answer):
    """One's sessions, the one changed last first; whether they outlive the server, and how much it keeps in all."""

    sessions: list[ListedAnswer]
    lasting: bool
    most_sessions: int
    most_bytes: int


class NameBody(Body):
    """What a session is to be called."""

    name: Annotated[str, Field(max_length=100)]


@router.get("")
async def sessions(store: Store, limits: Limits, owner: Owner) -> SessionsAnswer:
    """One's sessions: those made with the same key in `Stepgrad-Owner`, and none without one."""
    found = await store.store.listed(owner)
    return SessionsAnswer(
        sessions=[_answer(listed) for listed in found],
        lasting=store.store.lasting,
        most_sessions=limits.max_sessions,
        most_bytes=limits.max_store_bytes,
    )


@router.patch("/{session_id}")
async def rename(session_id: SessionId, body: NameBody, store: Store, owner: Owner) -> ListedAnswer:
    """Give a session a name."""
    return _answer(await store.rename(session_id, owner, body.name.strip()))


@router.post("/{session_id}/duplicate", status_code=201)
async def duplicate(
    session_id: Copied, store: Store, owner: Owner, view: View, made: Made, body: CopyBody | None = None
) -> State:
    """A copy of a session as it is now, or as it is on another of its branches, to go another way with."""

    async def make(name: str) -> Session:
        branch = body.branch if body else None
        async with opened(store, session_id) as session:
            check_view(session, view)
            branch = session.place.here.number if branch is None else branch
            session.place.on(branch)
        return await store.duplicate(session_id, name, owner, branch)

    return await made(make)


@router.post("/{session_id}/undelete")
async def undelete(session_id: SessionId, store: Store, owner: Owner) -> ListedAnswer:
    """Have a session back that was deleted."""
    return _answer(await store.store.undelete(session_id, owner))


_FILE = {"schema": {"type": "string", "format": "binary"}}


@router.get("/{session_id}/file", response_class=Response, responses={200: {"content": {MEDIA_TYPE: _FILE}}})
async def file(session_id: Copied, store: Store, limits: Limits, light: bool = False) -> Response:
    """A session as a file, with its data, its parameters to the bit, and the edits that can be taken back.

    A light one, for a link, names ready data instead of holding it, and has neither those edits nor the curve.
    """
    async with opened(store, session_id) as session:
        content = await asyncio.to_thread(file_of, session, limits.max_file_bytes, light)
        called = re.sub(r"[^A-Za-z0-9]+", "-", session.called or title_of(session)).strip("-")[:60] or "session"
    headers = {"Content-Disposition": f'attachment; filename="{called}.stepgrad"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


_RAW: dict[str, Any] = {
    "requestBody": {"required": True, "content": {MEDIA_TYPE: _FILE, "application/octet-stream": _FILE}}
}


@router.post("/file", status_code=201, openapi_extra=_RAW)
async def open_file(request: Request, store: Store, limits: Limits, view: View, owner: Owner, made: Made) -> State:
    """Open a file, sent as it is, as a new session."""
    content = await sent(request)

    async def make(name: str) -> Session:
        session = await asyncio.to_thread(_session_of, name, content, limits)
        check_view(session, view)
        await store.add(session, owner)
        return session

    return await made(make)


def _session_of(name: str, content: bytes, limits: Settings) -> Session:
    def check(spec: Spec, data: Dataset) -> None:
        check_rows(data, limits)
        check_size(spec, data, limits)

    session = restored(name, parts(content), check)
    session.begin_anew()
    return session


def _answer(listed: Listed) -> ListedAnswer:
    return ListedAnswer(
        id=listed.id,
        name=listed.name,
        title=listed.title,
        iteration=listed.iteration,
        revision=listed.revision,
        made=listed.made,
        changed=listed.changed,
        bytes=listed.nbytes,
        deleted=listed.deleted,
        leaving=listed.leaving,
    )
