"""Sessions: make one, step it, move in it, edit it, train it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Depends, Header, Request, Response

from ..errors import LimitExceeded, SpecError
from ..sessions.session import Session
from ..sessions.store import SessionStore
from ..sessions.timeline import Change
from ..sessions.trainer import finished, go
from ..settings import Settings
from ..steps.cursor import Cursor
from . import wire
from .building import check_activations, check_size, new_timeline, patched
from .requests import (
    InitBody,
    ParametersBody,
    PassBody,
    PositionBody,
    PredictBody,
    SpecPatchBody,
    StepBody,
    TrainBody,
    Unsafe,
)
from .state import Answer, ExplanationAnswer, State, Viewing, explainer, state_of

router = APIRouter(prefix="/api/sessions", tags=["sessions"])
View = Annotated[Viewing, Depends()]


def store_of(request: Request) -> SessionStore:
    store: SessionStore = request.app.state.store
    return store


def settings_of(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


Store = Annotated[SessionStore, Depends(store_of)]
Limits = Annotated[Settings, Depends(settings_of)]


@asynccontextmanager
async def opened(store: SessionStore, id: str) -> AsyncIterator[Session]:
    """The session of this id, to oneself."""
    session = store.get(id)
    async with session.lock:
        yield session


async def changed(
    store: SessionStore, id: str, body: Unsafe, view: Viewing, change: Callable[[Session], Awaitable[None] | None]
) -> State:
    """Change a session once, if its revision is the expected one, and answer its state."""
    async with opened(store, id) as session:
        if session.admit(body.revision, body.request_id):
            waiting = change(session)
            if waiting is not None:
                await waiting
        return state_of(session, view)


@router.post("", status_code=201)
async def init(body: InitBody, store: Store, limits: Limits, view: View) -> State:
    """Make a session: from a preset, or from a spec, data and, where wanted, parameters."""
    session = Session(secrets.token_urlsafe(16), new_timeline(body, limits))
    state = state_of(session, view)
    store.add(session)
    return state


@router.get("/{id}")
async def state(id: str, store: Store, view: View) -> State:
    """The state at the cursor."""
    async with opened(store, id) as session:
        return state_of(session, view)


@router.delete("/{id}", status_code=204)
async def forget(id: str, store: Store) -> None:
    """Forget a session."""
    store.remove(id)


@router.post("/{id}/forward")
async def forward(id: str, body: PassBody, store: Store, view: View) -> State:
    """One step of the forward pass or the loss; 409 where a backward step is due."""
    return await changed(store, id, body, view, lambda session: session.step_due(body.granularity, "forward"))


@router.post("/{id}/backward")
async def backward(id: str, body: PassBody, store: Store, view: View) -> State:
    """One step of the backward pass or the update; 409 where a forward step is due."""
    return await changed(store, id, body, view, lambda session: session.step_due(body.granularity, "backward"))


@router.post("/{id}/step")
async def step(id: str, body: StepBody, store: Store, view: View) -> State:
    """One step in either direction, whichever phase it belongs to."""
    return await changed(store, id, body, view, lambda session: session.step(body.granularity, body.direction))


@router.put("/{id}/position")
async def position(id: str, body: PositionBody, store: Store, limits: Limits, view: View) -> State:
    """Stand somewhere else: scrub, go to, follow a link."""

    async def move(session: Session) -> None:
        _check_far(body.iteration - session.reached, limits, "iteration")
        await go(session, Cursor(body.iteration, body.operation))

    return await changed(store, id, body, view, move)


@router.patch("/{id}/parameters")
async def parameters(id: str, body: ParametersBody, store: Store, view: View) -> State:
    """Set weights and biases, as they are at the start of this iteration."""
    changes = [Change(change.tensor, tuple(change.index), change.value) for change in body.changes]
    return await changed(store, id, body, view, lambda session: session.edit_parameters(changes))


@router.patch("/{id}/spec")
async def spec(id: str, body: SpecPatchBody, store: Store, limits: Limits, view: View) -> State:
    """Change the spec: from this iteration on, or from iteration 0 where layers, loss or the start change."""

    def edit(session: Session) -> None:
        wanted = patched(session.spec, body)
        check_size(wanted, session.timeline.data, limits)
        session.edit_spec(wanted)

    return await changed(store, id, body, view, edit)


@router.post("/{id}/undo")
async def undo(id: str, body: Unsafe, store: Store, view: View) -> State:
    """Take back the last edit; its future stays and can be put back."""
    return await changed(store, id, body, view, lambda session: session.undo())


@router.post("/{id}/redo")
async def redo(id: str, body: Unsafe, store: Store, view: View) -> State:
    """Put back the edit that was taken back last."""
    return await changed(store, id, body, view, lambda session: session.redo())


@router.post("/{id}/train")
async def train(id: str, body: TrainBody, store: Store, limits: Limits, view: View) -> State:
    """Finish the iteration under way, which does not count, then train so many iterations or epochs."""
    if (body.iterations is None) == (body.epochs is None):
        raise SpecError("Iterations and epochs were both given, or neither.", hint="Send one of them.", where="iterations")

    async def run(session: Session) -> None:
        begin = finished(session)
        count = body.iterations or (body.epochs or 0) * session.timeline.batches_at(begin).per_epoch
        _check_far(count, limits, "iterations")
        await go(session, Cursor(begin + count))

    return await changed(store, id, body, view, run)


class Prediction(Answer):
    """The weighted sums z1 … zL and the activations a0 … aL, each with a row for each example."""

    sums: list[list[list[float]]]
    layers: list[list[list[float]]]


@router.post("/{id}/predict")
async def predict(id: str, body: PredictBody, store: Store, limits: Limits) -> Prediction:
    """What the network makes of inputs, with the parameters at the cursor. Changes nothing."""
    async with opened(store, id) as session:
        wanted = session.spec.units(0)
        for number, row in enumerate(body.inputs):
            if len(row) != wanted:
                raise SpecError(f"Row {number} has {len(row)} inputs; expected {wanted}.", where=f"inputs[{number}]")
        units = sum(layer.units for layer in session.spec.layers)
        check_activations(units * len(body.inputs), limits, "inputs")
        sums, layers = session.predict(np.array(body.inputs))
        return Prediction(sums=[z.tolist() for z in sums], layers=[a.tolist() for a in layers])


@router.get("/{id}/explanations/{tensor}")
async def explanation(id: str, tensor: str, store: Store, view: View, index: str = "") -> ExplanationAnswer:
    """Where a number came from; one that is not yet written is explained by its rule alone."""
    async with opened(store, id) as session:
        return ExplanationAnswer(explainer(session, view).element(tensor, _index(index)))


@router.get("/{id}/tape/{iteration}", response_class=Response)
async def tape(
    id: str,
    iteration: int,
    store: Store,
    limits: Limits,
    example: int | None = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Every tensor of an iteration, in binary."""
    async with opened(store, id) as session:
        if not 0 <= iteration <= session.reached + 1:
            raise LimitExceeded(
                f"Iteration {iteration} is not computed yet; {session.reached + 1} is the last that can be read.",
                hint="Step or train there first.",
                where="iteration",
            )
        tag = f'"{session.edition}-{iteration}-{example}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if if_none_match == tag:
            return Response(status_code=304, headers=headers)
        return Response(wire.encode(session.tape_of(iteration, example), iteration), 200, headers, wire.MEDIA_TYPE)


class Rows(Answer):
    """The data, row by row, and what its columns are called."""

    inputs: list[list[float]]
    targets: list[list[float]]
    features: tuple[str, ...]
    target_names: tuple[str, ...]
    classes: tuple[str, ...] | None


@router.get("/{id}/data")
async def data(id: str, store: Store) -> Rows:
    """The data of a session."""
    async with opened(store, id) as session:
        rows = session.timeline.data
        return Rows(
            inputs=rows.inputs.tolist(),
            targets=rows.targets.tolist(),
            features=rows.features,
            target_names=rows.target_names,
            classes=rows.classes or None,
        )


def _check_far(iterations: int, limits: Settings, where: str) -> None:
    if iterations > limits.max_train_iterations:
        raise LimitExceeded(
            f"That is {iterations} iterations away; this server computes at most {limits.max_train_iterations} at once.",
            hint="Go there in several requests, or start the server with a larger --max-train-iterations.",
            where=where,
        )


def _index(text: str) -> tuple[int, ...]:
    parts = [part for part in text.split(",") if part]
    if len(parts) > 2 or not all(part.isdecimal() and part.isascii() and len(part) < 9 for part in parts):
        raise SpecError("The index cannot be read.", hint="Send whole numbers from 0 on: index=1,0", where="index")
    return tuple(int(part) for part in parts)
