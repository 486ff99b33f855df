"""Who may ask, how much, and what every answer carries."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings

from .client import Client, MakeClient, error_of

ALLOWED = [
    "localhost",
    "localhost:8000",
    "LOCALHOST:8000",
    "localhost.",
    "127.0.0.1",
    "127.0.0.1:8000",
    "192.168.1.20:8000",
    "[::1]",
    "[::1]:8000",
    "class.example",
    "Class.Example:443",
]
NOT_ALLOWED = [
    "",
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example:8000",
    "class.example.evil.example",
    "notclass.example",
    "1",
    "[::1].evil.example:80",
    "[::1",
    "127.0.0.1:8000:1",
    "evil.example#localhost",
    "localhost@evil.example",
    "localhost/evil.example",
    "[",
]


@pytest.mark.parametrize("host", ALLOWED)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_localhost_and_a_configured_name_are_answered(
    make_client: MakeClient, host: str, method: str
) -> None:
    client = make_client(allowed_hosts=("class.example",))
    path = "/healthz" if method == "GET" else "/api/sessions"
    response = client.request(method, path, {"preset": "or"} if method == "POST" else None, headers={"host": host})
    assert response.is_success, response.text


@pytest.mark.parametrize("host", NOT_ALLOWED)
@pytest.mark.parametrize("path", ["/", "/healthz", "/static/icon.svg", "/api/catalog", "/nothing"])
def test_any_other_host_is_not(make_client: MakeClient, host: str, path: str) -> None:
    """A page of another site, whose name an attacker points at this machine, gets nothing."""
    error = make_client(allowed_hosts=("class.example",)).refused(400, "GET", path, headers={"host": host})
    assert error["code"] == "host_not_allowed"
    assert "--allowed-hosts" in error["hint"]


SAME = "http://127.0.0.1:8000"
HEADERS = [
    (None, None, True),
    (None, "same-origin", True),
    (None, "same-site", False),
    (None, "cross-site", False),
    (None, "none", False),
    (None, "", False),
    (SAME, None, True),
    (SAME.upper(), None, True),
    ("https://127.0.0.1:8000", None, True),
    ("https://nets.example.org", None, True),
    ("http://nets.example.org", None, False),
    ("http://127.0.0.1", None, False),
    ("http://127.0.0.1:8001", None, False),
    ("http://127.0.0.1:8000.evil.example", None, False),
    ("http://evil.example", None, False),
    ("null", None, False),
    ("", None, False),
    ("http://127.0.0.1:8000@evil.example", None, False),
    (SAME, "same-origin", True),
    (SAME, "cross-site", False),
    ("http://evil.example", "same-origin", False),
]


@pytest.mark.parametrize(("origin", "site", "passes"), HEADERS)
def test_only_the_own_page_and_scripts_may_change_something(
    make_client: MakeClient, origin: str | None, site: str | None, passes: bool
) -> None:
    client = make_client(public_url="https://nets.example.org/class")
    given = {"origin": origin, "sec-fetch-site": site, "host": "127.0.0.1:8000"}
    headers = {name: value for name, value in given.items() if value is not None}
    for method, path in (("POST", "/api/sessions"), ("DELETE", "/api/sessions/nobody"), ("PUT", "/nothing")):
        response = client.request(method, path, {"preset": "or"} if method == "POST" else None, headers=headers)
        assert (response.status_code != 403) == passes
        assert response.is_success or error_of(response)["code"] in ("cross_site", "session_not_found", "not_found")
    assert client.request("GET", "/api/catalog", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:80", "http://localhost"),
        ("localhost", "http://localhost:80"),
        ("localhost.:8000", "http://localhost:8000"),
        ("10.0.0.7:8000", "https://nets.example.org:443"),
        ("10.0.0.7:8000", "https://nets.example.org"),
    ],
)
def test_a_port_that_is_the_schemes_own_may_be_named_or_not(make_client: MakeClient, host: str, origin: str) -> None:
    client = make_client(public_url="https://nets.example.org:443")
    given = {"host": host, "origin": origin}
    assert client.request("POST", "/api/sessions", {"preset": "or"}, headers=given).status_code == 201


@pytest.mark.parametrize("path", ["/", "/docs", "/healthz", "/api/catalog", "/static/icon.svg", "/nothing"])
def test_head_is_answered_like_get_but_for_the_body(client: Client, path: str) -> None:
    get, head = client.request("GET", path), client.request("HEAD", path)
    assert head.status_code == get.status_code
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.content == b""


def test_no_answer_lets_another_origin_read_it(client: Client) -> None:
    response = client.request("GET", "/api/catalog", headers={"origin": "http://evil.example"})
    assert [name for name in response.headers if name.startswith("access-control")] == []


@pytest.fixture
def failing() -> FastAPI:
    app = create_app(Settings(max_body_bytes=1000))

    @app.get("/broken")
    async def fail() -> None:
        raise RuntimeError

    return app


@pytest.mark.parametrize(
    ("status", "method", "path"),
    [
        (200, "GET", "/"),
        (200, "GET", "/docs"),
        (200, "GET", "/openapi.json"),
        (200, "GET", "/healthz"),
        (200, "GET", "/static/icon.svg"),
        (200, "GET", "/api/catalog"),
        (201, "POST", "/api/sessions"),
        (307, "GET", "/api/catalog/"),
        (400, "GET", "/"),
        (403, "POST", "/api/sessions"),
        (404, "GET", "/nothing"),
        (404, "GET", "/static/nothing"),
        (405, "DELETE", "/"),
        (405, "POST", "/static/icon.svg"),
        (413, "POST", "/api/sessions"),
        (422, "POST", "/api/sessions"),
        (500, "GET", "/broken"),
    ],
)
def test_every_answer_carries_the_headers_that_protect(failing: FastAPI, status: int, method: str, path: str) -> None:
    headers = {400: {"host": "evil.example"}, 403: {"origin": "null"}}.get(status)
    body = {201: {"preset": "or"}, 413: {"preset": "x" * 1000}, 422: {"preset": "nor"}}.get(status)
    with Client(failing) as client:
        response = client.request(method, path, body, headers=headers)
    assert response.status_code == status
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cross-origin-opener-policy"] == "same-origin"
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in response.headers["permissions-policy"]
    constant = "/api/" not in path or (status, path) == (200, "/api/catalog")
    assert response.headers["cache-control"] == ("no-cache" if constant else "no-store")


LIMIT = 1000


async def _chunks(count: int, taken: list[int]) -> AsyncIterator[bytes]:
    """A body of unknown length, in pieces of 100 bytes."""
    for number in range(count):
        taken.append(number)
        yield b" " * 100


def test_a_body_within_the_limit_passes_whole_or_in_pieces(make_client: MakeClient) -> None:
    client = make_client(max_body_bytes=LIMIT)
    body = b'{"preset": "or"}'.ljust(LIMIT)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, LIMIT, 7):
            yield body[start : start + 7]

    contents: tuple[bytes | AsyncIterator[bytes], ...] = (body, pieces())
    for content in contents:
        options = {"content": content, "headers": {"content-type": "application/json"}}
        assert client.request("POST", "/api/sessions", **options).status_code == 201


@pytest.mark.parametrize("path", ["/api/sessions", "/api/sessions/nobody/step", "/nothing", "/healthz"])
def test_a_body_above_the_limit_is_refused_wherever_it_goes(make_client: MakeClient, path: str) -> None:
    client = make_client(max_body_bytes=LIMIT)
    assert client.refused(413, "POST", path, content=b" " * (LIMIT + 1))["code"] == "body_too_large"


def test_a_body_without_a_length_is_read_no_further_than_the_limit(make_client: MakeClient) -> None:
    client = make_client(max_body_bytes=LIMIT)
    taken: list[int] = []
    client.refused(413, "POST", "/api/sessions", content=_chunks(10_000, taken))
    assert len(taken) == LIMIT // 100 + 1


def test_a_client_that_leaves_while_it_sends_is_nothing_to_log(client: Client) -> None:
    async def leave() -> list[object]:
        sent: list[object] = []

        async def receive() -> dict[str, str]:
            return {"type": "http.disconnect"}

        async def send(message: object) -> None:
            sent.append(message)

        request = httpx.Request("POST", "http://127.0.0.1/api/sessions")
        scope = {
            "type": "http",
            "method": request.method,
            "path": request.url.path,
            "headers": [(b"host", b"127.0.0.1")],
            "query_string": b"",
        }
        await client.app(scope, receive, send)
        return sent

    assert client.run(leave()) == []


def test_pages_that_may_show_it_in_a_frame_are_named_and_old_browsers_are_not_told_otherwise(
    make_client: MakeClient,
) -> None:
    headers = make_client(embed_in=("https://moodle.example.org", "http://localhost:*")).request("GET", "/").headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors https://moodle.example.org http://localhost:*;" in policy
    assert "x-frame-options" not in headers
