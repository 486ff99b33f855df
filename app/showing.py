"""Shows a session in a notebook's cell: the page itself, from a server on a thread of this process."""

from __future__ import annotations

import asyncio
import secrets
import threading
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

import uvicorn

from .main import create_app
from .python import Session
from .serve import address, listen
from .sessions.codec import parts
from .sessions.restoring import restored
from .sessions.saving import file_of
from .settings import Settings

NOTEBOOKS = (
    "http://localhost:*",
    "http://127.0.0.1:*",
    "https://localhost:*",
    "https://127.0.0.1:*",
    "vscode-webview:",
)
"""Pages that may show this server's page in a frame: notebooks on this machine."""

START_SECONDS = 30


@dataclass(frozen=True)
class Shown:
    """A page with a session; a notebook shows it, and anyone can open its address on this machine."""

    url: str
    width: str
    height: int

    def _repr_html_(self) -> str:
        return (
            f'<iframe src="{escape(self.url)}" width="{escape(self.width)}" height="{self.height}" '
            'title="Stepgrad" frameborder="0" allowfullscreen></iframe>'
        )


class Background:
    """A server on a thread. It ends with this process, and its sessions with it."""

    def __init__(self) -> None:
        settings = Settings(port=0, no_open=True, store="memory:", embed_in=NOTEBOOKS)
        bound = listen(settings)
        self.url = address(bound, settings)
        self.app = create_app(settings)
        self.loop = asyncio.new_event_loop()
        config = uvicorn.Config(self.app, ws="none", access_log=False, log_level="warning", server_header=False)
        server = uvicorn.Server(config)
        self._started = threading.Event()
        work = server.serve(sockets=[bound])
        threading.Thread(target=self._serve, args=(work,), name="stepgrad", daemon=True).start()
        self._started.wait(START_SECONDS)

    def _serve(self, work: Any) -> None:
        self.loop.call_soon(self._started.set)
        self.loop.run_until_complete(work)

    def add(self, session: Session) -> str:
        """Keep a copy of a session, as it is now; the address of its page."""
        made = restored(
            secrets.token_urlsafe(16), parts(file_of(session.inner, self.app.state.settings.max_file_bytes))
        )
        asyncio.run_coroutine_threadsafe(self.app.state.desk.add(made), self.loop).result(START_SECONDS)
        return f"{self.url}#session={made.id}"


@cache
def background() -> Background:
    """The server of this process, started when it is first needed."""
    return Background()


def show(session: Session | None = None, *, width: str = "100%", height: int = 720, **init: Any) -> Shown:
    """Display a session, or a new one of these parts, in a notebook's cell.

    The page has a copy: what is done there leaves the session here as it is.
    """
    return Shown(background().add(session or Session(**(init or {"preset": "xor"}))), width, height)
