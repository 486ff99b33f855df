"""Breakpoints stop a step, a run and going on at the first place that they say, and nowhere before."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest

from app.errors import IndexInvalid, SpecError
from app.sessions.breakpoints import RELATIONS, Breakpoint
from app.sessions.run import Goal
from app.sessions.runs import Runs
from app.sessions.search import go_to_next
from app.sessions.session import Session
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .saved import copied, filed
from .sessions import session_of

UPDATE = Breakpoint(phase="update")


def set_at(*breakpoints: Breakpoint, batch_size: int = 1) -> Session:
    session = session_of(spec_of(2, 3, 1, hidden="relu", batch_size=batch_size, seed=3))
    session.set_breakpoints(breakpoints)
    return session


def go_on(session: Session, iterations: int = 1000) -> Cursor:
    asyncio.run(go_to_next(session, iterations))
    return session.cursor


def operation_by_operation(session: Session, most: int = 20_000) -> Cursor:
    """The first position after the cursor at which the number that was just written meets a breakpoint."""
    (one,) = session.breakpoints
    session.set_breakpoints([])
    for _ in range(most):
        session.step("operation", "next")
        last = session.cursor.operation - 1
        if last >= 0:
            writes = session.iteration.operations[last].writes
            if (writes.tensor, writes.index) == (one.tensor, one.index):
                tape = session.iteration.tape()
                rows = (slice(None),) if one.tensor in tape.of_examples else ()
                if np.any(RELATIONS[one.relation](tape.tensors[one.tensor][(*rows, *one.index)], one.value)):
                    return session.cursor
    raise AssertionError("never met")


@pytest.mark.parametrize(
    "one",
    [
        Breakpoint(tensor="dz1", index=(2,), relation="=", value=0),
        Breakpoint(tensor="dz2", index=(0,), relation="<", value=-0.1),
        Breakpoint(tensor="a2", index=(0,), relation=">", value=0.55),
        Breakpoint(tensor="C", relation="<", value=0.11),
        Breakpoint(tensor="W2.new", index=(0, 1), relation="<", value=-0.7925),
    ],
    ids=lambda one: f"{one.tensor} {one.relation} {one.value}",
)
@pytest.mark.parametrize("batch_size", [1, 3])
def test_a_number_stops_where_single_steps_would_first_find_it(one: Breakpoint, batch_size: int) -> None:
    session, slow = set_at(one, batch_size=batch_size), set_at(one, batch_size=batch_size)
    assert go_on(session) < session.end_of(999)
    assert session.cursor == operation_by_operation(slow)
    assert session.stopped == (0,)
    again = session.cursor
    assert go_on(session) > again


def test_at_each_update_means_before_its_first_operation() -> None:
    session = set_at(UPDATE)
    first = next(segment.first for segment in session.iteration.operations.passes if segment.phase == "update")
    assert [go_on(session) for _ in range(3)] == [Cursor(k, first) for k in range(3)]


def test_at_an_epoch_means_before_its_first_batch() -> None:
    session = set_at(Breakpoint(epoch=5))
    assert go_on(session) == Cursor(20, 0)
    assert go_on(session, 50) == session.end_of(69), "it comes once, and then the way is at its end"
    assert session.stopped == ()


def test_the_first_of_several_counts() -> None:
    session = set_at(Breakpoint(epoch=1), UPDATE)
    stops = [go_on(session) for _ in range(6)]
    assert [cursor.iteration for cursor in stops] == [0, 1, 2, 3, 4, 4]
    assert stops[4] == Cursor(4, 0)


@pytest.mark.parametrize("granularity", ["operation", "neuron", "layer", "pass"])
def test_a_step_does_not_jump_over_a_breakpoint(granularity: str) -> None:
    one = Breakpoint(tensor="z2", index=(0,), relation=">", value=-100)
    session = set_at(one)
    at = one.position(session.iteration)
    while session.cursor.iteration == 0:
        before = session.cursor.operation
        session.step(granularity, "next")
        session.iteration.tape()
        assert not (before < (at or 0) < session.cursor.operation)


def test_without_breakpoints_there_is_nowhere_to_go_on_to() -> None:
    with pytest.raises(SpecError):
        go_on(session_of())


@pytest.mark.parametrize(
    "wrong",
    [Breakpoint(), Breakpoint(phase="update", epoch=1), Breakpoint(tensor="z9", index=(0,)), Breakpoint(tensor="z1")],
)
def test_what_can_never_be_met_is_refused(wrong: Breakpoint) -> None:
    with pytest.raises((SpecError, IndexInvalid)):
        set_at(wrong)


def run_to_end(session: Session, goal: Goal) -> str:
    async def run() -> str:
        runs = Runs(60)
        runs.start(session, goal, None)
        while runs.running:
            await asyncio.sleep(0.01)
        assert session.run is not None
        return session.run.why

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("breakpoints", "goal"),
    [([Breakpoint(epoch=30)], Goal()), ([Breakpoint(tensor="C", relation="<", value=0.11)], Goal(iteration=5000))],
)
def test_a_run_stops_where_going_on_would(breakpoints: Sequence[Breakpoint], goal: Goal) -> None:
    session, other = set_at(*breakpoints), set_at(*breakpoints)
    assert run_to_end(session, goal) == "breakpoint"
    assert session.cursor == go_on(other)


def test_a_run_reaches_its_goal_where_no_breakpoint_is_met() -> None:
    session, plain = set_at(Breakpoint(epoch=10_000)), set_at()
    for one in (session, plain):
        assert run_to_end(one, Goal(iteration=300)) == "reached"
    assert session.cursor == plain.cursor
    near = [set_at(Breakpoint(epoch=10_000)), set_at()]
    assert [run_to_end(one, Goal(cost=0.12, iteration=4000)) for one in near] == ["reached", "reached"]
    assert near[0].cursor == near[1].cursor


def test_breakpoints_of_numbers_that_another_spec_lacks_are_never_met() -> None:
    session = set_at(Breakpoint(tensor="z1", index=(2,), relation=">", value=-1e9))
    session.edit_spec(spec_of(2, 2, 1))
    assert go_on(session, 20) == session.end_of(19)


def test_breakpoints_are_saved_with_the_session() -> None:
    session = set_at(UPDATE, Breakpoint(tensor="dz2", index=(0,), relation="<", value=0.25), Breakpoint(epoch=2))
    assert copied(filed(session)).breakpoints == session.breakpoints
