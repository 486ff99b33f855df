"""What was answered is there again after the worst, and a disk that refuses does not stop anybody."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import httpx
import pytest

from app.bootstrap import ROOT

from .server import Server, environment


class Learner:
    """Changes a session again and again until the server is gone, and remembers what it was answered."""

    def __init__(self, url: str, seed: int) -> None:
        self.draw = Random(seed)
        self.api = httpx.Client(base_url=url, timeout=30)
        self.answered = self.api.post("/api/sessions", json={"preset": self.draw.choice(["xor", "or"])}).json()
        self.path = f"/api/sessions/{self.answered['id']}"
        self.asking = False

    def live(self) -> None:
        try:
            while True:
                method, path, body = self.wish()
                self.asking = True
                answer = self.api.request(method, f"{self.path}{path}", json=body)
                if answer.is_success:
                    self.answered = answer.json()
                self.asking = False
        except httpx.HTTPError:
            self.api.close()

    def wish(self) -> tuple[str, str, dict[str, Any]]:
        granularity = self.draw.choice(["operation", "pass"])
        value, iteration = self.draw.uniform(-1, 1), self.draw.randrange(30)
        wishes: list[tuple[str, str, dict[str, Any]]] = [
            ("POST", "/step", {"granularity": granularity}),
            ("POST", "/step", {"granularity": granularity, "direction": "previous"}),
            ("PUT", "/position", {"iteration": iteration, "operation": 3}),
            ("POST", "/train", {"iterations": 1 + iteration * 20}),
            ("PATCH", "/parameters", {"changes": [{"tensor": "W1", "index": [0, 0], "value": value}]}),
            ("PATCH", "/spec", {"optimizer": {"name": "sgd", "learning_rate": abs(value)}}),
            ("POST", "/undo", {}),
            ("POST", "/redo", {}),
        ]
        return self.draw.choice(wishes)

    def check(self, url: str) -> None:
        """What was answered last is there, or what was asked for and not answered any more."""
        found = httpx.get(f"{url}{self.path[1:]}", timeout=30).json()
        if self.asking and found["revision"] > self.answered["revision"]:
            return
        # What belongs to the answer of a step alone: the session stands where it stood.
        assert {**found, "step": None, "run": None} == {**self.answered, "step": None, "run": None}


def test_every_answered_write_outlives_a_kill(tmp_path: Path, long: bool) -> None:
    draw = Random(5)
    file = tmp_path / "sessions.db"
    learners: list[Learner] = []
    slowest = 0.0
    for _ in range(50 if long else 5):
        begun = time.perf_counter()
        with Server("--store", f"sqlite://{file}") as server:
            slowest = max(slowest, time.perf_counter() - begun)
            for learner in learners:
                learner.check(server.url)
            learners = [Learner(server.url, draw.randrange(2**30)) for _ in range(3)]
            threads = [Thread(target=learner.live) for learner in learners]
            for thread in threads:
                thread.start()
            time.sleep(draw.uniform(0.05, 1))
            server.kill()
            for thread in threads:
                thread.join()
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    print(f"the slowest start took {slowest:.2f} s")


def test_a_run_that_was_killed_goes_on_from_about_where_it_was(tmp_path: Path) -> None:
    store = f"sqlite://{tmp_path / 'sessions.db'}"
    with Server("--store", store) as server, httpx.Client(base_url=server.url, timeout=30) as api:
        session = f"/api/sessions/{api.post('/api/sessions', json={'preset': 'xor'}).json()['id']}"
        api.put(f"{session}/run", json={})
        told = 0
        with closing(sqlite3.connect(tmp_path / "sessions.db")) as connection:
            while told < 200:
                told = connection.execute("SELECT iteration FROM sessions").fetchone()[0]
        revision = api.get(session).json()["revision"]
        server.kill()
    with Server("--store", store) as server:
        found = httpx.get(f"{server.url}{session[1:]}", timeout=30).json()
    assert found["position"]["iteration"] >= told
    assert found["revision"] > revision, "a page that saw the newest revision would take this for an old one"
    assert found["run"] is None


def steps(api: httpx.Client, session: str) -> dict[str, Any]:
    """A few steps, which have to be answered; the last answer."""
    state: dict[str, Any] = {}
    for _ in range(3):
        answer = api.post(f"{session}/step", json={"granularity": "pass"})
        assert answer.status_code == 200
        state = answer.json()
    return state


def until_saved(api: httpx.Client, session: str) -> None:
    for _ in range(200):
        if not api.get(session).json()["unsaved"]:
            return
        time.sleep(0.1)
    raise AssertionError("it was never saved again")


@pytest.mark.skipif(sys.platform != "linux", reason="takes the right to write from a process that runs")
def test_while_a_process_may_write_no_more_one_steps_on_and_then_it_is_saved(tmp_path: Path, long: bool) -> None:
    for number in range(10 if long else 1):
        write_no_more(f"sqlite://{tmp_path / f'{number}.db'}")


def write_no_more(store: str) -> None:
    import resource

    with Server("--store", store) as server, httpx.Client(base_url=server.url, timeout=30) as api:
        session = f"/api/sessions/{api.post('/api/sessions', json={'preset': 'xor'}).json()['id']}"
        before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        state = steps(api, session)
        assert state["unsaved"].startswith("The session could not be saved: ")
        new = api.post("/api/sessions", json={"preset": "or"}).json()
        assert new["unsaved"]
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)
        for name in (new["id"], state["id"]):
            until_saved(api, f"/api/sessions/{name}")
        server.kill()
    with Server("--store", store) as server:
        found = httpx.get(f"{server.url}{session[1:]}", timeout=30).json()
        assert found["position"] == state["position"]
        assert httpx.get(f"{server.url}api/sessions/{new['id']}", timeout=30).is_success


def fill(file: Path) -> None:
    """Write as long as there is room."""
    with file.open("wb", buffering=0) as writing:
        while True:
            writing.write(bytes(1024))


SMALL_DISK = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=600k none "$0" && exec "$@"']


@pytest.fixture
def small_disk(tmp_path: Path) -> tuple[list[str], Path]:
    """A command before another one, which sees a tiny disk in this folder, and nobody else does."""
    before = [*SMALL_DISK, str(tmp_path)]
    if not shutil.which("unshare") or subprocess.run([*before, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system does not let one make a disk")
    return before, tmp_path


def test_on_a_full_disk_one_steps_on_and_it_is_saved_once_there_is_room(
    small_disk: tuple[list[str], Path], long: bool
) -> None:
    for _ in range(10 if long else 1):
        fill_up(*small_disk)


def fill_up(before: list[str], folder: Path) -> None:
    with (
        Server("--store", f"sqlite://{folder}/sessions.db", inside=before) as server,
        httpx.Client(base_url=server.url, timeout=30) as api,
    ):
        session = f"/api/sessions/{api.post('/api/sessions', json={'preset': 'xor'}).json()['id']}"
        filling = Path(f"/proc/{server.pid}/root{folder}/filling")
        with pytest.raises(OSError, match="No space"):
            fill(filling)
        state: dict[str, Any] = {"unsaved": ""}
        for _ in range(300):
            if not state["unsaved"]:
                state = steps(api, session)
                api.post("/api/sessions", json={"preset": "or"})
        assert "full" in state["unsaved"], state["unsaved"]
        state = steps(api, session)
        filling.unlink()
        until_saved(api, session)
        for name in ("sessions.db", "sessions.db-wal"):
            shutil.copy(f"/proc/{server.pid}/root{folder}/{name}", folder / name)
    with closing(sqlite3.connect(folder / "sessions.db")) as connection:
        told = connection.execute("SELECT iteration FROM sessions WHERE id = ?", (state["id"],)).fetchone()
    assert told == (state["position"]["iteration"],)


def test_a_store_that_was_chosen_and_cannot_be_written_to_ends_in_one_line() -> None:
    command = [sys.executable, "-m", "app", "--no-open", "--port", "0", "--store", "sqlite:///dev/null/sessions.db"]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("Sessions cannot be kept in /dev/null/sessions.db: ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("content", [b"somebody's own notes, and not a database at all", None])
def test_a_file_that_is_another_programs_is_left_alone(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "notes.db"
    if content is None:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE notes (text)")
        content = file.read_bytes()
    else:
        file.write_bytes(content)
    command = [sys.executable, "-m", "app", "--no-open", "--port", "0", "--store", f"sqlite://{file}"]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == 1
    assert str(file) in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert file.read_bytes() == content


def test_where_there_is_no_folder_for_data_sessions_are_kept_in_memory_and_it_says_so() -> None:
    with Server("--data-dir", "/dev/null/stepgrad") as server, httpx.Client(base_url=server.url) as api:
        assert api.post("/api/sessions", json={"preset": "xor"}).status_code == 201
        assert api.get("/api/sessions").json()["lasting"] is False
    said = [line for line in server.output if "kept in memory" in line]
    assert len(said) == 1


def test_sessions_are_kept_in_the_data_folder_and_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    for _ in range(2):
        with Server("--data-dir", str(folder)) as server:
            httpx.post(f"{server.url}api/sessions", json={"preset": "xor"})
    assert sorted(path.name for path in folder.iterdir()) == ["sessions.db"], "nothing is left to be recovered"
    with closing(sqlite3.connect(folder / "sessions.db")) as connection:
        assert connection.execute("SELECT COUNT(*) FROM sessions").fetchone() == (2,)
