"""A store that is gone for a while: it is said at once, nothing that was answered is lost, and then all goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from .redis_server import ABSENT, RedisServer, find_or_install
from .server import Server

LONGEST = 0.5
"""Seconds that a request may take while the store is gone."""
BACK = 2.0
"""Seconds after which all have to be served again."""
FAULTS: dict[str, tuple[Callable[[RedisServer], None], Callable[[RedisServer], None], float]] = {
    "killed": (RedisServer.kill, RedisServer.start, 5),
    "frozen": (RedisServer.freeze, RedisServer.thaw, 10),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RedisServer]:
    """One that may be killed."""
    path = find_or_install()
    if not path:
        pytest.skip(ABSENT)
    with RedisServer(path, tmp_path) as running:
        yield running


class Learner:
    """Steps through a session until it is told to stop, at one server and then at the next."""

    def __init__(self, urls: list[str]) -> None:
        self.apis = [httpx.Client(base_url=url, timeout=30) for url in urls]
        made = self.apis[0].post("/api/sessions", json={"preset": "xor"}).json()
        self.path = f"/api/sessions/{made['id']}"
        self.answered = self.refused = 0
        self.slowest = 0.0
        self.newest: dict[str, Any] = made
        self.served = time.monotonic()

    def live(self, over: Event) -> None:
        number = 0
        while not over.is_set():
            number += 1
            begun = time.monotonic()
            answer = self.apis[number % len(self.apis)].post(f"{self.path}/step", json={"granularity": "operation"})
            self.slowest = max(self.slowest, time.monotonic() - begun)
            if answer.is_success:
                self.newest, self.served = answer.json(), time.monotonic()
                self.answered += 1
            else:
                assert answer.status_code == 503, answer.text
                assert answer.json()["error"]["code"] == "not_saved"
                self.refused += 1
                over.wait(0.01)

    def check(self) -> None:
        """All who are asked know the newest state that was answered, or one that was asked for and refused."""
        until(lambda: self.apis[0].get(self.path).json() == self.apis[1].get(self.path).json())
        states = [api.get(self.path).json() for api in self.apis]
        assert self.newest["revision"] <= states[0]["revision"] <= self.newest["revision"] + self.refused
        assert self.answered <= states[0]["revision"] <= self.answered + self.refused

    def close(self) -> None:
        for api in self.apis:
            api.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_while_the_store_is_gone_changes_are_refused_and_then_all_goes_on(
    store: RedisServer, fault: str, long: bool
) -> None:
    with Server("--store", store.url) as one, Server("--store", store.url) as other:
        for _ in range(10 if long else 1):
            before, slowest, took = endured(store, fault, [one.url, other.url], long)
            print(f"{fault}: slowest request {slowest:.2f} s ({before:.2f} s before), all went on in {took:.2f} s")
            assert not long or (slowest < LONGEST and took < BACK)


def endured(store: RedisServer, fault: str, urls: list[str], long: bool) -> tuple[float, float, float]:
    """The seconds of the slowest request before and meanwhile, and those until all learners were served again."""
    begin, end, seconds = FAULTS[fault]
    learners, over = [Learner(urls) for _ in range(3)], Event()
    watching = [httpx.Client(base_url=url, timeout=30) for url in urls]  # to make one takes long, of all threads
    threads = [Thread(target=learner.live, args=(over,)) for learner in learners]
    for thread in threads:
        thread.start()
    until(lambda: all(learner.answered > 10 for learner in learners))
    before = forget_slowest(learners)
    begin(store)
    until(lambda: all(learner.refused > 3 for learner in learners))
    for api in watching:
        assert api.get("/healthz").is_success
        assert api.get("/readyz").status_code == 503
    if long:
        time.sleep(seconds)
    slowest = forget_slowest(learners)
    end(store)
    back = time.monotonic()
    until(lambda: all(learner.served > back for learner in learners))
    took = max(learner.served for learner in learners) - back
    until(lambda: all(api.get("/readyz").is_success for api in watching))
    over.set()
    for learner, thread in zip(learners, threads, strict=True):
        thread.join()
        learner.check()
        learner.close()
    for api in watching:
        api.close()
    return before, slowest, took


def forget_slowest(learners: list[Learner]) -> float:
    """The seconds of the slowest request so far, which begin anew."""
    slowest = max(learner.slowest for learner in learners)
    for learner in learners:
        learner.slowest = 0.0
    return slowest


def until(met: Callable[[], bool]) -> None:
    """Wait for it."""
    for _ in range(600):
        if met():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come about")
