"""How often one session or one room may be asked, and by how many at once, so that nobody's hurry slows the others.

Nobody is told apart by an address: thirty students may share one.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from time import monotonic
from typing import NamedTuple

from ..classroom.guessing import Bucket
from ..classroom.keys import VIEWING, plain_code
from ..errors import TooManyRequests
from ..settings import Settings

SECONDS = 10
"""Over so many seconds a rate is averaged: a page that opens, or a script in a loop, may be quick for a while."""
MOST_ASKED = 10_000
"""Sessions and rooms of which it is known how often they were asked lately, at most."""
STREAM = "/events"
_ADDRESS = re.compile(r"/api/(sessions|rooms)/([^/]+)")


class Allowed(NamedTuple):
    """Requests a second, on average; requests, and streams, at the same time."""

    rate: int
    waiting: int
    streams: int


class Asked:
    """How often something was asked lately, and how many requests and streams of it are under way."""

    def __init__(self, allowed: Allowed) -> None:
        self.bucket = Bucket(allowed.rate * SECONDS, 1 / allowed.rate)
        self.waiting = self.streams = 0
        self.at = 0.0

    def idle(self, now: float) -> bool:
        """Whether it may be forgotten: it would be as it is now if it were asked for the first time."""
        return not (self.waiting or self.streams) and now - self.at > SECONDS


class Pace:
    """Keeps count of what is asked, by session and by room."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._session = Allowed(settings.max_rate, settings.max_waiting, settings.max_waiting)
        # Each member has a few tabs, and all fetch what is shown at the same moment.
        crowd = settings.max_members * 2
        self._room = Allowed(settings.max_room_rate, crowd, crowd)
        self._asked: OrderedDict[str, Asked] = OrderedDict()

    @contextmanager
    def kept(self, path: str) -> Iterator[None]:
        """Around the answer to a request for this path.

        Raises:
            TooManyRequests: its session or room is asked too often, or by too many at once.
        """
        found = _ADDRESS.match(path)
        if found is None or found[2] == "file":
            yield
            return
        in_room = found[1] == "rooms" or found[2].startswith(VIEWING)
        allowed = self._room if in_room else self._session
        asked = self._of(plain_code(found[2]) if found[1] == "rooms" else found[2][:64], allowed)
        count, most = ("streams", allowed.streams) if path.endswith(STREAM) else ("waiting", allowed.waiting)
        wait = asked.bucket.wait(self._clock())
        if wait or getattr(asked, count) >= most:
            raise TooManyRequests("room" if in_room else "session", max(1, ceil(wait)))
        asked.bucket.take()
        setattr(asked, count, getattr(asked, count) + 1)
        try:
            yield
        finally:
            setattr(asked, count, getattr(asked, count) - 1)

    def _of(self, name: str, allowed: Allowed) -> Asked:
        now = self._clock()
        asked = self._asked.setdefault(name, Asked(allowed))
        asked.at = now
        self._asked.move_to_end(name)
        oldest, first = next(iter(self._asked.items()))
        if first.idle(now) or len(self._asked) > MOST_ASKED:
            del self._asked[oldest]
        elif now - first.at > SECONDS:  # a stream is open: it stands in nobody's way
            first.at = now
            self._asked.move_to_end(oldest)
        return asked
