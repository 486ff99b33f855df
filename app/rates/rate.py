"""What a rate is, and how it is kept where one server is all there is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import NamedTuple, Protocol

MOST_NAMES = 10_000
"""Things of which it is known how often they happened lately, at most."""
FEW_NAMES = 250
"""Among so many it is not worth while to look for those of which nothing happened lately."""


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

    __slots__ = ("_at", "_left", "_most", "_seconds")

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

    def is_full(self, now: float) -> bool:
        """Whether it is like a new one."""
        self.wait(now)
        return self._left == self._most


class MemoryRates:
    """Rates of this server alone."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._room = FEW_NAMES

    async def wait(self, name: str, rate: Rate) -> float:
        bucket = self._buckets.get(name)
        return bucket.wait(self._clock()) if bucket else 0.0

    async def take(self, name: str, rate: Rate) -> float:
        now = self._clock()
        bucket = self._buckets.setdefault(name, Bucket(rate, now))
        self._buckets.move_to_end(name)
        wait = bucket.take(now)
        if len(self._buckets) > self._room:
            self._forget(now)
        return wait

    def _forget(self, now: float) -> None:
        """Forget names whose buckets are full; where these are few, those that were asked for longest ago.

        So much is left free that it is seldom done.
        """
        for name in [name for name, bucket in self._buckets.items() if bucket.is_full(now)]:
            del self._buckets[name]
        while len(self._buckets) > 0.9 * MOST_NAMES:
            self._buckets.popitem(last=False)
        self._room = min(MOST_NAMES, 2 * len(self._buckets) + FEW_NAMES)
