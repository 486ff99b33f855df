"""Rates of all servers together that share a store: each takes a handful at once, so that few requests wait for it.

So each server may let that much more through. Where the store does not answer, each counts for itself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from ..errors import NotSaved
from ..redis import PREFIX, RedisServer
from .rate import MOST_NAMES, MemoryRates, Rate

HANDFUL = 500
"""This part of what is allowed at once is taken together; the first such part is free, for who hardly asks."""

TAKE = f"""
local name, most, seconds, wanted = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local key, time = '{PREFIX}rate:' .. name, redis.call('TIME')
local now = time[1] + time[2] / 1000000
local found = redis.call('HMGET', key, 'left', 'at')
local left = math.min(most, (found[1] or most) + (now - (found[2] or now)) / seconds)
local given = math.max(0, math.min(wanted, math.floor(left)))
if given > 0 then
  redis.call('HSET', key, 'left', string.format('%.9f', left - given), 'at', string.format('%.6f', now))
  redis.call('PEXPIRE', key, math.ceil(most * seconds * 1000))
end
return {{given, string.format('%.9f', math.max(0, (1 - left) * seconds))}}
"""
"""How many of those wanted are given, and the seconds until there is one."""


class RedisRates:
    """Rates that are on a server, by its clock."""

    def __init__(self, server: RedisServer, clock: Callable[[], float] = monotonic) -> None:
        self._server, self._clock = server, clock
        self._alone = MemoryRates(clock)
        self._held: OrderedDict[str, int] = OrderedDict()
        self._refused: dict[str, float] = {}

    async def wait(self, name: str, rate: Rate) -> float:
        try:
            return (await self._given(name, rate, 0))[1]
        except NotSaved:
            return await self._alone.wait(name, rate)

    async def take(self, name: str, rate: Rate) -> float:
        handful = rate.most // HANDFUL
        held = self._held.setdefault(name, handful)
        self._held.move_to_end(name)
        if len(self._held) > MOST_NAMES:
            self._refused.pop(self._held.popitem(last=False)[0], None)
        if not held:
            if (wait := self._refused.get(name, 0.0) - self._clock()) > 0:
                return wait
            try:
                given, wait = await self._given(name, rate, max(1, handful))
            except NotSaved:
                return await self._alone.take(name, rate)
            held = given + self._held.get(name, 0)  # others may have come by some in the meantime
            if not held:
                self._refused[name] = self._clock() + wait
                return wait
        self._held[name] = held - 1
        return 0.0

    async def _given(self, name: str, rate: Rate, wanted: int) -> tuple[int, float]:
        given, wait = await self._server.run(TAKE, name, rate.most, rate.seconds, wanted)
        return int(given), float(wait)
