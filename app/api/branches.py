"""Branches: gone to, begun on purpose, named, and deleted. The state lists them; each change can be undone."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from ..sessions.branches import Place
from ..sessions.desk import Desk
from ..sessions.session import Session
from .answers import State, Viewing
from .opening import Limits, SessionId, Store, View
from .requests import BranchBody, BranchNameBody, Unsafe, Whole
from .sessions import BACK, changed, check_far

router = APIRouter(prefix="/api/sessions/{session_id}/branches", tags=["branches"])


@router.post("", status_code=201)
async def branch(session_id: SessionId, body: BranchNameBody, store: Store, view: View) -> State:
    """Begin a branch on purpose, from where the session stands."""
    return await _placed(store, session_id, body, view, lambda place: place.branched(body.name.strip()))


@router.put("/current")
async def go_to(session_id: SessionId, body: BranchBody, store: Store, limits: Limits, view: View) -> State:
    """Go to another branch, to where it was left."""

    def turn(place: Place) -> Place:
        there = place.on(body.branch)
        at = there.cursor.iteration
        check_far(at - there.timeline.checkpoints.before(at)[0], limits, "branch", BACK)
        return there

    return await _placed(store, session_id, body, view, turn)


@router.patch("/{branch}")
async def rename(session_id: SessionId, branch: Whole, body: BranchNameBody, store: Store, view: View) -> State:
    """Give a branch a name, or take it away."""
    return await _placed(store, session_id, body, view, lambda place: place.renamed(branch, body.name.strip()))


@router.delete("/{branch}")
async def delete(session_id: SessionId, branch: Whole, store: Store, view: View) -> State:
    """Delete a branch where the session does not stand; those that left it leave now the one that it had left."""
    return await _placed(store, session_id, Unsafe(), view, lambda place: place.without(branch))


async def _placed(store: Desk, name: str, body: Unsafe, view: Viewing, make: Callable[[Place], Place]) -> State:
    def go(session: Session) -> None:
        place = make(session.place)
        if place is not session.place:
            session.pause()
            session.go_to(place)

    return await changed(store, name, body, view, go)
