"""Packing: the parts of a session that are to be saved, made on another thread where they are large."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from ..data.dataset import Dataset
from .codec import Kind
from .saving import content_of, numbers_of, position_of
from .session import Session

LARGE = 2**18
"""Bytes from which on a session is packed on another thread."""
MOST_BYTES = 2**26
"""Of one session, as it is saved."""


async def packed(
    session: Session,
    whole: bool,
    content: bool = True,
    known: Sequence[Dataset] = (),
    ahead: int = 0,
    lease: float | None = None,
) -> tuple[dict[Kind, bytes], Sequence[Dataset]]:
    """The parts of a session that are to be saved, and the datasets that are saved then; its lock must be held.

    Args:
        known: the datasets that are saved already.
        ahead, lease: as `position_of` takes them.
    """

    def pack() -> tuple[dict[Kind, bytes], Sequence[Dataset]]:
        parts, datasets = content_of(session, MOST_BYTES, known) if content else ({}, known)
        if whole:
            parts["numbers"] = numbers_of(session)
        return {**parts, "position": position_of(session, ahead, lease)}, datasets

    return await asyncio.to_thread(pack) if (whole or content) and session.nbytes > LARGE else pack()
