"""Limits how often codes can be guessed, and how many rooms one address opens.

Right codes never count, so that a class behind one address can join.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from math import ceil

from ..errors import TooManyGuesses, TooManyRooms
from ..rates.rate import Rate, Rates

ALL = Rate(300, 0.5)
"""Of the 191 million codes, those of a hundred rooms would be hit once in eleven days."""
OWN = Rate(60, 2)
"""Of one address: a class behind it may mistype."""
OPENED_SECONDS = 60
"""After which one address may open one more room than the half of all that there may be."""


class Guessing:
    """Counts wrong codes, by address and in all."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates

    async def check(self, address: str) -> None:
        """Before anything is said of a code.

        Raises:
            TooManyGuesses: too many were wrong, from there or in all.
        """
        wait = max([await self._rates.wait(name, rate) for name, rate in _counted(address)])
        if wait:
            raise TooManyGuesses(ceil(wait))

    async def wrong(self, address: str) -> None:
        """A code was wrong."""
        for name, rate in _counted(address):
            await self._rates.take(name, rate)


class Openings:
    """Counts rooms that are opened, by address: whoever opens many takes the places of those that nobody has open."""

    def __init__(self, rates: Rates, most_rooms: int) -> None:
        self._rates, self._rate = rates, Rate(max(1, most_rooms // 2), OPENED_SECONDS)

    async def take(self, address: str) -> None:
        """Before a room is opened from there.

        Raises:
            TooManyRooms: too many were.
        """
        if wait := await self._rates.take(f"opened:{_network(address)}", self._rate):
            raise TooManyRooms(ceil(wait))


def _counted(address: str) -> tuple[tuple[str, Rate], ...]:
    return ("guesses", ALL), (f"guesses:{_network(address)}", OWN)


def _network(address: str) -> str:
    """Where a request comes from: an address, or the network in which one household has all of version 6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address
