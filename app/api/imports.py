"""Bringing parameters: a file's weights and biases, from which a session begins again at iteration 0."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from ..export.brought import BroughtLayer, brought, check_fit, sized
from ..nn.parameters import GivenLayer
from ..sessions.session import Session
from .answers import State
from .bodies import sent
from .building import check_size
from .opening import Limits
from .repeats import Changed
from .requests import Unsafe, Whole

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["exports"])

_FILE = {"schema": {"type": "string", "format": "binary"}}
_RAW = {"requestBody": {"required": True, "content": {"application/octet-stream": _FILE, "application/json": _FILE}}}


@router.put("/parameters", openapi_extra=_RAW)
async def bring(
    request: Request,
    limits: Limits,
    changed: Changed,
    layers: Annotated[
        Literal["keep", "replace"], Query(description="replace: make a network of the sizes in the file")
    ] = "keep",
    revision: Whole | None = None,
    request_id: Annotated[str | None, Query(min_length=1, max_length=100)] = None,
) -> State:
    """Begin again at iteration 0 with the parameters in a file, sent as it is: safetensors or JSON."""
    # On another thread: a large file takes a second to read.
    found = await asyncio.to_thread(brought, await sent(request), limits.max_parameters)

    def begin(session: Session) -> None:
        spec = session.iteration.spec
        if layers == "replace":
            spec = sized(spec, [layer.shape for layer in found])
            check_size(spec, session.timeline.data, limits)
        else:
            check_fit(found, spec)
        session.bring(spec, [_given(layer) for layer in found])

    return await changed(Unsafe(revision=revision, request_id=request_id), begin)


def _given(layer: BroughtLayer) -> GivenLayer:
    return GivenLayer(layer.W, layer.b)
