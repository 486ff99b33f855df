"""What is written at the same moment is sent at once, in its order, and nothing of it is lost or piles up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

from app.transport import MOST_WAITING, Together


class Wire:
    """A transport that keeps what it is given to send."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        assert not self.closed
        self.sent.append(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def written(work: Callable[[Together, Wire], Any]) -> Wire:
    wire = Wire()

    async def write() -> None:
        work(Together(cast(asyncio.Transport, wire), asyncio.get_running_loop()), wire)
        await asyncio.sleep(0)

    asyncio.run(write())
    return wire


def test_a_head_and_its_body_go_together() -> None:
    def work(together: Together, wire: Wire) -> None:
        for part in (b"head", b"", b"body"):
            together.write(part)
        assert wire.sent == []

    assert written(work).sent == [b"headbody"]


def test_what_is_written_later_goes_later() -> None:
    wire = Wire()

    async def write() -> None:
        together = Together(cast(asyncio.Transport, wire), asyncio.get_running_loop())
        for part in (b"a", b"b"):
            together.write(part)
            await asyncio.sleep(0)

    asyncio.run(write())
    assert wire.sent == [b"a", b"b"]


def test_closing_sends_what_waits() -> None:
    def work(together: Together, wire: Wire) -> None:
        together.write(b"last")
        together.close()
        assert together.is_closing()

    assert written(work).sent == [b"last"]


def test_much_does_not_wait() -> None:
    def work(together: Together, wire: Wire) -> None:
        for _ in range(3):
            together.write(b"x" * MOST_WAITING)
            together.write(b"y")
        assert sum(map(len, wire.sent)) >= 3 * MOST_WAITING

    assert b"".join(written(work).sent) == (b"x" * MOST_WAITING + b"y") * 3
