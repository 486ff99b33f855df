"""What only a store on a server has to bear: that it does not answer, goes away, and comes back."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis as Blocking

from app import redis
from app.bootstrap import ROOT
from app.errors import NotSaved, StaleRevision
from app.main import create_app
from app.sessions.codec import Kind
from app.sessions.redis import RedisStore
from app.sessions.store import Change, Known, Newer, Room
from app.settings import Settings
from app.transport import Together
from tests.redis_server import ABSENT, RedisServer, find_or_install
from tests.server import environment

ROOM = Room(100, 10**9)
NEW = Change("a", None, 1, "XOR", 0, 1000.0, {"content": b"c", "numbers": b"n", "position": b"1"}, writer="me")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    """One that may be killed; the machine may be busy, so it has a little longer to answer."""
    monkeypatch.setattr(redis, "SECONDS", 1.5)
    path = find_or_install()
    if not path:
        pytest.skip(ABSENT)
    with RedisServer(path, tmp_path) as running:
        yield running


async def again(store: RedisStore, change: Change) -> None:
    """Save as soon as the server answers."""
    async with asyncio.timeout(30):
        while True:
            try:
                await store.save(change)
                return
            except NotSaved:
                await asyncio.sleep(0.05)


def test_what_was_saved_though_nobody_heard_of_it_can_be_replaced_by_who_saved_it(server: RedisServer) -> None:
    """A server that was frozen finds the change in its socket and makes it, long after it was given up."""

    async def lost() -> None:
        store = RedisStore(redis.RedisServer(server.url), ROOM)
        await store.save(NEW)
        server.freeze()
        with pytest.raises(NotSaved):
            await store.save(replace(NEW, before=1, revision=2, parts={"position": b"2"}))
        server.thaw()
        async with asyncio.timeout(30):
            while (await told(store)) != b"2":
                await asyncio.sleep(0.05)
        with pytest.raises(StaleRevision):
            await store.save(replace(NEW, before=1, revision=3, parts={"position": b"x"}, writer="you"))
        assert await store.newer("a", Known(1, "me", 1, 1)) is None
        await store.save(replace(NEW, before=1, revision=3, parts={"position": b"3"}))
        assert await told(store) == b"3"
        await store.close()

    asyncio.run(lost())


async def told(store: RedisStore) -> bytes:
    """Where the session stands; nothing while the server does not answer."""
    try:
        return bytes((await store.load("a")).parts["position"])
    except NotSaved:
        return b""


def test_a_server_that_was_killed_and_is_back_is_found_again_with_all_that_it_was_told(server: RedisServer) -> None:
    async def back() -> None:
        store = RedisStore(redis.RedisServer(server.url), ROOM)
        await store.save(NEW)
        server.kill()
        for _ in range(3):
            with pytest.raises(NotSaved, match="does not answer"):
                await store.load("a")
        server.start()
        await again(store, replace(NEW, before=1, revision=2, parts={"position": b"2"}))
        assert (await store.load("a")).parts == {"content": b"c", "numbers": b"n", "position": b"2"}
        await store.close()

    asyncio.run(back())


def test_connections_that_a_restart_closed_are_opened_again_without_a_failure(server: RedisServer) -> None:
    async def restarted() -> None:
        store = RedisStore(redis.RedisServer(server.url), ROOM)
        await store.save(NEW)
        server.kill()
        server.start()
        await store.save(replace(NEW, before=1, revision=2))
        await store.close()

    asyncio.run(restarted())


def test_after_a_failure_nobody_waits_for_the_server_for_a_moment(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis, "PAUSE", 3600.0)

    async def unasked() -> None:
        asked = redis.RedisServer(server.url)
        store = RedisStore(asked, ROOM)
        server.freeze()
        with pytest.raises(NotSaved):
            await store.load("a")
        monkeypatch.setattr(asked, "_redis", None)  # whoever asked it now would fail otherwise
        with pytest.raises(NotSaved):
            await store.load("a")
        monkeypatch.undo()
        await store.close()

    asyncio.run(unasked())


def test_a_large_session_is_given_the_time_that_it_takes(server: RedisServer) -> None:
    async def large() -> None:
        store = RedisStore(redis.RedisServer(server.url), ROOM)
        await store.save(NEW)
        parts = {**NEW.parts, "content": bytes(range(256)) * 2**18}
        server.freeze()
        saving = asyncio.create_task(store.save(replace(NEW, before=1, revision=2, parts=parts)))
        await asyncio.sleep(2 * redis.SECONDS)
        assert not saving.done()
        server.thaw()
        await saving
        assert (await store.load("a")).parts == parts
        await store.close()

    asyncio.run(large())


def test_a_server_that_is_not_there_at_the_start_ends_in_one_line() -> None:
    command = [sys.executable, "-m", "app", "--no-open", "--port", "0", "--store", "redis://:secret@127.0.0.1:1/0"]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("The store that was named cannot be used: ")
    assert ended.stderr.count("\n") == 1
    assert "secret" not in ended.stderr


def test_where_the_driver_is_missing_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "app.redis")
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(NotSaved, match="needs the packages redis") as caught:
        create_app(Settings.read(["--store", "redis://localhost"], {}))
    assert caught.value.hint.endswith(" -m pip install 'redis[hiredis]'")


def test_what_a_newer_version_saved_is_left_alone(server: RedisServer) -> None:
    from redis import Redis

    with Redis.from_url(server.url) as client:
        client.set("stepgrad:version", 2)
    with pytest.raises(NotSaved, match="newer"):
        RedisStore(redis.RedisServer(server.url), ROOM)


def test_of_what_another_server_saved_only_the_parts_that_are_new_are_told(server: RedisServer) -> None:
    def change(revision: int, parts: dict[Kind, bytes]) -> Change:
        return replace(NEW, before=revision - 1, revision=revision, parts=parts, writer="you")

    async def told() -> None:
        store = RedisStore(redis.RedisServer(server.url), ROOM)
        await store.save(NEW)
        known = Known(1, "me", 1, 1)
        await store.save(change(2, {"position": b"2"}))
        assert await store.newer("a", known) == Newer(2, 1, {"position": b"2"})
        await store.save(change(3, {"position": b"3", "numbers": b"n3"}))
        assert await store.newer("a", known) == Newer(3, 3, {"position": b"3", "numbers": b"n3"})
        assert await store.newer("a", replace(known, computed=3)) == Newer(3, 3, {"position": b"3"})
        await store.save(change(4, {"position": b"4", "content": b"c4"}))
        assert await store.newer("a", replace(known, computed=3)) == Newer(4)
        kept = await store.load("a")
        assert (kept.edited, kept.computed) == (4, 3)
        await store.close()

    asyncio.run(told())


def test_what_is_asked_at_the_same_time_is_sent_together_and_fails_alone(
    server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[bytes] = []
    send = Together._send

    def counted(self: Together) -> None:
        sent.append(self._waiting)
        send(self)

    monkeypatch.setattr(Together, "_send", counted)

    async def asked() -> None:
        one = redis.RedisServer(server.url)
        right, wrong = "return ARGV[1]", "return redis.call('NONE', ARGV[1])"
        for script in (right, wrong):
            with suppress(NotSaved):
                await one.run(script, 0)
        sent.clear()
        answers = await asyncio.gather(
            *(one.run(wrong if number == 3 else right, number) for number in range(20)), return_exceptions=True
        )
        assert isinstance(answers[3], NotSaved)
        assert answers[:3] + answers[4:] == [b"%d" % number for number in range(20) if number != 3]
        assert [together.count(b"EVALSHA") for together in sent] == [20]
        with Blocking.from_url(server.url) as client:
            client.script_flush()
        assert list(await asyncio.gather(one.run(right, "a"), one.run(right, "b"))) == [b"a", b"b"]
        gone = asyncio.create_task(one.run(right, "c"))
        stays = asyncio.create_task(one.run(right, "d"))
        await asyncio.sleep(0)
        gone.cancel()
        assert await stays == b"d", "who goes away takes nobody along"
        await one.close()

    asyncio.run(asked())


def test_of_sessions_only_those_are_heard_that_are_followed(server: RedisServer) -> None:
    async def followed() -> None:
        one, other = (redis.RedisServer(server.url) for _ in range(2))
        heard: list[tuple[str, str]] = []
        one.hear("session", lambda name, writer: heard.append((name, writer)))
        store, revision = RedisStore(other, ROOM), 1
        await store.save(NEW)

        async def saved() -> None:
            nonlocal revision
            revision += 1
            await store.save(replace(NEW, before=revision - 1, revision=revision))
            await one.run("return 1")  # what was published before it is heard by now

        await saved()
        assert heard == [("", "")], "only that it hears from now on"
        one.follow("session", "a", True)
        await saved()
        assert heard[1:] == [("a", ""), ("a", "me")]
        with Blocking.from_url(server.url) as client:
            client.client_kill_filter(_type="pubsub")
        async with asyncio.timeout(30):
            while len(heard) < 5:
                await asyncio.sleep(0.01)
        assert heard[3:] == [("", ""), ("a", "")], "something may have been missed while the line was away"
        one.follow("session", "a", False)
        await saved()
        assert len(heard) == 5
        await one.close()
        await store.close()

    asyncio.run(followed())


def test_a_server_that_wants_a_password_is_told_it_and_the_database(server: RedisServer) -> None:
    with Blocking.from_url(server.url) as client:
        client.config_set("requirepass", "se:cret/")
    address = server.url.replace("redis://", "redis://:se%3Acret%2F@").replace("/0", "/3")

    async def told() -> None:
        store = RedisStore(redis.RedisServer(address), ROOM)
        await store.save(NEW)
        assert (await store.load("a")).parts == NEW.parts
        await store.close()

    asyncio.run(told())
    with pytest.raises(NotSaved, match="cannot be used"):
        redis.RedisServer(server.url)
    with Blocking.from_url(address) as client:
        assert client.exists("stepgrad:session:a")
