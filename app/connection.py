"""A connection: closed where its request does not come, and told in the one shape where it speaks no HTTP."""

from __future__ import annotations

import asyncio
import json

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from .protection import PROTECTION
from .transport import Together

HEAD_SECONDS = 20
"""Within which the head of a request has to come, once its connection or its first byte is there."""
NOT_HTTP = {
    "code": "bad_request",
    "message": "The request is not HTTP that can be read.",
    "hint": "Send a request as browsers do.",
    "where": "",
}

PROTECTING = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'",
    **PROTECTION,
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""What an answer carries that the app never saw."""


LAST_SECONDS = 2.5
"""For so long a request may go on when the server ends; who sends or reads nothing by then is left."""


class Connection(H11Protocol):
    """Uvicorn's, with an end to waiting."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(Together(transport, self.loop))  # type: ignore[arg-type]
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._expect_nothing()
        elif self._late is None and self.conn.trailing_data[0]:  # a head that is not whole
            self._expect_head()

    def shutdown(self) -> None:
        """The server ends: what is under way may end, too, but nobody is waited for."""
        super().shutdown()
        self.loop.call_later(LAST_SECONDS, self.transport.abort)

    def send_400_response(self, msg: str) -> None:
        """In the one shape of every error, unless an answer has begun, and then the end of the connection."""
        if self.cycle is not None:
            self.cycle.disconnected = True  # so that the app says nothing more
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._say_that_it_is_no_request()
        self.transport.close()

    def _say_that_it_is_no_request(self) -> None:
        body = json.dumps({"error": NOT_HTTP}).encode()
        headers = {**PROTECTING, "Content-Type": "application/json", "Content-Length": str(len(body))}
        fields = [(name.encode(), value.encode()) for name, value in headers.items()] + [(b"Connection", b"close")]
        answer = h11.Response(status_code=400, headers=fields, reason=b"Bad Request")
        for event in (answer, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event))

    def _unsupported_upgrade_warning(self) -> None:
        """Who wants a WebSocket is answered as if she had not; a line each would only fill the log."""

    def _expect_head(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _expect_nothing(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        self._late = None
        self.transport.close()
