"""Presets: each has a seed with which it learns."""

from __future__ import annotations

import numpy as np
import pytest

from app.api.building import new_timeline
from app.api.requests import InitBody
from app.data.ready import ready_set
from app.errors import DataError
from app.sessions.session import Session
from app.sessions.start import begin
from app.settings import Settings
from app.steps.cursor import Cursor
from tests.networks import spec_of


@pytest.mark.parametrize(
    ("preset", "iterations", "right"),
    [("or", 400, 1.0), ("xor", 1000, 1.0), ("iris", 600, 0.97), ("spirals", 2400, 0.99)],
)
def test_a_preset_learns_its_task(preset: str, iterations: int, right: float) -> None:
    session = Session("s", new_timeline(InitBody(preset=preset), Settings()))
    session.train(iterations, 60)
    session.seek(Cursor(iterations))
    data = session.timeline.data
    outputs = session.iteration.predict(data.inputs, 0)[1][-1]
    told = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] > 0.5
    true = data.targets.argmax(axis=1) if outputs.shape[1] > 1 else data.targets[:, 0] > 0.5
    assert np.mean(told == true) >= right


def test_targets_of_a_ready_set_are_not_asked_to_be_changed() -> None:
    spec = spec_of(1, 1, loss="binary_cross_entropy")
    with pytest.raises(DataError) as refusal:
        begin(spec, ready_set("sine", {}))
    assert refusal.value.hint == "Choose another loss, or other data."
