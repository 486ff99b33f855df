"""The benchmarks run. What they measure is nobody's test: timings are printed, never asserted."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from app.bootstrap import ROOT


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("press", ["→ to the changed picture", "the server's answer to that step", "/healthz"]),
        ("operations", ["drawn at random", "the slowest kind"]),
        (
            "peers",
            ["Stepgrad", "textbook NumPy", "rate over textbook NumPy", "its matrix products alone", "adam takes"],
        ),
        ("server", ["/healthz", "steps, operation by operation"]),
    ],
)
def test_a_benchmark_prints_each_thing_with_its_median_and_quartiles(name: str, lines: list[str]) -> None:
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
    for line in lines:
        assert re.search(rf"(?m)^  {re.escape(line)}.* [\d.e+-]+ \S+  \(.+ … .+\)", run.stdout), run.stdout


def test_an_unknown_benchmark_is_answered_with_those_that_there_are() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks", "speed"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert "there are press, operations, peers, server" in run.stderr
