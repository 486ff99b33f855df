"""Replicas: how many steps a second one server answers in memory, one on Redis, and three on Redis behind nginx.

Where there are not cores enough, servers that are asked at the same time take more of a core for the same, since they
share one and what it has at hand. So three on Redis are then compared with three in memory, each with learners of its
own.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from time import perf_counter

from tests import nginx, redis_server
from tests.nginx import Nginx
from tests.redis_server import RedisServer
from tests.server import Server

from .audience import place_of
from .client import Client
from .report import Line, Table, Target
from .sample import ratios
from .server import IRIS_4_8_8_3

LEARNERS = 12
"""Each with a session of its own, and the next step as soon as the one before is answered."""
STEP = json.dumps({"granularity": "neuron"})
SECONDS, QUICK_SECONDS = 2.0, 0.3
ROUNDS, QUICK_ROUNDS = 11, 2
LOST = Target(15)
"""Per cent of its steps that a store may cost one server."""
TIMES = Target(2.2, at_least=True)
"""How many times the steps of one server, in memory, three are to answer."""
ENOUGH_CORES = 6
"""One for each of three servers, the store, nginx and who asks."""


class Stepping(asyncio.Protocol):
    """One who steps, over one connection, as fast as steps are answered; so simple that it takes little of a core."""

    def __init__(self, path: str) -> None:
        self.steps = self.refused = 0
        self._request = (
            f"POST {path}/step?view=step HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(STEP)}\r\n\r\n{STEP}"
        ).encode()
        self._got, self._until = b"", 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._got += data
        if not self._until and b"\r\n\r\n" in self._got:
            length = re.search(rb"(?i)\r\ncontent-length: (\d+)\r\n", self._got)
            assert length is not None, self._got[:500]
            self._until = self._got.index(b"\r\n\r\n") + 4 + int(length[1])
        if self._until and len(self._got) >= self._until:
            self.steps += self._got.startswith(b"HTTP/1.1 200")
            self.refused += not self._got.startswith(b"HTTP/1.1 200")
            self._got, self._until = b"", 0
            assert self._transport is not None
            self._transport.write(self._request)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


@dataclass
class Way:
    """A way to serve learners, the processes that it takes, and what was measured of it: steps and ms of a core."""

    title: str
    short: str
    urls: list[str]
    servers: list[int]
    others: list[int] = field(default_factory=list)
    sessions: list[tuple[str, str]] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    others_own: list[float] = field(default_factory=list)
    refused: int = 0

    def forget(self) -> None:
        """What was measured so far."""
        for values in (self.rates, self.own, self.others_own):
            values.clear()

    def begin(self) -> None:
        """A session for each learner."""
        for url, _ in zip(cycle(self.urls), range(LEARNERS), strict=False):
            with Client(url) as client:
                self.sessions.append((url, client.session(IRIS_4_8_8_3)))

    async def go(self, seconds: float) -> None:
        """All learners step for a while."""
        loop = asyncio.get_running_loop()
        before = spent(self.servers), spent(self.others)
        begin = perf_counter()
        learners = [
            (await loop.create_connection(partial(Stepping, path), *place_of(url)))[1] for url, path in self.sessions
        ]
        await asyncio.sleep(seconds)
        steps, took = sum(learner.steps for learner in learners), perf_counter() - begin
        self.refused += sum(learner.refused for learner in learners)
        for learner in learners:
            learner.close()
        self.rates.append(steps / took)
        self.own.append((spent(self.servers) - before[0]) / max(1, steps) * 1e9)
        self.others_own.append((spent(self.others) - before[1]) / max(1, steps) * 1e9)


def measure(quick: bool) -> Iterator[Table]:
    """All ways in turns."""
    redis, front = redis_server.find_or_install(), nginx.find_or_install()
    if not (redis and front):
        yield Table("nothing", [], f"{'' if redis else redis_server.ABSENT} {'' if front else nginx.ABSENT}".strip())
        return
    with ExitStack() as stack:
        yield _table(_ways(stack, redis, front), QUICK_ROUNDS if quick else ROUNDS, QUICK_SECONDS if quick else SECONDS)


def _ways(stack: ExitStack, redis: str, front: str) -> list[Way]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    store = stack.enter_context(RedisServer(redis, folder))
    url = f"{store.url}?socket_connect_timeout=30"  # a busy machine is not what is measured here
    alone = [stack.enter_context(Server(checked=False)) for _ in range(1 if enough() else 3)]
    three = [stack.enter_context(Server("--store", url, checked=False)) for _ in range(3)]
    proxy = stack.enter_context(Nginx(front, folder, [server.url for server in three]))
    pids = [server.pid for server in three]
    ways = [
        Way("one, in memory", "memory", [alone[0].url], [alone[0].pid]),
        Way("one, on Redis", "Redis", [three[0].url], pids[:1], [store.pid]),
        Way("three, on Redis, behind nginx", "three", [proxy.url], pids, [store.pid, *proxy.pids]),
    ]
    if not enough():
        apart = [server.url for server in alone], [server.pid for server in alone]
        ways.append(Way("three, in memory, each by itself", "three in memory", *apart))
    for way in ways:
        way.begin()
    return ways


def enough() -> bool:
    """Whether each of those who take part can have a core."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) >= ENOUGH_CORES


def _table(ways: list[Way], rounds: int, seconds: float) -> Table:
    for way in ways:  # whoever is asked first fetches what it needs
        asyncio.run(way.go(1))
        way.forget()
    for _ in range(rounds):
        for way in ways:
            asyncio.run(way.go(seconds))
    memory, redis, three, *apart = ways
    lost = [100 - 100 * one / other for one, other in zip(redis.rates, memory.rates, strict=True)]
    lines = [
        *(Line(f"steps, {way.title}", way.rates, "/s") for way in ways),
        Line("the store costs one server, of its steps", lost, "%", LOST),
        Line("three, of one in memory", ratios(three.rates, memory.rates), "×", None if apart else TIMES),
        *(Line(f"a core's time for a step, {way.short}", way.own) for way in ways),
        Line("that of the store and nginx, for three", three.others_own),
        Line("answers that were none", [sum(way.refused for way in ways)], "errors", Target(0)),
    ]
    if apart and all(apart[0].own + three.own):
        own = [3 * one / other for one, other in zip(apart[0].own, three.own, strict=True)]
        lines.insert(6, Line("three with a core each, by a core's time", own, "×", TIMES))
    note = "Three servers, the store, nginx and who asks share cores." if apart else ""
    return Table(f"{LEARNERS} learners who step as fast as they can, {seconds:g} s each way", lines, note)


def spent(pids: list[int]) -> float:
    """Seconds of a core that processes have used, where the system tells."""
    try:
        stats = [Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split() for pid in pids]
    except OSError:
        return 0.0
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")
