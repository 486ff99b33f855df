"""The stream of events, over a real connection to a real server: newest state first, nothing piles up, it ends."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.server import Server

Event = tuple[str, str, Any]
"""Name, id, and data."""
QUIET_SECONDS = 60
"""After which a stream that sends only beats is taken for broken: what happened is told far sooner."""


def lines(response: httpx.Response) -> Iterator[str]:
    """Those of a stream; where nothing comes but beats, nobody tells anything any more, and it is waited no longer."""
    heard = time.monotonic()
    for line in response.iter_lines():
        if line and not line.startswith(":"):
            heard = time.monotonic()
        assert time.monotonic() - heard < QUIET_SECONDS, "nothing came but beats"
        yield line


class Stream:
    """Reads events from a response."""

    def __init__(self, response: httpx.Response) -> None:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        self._lines = lines(response)

    def __iter__(self) -> Iterator[Event]:
        fields: dict[str, str] = {}
        for line in self._lines:
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "event" in fields:
                yield fields["event"], fields["id"], json.loads(fields["data"])
                fields = {}

    def until(self, name: str, **wanted: Any) -> Event:
        """The next event of this name with these fields."""
        return next(event for event in self if event[0] == name and wanted.items() <= event[2].items())


@pytest.fixture
def api(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30) as client:
        yield client


def session_on(api: httpx.Client) -> str:
    return f"/api/sessions/{api.post('/api/sessions', json={'preset': 'xor'}).json()['id']}"


@contextlib.contextmanager
def events(api: httpx.Client, session: str, last: str | None = None) -> Iterator[Stream]:
    headers = {} if last is None else {"Last-Event-ID": last}
    with api.stream("GET", f"{session}/events", headers=headers) as response:
        yield Stream(response)


def test_whoever_comes_is_told_where_it_stands_and_then_what_changes(api: httpx.Client) -> None:
    session = session_on(api)
    with events(api, session) as stream:
        assert stream.until("position")[2] == {
            "iteration": 0, "operation": 0, "operations": 57, "revision": 0, "edition": 0
        }  # fmt: skip
        assert stream.until("metrics")[2]["newest"] == api.get(f"{session}/metrics").json()["points"][-1]
        stepped = api.post(f"{session}/step", json={}).json()
        _, identifier, position = stream.until("position")
        assert identifier == str(stepped["revision"]) == "1"
        assert position["operation"] == 1
        edited = api.patch(f"{session}/spec", json={"l2": 0.5}).json()
        assert stream.until("position", revision=2)[2]["edition"] == edited["edition"] == 1


def test_a_run_is_told_from_its_begin_to_its_end(api: httpx.Client) -> None:
    session = session_on(api)
    with events(api, session) as stream:
        api.put(f"{session}/run", json={"until": {"iteration": 300}, "speed": 1000})
        begun = stream.until("run", going=True)[2]
        assert (begun["begun"], begun["iterations"]) == (0, 300)
        ended = stream.until("run", going=False)[2]
        assert (ended["why"], ended["done"]) == ("reached", 300)
    assert api.get(session).json()["position"]["iteration"] == 299


def test_coming_back_with_the_newest_id_brings_nothing_known_and_with_an_older_one_the_newest(
    api: httpx.Client,
) -> None:
    session = session_on(api)
    for _ in range(3):
        api.post(f"{session}/step", json={})
    with events(api, session, last="1") as stream:
        assert next(iter(stream))[:2] == ("position", "3")
    with events(api, session, last="3") as stream:
        assert next(iter(stream))[0] == "metrics"
        api.post(f"{session}/step", json={})
        assert stream.until("position")[2]["operation"] == 4


def test_a_browser_that_does_not_read_slows_nobody(server: Server, api: httpx.Client) -> None:
    """Nor does what it was not told pile up: when it reads again, it is soon where the session is."""
    session = session_on(api)
    with socket.create_connection((urlsplit(server.url).hostname, urlsplit(server.url).port)) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(f"GET {session}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        api.put(f"{session}/run", json={})
        with events(api, session) as stream:
            far = stream.until("position")[2]["iteration"] + 20_000
            while stream.until("position")[2]["iteration"] < far:
                pass
        paused = api.delete(f"{session}/run").json()
        assert paused["run"]["why"] == "paused"
        deaf.settimeout(10)
        last = f'"revision":{paused["revision"]},'.encode()
        read = b""
        while last not in read:
            read += deaf.recv(65536)
        assert len(read) < 1_000_000


def test_a_session_that_is_forgotten_ends_its_run_and_its_streams(api: httpx.Client) -> None:
    session = session_on(api)
    api.put(f"{session}/run", json={})
    with events(api, session) as stream:
        stream.until("run")
        threading.Timer(0.1, lambda: httpx.delete(f"{api.base_url}{session.lstrip('/')}")).start()
        assert [event for event in stream if event[0] == "none"] == []
    assert api.get(f"{session}/events").status_code == 404


def test_a_server_that_is_stopped_ends_streams_and_runs_at_once() -> None:
    with Server() as server, httpx.Client(base_url=server.url, timeout=30) as api:
        session = session_on(api)
        api.put(f"{session}/run", json={})
        with events(api, session) as stream:
            stream.until("position")
            assert server.stop() == 0
            list(stream)  # to a whole end: one that goes on would be cut off
        assert "Traceback" not in "".join(server.output)
