"""Metrics: measured at iterations that only their number decides, and right whatever way led there."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from app.data.dataset import Dataset
from app.data.ready import ready_set
from app.nn.network import Network
from app.nn.registry import Choice
from app.nn.spec import LayerSpec, Spec, checked
from app.sessions.metrics import Judge, Point, due, measured_rows, next_due
from app.sessions.session import Session
from app.sessions.start import begin
from app.sessions.timeline import Change
from app.steps.cursor import Cursor
from tests.networks import spec_of

IRIS = checked(
    Spec(
        (LayerSpec(4), LayerSpec(5, "tanh"), LayerSpec(3, "softmax")),
        loss="cross_entropy",
        initializer=Choice("xavier"),
        batch_size=10,
        shuffle=True,
        l2=0.01,
        seed=3,
    )
)


def split_iris() -> Dataset:
    """Iris with every fifth row kept for testing."""
    data = ready_set("iris")
    kept = np.arange(data.rows) % 5 == 0
    return replace(
        data,
        inputs=data.inputs[~kept],
        targets=data.targets[~kept],
        test_inputs=data.inputs[kept],
        test_targets=data.targets[kept],
    )


def points(session: Session) -> list[Point]:
    return session.timeline.metrics.after(-1)


@pytest.mark.parametrize("per_epoch", [1, 15, 100, 5000])
def test_the_next_one_due_is_the_first_after_it_that_is_due(per_epoch: int) -> None:
    iteration = 0
    for number in range(1, 20_000):
        if due(number, per_epoch):
            assert next_due(iteration, per_epoch) == number
            iteration = number


@pytest.mark.parametrize(("per_epoch", "most"), [(1, 1_000), (15, 1_000), (20_000, 600)])
def test_a_million_iterations_have_no_more_points_than_a_screen_has_pixels(per_epoch: int, most: int) -> None:
    count = iteration = 0
    while iteration < 1_000_000:
        iteration, count = next_due(iteration, per_epoch), count + 1
    assert 150 < count < most


def test_a_point_says_what_the_textbook_computes_on_all_rows() -> None:
    data = split_iris()
    session = Session("s", begin(IRIS, data))
    session.train(40, math.inf)
    session.seek(Cursor(40))
    point = session.timeline.metrics.at(40)
    assert point is not None
    parts = ((data.inputs, data.targets), (data.test_inputs, data.test_targets))
    for (inputs, targets), cost, accuracy in zip(
        parts, (point.cost, point.test_cost), (point.accuracy, point.test_accuracy), strict=True
    ):
        outputs = session.iteration.predict(inputs, 0)[1][-1]
        own = -np.log(outputs[targets == 1])
        assert cost == pytest.approx(own.mean(), rel=1e-12)
        assert accuracy == np.mean(outputs.argmax(axis=1) == targets.argmax(axis=1))


def test_one_output_is_right_in_the_half_of_its_target() -> None:
    session = Session("s", begin(spec_of(2, 3, 1), ready_set("xor")))
    session.train(30, math.inf)
    session.seek(Cursor(30))
    outputs = session.iteration.predict(session.timeline.data.inputs, 0)[1][-1]
    point = session.timeline.metrics.at(30)
    assert point is not None
    assert point.accuracy == np.mean((outputs >= 0.5) == (session.timeline.data.targets >= 0.5))
    assert (point.test_cost, point.test_accuracy) == (None, None)


def test_targets_that_are_no_classes_have_no_accuracy() -> None:
    session = Session("s", begin(spec_of(2, 2), ready_set("two_two_two")))
    assert [point.accuracy for point in points(session)] == [None]


@pytest.mark.parametrize("way", [[300], [100, 3, 299, 300], [*range(0, 301, 7), 300]])
def test_whatever_way_leads_there_the_points_are_the_same(way: list[int]) -> None:
    straight, wandering = (Session("s", begin(IRIS, split_iris())) for _ in range(2))
    straight.train(300, math.inf)
    for iteration in way:
        wandering.seek(Cursor(iteration, 5))
        wandering.iteration.tape()
    measured = [point for point in points(wandering) if point.iteration <= 300]
    assert measured == points(straight)
    assert [point.iteration for point in measured] == [number for number in range(301) if due(number, 12)]


def test_an_edit_leaves_the_points_before_it_and_undo_brings_the_others_back() -> None:
    session = Session("s", begin(spec_of(2, 3, 1), ready_set("xor")))
    session.train(50, math.inf)
    before = points(session)
    session.seek(Cursor(20))
    session.edit_parameters([Change("W1", (0, 0), 9.0)])
    session.train(50, math.inf)
    after = points(session)
    assert after[:20] == before[:20]
    assert all(new != old for new, old in zip(after[20:], before[20:], strict=True))
    session.undo()
    assert points(session) == before


def test_large_data_is_measured_on_rows_evenly_spread() -> None:
    wide = checked(Spec((LayerSpec(400), LayerSpec(400, "tanh"), LayerSpec(1, "sigmoid"))))
    rows = 1000
    data = Dataset("", "", "", np.zeros((rows, 400)), np.arange(rows)[:, None] / rows)
    assert measured_rows(wide, rows) == 20_000_000 // wide.parameter_count < rows
    network = Network(wide)
    network.flat[:] = 0
    point = Judge(data).point(network, 0)
    assert point.cost == pytest.approx(np.mean((data.targets - 0.5) ** 2) / 2, rel=0.02)
