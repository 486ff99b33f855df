"""Runs exported programs in another process, and says what the page shows in their place."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.export.source import Source
from app.nn.parameters import named_views
from app.sessions.session import Session

RUNNER = """
import contextlib, io, json, runpy, sys
printed = []
for path in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        runpy.run_path(path, run_name="__main__")
    printed.append(out.getvalue())
print(json.dumps(printed))
"""


def printed(texts: Sequence[str], folder: Path, python: str = sys.executable) -> list[dict[str, Any]]:
    """What each program prints, by name. One process runs them all; none may fail or write to stderr."""
    paths = []
    for number, text in enumerate(texts):
        path = folder / f"program{number}.py"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    command = [python, "-W", "error::SyntaxWarning", "-c", RUNNER, *paths]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=folder, check=False)
    assert run.returncode == 0, run.stderr
    return [
        {name: ast.literal_eval(value) for name, _, value in (line.partition(" = ") for line in text.splitlines())}
        for text in ast.literal_eval(run.stdout)
    ]


def shown(session: Session, source: Source) -> dict[str, Any]:
    """The cost and the parameters that the page shows: inside an iteration those at its start."""
    iteration, whole = session.iteration, source.done > source.iteration
    position = source.position if whole else 0
    numbers: dict[str, Any] = named_views(source.spec, iteration.parameters(position))
    return {**numbers, "cost": iteration.cost_after.total if whole else iteration.cost.total}


def assert_same(found: dict[str, Any], wanted: dict[str, Any], about: object, share: float = 1e-9) -> None:
    """Within a billionth; what is a million times smaller than the largest of its tensor counts as nothing."""
    assert set(found) == set(wanted), about
    for name, numbers in wanted.items():
        got, expected = np.asarray(found[name], float), np.asarray(numbers, float)
        assert got.shape == expected.shape, (about, name)
        most = share * np.maximum(np.abs(expected), 1e-6 * np.abs(expected).max())
        assert np.all(np.abs(got - expected) <= most), (about, name, got, expected)
