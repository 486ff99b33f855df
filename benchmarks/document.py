"""docs/performance.md: what a run of the benchmarks measured, for people who have not run them."""

from __future__ import annotations

from collections.abc import Sequence

from app.bootstrap import ROOT

from .report import READING, Line, Table, machine

PAGE = ROOT / "docs" / "performance.md"
HEAD = """\
# Performance

Written by `python3 -m benchmarks --write`; [CONTRIBUTING](../CONTRIBUTING.md) says how to have every peer take part.

## How to read it

{reading}

A `rate over` someone is how many times as fast Stepgrad is as they are, at the same work: above 1 it is the faster one.
Where two compute the same, they were first checked to end with the same parameters.

What the peers do, each as its own users write it: the textbook is NumPy layer by layer, every result a new array.
PyTorch is eager, `nn.Sequential` with `optim.SGD`. scikit-learn is `partial_fit` on 25 batches at a time. TensorFlow
Playground is its own `nn.ts`, made by its own compiler with its own settings and run in Chromium; its unit is what its
page does between two drawings: an epoch and the cost of all rows, the inputs of each made from the chosen features. The
matrix products alone are the limit: no engine on the same BLAS is faster. Stepgrad copies its batch in each time and
keeps every number that a learner can step through.
"""
TABLE = ("| | median | quartiles | at best | wanted |", "|---|--:|---|--:|---|")


HEADING = "\n## "


def write(tables: Sequence[tuple[str, Table]]) -> None:
    """Put these tables, each with the name of its benchmark, into the page; what others measured stays there."""
    _, _, *before = PAGE.read_text(encoding="utf-8").split(HEADING)  # the head has a heading of its own
    groups = {part.split("\n", 1)[0]: part for part in before}
    for name in dict.fromkeys(name for name, _ in tables):
        groups[name] = _group(name, [table for of, table in tables if of == name])
    page = [HEAD.format(reading=READING), *(f"{group.rstrip()}\n" for group in groups.values())]
    PAGE.write_text(HEADING.join(page), encoding="utf-8")


def _group(name: str, tables: Sequence[Table]) -> str:
    parts = [f"{name}\n\nMeasured by `python3 -m benchmarks {name}` with {machine()}.\n"]
    for table in tables:
        parts.append(f"### {table.title}\n")
        if table.note:
            parts.append(f"{table.note}\n")
        if table.lines:
            parts.append("\n".join([*TABLE, *map(_row, table.lines), ""]))
    return "\n".join(parts)


def _row(line: Line) -> str:
    return f"| {line.what} | {line.middle} | {line.spread} | {line.at_best} | {line.wanted} |"
