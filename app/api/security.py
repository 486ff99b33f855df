"""The guard in front of everything: who may ask, how much, and which headers every answer carries."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterable
from urllib.parse import urlsplit
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..settings import Settings
from .errors import answer

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

log = logging.getLogger("stepgrad")


def content_security_policy(scripts: Iterable[str] = ()) -> str:
    """Nothing but what this server sends; `scripts` are the hashes of inline ones, such as the import map."""
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
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


class Guard:
    """Refuses strange hosts, foreign pages and large bodies; adds headers; lets no exception out.

    A request without `Origin` and `Sec-Fetch-Site` comes from a script and passes; with either, it must be same-origin
    if it may change something.
    """

    def __init__(self, app: ASGIApp, settings: Settings, policy: str) -> None:
        self.app = app
        self.settings = settings
        self.headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = self._behind_prefix(scope)
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store" if "/api/" in scope["path"] else "no-cache")
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send_with_headers)
            return
        try:
            await self._within_limit(scope, receive, send_with_headers)
        except Exception:
            number = uuid4().hex[:12]
            log.exception(
                "error %s in %s %s", number, scope["method"], scope["path"].encode("ascii", "replace").decode()
            )
            if started:
                raise
            message = "Something went wrong in the server."
            hint = f"The server's log has it under {number}."
            await answer(500, "internal_error", message, hint)(scope, receive, send_with_headers)

    def _behind_prefix(self, scope: Scope) -> Scope:
        """The request with the proxy's prefix on its path, whether the proxy takes it off or leaves it there."""
        root, path = self.settings.root_path, scope["path"]
        if not root:
            return scope
        inside = path == root or path.startswith(f"{root}/")
        return {**scope, "root_path": root, "path": path if inside else root + path}

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
        if origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}"):
            return True
        public = urlsplit(self.settings.public_url)
        return bool(public.scheme) and origin.lower() == f"{public.scheme}://{public.netloc}".lower()

    async def _within_limit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body before anyone else does, and no more of it than is allowed."""
        limit = self.settings.max_body_bytes
        body = bytearray()
        more = True
        while more and len(body) <= limit:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
        if len(body) > limit:
            too_large = f"The body has more than {limit} bytes."
            hint = "Send less, or start the server with a larger --max-body-bytes."
            await answer(413, "body_too_large", too_large, hint)(scope, receive, send)
            return
        whole: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

        async def replay() -> Message:
            return whole.pop() if whole else await receive()

        await self.app(scope, replay, send)


def _name(host: str) -> str:
    """The name in a `Host` header, without port and brackets."""
    host = host.lower().rstrip(".")
    if host.startswith("["):
        name, _, rest = host[1:].partition("]")
        return host if rest and not rest.startswith(":") else name
    return host.rsplit(":", 1)[0] if host.count(":") == 1 else host
