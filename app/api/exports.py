"""Exports: what can be taken away of a session, as a file. Nothing here changes one."""

from __future__ import annotations

import asyncio
import re

from fastapi import APIRouter, Request, Response

from ..export.exporter import Exporter
from ..export.exporters import exporters
from ..export.source import Beginning, Source
from ..nn.parameters import named_views
from ..sessions.session import Session
from ..sessions.trainer import approach
from .answers import Viewing
from .opening import SessionId, Store, View, opened
from .state import check_view, explainer

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["exports"])


@router.get("/exports/{name}", response_class=Response)
async def export(session_id: SessionId, name: str, store: Store, view: View, request: Request) -> Response:
    """One of the catalog's exporters, as a file; its options stand in the query."""
    entry = exporters.named(name, "name")
    choices = entry.chosen(request.query_params)
    async with opened(store, session_id) as session:
        source = await source_of(session, view)
        # On another thread: a long program takes a while to write.
        content = await asyncio.to_thread(entry.write, source, choices)
        headers = {"Content-Disposition": f'attachment; filename="{file_name(session, entry)}"'}
    return Response(content, 200, headers, entry.media_type)


async def source_of(session: Session, view: Viewing) -> Source:
    """What can be taken away of a session; it is trained to where its numbers are known.

    Raises:
        SpecError, IndexInvalid: the view cannot be answered.
    """
    check_view(session, view)
    first = session.began
    await approach(session, first)
    beginning = Beginning(first, session.at(first).tape())
    await approach(session, session.cursor.iteration, view.example)
    iteration, cursor = session.iteration, session.cursor
    explains = explainer(session, view)
    return Source(
        data=session.timeline.data,
        batches=iteration.batches,
        iteration=cursor.iteration,
        position=cursor.operation,
        operations=iteration.operations,
        tape=explains.tape,
        parameters=named_views(iteration.spec, iteration.parameters(cursor.operation)),
        beginning=beginning,
        reading=explains.reading,
    )


def file_name(session: Session, entry: Exporter) -> str:
    """Such as `stepgrad-xor-12-numpy.py`: the data, the iteration from 1, and what it is."""
    words = re.findall(r"[a-z0-9]+", session.timeline.data.title.lower())[:4]
    number = session.cursor.iteration + 1
    return f"{'-'.join(['stepgrad', *words, str(number), entry.name])[:80]}.{entry.extension}"
