"""Checks every answer of an app while tests ask it other things: its headers, its type, and the shape of an error."""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PROTECTING = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
EMPTY = (204, 304, 307)


def faults(status: int, headers: dict[str, str], body: bytes | None) -> list[str]:
    """What is wrong with an answer; `body` is None where it is a stream or was asked for by HEAD."""
    policy = headers.get("content-security-policy", "")
    kind = headers.get("content-type", "")
    found = [f"{name}: {headers.get(name)}" for name, wanted in PROTECTING.items() if headers.get(name) != wanted]
    for part in (
        "default-src 'none'",
        "frame-ancestors ",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ):
        if part not in policy:
            found.append(f"the policy lacks {part}")
    if "unsafe" in policy or "*" in policy.split("frame-ancestors")[0]:
        found.append(f"the policy allows too much: {policy}")
    if "x-frame-options" not in headers and "frame-ancestors 'none'" in policy:
        found.append("no x-frame-options")
    if "cache-control" not in headers or "permissions-policy" not in headers or "x-request-id" not in headers:
        found.append("no cache-control, permissions-policy or x-request-id")
    if any(name.startswith("access-control") for name in headers):
        found.append("another origin may read it")
    if not kind and status not in EMPTY:
        found.append("no content-type")
    if status in (429, 503) and not headers.get("retry-after", "").isdigit():
        found.append("no retry-after")
    if status >= 400 and body is not None:
        found += _faults_of_error(kind, body)
    return found


def _faults_of_error(kind: str, body: bytes) -> list[str]:
    try:
        told = json.loads(body)
        shaped = set(told) == {"error"} and set(told["error"]) == {"code", "message", "hint", "where"}
        shaped = shaped and all(isinstance(text, str) for text in told["error"].values()) and told["error"]["message"]
    except (ValueError, TypeError, KeyError):
        shaped = False
    return [] if shaped and kind == "application/json" else [f"an error of another shape, as {kind}: {body[:200]!r}"]


class Answered:
    """Around an app: hands what is wrong with an answer to `complain`.

    Args:
        may_fail: a failure of the server is what a test wants.
    """

    def __init__(self, app: ASGIApp, complain: Callable[[str], None], may_fail: bool = False) -> None:
        self.app = app
        self.complain = complain
        self.may_fail = may_fail

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        about, head = f"{scope['method']} {scope['path'][:200]}", scope["method"] == "HEAD"
        begun: list[Message] = []
        body = bytearray()

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
            elif begun and begun[0]["status"] >= 400:
                body.extend(message.get("body", b""))
            await send(message)

        await self.app(scope, receive, kept)
        if begun:
            if begun[0]["status"] == 500 and not self.may_fail:
                self.complain(f"{about} -> 500")
            headers = {name.decode().lower(): value.decode() for name, value in begun[0]["headers"]}
            encoded = head or "content-encoding" in headers
            for fault in faults(begun[0]["status"], headers, None if encoded else bytes(body)):
                self.complain(f"{about} -> {begun[0]['status']}: {fault}")
