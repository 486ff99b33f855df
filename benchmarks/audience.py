"""An audience on one event loop: connections that ask, followers that listen, and pages that are opened."""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter_ns
from typing import Any
from urllib.parse import urlsplit

REVISION = re.compile(rb'"state": \{"id":"[^"]+","revision":(\d+),')
KEPT = 200
"""Bytes at the end of what came that may hold the beginning of the next match."""
CONNECTIONS = 6
"""That a browser opens to one server."""


def place_of(url: str) -> tuple[str, int]:
    """The host and port of a server."""
    place = urlsplit(url)
    return place.hostname or "", place.port or 80


@dataclass
class Answer:
    """What came back: a status, the tag by which a browser keeps it, whether for ever, and all its bytes."""

    status: int
    tag: bytes
    kept: bool
    nbytes: int
    body: bytes


class Connection:
    """One connection that stays open and asks one thing after another."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, url: str) -> Connection:
        return cls(*await asyncio.open_connection(*place_of(url)))

    async def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """One request; a body is sent as JSON."""
        sent = b"" if body is None else json.dumps(body).encode()
        told = {"Host": "127.0.0.1", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if body is not None:
            told |= {"Content-Type": "application/json", "Content-Length": str(len(sent))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self._writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + sent)
        head = await self._reader.readuntil(b"\r\n\r\n")
        got = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
        content = await self._body(got)
        kept = b"immutable" in got.get(b"cache-control", b"")
        return Answer(int(head[9:12]), got.get(b"etag", b""), kept, len(head) + len(content), content)

    async def _body(self, headers: dict[bytes, bytes]) -> bytes:
        if b"chunked" not in headers.get(b"transfer-encoding", b""):
            return await self._reader.readexactly(int(headers.get(b"content-length", b"0")))
        parts = []
        while length := int(await self._reader.readuntil(b"\r\n"), 16):
            parts.append((await self._reader.readexactly(length + 2))[:-2])
        await self._reader.readuntil(b"\r\n")
        return b"".join(parts)

    def close(self) -> None:
        self._writer.close()


@dataclass
class Moves:
    """When each move was sent, and when each follower had it or a newer one, in nanoseconds, by the session's revision.

    Of two moves that follow each other closely, only the newer one is told.
    """

    sent: dict[int, int] = field(default_factory=dict)
    had: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    ended: int = 0

    def note(self, before: int, newest: int, now: int) -> None:
        """A follower who stood at one revision now stands at a newer one."""
        for revision in range(before + 1, newest + 1):
            self.had[revision].append(now)

    def last(self, followers: int) -> list[float]:
        """How long the last of so many followers waited, of each move that all had."""
        return [float(max(self.had[move]) - at) for move, at in self.sent.items() if len(self.had[move]) >= followers]

    def missed(self, followers: int) -> int:
        """How often a follower was not told of a move."""
        return sum(followers - len(self.had[move]) for move in self.sent)


class Follower(asyncio.Protocol):
    """One who follows, and notes when a move came."""

    def __init__(self, path: str, moves: Moves) -> None:
        self._path, self._moves = path, moves
        self._tail = b""
        self._newest = -1
        self.first = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(f"GET {self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        now, text = perf_counter_ns(), self._tail + data
        for found in REVISION.finditer(text):
            revision = int(found[1])
            if revision > self._newest:
                self._moves.note(self._newest, revision, now)
                self._newest = revision
            if not self.first.done():
                self.first.set_result(None)
        self._tail = text[-KEPT:]

    def connection_lost(self, error: Exception | None) -> None:
        self._moves.ended += 1


@dataclass
class Visit:
    """What opening the page took: nanoseconds, bytes, and how many answers were no success."""

    took: float = 0
    nbytes: int = 0
    wrong: int = 0
    kept: dict[str, Answer] = field(default_factory=dict)


async def visit(url: str, paths: Sequence[str], before: Visit | None = None) -> Visit:
    """Open the page as a browser does, over six connections; with what an earlier visit left in its cache."""
    begin, made, waiting = perf_counter_ns(), Visit(), list(reversed(paths))

    async def fetch() -> None:
        connection = await Connection.to(url)
        while waiting:
            path = waiting.pop()
            known = before.kept.get(path) if before else None
            if known is not None and known.kept:
                continue
            headers = {"Accept_Encoding": "gzip"}
            tag = {"If_None_Match": known.tag.decode()} if known is not None and known.tag else {}
            answer = await connection.ask("GET", path, **headers, **tag)
            made.nbytes += answer.nbytes
            made.wrong += answer.status not in (200, 304)
            made.kept[path] = answer
        connection.close()

    await asyncio.gather(*(fetch() for _ in range(CONNECTIONS)))
    made.took = perf_counter_ns() - begin
    return made


async def regularly(seconds: float, until: asyncio.Event, work: Callable[[], Awaitable[Any]], begin: float = 0) -> None:
    """Do something every so many seconds, whatever it takes, the first time after `begin` seconds."""
    loop = asyncio.get_running_loop()
    due = loop.time() + begin
    while not until.is_set():
        await asyncio.sleep(max(0.0, due - loop.time()))
        await work()
        due += seconds


async def timed(work: Awaitable[Answer], times: list[float], wrong: list[int]) -> Answer:
    """An answer; how long it took, and its status where it is no success, are noted."""
    begin = perf_counter_ns()
    answer = await work
    times.append(float(perf_counter_ns() - begin))
    if answer.status >= 400:
        wrong.append(answer.status)
    return answer
