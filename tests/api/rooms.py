"""A class for tests: a teacher, students, and what they ask, in a room of a shared server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from .client import Client, told


@dataclass(frozen=True)
class Class:
    """A room that shows a session of its teacher's."""

    client: Client
    session: str
    code: str
    key: str
    viewing: str

    @classmethod
    def opened(cls, client: Client, preset: str = "xor") -> Class:
        session = client.post("/api/sessions", {"preset": preset})["id"]
        room = client.post("/api/rooms", {"session": session})
        return cls(client, session, room["code"], room["key"], room["viewing"])

    @property
    def seen(self) -> str:
        """Where followers see the session."""
        return f"/api/sessions/{self.viewing}"

    def join(self, nickname: str = "") -> str:
        """A student's token."""
        token: str = self.client.post(f"/api/rooms/{self.code}/members", {"nickname": nickname})["token"]
        return token

    def ask(self, key: str, method: str, path: str, body: Any = None) -> httpx.Response:
        """A request in this room, with somebody's key."""
        headers = {"Stepgrad-Room": key}
        return self.client.request(method, f"/api/rooms/{self.code}{path}", body, headers=headers)

    def teach(self, method: str, path: str, body: Any = None) -> Any:
        """What the teacher does, which has to succeed."""
        response = self.ask(self.key, method, path, body)
        return None if response.status_code == 204 else told(response)
