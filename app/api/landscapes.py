"""The landscape of the cost over two parameters, and the path that training took. Changes nothing."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Response

from ..sessions.history import Parameter
from ..sessions.landscape import Landscape
from ..sessions.trainer import approach, complete
from . import wire
from .opening import SessionId, Store, index_of, opened

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["functions"])

Place = Annotated[str, Query(max_length=40, description="a weight or a bias, such as `W1:0,1` or `b2:0`")]


@router.get("/landscape", response_class=Response)
async def landscape(
    session_id: SessionId,
    store: Store,
    x: Place,
    y: Place,
    size: Annotated[int, Query(ge=2, le=80, description="points along an axis")] = 41,
    wide: Annotated[float, Query(gt=0, le=100, description="how far it goes, 1 being around the path so far")] = 1,
) -> Response:
    """The cost over a grid of two parameters, in binary: `x`, `y`, `cost` (y, x), `here`, `path`, `iterations`.

    The other parameters are those at the cursor. The header has the number of `rows` it was computed on, evenly spread
    over the `total`.
    """
    async with opened(store, session_id) as session:
        await approach(session, session.cursor.iteration)
        found = Landscape(session, _parameter(x), _parameter(y), size, wide)
    await complete(found)
    xs, ys = found.axes
    tensors = {
        "x": xs,
        "y": ys,
        "cost": found.cost,
        "here": np.array(found.here),
        "path": found.path,
        "iterations": np.array(found.iterations),
    }
    header = {"dtype": "float64", "rows": found.rows, "total": found.total}
    return Response(wire.pack(tensors, header), media_type=wire.MEDIA_TYPE)


def _parameter(text: str) -> Parameter:
    tensor, _, index = text.partition(":")
    return tensor, index_of(index)
