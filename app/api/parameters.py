"""One weight or bias looked at closely: what a nudge does to the cost, and its history. Nothing here changes one."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query

from ..nn.gradcheck import Nudge
from ..sessions.trainer import approach, complete
from .answers import Answer
from .opening import SessionId, Store, index_of, opened

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["parameters"])

Epsilon = Annotated[
    float | None,
    Query(gt=0, le=1e12, allow_inf_nan=False, description="by how much; what suits dtype and value if left out"),
]


class KinkAnswer(Answer):
    """A number that is not on one side of a kink for all three values of the parameter."""

    tensor: str
    index: tuple[int, ...]


class NudgeAnswer(Answer):
    """The cost of the batch at w − epsilon, w and w + epsilon, with everything else as at the iteration's start.

    `quotient` is (above − below) / 2·epsilon, `gradient` what backpropagation found, penalties in both. `error` is the
    relative error: their difference over the larger of the two. They agree if it is within `tolerance`, after taking
    off what rounding of the costs alone may do to the quotient, `resolution`. At `kinks` there is no one slope.
    """

    tensor: str
    index: tuple[int, ...]
    value: float
    epsilon: float
    below: float
    cost: float
    above: float
    quotient: float
    gradient: float
    resolution: float
    error: float
    tolerance: float
    agrees: bool
    kinks: tuple[KinkAnswer, ...]


class GradientCheckAnswer(Answer):
    """How many parameters' gradients agree with their quotients, and the worst.

    All of them, or of a large network a sample: `checked` of `parameters`. Of those that do not agree, `kinked` were
    nudged across a kink.
    """

    iteration: int
    parameters: int
    checked: int
    agree: int
    kinked: int
    tolerance: float
    worst: tuple[NudgeAnswer, ...]


class HistoryAnswer(Answer):
    """The values of a parameter at the starts of iterations, up to the furthest where the session has stood.

    `every` is more than 1 where these are thinned; the last one is there even so, where it can be had cheaply.
    """

    tensor: str
    index: tuple[int, ...]
    every: int
    iterations: list[int]
    values: list[float]


@router.get("/nudges/{tensor}")
async def nudge(
    session_id: SessionId, tensor: str, store: Store, index: str = "", epsilon: Epsilon = None
) -> NudgeAnswer:
    """What the cost becomes when one weight or bias is a little smaller or larger. Changes nothing."""
    async with opened(store, session_id) as session:
        await approach(session, session.cursor.iteration)
        place = index_of(index)
        check = await asyncio.to_thread(session.iteration.gradient_check)
        return _answer(await asyncio.to_thread(check.nudge, tensor, place, epsilon))


@router.get("/gradient-check")
async def gradient_check(session_id: SessionId, store: Store) -> GradientCheckAnswer:
    """Whether backpropagation's gradients are the slopes of the cost, for all parameters or a sample of them."""
    async with opened(store, session_id) as session:
        await approach(session, session.cursor.iteration)
        check = await asyncio.to_thread(session.iteration.gradient_check)
        await complete(check)
        summary = check.summary()
        return GradientCheckAnswer(
            iteration=session.cursor.iteration,
            parameters=summary.parameters,
            checked=summary.checked,
            agree=summary.agree,
            kinked=summary.kinked,
            tolerance=summary.tolerance,
            worst=tuple(map(_answer, summary.worst)),
        )


@router.get("/history/{tensor}")
async def history(session_id: SessionId, tensor: str, store: Store, index: str = "") -> HistoryAnswer:
    """How one weight or bias came to its value. Changes nothing."""
    async with opened(store, session_id) as session:
        place = index_of(index)
        values = session.history(tensor, place)
        await complete(values)
        return HistoryAnswer(
            tensor=tensor,
            index=place,
            every=values.every,
            iterations=values.iterations,
            values=[value for (value,) in values.values],
        )


def _answer(nudge: Nudge) -> NudgeAnswer:
    kinks = [KinkAnswer(tensor=tensor, index=index) for tensor, index in nudge.kinks]
    return NudgeAnswer(**{**asdict(nudge), "kinks": kinks})
