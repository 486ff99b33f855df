"""TensorFlow Playground: its own `nn.ts`, compiled and run in Chromium, where its users run it."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from app.nn.registry import Array
from tests import node
from tests.browser.chromium import chromium

from .problem import LEARNING_RATE, Layer, Problem

DRIVER = Path(__file__).with_name("playground.js")
WHERE = "STEPGRAD_PLAYGROUND"


class Absent(Exception):
    """Its source is not on this machine; says how to get it."""


@contextmanager
def playground() -> Iterator[Page]:
    """A page that has its functions.

    Raises:
        Absent: no source is named.
    """
    source = Path(os.environ.get(WHERE, "")) / "src" / "nn.ts"
    if WHERE not in os.environ or not source.is_file():
        raise Absent(f"name a copy of its repository, tensorflow/playground on GitHub, in {WHERE}")
    with chromium() as browser:
        page = browser.new_page()
        page.add_script_tag(content=_compiled(source) + DRIVER.read_text(encoding="utf-8"), type="module")
        yield page


def _compiled(source: Path) -> str:
    """Its functions, as the TypeScript that its package names makes them by its own settings.

    They matter: what a newer compiler writes for newer browsers takes anything from the same time to twice as long.
    """
    repository = source.parents[1]
    package = json.loads((repository / "package.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        settings: dict[str, object] = {"extends": str(repository / "tsconfig"), "files": [str(source)]}
        settings["compilerOptions"] = {"outDir": folder}
        project = Path(folder) / "tsconfig.json"
        project.write_text(json.dumps(settings), encoding="utf-8")
        compiler = f"typescript@{package['devDependencies']['typescript']}"
        npm = [*node.command("npm"), "exec", "--yes", "--loglevel=error", f"--package={compiler}", "--"]
        subprocess.run([*npm, "tsc", "--project", str(project)], check=True)
        # It writes a CommonJS module, whose functions the driver calls by their names.
        return "const exports = {};\n" + (Path(folder) / "nn.js").read_text(encoding="utf-8")


class Playground:
    """A problem's network in the page.

    Args:
        halves: inputs and targets to train on, and to test on; none where only the grid is wanted.
        axis: the coordinates of the lines of the grid.
    """

    def __init__(self, page: Page, problem: Problem, halves: Sequence[tuple[Array, Array]], axis: Array) -> None:
        self.page = page
        made = {
            "units": problem.units,
            "parameters": [[weight.tolist(), bias.tolist()] for weight, bias in problem.start],
            "rate": LEARNING_RATE,
            "batchSize": problem.spec.batch_size,
            "halves": [_points(inputs, targets) for inputs, targets in halves],
            "axis": axis.tolist(),
        }
        page.evaluate("(problem) => playground.make(problem)", made)

    def epoch(self) -> list[float]:
        """One; the costs of both halves."""
        costs: list[float] = self.page.evaluate("() => playground.epoch()")
        return costs

    def timed(self, work: str) -> TimedInPage:
        """`epochs` or `regions`, to be measured."""
        return TimedInPage(self.page, work)

    def parameters(self) -> list[Layer]:
        found = self.page.evaluate("() => playground.parameters()")
        return [(np.array(weight), np.array(bias)) for weight, bias in found]


class TimedInPage:
    """One of the page's works, timed by the page's own clock. That ticks tenths of a millisecond, so it runs longer."""

    def __init__(self, page: Page, work: str) -> None:
        self._page, self._work = page, work

    def batch(self, count: int) -> float:
        """The nanoseconds of so many."""
        return float(self._page.evaluate("([work, count]) => playground[work](count)", [self._work, count]))


def _points(inputs: Array, targets: Array) -> list[dict[str, object]]:
    rows = zip(inputs.tolist(), targets[:, 0].tolist(), strict=True)
    return [{"x": x, "y": y, "target": target} for (x, y), target in rows]
