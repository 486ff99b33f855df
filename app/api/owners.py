"""Whose a session is: each browser makes a key that nobody can guess, and sends it with every request.

By it a browser lists its own sessions and nobody else's. Scripts without one have sessions that stand in no list.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header

Key = Annotated[
    str | None,
    Header(
        alias="Stepgrad-Owner",
        pattern="^[A-Za-z0-9_-]{22,64}$",
        description="a key of one's own, of 22 characters or more",
    ),
]


async def owner_of(key: Key = None) -> str:
    """The owner of a request, by which the key cannot be found; empty where there is none."""
    return "" if key is None else sha256(key.encode()).hexdigest()


Owner = Annotated[str, Depends(owner_of)]
