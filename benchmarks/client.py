"""A client that asks one server over one connection that stays open, as a browser does, and adds little of its own."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from time import monotonic
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

IDLE = 3
"""Seconds after which a connection is not used again."""

HEADERS = {"Content-Type": "application/json"}


class Client:
    """Asks the server at `url`, as a context."""

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._asked = monotonic()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()

    def answer(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """The bytes of an answer.

        Raises:
            RuntimeError: the server refused; the message says what it said.
        """
        if monotonic() - self._asked > IDLE:
            self._connection.close()  # the server has closed it, or is about to; the next request opens another
        self._asked = monotonic()
        self._connection.request(method, path, body, HEADERS if body else {})
        response = self._connection.getresponse()
        content = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path} was answered {response.status}: {content[:500].decode()}")
        return content

    def ask(self, method: str, path: str, body: object) -> Any:
        """The answer to a body, both read as JSON."""
        return json.loads(self.answer(method, path, json.dumps(body).encode()))

    def get(self, path: str) -> Any:
        """The answer to a GET, read as JSON."""
        return json.loads(self.answer("GET", path))

    def session(self, init: object) -> str:
        """Make a session; its path."""
        return f"/api/sessions/{self.ask('POST', '/api/sessions?view=step', init)['id']}"
