"""A real server process on a free port, for tests; keeps what it printed."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import TracebackType

from app.bootstrap import ROOT

from .served import FAULT

START_SECONDS = 60
NOWHERE = os.devnull
"""In which nothing can be kept."""


def environment() -> dict[str, str]:
    """This process's environment without settings and sessions of somebody's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STEPGRAD_")}
    return {**kept, "XDG_DATA_HOME": NOWHERE, "HOME": NOWHERE, "LOCALAPPDATA": NOWHERE}


class Server:
    """`python -m app` with `flags`, as a context. Sessions are kept in memory unless these say where.

    Attributes:
        url: ends in a slash.
        output: the lines that it said.
    """

    def __init__(self, *flags: str, inside: Sequence[str] = (), checked: bool = True) -> None:
        """Start it.

        Args:
            inside: a command that runs the one that follows it, in surroundings of its own.
            checked: every answer is looked at, and what is wrong with one fails the test that stops the server.
        """
        module = "tests.served" if checked else "app"
        kept = [] if {"--store", "--data-dir"} & set(flags) else ["--store", "memory:"]
        self.output: list[str] = []
        self._urls: queue.Queue[str] = queue.Queue()
        self._process = subprocess.Popen(
            [*inside, sys.executable, "-m", module, "--no-open", "--port", "0", *kept, *flags],
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Server:
        try:
            self.url = self._urls.get(timeout=START_SECONDS)
        except queue.Empty:
            self.url = ""
        if not self.url:
            self.stop()
            raise RuntimeError("The server did not start. It said:\n" + "".join(self.output))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> int:
        """Ask it to stop; returns its exit code."""
        self._process.terminate()
        code = self._process.wait(timeout=30)
        self._reader.join()
        self._check()
        return code

    def kill(self) -> None:
        """End it at once, as if the machine had failed."""
        self._process.kill()
        self._process.wait(timeout=30)
        self._reader.join()
        self._check()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _check(self) -> None:
        """Raises AssertionError where an answer was not as every answer has to be."""
        faults = sorted({line for line in self.output if line.startswith(FAULT)})
        assert faults == []

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self.output.append(line)
                if found := re.search(r"Stepgrad is at (\S+)", line):
                    self._urls.put(found[1])
        self._urls.put("")  # it ended
