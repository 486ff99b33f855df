"""Counts for a monitor that asks for them, as plain text in the format of Prometheus. Nothing is sent anywhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from .opening import Driver, Store
from .watching import Counts

router = APIRouter(include_in_schema=False)

MEDIA_TYPE = "text/plain; version=0.0.4"


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request, store: Store, runs: Driver) -> PlainTextResponse:
    """How often each route was asked, how it answered, how long that took, and what the server holds."""
    counts: Counts = request.app.state.counts
    sessions, held = store.held
    lines = [
        *_answers(counts),
        *_gauge("under_way", "Requests and streams that are not answered to their end.", counts.under_way),
        *_gauge("sessions_in_memory", "Sessions that are worked on.", sessions),
        *_gauge("session_bytes", "Bytes that these hold, about.", held),
        *_gauge("runs", "Sessions that train by themselves.", runs.running),
        *_gauge("ready", "1 where /readyz says so.", int(not store.trouble)),
        *(_of_process() if sys.platform == "linux" else ()),
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type=MEDIA_TYPE)


def _answers(counts: Counts) -> Iterator[str]:
    """Each kind of answer with its count and its seconds."""
    for name, about, values in (
        ("requests_total", "Answers by method, route and status.", counts.answered),
        ("request_seconds_total", "Seconds that they took.", counts.seconds),
    ):
        yield from (f"# HELP stepgrad_{name} {about}", f"# TYPE stepgrad_{name} counter")
        for (method, route, status), value in sorted(values.items()):
            yield f'stepgrad_{name}{{method="{method}",route="{route}",status="{status}"}} {value:.9g}'


def _gauge(name: str, about: str, value: float) -> tuple[str, str, str]:
    return f"# HELP stepgrad_{name} {about}", f"# TYPE stepgrad_{name} gauge", f"stepgrad_{name} {value:.12g}"


def _of_process() -> Iterator[str]:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    yield from _gauge("resident_bytes", "Memory of this process.", pages * os.sysconf("SC_PAGE_SIZE"))
    yield from _gauge("descriptors", "Open files and connections.", sum(1 for _ in Path("/proc/self/fd").iterdir()))
