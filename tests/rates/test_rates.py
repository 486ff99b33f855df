"""A rate is kept by one server as by several that share a store, where each takes a handful at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import redis
from app.rates import redis as shared
from app.rates.rate import FEW_NAMES, MemoryRates, Rate, Rates
from app.rates.redis import RedisRates
from tests.redis_server import ABSENT, RedisServer, find_or_install

FEW = Rate(60, 3600)
"""So slow that none comes back while a test lasts."""
MANY = Rate(5000, 3600)
Make = Callable[[], Rates]


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes the rates of servers that share them; in memory there is one."""
    monkeypatch.setattr(redis, "SECONDS", 30.0)
    servers: list[redis.RedisServer] = []
    alone = MemoryRates()

    def made() -> Rates:
        if request.param == "memory":
            return alone
        server: RedisServer = request.getfixturevalue("redis_server")
        if not servers:
            server.empty()
        servers.append(redis.RedisServer(server.url))
        return RedisRates(servers[-1])

    yield made
    for server in servers:
        runner.run(server.close())


async def taken(rates: list[Rates], name: str, rate: Rate, times: int) -> int:
    """How many of so many are allowed that are asked of each in turn."""
    return sum([not await rates[number % len(rates)].take(name, rate) for number in range(times)])


def test_so_many_are_allowed_at_all_servers_together(make: Make, runner: asyncio.Runner) -> None:
    rates = [make() for _ in range(3)]
    assert runner.run(taken(rates, "a", FEW, 100)) == FEW.most
    assert runner.run(taken(rates, "b", FEW, 10)) == 10, "another name has its own"
    for one in rates:
        assert FEW.seconds - 60 < runner.run(one.wait("a", FEW)) <= FEW.seconds
        assert FEW.seconds - 60 < runner.run(one.take("a", FEW)) <= FEW.seconds
        assert runner.run(one.wait("b", FEW)) == 0
        assert runner.run(one.wait("never", FEW)) == 0


def test_that_a_handful_is_taken_at_once_lets_no_more_than_that_through(make: Make, runner: asyncio.Runner) -> None:
    rates = [make() for _ in range(3)]
    allowed = runner.run(taken(rates, "a", MANY, 6000))
    assert MANY.most <= allowed <= MANY.most + 3 * MANY.most // shared.HANDFUL


def test_what_is_asked_at_the_same_time_is_counted_once(make: Make, runner: asyncio.Runner) -> None:
    """A class that fetches what is shown: each may find nothing at hand and fetch a handful."""
    rates = make()

    async def together() -> int:
        return sum([not any(await asyncio.gather(*(rates.take("a", MANY) for _ in range(100)))) for _ in range(50)])

    assert runner.run(together()) == MANY.most // 100


def test_they_come_back_with_time(make: Make, runner: asyncio.Runner) -> None:
    quick = Rate(2, 0.02)

    async def waited() -> None:
        rates = make()
        allowed = 0
        async with asyncio.timeout(30):
            while allowed < 6:
                if wait := await rates.take("a", quick):
                    assert wait <= quick.seconds
                    await asyncio.sleep(wait)
                else:
                    allowed += 1

    runner.run(waited())


def test_most_requests_do_not_ask_the_store(
    make: Make, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    run = redis.RedisServer.run

    async def counted(self: redis.RedisServer, script: str, *arguments: object) -> object:
        nonlocal asked
        asked += 1
        return await run(self, script, *arguments)

    monkeypatch.setattr(redis.RedisServer, "run", counted)
    rates = make()
    assert runner.run(taken([rates], "a", MANY, 1000)) == 1000
    assert asked < 1000 // (MANY.most // shared.HANDFUL)
    assert runner.run(taken([rates], "b", MANY, 9)) == 9
    assert asked < 100, "who hardly asks costs nothing"
    asked = 0
    runner.run(taken([rates], "c", FEW, 200))
    assert asked <= FEW.most + 1, "who is refused asks no more until it is time"


def test_where_the_store_does_not_answer_each_server_counts_for_itself(tmp_path: Path, runner: asyncio.Runner) -> None:
    path = find_or_install()
    if not path:
        pytest.skip(ABSENT)
    with RedisServer(path, tmp_path) as server:
        store = redis.RedisServer(server.url)
        rates = RedisRates(store)
        assert runner.run(taken([rates], "a", FEW, 50)) == 50
        server.kill()
        assert runner.run(taken([rates], "a", FEW, 100)) == FEW.most
        assert runner.run(rates.wait("a", FEW)) > 0
        runner.run(store.close())


def test_names_are_forgotten_where_there_are_too_many(
    make: Make, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("app.rates.rate", "app.rates.redis"):
        monkeypatch.setattr(f"{module}.MOST_NAMES", 300)
    rates = make()
    for number in range(1000):
        runner.run(rates.take(str(number), FEW))
    assert isinstance(rates, MemoryRates | RedisRates)
    held = rates._buckets if isinstance(rates, MemoryRates) else rates._held
    assert list(held) == [str(number) for number in range(1000 - len(held), 1000)]
    assert 270 <= len(held) <= 300


def test_a_name_of_which_nothing_happened_lately_takes_no_memory(runner: asyncio.Runner) -> None:
    now = 0.0
    rates, kept = MemoryRates(lambda: now), Rate(1, 1e9)
    assert runner.run(rates.take("kept", kept)) == 0
    for number in range(3000):
        now += 0.1
        assert runner.run(rates.take(str(number), Rate(10, 1))) == 0
    assert len(rates._buckets) <= FEW_NAMES + 20
    assert runner.run(rates.take("kept", kept)) > 0, "it is not full yet"
