"""Every door of the server: who may pass it, whose pace it counts for, and how long a body may be."""

from __future__ import annotations

from typing import Literal, NamedTuple

Who = Literal["anyone", "viewer", "key", "owner", "code", "member", "leader", "teacher"]
"""Who may.

anyone: no key is needed. viewer: who knows a session's id, or the name by which a room shows it. key: who knows the id;
it cannot be guessed. owner: who knows the id and made the session. code: who knows a room's code. member: who has
joined, or teaches. leader: who shows something in the room. teacher: who opened the room.
"""
Pace = Literal["free", "session", "room", "stream"]
"""Whose requests are counted: nobody's, those of the session, of the room, and how many streams are open."""
Length = Literal["body", "file"]
"""Which setting limits what is sent: max_body_bytes or max_file_bytes."""


class Door(NamedTuple):
    """A route by its method; `safe` ones change nothing."""

    method: str
    path: str
    who: Who
    pace: Pace
    length: Length = "body"

    @property
    def safe(self) -> bool:
        return self.method == "GET"


S, R = "/api/sessions/{session_id}", "/api/rooms/{code}"

DOORS: tuple[Door, ...] = (
    Door("GET", "/", "anyone", "free"),
    Door("GET", "/docs", "anyone", "free"),
    Door("GET", "/openapi.json", "anyone", "free"),
    Door("GET", "/healthz", "anyone", "free"),
    Door("GET", "/readyz", "anyone", "free"),
    Door("GET", "/metrics", "anyone", "free"),  # where the setting is on
    Door("GET", "/static", "anyone", "free"),
    Door("GET", "/words/{language}/{part}.json", "anyone", "free"),
    Door("GET", "/api/catalog", "anyone", "free"),
    Door("GET", "/api/catalog/notations", "anyone", "free"),
    Door("GET", "/api/catalog/curves/{activation}", "anyone", "free"),
    Door("POST", "/api/data/table", "anyone", "free"),
    Door("POST", "/api/data/preview", "anyone", "free"),
    Door("POST", "/api/sessions", "anyone", "free"),
    Door("GET", "/api/sessions", "anyone", "free"),
    Door("POST", "/api/sessions/file", "anyone", "free", "file"),
    Door("GET", S, "viewer", "session"),
    Door("PATCH", S, "owner", "session"),
    Door("DELETE", S, "owner", "session"),
    Door("POST", f"{S}/undelete", "owner", "session"),
    Door("POST", f"{S}/duplicate", "viewer", "session"),
    Door("POST", f"{S}/forward", "key", "session"),
    Door("POST", f"{S}/backward", "key", "session"),
    Door("POST", f"{S}/step", "key", "session"),
    Door("PUT", f"{S}/position", "key", "session"),
    Door("PATCH", f"{S}/parameters", "key", "session"),
    Door("PUT", f"{S}/parameters", "key", "session"),
    Door("PATCH", f"{S}/spec", "key", "session"),
    Door("PATCH", f"{S}/data", "key", "session"),
    Door("POST", f"{S}/undo", "key", "session"),
    Door("POST", f"{S}/redo", "key", "session"),
    Door("POST", f"{S}/train", "key", "session"),
    Door("PUT", f"{S}/run", "key", "session"),
    Door("DELETE", f"{S}/run", "key", "session"),
    Door("PUT", f"{S}/breakpoints", "key", "session"),
    Door("POST", f"{S}/continue", "key", "session"),
    Door("POST", f"{S}/branches", "key", "session"),
    Door("PUT", f"{S}/branches/current", "key", "session"),
    Door("PATCH", f"{S}/branches/{{branch}}", "key", "session"),
    Door("DELETE", f"{S}/branches/{{branch}}", "key", "session"),
    Door("GET", f"{S}/events", "key", "stream"),
    Door("POST", f"{S}/predict", "viewer", "session"),
    Door("POST", f"{S}/answer", "viewer", "session"),
    Door("GET", f"{S}/data", "viewer", "session"),
    Door("GET", f"{S}/file", "viewer", "session"),
    Door("GET", f"{S}/frame", "viewer", "session"),
    Door("GET", f"{S}/metrics", "viewer", "session"),
    Door("GET", f"{S}/explanations/{{tensor}}", "viewer", "session"),
    Door("GET", f"{S}/explanations/{{tensor}}/written", "viewer", "session"),
    Door("GET", f"{S}/graph", "viewer", "session"),
    Door("GET", f"{S}/tape/{{iteration}}", "viewer", "session"),
    Door("GET", f"{S}/diagnosis", "viewer", "session"),
    Door("GET", f"{S}/question", "viewer", "session"),
    Door("GET", f"{S}/nudges/{{tensor}}", "viewer", "session"),
    Door("GET", f"{S}/gradient-check", "viewer", "session"),
    Door("GET", f"{S}/history/{{tensor}}", "viewer", "session"),
    Door("GET", f"{S}/plane", "viewer", "session"),
    Door("GET", f"{S}/regions", "viewer", "session"),
    Door("GET", f"{S}/confusion", "viewer", "session"),
    Door("GET", f"{S}/landscape", "viewer", "session"),
    Door("GET", f"{S}/exports/{{name}}", "viewer", "session"),
    Door("GET", "/api/rooms", "anyone", "free"),
    Door("POST", "/api/rooms", "anyone", "free"),  # with a session's id
    Door("GET", R, "code", "room"),
    Door("GET", f"{R}/qr.svg", "anyone", "room"),  # a picture of the code that was sent, whether it is right or not
    Door("POST", f"{R}/members", "code", "room"),
    Door("PUT", f"{R}/members/me", "member", "room"),
    Door("GET", f"{R}/events", "member", "stream"),
    Door("PUT", f"{R}/spotlight", "leader", "room"),
    Door("PUT", f"{R}/lead", "teacher", "room"),
    Door("PUT", f"{R}/frozen", "teacher", "room"),
    Door("DELETE", R, "teacher", "room"),
    Door("POST", f"{R}/questions", "teacher", "room"),
    Door("PUT", f"{R}/questions/{{number}}/answer", "member", "room"),
    Door("POST", f"{R}/questions/{{number}}/reveal", "teacher", "room"),
    Door("DELETE", f"{R}/questions/{{number}}", "teacher", "room"),
)
