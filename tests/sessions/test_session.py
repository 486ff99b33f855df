"""A session at a position: its tape, its costs, its predictions, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.data.dataset import Dataset
from app.errors import IndexInvalid, NotDue, StaleRevision
from app.nn.spec import LayerSpec, Spec
from app.sessions.session import Session
from app.sessions.start import begin
from app.sessions.timeline import Change
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .sessions import session_of


def test_a_row_beside_the_batch_is_computed_and_moves_nothing() -> None:
    session = session_of()
    alone = session.iteration.tape().tensors["W1.new"].copy()
    tape = session.iteration.tape(3)
    assert tape.rows == (0, 3)
    assert tape.tensors["a2"].shape == (2, 1)
    np.testing.assert_array_equal(tape.tensors["W1.new"], alone)
    inputs = session.timeline.data.inputs[3]
    weights, biases = tape.tensors["W1"], tape.tensors["b1"]
    np.testing.assert_allclose(tape.tensors["z1"][1], weights @ inputs + biases, rtol=1e-15)


def test_without_a_penalty_the_cost_is_that_of_the_data_to_the_bit() -> None:
    session = session_of(spec_of(4, 5, 3, output="softmax", loss="cross_entropy", batch_size=11), "iris")
    for iteration in range(20):
        session.seek(Cursor(iteration))
        assert session.iteration.cost.data == session.iteration.cost.total


def test_a_pass_that_is_not_due_is_refused_and_says_which_is() -> None:
    session = session_of()
    with pytest.raises(NotDue) as refusal:
        session.step_due("pass", "backward")
    assert refusal.value.due == "forward"
    for due in ("forward", "forward", "backward", "backward", "forward"):
        session.step_due("pass", due)
    assert session.cursor == Cursor(1, 0)


def test_an_old_revision_is_refused_and_a_repeated_request_has_one_effect() -> None:
    session = session_of()
    assert session.admission.admit(session.revision, 0, "first")
    session.step("operation", "next")
    session.admission.remember("first")
    assert not session.admission.admit(session.revision, 0, "first")
    with pytest.raises(StaleRevision):
        session.admission.admit(session.revision, 0, "second")
    assert session.admission.admit(session.revision, 1, "second")


def test_the_cost_after_the_update_is_that_of_the_updated_parameters_on_the_same_batch() -> None:
    session = session_of()
    after = session.iteration.cost_after
    moved = session_of()
    moved.edit_parameters(
        [
            Change(name.removesuffix(".new"), tuple(int(i) for i in index), float(values[index]))
            for name, values in session.iteration.tape().tensors.items()
            if name.endswith(".new")
            for index in np.ndindex(values.shape)
        ]
    )
    assert moved.iteration.cost == after


def test_a_prediction_in_the_middle_of_an_update_uses_what_is_updated_so_far() -> None:
    session = session_of()
    tape = session.iteration.tape()
    position = session.iteration.operations.writer("W1.new", (1, 0))
    assert position is not None
    weights = session.iteration.parameter("W1", position)
    np.testing.assert_array_equal(weights[0], tape.tensors["W1.new"][0])
    np.testing.assert_array_equal(weights[1:], tape.tensors["W1"][1:])


def test_a_row_to_test_on_is_shown_beside_the_batch_and_never_trained_on() -> None:
    data = Dataset("", "", "", np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[1.0], [0.0]]))
    tested = replace(data, test_inputs=np.array([[0.3, 0.7]]), test_targets=np.array([[1.0]]))
    spec = Spec((LayerSpec(2), LayerSpec(1, "sigmoid")), batch_size=2)
    with_tests, without = (Session("s", begin(spec, rows)) for rows in (tested, data))
    tape = with_tests.iteration.tape(2)
    assert tape.rows == (0, 1, 2)
    assert tape.tensors["a0"][2].tolist() == [0.3, 0.7]
    assert with_tests.iteration.parameters(len(with_tests.iteration.operations)).tolist() == (
        without.iteration.parameters(len(without.iteration.operations)).tolist()
    )
    with pytest.raises(IndexInvalid, match="0 to 2"):
        with_tests.iteration.tape(3)
