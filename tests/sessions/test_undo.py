"""Undo takes back edits and training within a bound of bytes, and any place of a long history is near."""

from __future__ import annotations

import random

import pytest

from app.data.dataset import own_dataset
from app.nn.registry import Choice
from app.sessions.checkpoints import MOST_BYTES as MOST_CHECKPOINT_BYTES
from app.sessions.run import Goal
from app.sessions.session import Session
from app.sessions.start import begin
from app.sessions.timeline import Change
from app.sessions.undo import MOST_BYTES
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .sessions import numbers, session_of

NEAR = 32
"""So many iterations of a small network are computed again in a few milliseconds."""


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_anywhere_in_a_history_of_ten_thousand_iterations_few_are_computed_again(optimizer: str) -> None:
    session = session_of(spec_of(2, 3, 1, optimizer=Choice(optimizer)))
    session.train(10_000, 60)
    draw = random.Random(1)
    for iteration in (0, 1, 5000, 9999, *(draw.randrange(10_000) for _ in range(50))):
        assert iteration - session.timeline.checkpoints.before(iteration)[0] <= NEAR
        session.seek(Cursor(iteration))
        session.iteration.tape()
    assert session.timeline.checkpoints.nbytes <= 2 * MOST_CHECKPOINT_BYTES


def test_a_hundred_edits_of_a_large_network_stay_within_the_bound() -> None:
    data = own_dataset([[0.5] * 200, [0.25] * 200], [[0.0] * 10, [1.0] * 10])
    session = Session("s", begin(spec_of(200, 300, 10, optimizer=Choice("adam")), data))
    for k in range(100):
        session.seek(Cursor(k % 7))
        session.edit_parameters([Change("W1", (0, 0), float(k))])
        session.iteration.tape()
    assert session.edits.nbytes <= MOST_BYTES
    assert session.can_undo
    session.undo()
    session.seek(Cursor(98 % 7))
    assert session.iteration.tape().tensors["W1"][0, 0] == 98


def test_what_was_left_keeps_less_and_is_computed_again_to_the_same_bits() -> None:
    session = session_of(spec_of(2, 50, 1))
    session.train(2000, 60)
    session.seek(Cursor(1777, 3))
    there = numbers(session)
    whole = session.timeline.checkpoints.nbytes
    session.edit_parameters([Change("W1", (0, 0), 1.0)])
    session.seek(Cursor(2000))
    session.undo()
    assert session.timeline.checkpoints.nbytes < whole
    assert numbers(session) == there


def test_training_is_taken_back_and_put_back_like_an_edit() -> None:
    session = session_of()
    session.seek(Cursor(2, 5))
    session.begin_run(Goal(), None)
    session.follow(40)
    end = session.cursor
    session.pause()
    edition = session.edition
    session.undo()
    assert session.cursor == Cursor(2, 5)
    session.redo()
    assert session.cursor == end
    assert session.edition == edition, "the numbers are the same, so that no page needs to fetch them anew"


def test_undoing_while_it_runs_ends_the_run() -> None:
    session = session_of()
    run = session.begin_run(Goal(), None)
    session.follow(10)
    session.undo()
    assert not run.going
    assert session.cursor == Cursor()


def test_another_pace_is_no_other_training() -> None:
    session = session_of()
    session.begin_run(Goal(), None)
    session.follow(5)
    session.begin_run(Goal(), 10.0)
    session.follow(9)
    session.undo()
    assert session.cursor == Cursor()
    assert not session.can_undo


def test_edits_before_during_and_after_training_are_taken_back_one_by_one() -> None:
    session = session_of()
    session.edit_parameters([Change("W1", (0, 0), 1.0)])
    session.begin_run(Goal(), None)
    session.follow(10)
    session.edit_parameters([Change("W1", (0, 0), 2.0)])
    session.follow(20)
    session.pause()
    session.edit_parameters([Change("W1", (0, 0), 3.0)])
    stood = []
    while session.can_undo:
        session.undo()
        stood.append((session.cursor.iteration, len(session.timeline.edits)))
    assert stood == [(20, 2), (10, 1), (0, 1), (0, 0)]
    while session.can_redo:
        session.redo()
    assert len(session.timeline.edits) == 3
