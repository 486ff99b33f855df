"""Training that goes on by itself: started, paused, watched, and measured."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from time import perf_counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from ..sessions.marks import marks
from ..sessions.metrics import Point
from ..sessions.run import Goal
from ..sessions.session import Session
from ..sessions.trainer import approach
from . import wire
from .answers import Answer, Position, RunAnswer, State
from .opening import Driver, Limits, OwnOnly, SessionId, Store, View, opened
from .planes import RegionSize, regions_in
from .repeats import Changed
from .requests import RunBody, Unsafe, Whole
from .state import check_view, run_of, state_of
from .words import Language

MOST_A_SECOND = 20
"""Events of a kind that one watcher is sent in a second; between two, only the newest state counts."""
PROGRESS_SECONDS = 0.25

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["running"])


@router.put("/run")
async def run(body: RunBody, runs: Driver, changed: Changed) -> State:
    """Let the session train by itself. Edits act while it goes on; whoever moves the cursor takes over."""
    goal = Goal(**body.until.model_dump()) if body.until else Goal()
    return await changed(body, lambda session: runs.start(session, goal, body.speed))


@router.delete("/run")
async def pause(changed: Changed) -> State:
    """Pause: the session stands at the end of the last iteration that was done, and can be stepped either way."""
    return await changed(Unsafe(), lambda session: session.pause())


@router.get("/frame", response_class=Response)
async def frame(
    session_id: SessionId, store: Store, view: View, limits: Limits, regions: RegionSize = None
) -> Response:
    """The state, the tape of its iteration and, if asked for, regions, in binary: a picture of a session that runs."""
    async with opened(store, session_id) as session:
        check_view(session, view)
        await approach(session, session.cursor.iteration, view.example)
        state = state_of(session, view).model_dump_json()
        tape = session.iteration.tape(view.example)
        more = {} if regions is None else {"regions": regions_in(session, regions, limits)}
        return Response(wire.encode(tape, session.iteration.number, more, {"state": state}), media_type=wire.MEDIA_TYPE)


class PointAnswer(Answer):
    """How good an iteration's start parameters are: mean costs without penalties, and shares that are right."""

    iteration: int
    cost: float
    test_cost: float | None
    accuracy: float | None
    test_accuracy: float | None


class MarkAnswer(Answer):
    """At the start of an iteration, something was changed by hand."""

    iteration: int
    what: str


class MetricsAnswer(Answer):
    """Points in the order of their iterations, and where something was changed.

    `rows` and `test_rows` are on how many rows they were measured; of very large data, not on all.
    """

    revision: int
    edition: int
    rows: int
    test_rows: int
    per_epoch: int
    marks: list[MarkAnswer]
    points: list[PointAnswer]


@router.get("/metrics")
async def metrics(session_id: SessionId, store: Store, language: Language, after: Whole = -1) -> MetricsAnswer:
    """Cost and accuracy on all the data over the iterations, those after one."""
    async with opened(store, session_id) as session:
        rows, test_rows = session.measured_rows
        return MetricsAnswer(
            revision=session.revision,
            edition=session.edition,
            rows=rows,
            test_rows=test_rows,
            per_epoch=session.iteration.batches.per_epoch,
            marks=[MarkAnswer(**mark._asdict()) for mark in marks(session.timeline, language)],
            points=[_point(point) for point in session.timeline.metrics.after(after)],
        )


def _point(point: Point) -> PointAnswer:
    return PointAnswer(**point._asdict())


class PositionEvent(Position):
    """The newest revision, and where the cursor stands."""

    revision: int
    edition: int


class MetricsEvent(Answer):
    """The newest point; those between are at `metrics`."""

    edition: int
    newest: PointAnswer


async def watched(session_id: OwnOnly, store: Store) -> Session:
    return await store.get(session_id)


REFUSED: dict[int | str, Any] = {
    "4XX": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorAnswer"}}}}
}


@router.get("/events", response_class=EventSourceResponse, responses=REFUSED)
async def events(
    session: Annotated[Session, Depends(watched)],
    last_event_id: Annotated[str, Header(max_length=40)] = "",
) -> AsyncIterator[ServerSentEvent]:
    """What changes, as it changes: `position`, `run` and `metrics`, of each only the newest.

    The event's id is the revision; whoever comes back with the one that is still the newest is sent nothing anew.
    """
    stream = Stream(last_event_id)
    async for _ in session.news.watch():
        for event in stream.due(session):
            yield event
        await asyncio.sleep(1 / MOST_A_SECOND)


class Stream:
    """What one watcher has been sent already."""

    def __init__(self, last_event_id: str) -> None:
        self._revision = last_event_id
        self._point: tuple[int, Point] | None = None
        self._run: tuple[object, float] | None = None

    def due(self, session: Session) -> list[ServerSentEvent]:
        """What is new."""
        events = []
        if self._revision != str(session.revision):
            self._revision = str(session.revision)
            events.append(_event("position", _position(session), self._revision))
        newest = session.timeline.metrics.newest
        if newest is not None and self._point != (session.edition, newest):
            self._point = session.edition, newest
            told = MetricsEvent(edition=session.edition, newest=_point(newest))
            events.append(_event("metrics", told, self._revision))
        if (run := run_of(session)) is not None and self._is_progress(run):
            events.append(_event("run", run, self._revision))
        return events

    def _is_progress(self, run: RunAnswer) -> bool:
        """Whether a run is another one, has ended, or has gone on for long enough to be told of."""
        which, now = (run.begun, run.until, run.speed, run.why), perf_counter()
        if self._run is not None and self._run[0] == which and now - self._run[1] < PROGRESS_SECONDS:
            return False
        told = self._run is not None and self._run[0] == which and not run.going
        self._run = which, now
        return not told


def _event(name: str, data: Answer, revision: str) -> ServerSentEvent:
    return ServerSentEvent(event=name, raw_data=data.model_dump_json(), id=revision)


def _position(session: Session) -> PositionEvent:
    cursor = session.cursor
    return PositionEvent(
        iteration=cursor.iteration,
        operation=cursor.operation,
        operations=len(session.iteration.operations),
        revision=session.revision,
        edition=session.edition,
    )
