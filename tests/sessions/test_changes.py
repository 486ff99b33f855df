"""The spec changed on the way: what goes on, what begins anew, and where the cursor stands afterwards."""

from __future__ import annotations

import numpy as np

from app.nn.registry import Choice
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .sessions import numbers, session_of


def test_another_schedule_counts_its_updates_from_the_first() -> None:
    session = session_of(spec_of(2, 3, 1, schedule=Choice("exponential", {"factor": 0.5})))
    session.seek(Cursor(5))
    assert session.iteration.tape().tensors["t"] == 6
    session.edit_spec(spec_of(2, 3, 1, schedule=Choice("warm_up", {"length": 4.0})))
    assert session.iteration.tape().tensors["t"] == 1
    assert session.iteration.tape().tensors["eta"] == 0.1 / 4
    session.seek(Cursor(4))
    assert session.iteration.tape().tensors["t"] == 5


def test_another_optimizer_begins_with_nothing_remembered() -> None:
    session = session_of(spec_of(2, 3, 1, optimizer=Choice("adam")))
    session.seek(Cursor(5))
    assert session.iteration.tape().tensors["t"] == 6
    session.edit_spec(spec_of(2, 3, 1, optimizer=Choice("momentum")))
    tape = session.iteration.tape()
    assert tape.tensors["t"] == 1
    assert not tape.tensors["velocityW1"].any()
    session.seek(Cursor(6))
    assert session.iteration.tape().tensors["t"] == 2
    session.seek(Cursor(4))
    assert session.iteration.tape().tensors["t"] == 5


def test_a_new_learning_rate_acts_from_this_iteration_on() -> None:
    session = session_of()
    session.seek(Cursor(2))
    before = session.iteration.tape().tensors["W1.new"].copy()
    session.edit_spec(spec_of(2, 3, 1, optimizer=Choice("sgd", {"learning_rate": 2.0})))
    after = session.iteration.tape()
    assert not np.array_equal(after.tensors["W1.new"], before)
    np.testing.assert_array_equal(after.tensors["W1.new"], after.tensors["W1"] - 2.0 * after.tensors["dW1"])
    session.seek(Cursor(1))
    assert session.iteration.spec.optimizer["learning_rate"] == 0.1


def test_another_loss_starts_again_from_the_same_parameters() -> None:
    session = session_of()
    start = numbers(session)["W1"]
    session.seek(Cursor(5, 3))
    session.edit_spec(spec_of(2, 3, 1, loss="binary_cross_entropy"))
    assert session.cursor == Cursor()
    assert numbers(session)["W1"] == start


def test_another_penalty_changes_the_operations_so_the_cursor_goes_to_their_start() -> None:
    session = session_of(spec_of(2, 3, 1, l2=0.1))
    session.seek(Cursor(2, 20))
    session.edit_spec(spec_of(2, 3, 1, l1=0.1))
    assert session.cursor == Cursor(2)


def test_other_layers_start_again_from_new_parameters() -> None:
    session = session_of()
    session.seek(Cursor(5, 3))
    session.edit_spec(spec_of(2, 4, 1))
    assert session.cursor == Cursor()
    assert session.iteration.tape().tensors["W1"].shape == (4, 2)
    session.undo()
    assert session.cursor == Cursor(5, 3)
    assert session.iteration.tape().tensors["W1"].shape == (3, 2)


def test_another_batch_size_begins_a_new_epoch() -> None:
    session = session_of()
    session.seek(Cursor(2))
    session.edit_spec(spec_of(2, 3, 1, batch_size=3))
    batches = session.iteration.batches
    assert [batches.examples(iteration) for iteration in (2, 3)] == [(0, 1, 2), (3,)]
    assert batches.epoch(2) == 1
