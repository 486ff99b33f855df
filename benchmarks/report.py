"""The report: facts of the machine, how to read the numbers, and a table for each thing measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import numpy as np

READING = """\
Each line: the median, and in brackets the quartiles, between which half of the samples lie. What is compared was
measured in turns in the same run; a ratio is the median of the ratios of neighbours. Times depend on the machine and
on what else it does, ratios much less, so compare ratios. "At best" compares the quickest samples of both, which other
work on the machine disturbs least. A target says what the project wants of an idle laptop."""

UNITS = (("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1.0))


@dataclass(frozen=True)
class Target:
    """What is wanted of a median: at least, or at most."""

    value: float
    at_least: bool = False

    def met(self, value: float) -> bool:
        return value >= self.value if self.at_least else value <= self.value


@dataclass(frozen=True)
class Line:
    """One thing measured.

    Attributes:
        values: nanoseconds where `unit` is empty, else numbers of that unit.
        best: the same of the quickest samples, which a busy machine disturbs least, where that is of interest.
    """

    what: str
    values: Sequence[float]
    unit: str = ""
    target: Target | None = None
    best: float | None = None

    def __str__(self) -> str:
        text = f"{self.what:<46} {self.middle:>10}  ({self.spread})"
        if self.best is not None:
            text = f"{text:<84} at best {self.at_best:<8}"
        return f"{text:<84} target {self.wanted}" if self.target else text.rstrip()

    @property
    def middle(self) -> str:
        return self._said(median(self.values))

    @property
    def spread(self) -> str:
        """The quartiles, if there is anything between which they could lie."""
        if len(self.values) == 1:
            return "one run"
        low, _, high = quantiles(self.values, n=4, method="inclusive")
        return f"{self._said(low)} … {self._said(high)}"

    @property
    def at_best(self) -> str:
        return "" if self.best is None else self._said(self.best)

    @property
    def wanted(self) -> str:
        """The target, and whether it is met; empty without one."""
        if self.target is None:
            return ""
        sign, verdict = (
            "≥" if self.target.at_least else "≤",
            "met" if self.target.met(median(self.values)) else "missed",
        )
        return f"{sign} {self._said(self.target.value)}: {verdict}"

    def _said(self, value: float) -> str:
        if self.unit:
            return f"{_three_digits(value)} {self.unit}"
        unit, size = next((pair for pair in UNITS if abs(value) >= pair[1]), UNITS[-1])
        return f"{_three_digits(value / size)} {unit}"


@dataclass(frozen=True)
class Table:
    """Things measured in turns, and what has to be known of them."""

    title: str
    lines: Sequence[Line]
    note: str = ""


def machine() -> str:
    """What it is measured on, and what else that does."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"Python {platform.python_version()}, NumPy {np.__version__} (BLAS on one thread), "
        f"{platform.system()} {platform.machine()}, {cores} CPUs{_processor()}, {_load()}"
    )


def head() -> None:
    """Say on what machine, and how to read what follows."""
    print(f"{machine()}\n{READING}", flush=True)


def show(name: str, table: Table) -> None:
    """Print a table."""
    note = [f"  {table.note}"] if table.note else []
    print("\n".join([f"\n{name}: {table.title}", *note, *(f"  {line}" for line in table.lines)]), flush=True)


def _processor() -> str:
    """Its model, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return f" ({platform.processor()})" if platform.processor() else ""
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f" ({model})" if model else ""


def _load() -> str:
    if not hasattr(os, "getloadavg"):
        return "load unknown"
    return f"{os.getloadavg()[0]:.1f} processes running in the last minute"


def _three_digits(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
