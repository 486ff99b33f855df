"""Reads the bodies of requests first: each within its limit, all together within what there is room for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request
from starlette.types import Receive

from ..errors import LimitExceeded, Overloaded, TooLarge, TooSlow
from ..settings import Settings

FILES = "/api/sessions/file"
"""What is sent here may be larger: a session with its data."""
LARGE = 2**19
"""Bytes from which on bodies take turns: read, one takes many times as much memory."""
TURNS = 2
TURN_SECONDS = 20
"""For so long a large body waits for its turn."""


async def sent(request: Request) -> bytes:
    """The body of a request that is no JSON, as it was read: what Starlette has for this makes copies."""
    content = b""
    async for chunk in request.stream():
        if chunk:
            content = content + chunk if content else chunk
    return content


class Bodies:
    """What is read of requests that are not yet answered.

    Attributes:
        held: how many bytes that are.
    """

    def __init__(self, settings: Settings) -> None:
        self.held = 0
        self._settings = settings
        self._turns = asyncio.Semaphore(TURNS)

    @asynccontextmanager
    async def read(self, path: str, receive: Receive) -> AsyncIterator[bytearray | None]:
        """The body of a request, as long as it is answered; None where its sender has left.

        Raises:
            TooLarge, TooSlow, LimitExceeded: it is too long, takes too long, or has too many parts.
            Overloaded: there is no room for it just now.
        """
        body = bytearray()
        try:
            async with asyncio.timeout(self._settings.max_body_seconds):
                complete = await self._fill(body, path, receive)
        except TimeoutError:
            self.held -= len(body)
            raise TooSlow(self._settings.max_body_seconds) from None
        except BaseException:
            self.held -= len(body)
            raise
        try:
            if not complete:
                yield None
            elif len(body) < LARGE:
                self._check_parts(body, path)
                yield body
            else:
                self._check_parts(body, path)
                async with self._turn():
                    yield body
        finally:
            self.held -= len(body)

    async def _fill(self, body: bytearray, path: str, receive: Receive) -> bool:
        limit = self._limit(path)
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return False
            piece = message.get("body", b"")
            more = message.get("more_body", False)
            if self.held + len(piece) > self._settings.max_waiting_bytes:
                raise Overloaded
            body += piece
            self.held += len(piece)
            if len(body) > limit:
                setting = "--max-file-bytes" if path.endswith(FILES) else "--max-body-bytes"
                raise TooLarge(limit, setting)
        return True

    def _limit(self, path: str) -> int:
        return self._settings.max_file_bytes if path.endswith(FILES) else self._settings.max_body_bytes

    def _check_parts(self, body: bytearray, path: str) -> None:
        """Refuse, before it is read, what would take far more memory than its bytes: millions of lists, or of texts."""
        lists, values = 2 * self._settings.max_rows + 10_000, self._settings.max_values
        if path.endswith(FILES):
            return
        if body.count(b"[") + body.count(b"{") > lists or body.count(b",") > lists + values:
            raise LimitExceeded(
                f"The body has more than {lists} lists and objects, or {lists + values} commas.",
                hint="Send fewer rows and values, or start the server with a larger --max-rows and --max-values.",
            )

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            await asyncio.wait_for(self._turns.acquire(), TURN_SECONDS)
        except TimeoutError:
            raise Overloaded from None
        try:
            yield
        finally:
            self._turns.release()
