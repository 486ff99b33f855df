"""What a network makes of a plane of inputs, and the curve of an activation. Nothing here changes a session."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Response

from ..errors import SpecError
from ..nn.activations import activations
from ..nn.curves import curve
from ..sessions.plane import Shades, plane_of, regions_of
from ..sessions.session import Session
from ..sessions.trainer import approach
from ..settings import Settings
from . import wire
from .answers import Answer, Example
from .building import check_activations
from .opening import Limits, SessionId, Store, opened
from .requests import Whole

router = APIRouter(prefix="/api", tags=["functions"])


@router.get("/sessions/{session_id}/plane", response_class=Response)
async def plane(
    session_id: SessionId,
    store: Store,
    limits: Limits,
    across: Annotated[Whole, Query(description="the input that varies from left to right")] = 0,
    up: Annotated[Whole | None, Query(description="the input that varies upwards; none for a line")] = None,
    size: Annotated[int, Query(ge=2, le=200, description="points along an axis")] = 50,
    example: Example = None,
) -> Response:
    """Every neuron over a grid of inputs, in binary: `across`, `up`, and z1, a1, … each (units, up, across)."""
    async with opened(store, session_id) as session:
        spec = session.iteration.spec
        check_activations(sum(layer.units for layer in spec.layers) * (size if up is None else size**2), limits, "size")
        await approach(session, session.cursor.iteration)
        row = session.iteration.batch[0] if example is None else example
        found = plane_of(session, across, up, size, row)
    tensors = {"across": found.axes[0], "up": found.axes[1]}
    for layer, (sums, values) in enumerate(zip(found.sums, found.activations, strict=True), start=1):
        tensors |= {f"z{layer}": sums, f"a{layer}": values}
    with np.errstate(over="ignore"):
        return Response(wire.pack(tensors, {"dtype": "float32", "row": row}), media_type=wire.MEDIA_TYPE)


RegionSize = Annotated[int | None, Query(ge=2, le=60, description="points along an axis of each region; none without")]


@router.get("/sessions/{session_id}/regions", response_class=Response)
async def regions(
    session_id: SessionId,
    store: Store,
    limits: Limits,
    size: Annotated[int, Query(ge=2, le=60, description="points along an axis")] = 24,
) -> Response:
    """What each neuron behind two inputs makes of their plane, in binary: `regions`, bytes (neuron, up, across).

    Layer by layer, the highest row first. 0 to 254 are shades, 127 being the middle of a neuron's scale, which is that
    of its activation where this has two ends, else as far from 0 as its numbers go; 255 is no number.
    """
    async with opened(store, session_id) as session:
        await approach(session, session.cursor.iteration)
        found = regions_in(session, size, limits)
    return Response(wire.pack({"regions": found}, {"dtype": "float32"}), media_type=wire.MEDIA_TYPE)


def regions_in(session: Session, size: int, limits: Settings) -> Shades:
    """The session's regions, if they are not too many; its lock must be held.

    Raises:
        LimitExceeded, IndexInvalid: they are too many, or the network has not two inputs.
    """
    check_activations(sum(layer.units for layer in session.iteration.spec.layers) * size**2, limits, "size")
    return regions_of(session, size)


class Curve(Answer):
    """An activation and its slope at many sums."""

    z: list[float]
    a: list[float]
    slope: list[float]


@router.get("/catalog/curves/{activation}")
async def activation_curve(
    activation: str,
    response: Response,
    reach: Annotated[float, Query(gt=0, le=1000, description="how far the sums go to both sides of 0")] = 6,
) -> Curve:
    """The curve of an activation and of its slope."""
    entry = activations.named(activation, "activation")
    if not entry.elementwise:
        raise SpecError(f"{entry.title} has no curve: each of its outputs depends on all sums.", where="activation")
    response.headers["Cache-Control"] = "max-age=3600"
    z, a, slope = curve(entry, reach)
    return Curve(z=z.tolist(), a=a.tolist(), slope=slope.tolist())
