"""Values: from the text of a flag or variable to what it means, or an error that says what it should be.

Each takes the text and where it stands, and raises SettingsError.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from .errors import SettingsError

Reader = Callable[[str, str], Any]
"""From (text, the flag or variable it stands in) to a value."""

OWN_PATHS = ("/api", "/static", "/docs", "/words", "/openapi.json", "/healthz", "/readyz", "/metrics")
SQLITE = "sqlite://"
SERVERS = ("redis://", "rediss://")
_PAGE = re.compile(
    r"\*|[a-z][a-z0-9+.-]*:|(?:https?://)?(?:\*\.)?[a-z0-9.-]+(?::(?:[0-9]{1,5}|\*))?", re.IGNORECASE | re.ASCII
)


def _expected(wanted: str, text: str, where: str) -> SettingsError:
    return SettingsError(f"{where} should be {wanted}, but it is {text!r}.", where=where)


def switch(text: str, where: str) -> bool:
    """1 or 0, or what says the same."""
    for value, words in ((True, ("1", "true", "yes", "on")), (False, ("0", "false", "no", "off"))):
        if text.lower() in words:
            return value
    raise _expected("1 or 0", text, where)


def whole(low: int, high: int) -> Reader:
    """Whole numbers within these bounds, both included."""

    def read(text: str, where: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise _expected(f"a whole number from {low} to {high}", text, where)
        return number

    return read


def host(text: str, where: str) -> str:
    """A host name or an IP address."""
    # One colon is a port; more are an IPv6 address.
    if not text or any(sign in text for sign in "/@*?#[] ") or text.count(":") == 1:
        raise _expected("a host name or an IP address, without scheme, port or path", text, where)
    return text.lower()


def hosts(text: str, where: str) -> tuple[str, ...]:
    """Host names, comma separated."""
    return tuple(host(name.strip(), where) for name in text.split(",") if name.strip())


def path(text: str, where: str) -> str:
    """A path that a proxy puts in front, without a slash at its end."""
    path = text.rstrip("/")
    if path and (not path.startswith("/") or "//" in path or any(sign in path for sign in "?#\\ ")):
        raise _expected("a path such as /stepgrad", text, where)
    if path in OWN_PATHS:  # whether a proxy took it off could not be told
        raise _expected(f"none of Stepgrad's own paths ({', '.join(OWN_PATHS)})", text, where)
    return path


def url(text: str, where: str) -> str:
    """An address that people type, without a slash at its end."""
    try:
        url = urlsplit(text)
        valid = url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
    except ValueError:
        valid = False
    if not valid or url.query or url.fragment or url.username is not None:
        raise _expected("an address such as https://nets.example.org/stepgrad", text, where)
    return text.rstrip("/")


def frames(text: str, where: str) -> tuple[str, ...]:
    """Sources of frames as a Content-Security-Policy names them, comma separated."""
    pages = tuple(page.strip().rstrip("/") for page in text.split(",") if page.strip())
    for page in pages:
        if not _PAGE.fullmatch(page):
            raise _expected("addresses such as https://moodle.example.org, or * for any page", text, where)
    return pages


def store(text: str, where: str) -> str:
    """Where sessions are kept."""
    path = text.removeprefix(SQLITE)
    is_file = path != text and path.strip("/") and not path.endswith("/") and "\0" not in path
    if not (text == "memory:" or is_file or _is_server(text)):
        raise _expected(f"memory: or an address such as {SQLITE}/srv/stepgrad.db or redis://host:6379/0", text, where)
    return text


def _is_server(text: str) -> bool:
    try:
        url = urlsplit(text)
        return text.startswith(SERVERS) and bool(url.hostname) and url.port != 0
    except ValueError:
        return False


def folder(text: str, where: str) -> str:
    """A folder of this machine."""
    if "\0" in text or "://" in text:
        raise _expected("a folder", text, where)
    return text


def log(text: str, where: str) -> str:
    """How the log is written."""
    if text not in ("plain", "json"):
        raise _expected("plain or json", text, where)
    return text
