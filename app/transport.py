"""A transport that sends what is written at the same moment in one go."""

from __future__ import annotations

import asyncio
from typing import Any

MOST_WAITING = 2**16
"""Bytes; more are sent at once, so that who writes much is told when the other side does not read."""


class Together:
    """A transport that sends what is written at the same moment at once, as the head of an answer and its body are.

    To send is most of what a small answer takes.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._waiting = b""

    def write(self, data: bytes) -> None:
        if not self._waiting and data:
            self._loop.call_soon(self._send)
        self._waiting += data
        if len(self._waiting) > MOST_WAITING:
            self._send()

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._waiting:
            data, self._waiting = self._waiting, b""
            self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
