"""A sample: how long calls took, taken in turns with those that they are compared with."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import repeat
from time import perf_counter_ns
from typing import Protocol, runtime_checkable

BATCH_NS = 5_000_000
"""About how long a batch of calls lasts: long beside the clock's own time, short beside the machine's moods."""

Call = Callable[[], object]
Times = list[float]
"""Nanoseconds of one call, from each batch."""


@runtime_checkable
class Timed(Protocol):
    """What is called elsewhere, or needs the machine set up for it, and so takes its own time."""

    def batch(self, count: int) -> float:
        """The nanoseconds of so many calls."""


def in_turns(calls: Mapping[str, Call | Timed], rounds: int) -> dict[str, Times]:
    """Time calls A B C A B C …, so that whatever else the machine does meets them all alike."""
    with _undisturbed():
        batches = {name: _calls_in_a_batch(call) for name, call in calls.items()}
        times: dict[str, Times] = {name: [] for name in calls}
        for _ in range(rounds):
            for name, call in calls.items():
                times[name].append(_batch(call, batches[name]) / batches[name])
    return times


def ratios(over: Times, under: Times) -> list[float]:
    """Round by round, one time over the other's of the same round."""
    return [one / other for one, other in zip(over, under, strict=True)]


def _calls_in_a_batch(call: Call | Timed) -> int:
    _batch(call, 1)  # the first one may prepare something
    count = 1
    while (elapsed := _batch(call, count)) < BATCH_NS / 4:
        count *= 2
    return max(1, round(count * BATCH_NS / elapsed))


def _batch(call: Call | Timed, count: int) -> float:
    if isinstance(call, Timed):
        return call.batch(count)
    begin = perf_counter_ns()
    for _ in repeat(None, count):
        call()
    return perf_counter_ns() - begin


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the garbage collector, as `timeit` has it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
