"""Parameters edited by hand: from which iteration on, taken back, put back, refused."""

from __future__ import annotations

import numpy as np
import pytest

from app.data.ready import ready_set
from app.errors import IndexInvalid, NothingToUndo, SpecError
from app.nn.parameters import GivenLayer
from app.sessions.session import Session
from app.sessions.start import begin
from app.sessions.timeline import Change
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .sessions import session_of, trained


def test_an_edit_acts_at_the_start_of_the_iteration_and_the_cursor_stays() -> None:
    session = session_of()
    session.seek(Cursor(3, 20))
    session.edit_parameters([Change("W1", (0, 1), 0.25)])
    assert session.cursor == Cursor(3, 20)
    assert session.iteration.tape().tensors["W1"][0, 1] == 0.25
    session.seek(Cursor(2))
    assert session.iteration.tape().tensors["W1"][0, 1] != 0.25


def test_an_edit_can_be_taken_back_and_put_back_with_its_future() -> None:
    session = session_of()
    future = trained(session, 9)
    session.seek(Cursor(4, 3))
    session.edit_parameters([Change("b2", (0,), -2.0)])
    edited = trained(session, 9)
    assert edited != future
    session.undo()
    assert session.cursor == Cursor(4, 3)
    assert trained(session, 9) == future
    session.redo()
    assert trained(session, 9) == edited


def test_a_hundred_edits_can_be_taken_back() -> None:
    session = session_of()
    for value in range(102):
        session.edit_parameters([Change("b2", (0,), float(value))])
    for _ in range(100):
        session.undo()
    assert session.iteration.tape().tensors["b2"][0] == 1.0
    assert not session.can_undo


def test_there_is_nothing_to_take_back_before_the_first_edit() -> None:
    with pytest.raises(NothingToUndo):
        session_of().undo()


def test_given_and_edited_start_parameters_survive_what_does_not_resize_them() -> None:
    spec = spec_of(2, 2, 1)
    given = [GivenLayer([[0.15, 0.2], [0.25, 0.3]], [0.35, 0.35]), GivenLayer([[0.4, 0.45]], [0.6])]
    session = Session("s", begin(spec, ready_set("xor"), given))
    session.edit_parameters([Change("W1", (0, 0), 5.0)])
    session.seek(Cursor(4, 3))
    for other in (
        spec_of(2, 2, 1, loss="binary_cross_entropy"),
        spec_of(2, 2, 1, hidden="sigmoid"),
        spec_of(2, 2, 1, dtype="float32"),
    ):
        session.edit_spec(other)
        assert session.cursor == Cursor()
        np.testing.assert_allclose(session.iteration.tape().tensors["W1"], [[5.0, 0.2], [0.25, 0.3]], rtol=1e-7)


def test_an_empty_list_of_parameters_is_not_taken_for_none() -> None:
    with pytest.raises(SpecError):
        begin(spec_of(2, 1), ready_set("or"), [])


@pytest.mark.parametrize("change", [Change("z1", (0,), 1.0), Change("W1", (0,), 1.0), Change("W1", (3, 0), 1.0)])
def test_a_parameter_that_does_not_exist_is_refused_and_nothing_changes(change: Change) -> None:
    session = session_of()
    with pytest.raises(IndexInvalid):
        session.edit_parameters([Change("W1", (0, 0), 5.0), change])
    assert session.revision == 0
    assert session.iteration.tape().tensors["W1"][0, 0] != 5.0
