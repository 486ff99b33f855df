"""Guessing codes is limited, from one address and in all; a class that types them right is not."""

from __future__ import annotations

import asyncio

import pytest

from app.classroom.guessing import Guessing
from app.errors import TooManyGuesses
from app.rates.rate import MemoryRates


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def guessing_by(clock: Clock) -> Guessing:
    return Guessing(MemoryRates(clock))


async def trying(guessing: Guessing, address: str, most: int) -> int:
    for count in range(most):
        try:
            await guessing.check(address)
        except TooManyGuesses:
            return count
        await guessing.wrong(address)
    return most


def tried(guessing: Guessing, address: str, most: int = 10_000) -> int:
    """How many wrong guesses are answered before one is refused."""
    return asyncio.run(trying(guessing, address, most))


def test_one_address_may_mistype_sixty_times_then_every_other_second() -> None:
    clock = Clock()
    guessing = guessing_by(clock)
    assert tried(guessing, "192.0.2.1") == 60
    with pytest.raises(TooManyGuesses) as caught:
        asyncio.run(guessing.check("192.0.2.1"))
    assert caught.value.seconds == 2
    asyncio.run(guessing.check("192.0.2.2"))
    clock.now += 10
    assert tried(guessing, "192.0.2.1") == 5
    clock.now += 3600
    assert tried(guessing, "192.0.2.1") == 60


def test_all_addresses_together_have_a_limit_too() -> None:
    clock = Clock()
    guessing = guessing_by(clock)
    assert sum(tried(guessing, f"192.0.2.{number}") for number in range(20)) == 300
    clock.now += 10
    assert tried(guessing, "198.51.100.1") == 20


def test_right_codes_never_count() -> None:
    guessing = guessing_by(Clock())
    for _ in range(1000):
        asyncio.run(guessing.check("192.0.2.1"))


def test_a_network_of_version_6_is_one_address() -> None:
    guessing = guessing_by(Clock())
    assert sum(tried(guessing, f"2001:db8::{number:x}", 20) for number in range(10)) == 60
    assert tried(guessing, "2001:db8:1::1") == 60
