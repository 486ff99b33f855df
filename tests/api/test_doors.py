"""Every route stands in the table of doors, and lets in whom the table says, and nobody else."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from starlette.routing import BaseRoute

from app.bootstrap import ROOT
from app.main import create_app
from app.settings import Settings

from .client import Client, error_of
from .doors import DOORS, Door, R, S

SENT: dict[str, object] = {
    "POST /api/sessions": {"preset": "or"},
    "POST /api/data/preview": {"name": "or"},
    f"PATCH {S}": {"name": "x"},
    f"PUT {S}/position": {"iteration": 0},
    f"PATCH {S}/parameters": {"changes": [{"tensor": "b1", "index": [0], "value": 1}]},
    f"PUT {S}/parameters": [{"W": [[1, 2], [3, 4]], "b": [0, 0]}, {"W": [[1, 2]], "b": [0]}],
    f"PATCH {S}/data": {"data": {"name": "or"}},
    f"POST {S}/train": {"iterations": 1},
    f"PUT {S}/breakpoints": {"breakpoints": []},
    f"PUT {S}/branches/current": {"branch": 0},
    f"POST {S}/branches": {"name": "x"},
    f"PATCH {S}/branches/{{branch}}": {"name": "x"},
    f"POST {S}/predict": {"inputs": [[0, 1]]},
    f"POST {S}/answer": {"operation": 3, "kind": "sign", "answer": "zero"},
    f"PUT {R}/members/me": {"following": True},
    f"PUT {R}/lead": {"member": None},
    f"PUT {R}/frozen": {"frozen": False},
    f"POST {R}/questions": {"text": "Which?", "options": ["a", "b"]},
    f"PUT {R}/questions/{{number}}/answer": {"answer": "0"},
}
"""What is sent to a door where an empty object would not do."""
QUERIES = {
    f"{S}/landscape": {"x": "W1:0,0", "y": "W1:0,1"},
    f"{S}/explanations/{{tensor}}": {"index": "0,0"},
    f"{S}/explanations/{{tensor}}/written": {"index": "0,0"},
    f"{S}/nudges/{{tensor}}": {"index": "0,0"},
    f"{S}/history/{{tensor}}": {"index": "0,0"},
}
PLACES = {
    "tensor": "W1",
    "iteration": "0",
    "branch": "0",
    "name": "numpy",
    "number": "1",
    "activation": "tanh",
    "language": "en",
    "part": "page",
}
FILES = ("GET", "/static")
"""The page's files are answered before there are routes."""
OWNER, STRANGER = "o" * 22, "s" * 22


def named(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Each method and path that there is, through routers within routers."""
    for route in routes:
        within = getattr(route, "original_router", None)
        if within is not None:
            yield from named(within.routes)
        else:
            methods = getattr(route, "methods", None) or {"GET"}
            yield from ((method, getattr(route, "path", "?")) for method in methods - {"HEAD"})


def test_every_route_is_in_the_table_and_the_table_has_no_other() -> None:
    found = sorted([*named(create_app(Settings(metrics=True)).routes), FILES])
    assert found == sorted((door.method, door.path) for door in DOORS)


def test_metrics_are_answered_only_where_they_are_wanted(client: Client) -> None:
    client.refused(404, "GET", "/metrics")


class Class:
    """A session in a room, of an owner, with a member; and how each of them asks."""

    def __init__(self, client: Client) -> None:
        self.client = client
        owned = {"stepgrad-owner": OWNER}
        made = client.request("POST", "/api/sessions", {"preset": "xor"}, headers=owned).json()
        self.session = made["id"]
        opened = client.post("/api/rooms", {"session": self.session})
        self.code, self.key, self.viewing = opened["code"], opened["key"], opened["viewing"]
        self.token = client.post(f"/api/rooms/{self.code}/members", {})["token"]
        asked = {"stepgrad-room": self.key}
        client.request("POST", f"/api/rooms/{self.code}/questions", SENT[f"POST {R}/questions"], headers=asked)

    def ask(self, door: Door, key: str = "", session: str = "", owner: str = OWNER, code: str = "") -> Any:
        """What a door answers to one who comes with these."""
        places = {**PLACES, "session_id": session or self.session, "code": code or self.code}
        query = {**QUERIES.get(door.path, {}), **({"as": key} if door.path == f"{R}/events" else {})}
        headers = {"stepgrad-room": key, "stepgrad-owner": owner}
        body = SENT.get(f"{door.method} {door.path}", None if door.safe else {})
        return self.client.request(door.method, door.path.format(**places), body, params=query, headers=headers)

    def seen(self) -> str:
        """All that can be known of it, in words that change when it does."""
        session, owned = f"/api/sessions/{self.session}", {"stepgrad-owner": OWNER}
        listed = self.client.request("GET", "/api/sessions", headers=owned).text
        file = self.client.request("GET", f"{session}/file").content
        return json.dumps([self.client.get(session), self.client.get(f"/api/rooms/{self.code}"), listed, file.hex()])


@pytest.fixture(scope="module")
def room() -> Iterator[Class]:
    with Client(create_app(Settings(share=True, metrics=True))) as client:
        yield Class(client)


STREAMS = {door for door in DOORS if door.pace == "stream"}
"""They never end: what they answer is read elsewhere, who is refused here too."""


def test_no_get_changes_anything(room: Class) -> None:
    for door in DOORS:
        if not door.safe or door in STREAMS:
            continue
        before = room.seen()
        answered = room.ask(door, room.key)
        assert answered.status_code < 500, door
        assert answered.is_success or (door.path in (f"{S}/regions", "/static")), (door, answered.text)
        assert room.seen() == before, door


def test_every_method_but_get_is_what_changes_something(room: Class) -> None:
    """Else the table would say little: these do change what is seen."""
    changing = {"step", "position", "train", "branches", "run"}
    for door in DOORS:
        if door.path.startswith(S) and door.path.rsplit("/")[-1] in changing and door.method != "DELETE":
            before = room.seen()
            room.ask(door)
            assert room.seen() != before or door.path.endswith("position"), door


@pytest.mark.parametrize("door", [door for door in DOORS if door.path.startswith(S)], ids=str)
def test_who_does_not_know_the_id_is_told_that_there_is_no_session(room: Class, door: Door) -> None:
    """The same, to the letter, whoever asks and whatever was made up."""
    before = room.seen()
    answers = {room.ask(door, session=made_up).text for made_up in ("A" * 22, "nobody", room.session[:-1], "%20")}
    assert len(answers) == 1, answers
    assert error_of(room.ask(door, session="A" * 22))["code"] == "session_not_found"
    if door.who == "owner":
        foreign = room.ask(door, owner=STRANGER)
        assert (foreign.status_code, {foreign.text}) == (404, answers)
    if door.who in ("key", "owner"):
        refused = error_of(room.ask(door, session=room.viewing))
        assert refused["code"] in ("view_only", "session_not_found"), refused
    elif door not in STREAMS and not door.path.endswith(("regions", "answer")):
        assert room.ask(door, session=room.viewing, owner=STRANGER).is_success, door
    assert room.seen() == before


@pytest.mark.parametrize("door", [door for door in DOORS if door.who in ("member", "leader", "teacher")], ids=str)
def test_who_has_no_key_of_a_room_is_told_that_there_is_none(room: Class, door: Door) -> None:
    before = room.seen()
    wrong = [room.ask(door, "k" * 22), room.ask(door, room.token[:-1]), room.ask(door, room.key, code="QQQQQQ")]
    assert {(answer.status_code, answer.text) for answer in wrong} == {(404, wrong[0].text)}
    assert error_of(wrong[0])["code"] == "room_not_found"
    if door.who != "member":
        member = room.ask(door, room.token)
        assert (member.status_code, error_of(member)["code"]) == (403, "not_allowed")
    assert room.seen() == before


def test_who_has_the_key_may(room: Class) -> None:
    for door in DOORS:
        asks = door.path.endswith("/questions")  # in the place of the one that is answered here
        if door.path.startswith(R) and door not in STREAMS and door.method != "DELETE" and not asks:
            teaches = door.who in ("code", "leader", "teacher", "anyone")
            assert room.ask(door, room.key if teaches else room.token).is_success, door


def test_keys_have_at_least_128_random_bits(room: Class) -> None:
    signs = 22  # of six bits each
    assert min(len(room.session), len(room.key), len(room.token)) >= signs
    assert len(room.viewing) >= 1 + 32  # of four bits each
    made = {room.client.post("/api/sessions", {"preset": "or"})["id"] for _ in range(50)}
    assert len({name[:8] for name in made}) == 50


FORBIDDEN = {
    "pickle": "bytes from outside could do anything",
    "marshal": "the same",
    "shelve": "the same",
    "websockets": "one kind of stream is enough",
    "wsproto": "the same",
    "multipart": "files come as they are",
    "python_multipart": "the same",
    "urllib.request": "the server fetches nothing",
    "http.client": "the same",
    "httpx": "the same",
    "requests": "the same",
    "ftplib": "the same",
    "smtplib": "the same",
    "ctypes": "nothing needs it but a word to malloc",
}
CALLS = {"eval", "exec", "compile", "__import__"}
FREE = {"bootstrap.py"}
"""Makes the environment before there is a server."""
ALLOWED = {("serve.py", "ctypes")}


def test_nothing_is_imported_or_called_that_would_let_others_in() -> None:
    for path in sorted((ROOT / "app").rglob("*.py")):
        if path.name in FREE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Import):
                named = {name.name for name in node.names if (path.name, name.name) not in ALLOWED}
                assert not named & set(FORBIDDEN), where
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                assert node.module not in FORBIDDEN, where
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in CALLS, where


def test_nothing_that_is_installed_could_read_a_form_or_open_a_websocket() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = set(re.findall(r"(?m)^([a-z0-9_-]+)==", lock))
    assert "fastapi" in packages
    assert not packages & {"python-multipart", "multipart", "websockets", "wsproto", "httpx", "requests", "aiohttp"}


def test_no_door_takes_a_path_or_an_address(client: Client) -> None:
    """But for a QR code, which is a picture of an address, and the folder of the page's own files."""
    schema = client.get("/openapi.json")
    for path, methods in schema["paths"].items():
        assert ":path" not in path
        for method, told in methods.items():
            names = {parameter["name"] for parameter in told.get("parameters", ())}
            assert not names & {"path", "file", "url", "uri", "href", "src", "filename", "redirect"}, (method, path)
    for name, model in schema["components"]["schemas"].items():
        asked = name.endswith("Body") and set(model.get("properties", {}))
        assert not (asked and asked & {"path", "file", "url", "uri", "href", "src", "filename"}), name
