"""Desks to test with, and requests to them."""

from __future__ import annotations

from app.sessions.desk import Desk
from app.sessions.session import Session
from app.sessions.store import Room

ROOM = Room(1000, 10**9)
PLENTY = 2**30


async def step(desk: Desk, name: str) -> Session:
    """A request that takes a step."""
    session = await desk.get(name)
    async with session.lock:
        session.step("pass", "next")
        session.iteration.tape()
        await desk.save(session)
    return session
