"""Three servers behind nginx, as they are deployed: one may die, and hardly anybody notices."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from . import nginx
from .nginx import Nginx, free_port
from .redis_server import RedisServer
from .server import Server
from .test_store_faults import until

FAILED = 0.001
"""Of all requests, at most."""
OVER = 2.0
"""Seconds after which no request may fail any more."""


class Learner:
    """Changes a session in every way until it is told to stop; no request says how to know it again."""

    def __init__(self, url: str, number: int) -> None:
        self._draw = Random(number)
        self._api = httpx.Client(base_url=url, timeout=30)
        self.path = f"/api/sessions/{self._api.post('/api/sessions', json={'preset': 'xor'}).json()['id']}"
        self.revision = self.asked = 0
        self.failed: list[float] = []
        self.answered = time.monotonic()

    def live(self, over: Event) -> None:
        with closing(self._api):
            while not over.is_set():
                method, path, body = self._wish()
                self.asked += 1
                try:
                    answer = self._api.request(method, f"{self.path}{path}?view=step", json=body)
                    answer.raise_for_status()
                    state = answer.json()
                except httpx.HTTPError:
                    self.failed.append(time.monotonic())
                    continue
                self.answered = time.monotonic()
                # Each has its effect, and has it once; what was not answered may have had it too.
                assert state["revision"] - self.revision <= 1 + len(self.failed), (method, path, state["revision"])
                assert state["revision"] > self.revision or self.failed
                self.revision = state["revision"]

    def _wish(self) -> tuple[str, str, dict[str, Any]]:
        change = {"tensor": "b1", "index": [0], "value": self._draw.random()}
        wishes: list[tuple[str, str, dict[str, Any]]] = [
            ("POST", "/step", {"granularity": "neuron"}),
            ("POST", "/train", {"iterations": 3}),
            ("PATCH", "/parameters", {"changes": [change]}),
        ]
        return self._draw.choices(wishes, (8, 1, 1))[0]


@pytest.fixture
def path() -> str:
    """Of nginx."""
    found = nginx.find_or_install()
    if not found:
        pytest.skip(nginx.ABSENT)
    return found


class Replica:
    """A server that is at the same address again after it was killed."""

    def __init__(self, store: str) -> None:
        self._flags = "--store", store, "--port", str(free_port())
        self.server = Server(*self._flags)

    def again(self) -> None:
        self.server = Server(*self._flags).__enter__()

    def end(self) -> None:
        self.server.kill()


class Silent(ThreadingHTTPServer):
    """Has a server do what it is sent, and dies each time before it answers."""

    daemon_threads = True

    def __init__(self, url: str) -> None:
        super().__init__(("127.0.0.1", 0), Unanswered)
        self.behind, self.url = url, f"http://127.0.0.1:{self.server_port}/"
        self.lost: list[str] = []


class Unanswered(BaseHTTPRequestHandler):
    server: Silent

    def do_POST(self) -> None:
        body, url = self.rfile.read(int(self.headers["Content-Length"])), self.server.behind + self.path[1:]
        httpx.post(url, content=body, headers=dict(self.headers), timeout=30).raise_for_status()
        self.server.lost.append(self.path)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing."""


def test_what_a_server_did_and_died_of_answering_is_done_once(path: str, tmp_path: Path) -> None:
    """Every second request meets a server that answers nothing; no request says how to know it again."""
    with ExitStack() as stack:
        server = stack.enter_context(Server("--share"))
        silent = stack.enter_context(Silent(server.url))
        Thread(target=silent.serve_forever).start()
        stack.callback(silent.shutdown)
        front = stack.enter_context(Nginx(path, tmp_path, [silent.url, server.url], "max_fails=0"))
        api = stack.enter_context(httpx.Client(base_url=f"{front.url}api/", timeout=30))

        def ask(path: str, body: Any, key: str = "") -> list[Any]:
            """What is answered until an answer got lost."""
            answers, before = [], len(silent.lost)
            while len(silent.lost) == before:
                answer = api.post(path, json=body, headers={"Stepgrad-Room": key})
                assert answer.is_success, f"{path}: {answer.text[:200]}"
                answers.append(answer.json())
            return answers

        sessions = [made["id"] for made in ask("sessions", {"preset": "xor"})]
        opened = ask("rooms", {"session": sessions[0]})
        room, key = f"rooms/{opened[0]['code']}", opened[0]["key"]
        joined = [made["member"] for _ in range(3) for made in ask(f"{room}/members", {})]
        assert joined == list(range(1, len(joined) + 1))
        asked = [made["number"] for _ in range(3) for made in ask(f"{room}/questions", {"text": "?"}, key)]
        assert asked == list(range(1, len(asked) + 1))
        revisions = [made["revision"] for made in ask(f"sessions/{sessions[0]}/step", {})]
        assert revisions == list(range(1, len(revisions) + 1))
        assert silent.lost.count(f"/api/{room}/members") >= 3


@pytest.fixture
def replicas(redis_server: RedisServer) -> Iterator[list[Replica]]:
    """Three on one store."""
    redis_server.empty()
    store = f"{redis_server.url}?socket_connect_timeout=30"  # which is not what is tested here
    made = [Replica(store) for _ in range(3)]
    with ExitStack() as stack:
        for one in made:
            one.server.__enter__()
            stack.callback(one.end)
        yield made


def test_of_three_servers_one_may_be_killed(path: str, replicas: list[Replica], tmp_path: Path, long: bool) -> None:
    urls = [replica.server.url for replica in replicas]
    with Nginx(path, tmp_path, urls) as front:
        for number in range(10 if long else 1):
            killed = replicas[number % 3]
            learners = [Learner(front.url, 10 * number + one) for one in range(6)]
            failed, asked = lost(killed, learners, 5 if long else 0)
            print(f"{len(failed)} of {asked} requests failed ({len(failed) / asked:.3%}), {failed} s after the kill")
            assert len(failed) <= max(1, asked * FAILED)
            assert max(failed, default=0) < OVER
            killed.again()
            for learner in learners:
                states = [httpx.get(f"{url}{learner.path[1:]}", timeout=30).json() for url in urls]
                assert states[0] == states[1] == states[2]
                assert 0 <= states[0]["revision"] - learner.revision <= len(learner.failed)


def lost(killed: Replica, learners: list[Learner], seconds: float) -> tuple[list[float], int]:
    """When requests failed, from the death of a server on, in seconds; and how many there were."""
    over = Event()
    threads = [Thread(target=learner.live, args=(over,)) for learner in learners]
    for thread in threads:
        thread.start()
    until(lambda: all(learner.revision > 20 for learner in learners))
    killed.server.kill()
    at = time.monotonic()
    time.sleep(seconds)
    until(lambda: all(learner.answered > at + OVER for learner in learners))
    over.set()
    for thread in threads:
        thread.join()
    return sorted(failed - at for learner in learners for failed in learner.failed), sum(one.asked for one in learners)


def test_where_all_that_were_tried_are_gone_those_that_are_there_are_asked(path: str, tmp_path: Path) -> None:
    gone = [f"http://127.0.0.1:{free_port()}/" for _ in range(5)]
    with Server() as server, Nginx(path, tmp_path, [*gone, server.url]) as front:
        made = httpx.post(f"{front.url}api/sessions", json={"preset": "xor"}, timeout=30)
        assert made.status_code == 201, made.text


def test_nobody_escapes_the_count_of_wrong_codes_by_saying_where_it_comes_from(path: str, tmp_path: Path) -> None:
    with Server("--share") as server, Nginx(path, tmp_path, [server.url]) as front, httpx.Client(timeout=30) as api:

        def guess(url: str, address: str) -> int:
            return api.get(f"{url}api/rooms/BCDFGH", headers={"X-Forwarded-For": address}).status_code

        answers = [guess(front.url, f"192.0.2.{number}") for number in range(200)]
        assert (answers[0], answers[-1]) == (404, 429)
        assert guess(server.url, "198.51.100.1") == 404  # what its proxy says, a server believes
