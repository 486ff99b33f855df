"""Load: how long students wait for their steps where thirty, three hundred, or far too many share one server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter_ns

from app.serve import let_in_as_many_as_may_come
from tests.server import Server

from .audience import Connection, regularly, timed
from .classroom import Bare
from .report import Line, Table, Target
from .server import IRIS_4_8_8_3
from .weight import descriptors, memory

STEP = {"granularity": "neuron"}


@dataclass(frozen=True)
class Crowd:
    """So many who step once a second, and so many who train as fast as they can."""

    title: str
    stepping: int
    training: int = 0


CROWDS = (
    Crowd("thirty students, each a step a second", 30),
    Crowd("three hundred", 300),
    Crowd("nine hundred, three times too many", 900),
    Crowd("thirty, and five who train flat out", 30, 5),
)
SECONDS, QUICK_SECONDS, QUICK_PART = 20, 1, 30


@dataclass
class Lesson:
    """What was measured while a crowd was there."""

    steps: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    descriptors: list[float] = field(default_factory=list)
    trained: int = 0


def measure(quick: bool) -> Iterator[Table]:
    """One crowd after another on the same server."""
    let_in_as_many_as_may_come()
    with Server("--max-sessions", "5000", checked=False) as server:
        for crowd in CROWDS:
            part = Crowd(crowd.title, max(2, crowd.stepping // QUICK_PART), min(crowd.training, 1))
            yield asyncio.run(_lesson(server, part if quick else crowd, QUICK_SECONDS if quick else SECONDS))


async def _lesson(server: Server, crowd: Crowd, seconds: float) -> Table:
    lesson, bare, over = Lesson(), Bare(server.url), asyncio.Event()
    hand = await Connection.to(server.url)
    sessions = [await _session(hand) for _ in range(crowd.stepping + crowd.training)]
    for session in sessions[crowd.stepping :]:
        await hand.ask("PUT", f"{session}/run", {})
    hand.close()  # the server would, as long as nothing is asked on it
    work = [asyncio.create_task(bare.watch(over)), asyncio.create_task(_weigh(server.pid, lesson, over))]
    for number, session in enumerate(sessions[: crowd.stepping]):
        work.append(asyncio.create_task(_stepping(server.url, session, lesson, over, number / crowd.stepping)))
    begin = perf_counter_ns()
    await asyncio.sleep(seconds)
    over.set()
    await asyncio.gather(*work)
    took = (perf_counter_ns() - begin) / 1e9
    hand = await Connection.to(server.url)
    for session in sessions[crowd.stepping :]:
        lesson.trained += json.loads((await hand.ask("DELETE", f"{session}/run")).body)["run"]["done"]
    hand.close()
    return Table(f"{crowd.title}, for {seconds:g} s", _lines(crowd, lesson, bare, took))


def _lines(crowd: Crowd, lesson: Lesson, bare: Bare, took: float) -> list[Line]:
    weight = [("memory of the server", lesson.memory, "MB"), ("its open files", lesson.descriptors, "")]
    return [
        Line("a step", lesson.steps),
        Line("95 % of the steps", [within(lesson.steps, 95)]),
        Line("99 % of the steps", [within(lesson.steps, 99)]),
        Line("/healthz meanwhile", bare.times),
        Line("95 % of these", [within(bare.times, 95)]),
        Line("steps answered", [len(lesson.steps) / took], "/s"),
        Line("answers that were none", [len(lesson.refused) + len(bare.wrong)], "errors", Target(0)),
        *([Line("iterations of those who train", [lesson.trained / took], "/s")] if crowd.training else []),
        *(Line(what, values, unit or "open") for what, values, unit in weight if values),
    ]


def within(times: list[float], percent: int) -> float:
    """What so many of a hundred do not exceed."""
    return quantiles(times, n=100, method="inclusive")[percent - 1] if len(times) > 1 else max(times, default=0.0)


async def _session(connection: Connection) -> str:
    made = await connection.ask("POST", "/api/sessions?view=step", IRIS_4_8_8_3)
    return f"/api/sessions/{json.loads(made.body)['id']}"


async def _stepping(url: str, session: str, lesson: Lesson, over: asyncio.Event, begin: float) -> None:
    connection, path = await Connection.to(url), f"{session}/step?view=step"
    await regularly(1, over, lambda: timed(connection.ask("POST", path, STEP), lesson.steps, lesson.refused), begin)
    connection.close()


async def _weigh(pid: int, lesson: Lesson, over: asyncio.Event) -> None:
    async def weigh() -> None:
        lesson.memory += memory(pid)
        lesson.descriptors += descriptors(pid)

    await regularly(0.5, over, weigh)
