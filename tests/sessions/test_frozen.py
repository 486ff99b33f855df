"""Frozen parameters in a session: what is kept for them, where they come from, and the cursor."""

from __future__ import annotations

from functools import partial

import numpy as np

from app.nn.registry import Choice
from app.sessions.timeline import Change
from app.steps.cursor import Cursor
from app.words import words
from tests.networks import spec_of

from .sessions import session_of


def test_what_is_kept_for_frozen_weights_stays_until_they_move_again() -> None:
    session = session_of(spec_of(2, 3, 1, optimizer=Choice("momentum")))
    session.seek(Cursor(3))
    velocity = session.iteration.tape().tensors["velocityW1"].copy()
    assert velocity.any()
    session.edit_spec(spec_of(2, 3, 1, optimizer=Choice("momentum"), frozen=("layer 1",)))
    session.seek(Cursor(6))
    tape = session.iteration.tape()
    np.testing.assert_array_equal(tape.tensors["velocityW1"], velocity)
    np.testing.assert_array_equal(tape.tensors["velocityW1.new"], velocity)
    assert not np.array_equal(tape.tensors["velocityW2"], tape.tensors["velocityW2.new"])


def test_a_frozen_weight_tells_the_start_that_it_comes_from_and_the_others_the_update() -> None:
    session = session_of(spec_of(2, 3, 1, frozen=("W1[0,1]",)))
    session.seek(Cursor(2))
    assert session.iteration.origin_of("W1", (0, 1), words()).startswith("It was drawn at the start")
    assert "the update before" in session.iteration.origin_of("W1", (0, 0), words())


def test_frozen_parameters_tell_the_start_or_the_hand_that_they_come_from() -> None:
    session = session_of(spec_of(2, 3, 1, frozen=("b1",)))
    session.seek(Cursor(1))
    session.edit_parameters([Change("b1", (0,), 1.0)])
    session.seek(Cursor(3))
    told = partial(session.iteration.origin_of, words=words())
    assert told("b1", (1,)).startswith("It was drawn at the start")
    assert told("b1", (0,)) == "It was set by hand, and is frozen since."
    assert "the update before" in told("W1", (0, 0))
    session.seek(Cursor(1))
    assert "at the start of this iteration" in session.iteration.origin_of("b1", (0,), words())


def test_freezing_changes_the_operations_so_the_cursor_goes_to_their_start() -> None:
    session = session_of()
    session.seek(Cursor(2, 20))
    session.edit_spec(spec_of(2, 3, 1, frozen=("b1",)))
    assert session.cursor == Cursor(2, 0)
