"""How often one session or one room may be asked, and by how many at once, so that nobody's hurry slows the others.

Nobody is told apart by an address: thirty students may share one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import ceil
from typing import NamedTuple

from ..classroom.keys import VIEWING, plain_code
from ..errors import TooManyRequests
from ..rates.rate import Rate, Rates
from ..settings import Settings

SECONDS = 10
"""Over so many seconds a rate is averaged: a page that opens, or a script in a loop, may be quick for a while."""
STREAM = "/events"
_ADDRESS = re.compile(r"/api/(sessions|rooms)/([^/]+)")


class Allowed(NamedTuple):
    """How often, and how many requests, or streams, at the same time."""

    rate: Rate
    at_once: int


class Pace:
    """Keeps count of what is asked, by session and by room; of what is under way, at this server."""

    def __init__(self, settings: Settings, rates: Rates) -> None:
        self._rates = rates
        self._session = Allowed(_a_second(settings.max_rate), settings.max_waiting)
        # Each member has a few tabs, and all fetch what is shown at the same moment.
        self._room = Allowed(_a_second(settings.max_room_rate), settings.max_members * 2)
        self._under_way: dict[tuple[str, bool], int] = defaultdict(int)

    @asynccontextmanager
    async def kept(self, path: str) -> AsyncIterator[None]:
        """Around the answer to a request for this path.

        Raises:
            TooManyRequests: its session or room is asked too often, or by too many at once.
        """
        found = _ADDRESS.match(path)
        if found is None or found[2] == "file":
            yield
            return
        what = "room" if found[1] == "rooms" or found[2].startswith(VIEWING) else "session"
        rate, at_once = self._room if what == "room" else self._session
        name = plain_code(found[2]) if found[1] == "rooms" else found[2][:64]
        kind = name, path.endswith(STREAM)
        if self._under_way[kind] >= at_once:
            raise TooManyRequests(what, 1)
        self._under_way[kind] += 1
        try:
            if wait := await self._rates.take(f"{what}:{name}", rate):
                raise TooManyRequests(what, max(1, ceil(wait)))
            yield
        finally:
            self._under_way[kind] -= 1
            if not self._under_way[kind]:
                del self._under_way[kind]


def _a_second(count: int) -> Rate:
    return Rate(count * SECONDS, 1 / count)
