"""A client that talks to an app without a network, and the questions that tests ask again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any, TypeVar

import httpx
from fastapi import FastAPI

from .answered import Answered

T = TypeVar("T")
ERROR_FIELDS = {"code", "message", "hint", "where"}
LONGEST = 1000
"""Characters of a message or a hint that a person can still be expected to read."""


class Client:
    """Requests to an app, answered by its own code in this process; close it after use, or use it as a context."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._runner = asyncio.Runner()
        self._http = httpx.AsyncClient(
            transport=httpx.ASGITransport(Answered(app, complain, may_fail=True)), base_url="http://127.0.0.1"
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._runner.run(self._http.aclose())
        self._runner.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on this client's event loop."""
        return self._runner.run(work)

    def request(self, method: str, path: str, body: object = None, **options: Any) -> httpx.Response:
        """One request; a body is sent as JSON."""
        return self.run(self.asking(method, path, body, **options))

    async def asking(self, method: str, path: str, body: object = None, **options: Any) -> httpx.Response:
        """The same, for tests that ask several things at once."""
        if body is not None:
            options["json"] = body
        return await self._http.request(method, path, **options)

    def together(self, asked: Sequence[tuple[str, str, object]]) -> list[httpx.Response]:
        """Several requests at the same time."""

        async def gathered() -> list[httpx.Response]:
            return await asyncio.gather(*(self.asking(method, path, body) for method, path, body in asked))

        return self.run(gathered())

    def get(self, path: str, **query: Any) -> Any:
        """What a GET answers, which has to succeed."""
        return told(self.request("GET", path, params=query))

    def post(self, path: str, body: object, **query: Any) -> Any:
        """What a POST answers, which has to succeed."""
        return told(self.request("POST", path, body, params=query))

    def put(self, path: str, body: object, **query: Any) -> Any:
        """What a PUT answers, which has to succeed."""
        return told(self.request("PUT", path, body, params=query))

    def patch(self, path: str, body: object, **query: Any) -> Any:
        """What a PATCH answers, which has to succeed."""
        return told(self.request("PATCH", path, body, params=query))

    def session(self, body: object, **query: Any) -> str:
        """The path of a new session."""
        return f"/api/sessions/{self.post('/api/sessions', body, **query)['id']}"

    def session_state(self, body: object) -> Any:
        """The state of a new session."""
        return self.post("/api/sessions", body)

    def refused(self, status: int, method: str, path: str, body: object = None, **options: Any) -> dict[str, str]:
        """The error of a request, which has to be refused with this status."""
        response = self.request(method, path, body, **options)
        assert response.status_code == status, response.text[:500]
        return error_of(response)


MakeClient = Callable[..., Client]


def complain(fault: str) -> None:
    """Every answer is checked, whatever a test asks for it."""
    raise AssertionError(fault)


def told(response: httpx.Response) -> Any:
    """The body of an answer, which has to be a success."""
    assert response.is_success, f"{response.request.method} {response.request.url}: {response.text[:500]}"
    return response.json()


def error_of(response: httpx.Response) -> dict[str, str]:
    """The error in an answer, which has to have the one shape and to say something."""
    assert 400 <= response.status_code < 600, response.text[:500]
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert set(body) == {"error"}
    error: dict[str, str] = body["error"]
    assert set(error) == ERROR_FIELDS
    assert all(isinstance(text, str) for text in error.values()), error
    assert error["code"].replace("_", "").islower()
    assert error["message"].endswith("."), error
    assert len(error["message"]) <= LONGEST, error["message"][:200]
    assert error["hint"] or error["where"] or response.status_code == 409, error
    return error
