"""What is sent is read within limits: of one body, of all together, of its time, and of its parts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from starlette.types import Message

from app.api.bodies import LARGE, TURNS, Bodies
from app.errors import LimitExceeded, Overloaded, TooLarge, TooSlow
from app.settings import Settings

from .client import Client

SMALL = Settings(max_body_bytes=100, max_file_bytes=200, max_waiting_bytes=250)
STEP, FILE = "/api/sessions/a/step", "/api/sessions/file"


def receiving(*pieces: bytes) -> Any:
    """What a server hands over: a body in pieces; after the last one it waits."""
    left = list(pieces)

    async def receive() -> Message:
        if not left:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    return receive


async def size(bodies: Bodies, path: str, *pieces: bytes) -> int:
    async with bodies.read(path, receiving(*pieces)) as body:
        assert body is not None
        assert bodies.held >= len(body)
        return len(body)


def test_a_body_at_its_limit_is_read_and_one_byte_more_is_not() -> None:
    async def act() -> None:
        bodies = Bodies(SMALL)
        assert await size(bodies, STEP, b"x" * 60, b"x" * 40) == 100
        assert await size(bodies, FILE, b"x" * 200) == 200
        with pytest.raises(TooLarge, match="more than 100 bytes"):
            await size(bodies, STEP, b"x" * 101)
        with pytest.raises(TooLarge, match="more than 200 bytes"):
            await size(bodies, FILE, b"x" * 100, b"x" * 101)
        assert bodies.held == 0

    asyncio.run(act())


def test_all_bodies_together_are_no_more_than_there_is_room_for() -> None:
    async def act() -> None:
        bodies = Bodies(SMALL)
        async with bodies.read(FILE, receiving(b"x" * 200)):
            assert await size(bodies, STEP, b"x" * 50) == 50
            with pytest.raises(Overloaded) as refused:
                await size(bodies, STEP, b"x" * 51)
            assert refused.value.seconds is not None
        assert await size(bodies, STEP, b"x" * 51) == 51
        assert bodies.held == 0

    asyncio.run(act())


def test_a_body_that_does_not_come_in_time_is_given_up() -> None:
    async def act() -> None:
        bodies = Bodies(replace(SMALL, max_body_seconds=0))
        with pytest.raises(TooSlow):
            async with bodies.read(STEP, receiving_half()):
                pass
        assert bodies.held == 0

    asyncio.run(act())


def receiving_half() -> Any:
    """The first half of a body, and then nothing."""
    sent: list[Message] = [{"type": "http.request", "body": b"x" * 50, "more_body": True}]

    async def receive() -> Message:
        return sent.pop() if sent else await asyncio.sleep(3600, {"type": "http.disconnect"})

    return receive


def test_large_bodies_take_turns() -> None:
    async def act() -> int:
        bodies, together, most = Bodies(Settings()), 0, 0

        async def work() -> None:
            nonlocal together, most
            async with bodies.read(STEP, receiving(b" " * LARGE)):
                together += 1
                most = max(most, together)
                await asyncio.sleep(0.001)
                together -= 1

        await asyncio.gather(*(work() for _ in range(5)))
        return most

    assert asyncio.run(act()) == TURNS


@pytest.mark.parametrize("part", [b"[],", b"{},", b'"",', b"[[]],", b"0,"])
def test_millions_of_small_parts_are_refused_before_they_are_read(client: Client, part: bytes) -> None:
    """As lists and texts they would take fifty times as much memory."""
    most = Settings().max_body_bytes
    body = b'{"data": {"inputs": [' + part * ((most - 100) // len(part)) + b'0], "targets": [[1]]}}'
    error = client.refused(422, "POST", "/api/sessions", content=body, headers={"content-type": "application/json"})
    assert (error["code"], "lists and objects" in error["message"]) == ("limit_exceeded", True)


def test_as_many_rows_and_values_as_there_may_be_are_not_too_many_parts() -> None:
    limits = Settings(max_rows=30_000, max_values=60_000)

    async def act(rows: int) -> None:
        data = {"inputs": [[1]] * rows, "targets": [[1]] * rows}
        await size(Bodies(limits), STEP, json.dumps({"data": data}, separators=(",", ":")).encode())

    asyncio.run(act(limits.max_rows))
    with pytest.raises(LimitExceeded):
        asyncio.run(act(limits.max_rows + 5_001))


def test_who_leaves_before_the_end_leaves_nothing(client: Client) -> None:
    async def leaving() -> AsyncIterator[Message]:
        yield {"type": "http.request", "body": b"x" * 50, "more_body": True}
        yield {"type": "http.disconnect"}

    async def act() -> tuple[object, int]:
        bodies, messages = Bodies(SMALL), leaving()
        async with bodies.read(STEP, lambda: anext(messages)) as body:
            pass
        return body, bodies.held

    assert client.run(act()) == (None, 0)
