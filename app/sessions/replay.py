"""Replay: the parameters at any iteration of a timeline, from the nearest checkpoint and training from there."""

from __future__ import annotations

from math import inf
from time import perf_counter

import numpy as np

from ..data.feed import Feed
from ..nn.network import Network
from ..nn.registry import Array
from ..nn.spec import Spec
from ..steps.tape import Row, Tape, record
from .checkpoints import NEAR
from .divergence import divergence_in
from .metrics import Enough, Judge, due, next_due
from .timeline import Timeline


class Replay:
    """Stands at the start of an iteration of a timeline, and goes to others.

    Attributes:
        iteration: where it stands; the network has the parameters with which this iteration starts, edits included.
        judge: measures the network.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.iteration = 0
        self.network = Network(timeline.spec, timeline.start)
        self.judge = Judge(timeline.data)
        self._until = inf
        self._feed = Feed(timeline.data, timeline.batches_at(0))
        self._begin()
        self._recorded: tuple[int, Array] | None = None

    def train(self, iteration: int, seconds: float = inf, enough: Enough | None = None) -> bool:
        """Go to the start of an iteration for at most about so many seconds, and stop where a point is good enough.

        Returns:
            Whether the iteration, or such a point, is reached.

        Raises:
            Diverged: an iteration before it has left numbers that are not finite.
        """
        self._until = perf_counter() + seconds
        self.timeline.checkpoints.check(iteration)
        at, everything = self.timeline.checkpoints.before(iteration)
        if iteration < self.iteration or at > self.iteration:
            self._place(at, everything, self.timeline.spec_before(at))
            self._begin()
        while self.iteration < iteration and perf_counter() < self._until:
            self._train_on(iteration)
            point = self.timeline.metrics.at(self.iteration)
            if enough is not None and point is not None and enough(point):
                return True
        return self.iteration == iteration

    def hurry(self) -> None:
        """Let whoever trains on another thread for a while stop after the iteration under way."""
        if self._until < inf:  # else it is to be reached
            self._until = -inf

    def near(self, iteration: int) -> bool:
        """Whether an iteration can be recorded without training to it."""
        return iteration == self.iteration or (self._recorded is not None and iteration == self._recorded[0])

    def tape(self, iteration: int, beside: int | None = None) -> Tape:
        """Record an iteration; `beside` is a row that is shown though it is none of the batch."""
        if self._recorded and self._recorded[0] == iteration:
            self._place(iteration, self._recorded[1], self.timeline.spec_at(iteration))
        else:
            self.train(iteration)
            self._recorded = (iteration, self.network.everything.copy())
        rows = self.timeline.batches_at(iteration).examples(iteration)
        extra = None if beside is None or beside in rows else self._row(beside)
        tape = record(self.network, [self._row(row) for row in rows], extra, iteration)
        with np.errstate(all="ignore"):
            finite = self.network.finite()
        if not finite and self.timeline.checkpoints.divergence is None:
            self.timeline.checkpoints.divergence = divergence_in(tape.only_batch(), iteration)
        self._arrive(iteration + 1, finite)
        return tape

    def _row(self, row: int) -> Row:
        inputs, targets = self.timeline.data.example(row)
        return row, inputs, targets

    def _train_on(self, iteration: int) -> None:
        """Train to where something is to be done between two iterations, or to where it is time to stop."""
        network, feed = self.network, self._feed
        number, end, finite = self.iteration, self._next_stop(iteration), True
        with np.errstate(all="ignore"):
            while number < end and finite:
                inputs, targets = feed.batch(number)
                plan = network.plan(len(inputs))
                plan.load(inputs, targets, number)
                plan.train()
                finite = network.finite()
                number += 1
                if perf_counter() > self._until:
                    break
        before_point = due(number + 1, feed.batches.per_epoch)
        self._arrive(number, finite, near=before_point or iteration - number < NEAR)
        if not finite:
            self.timeline.checkpoints.check(number)

    def _next_stop(self, iteration: int) -> float:
        """The next iteration that is kept, measured or edited, the one before a measured one, or one near the end."""
        here = self.iteration
        measured = next_due(here, self._feed.batches.per_epoch)
        before = max(measured - 1, here + 1)
        near = max(iteration - NEAR, here + 1)
        return min(near, before, self.timeline.checkpoints.next_due(here), self.timeline.next_edit(here))

    def _arrive(self, iteration: int, finite: bool, near: bool = True) -> None:
        """Stand at the start of the iteration after one that was computed, which is the last unless all is finite."""
        if finite:
            self.timeline.checkpoints.keep(iteration, self.network.everything, near)
        else:
            self.timeline.checkpoints.last = iteration - 1
        self.iteration = iteration
        self._begin()

    def _place(self, iteration: int, everything: Array, spec: Spec) -> None:
        self.iteration = iteration
        self.network = Network(spec, everything.copy())

    def _begin(self) -> None:
        """What happens at the start of an iteration: the spec and the parameters that a person set; a measurement.

        What an optimizer remembers is of no use to another, and each schedule counts its own updates.
        """
        spec, before = self.timeline.spec_at(self.iteration), self.network
        if spec != before.spec:
            same = _remembers(spec) == _remembers(before.spec)
            self.network = Network(spec, before.everything if same else before.flat)
        self.timeline.apply_edits(self.iteration, self.network.flat)
        batches = self.timeline.batches_at(self.iteration)
        if batches is not self._feed.batches:
            self._feed = Feed(self.timeline.data, batches)
        self._measure(batches.per_epoch)

    def _measure(self, per_epoch: int) -> None:
        """Keep a point where one is due, as long as there is something to measure."""
        last, metrics = self.timeline.checkpoints.last, self.timeline.metrics
        exists = last is None or self.iteration <= last
        if exists and due(self.iteration, per_epoch) and self.iteration not in metrics:
            with np.errstate(all="ignore"):
                metrics.keep(self.judge.point(self.network, self.iteration))


def _remembers(spec: Spec) -> tuple[str, str]:
    return spec.optimizer.name, spec.schedule.name
