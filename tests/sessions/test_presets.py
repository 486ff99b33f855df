"""Presets: each has a seed with which it learns."""

from __future__ import annotations

import numpy as np
import pytest

from app.api.building import new_timeline
from app.api.requests import InitBody
from app.sessions.session import Session
from app.settings import Settings
from app.steps.cursor import Cursor


@pytest.mark.parametrize(("preset", "iterations", "right"), [("or", 400, 1.0), ("xor", 1000, 1.0), ("iris", 600, 0.97)])
def test_a_preset_learns_its_task(preset: str, iterations: int, right: float) -> None:
    session = Session("s", new_timeline(InitBody(preset=preset), Settings()))
    session.train(iterations, 60)
    session.seek(Cursor(iterations))
    data = session.timeline.data
    outputs = session.iteration.predict(data.inputs, 0)[1][-1]
    told = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] > 0.5
    true = data.targets.argmax(axis=1) if outputs.shape[1] > 1 else data.targets[:, 0] > 0.5
    assert np.mean(told == true) >= right
