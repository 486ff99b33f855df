"""Serves an application until it is told to stop: takes a port, says where the page is, opens the browser."""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uvicorn

from .connection import Connection
from .errors import StepgradError
from .joining import Invitation
from .settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

PORTS_TRIED = 20
STOP_SECONDS = 3
SWITCH_SECONDS = 0.0005
"""How long a thread that trains may keep the event loop waiting for the interpreter; five milliseconds by default."""
YOUNG_OBJECTS = 5_000
"""After so many more objects the garbage collector looks at the young ones; after 700 by default."""
M_ARENA_MAX = -8
"""What glibc's malloc.h calls the number of heaps."""
TRIM_SECONDS = 10
"""So often memory that is free goes back to the system."""
_LIBRARY: Any = ctypes.CDLL(None) if sys.platform == "linux" else None
EVERY_ADDRESS = ("0.0.0.0", "::")
# Windows may call a port that another server has forbidden.
BUSY = (errno.EADDRINUSE, errno.EACCES) if sys.platform == "win32" else (errno.EADDRINUSE,)


def listen(settings: Settings) -> socket.socket:
    """A socket on the wanted port, or, where nobody chose that port and it is busy, on the next free one.

    Raises:
        StepgradError: the port is busy, or this machine may not listen there.
    """
    last = settings.port if settings.port_chosen else min(settings.port + PORTS_TRIED, 65535)
    for port in range(settings.port, last + 1):
        try:
            bound = _bind(settings.host, port)
        except OSError as error:
            if error.errno not in BUSY:
                raise _cannot_listen(settings.host, port, error) from error
            continue
        if port != settings.port:
            print(f"Port {settings.port} is busy; using {port} instead.", flush=True)
        return bound
    busy = f"Port {settings.port} is busy" if last == settings.port else f"Ports {settings.port} to {last} are busy"
    raise StepgradError(f"{busy}.", hint="Choose another with --port; --port 0 takes any free one.")


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, kind, protocol)
    try:
        # On Windows this option means the opposite: it would share a port that another server has.
        option = "SO_EXCLUSIVEADDRUSE" if sys.platform == "win32" else "SO_REUSEADDR"
        bound.setsockopt(socket.SOL_SOCKET, getattr(socket, option), 1)
        bound.bind(address)
        bound.listen(128)  # here, so that of two starters only one has the port
    except OSError:
        bound.close()
        raise
    return bound


def _cannot_listen(host: str, port: int, error: OSError) -> StepgradError:
    if isinstance(error, socket.gaierror):
        return StepgradError(f"There is no address named {host}.", hint="Try --host 127.0.0.1.")
    if error.errno == errno.EADDRNOTAVAIL:
        return StepgradError(f"{host} is not an address of this machine.", hint="Try --host 127.0.0.1.")
    if error.errno == errno.EACCES:
        return StepgradError(f"This user may not listen on port {port}.", hint="Choose one above 1023 with --port.")
    return StepgradError(f"Cannot listen on {host}, port {port}: {error.strerror}.")


def run(
    app: ASGIApp,
    bound: socket.socket,
    settings: Settings,
    closing: Callable[[], None],
    invited: Callable[[], Invitation | None],
) -> None:
    """Serve `app` on `bound` until SIGINT or SIGTERM; requests under way have three seconds to end.

    Args:
        closing: called when it is told to stop, so that streams end, which would go on for ever.
        invited: asked, once it is there, what a class is invited to.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    spare_the_collector()
    keep_memory_together()
    let_in_as_many_as_may_come()
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        access_log=False,
        log_level="error",
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
        callback_notify=give_memory_back,
        timeout_notify=TRIM_SECONDS,
    )
    _Server(config, closing, _Welcome(settings, address(bound, settings), invited)).run(sockets=[bound])


def spare_the_collector() -> None:
    """Let the garbage collector look less often, and at nothing that is there from the start.

    While it looks at all objects of a thousand sessions, everybody waits for a third of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])


def keep_memory_together() -> None:
    """Let all threads take memory from one heap, where what one gave back serves the next; each would grow its own."""
    with suppress(AttributeError):  # another C library has no such heaps
        _LIBRARY.mallopt(M_ARENA_MAX, 1)


async def give_memory_back() -> None:
    """Give back what is free in the heap, which otherwise holds what it took when most was asked at once."""
    with suppress(AttributeError):
        _LIBRARY.malloc_trim(0)


def let_in_as_many_as_may_come() -> None:
    """Each connection is an open file, of which many systems allow a thousand until one asks for more."""
    if sys.platform != "win32":
        import resource

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        with suppress(ValueError, OSError):  # macOS says that there is no limit, and has one
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def address(bound: socket.socket, settings: Settings) -> str:
    """Where the page is: the public URL if there is one, else an address that works on this machine."""
    if settings.public_url:
        return settings.public_url + "/"
    host = settings.host
    if host in EVERY_ADDRESS:
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{bound.getsockname()[1]}/"


@dataclass(frozen=True)
class _Welcome:
    """Says where the page is, and opens it."""

    settings: Settings
    address: str
    invited: Callable[[], Invitation | None]

    def say(self) -> None:
        print(f"Stepgrad is at {self.address} (Ctrl+C stops it)", flush=True)
        opened, invitation = self.address, self.invited()
        if invitation is not None:
            opened = invitation.teaching(self.address)
            coloured = sys.stdout.isatty() and sys.platform != "win32"
            _print(invitation.said(self.settings, self.address, coloured))
        if not self.settings.no_open and _has_screen():
            # Some browsers hold the caller until they are closed.
            threading.Thread(target=webbrowser.open, args=(opened,), daemon=True).start()


def _print(text: str) -> None:
    """Print what can be printed: an old terminal has no blocks for a QR code."""
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, closing: Callable[[], None], welcome: _Welcome) -> None:
        super().__init__(config)
        self.closing = closing
        self.welcome = welcome

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.closing()
        await super().shutdown(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.welcome.say()


def _has_screen() -> bool:
    """Without one, Linux would start a text browser over the terminal."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in named)
