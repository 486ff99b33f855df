"""What comes over the wire that is no request is answered in the one shape too, or closed."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from random import Random
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette

from app import connection
from app.api.security import Guard
from app.rates.rate import MemoryRates
from app.settings import Settings

from .api.answered import faults
from .server import Server

GOOD = b"\r\n".join(
    [
        *(b"POST /api/data/preview HTTP/1.1", b"Host: 127.0.0.1", b"Connection: close"),
        *(b"Content-Type: application/json", b"Content-Length: 14", b"", b""),
    ]
)
BODY = b'{"name": "or"}'
STRANGE = (
    *(
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"HELO there\r\n\r\n",
        b"GET /\r\n\r\n",
        b"\x00" * 100 + b"\r\n\r\n",
    ),
    *(b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    *(b"GET /\xff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"GET / HTTP/1.1\r\n: x\r\n\r\n", b"G" * 100_000),
    *(GOOD.replace(b"14", b"-1") + BODY, GOOD.replace(b"14", b"14, 15") + BODY, GOOD.replace(b"14", b"9" * 30) + BODY),
    GOOD.replace(b"Content-Length: 14", b"Transfer-Encoding: chunked") + b"zz\r\n" + BODY,
    GOOD.replace(b"Content-Length: 14", b"Transfer-Encoding: chunked\r\nContent-Length: 14") + b"zz\r\n",
    GOOD.replace(b"Content-Length: 14", b"Transfer-Encoding: gzip") + BODY,
    GOOD.replace(b"POST", b"PRI * HTTP/2.0\r\n\r\nSM"),
)
PATIENCE = 0.5
"""Seconds after which nothing more is expected from a server that waits for the rest of a request."""


def said(server: Server, sent: bytes) -> bytes:
    """What is answered to bytes, up to the end of the connection, or as long as something comes."""
    parts = urlsplit(server.url)
    read = b""
    with socket.create_connection((parts.hostname, parts.port)) as wire, suppress(ConnectionError, TimeoutError):
        wire.settimeout(PATIENCE)
        wire.sendall(sent)
        while piece := wire.recv(65536):
            read += piece
    return read


def check(answer: bytes) -> int:
    """The status of an answer, which has to be as every answer is."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *fields = head.decode("latin-1").split("\r\n")
    status = int(first.split()[1])
    headers = {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}
    whole = body if "content-length" in headers and len(body) == int(headers["content-length"]) else None
    assert [fault for fault in faults(status, headers, whole) if "x-request-id" not in fault] == [], answer[:500]
    return status


@pytest.mark.parametrize("sent", STRANGE, ids=lambda sent: repr(sent[-40:]))
def test_what_is_no_request_is_refused_in_the_one_shape(server: Server, sent: bytes) -> None:
    answer = said(server, sent)
    if answer:
        assert check(answer) == 400


REFUSED = GOOD.replace(b"Content-Length: 14", b"Transfer-Encoding: chunked").replace(b"127.0.0.1", b"evil.example")


@pytest.mark.parametrize("begun", [b"", b"1\r\n{\r\n", b"zz\r\n"], ids=["no body", "a good body", "a bad body"])
def test_who_is_refused_and_then_sends_what_is_no_body_is_answered_once(server: Server, begun: bytes) -> None:
    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port)) as wire, suppress(ConnectionError):
        wire.settimeout(30)
        wire.sendall(REFUSED.replace(b"Connection: close\r\n", b"") + begun)
        answer = wire.recv(65536)
        wire.sendall(b"zz\r\n")
        while more := wire.recv(65536):
            answer += more
    assert check(answer) == 400
    assert answer.count(b"HTTP/1.1 ") == 1
    assert "Traceback" not in "".join(server.output)


def test_mutated_requests_on_the_wire_never_make_it_fail(server: Server, long: bool) -> None:
    random, seen = Random(11), set()
    for _ in range(3000 if long else 100):
        sent = bytearray(GOOD + BODY)
        for _ in range(random.randint(0, 4)):
            sent[random.randrange(len(sent))] = random.choice((0, 10, 13, 32, 58, random.randrange(256)))
        if answer := said(server, bytes(sent)):
            seen.add(check(answer))
    assert {200, 400} <= seen
    assert "Traceback" not in "".join(server.output)


def test_what_protects_an_answer_of_the_app_protects_one_that_the_app_never_saw() -> None:
    assert set(Guard(Starlette(), Settings(), "", MemoryRates()).headers) <= set(connection.PROTECTING)
    json.dumps(connection.NOT_HTTP)


def test_who_sends_no_whole_head_is_closed_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from uvicorn import Config
    from uvicorn import Server as Uvicorn

    async def app(scope: object, receive: object, send: object) -> None:
        raise AssertionError("it was to be closed")

    async def act() -> list[bytes]:
        monkeypatch.setattr(connection, "HEAD_SECONDS", 0.05)
        config = Config(app, http=connection.Connection, port=0, lifespan="off", log_config=None)
        serving = Uvicorn(config)
        going = asyncio.create_task(serving.serve())
        while not serving.started:
            await asyncio.sleep(0.01)
        port = serving.servers[0].sockets[0].getsockname()[1]
        ends = []
        for sent in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
            ends.append(await asyncio.wait_for(reader.read(), 10))
            writer.close()
        serving.should_exit = True
        await going
        return ends

    assert asyncio.run(act()) == [b""] * 3
