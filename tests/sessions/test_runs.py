"""Runs: training that goes on by itself leaves the bits that single steps leave, and ends where it should."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.data.ready import ready_set
from app.errors import SpecError
from app.nn.registry import Choice
from app.nn.spec import LayerSpec, Spec, checked
from app.sessions.run import Goal
from app.sessions.runs import Runs
from app.sessions.session import Session
from app.sessions.start import begin
from app.steps.cursor import Cursor
from tests.networks import spec_of

IRIS = checked(
    Spec(
        (LayerSpec(4), LayerSpec(8, "tanh"), LayerSpec(3, "softmax")),
        loss="cross_entropy",
        initializer=Choice("xavier"),
        optimizer=Choice("adam"),
        batch_size=40,
        shuffle=True,
        seed=5,
    )
)


def iris() -> Session:
    return Session("s", begin(IRIS, ready_set("iris")))


def xor() -> Session:
    return Session("s", begin(spec_of(2, 3, 1), ready_set("xor")))


def ran(session: Session, goal: Goal, speed: float | None = None) -> Session:
    """The session after its run to the goal."""
    asyncio.run(_run(session, goal, speed))
    return session


async def _run(session: Session, goal: Goal, speed: float | None = None) -> None:
    Runs(idle_seconds=60).start(session, goal, speed)
    await _until(lambda: not session.running)


async def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.001)


def parameters(session: Session) -> bytes:
    """The parameters with which the iteration after the cursor's starts."""
    return session.iteration.parameters(session.cursor.operation).tobytes()


def stepped(session: Session, iterations: int) -> Session:
    while session.done < iterations:
        session.step("pass", "next")
        session.iteration.tape()
    return session


@pytest.mark.parametrize("make", [xor, iris])
@pytest.mark.parametrize("speed", [None, 900])
def test_a_run_leaves_the_bits_of_as_many_single_steps(make: Callable[[], Session], speed: float | None) -> None:
    session = ran(make(), Goal(iteration=57), speed)
    assert session.run is not None
    assert session.run.why == "reached"
    assert session.cursor == Cursor(56, len(session.iteration.operations))
    alone = stepped(make(), 57)
    assert parameters(session) == parameters(alone)
    for granularity in ("operation", "neuron"):
        for other in (session, alone):
            other.step(granularity, "previous")
        assert session.cursor == alone.cursor
        assert parameters(session) == parameters(alone)


@pytest.mark.parametrize("begun", [Cursor(3), Cursor(3, 7)])
def test_a_pause_stands_at_the_end_of_an_iteration_wherever_it_comes(begun: Cursor) -> None:
    async def interrupted(session: Session) -> None:
        Runs(idle_seconds=60).start(session, Goal(), None)
        await _until(lambda: session.cursor.iteration > 300)
        async with session.lock:
            session.pause()

    session = iris()
    session.seek(begun)
    asyncio.run(interrupted(session))
    assert session.cursor.operation == len(session.iteration.operations)
    assert session.run is not None
    assert session.run.done == session.done > 300
    straight = iris()
    straight.seek(session.cursor)
    assert parameters(session) == parameters(straight)


def test_looking_at_a_run_changes_none_of_its_bits() -> None:
    async def watched(session: Session) -> None:
        Runs(idle_seconds=60).start(session, Goal(iteration=900), None)
        while session.running:
            async with session.lock:
                session.iteration.tape(row=7)
                session.at(max(session.cursor.iteration - 40, 0)).tape()
            await asyncio.sleep(0.002)

    session = iris()
    asyncio.run(watched(session))
    assert session.done == 900
    straight = iris()
    straight.seek(session.cursor)
    assert parameters(session) == parameters(straight)


@pytest.mark.parametrize("epochs", [1, 3])
def test_an_epoch_is_done_when_each_of_its_batches_is(epochs: int) -> None:
    session = ran(iris(), Goal(epoch=epochs))
    assert session.done == epochs * 4
    assert session.iteration.batches.epoch(session.cursor.iteration) == epochs - 1


def test_a_cost_ends_a_run_at_the_first_point_below_it() -> None:
    goal = Goal(cost=0.6, iteration=2000)
    session = ran(iris(), goal)
    measured = session.timeline.metrics.after(-1)
    assert [point.cost < 0.6 for point in measured] == [False] * (len(measured) - 1) + [True]
    assert session.done == measured[-1].iteration < 2000


def test_an_accuracy_ends_a_run_at_the_first_point_that_has_it() -> None:
    session = ran(iris(), Goal(accuracy=0.9))
    *before, last = session.timeline.metrics.after(-1)
    assert last.accuracy is not None
    assert last.accuracy >= 0.9
    assert all(point.accuracy is not None and point.accuracy < 0.9 for point in before)
    assert session.done == last.iteration


def test_what_is_reached_already_ends_a_run_where_it_stands() -> None:
    session = xor()
    session.seek(Cursor(20, 3))
    assert ran(session, Goal(iteration=20)).cursor == Cursor(20, 3)
    assert session.run is not None
    assert session.run.why == "reached"


def test_without_classes_there_is_no_accuracy_to_reach() -> None:
    session = Session("s", begin(spec_of(2, 2), ready_set("two_two_two")))
    with pytest.raises(SpecError):
        session.begin_run(Goal(accuracy=0.5), None)
    assert session.run is None


@pytest.mark.parametrize(
    ("take_over", "why"),
    [
        (lambda session: session.step("operation", "next"), "paused"),
        (lambda session: session.seek(Cursor(2, 1)), "paused"),
        (lambda session: session.close(), "closed"),
        (lambda session: session.begin_run(Goal(), 1), "replaced"),
    ],
)
def test_whoever_takes_over_ends_a_run(take_over: Callable[[Session], object], why: str) -> None:
    async def taken() -> str:
        session = xor()
        runs = Runs(idle_seconds=60)
        runs.start(session, Goal(), None)
        run = session.run
        assert run is not None
        await _until(lambda: session.cursor.iteration > 5)
        async with session.lock:
            take_over(session)
        there = session.cursor
        await asyncio.sleep(0.1)
        assert session.cursor == there
        return run.why

    assert asyncio.run(taken()) == why


def test_an_edit_acts_while_the_run_goes_on() -> None:
    async def edited(session: Session) -> int:
        Runs(idle_seconds=60).start(session, Goal(iteration=5000), None)
        await _until(lambda: session.cursor.iteration > 50)
        async with session.lock:
            at = session.cursor.iteration
            session.edit_spec(checked(Spec(IRIS.layers, IRIS.loss, IRIS.initializer, Choice("sgd"), 10, True, seed=5)))
        await _until(lambda: not session.running)
        return at

    session = iris()
    at = asyncio.run(edited(session))
    assert session.done == 5000
    assert session.timeline.spec_at(at - 1).optimizer.name == "adam"
    assert session.timeline.spec_at(at).optimizer.name == "sgd"
    straight = Session("s", session.timeline)
    straight.seek(session.cursor)
    assert parameters(session) == parameters(straight)


def test_a_run_that_nobody_watches_ends() -> None:
    async def left(session: Session, watching: bool) -> str:
        Runs(idle_seconds=0.05).start(session, Goal(iteration=40), 100)
        watch = session.news.watch()
        if watching:
            await anext(watch)
        await _until(lambda: not session.running)
        await watch.aclose()
        assert session.run is not None
        return session.run.why

    assert asyncio.run(left(xor(), watching=False)) == "idle"
    assert asyncio.run(left(xor(), watching=True)) == "reached"


def test_every_session_gets_its_turn() -> None:
    async def race(sessions: list[Session]) -> None:
        runs = Runs(idle_seconds=60)
        for session in sessions:
            runs.start(session, Goal(), None)
        await _until(lambda: all(session.done > 1000 for session in sessions))
        for session in sessions:
            session.close()

    asyncio.run(asyncio.wait_for(race([xor() for _ in range(8)]), 60))


def test_who_asks_ends_a_turn_but_not_what_has_to_be_reached() -> None:
    session = xor()
    with ThreadPoolExecutor(1) as pool:
        turn = pool.submit(session.train, 10**12, 3600.0)
        while session.trained == 0:
            pass
        session.hurry()
        assert turn.result(timeout=60) is False
        further = session.trained + 50_000
        turn = pool.submit(session.train, further, math.inf)
        while not turn.done():
            session.hurry()
        assert turn.result() is True
    assert session.trained == further


def test_who_does_not_listen_hears_only_of_the_newest() -> None:
    async def watched() -> list[int]:
        session = xor()
        heard: list[int] = []

        async def listen() -> None:
            async for _ in session.news.watch():
                heard.append(session.revision)
                await asyncio.sleep(0.01)

        listening = asyncio.create_task(listen())
        await asyncio.sleep(0)
        for _ in range(100):
            session.step("operation", "next")
        await asyncio.sleep(0.1)
        session.close()
        await listening
        return heard

    assert asyncio.run(watched()) == [0, 100]
