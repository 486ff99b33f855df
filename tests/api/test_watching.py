"""Every request has an id that its answer and the log say; counts and readiness are there for a monitor."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest

from app.errors import NotSaved
from app.logs import Objects, write_log
from app.settings import Settings

from .client import Client, MakeClient


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written into the log as objects."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Objects())
    log = logging.getLogger("stepgrad")
    monkeypatch.setattr(log, "handlers", [handler])
    before = log.level
    log.setLevel(logging.INFO)
    yield written
    log.setLevel(before)


def test_a_request_is_one_line_with_its_id_and_its_route_and_no_key(client: Client, lines: io.StringIO) -> None:
    session = client.session({"preset": "xor"})
    answers = [client.request("GET", f"{session}/tape/7"), client.request("GET", "/no/such/thing")]
    found = [json.loads(line) for line in lines.getvalue().splitlines()][1:]
    assert [line["id"] for line in found] == [answer.headers["x-request-id"] for answer in answers]
    assert [(line["route"], line["status"]) for line in found] == [
        ("/api/sessions/{session_id}/tape/{iteration}", 422),
        ("none", 404),
    ]
    assert found[0]["ms"] > 0
    assert session.rsplit("/", 1)[1] not in lines.getvalue()


def test_an_error_of_the_server_is_an_object_too_with_the_id_that_was_answered(
    client: Client, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.repeats.state_of", lambda *_: 1 / 0)
    answer = client.request("POST", "/api/sessions", {"preset": "or"})
    assert answer.status_code == 500
    failed, answered = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert failed["id"] == answered["id"] == answer.headers["x-request-id"]
    assert failed["id"] in answer.json()["error"]["hint"]
    assert "ZeroDivisionError" in failed["trace"]


def test_the_setting_says_how_the_log_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    root, own = logging.getLogger(), logging.getLogger("stepgrad")
    for kind, wanted in (("plain", logging.Formatter), ("json", Objects)):
        monkeypatch.setattr(root, "handlers", [])
        monkeypatch.setattr(own, "level", logging.NOTSET)
        write_log(Settings(log=kind))
        assert type(root.handlers[0].formatter) is wanted
        assert (own.level == logging.INFO) == (kind == "json")


def test_counts_are_in_the_format_that_monitors_read(make_client: MakeClient) -> None:
    client = make_client(metrics=True)
    session = client.session({"preset": "xor"})
    for _ in range(3):
        client.post(f"{session}/step", {})
    client.request("BREW", f"{session}/step")
    text = client.request("GET", "/metrics").text
    line = re.compile(r'(# (HELP|TYPE) stepgrad_\w+ .+|stepgrad_\w+(\{(\w+="[^"\\\n]*",?)+\})? [\d.e+-]+)')
    assert [said for said in text.splitlines() if not line.fullmatch(said)] == []
    route = "/api/sessions/{session_id}/step"
    assert f'stepgrad_requests_total{{method="POST",route="{route}",status="200"}} 3\n' in text
    assert 'method="other"' in text, "what anybody may send is no label: there would be no end to them"
    assert "\nstepgrad_sessions_in_memory 1\n" in text
    assert "\nstepgrad_under_way 1\n" in text, "this one"
    assert session.rsplit("/", 1)[1] not in text


def test_it_is_ready_unless_nothing_can_be_saved_or_it_ends(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = make_client()
    assert client.get("/readyz") == {"status": "ready"}
    desk = client.app.state.desk

    async def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "save", full)
        client.post("/api/sessions", {"preset": "or"})
        assert "The disk is full." in client.refused(503, "GET", "/readyz")["message"]
        assert client.get("/healthz") == {"status": "ok"}
    client.post("/api/sessions", {"preset": "or"})
    assert client.get("/readyz") == {"status": "ready"}
    desk.let_go()
    assert client.request("GET", "/readyz").headers["retry-after"] == "5"
