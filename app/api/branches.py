"""Branches: gone to, begun on purpose, named, and deleted. The state lists them; each change can be undone."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter

from ..sessions.branches import Place
from ..sessions.session import Session
from .answers import State
from .opening import Limits
from .repeats import Changed
from .requests import BranchBody, BranchNameBody, Unsafe, Whole
from .sessions import BACK, check_far

router = APIRouter(prefix="/api/sessions/{session_id}/branches", tags=["branches"])


@router.post("", status_code=201)
async def branch(body: BranchNameBody, changed: Changed) -> State:
    """Begin a branch on purpose, from where the session stands."""
    return await _placed(changed, body, lambda place: place.branched(body.name.strip()))


@router.put("/current")
async def go_to(body: BranchBody, limits: Limits, changed: Changed) -> State:
    """Go to another branch, to where it was left."""

    def turn(place: Place) -> Place:
        there = place.on(body.branch)
        at = there.cursor.iteration
        check_far(at - there.timeline.checkpoints.before(at)[0], limits, "branch", BACK)
        return there

    return await _placed(changed, body, turn)


@router.patch("/{branch}")
async def rename(branch: Whole, body: BranchNameBody, changed: Changed) -> State:
    """Give a branch a name, or take it away."""
    return await _placed(changed, body, lambda place: place.renamed(branch, body.name.strip()))


@router.delete("/{branch}")
async def delete(branch: Whole, changed: Changed) -> State:
    """Delete a branch where the session does not stand; those that left it leave now the one that it had left."""
    return await _placed(changed, Unsafe(), lambda place: place.without(branch))


async def _placed(changed: Changed, body: Unsafe, make: Callable[[Place], Place]) -> State:
    def go(session: Session) -> None:
        place = make(session.place)
        if place is not session.place:
            session.pause()
            session.go_to(place)

    return await changed(body, go)
