"""What a rate is, and how it is kept where one server is all there is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import NamedTuple, Protocol

MOST_NAMES = 10_000
"""Things of which it is known how often they happened lately, at most."""


class Rate(NamedTuple):
    """So many at once, then one in so many seconds."""

    most: int
    seconds: float


class Rates(Protocol):
    """Counts what happens, by name."""

    async def wait(self, name: str, rate: Rate) -> float:
        """Seconds until the next is allowed, which is not counted yet."""
        ...

    async def take(self, name: str, rate: Rate) -> float:
        """Count one if it is allowed; else, seconds until it will be."""
        ...


class Bucket:
    """How many are left of a rate."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._most, self._seconds = rate
        self._left, self._at = float(rate.most), now

    def wait(self, now: float) -> float:
        self._left = min(self._most, self._left + (now - self._at) / self._seconds)
        self._at = now
        return max(0.0, (1 - self._left) * self._seconds)

    def take(self, now: float) -> float:
        wait = self.wait(now)
        self._left -= not wait
        return wait


class MemoryRates:
    """Rates of this server alone."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    async def wait(self, name: str, rate: Rate) -> float:
        bucket = self._buckets.get(name)
        return bucket.wait(self._clock()) if bucket else 0.0

    async def take(self, name: str, rate: Rate) -> float:
        now = self._clock()
        bucket = self._buckets.setdefault(name, Bucket(rate, now))
        self._buckets.move_to_end(name)
        if len(self._buckets) > MOST_NAMES:
            self._buckets.popitem(last=False)
        return bucket.take(now)
