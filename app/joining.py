"""Where a class joins: the address that others can type, as text and as a QR code; what a terminal says of it.

Asks nobody: what the local network calls this machine is read off its own routes.
"""

from __future__ import annotations

import io
import socket
from dataclasses import dataclass
from functools import lru_cache
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


@lru_cache(maxsize=64)
def picture(text: str) -> bytes:
    """A QR code as SVG, black on white with its quiet zone, as large as one wants it."""
    svg = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        svg, kind="svg", xmldecl=False, svgns=True, omitsize=True, light="white", border=4
    )
    return svg.getvalue()


def drawn(text: str, coloured: bool) -> str:
    """A QR code for a terminal, two rows in a line of block letters; coloured, white is white on any ground."""
    out = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out, border=2, compact=True)
    lines = out.getvalue().rstrip("\n").split("\n")
    return "\n".join(f"\033[97;40m{line}\033[0m" if coloured else line for line in lines)


@dataclass(frozen=True)
class Invitation:
    """The room that a shared server begins with."""

    code: str
    key: str

    def teaching(self, address: str) -> str:
        """What the teacher opens, and nobody else."""
        return f"{address}?teach={self.code}#key={self.key}"

    def said(self, settings: Settings, address: str, coloured: bool) -> str:
        """What the terminal says of it; `address` is the one that works on this machine."""
        found = home(settings)
        local = "Everybody in the local network can reach it; nothing leaves that network."
        lines = [
            "Everybody who can reach that address can join with the code." if settings.public_url else local,
            f"To teach, open {self.teaching(address)} (keep it to yourself)",
        ]
        if found is None:
            return "\n".join(
                [
                    *lines,
                    f"Students open http://<address of this machine>:{settings.port}{settings.root_path}/"
                    f"?room={self.code} (code {self.code}).",
                    "From in here that address is not known; --public-url says it, and then there is a QR code.",
                ]
            )
        joins = join_address(found, self.code)
        return "\n".join([*lines, f"Students open {joins} (code {self.code})", drawn(joins, coloured)])
