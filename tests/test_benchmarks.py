"""The benchmarks run. What they measure is nobody's test: timings are printed, never asserted."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from app.bootstrap import ROOT
from benchmarks import document
from benchmarks.peers.contests import who
from benchmarks.peers.playground import Absent, playground
from benchmarks.peers.problem import Problem, check_agreement
from benchmarks.peers.stepgrad import Stepgrad
from benchmarks.peers.textbook import Textbook
from benchmarks.report import Line, Table

LINES = {
    "press": ["→ to the changed picture", "the server's answer to that step", "/healthz"],
    "seeks": ["a drag to the changed picture", "the server's answer to a seek"],
    "operations": ["drawn at random", "the slowest kind"],
    "peers": ["Stepgrad", "textbook NumPy", "rate over textbook NumPy", "its matrix products alone", "adam takes"],
    "learning": ["right on test rows, other seeds"],
    "server": ["/healthz", "steps, operation by operation"],
    "class": ["a move, until the last follower has it", "a student's own step", "/healthz meanwhile", "one of them"],
    "load": ["a step", "/healthz meanwhile", "memory of the server", "its open files"],
    "replicas": ["steps, one, in memory", "the store costs one server", "three, of one in memory"],
    "soak": ["an answer", "memory of the server", "open files"],
    "training": ["a session that runs", "from a pause", "what a session did", "pictures drawn"],
}
QUICKEST = ("press", "operations", "peers", "server", "load")


@pytest.mark.parametrize("name", QUICKEST)
def test_a_benchmark_prints_each_thing_with_its_median_and_quartiles(name: str) -> None:
    check(name)


def test_so_do_those_that_take_longer(long: bool) -> None:
    for name in [name for name in LINES if name not in QUICKEST][: None if long else 1]:
        check(name)


def check(name: str) -> None:
    """A benchmark prints its lines, each with a median and quartiles."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks", name, "--quick"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    for line in LINES[name]:
        assert re.search(rf"(?m)^  {re.escape(line)}.* [\d.e+-]+ \S+  \(.+ … .+\)", run.stdout), run.stdout


def test_a_peer_that_is_absent_is_said_to_be_with_what_would_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(package: str) -> str:
        raise metadata.PackageNotFoundError(package)

    monkeypatch.setattr(metadata, "version", absent)
    monkeypatch.delenv("STEPGRAD_PLAYGROUND", raising=False)
    with pytest.raises(Absent) as why_not, playground():
        pass
    said = who(None, str(why_not.value))
    assert "PyTorch is absent; to add it: python -m pip install torch." in said
    assert "scikit-learn is absent; to add it: python -m pip install scikit-learn." in said
    assert "TensorFlow Playground is absent; name a copy of its repository" in said


def test_peers_that_do_not_compute_the_same_are_not_compared() -> None:
    problem = Problem((2, 3, 1), 4)
    ours, textbook = Stepgrad(problem), Textbook(problem)
    for _ in range(3):
        ours.train()
        textbook.train()
    check_agreement(ours.parameters(), textbook.parameters(), "textbook")
    textbook.weights[1][0, 2] += 1e-6
    with pytest.raises(AssertionError, match="textbook"):
        check_agreement(ours.parameters(), textbook.parameters(), "textbook")


def test_an_unknown_benchmark_is_answered_with_those_that_there_are() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks", "speed"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert (
        "there are press, seeks, operations, peers, learning, server, training, load, replicas, class, soak"
        in run.stderr
    )


def test_what_was_measured_takes_the_place_of_its_own_part_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"{document.HEAD}\n## peers\n\nas before\n\n## press\n\nold\n", encoding="utf-8")
    monkeypatch.setattr(document, "PAGE", page)
    document.write([("press", Table("a key", [Line("pressed", [1e6, 2e6, 3e6])], "A note."))])
    document.write([("server", Table("a step", []))])
    text = page.read_text(encoding="utf-8")
    assert re.findall("(?m)^## (.+)", text) == ["How to read it", "peers", "press", "server"]
    assert "## peers\n\nas before\n\n## press" in text
    assert "### a key\n\nA note.\n\n| | median" in text
    assert "| pressed | 2 ms |" in text
    assert "old" not in text
