"""Peers: what other servers do with the sessions of a desk is heard where it matters at once, and looked up then.

It does where somebody watches, or a run goes on here. Of the others it is found when they are asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import time

from ..errors import NotSaved, StepgradError
from .saved import Saved
from .session import Session
from .store import SessionStore

AGAIN_SECONDS = 0.5
"""Between two looks at a session that another server has changed, where the store does not answer."""
BEFORE_LOST = 0.1
"""Seconds after the end of a lease, when it is looked whether it was renewed."""


class Peers:
    """Hears what other servers do, for a desk.

    Args:
        on: the sessions that lie on it.
        refresh: lets a session, whose lock is held, be as it was saved last.
    """

    def __init__(
        self, store: SessionStore, on: Mapping[str, Saved], refresh: Callable[[Session], Awaitable[bool]]
    ) -> None:
        self._store, self._on, self._refresh = store, on, refresh
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._leases: dict[str, asyncio.TimerHandle] = {}

    def hear(self, name: str, writer: str) -> None:
        """A session was saved or, without a name, any may have been: those follow for which that matters.

        Args:
            writer: who saved it, if that is known.
        """
        for saved in list(self._on.values()) if not name else [self._on[name]] if name in self._on else []:
            session = saved.session
            if saved.heeded and saved.writer != writer and session.id not in self._looking:
                self._looking[session.id] = asyncio.create_task(self._look(session))

    def follow(self, name: str) -> None:
        """Hear of the session of this id as long as that matters, which may just have changed."""
        if name in self._on:
            self._store.follow(name, self._on[name].heeded)

    def follow_run(self, session: Session) -> None:
        """Look again when a run elsewhere is lost, since then nobody says so."""
        run = session.run
        if run is None or run.lease is None or session.id in self._leases:
            return

        def over() -> None:
            del self._leases[session.id]
            if session.running:
                self.follow_run(session)
            elif session.elsewhere:
                self.hear(session.id, "")

        self._leases[session.id] = asyncio.get_running_loop().call_later(
            max(0.0, run.lease - time()) + BEFORE_LOST, over
        )

    def close(self) -> None:
        """Look at nothing any more."""
        for lease in self._leases.values():
            lease.cancel()

    async def _look(self, session: Session) -> None:
        """Let a session be as another server left it, as soon as the store says how that is."""
        while True:
            session.hurry()
            async with session.lock:
                self._looking.pop(session.id, None)  # of what is saved from now on it has to be heard anew
                try:
                    await self._refresh(session)
                    return
                except NotSaved:
                    pass
                except StepgradError:
                    return
            await asyncio.sleep(AGAIN_SECONDS)
