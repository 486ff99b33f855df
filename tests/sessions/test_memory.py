"""What every store does; each store is run through the same contract."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.data.ready import ready_set
from app.errors import SessionNotFound
from app.sessions.memory import MemoryStore
from app.sessions.session import Session
from app.sessions.start import begin
from app.sessions.store import SessionStore
from tests.networks import spec_of

STORES: list[Callable[[int], SessionStore]] = [MemoryStore]


def session(name: str) -> Session:
    return Session(name, begin(spec_of(2, 1), ready_set("or")))


@pytest.mark.parametrize("make", STORES)
def test_a_session_is_found_by_its_id_until_it_is_removed(make: Callable[[int], SessionStore]) -> None:
    store, kept = make(3), session("a")
    store.add(kept)
    assert store.get("a") is kept
    store.remove("a")
    for forgotten in (store.get, store.remove):
        with pytest.raises(SessionNotFound):
            forgotten("a")


@pytest.mark.parametrize("make", STORES)
def test_the_session_that_was_idle_longest_leaves_first(make: Callable[[int], SessionStore]) -> None:
    store = make(2)
    for name in "ab":
        store.add(session(name))
    store.get("a")
    store.add(session("c"))
    with pytest.raises(SessionNotFound):
        store.get("b")
    assert [store.get(name).id for name in "ac"] == ["a", "c"]
