"""Repeats: a request that is sent again, by a page or a proxy that saw no answer, has its effect once.

Its key is the same each time. A session remembers the last requests that changed it, and a room those that asked its
questions. The id of a session that is made follows from the key, as do a teacher's key and the token of one who joins.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import replace
from hashlib import sha256
from itertools import repeat
from typing import Annotated

import numpy as np
from fastapi import Depends, Header

from ..errors import SessionNotFound, StaleRevision, StepgradError
from ..sessions.desk import Desk
from ..sessions.session import Session
from ..sessions.store import changed_elsewhere
from ..sessions.trainer import approach
from .answers import State, Viewing
from .opening import SessionId, Store, View, opened
from .owners import Owner
from .requests import Unsafe
from .state import check_view, state_of

MOST_TRIES = 100
"""Each loses only to a request of another server that had its effect."""

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern="^[A-Za-z0-9_-]{22,100}$",
        description="drawn at random for one request and all its repeats; as `request_id` in a body",
    ),
]


class Changing:
    """Changes a session once, and answers its state."""

    def __init__(self, store: Desk, name: str, view: Viewing, key: str | None) -> None:
        self._store, self._name, self._view, self._key = store, name, view, key

    async def __call__(self, body: Unsafe, change: Callable[[Session], Awaitable[None] | None]) -> State:
        """If its revision is the expected one. Where another server was faster, on what it made of the session.

        Where nobody else has worked on it for a while, that is not asked first, but found when it is saved.

        Raises:
            StaleRevision: it is not.
        """
        store = self._store
        for trusting in (True, *repeat(False, MOST_TRIES)):
            async with opened(store, self._name, strictly=True, trusting=trusting) as session:
                before = session.revision
                try:
                    await self._change(session, body, change)
                    if session.revision == before and not store.looked(session):
                        continue
                    await approach(session, session.cursor.iteration, self._view.example)
                except StepgradError:
                    if store.looked(session):
                        raise
                    continue
                try:
                    await store.keep(session)
                except StaleRevision:
                    continue
                return state_of(session, self._view)
        raise changed_elsewhere()

    async def _change(
        self, session: Session, body: Unsafe, change: Callable[[Session], Awaitable[None] | None]
    ) -> None:
        request_id = body.request_id or self._key
        check_view(session, self._view)
        if session.admission.admit(session.revision, body.revision, request_id):
            session.take_over()
            waiting = change(session)
            if waiting is not None:
                await waiting
            session.admission.remember(request_id)


async def changing(name: SessionId, store: Store, view: View, key: Key = None) -> Changing:
    return Changing(store, name, view, key)


class Making:
    """Makes a session once, and answers its state."""

    def __init__(self, store: Desk, view: Viewing, owner: str, key: str | None) -> None:
        self._store, self._view, self._repeatable = store, view, key is not None
        # Whoever does not know the key cannot guess the id; nor does a key that two people draw give both one session.
        drawn = sha256(f"{owner} {key}".encode()).digest()[:16] if key else secrets.token_bytes(16)
        self._id = urlsafe_b64encode(drawn).decode().rstrip("=")

    async def __call__(self, make: Callable[[str], Awaitable[Session]]) -> State:
        """Unless it was made before; `make` keeps it under the id that it is given."""
        try:
            session = await self._before() or await make(self._id)
        except StaleRevision:  # made at the same time
            session = await self._store.get(self._id)
        async with session.lock:
            with np.errstate(all="ignore"):
                await approach(session, session.cursor.iteration, self._view.example)
                return state_of(session, replace(self._view, name=""))

    async def _before(self) -> Session | None:
        try:
            return await self._store.get(self._id) if self._repeatable else None
        except SessionNotFound:
            return None


async def repeatable(owner: Owner, key: Key = None) -> str:
    """What a request has in common with its repeats and with nobody's else; empty where it is not to be repeated."""
    return f"{owner} {key}" if key else ""


async def making(store: Store, view: View, owner: Owner, key: Key = None) -> Making:
    return Making(store, view, owner, key)


Changed = Annotated[Changing, Depends(changing)]
Made = Annotated[Making, Depends(making)]
Repeatable = Annotated[str, Depends(repeatable)]
