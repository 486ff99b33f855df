"""How many edits a session may have, whether a person makes them or a file says so: a small one may say much."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.errors import LimitExceeded, StepgradError
from app.nn.registry import Array
from app.sessions.codec import Kind, pack, parts, unpack
from app.sessions.headers import BranchHeader, Content, EditHeader, PlaceHeader
from app.sessions.timeline import MOST_CHANGES, Change
from app.steps.cursor import Cursor

from .saved import copied, filed
from .sessions import session_of

SET = [Change("b1", (0,), 0.5)]


def test_as_many_edits_as_there_may_be_are_made_saved_and_read_and_one_more_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.sessions.timeline.MOST_EDITS", 20)
    session = session_of()
    for _ in range(20):
        session.edit_parameters(SET)
    with pytest.raises(LimitExceeded, match="21 edits; a session has at most 20"):
        session.edit_parameters(SET)
    copy = copied(filed(session))
    assert (len(copy.timeline.edits), len(copy.edits.past)) == (20, 20)


def test_as_many_parameters_as_may_be_are_set_and_one_more_is_refused() -> None:
    session = session_of()
    session.edit_parameters(SET * MOST_CHANGES)
    with pytest.raises(LimitExceeded, match=f"at most {MOST_CHANGES}"):
        session.edit_parameters(SET)
    assert copied(filed(session)).timeline.edits == session.timeline.edits


def test_what_is_set_on_other_branches_counts_too() -> None:
    session = session_of()
    session.seek(Cursor(3))
    session.seek(Cursor(1))
    session.edit_parameters(SET * (MOST_CHANGES // 2))
    session.seek(Cursor(3))
    session.seek(Cursor(0))
    with pytest.raises(LimitExceeded, match="parameters set by hand"):
        session.edit_parameters(SET * (MOST_CHANGES // 2 + 1))


def test_of_edits_that_are_too_many_for_a_file_the_last_ones_can_be_taken_back() -> None:
    session = session_of()
    for iteration in (3, 2, 1, 0):
        session.seek(Cursor(iteration))
        session.edit_parameters(SET * (MOST_CHANGES // 3))
        for branch in session.place.others:
            session.go_to(session.place.without(branch.number))
    copy = copied(filed(session))
    assert 0 < len(copy.edits.past) < len(session.edits.past)


def bomb(changes: int, edits: int, timelines: int, past: int) -> bytes:
    """A file of a few timelines that each name one edit of many parameters again and again."""
    found: dict[Kind, Any] = dict(parts(filed(session_of())))
    header, arrays = unpack("content", found["content"], Content)
    timeline = header.timelines[0].model_copy(update={"edits": (0,) * edits})
    fields = {
        "edits": (EditHeader(iteration=0, spec=0, changes=changes),),
        "timelines": (timeline,) * timelines,
        "here": BranchHeader(),
        "past": tuple(PlaceHeader(timeline=at % timelines, iteration=0, operation=0) for at in range(past)),
    }
    values: dict[str, Array] = {
        "set": np.tile(np.array([[1, 1, 0, 0]], np.int32), (changes, 1)),
        "values": np.zeros(changes),
    }
    content = pack("content", header.model_copy(update=fields), {**arrays, **values})
    return b"".join([content, *(found[kind] for kind in ("numbers", "position", "data"))])


@pytest.mark.parametrize(
    "said",
    [(1000, 300, 1, 0), (MOST_CHANGES, 1, 300, 300), (1, 90_000, 1, 999), (10, 300, 300, 300), (600_000, 1, 1, 0)],
)
def test_a_file_that_says_more_than_it_holds_makes_no_more_than_it_holds_or_is_refused(
    said: tuple[int, int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = 0

    def counted(*fields: Any) -> Change:
        nonlocal made
        made += 1
        return Change(*fields)

    monkeypatch.setattr("app.sessions.contents.Change", counted)
    content, message = bomb(*said), "edits"
    try:
        copied(content)
    except StepgradError as refusal:
        message = refusal.message
    assert any(word in message for word in ("edits", "changes", "parameters set"))
    assert made <= min(said[0], MOST_CHANGES)
