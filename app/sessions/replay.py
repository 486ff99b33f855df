"""Replay: the parameters at any iteration of a timeline, from the nearest checkpoint and training from there."""

from __future__ import annotations

from math import inf
from time import perf_counter

import numpy as np

from ..nn.network import Network
from ..nn.registry import Array
from ..nn.spec import Spec
from ..steps.tape import Row, Tape, record
from .checkpoints import NEAR
from .divergence import divergence_in
from .timeline import Timeline


class Replay:
    """Stands at the start of an iteration of a timeline, and goes to others.

    Attributes:
        iteration: where it stands; the network has the parameters with which this iteration starts, edits included.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.iteration = 0
        self.network = Network(timeline.spec, timeline.start)
        self._begin()
        self._recorded: tuple[int, Array] | None = None

    def train(self, iteration: int, seconds: float = inf) -> bool:
        """Go to the start of an iteration, for at most about so many seconds; whether it is reached.

        Raises:
            Diverged: an iteration before it has left numbers that are not finite.
        """
        until = perf_counter() + seconds
        self.timeline.checkpoints.check(iteration)
        at, everything = self.timeline.checkpoints.before(iteration)
        if iteration < self.iteration or at > self.iteration:
            self._place(at, everything, self.timeline.spec_before(at))
            self._begin()
        while self.iteration < iteration and perf_counter() < until:
            self._train_once(near=iteration - self.iteration <= NEAR)
        return self.iteration == iteration

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
        tape = record(self.network, [self._row(row) for row in rows], extra)
        with np.errstate(all="ignore"):
            finite = self.network.finite()
        if not finite and self.timeline.checkpoints.divergence is None:
            self.timeline.checkpoints.divergence = divergence_in(tape.only_batch(), iteration)
        self._arrive(iteration + 1, finite)
        return tape

    def _row(self, row: int) -> Row:
        inputs, targets = self.timeline.data.example(row)
        return row, inputs, targets

    def _train_once(self, near: bool) -> None:
        data, batches = self.timeline.data, self.timeline.batches_at(self.iteration)
        rows = list(batches.examples(self.iteration))
        plan = self.network.plan(len(rows))
        with np.errstate(all="ignore"):
            plan.load(data.inputs[rows], data.targets[rows])
            plan.train()
            finite = self.network.finite()
        self._arrive(self.iteration + 1, finite, near)
        if not finite:
            self.timeline.checkpoints.check(self.iteration)

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
        """What happens at the start of an iteration: the spec and the parameters that a person set.

        What an optimizer remembers is of no use to another.
        """
        spec, before = self.timeline.spec_at(self.iteration), self.network
        if spec != before.spec:
            same = spec.optimizer.name == before.spec.optimizer.name
            self.network = Network(spec, before.everything if same else before.flat)
        self.timeline.apply_edits(self.iteration, self.network.flat)
