"""Limits how often codes can be guessed. Right ones never count, so that a class behind one address can join."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from math import ceil
from time import monotonic

from ..errors import TooManyGuesses

MOST_ADDRESSES = 10_000


class Bucket:
    """So many wrong guesses at once, then one in so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._left, self._at = float(most), 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next guess is allowed."""
        self._left = min(self._most, self._left + (now - self._at) / self._seconds)
        self._at = now
        return max(0.0, (1 - self._left) * self._seconds)

    def take(self) -> None:
        self._left -= 1


class Guessing:
    """Counts wrong codes, by address and in all.

    Each address has 60, then one in two seconds: a class behind one address may mistype. All together have 300, then
    two a second: of the 191 million codes those of a hundred rooms would be hit once in eleven days.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._all = Bucket(300, 0.5)
        self._by_address: OrderedDict[str, Bucket] = OrderedDict()

    def check(self, address: str) -> None:
        """Before anything is said of a code.

        Raises:
            TooManyGuesses: too many were wrong, from there or in all.
        """
        now, own = self._clock(), self._by_address.get(_network(address))
        wait = max(self._all.wait(now), own.wait(now) if own else 0)
        if wait:
            raise TooManyGuesses(ceil(wait))

    def wrong(self, address: str) -> None:
        """A code was wrong."""
        network, now = _network(address), self._clock()
        own = self._by_address.setdefault(network, Bucket(60, 2))
        self._by_address.move_to_end(network)
        if len(self._by_address) > MOST_ADDRESSES:
            self._by_address.popitem(last=False)
        for bucket in (self._all, own):
            bucket.wait(now)
            bucket.take()


def _network(address: str) -> str:
    """Where a request comes from: an address, or the network in which one household has all of version 6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address
