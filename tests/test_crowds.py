"""A crowd at the door: many streams when it is told to stop, requests that never end, readers that never read."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from statistics import median
from time import monotonic, perf_counter
from urllib.parse import urlsplit

import httpx
import pytest

from .server import Server

STOPS_WITHIN = 5.0


class Wire:
    """Connections to a server on which one says what one likes."""

    def __init__(self, server: Server, stack: ExitStack) -> None:
        parts = urlsplit(server.url)
        self._address = parts.hostname, parts.port
        self._stack = stack

    def say(self, text: str, room_to_read: int | None = None) -> socket.socket:
        """A new connection that has said this."""
        wire = self._stack.enter_context(closing(socket.socket()))
        if room_to_read is not None:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room_to_read)
        wire.settimeout(20)
        wire.connect(self._address)
        wire.sendall(text.replace("\n", "\r\n").encode())
        return wire


@pytest.fixture
def wires() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def session_on(api: httpx.Client) -> str:
    return f"/api/sessions/{api.post('/api/sessions', json={'preset': 'xor'}).json()['id']}"


def stream(path: str) -> str:
    return f"GET {path}/events HTTP/1.1\nHost: 127.0.0.1\n\n"


def test_with_many_open_streams_it_stops_in_time_and_without_a_word(wires: ExitStack, long: bool) -> None:
    count, each = (300, 10) if long else (30, 10)
    with Server() as server, httpx.Client(base_url=server.url, timeout=30) as api:
        wire = Wire(server, wires)
        sessions = [session_on(api) for _ in range(count // each)]
        open_streams = [wire.say(stream(session)) for session in sessions for _ in range(each)]
        for one in open_streams:
            assert one.recv(4096).startswith(b"HTTP/1.1 200")
        for session in sessions:
            api.put(f"{session}/run", json={})
        begin = monotonic()
        code = server.stop()
        seconds = monotonic() - begin
    print(f"with {count} streams it stopped within {seconds:.2f} s")
    assert code == 0
    assert seconds < STOPS_WITHIN
    assert "Traceback" not in "".join(server.output)


def steps(api: httpx.Client, session: str, count: int) -> list[float]:
    """Milliseconds that steps take."""
    taken = []
    for _ in range(count):
        begin = perf_counter()
        assert api.post(f"{session}/step?view=step", json={}).status_code == 200
        taken.append((perf_counter() - begin) * 1000)
    return taken


def test_half_requests_and_readers_that_do_not_read_keep_nobody_from_stepping(wires: ExitStack, long: bool) -> None:
    """How long a step takes beside them is printed; that all are answered, and that it still stops, is asserted."""
    half, deaf = (500, 50) if long else (50, 5)
    with Server() as server, httpx.Client(base_url=server.url, timeout=30) as api:
        wire, session, watched = Wire(server, wires), session_on(api), session_on(api)
        alone = steps(api, session, 100)
        for number in range(half):
            head = f"POST {session}/step HTTP/1.1\nHost: 127.0.0.1\nContent-Type: application/json\n"
            wire.say(head + ("Content-Length: 50\n\n{" if number % 2 else "X-Half: "))
        api.put(f"{watched}/run", json={"speed": 200})
        for _ in range(deaf):
            wire.say(stream(watched), room_to_read=2048)
            wire.say(f"GET {watched}/data HTTP/1.1\nHost: 127.0.0.1\n\n", room_to_read=2048)
        beside = steps(api, session, 100)
        assert api.get("/healthz").is_success
        begin = monotonic()
        assert server.stop() == 0
        assert monotonic() - begin < STOPS_WITHIN
    said = "".join(server.output)
    assert "Traceback" not in said, said
    print(f"a step takes {median(alone):.2f} ms alone, {median(beside):.2f} ms beside {half} half, {deaf} deaf")


def test_half_of_a_body_never_reaches_a_session(wires: ExitStack) -> None:
    """Nor does it keep the session, so that 64 who wait with half a body would shut it for all."""
    with Server("--max-body-seconds", "1") as server, httpx.Client(base_url=server.url, timeout=30) as api:
        session, wire = session_on(api), Wire(server, wires)
        head = f"POST {session}/step HTTP/1.1\nHost: 127.0.0.1\nContent-Type: application/json\n"
        waiting = [wire.say(f"{head}Content-Length: 50\n\n{{") for _ in range(70)]
        assert api.post(f"{session}/step", json={}).status_code == 200
        answers = {one.recv(4096).split(b"\r\n")[0] for one in waiting}
        assert answers == {b"HTTP/1.1 408 Request Timeout"}
        assert api.get(session).json()["revision"] == 1
