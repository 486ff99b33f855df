"""Sessions in memory: fast, and gone when the process ends."""

from __future__ import annotations

from collections import OrderedDict

from ..errors import SessionNotFound
from .session import Session


class MemoryStore:
    """Keeps the sessions that were used last, up to a number; the one that was idle longest leaves first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def add(self, session: Session) -> None:
        """Keep a new session, in the place of the one that was idle longest if there are too many."""
        self._sessions[session.id] = session
        while len(self._sessions) > self._most:
            self._sessions.popitem(last=False)[1].close()

    def get(self, name: str) -> Session:
        """The session of this id."""
        if name not in self._sessions:
            raise _not_found()
        self._sessions.move_to_end(name)
        return self._sessions[name]

    def remove(self, name: str) -> None:
        """Forget a session."""
        session = self._sessions.pop(name, None)
        if session is None:
            raise _not_found()
        session.close()

    def close(self) -> None:
        """Let go of all sessions."""
        for name in list(self._sessions):
            self.remove(name)


def _not_found() -> SessionNotFound:
    return SessionNotFound(
        "There is no session of this id.", hint="It may have been idle for long. Start a new one.", where="id"
    )
