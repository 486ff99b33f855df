"""What every store does; each store is run through the same contract."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from app import redis
from app.errors import SessionNotFound, StaleRevision
from app.sessions.codec import KINDS
from app.sessions.memory import MemoryStore
from app.sessions.redis import RedisStore
from app.sessions.sqlite import SQLiteStore
from app.sessions.store import WEEK, Change, Known, Room, SessionStore
from tests.redis_server import RedisServer

T = TypeVar("T")
Make = Callable[..., SessionStore]
Run = Callable[[Any], Any]
ROOMY = Room(100, 10**9)
NEW = Change(
    "a", None, 1, "XOR 2–3–1", 0, 1000.0, {"content": b"c1", "numbers": b"n1", "position": b"p1"}, "owner", made=900.0
)


@pytest.fixture(params=["memory", "sqlite", "redis"])
def make(
    request: pytest.FixtureRequest, tmp_path: Path, runner: asyncio.Runner, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Make]:
    """Makes a new store of each kind; none is hurried."""
    monkeypatch.setattr(redis, "SECONDS", 30.0)
    made: list[SessionStore] = []

    def store(room: Room = ROOMY) -> SessionStore:
        if request.param == "memory":
            made.append(MemoryStore(room))
        elif request.param == "sqlite":
            made.append(SQLiteStore(tmp_path / f"{len(made)}.db", room))
        else:
            server: RedisServer = request.getfixturevalue("redis_server")
            server.empty()
            made.append(RedisStore(redis.RedisServer(server.url), room))
        return made[-1]

    yield store
    for one in made:
        runner.run(one.close())


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def run(runner: asyncio.Runner) -> Run:
    """Waits for what is asked of a store, always on the same event loop."""
    return runner.run


def test_a_session_is_found_by_its_id_as_it_was_saved(make: Make, run: Run) -> None:
    store = make()
    run(store.save(NEW))
    kept = run(store.load("a"))
    assert (kept.listed.revision, kept.parts) == (1, NEW.parts)
    listed = kept.listed
    assert (listed.title, listed.name, listed.made, listed.changed, listed.nbytes) == ("XOR 2–3–1", "", 900, 1000, 6)
    with pytest.raises(SessionNotFound):
        run(store.load("b"))


def test_parts_that_did_not_change_stay(make: Make, run: Run) -> None:
    store = make()
    run(store.save(NEW))
    run(store.save(replace(NEW, before=1, revision=5, iteration=7, at=1010.0, parts={"position": b"p2"})))
    kept = run(store.load("a"))
    assert kept.parts == {"content": b"c1", "numbers": b"n1", "position": b"p2"}
    assert (kept.listed.revision, kept.listed.iteration, kept.listed.made, kept.listed.changed) == (5, 7, 900, 1010)


def test_every_part_counts(make: Make, run: Run) -> None:
    store = make()
    run(store.save(replace(NEW, parts={kind: bytes(10 * number) for number, kind in enumerate(KINDS, 1)})))
    kept = run(store.load("a"))
    assert (set(kept.parts), kept.listed.nbytes) == (set(KINDS), 100)


def test_of_two_who_change_the_same_state_one_is_refused(make: Make, run: Run) -> None:
    store = make()
    run(store.save(NEW))
    run(store.save(replace(NEW, before=1, revision=2)))
    for before in (1, 3, None):
        with pytest.raises(StaleRevision):
            run(store.save(replace(NEW, before=before, revision=9, parts={"position": b"wrong"})))
    assert run(store.load("a")).parts["position"] == b"p1"


def test_of_many_who_change_the_same_state_together_exactly_one_succeeds(make: Make, run: Run) -> None:
    store = make()

    async def together() -> list[object]:
        await store.save(NEW)
        changes = [replace(NEW, before=1, revision=2, parts={"position": b"%d" % number}) for number in range(20)]
        return await asyncio.gather(*map(store.save, changes), return_exceptions=True)

    results = run(together())
    won = [number for number, result in enumerate(results) if result == ()]
    assert len(won) == 1
    assert sum(isinstance(result, StaleRevision) for result in results) == 19
    assert run(store.load("a")).parts["position"] == b"%d" % won[0]


def known(revision: int) -> Known:
    return Known(revision, "me", 1, 1)


def test_it_is_known_whether_somebody_else_has_changed_a_session(make: Make, run: Run) -> None:
    store = make()
    run(store.save(replace(NEW, writer="me")))
    assert run(store.newer("a", known(1))) is None
    run(store.save(replace(NEW, before=1, revision=2, writer="you")))
    newer = run(store.newer("a", known(1)))
    assert newer is not None
    assert newer.revision == 2
    assert run(store.newer("a", known(2))) is None
    run(store.delete("a", "owner", 1500.0))
    for name in ("a", "b"):
        with pytest.raises(SessionNotFound):
            run(store.newer(name, known(2)))


def test_an_owners_sessions_are_listed_and_nobody_elses(make: Make, run: Run) -> None:
    store = make()
    for number, owner in enumerate(["me", "you", "me", ""]):
        run(store.save(replace(NEW, id=str(number), owner=owner, at=1000.0 + number)))
    assert [listed.id for listed in run(store.listed("me"))] == ["2", "0"]
    assert [listed.id for listed in run(store.listed("you"))] == ["1"]
    assert run(store.listed("")) == []


def test_a_session_is_given_a_name_by_its_owner(make: Make, run: Run) -> None:
    store = make()
    run(store.save(NEW))
    assert run(store.rename("a", "owner", "For Monday")).name == "For Monday"
    run(store.save(replace(NEW, before=1, revision=2)))
    assert run(store.load("a")).listed.name == "For Monday"
    for name, owner in (("a", "other"), ("b", "owner"), ("a", "")):
        with pytest.raises(SessionNotFound):
            run(store.rename(name, owner, "Mine"))


def test_a_deleted_session_is_gone_and_can_be_had_back(make: Make, run: Run) -> None:
    store = make()
    run(store.save(NEW))
    with pytest.raises(SessionNotFound):
        run(store.delete("a", "other", 1500.0))
    run(store.delete("a", "owner", 1500.0))
    gone: list[Callable[[], Any]] = [
        lambda: store.load("a"),
        lambda: store.rename("a", "owner", "x"),
        lambda: store.delete("a", "owner", 1501.0),
        lambda: store.save(replace(NEW, before=1, revision=2)),
        lambda: store.undelete("a", "other"),
    ]
    for ask in gone:
        with pytest.raises(SessionNotFound):
            run(ask())
    assert [listed.deleted for listed in run(store.listed("owner"))] == [1500.0]
    assert run(store.undelete("a", "owner")).deleted is None
    assert run(store.load("a")).parts == NEW.parts


def test_a_deleted_session_is_kept_for_a_week(make: Make, run: Run) -> None:
    store = make()
    run(store.save(NEW))
    run(store.delete("a", "owner", 1500.0))
    assert run(store.save(replace(NEW, id="b", at=1500.0 + WEEK))) == ()
    assert run(store.save(replace(NEW, id="c", at=1501.0 + WEEK))) == ("a",)
    with pytest.raises(SessionNotFound):
        run(store.undelete("a", "owner"))


@pytest.mark.parametrize("room", [Room(3, 10**9), Room(100, 18)])
def test_where_room_is_short_the_sessions_leave_that_were_idle_longest(make: Make, run: Run, room: Room) -> None:
    store = make(room)
    for number, name in enumerate("abc"):
        assert run(store.save(replace(NEW, id=name, at=1000.0 + number))) == ()
    assert run(store.save(replace(NEW, id="d", at=1011.0, used={"a": 1010.0}))) == ("b",)
    run(store.delete("d", "owner", 1012.0))
    assert run(store.save(replace(NEW, id="e", at=1013.0))) == ("d",), "what was deleted leaves before what was not"
    assert sorted(listed.id for listed in run(store.listed("owner"))) == ["a", "c", "e"]


def test_the_session_that_is_saved_stays_however_large_it_is(make: Make, run: Run) -> None:
    store = make(Room(100, 10))
    run(store.save(NEW))
    assert run(store.save(replace(NEW, id="b", parts={"content": bytes(50), "numbers": b"", "position": b""}))) == (
        "a",
    )
    assert run(store.load("b")).listed.nbytes == 50


def test_it_is_told_before_which_sessions_leave_next(make: Make, run: Run) -> None:
    store = make(Room(10, 10**9))
    for number in range(9):
        run(store.save(replace(NEW, id=str(number), at=1000.0 + number)))
    assert not any(listed.leaving for listed in run(store.listed("owner")))
    run(store.save(replace(NEW, id="9", at=1009.0)))
    assert [listed.id for listed in run(store.listed("owner")) if listed.leaving] == ["0"]
