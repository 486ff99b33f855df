"""One session that is asked too much is refused for a while; others, and a class behind one address, are not."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest

from app.api.pace import SECONDS, Pace
from app.errors import TooManyRequests
from app.rates.rate import MemoryRates
from app.settings import Settings

from .client import MakeClient, error_of
from .rooms import Class

A, B = "/api/sessions/a/step", "/api/sessions/b"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def asked(pace: Pace, path: str, times: int) -> int:
    """How many of so many requests are let in, each answered before the next comes."""

    async def all_of_them() -> int:
        let_in = 0
        for _ in range(times):
            try:
                async with pace.kept(path):
                    let_in += 1
            except TooManyRequests:
                continue
        return let_in

    return asyncio.run(all_of_them())


def pace_of(clock: Clock | None = None, **limits: Any) -> Pace:
    return Pace(Settings(**limits), MemoryRates(clock or Clock()))


def test_a_session_may_be_asked_quickly_for_a_while_and_then_at_its_rate() -> None:
    clock = Clock()
    pace = pace_of(clock, max_rate=5)
    assert asked(pace, A, 100) == 5 * SECONDS
    assert asked(pace, B, 10) == 10, "another session has its own"
    assert asked(pace, "/api/sessions/a", 1) == 0, "all routes of a session count together"
    clock.now += 2
    assert asked(pace, A, 100) == 10
    clock.now += 1e6
    assert asked(pace, A, 100) == 5 * SECONDS


def test_what_is_no_sessions_and_no_rooms_is_not_counted() -> None:
    pace = pace_of(max_rate=1, max_room_rate=1)
    for path in ("/", "/api/sessions", "/api/sessions/file", "/api/catalog", "/api/rooms", "/static/icon.svg"):
        assert asked(pace, path, 100) == 100


def test_so_many_may_wait_for_one_session_and_more_for_one_room() -> None:
    pace = pace_of(max_waiting=3, max_members=4)

    async def crowded() -> None:
        async with AsyncExitStack() as stack:
            for path, most in (
                (A, 3),
                ("/api/sessions/a/events", 3),
                ("/api/sessions/~a", 8),
                ("/api/rooms/ABCDEF", 8),
            ):
                for _ in range(most):
                    await stack.enter_async_context(pace.kept(path))
                with pytest.raises(TooManyRequests):
                    await stack.enter_async_context(pace.kept(path))
            async with pace.kept(B):
                pass
            with pytest.raises(TooManyRequests):  # the same room, as somebody types it
                await stack.enter_async_context(pace.kept("/api/rooms/ab-cd ef"))

    asyncio.run(crowded())
    assert asked(pace, A, 1) == 1
    assert not pace._under_way, "nothing is remembered of what is over"


def test_of_a_flood_on_one_session_some_are_told_when_to_come_back_and_others_notice_nothing(
    make_client: MakeClient,
) -> None:
    client = make_client(max_waiting=8)
    flooded, other = client.session({"preset": "xor"}), client.session({"preset": "xor"})

    async def flood() -> tuple[list[httpx.Response], list[httpx.Response]]:
        async with (await client.app.state.desk.get(flooded.rsplit("/", 1)[1])).lock:
            flooding = [asyncio.create_task(client.asking("POST", f"{flooded}/step", {})) for _ in range(50)]
            answers = [await client.asking("POST", f"{other}/step", {}) for _ in range(20)]
            while sum(asking.done() for asking in flooding) < 42:
                await asyncio.sleep(0.001)
        return await asyncio.gather(*flooding), answers

    answers, others = client.run(flood())
    assert sorted(answer.status_code for answer in answers) == [200] * 8 + [429] * 42
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert error_of(refused)["code"] == "too_many_requests"
    assert refused.headers["retry-after"] == "1"
    assert [answer.status_code for answer in others] == [200] * 20


def test_of_a_crowd_that_looks_none_but_the_first_keeps_the_teacher_waiting(make_client: MakeClient) -> None:
    client = make_client(share=True)
    class_ = Class.opened(client)
    done: list[str] = []

    async def asking(who: str, method: str, path: str, body: object = None) -> None:
        assert (await client.asking(method, path, body)).is_success
        done.append(who)

    async def crowded() -> None:
        async with (await client.app.state.desk.get(class_.session)).lock:
            asked = [asyncio.create_task(asking("student", "GET", f"{class_.seen}/regions?size=16")) for _ in range(30)]
            while client.app.state.counts.under_way < 30:
                await asyncio.sleep(0)
            asked.append(asyncio.create_task(asking("teacher", "POST", f"/api/sessions/{class_.session}/step", {})))
            while client.app.state.counts.under_way < 31:
                await asyncio.sleep(0)
            await asyncio.sleep(0.01)
        await asyncio.gather(*asked)

    client.run(crowded())
    assert done.index("teacher") <= 2


def test_thirty_students_behind_one_address_are_never_refused(make_client: MakeClient) -> None:
    client = make_client()
    sessions = [client.session({"preset": "xor"}) for _ in range(30)]
    answers = client.together([("POST", f"{session}/step?view=step", {}) for session in sessions for _ in range(10)])
    assert {answer.status_code for answer in answers} == {200}
