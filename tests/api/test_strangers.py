"""Strangers: who comes from elsewhere, asks for other files, or guesses, gets exactly what the table says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from urllib.parse import quote, unquote

import httpx
import pytest

from app.bootstrap import ROOT
from app.main import create_app
from app.settings import Settings

from .client import Client, error_of
from .mutations import ask

HERE, PUBLIC = "http://127.0.0.1:8000", "https://nets.example.org"
COMING = [
    # Host, Origin, Sec-Fetch-Site, Sec-Fetch-Mode: what an unsafe and a safe request are answered
    ("127.0.0.1:8000", None, None, None, "passes", "passes"),
    ("127.0.0.1:8000", None, None, "navigate", "passes", "passes"),
    ("127.0.0.1:8000", HERE, None, None, "passes", "passes"),
    ("127.0.0.1:8000", HERE, "same-origin", "cors", "passes", "passes"),
    ("127.0.0.1:8000", None, "same-origin", "same-origin", "passes", "passes"),
    ("127.0.0.1:8000", None, "none", "navigate", "cross_site", "passes"),
    ("127.0.0.1:8000", None, "same-site", "cors", "cross_site", "passes"),
    ("127.0.0.1:8000", None, "cross-site", "no-cors", "cross_site", "passes"),
    ("127.0.0.1:8000", None, "SAME-ORIGIN", "cors", "cross_site", "passes"),
    ("127.0.0.1:8000", HERE, "cross-site", "cors", "cross_site", "passes"),
    ("127.0.0.1:8000", "http://evil.example", "same-origin", "cors", "cross_site", "passes"),
    ("127.0.0.1:8000", "http://evil.example", None, None, "cross_site", "passes"),
    ("127.0.0.1:8000", "null", None, None, "cross_site", "passes"),
    ("127.0.0.1:8000", "http://127.0.0.1:8001", None, None, "cross_site", "passes"),
    ("127.0.0.1:8000", "http://127.0.0.1", None, None, "cross_site", "passes"),
    ("127.0.0.1:8000", "http://localhost:8000", None, None, "cross_site", "passes"),
    ("127.0.0.1:8000", "file://", None, None, "cross_site", "passes"),
    ("localhost:8000", "http://localhost:8000", "same-origin", "cors", "passes", "passes"),
    ("192.168.1.7:8000", PUBLIC, "same-origin", "cors", "passes", "passes"),
    ("nets.example.org", PUBLIC, "same-origin", "cors", "passes", "passes"),
    ("nets.example.org", "http://nets.example.org", "same-site", "cors", "cross_site", "passes"),
    ("evil.example", None, None, None, "host_not_allowed", "host_not_allowed"),
    ("evil.example:8000", "http://evil.example:8000", "same-origin", "cors", "host_not_allowed", "host_not_allowed"),
    ("", HERE, "same-origin", "cors", "host_not_allowed", "host_not_allowed"),
]
UNSAFE = {"POST": "/api/sessions", "PUT": "{session}/position", "PATCH": "{session}/spec", "DELETE": "{session}/run"}
BODIES = {"POST": {"preset": "or"}, "PUT": {"iteration": 0}, "PATCH": {"l2": 0.5}, "DELETE": None}
STATUS = {"cross_site": 403, "host_not_allowed": 400}


@pytest.fixture(scope="module")
def named() -> Iterator[Client]:
    """A client of a server that has a name of its own."""
    with Client(create_app(Settings(public_url=PUBLIC, allowed_hosts=("nets.example.org",)))) as client:
        yield client


@pytest.mark.parametrize("coming", COMING, ids=lambda coming: " ".join(str(part) for part in coming[:4]))
def test_who_comes_from_where_is_answered_as_the_table_says(named: Client, coming: tuple[str | None, ...]) -> None:
    host, origin, site, mode, unsafe, safe = coming
    client = named
    session = client.session({"preset": "xor"})
    given = {"host": host, "origin": origin, "sec-fetch-site": site, "sec-fetch-mode": mode}
    headers = {name: value for name, value in given.items() if value is not None}
    for method, path in {**UNSAFE, "GET": "/api/catalog"}.items():
        before = client.get(session)
        answer = client.request(method, path.format(session=session), BODIES.get(method), headers=headers)
        wanted = str(safe if method == "GET" else unsafe)
        if wanted == "passes":
            assert answer.is_success, (method, answer.text)
        else:
            assert (answer.status_code, error_of(answer)["code"]) == (STATUS[wanted], wanted), method
            assert client.get(session) == before


def test_a_wrong_id_and_a_foreign_one_take_the_same_way(client: Client) -> None:
    """By how long it takes, too, which is printed: it depends on the machine, and so is not asserted."""
    owned = {"stepgrad-owner": "o" * 22}
    made = client.request("POST", "/api/sessions", {"preset": "xor"}, headers=owned).json()["id"]
    times: dict[str, list[float]] = {made: [], "A" * 22: []}
    answers: set[tuple[int, str]] = set()
    for _ in range(30):
        for name, taken in times.items():
            begin = perf_counter()
            answer = client.request("DELETE", f"/api/sessions/{name}", headers={"stepgrad-owner": "s" * 22})
            taken.append(perf_counter() - begin)
            answers.add((answer.status_code, answer.text))
    assert len(answers) == 1
    foreign, wrong = (f"{median(taken) * 1e3:.2f} ms" for taken in times.values())
    print(f"a foreign id is refused in {foreign}, a wrong one in {wrong}")


class Doings:
    """What this process does that others could notice, while it is listened to. A hook stays, so there is one of it."""

    def __init__(self) -> None:
        self.listening = False
        self.found: list[tuple[str, str]] = []
        sys.addaudithook(self._hear)

    @contextmanager
    def noted(self) -> Iterator[list[tuple[str, str]]]:
        self.found, self.listening = [], True
        try:
            yield self.found
        finally:
            self.listening = False

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.listening:
            return
        watched = ("open", "os.", "socket.", "subprocess.", "shutil.", "glob.", "urllib.", "ftplib.", "ctypes.", "exec")
        if event.startswith(watched):
            self.found.append((event, str(arguments[0]) if arguments else ""))


DOINGS = Doings()
ALLOWED = (ROOT / "static", ROOT / "templates", ROOT / "app", Path(sys.prefix), Path(sys.base_prefix))
"""Files of the app and of what it uses, which are read when they are first needed."""
QUIET = ("socket.__new__", "os.scandir", "os.listdir", "exec")
"""Looking at a folder of one's own, and running modules when they are first imported."""
TARGETS = (
    "etc/passwd",
    "app/settings.py",
    "requirements.lock",
    "proc/self/environ",
    "windows/win.ini",
    "tests/server.py",
)
UP = (
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..\\",
    "..%5c",
    "....//",
    "..;/",
    "%252e%252e/",
    ".%00./",
    "..%c0%af",
    "//",
)
PLACES = (
    *("/static/{}", "/static/v-0000000000/{}", "/static/js/{}", "/words/{}/page.json", "/words/en/{}.json"),
    *("/api/sessions/{}", "/api/sessions/{}/file", "{session}/exports/{}", "{session}/tape/{}", "/api/rooms/{}"),
    *("/{}", "/docs/{}", "{session}/explanations/{}", "/api/catalog/curves/{}", "{session}/history/{}"),
)


def traversals(random: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        up = "".join(random.choice(UP) for _ in range(random.randint(1, 8)))
        yield random.choice(("", "/", "C:/", "file:///", "\\\\host\\", "~/")) + up + random.choice(TARGETS)


def test_no_address_opens_a_file_that_is_not_the_apps(client: Client, long: bool) -> None:
    session = client.session({"preset": "xor"})
    client.request("GET", "/static/icon.svg")
    random = Random(8)
    found: list[tuple[str, str]] = []
    secret = (ROOT / "requirements.lock").read_bytes()[:40]

    async def attack() -> None:
        for path in traversals(random, 3000 if long else 300):
            place = random.choice(PLACES).replace("{session}", session)
            wanted = unquote(place.replace("{}", path)) if random.random() < 0.5 else place.replace("{}", quote(path))
            status, answer = await ask(client.app, "GET", wanted.replace("?", ""), b"")
            assert status in (400, 404, 405, 422, 307), (status, wanted)
            assert secret not in answer
            assert b"root:" not in answer

    with DOINGS.noted() as doings:
        client.run(attack())
        found += doings
    strange = [
        (event, what)
        for event, what in found
        if event not in QUIET and not (event == "open" and any(within(what, folder) for folder in ALLOWED))
    ]
    assert strange == []


def within(path: str, folder: Path) -> bool:
    return Path(path).is_absolute() and Path(path).resolve().is_relative_to(folder.resolve())


def test_a_whole_walk_through_the_api_opens_no_connection_and_starts_no_program(client: Client) -> None:
    """And the hook hears it when one does: else silence would say nothing."""
    with DOINGS.noted() as doings:
        with pytest.raises(httpx.HTTPError):
            httpx.get("http://127.0.0.1:9", timeout=2)
        heard = list(doings)
    assert any(event == "socket.connect" for event, _ in heard)
    session = client.session({"preset": "xor"})
    with DOINGS.noted() as doings:
        for method, path, body in (
            ("POST", "/step", {}),
            ("POST", "/train", {"iterations": 5}),
            ("PATCH", "/data", {"data": {"name": "iris", "test_share": 0.2}}),
            ("GET", "/exports/numpy", None),
            ("GET", "/file", None),
            ("GET", "/diagnosis", None),
        ):
            client.request(method, session + path, body)
        for path in ("/", "/docs", "/openapi.json", "/api/catalog", "/words/de/later.json"):
            assert client.request("GET", path).is_success
        events = {event for event, _ in doings}
    assert not {event for event in events if event.startswith(("socket.connect", "subprocess", "os.exec", "os.system"))}
