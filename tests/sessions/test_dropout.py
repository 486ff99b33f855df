"""Dropout in a session: every iteration and layer leaves out others, the same by any way, and only where it learns."""

from __future__ import annotations

import numpy as np

from app.nn.network import Network
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .sessions import numbers, session_of


def test_what_dropout_drops_is_the_same_by_any_way() -> None:
    spec = spec_of(2, 8, 8, 1, dropout=0.5, batch_size=2)
    wandering, straight = session_of(spec), session_of(spec)
    for iteration in (3, 700, 6):
        wandering.train(iteration, 60)
        wandering.seek(Cursor(iteration))
        wandering.iteration.tape()
    straight.seek(Cursor(6))
    assert numbers(wandering) == numbers(straight)
    stepped = session_of(spec)
    while stepped.cursor.iteration < 6:
        stepped.step("operation", "next")
        stepped.iteration.tape()
    assert numbers(stepped) == numbers(straight)


def test_every_iteration_and_layer_drops_others() -> None:
    session = session_of(spec_of(2, 40, 40, 1, dropout=0.5, batch_size=4))
    first = session.iteration.tape().tensors
    session.seek(Cursor(1))
    second = session.iteration.tape().tensors
    for one, other in ((first["mask1"], first["mask2"]), (first["mask1"], second["mask1"])):
        assert not np.array_equal(one, other)
    assert set(np.unique(first["mask1"])) == {0, 2}
    assert 0.35 < np.mean(first["mask1"] == 0) < 0.65


def test_nothing_is_dropped_where_nothing_is_learned() -> None:
    session, whole = (session_of(spec_of(2, 8, 1, dropout=p)) for p in (0.5, 0.0))
    beside = session.iteration.tape(3)
    np.testing.assert_array_equal(beside.tensors["mask1"][1], np.ones(8))
    assert beside.tensors["a2"][1] == whole.iteration.tape(3).tensors["a2"][1]
    inputs = session.timeline.data.inputs
    (_, told), (_, wanted) = (one.iteration.predict(inputs, 0) for one in (session, whole))
    np.testing.assert_array_equal(told[2], wanted[2])
    updated = session.iteration.parameters(len(session.iteration.operations))
    again = Network(whole.iteration.spec, updated).plan(1)
    rows = list(session.iteration.batch)
    again.load(inputs[rows], session.timeline.data.targets[rows])
    again.evaluate()
    assert session.iteration.cost_after.total == again.tensors["C"]
