"""Where a class joins: the address that others can type, as text and as a QR code. Asks nobody."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import segno

from .settings import Settings

CONTAINERS = ("/.dockerenv", "/run/.containerenv")
"""Files that containers have: the addresses in there are nobody else's."""
NOWHERE = ("192.0.2.1", 9)
"""An address that is reserved for examples. Nothing is sent there."""


def home(settings: Settings) -> str | None:
    """The address of the page for others, ending in a slash; None where it cannot be known."""
    if settings.public_url:
        return settings.public_url + "/"
    host = settings.host if settings.host not in ("0.0.0.0", "::") else lan_address()
    if host is None:
        return None
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}{settings.root_path}/"


def lan_address() -> str | None:
    """This machine's address in its local network, as the system would choose it to send from; None in a container."""
    if any(Path(path).exists() for path in CONTAINERS):
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)  # of a datagram: only a route is looked up
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if address.startswith(("127.", "0.")) else address


def join_address(home: str, code: str) -> str:
    """What a student opens."""
    return f"{home}?room={code}"


def picture(text: str) -> bytes:
    """A QR code as SVG, black on white with its quiet zone, as large as one wants it."""
    svg = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        svg, kind="svg", xmldecl=False, svgns=True, omitsize=True, light="white", border=4
    )
    return svg.getvalue()


def drawn(text: str) -> str:
    """A QR code for a terminal, two rows in a line of block letters."""
    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue()
