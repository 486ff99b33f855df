"""Packing: the parts of a session that are to be saved, made on another thread where they are large."""

from __future__ import annotations

import asyncio

from .codec import Kind
from .saving import content_of, numbers_of, position_of
from .session import Session

LARGE = 2**18
"""Bytes from which on a session is packed on another thread."""
MOST_BYTES = 2**26
"""Of one session, as it is saved."""


async def packed(session: Session, whole: bool, content: bool = True, ahead: int = 0) -> dict[Kind, bytes]:
    """The parts of a session that are to be saved; its lock must be held."""

    def pack() -> dict[Kind, bytes]:
        parts: dict[Kind, bytes] = {}
        if content:
            parts["content"] = content_of(session, MOST_BYTES)
        if whole:
            parts["numbers"] = numbers_of(session)
        return {**parts, "position": position_of(session, ahead)}

    return await asyncio.to_thread(pack) if (whole or content) and session.nbytes > LARGE else pack()
