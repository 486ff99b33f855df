"""Where sessions are kept: the protocol that every store follows, whatever it keeps them in."""

from __future__ import annotations

from typing import Protocol

from .session import Session


class SessionStore(Protocol):
    """Keeps sessions by id."""

    def add(self, session: Session) -> None:
        """Keep a new session."""
        ...

    def get(self, name: str) -> Session:
        """The session of this id.

        Raises:
            SessionNotFound: there is none, or no longer.
        """
        ...

    def remove(self, name: str) -> None:
        """Forget a session.

        Raises:
            SessionNotFound: there is none, or no longer.
        """
        ...

    def close(self) -> None:
        """Let go of all sessions, since the server ends: nobody trains or watches them any more."""
        ...
