"""The guard in front of everything: who may ask, how much, and which headers every answer carries."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import StepgradError
from ..protection import PROTECTION
from ..rates.rate import Rates
from ..settings import Settings
from .bodies import Bodies
from .errors import answer, refusal
from .pace import Pace
from .watching import ID, route_of

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
log = logging.getLogger("stepgrad")


def content_security_policy(scripts: Iterable[str] = (), frames: Sequence[str] = ()) -> str:
    """Nothing but what this server sends; `scripts` are the hashes of inline ones, such as the import map.

    Args:
        frames: pages that may show this one in a frame.
    """
    allowing = " ".join(frames) or "'none'"
    allowed = " ".join(["'self'", *(f"'{digest}'" for digest in scripts)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {allowed}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {allowing}",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


class Answering:
    """Sends an answer with the headers that every answer has; to HEAD, what GET would be sent, but for the body."""

    def __init__(self, send: Send, headers: Mapping[str, str], scope: Scope) -> None:
        self.started = False
        self._send = send
        self._headers = headers
        self._cached = "no-store" if "/api/" in scope["path"] else "no-cache"
        self._empty = scope["method"] == "HEAD"

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers[name] = value
            headers.setdefault("Cache-Control", self._cached)
            if "location" in headers:  # in the scheme of whoever asked, which a proxy may have taken off
                headers["location"] = headers["location"].removeprefix("http:")
        elif self._empty:
            message = {**message, "body": b""}
        await self._send(message)


class Guard:
    """Refuses strange hosts, foreign pages, floods and large bodies; adds headers; lets no exception out.

    A request without `Origin` and `Sec-Fetch-Site` comes from a script and passes; with either, it must be same-origin
    if it may change something.
    """

    def __init__(self, app: ASGIApp, settings: Settings, policy: str, rates: Rates) -> None:
        self.app = app
        self.settings = settings
        self._pace, self._bodies = Pace(settings, rates), Bodies(settings)
        self.headers = {"Content-Security-Policy": policy, **PROTECTION}
        if not settings.embed_in:  # of old browsers, which cannot be told by whom
            self.headers["X-Frame-Options"] = "DENY"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self._put_behind_prefix(scope)
        answering = Answering(send, self.headers, scope)
        if scope["method"] == "HEAD":
            scope["method"] = "GET"
        refused = self._refusal(scope)
        if refused is not None:
            await refused(scope, receive, answering)
            return
        try:
            await self._within_limits(scope, receive, answering)
        except StepgradError as error:
            if answering.started:
                raise
            await refusal(error, Headers(scope=scope).get("accept-language", ""))(scope, receive, answering)
        except Exception:
            number = scope[ID]
            log.exception(
                "error %s in %s %s", number, scope["method"], route_of(scope), extra={"fields": {"id": number}}
            )
            if answering.started:
                raise
            message = "Something went wrong in the server."
            hint = f"The server's log has it under {number}."
            await answer(500, "internal_error", message, hint)(scope, receive, answering)

    def _put_behind_prefix(self, scope: Scope) -> None:
        """Put the proxy's prefix on the request's path, whether the proxy takes it off or leaves it there."""
        root, path = self.settings.root_path, scope["path"]
        if root:
            inside = path == root or path.startswith(f"{root}/")
            scope.update(root_path=root, path=path if inside else root + path)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._host_allowed(host):
            return answer(
                400,
                "host_not_allowed",
                "This server does not answer to the host name of the request.",
                "Use its IP address or localhost, or start it with --allowed-hosts.",
                "Host",
            )
        if scope["method"] in SAFE_METHODS:
            return None
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if (site is not None and site != "same-origin") or (origin is not None and not self._own(origin, host)):
            return answer(
                403,
                "cross_site",
                "The request comes from another site's page.",
                "Open Stepgrad's own page, or send the request from a script.",
                "Origin",
            )
        return None

    def _host_allowed(self, host: str) -> bool:
        name = _name(host)
        if name == "localhost" or name in self.settings.allowed_hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _own(self, origin: str, host: str) -> bool:
        """Whether an origin is this server's, under the name it was asked by or its public one."""
        named = _address(origin)
        if named is None:
            return False
        scheme = origin.split(":")[0].lower()
        return named in (_address(f"{scheme}://{host}"), _address(self.settings.public_url))

    async def _within_limits(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body before anyone else does; only then is it one of those that wait for a session or a room."""
        path = scope["path"].removeprefix(self.settings.root_path)
        async with self._bodies.read(path, receive) as body:
            if body is None:
                return
            # As it is: a copy would take as much memory again.
            whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

            async def replay() -> Message:
                return whole.pop() if whole else await receive()

            async with self._pace.kept(path):
                await self.app(scope, replay, send)


def _name(host: str) -> str:
    """The name in a `Host` header, without port and brackets."""
    host = host.lower()
    if host.startswith("["):
        name, closed, rest = host[1:].partition("]")
        return name if closed and (not rest or rest.startswith(":")) else host
    return (host.rsplit(":", 1)[0] if host.count(":") == 1 else host).rstrip(".")


def _address(url: str) -> tuple[str, int] | None:
    """The host and port of an address, the port being the scheme's where none is named."""
    try:
        parts = urlsplit(url.lower())
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname.rstrip("."), port) if parts.hostname and port else None
