"""Soak: a class that goes on and on; whether the server's memory and its open files stay as they are."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from statistics import linear_regression

from app.serve import let_in_as_many_as_may_come
from tests.server import Server

from .audience import Connection, regularly, timed
from .load import within
from .report import Line, Table, Target
from .server import IRIS_4_8_8_3
from .weight import descriptors, memory

STUDENTS = 30
SETTLING = 0.25
"""This part of the time is for what is only filled once: caches, the desk, threads."""
TEN_MINUTES = 600.0


def measure(quick: bool, minutes: float = 10) -> Iterator[Table]:
    """Students who make a session, step, train, go back and leave it, again and again."""
    let_in_as_many_as_may_come()
    seconds = 3 if quick else 60 * minutes
    with Server("--max-sessions", "100", checked=False) as server:
        yield asyncio.run(_soak(server, seconds))


async def _soak(server: Server, seconds: float) -> Table:
    over = asyncio.Event()
    times: list[float] = []
    wrong: list[int] = []
    weights: list[tuple[float, float, float]] = []
    begin = asyncio.get_running_loop().time()

    async def weigh() -> None:
        now = asyncio.get_running_loop().time() - begin
        weights.extend((now, mb, files) for mb, files in zip(memory(server.pid), descriptors(server.pid), strict=True))

    work = [asyncio.create_task(_student(server.url, times, wrong, over)) for _ in range(STUDENTS)]
    work.append(asyncio.create_task(regularly(max(0.2, seconds / 300), over, weigh)))
    await asyncio.sleep(seconds)
    over.set()
    await asyncio.gather(*work)
    settled = [weight for weight in weights if weight[0] >= seconds * SETTLING]
    lines = [
        Line("an answer", times),
        Line("95 % of them", [within(times, 95)]),
        Line("answers that were none", [len(wrong)], "errors", Target(0)),
    ]
    if len(settled) > 2:
        at = [weight[0] for weight in settled]
        slope = linear_regression(at, [weight[1] for weight in settled]).slope * TEN_MINUTES
        files = linear_regression(at, [weight[2] for weight in settled]).slope * TEN_MINUTES
        lines += [
            Line("memory of the server", [weight[1] for weight in settled], "MB"),
            Line("memory, growth in ten minutes", [slope], "MB", Target(1)),
            Line("open files", [weight[2] for weight in settled], "open"),
            Line("open files, growth in ten minutes", [files], "open"),
        ]
    return Table(f"{STUDENTS} students for {seconds:g} s, {len(times)} answers", lines)


async def _student(url: str, times: list[float], wrong: list[int], over: asyncio.Event) -> None:
    connection = await Connection.to(url)

    async def lesson() -> None:
        made = await timed(connection.ask("POST", "/api/sessions?view=step", IRIS_4_8_8_3), times, wrong)
        session = f"/api/sessions/{json.loads(made.body)['id']}"
        for method, path, body in (
            *([("POST", "/step?view=step", {"granularity": "layer"})] * 12),
            ("GET", "/tape/0", None),
            ("POST", "/train?view=step", {"iterations": 200}),
            ("PATCH", "/spec?view=step", {"l2": 0.01}),
            ("PUT", "/position?view=step", {"iteration": 50}),
            ("GET", "/metrics", None),
            ("GET", "/file", None),
            ("DELETE", "", None),
        ):
            await timed(connection.ask(method, session + path, body), times, wrong)

    await regularly(2, over, lesson)
    connection.close()
