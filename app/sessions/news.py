"""News: whoever watches a session hears that it changed, and looks up how it is then.

Nothing is queued: while someone does not listen, only the newest state counts, and nobody waits for anybody.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator


class News:
    """Tells watchers of changes; all on one event loop.

    Attributes:
        closed: there will be none any more.
    """

    def __init__(self) -> None:
        self.closed = False
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

    async def watch(self) -> AsyncGenerator[None, None]:
        """Once at the beginning, then after changes, until there will be none any more."""
        changed = asyncio.Event()
        changed.set()
        self._watching.add(changed)
        try:
            while True:
                await changed.wait()
                if self.closed:
                    return
                changed.clear()
                yield
        finally:
            self._watching.discard(changed)
