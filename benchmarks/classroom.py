"""A class: how soon hundreds of followers have a move, what students' own steps take beside them, and page loads."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from statistics import quantiles
from time import perf_counter_ns
from urllib.parse import urlsplit

from app.serve import let_in_as_many_as_may_come
from tests.browser.chromium import chromium
from tests.server import Server

from .audience import Connection, Follower, Moves, Visit, place_of, regularly, timed, visit
from .report import Line, Table, Target
from .server import IRIS_4_8_8_3
from .weight import memory

PULSE = 0.05
"""Seconds between two requests to the bare endpoint."""
SECOND = 1e9
STEP = {"granularity": "neuron", "direction": "next"}


@dataclass(frozen=True)
class Size:
    """How large a class is, and how long it lasts."""

    followers: int = 300
    students: int = 30
    seconds: float = 60


QUICK = Size(5, 2, 2)


@dataclass
class Bare:
    """An endpoint that does nothing, asked all the while: what it takes then is what everybody waits for the server."""

    url: str
    times: list[float] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)

    async def watch(self, until: asyncio.Event) -> None:
        connection = await Connection.to(self.url)
        await regularly(PULSE, until, lambda: timed(connection.ask("GET", "/healthz"), self.times, self.wrong))
        connection.close()


def measure(quick: bool, minutes: float = 1) -> Iterator[Table]:
    """Page loads of a whole class at once, then a lesson."""
    size = QUICK if quick else Size(seconds=60 * minutes)
    let_in_as_many_as_may_come()
    with Server("--share", checked=False) as server:
        paths = _first_visit(server.url)
        alone = asyncio.run(_alone(server.url, size))
        yield asyncio.run(_loads(server.url, size, paths, alone))
        yield asyncio.run(_lesson(server, size, alone))


def _first_visit(url: str) -> list[str]:
    """What a browser fetches that opens the page for the first time, but for answers of the API."""
    asked: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url) if request.method == "GET" else None)
        page.goto(url)
        page.wait_for_selector("[data-ready=true]")
    paths = (urlsplit(one).path for one in asked if one.startswith(url))
    return list(dict.fromkeys(path for path in paths if not path.startswith("/api/")))


async def _alone(url: str, size: Size) -> list[float]:
    """The bare endpoint while nobody else asks."""
    bare, over = Bare(url), asyncio.Event()
    asyncio.get_running_loop().call_later(min(5, size.seconds), over.set)
    await bare.watch(over)
    return bare.times


async def _loads(url: str, size: Size, paths: list[str], alone: list[float]) -> Table:
    bare, over = Bare(url), asyncio.Event()
    watching = asyncio.create_task(bare.watch(over))
    begin = perf_counter_ns()
    first = await asyncio.gather(*(visit(url, paths) for _ in range(size.followers)))
    took = float(perf_counter_ns() - begin)
    again = await asyncio.gather(*(visit(url, paths, before) for before in first))
    over.set()
    await watching
    wrong = sum(one.wrong for one in (*first, *again)) + len(bare.wrong)
    lines = [
        Line("one of them", [one.took for one in first]),
        Line("all of them", [took], target=Target(10 * SECOND)),
        Line("bytes of a first visit", _kilobytes(first), "kB", Target(300)),
        Line("bytes of a second visit", _kilobytes(again), "kB"),
        Line("answers that were none", [wrong], "errors", Target(0)),
        *_bare_lines(bare, alone),
    ]
    note = f"Each fetches {len(paths)} files over six connections, as Chromium does; all begin at once."
    return Table(f"{size.followers} open the page at the same time", lines, note)


async def _lesson(server: Server, size: Size, alone: list[float]) -> Table:
    url, moves, over = server.url, Moves(), asyncio.Event()
    teacher = await Connection.to(url)
    session = json.loads((await teacher.ask("POST", "/api/sessions?view=step", IRIS_4_8_8_3)).body)["id"]
    code = await _opened(server, teacher, session)
    followers = await _followers(url, code, size.followers, moves)
    steps: list[float] = []
    wrong: list[int] = []
    bare = Bare(url)
    work = [asyncio.create_task(bare.watch(over))]
    for number in range(size.students):
        student = await Connection.to(url)
        own = json.loads((await student.ask("POST", "/api/sessions?view=step", IRIS_4_8_8_3)).body)["id"]
        work.append(asyncio.create_task(_stepping(student, own, steps, wrong, over, number / size.students)))
    weights: list[float] = []
    work.append(asyncio.create_task(regularly(1, over, lambda: _weigh(server.pid, weights))))
    moves.sent.clear()
    leading = asyncio.create_task(_leading(teacher, session, moves, over))
    await asyncio.sleep(size.seconds)
    over.set()
    await asyncio.gather(leading, *work)
    await asyncio.sleep(1)  # for the last move to come
    ended, missed = moves.ended, moves.missed(size.followers)
    for transport in followers:
        transport.close()
    return Table(
        f"{size.followers} follow a move a second for {size.seconds:g} s, {size.students} step beside them",
        [
            Line("a move, until the last follower has it", moves.last(size.followers)),
            Line("95 % of the moves", [_within(moves.last(size.followers))], target=Target(0.5 * SECOND)),
            Line("a student's own step", steps),
            Line("95 % of these steps", [_within(steps)], target=Target(0.05 * SECOND)),
            *([Line("memory of the server", weights, "MB", Target(512))] if weights else []),
            Line("streams that ended, moves missed, refusals", [ended + missed + len(wrong)], "errors", Target(0)),
            *_bare_lines(bare, alone),
        ],
    )


def _bare_lines(bare: Bare, alone: list[float]) -> list[Line]:
    return [
        Line("/healthz meanwhile", bare.times),
        Line("95 % of these", [_within(bare.times)]),
        Line("the longest of these", [max(bare.times)]),
        Line("/healthz with nobody else", alone),
    ]


async def _opened(server: Server, teacher: Connection, session: str) -> str:
    """Show the session in the room that the server began with; its code."""
    code, key = re.findall(r"\?teach=(\w+)#key=(\S+)", "".join(server.output))[0]
    await teacher.ask("PUT", f"/api/rooms/{code}/spotlight", {"session": session}, Stepgrad_Room=key)
    return str(code)


async def _followers(url: str, code: str, count: int, moves: Moves) -> list[asyncio.BaseTransport]:
    """Join, and follow; all have been told where the room is."""
    joining, loop, made = await Connection.to(url), asyncio.get_running_loop(), []
    for _ in range(count):
        joined = json.loads((await joining.ask("POST", f"/api/rooms/{code}/members", {})).body)
        path = f"/api/rooms/{code}/events?as={joined['token']}"
        made.append(await loop.create_connection(partial(Follower, path, moves), *place_of(url)))
    joining.close()
    await asyncio.gather(*(follower.first for _, follower in made))
    return [transport for transport, _ in made]


async def _leading(teacher: Connection, session: str, moves: Moves, over: asyncio.Event) -> None:
    revision = 0

    async def move() -> None:
        nonlocal revision
        revision += 1
        moves.sent[revision] = perf_counter_ns()
        await teacher.ask("POST", f"/api/sessions/{session}/step?view=step", STEP)

    await regularly(1, over, move)


async def _stepping(
    student: Connection, session: str, times: list[float], wrong: list[int], over: asyncio.Event, begin: float
) -> None:
    path = f"/api/sessions/{session}/step?view=step"
    await regularly(1, over, lambda: timed(student.ask("POST", path, STEP), times, wrong), begin)
    student.close()


async def _weigh(pid: int, weights: list[float]) -> None:
    weights += memory(pid)


def _kilobytes(visits: list[Visit]) -> list[float]:
    return [one.nbytes / 1000 for one in visits]


def _within(times: list[float]) -> float:
    """What 95 of 100 do not exceed."""
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else max(times, default=0.0)
