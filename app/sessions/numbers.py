"""Numbers: what was computed on a timeline, as arrays that are saved, and given back to it once they are checked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..nn.parameters import nothing_remembered
from ..nn.registry import Array
from . import headers
from .branches import Branch
from .checkpoints import Checkpoints
from .codec import array_of, damaged
from .divergence import Divergence
from .metrics import Judge, Point
from .timeline import Timeline

MOST_POINTS = 20_000
"""Of a curve; sixty-four are measured each time that the number of iterations doubles."""
POINT = ("cost", "test_cost", "accuracy", "test_accuracy")


def is_kept(branch: Branch) -> bool:
    """Whether the parameters of where it was left need not be computed."""
    return branch.timeline.checkpoints.before(branch.cursor.iteration)[0] == branch.cursor.iteration


def numbers_on(branch: Branch, most_bytes: int, curve: bool) -> tuple[headers.Measured, dict[str, Array]]:
    """What was computed on a branch: the checkpoint where it was left, some others, and its curve if that is wanted."""
    checkpoints, metrics = branch.timeline.checkpoints, branch.timeline.metrics
    kept = checkpoints.among(branch.cursor.iteration, most_bytes)
    points = metrics.after(-1) if curve else []
    header = headers.Measured(
        furthest=checkpoints.furthest,
        visited=checkpoints.visited,
        iterations=tuple(kept),
        newest=metrics.newest.iteration if metrics.newest and curve else None,
        last=checkpoints.last,
        divergence=_divergence(checkpoints.divergence),
    )
    arrays = {f"at{iteration}": everything for iteration, everything in kept.items()}
    arrays["measured"] = np.array([point.iteration for point in points], np.int64)
    arrays["points"] = np.array([[_number(getattr(point, name)) for name in POINT] for point in points], np.float64)
    arrays["points"] = arrays["points"].reshape(len(points), len(POINT))
    return header, arrays


def give_numbers(timeline: Timeline, told: headers.Measured, arrays: Mapping[str, Array]) -> None:
    """Let a timeline know what was computed on it.

    Raises:
        FileInvalid: the numbers are not as they are said to be, or do not fit the timeline.
    """
    checkpoints, metrics = timeline.checkpoints, timeline.metrics
    for iteration in told.iterations:
        spec = timeline.spec_before(iteration)
        everything = array_of(arrays, f"at{iteration}", spec.dtype, 1)
        size = spec.parameter_count + len(nothing_remembered(spec))
        if not iteration or len(everything) != size or not np.isfinite(everything).all():
            raise damaged("parameters of an iteration are not as expected")
        checkpoints.give(iteration, everything)
    _give_end(checkpoints, told)
    checkpoints.furthest = max(checkpoints.furthest, min(told.furthest, told.iterations[-1] if told.iterations else 0))
    checkpoints.visited = min(told.visited, checkpoints.furthest)
    measured, points = array_of(arrays, "measured", "i8", 1), array_of(arrays, "points", "f8", 2)
    if points.shape != (len(measured), len(POINT)) or (measured < 0).any() or len(measured) > MOST_POINTS:
        raise damaged("points of the curve are missing")
    found = _points(measured, points, timeline.data.tests > 0, Judge(timeline.data).classifies)
    for point in sorted(found, key=lambda point: point.iteration == told.newest):
        metrics.keep(point)


def _give_end(checkpoints: Checkpoints, told: headers.Measured) -> None:
    if told.last is None:
        return
    if any(iteration > told.last for iteration in told.iterations):
        raise damaged("there are iterations after the last one")
    checkpoints.last = told.last
    if told.divergence is not None:
        fields = told.divergence.model_dump()
        checkpoints.divergence = Divergence(**{**fields, "value": float(fields["value"])})


def _points(measured: Array, points: Array, tested: bool, classified: bool) -> list[Point]:
    """Points as they were saved; what there is nothing to measure for is None."""
    return [
        Point(
            int(iteration),
            cost,
            test_cost if tested else None,
            accuracy if classified else None,
            test_accuracy if tested and classified else None,
        )
        for iteration, (cost, test_cost, accuracy, test_accuracy) in zip(measured, points.tolist(), strict=True)
    ]


def _divergence(found: Divergence | None) -> headers.DivergenceHeader | None:
    return None if found is None else headers.DivergenceHeader(**{**vars(found), "value": repr(found.value)})


def _number(value: float | None) -> float:
    return np.nan if value is None else value
