"""One session that is asked too much is refused for a while; others, and a class behind one address, are not."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import httpx
import pytest

from app.api.pace import SECONDS, Pace
from app.errors import TooManyRequests
from app.settings import Settings

from .client import MakeClient, error_of

A, B = "/api/sessions/a/step", "/api/sessions/b"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def asked(pace: Pace, path: str, times: int) -> int:
    """How many of so many requests are let in, each answered before the next comes."""
    let_in = 0
    for _ in range(times):
        try:
            with pace.kept(path):
                let_in += 1
        except TooManyRequests:
            continue
    return let_in


def test_a_session_may_be_asked_quickly_for_a_while_and_then_at_its_rate() -> None:
    clock = Clock()
    pace = Pace(Settings(max_rate=5), clock)
    assert asked(pace, A, 100) == 5 * SECONDS
    assert asked(pace, B, 10) == 10, "another session has its own"
    assert asked(pace, "/api/sessions/a", 1) == 0, "all routes of a session count together"
    clock.now += 2
    assert asked(pace, A, 100) == 10
    clock.now += 1e6
    assert asked(pace, A, 100) == 5 * SECONDS


def test_what_is_no_sessions_and_no_rooms_is_not_counted() -> None:
    pace = Pace(Settings(max_rate=1, max_room_rate=1), Clock())
    for path in ("/", "/api/sessions", "/api/sessions/file", "/api/catalog", "/api/rooms", "/static/icon.svg"):
        assert asked(pace, path, 100) == 100


def test_what_was_asked_long_ago_is_forgotten_and_what_is_under_way_is_not() -> None:
    clock = Clock()
    pace = Pace(Settings(max_waiting=1), clock)
    with pace.kept(A):
        for number in range(1000):
            clock.now += 1
            assert asked(pace, f"/api/sessions/s{number}", 1) == 1
        with pytest.raises(TooManyRequests), pace.kept(A):
            pass
    for number in range(1000, 2000):
        clock.now += 1
        assert asked(pace, f"/api/sessions/s{number}", 1) == 1
        assert len(pace._asked) < 100


def test_so_many_may_wait_for_one_session_and_more_for_one_room() -> None:
    pace = Pace(Settings(max_waiting=3, max_members=4), Clock())
    with ExitStack() as stack:
        for path, most in ((A, 3), ("/api/sessions/a/events", 3), ("/api/sessions/~a", 8), ("/api/rooms/ABCDEF", 8)):
            for _ in range(most):
                stack.enter_context(pace.kept(path))
            with pytest.raises(TooManyRequests):
                stack.enter_context(pace.kept(path))
        assert asked(pace, B, 1) == 1
        with pytest.raises(TooManyRequests):
            stack.enter_context(pace.kept("/api/rooms/ab-cd ef"))  # the same room, as somebody types it
    assert asked(pace, A, 1) == 1


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


def test_thirty_students_behind_one_address_are_never_refused(make_client: MakeClient) -> None:
    client = make_client()
    sessions = [client.session({"preset": "xor"}) for _ in range(30)]
    answers = client.together([("POST", f"{session}/step?view=step", {}) for session in sessions for _ in range(10)])
    assert {answer.status_code for answer in answers} == {200}
