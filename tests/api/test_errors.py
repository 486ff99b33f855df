"""Every kind of failure is answered in one shape, and says what was got, what was expected and what to do."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException

from app.api.errors import STATUS
from app.errors import SettingsError, StepgradError
from app.main import create_app
from app.sessions.session import Session
from app.settings import Settings

from .client import Client, MakeClient, error_of

LAYERS = [{"units": 2}, {"units": 1}]
OR = {"name": "or"}

REFUSALS = [
    (404, "not_found", "GET", "/nothing", None),
    (404, "not_found", "GET", "/static/nothing.js", None),
    (404, "not_found", "GET", "/static/js", None),
    (404, "session_not_found", "GET", "/api/sessions/nobody", None),
    (404, "session_not_found", "DELETE", "/api/sessions/nobody", None),
    (404, "session_not_found", "POST", "/api/sessions/nobody/step", {}),
    (404, "session_not_found", "GET", "/api/sessions/nobody/tape/0", None),
    (405, "method_not_allowed", "DELETE", "/api/sessions", None),
    (405, "method_not_allowed", "POST", "/static/icon.svg", {}),
    (405, "method_not_allowed", "BREW", "/", None),
    (409, "not_due", "POST", "{session}/backward", {}),
    (409, "stale_revision", "POST", "{session}/step", {"revision": 7}),
    (409, "nothing_to_undo", "POST", "{session}/undo", {}),
    (409, "nothing_to_undo", "POST", "{session}/redo", {}),
    (422, "invalid_request", "POST", "/api/sessions", {"spec": 3}),
    (422, "invalid_request", "POST", "{session}/step", {"granularity": "leap"}),
    (422, "invalid_request", "GET", "{session}?digits=many", None),
    (422, "invalid_spec", "POST", "/api/sessions", {"spec": {"layers": LAYERS, "loss": "regret"}, "data": OR}),
    (422, "invalid_spec", "GET", "{session}?notation=runes", None),
    (422, "invalid_data", "POST", "/api/sessions", {"spec": {"layers": LAYERS}, "data": {"name": "nand"}}),
    (
        422,
        "limit_exceeded",
        "POST",
        "/api/sessions",
        {"spec": {"layers": [{"units": 2}, {"units": 10**9}]}, "data": OR},
    ),
    (422, "not_in_this_network", "GET", "{session}/explanations/z9?index=0", None),
    (422, "not_in_this_network", "GET", "{session}?example=99", None),
]


@pytest.mark.parametrize(("status", "code", "method", "path", "body"), REFUSALS)
def test_a_refusal_has_the_one_shape_and_its_code(
    client: Client, status: int, code: str, method: str, path: str, body: object
) -> None:
    session = client.session({"preset": "xor"})
    assert client.refused(status, method, path.format(session=session), body)["code"] == code


def test_every_error_of_the_network_has_a_status() -> None:
    assert set(STATUS) == set(StepgradError.__subclasses__()) - {SettingsError}


@pytest.mark.parametrize(
    ("body", "where", "said"),
    [
        ({"preset": 1}, "preset", "valid string; got a number"),
        ({"preset": True}, "preset", "got true"),
        ({"spec": []}, "spec", "got a list of 0"),
        ({"spec": {}, "data": OR}, "spec.layers", "required"),
        ({"spec": {"layers": [{}]}, "data": OR}, "spec.layers[0].units", "required"),
        ({"spec": {"layers": LAYERS, "color": 1}, "data": OR}, "spec.color", "not permitted"),
        ({"spec": {"layers": LAYERS, "l2": "3"}, "data": OR}, "spec.l2", "valid number; got a text"),
        ({"spec": {"layers": LAYERS}}, "data", "There is no data"),
        ({"data": OR}, "spec", "There is no spec"),
        ({"preset": "xor", "data": OR}, "preset", "and more beside it"),
        (
            {"spec": {"layers": [{"units": 3}, {"units": 1}]}, "data": OR},
            "spec.layers[0].units",
            "has 3 units; the data",
        ),
        (
            {"spec": {"layers": LAYERS}, "data": {"inputs": [[1, 2], [3]], "targets": [[1], [1]]}},
            "data.inputs[1]",
            "1 n",
        ),
    ],
)
def test_an_error_says_where_and_what(client: Client, body: object, where: str, said: str) -> None:
    error = client.refused(422, "POST", "/api/sessions", body)
    assert error["where"] == where
    assert said in error["message"]


def test_an_error_says_what_would_be_right(client: Client) -> None:
    session = client.session({"preset": "xor"})
    assert "forward" in client.refused(409, "POST", f"{session}/backward", {})["hint"]
    assert "xor, or" in client.refused(422, "POST", "/api/sessions", {"preset": "nor"})["hint"]
    assert (
        "sigmoid, tanh"
        in client.refused(
            422,
            "POST",
            "/api/sessions",
            {"spec": {"layers": [{"units": 2}, {"units": 1, "activation": "wish"}]}, "data": OR},
        )["hint"]
    )
    assert (
        "--max-units"
        in client.refused(
            422, "POST", "/api/sessions", {"spec": {"layers": [{"units": 2}, {"units": 5000}]}, "data": OR}
        )["hint"]
    )


def test_a_body_that_is_not_marked_as_json_is_told_so(client: Client) -> None:
    for headers in ({}, {"content-type": "text/plain"}, {"content-type": "application/x-www-form-urlencoded"}):
        error = client.refused(422, "POST", "/api/sessions", content=b'{"preset": "xor"}', headers=headers)
        assert "Content-Type: application/json" in error["hint"]
        assert "not marked as JSON" in error["message"]


def test_405_names_the_methods_that_there_are(client: Client) -> None:
    response = client.request("PUT", "/api/catalog", {})
    assert response.status_code == 405
    assert response.headers["allow"] == "GET"


@pytest.fixture
def broken() -> FastAPI:
    """An app with routes that fail."""
    app = create_app(Settings())

    @app.get("/broken")
    async def fail() -> None:
        raise RuntimeError("a secret")

    @app.get("/teapot")
    async def teapot() -> None:
        raise HTTPException(418, "a secret")

    return app


def test_what_nobody_thought_of_has_the_one_shape_and_keeps_its_cause_in_the_log(
    broken: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    with Client(broken) as client, caplog.at_level(logging.ERROR, "stepgrad"):
        response = client.request("GET", "/broken")
    error = error_of(response)
    assert (response.status_code, error["code"]) == (500, "internal_error")
    assert "secret" not in response.text
    number = error["hint"].removesuffix(".").split()[-1]
    assert number in caplog.text
    assert "a secret" in caplog.text


def test_any_other_http_error_has_the_one_shape(broken: FastAPI) -> None:
    with Client(broken) as client:
        response = client.request("GET", "/teapot")
    assert (response.status_code, error_of(response)["code"]) == (418, "http_error")
    assert "secret" not in response.text


def test_a_body_above_the_limit_has_the_one_shape(make_client: MakeClient) -> None:
    error = make_client(max_body_bytes=100).refused(413, "POST", "/api/sessions", {"preset": "x" * 100})
    assert error["code"] == "body_too_large"
    assert "100 bytes" in error["message"]
    assert "--max-body-bytes" in error["hint"]


def test_refusals_at_the_door_have_the_one_shape(client: Client) -> None:
    strange: list[tuple[int, str, httpx.Headers]] = [
        (400, "host_not_allowed", httpx.Headers({"host": "evil.example"})),
        (403, "cross_site", httpx.Headers({"origin": "http://evil.example"})),
    ]
    for status, code, headers in strange:
        assert client.refused(status, "POST", "/api/sessions", {"preset": "xor"}, headers=headers)["code"] == code


def test_a_bug_in_a_handler_fails_that_request_alone(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    struck, others = client.session({"preset": "xor"}), [client.session({"preset": "or"}) for _ in range(3)]
    step = Session.step

    def broken(session: Session, *arguments: Any) -> None:
        if session.id == struck.rsplit("/", 1)[1]:
            raise KeyError("a bug")
        step(session, *arguments)

    before = client.get(struck)
    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR, "stepgrad"):
        patch.setattr(Session, "step", broken)
        asked: list[tuple[str, str, object]] = [
            ("POST", f"{one}/step", {}) for one in (struck, *others) for _ in range(5)
        ]
        answers = client.together(asked)
    assert [answer.status_code for answer in answers] == [500] * 5 + [200] * 15
    for answer in answers[:5]:
        assert answer.headers["x-request-id"] in caplog.text
        assert answer.headers["x-request-id"] in error_of(answer)["hint"]
    assert struck.rsplit("/", 1)[1] not in caplog.text, "an id is a key"
    assert client.get(struck) == before
    assert client.post(f"{struck}/step", {})["position"]["operation"] == 1
