"""Watches what is asked: each request has an id, is counted, and, where that is wanted, is a line in the log.

Of a request neither its address nor its body is kept, only its route: an id in an address is a key.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from time import perf_counter
from typing import Any, NamedTuple
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("stepgrad.requests")

ID = "stepgrad.request"
"""Where a request's id stands in its scope."""
NOWHERE = "none"
"""The route of what has none."""


class Answered(NamedTuple):
    """A kind of answer."""

    method: str
    route: str
    status: int


class Watching:
    """In front of everything."""

    def __init__(self, app: ASGIApp, counts: Counts) -> None:
        self.app = app
        self.counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number, status, began = uuid4().hex[:12], 0, perf_counter()
        method = scope["method"]
        scope[ID] = number

        async def numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = number
            await send(message)

        self.counts.under_way += 1
        try:
            await self.app(scope, receive, numbered)
        finally:
            self.counts.under_way -= 1
            seconds = perf_counter() - began
            self.counts.add(Answered(method if method in METHODS else "other", route_of(scope), status), seconds)
            if log.isEnabledFor(logging.INFO):
                fields = {"id": number, "method": method[:20], "route": route_of(scope), "status": status}
                log.info("answered", extra={"fields": {**fields, "ms": round(seconds * 1000, 2)}})


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Counts:
    """What was counted since the start.

    Attributes:
        answered: how many answers of a kind there were.
        seconds: how long they took in all; of a stream, as long as it was open.
        under_way: how many requests and streams are not answered to their end.
    """

    def __init__(self) -> None:
        self.answered: dict[Answered, int] = defaultdict(int)
        self.seconds: dict[Answered, float] = defaultdict(float)
        self.under_way = 0

    def add(self, kind: Answered, seconds: float) -> None:
        self.answered[kind] += 1
        self.seconds[kind] += seconds


def route_of(scope: Scope) -> str:
    """The route that answered, with its parameters' names in the place of what they were."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", NOWHERE))
