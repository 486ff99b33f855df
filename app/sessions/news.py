"""News: whoever watches a session hears that it changed, and looks up how it is then.

Nothing is queued: while someone does not listen, only the newest state counts, and nobody waits for anybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress

A_FEW = 10
"""Watchers who are told before others have a turn."""


class News:
    """Tells watchers of changes; all on one event loop.

    Attributes:
        closed: there will be none any more.
        turned: called when somebody watches, where nobody did, or nobody does any more.
    """

    def __init__(self) -> None:
        self.closed = False
        self.turned: Callable[[], object] = lambda: None
        self._watching: set[asyncio.Event] = set()

    @property
    def watched(self) -> bool:
        return bool(self._watching)

    def tell(self) -> None:
        """Something changed."""
        for changed in self._watching:
            changed.set()

    def close(self) -> None:
        """Nothing will change any more; whoever watches is let go."""
        self.closed = True
        self.tell()

    async def tell_in_turns(self) -> None:
        """The same to many, a few at a time, so that others have a turn between."""
        for number, changed in enumerate(list(self._watching)):
            changed.set()
            if number % A_FEW == A_FEW - 1:
                await asyncio.sleep(0)

    def watch(self, seconds: float | None = None) -> AsyncGenerator[None, None]:
        """Once at the beginning, then after changes and every so many seconds, until there will be none any more."""
        return watch(self, seconds=seconds)

    def begin(self, changed: asyncio.Event) -> None:
        """Set it whenever something changes."""
        self._watching.add(changed)
        if len(self._watching) == 1:
            self.turned()

    def end(self, changed: asyncio.Event) -> None:
        self._watching.discard(changed)
        if not self._watching:
            self.turned()


async def watch(*sources: News, seconds: float | None = None) -> AsyncGenerator[None, None]:
    """Once at the beginning, then after changes of any of these and every so many seconds, until one is closed."""
    changed = asyncio.Event()
    changed.set()
    for news in sources:
        news.begin(changed)
    try:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await changed.wait()
            if any(news.closed for news in sources):
                return
            changed.clear()
            yield
    finally:
        for news in sources:
            news.end(changed)
