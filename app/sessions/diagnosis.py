"""A diagnosis: what is the matter with a network at an iteration, and since when.

It works on a copy of the timeline, in short pieces, so that the session goes on meanwhile; and it is bounded: where to
find out would mean to train for long again, it says that it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from ..nn.diagnose import diagnose, failures
from ..nn.look import Finding, Look
from ..nn.plan import Plan
from .replay import Replay
from .timeline import Timeline

MOST_ROWS = 1000
MOST_ACTIVATIONS = 1_000_000
MOST_PRODUCTS = 50_000_000
"""Bounds of one look: on the rows, on these times the units, and on these times the parameters."""
MOST_WORK = 500_000_000
"""The bound of a whole diagnosis, in nanoseconds as they are reckoned here. The first look is always made."""
PIECE = 0.005
"""Seconds of a piece of work that is not interrupted."""
EPOCHS, APART = 8, 256
"""How many earlier costs are compared: an epoch apart, or so many iterations where an epoch has more."""
PROBES = 16
"""How many iterations are looked at before the search for the first one narrows down."""

Pieces = Iterator[None]
"""Work that may be interrupted at every yield."""


@dataclass(frozen=True)
class Diagnosis:
    """What was found.

    Attributes:
        iteration: what was looked at: the parameters at its start.
        rows: how many rows they were tried on.
        findings: each with the iteration at which it began, or None where that is not known.
    """

    iteration: int
    rows: int
    findings: tuple[tuple[Finding, int | None], ...]


class TooMuchWork(Exception):
    """To find out would take too long."""


class Survey:
    """Looks at iterations of a timeline as they were, up to one of them.

    Args:
        timeline: looked at as it is now; nothing is changed in it.
        iteration: the last that is looked at.
    """

    def __init__(self, timeline: Timeline, iteration: int) -> None:
        checkpoints, metrics = timeline.checkpoints.until(iteration), timeline.metrics.before(iteration)
        checkpoints.give(*timeline.checkpoints.before(iteration))
        self.timeline = replace(timeline, checkpoints=checkpoints, metrics=metrics)
        self.iteration = iteration
        self.rows = _rows(self.timeline)
        self._replay = Replay(self.timeline)
        self._found: dict[tuple[int, bool], list[Finding]] = {}
        self._one = 500_000 + len(self.rows) * timeline.spec.parameter_count
        self._left = MOST_WORK
        self._said: list[tuple[Finding, int | None]] = []
        self._pieces = self._work()

    def run(self, seconds: float) -> bool:
        """Work for about so many seconds; whether it is done."""
        until = perf_counter() + seconds
        return all(perf_counter() < until for _ in self._pieces)

    @property
    def diagnosis(self) -> Diagnosis:
        """What was found, once the work is done."""
        return Diagnosis(self.iteration, len(self.rows), tuple(self._said))

    def _work(self) -> Pieces:
        yield from self._look(self.iteration, True)
        for finding in self._found[self.iteration, True]:
            try:
                began = yield from self._began(finding)
            except TooMuchWork:
                began = None
            self._said.append((finding, began))

    def _began(self, finding: Finding) -> Generator[None, None, int]:
        """The first iteration of the unbroken row, as far as it was probed, at which it holds.

        It holds there and not at the one before, whatever happened between earlier probes.
        """
        without, holds = -1, self.iteration
        for probe in self._probes():
            if not (yield from self._holds(finding, probe)):
                without = probe
                break
            holds = probe
        while holds - without > 1:
            middle = (without + holds) // 2
            if (yield from self._holds(finding, middle)):
                holds = middle
            else:
                without = middle
        return holds

    def _probes(self) -> list[int]:
        """Checkpoints before the iteration, the last first; the very first is one of them."""
        kept = [at for at in self.timeline.checkpoints.iterations if at < self.iteration]
        return kept[:: -max(1, len(kept) // PROBES)] + kept[:1]

    def _holds(self, finding: Finding, iteration: int) -> Generator[None, None, bool]:
        key = iteration, failures.named(finding.failure).in_costs
        if key not in self._found:
            yield from self._look(*key)
        return any(finding.continues(other) for other in self._found[key])

    def _look(self, iteration: int, back: bool) -> Pieces:
        """Look at an iteration, and where wanted back at the costs of the epochs before it."""
        costs = []
        for earlier in self._epochs_before(iteration) if back else ():
            costs.append(float((yield from self._evaluated(earlier, Plan.evaluate)).tensors["C"]))
        plan = yield from self._evaluated(iteration, Plan.gradients)
        costs.append(float(plan.tensors["C"]))
        total = self.timeline.data.rows
        whole = self.timeline.batches_at(iteration).per_epoch <= APART
        look = Look(plan.spec, plan.tensors, len(self.rows), total, costs, 0 if whole else APART)
        self._found[iteration, back] = diagnose(look)

    def _epochs_before(self, iteration: int) -> Sequence[int]:
        """Iterations an epoch apart, with nothing changed by hand between them; none where to go there takes long."""
        changed = max((edit.iteration for edit in self.timeline.edits if edit.iteration <= iteration), default=0)
        apart = min(self.timeline.batches_at(iteration).per_epoch, APART)
        first = iteration - apart * min((iteration - changed) // apart, EPOCHS)
        if self._way(first, iteration) + EPOCHS * self._one > min(self._left, MOST_WORK // 4):
            return ()
        return range(first, iteration, apart)

    def _evaluated(self, iteration: int, run: Callable[[Plan], None]) -> Generator[None, None, Plan]:
        """All rows that are looked at, with the parameters at the start of an iteration."""
        self._left -= self._way(iteration, iteration) + self._one
        if self._left < 0 and self._found:
            raise TooMuchWork
        while not self._replay.train(iteration, PIECE):
            yield
        network, data = self._replay.network, self.timeline.data
        plan = Plan(network.spec.without_update, network.flat, len(self.rows))
        with np.errstate(all="ignore"):
            plan.load(data.inputs[self.rows], data.targets[self.rows])
            run(plan)
        yield
        return plan

    def _way(self, first: int, last: int) -> int:
        """About how many nanoseconds it takes to go to an iteration, and on to another."""
        spec = self.timeline.spec_at(first)
        nearest = self.timeline.checkpoints.before(first)[0]
        if nearest <= self._replay.iteration <= first:
            nearest = self._replay.iteration
        return (last - nearest) * (40_000 + spec.parameter_count * spec.batch_size // 8)


def _rows(timeline: Timeline) -> list[int]:
    """Rows of the data to look at: all, or as many as the bounds allow, evenly spread."""
    units = sum(layer.units for layer in timeline.spec.layers)
    most = min(MOST_ROWS, MOST_ACTIVATIONS // units, MOST_PRODUCTS // timeline.spec.parameter_count)
    rows = timeline.data.rows
    return list(range(0, rows, -(-rows // max(1, min(most, rows)))))
