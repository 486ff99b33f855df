"""A class whose server is killed or whose store is gone: it goes on, and nothing that was answered is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest

from .api.test_room_streams import Lesson
from .redis_server import ABSENT, RedisServer, find_or_install
from .server import Server
from .test_room_replicas import UNHURRIED, shown
from .test_store_faults import BACK, FAULTS, until


def test_with_a_server_that_is_killed_neither_the_room_nor_what_is_shown_is_lost(
    redis_server: RedisServer, long: bool
) -> None:
    redis_server.empty()
    flags = "--share", "--store", redis_server.url + UNHURRIED
    with Server(*flags) as stays:
        for _ in range(10 if long else 1):
            with Server(*flags) as dies:
                there = Lesson.on(dies.url)
                here = replace(there, url=stays.url)
                student = there.join("Ada")
                with here.stream(there.key) as teacher:
                    with there.stream(student) as stream:
                        stream.until("spotlight")
                        position = there.step()["position"]
                        number = there.ask("POST", "/questions", {"text": "?"})["number"]
                        there.ask("PUT", f"/questions/{number}/answer", {"answer": 7}, student)
                        assert any(told["state"]["position"] == position for told in shown(stream))
                        dies.kill()
                    with here.stream(student) as stream:
                        told = next(shown(stream))
                        assert (told["session"], told["state"]["position"]) == (there.viewing, position)
                        assert told["question"]["mine"] == {"answer": 7}
                        position = here.step()["position"]
                        assert any(told["state"]["position"] == position for told in shown(stream))
                    rooms = (event[2]["members"][0] for event in teacher if event[0] == "room")
                    assert any((one["state"], one["answered"]) == ("away", True) for one in rooms)


def test_after_the_store_was_gone_all_are_at_the_newest_and_nothing_answered_is_lost(
    tmp_path: Path, long: bool
) -> None:
    path = find_or_install()
    if not path:
        pytest.skip(ABSENT)
    for fault in FAULTS if long else ("killed",):
        folder = tmp_path / fault
        folder.mkdir()
        went_on(path, folder, fault, long)


def went_on(path: str, tmp_path: Path, fault: str, long: bool) -> None:
    begin, end, seconds = FAULTS[fault]
    with RedisServer(path, tmp_path) as store, ExitStack() as servers:
        flags = "--share", "--store", store.url + ("" if long else "?socket_connect_timeout=3")
        urls = [servers.enter_context(Server(*flags)).url for _ in range(2)]
        for _ in range(10 if long else 1):
            lesson = Lesson.on(urls[0])
            other = replace(lesson, url=urls[1])
            student = lesson.join()
            with other.stream(student) as stream:
                stream.until("spotlight")
                number = lesson.ask("POST", "/questions", {"text": "?"})["number"]
                other.ask("PUT", f"/questions/{number}/answer", {"answer": 7}, student)
                begin(store)
                with ThreadPoolExecutor(2) as pool:
                    refused = list(pool.map(cover, (lesson, other)))
                assert {answer.status_code for answer in refused} == {503}
                assert all(int(answer.headers["Retry-After"]) >= 1 for answer in refused)
                assert not long or max(answer.elapsed.total_seconds() for answer in refused) < 0.5
                if long:
                    time.sleep(seconds)
                end(store)
                back = time.monotonic()
                until(partial(is_frozen, cycle((lesson, other))))
                told = next(told for told in shown(stream) if told["frozen"])
                took = time.monotonic() - back
                print(f"{fault}: all at the newest {took:.2f} s after it was back")
                assert told["question"]["mine"] == {"answer": 7}
                assert not long or took < BACK


def cover(lesson: Lesson) -> httpx.Response:
    return asked(lesson, "PUT", "/spotlight", {"covered": True})


def is_frozen(turns: Iterator[Lesson]) -> bool:
    """Whether the next server has frozen the room."""
    return asked(next(turns), "PUT", "/frozen", {"frozen": True}).is_success


def asked(lesson: Lesson, method: str, path: str, body: Any) -> httpx.Response:
    """What the teacher is answered, whatever it is."""
    url = f"{lesson.url}api/rooms/{lesson.code}{path}"
    return httpx.request(method, url, json=body, headers={"Stepgrad-Room": lesson.key}, timeout=30)
