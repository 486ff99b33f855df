"""The largest requests that the limits allow take less than 64 MB each, and are answered within a second of work."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import httpx
import pytest

from app.settings import Settings

from .server import Server

MOST_MB = 64
LIMITS = Settings()

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process took at most is only told there")


class Weighed:
    """A server whose memory and work are read before and after a request."""

    def __init__(self, server: Server) -> None:
        self.api = httpx.Client(base_url=server.url, timeout=120)
        self._proc = Path(f"/proc/{server.pid}")

    def ask(self, method: str, path: str, content: bytes | None = None) -> tuple[int, float, float]:
        """A request's status, the memory that it took at most, in MB, and the seconds of work."""
        (self._proc / "clear_refs").write_text("5", encoding="ascii")  # what it held at most is from now on
        before, worked = self._read("VmRSS"), self._worked()
        answer = self.api.request(method, path, content=content, headers={"content-type": "application/json"})
        return answer.status_code, self._read("VmHWM") - before, self._worked() - worked

    def session(self, body: object) -> str:
        return f"/api/sessions/{self.api.post('/api/sessions?view=step', json=body).json()['id']}"

    def _read(self, what: str) -> float:
        found = re.search(rf"{what}:\s+(\d+) kB", (self._proc / "status").read_text(encoding="ascii"))
        assert found is not None
        return int(found[1]) / 1000

    def _worked(self) -> float:
        fields = (self._proc / "stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def weighed() -> Iterator[Weighed]:
    with Server() as server:
        found = Weighed(server)
        found.session({"preset": "xor"})  # what is only loaded once
        yield found
        found.api.close()


def rows(columns: int, cell: str = "0.5") -> bytes:
    """As many values as there may be, as rows of numbers."""
    count = LIMITS.max_values // (columns + 1)
    spec = {"layers": [{"units": columns}, {"units": 1}], "loss": "half_squared_error"}
    inputs = ",".join([f"[{','.join([cell] * columns)}]"] * count)
    return (
        f'{{"spec":{json.dumps(spec)},"data":{{"inputs":[{inputs}],"targets":[{",".join(["[1]"] * count)}]}}}}'.encode()
    )


def table(columns: int, cell: Callable[[], str]) -> bytes:
    count = min(LIMITS.max_values // columns, LIMITS.max_rows)
    lines = "\n".join(",".join(cell() for _ in range(columns)) for _ in range(count))
    return f"{','.join(f'c{k}' for k in range(columns))}\n{lines}".encode()[: LIMITS.max_body_bytes]


def parts(part: bytes) -> bytes:
    most = LIMITS.max_body_bytes
    return b'{"data": {"inputs": [' + part * ((most - 100) // len(part)) + b"[1]]}}"


RANDOM = Random(3)
CHANGE = b'{"tensor":"b1","index":[0],"value":1}'
SENT: dict[str, tuple[str, Callable[[], bytes]]] = {
    "many columns": ("POST /api/sessions?view=step", lambda: rows(99)),
    "many rows": ("POST /api/sessions?view=step", lambda: rows(4)),
    "long numbers": ("POST /api/sessions?view=step", lambda: rows(99, "0.12")),
    "empty lists": ("POST /api/sessions", lambda: parts(b"[],")),
    "short texts": ("POST /api/sessions", lambda: parts(b'"ab",')),
    "a table of numbers": ("POST /api/data/table", lambda: table(5, lambda: "1.25")),
    "a table of texts": ("POST /api/data/table", lambda: table(5, lambda: f"{RANDOM.getrandbits(28):x}")),
    "a table of long numbers": ("POST /api/data/table", lambda: table(2, lambda: repr(RANDOM.random()))),
    "a table of dates": ("POST /api/data/table", lambda: table(2, lambda: f"2025-01-02 {RANDOM.getrandbits(30)}")),
    "a table of names": ("POST /api/data/table", lambda: b",".join([b"h" * 4000] * 1000) + b"\n1" + b",1" * 999),
    "changes": ("PATCH {session}/parameters", lambda: b'{"changes": [' + b",".join([CHANGE] * 10_000) + b"]}"),
    "too many changes": (
        "PATCH {session}/parameters",
        lambda: b'{"changes": [' + b",".join([CHANGE] * 104_000) + b"]}",
    ),
}
LARGE = {
    "spec": {
        "layers": [{"units": 2}, {"units": 440}, {"units": 440}, {"units": 1}],
        "optimizer": {"name": "adam"},
        "schedule": {"name": "step"},
        "clip": 1,
        "l1": 0.001,
        "l2": 0.001,
        "batch_size": 4,
    },
    "data": {"name": "xor"},
}
ASKED = {
    "state": ("GET", "", None),
    "step": ("POST", "/step", b'{"granularity": "pass"}'),
    "tape": ("GET", "/tape/0", None),
    "train": ("POST", "/train?view=step", b'{"iterations": 10}'),
    "file": ("GET", "/file", None),
    "diagnosis": ("GET", "/diagnosis", None),
    "gradient check": ("GET", "/gradient-check", None),
    "program": ("GET", "/exports/numpy", None),
}


def test_the_largest_bodies_take_no_more_memory_than_is_promised(weighed: Weighed, long: bool) -> None:
    session = weighed.session({"preset": "xor"})
    for name in SENT if long else ("many rows", "empty lists", "a table of texts"):
        asked, body = SENT[name]
        method, path = asked.format(session=session).split()
        status, took, worked = weighed.ask(method, path, body())
        print(f"{name}: {status}, {took:.0f} MB, {worked:.2f} s of work")
        assert status in (200, 201, 422), name
        assert took < MOST_MB, name


def test_the_largest_network_takes_no_more_memory_than_is_promised(weighed: Weighed, long: bool) -> None:
    count = sum((a + 1) * b for a, b in ((2, 440), (440, 440), (440, 1)))
    assert 0.9 * LIMITS.max_parameters < count <= LIMITS.max_parameters
    status, took, worked = weighed.ask("POST", "/api/sessions?view=step", json.dumps(LARGE).encode())
    print(f"made: {status}, {took:.0f} MB, {worked:.2f} s of work")
    assert (status, took < MOST_MB) == (201, True), took
    session = weighed.session(LARGE)
    for name in ASKED if long else ("state",):
        method, path, body = ASKED[name]
        status, took, worked = weighed.ask(method, session + path, body)
        print(f"{name}: {status}, {took:.0f} MB, {worked:.2f} s of work")
        assert status == 200, name
        assert took < MOST_MB, name
