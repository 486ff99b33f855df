"""Histories of parameters: their values at the starts of the iterations so far, computed again from checkpoints."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from time import perf_counter

from ..nn.parameters import named_views
from .replay import Replay
from .timeline import Timeline

MOST = 300
"""Values of a history, the last one not counted."""

WORK = 3 * 10**9
"""What may be trained again for a history: parameters × examples × iterations."""


Parameter = tuple[str, tuple[int, ...]]
"""A tensor's name and an index."""


class History:
    """The values of some parameters, from iteration 0 to the furthest at which the learner stood.

    Long histories are thinned to every `every`-th iteration, a power of two, where checkpoints are; the last iteration
    stands after these, if it does not take too much training to get there. It has checkpoints of its own, so that
    going through them moves nothing of the session.

    Attributes:
        every: the distance of the iterations.
        iterations, values: what was computed so far, one value of each parameter for each iteration.

    Args:
        parameters: each a tensor's name and an index.
    """

    def __init__(self, timeline: Timeline, *parameters: Parameter) -> None:
        last = timeline.checkpoints.visited
        checkpoints = timeline.checkpoints.until(last)
        self._replay = Replay(replace(timeline, checkpoints=checkpoints))
        self._parameters = parameters
        spec = timeline.spec_at(last)
        affordable = WORK // (spec.parameter_count * spec.batch_size)
        self.every = 1
        while last // self.every >= MOST or (self.every < checkpoints.spacing and last > affordable):
            self.every *= 2
        self._wanted = list(range(0, last + 1, self.every))
        if self._wanted[-1] != last and last - checkpoints.before(last)[0] <= affordable:
            self._wanted.append(last)
        self.iterations: list[int] = []
        self.values: list[list[float]] = []

    def run(self, seconds: float = inf) -> bool:
        """Go on for about so many seconds; whether all values are there."""
        until = perf_counter() + seconds
        while len(self.values) < len(self._wanted):
            wanted = self._wanted[len(self.values)]
            if not self._replay.train(wanted, until - perf_counter()):
                return False
            network = self._replay.network
            views = named_views(network.spec, network.flat)
            self.values.append([float(views[tensor][index]) for tensor, index in self._parameters])
            self.iterations.append(wanted)
        return True
