"""A change in the past begins a branch, and the old future stays; undo takes back the branch with the change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.data.dataset import own_dataset
from app.data.ready import ready_set
from app.errors import FileInvalid, IndexInvalid, LimitExceeded
from app.nn.registry import Choice
from app.sessions.branches import MOST, MOST_BYTES, held
from app.sessions.saving import file_of
from app.sessions.session import Session
from app.sessions.start import begin
from app.sessions.timeline import Change
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .saved import MOST as MOST_FILE
from .saved import copied, filed
from .sessions import numbers, session_of


def change(session: Session, iteration: int, value: float = 0.25) -> None:
    session.seek(Cursor(iteration))
    session.edit_parameters([Change("W1", (0, 0), value)])


def numbers_on(session: Session) -> list[int]:
    return [branch.number for branch in session.place.branches]


def test_a_change_in_the_past_begins_a_branch_and_the_old_future_stays() -> None:
    session = session_of()
    session.seek(Cursor(9, 4))
    future = numbers(session)
    change(session, 3)
    assert [(one.number, one.parent, one.fork, one.reach) for one in session.place.branches] == [
        (0, None, 0, 9),
        (1, 0, 3, 3),
    ]
    assert session.place.here.number == 1
    session.go_to(session.place.on(0))
    session.seek(Cursor(9, 4))
    assert numbers(session) == future


def test_a_change_where_nothing_lies_ahead_begins_none() -> None:
    session = session_of()
    session.seek(Cursor(9, 4))
    change(session, 9)
    session.step("pass", "next")
    session.edit_parameters([Change("W1", (0, 0), 0.5)])
    assert numbers_on(session) == [0]


def test_other_layers_or_data_after_some_training_begin_a_branch_at_the_start() -> None:
    session = session_of()
    session.seek(Cursor(5))
    session.edit_data(ready_set("or"))
    session.edit_data(ready_set("and"))
    assert numbers_on(session) == [0, 1]
    session.seek(Cursor(5))
    session.edit_spec(spec_of(2, 3, 1, hidden="relu"))
    assert [(one.parent, one.fork) for one in session.place.branches] == [(None, 0), (0, 0), (1, 0)]


def test_undo_takes_a_branch_back_and_redo_puts_it_back() -> None:
    session = session_of()
    session.seek(Cursor(9))
    change(session, 3)
    session.seek(Cursor(6, 2))
    there = numbers(session)
    session.undo()
    assert (numbers_on(session), session.cursor) == ([0], Cursor(3))
    session.redo()
    assert (numbers_on(session), session.cursor) == ([0, 1], Cursor(6, 2))
    assert numbers(session) == there


def test_going_to_a_branch_naming_and_deleting_one_are_taken_back() -> None:
    session = session_of()
    session.seek(Cursor(9))
    change(session, 3)
    session.go_to(session.place.renamed(0, "as it was"))
    session.go_to(session.place.on(0))
    session.go_to(session.place.without(1))
    assert numbers_on(session) == [0]
    session.undo()
    assert (numbers_on(session), session.place.here.number) == ([0, 1], 0)
    session.undo()
    assert (session.place.here.number, session.cursor) == (1, Cursor(3))
    session.undo()
    assert [one.name for one in session.place.branches] == ["", ""]


def test_a_branch_on_purpose_has_what_was_changed_up_to_here_and_nothing_ahead() -> None:
    session = session_of()
    change(session, 2, 0.5)
    change(session, 5, 0.75)
    session.seek(Cursor(2, 7))
    here = numbers(session)
    session.go_to(session.place.branched("slower"))
    assert (session.cursor, session.place.here.name, session.place.here.reach) == (Cursor(2, 7), "slower", 2)
    assert [edit.iteration for edit in session.timeline.edits] == [2]
    assert numbers(session) == here


def test_branches_of_a_deleted_one_leave_the_one_that_it_had_left() -> None:
    session = session_of()
    session.seek(Cursor(9))
    change(session, 3)
    session.seek(Cursor(9))
    change(session, 6)
    session.go_to(session.place.without(1))
    assert [(one.number, one.parent, one.fork) for one in session.place.branches] == [(0, None, 0), (2, 0, 3)]


def test_the_branch_where_one_stands_and_one_that_is_not_there_cannot_be_deleted() -> None:
    place = session_of().place
    with pytest.raises(IndexInvalid):
        place.without(0)
    for wrong in (1, -1, 10**9):
        with pytest.raises(IndexInvalid):
            place.on(wrong)


def test_of_too_many_branches_those_that_nobody_named_go_first() -> None:
    session = session_of()
    session.go_to(session.place.branched("first"))
    for _ in range(MOST + 3):
        session.go_to(session.place.branched(""))
    assert len(numbers_on(session)) == MOST
    assert "first" in [one.name for one in session.place.branches]
    assert 0 not in numbers_on(session)
    for number in numbers_on(session):
        session.go_to(session.place.renamed(number, f"kept {number}"))
    session.seek(Cursor(4))
    before = session.place
    with pytest.raises(LimitExceeded):
        change(session, 2)
    assert session.place.here.number == before.here.number
    assert session.timeline is before.timeline


def test_branches_of_a_large_network_stay_within_the_bound() -> None:
    data = own_dataset([[0.5] * 200, [0.25] * 200], [[0.0] * 10, [1.0] * 10])
    session = Session("s", begin(spec_of(200, 300, 10, optimizer=Choice("adam")), data))
    for _ in range(MOST - 1):
        session.seek(Cursor(9))
        session.iteration.tape()
        session.go_to(session.place.branched(""))
        session.iteration.tape()
    assert held(session.place.others) <= MOST_BYTES
    assert 1 < len(session.place.others) < MOST - 1


@pytest.mark.parametrize("wrong", [{"number": 0}, {"parent": 7}, {"parent": 1}])
def test_a_file_whose_branches_make_no_tree_is_refused(wrong: dict[str, Any]) -> None:
    session = session_of()
    session.go_to(session.place.branched(""))
    session.place = replace(session.place, here=replace(session.place.here, **wrong))
    with pytest.raises(FileInvalid):
        copied(filed(session))


def test_a_branch_that_was_left_is_saved_with_the_parameters_of_where_it_was_left() -> None:
    """As if they came from a processor that rounds otherwise."""
    session = session_of(spec_of(2, 3, 1, optimizer=Choice("adam")))
    session.seek(Cursor(500, 7))
    computed = numbers(session)
    session.timeline.checkpoints.before(500)[1][:] *= 1 + 1e-12
    session.go_to(session.place.branched(""))
    copy = copied(filed(session))
    for one in (session, copy):
        one.go_to(one.place.on(0))
    assert numbers(copy) == numbers(session) != computed
    assert copy.timeline.metrics.after(-1) == session.timeline.metrics.after(-1)


def test_a_light_file_has_the_branch_where_one_stands() -> None:
    session = session_of()
    session.seek(Cursor(9))
    change(session, 3)
    session.go_to(session.place.renamed(1, "other"))
    copy = copied(file_of(session, MOST_FILE, light=True))
    assert [(one.number, one.name, one.parent) for one in copy.place.branches] == [(1, "other", None)]
    assert numbers(copy) == numbers(session)
