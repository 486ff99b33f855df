"""Sessions: make one, step it, move in it, edit it, train it. Its numbers are read in `numbers`."""

from __future__ import annotations

import asyncio

import numpy as np
from fastapi import APIRouter

from ..errors import LimitExceeded, SpecError
from ..sessions.session import Session
from ..sessions.start import fitted
from ..sessions.timeline import Change
from ..sessions.trainer import approach, finished, go, go_on
from ..settings import Settings
from ..steps.cursor import Cursor
from .answers import State
from .building import check_size, new_timeline, patched
from .datasets import dataset
from .opening import Limits, SessionId, Store, View, opened
from .owners import Owner
from .repeats import Changed, Made
from .requests import (
    DataPatchBody,
    InitBody,
    ParametersBody,
    PassBody,
    PositionBody,
    SpecPatchBody,
    StepBody,
    TrainBody,
    Unsafe,
)
from .state import check_view, state_of

router = APIRouter(prefix="/api/sessions", tags=["sessions"])

BACK = 10
"""So many times as far as ahead one may go to what was computed before, and has to be computed again."""


@router.post("", status_code=201)
async def init(body: InitBody, store: Store, limits: Limits, view: View, owner: Owner, made: Made) -> State:
    """Make a session: from a preset, or from a spec, data and, where wanted, parameters."""

    async def make(name: str) -> Session:
        with np.errstate(all="ignore"):
            # On another thread: a large table takes a second to read.
            session = Session(name, await asyncio.to_thread(new_timeline, body, limits))
            check_view(session, view)
            await store.add(session, owner)
            return session

    return await made(make)


@router.get("/{session_id}")
async def state(session_id: SessionId, store: Store, view: View) -> State:
    """The state at the cursor."""
    async with opened(store, session_id) as session:
        await approach(session, session.cursor.iteration, view.example)
        return state_of(session, view)


@router.delete("/{session_id}", status_code=204)
async def forget(session_id: SessionId, store: Store, owner: Owner) -> None:
    """Delete a session; for a week it can be had back."""
    await store.delete(session_id, owner)


@router.post("/{session_id}/forward")
async def forward(body: PassBody, changed: Changed) -> State:
    """One step of the forward pass or the loss; 409 where a backward step is due."""
    return await changed(body, lambda session: session.step_due(body.granularity, "forward"))


@router.post("/{session_id}/backward")
async def backward(body: PassBody, changed: Changed) -> State:
    """One step of the backward pass or the update; 409 where a forward step is due."""
    return await changed(body, lambda session: session.step_due(body.granularity, "backward"))


@router.post("/{session_id}/step")
async def step(body: StepBody, changed: Changed) -> State:
    """One step in either direction, whichever phase it belongs to."""
    return await changed(body, lambda session: session.step(body.granularity, body.direction))


@router.put("/{session_id}/position")
async def position(body: PositionBody, limits: Limits, changed: Changed) -> State:
    """Stand somewhere else: scrub, go to, follow a link."""

    async def move(session: Session) -> None:
        check_far(body.iteration - session.reached, limits, "iteration")
        check_far(session.again(body.iteration), limits, "iteration", BACK)
        await go(session, _place(session, body))

    return await changed(body, move)


def _place(session: Session, body: PositionBody) -> Cursor:
    if body.operation is not None:
        return Cursor(body.iteration, body.operation)
    end, now = session.end_of(body.iteration), session.cursor.operation
    at_end = now == len(session.iteration.operations)
    return end if at_end else Cursor(body.iteration, min(now, end.operation))


@router.patch("/{session_id}/parameters")
async def parameters(body: ParametersBody, changed: Changed) -> State:
    """Set weights and biases, as they are at the start of this iteration."""
    changes = [Change(change.tensor, tuple(change.index), change.value) for change in body.changes]
    return await changed(body, lambda session: session.edit_parameters(changes))


@router.patch("/{session_id}/spec")
async def spec(body: SpecPatchBody, limits: Limits, changed: Changed) -> State:
    """Change the spec: from this iteration on, or from iteration 0 where layers, loss or the start change."""

    def edit(session: Session) -> None:
        wanted = patched(session.iteration.spec, body)
        check_size(wanted, session.timeline.data, limits)
        session.edit_spec(wanted)

    return await changed(body, edit)


@router.patch("/{session_id}/data")
async def data(body: DataPatchBody, limits: Limits, changed: Changed) -> State:
    """Learn from other data, from iteration 0 on; the ends of the network follow its columns."""

    async def edit(session: Session) -> None:
        spec = session.iteration.spec
        # On another thread: a large table takes a second to read.
        found = await asyncio.to_thread(dataset, body.data, spec.seed, limits)
        check_size(fitted(spec, found), found, limits)
        session.edit_data(found)

    return await changed(body, edit)


@router.post("/{session_id}/undo")
async def undo(body: Unsafe, changed: Changed) -> State:
    """Take back the last edit or training; its future stays and can be put back."""
    return await changed(body, lambda session: session.undo())


@router.post("/{session_id}/redo")
async def redo(body: Unsafe, changed: Changed) -> State:
    """Put back the edit or training that was taken back last."""
    return await changed(body, lambda session: session.redo())


@router.post("/{session_id}/train")
async def train(body: TrainBody, limits: Limits, changed: Changed) -> State:
    """Finish the iteration under way, which does not count, then train so many iterations or epochs."""
    if (body.iterations is None) == (body.epochs is None):
        raise SpecError(
            "Iterations and epochs were both given, or neither.", hint="Send one of them.", where="iterations"
        )

    async def run(session: Session) -> None:
        begin = finished(session)
        count = body.iterations or (body.epochs or 0) * session.timeline.batches_at(begin).per_epoch
        check_far(count, limits, "iterations")
        before = session.place
        await go_on(session, count)
        session.edits.remember(before, left=False)

    return await changed(body, run)


def check_far(iterations: int, limits: Settings, where: str, times: int = 1) -> None:
    """Refuse to compute on for longer than this server allows, or than so many times that.

    Raises:
        LimitExceeded: the message says what was got, and the limit.
    """
    most = limits.max_train_iterations * times
    if iterations > most:
        raise LimitExceeded(
            f"That is {iterations} iterations away; this server computes {most} at once.",
            hint="Go there in several requests, or start the server with a larger --max-train-iterations.",
            where=where,
        )
