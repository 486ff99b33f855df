"""TensorFlow Playground: its own `nn.ts`, compiled and run in Chromium, where its users run it."""

from __future__ import annotations

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
    # ES2015 is what its own settings say. As ES2022, whose fields begin as undefined, it takes twice as long.
    with tempfile.TemporaryDirectory() as folder:
        options = ["--target", "es2015", "--module", "es2015", "--outDir", folder]
        subprocess.run([*node.typescript(), str(source), *options], check=True)
        return (Path(folder) / "nn.js").read_text(encoding="utf-8")


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
    return [{"inputs": row, "target": target} for row, target in rows]
