"""Breakpoints: set, and gone on to the next."""

from __future__ import annotations

from fastapi import APIRouter

from ..sessions.breakpoints import Breakpoint
from ..sessions.search import go_to_next
from ..sessions.session import Session
from .answers import State
from .opening import Limits
from .repeats import Changed
from .requests import BreakpointsBody, ContinueBody
from .sessions import check_far

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["breakpoints"])


@router.put("/breakpoints")
async def breakpoints(body: BreakpointsBody, changed: Changed) -> State:
    """Say where steps and runs stop by themselves."""
    wanted = [Breakpoint(**{**one.model_dump(), "index": tuple(one.index)}) for one in body.breakpoints]
    return await changed(body, lambda session: session.set_breakpoints(wanted))


@router.post("/continue")
async def go_on(body: ContinueBody, limits: Limits, changed: Changed) -> State:
    """Go on to where the next breakpoint is met, or to the end of so many iterations."""

    async def search(session: Session) -> None:
        check_far(body.iterations, limits, "iterations")
        before = session.place
        await go_to_next(session, body.iterations)
        session.edits.remember(before, left=False)

    return await changed(body, search)
