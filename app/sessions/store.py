"""Where sessions are kept: the protocol that every store follows, whatever it keeps them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ..errors import SessionNotFound, StaleRevision
from .codec import Kind

WEEK = 7 * 24 * 3600.0
"""Seconds for which a deleted session can be had back, unless there is no room for it."""
NEARLY = 0.9
"""From this part of its room on, a store tells which sessions leave next."""


@dataclass(frozen=True)
class Change:
    """What of a session is to be saved.

    Attributes:
        before: the revision that the store has to have, or None where it has to have no such session.
        revision: the one that it has afterwards.
        title: what the session is called where nobody gave it a name.
        parts: those that changed; of a new session, all.
        owner, name, made: of a new session, whose it is, what it is called, and when it was made.
        at: when, in seconds since 1970.
        used: other sessions that were asked for, and when.
        writer: who saves, a name that nobody else has. What was saved before and could not be told, it may replace.
    """

    id: str
    before: int | None
    revision: int
    title: str
    iteration: int
    at: float
    parts: Mapping[Kind, bytes]
    owner: str = ""
    name: str = ""
    made: float = 0.0
    used: Mapping[str, float] = field(default_factory=dict)
    writer: str = ""


@dataclass(frozen=True)
class Listed:
    """A session as it stands in a list.

    Attributes:
        made, changed, deleted: when, in seconds since 1970; it can be had back as long as it is only deleted.
        leaving: it is one of those that leave next, since there is hardly any room.
    """

    id: str
    owner: str
    name: str
    title: str
    iteration: int
    made: float
    changed: float
    revision: int
    nbytes: int
    deleted: float | None = None
    leaving: bool = False


@dataclass(frozen=True)
class Kept:
    """A session as it is kept; with which revisions its content and its numbers were saved, where that is known."""

    listed: Listed
    parts: Mapping[Kind, bytes]
    edited: int = -1
    computed: int = -1


@dataclass(frozen=True)
class Known:
    """What somebody knows of a session who may have saved it: the fields of `Kept`, and as whom."""

    revision: int | None
    writer: str
    edited: int
    computed: int


@dataclass(frozen=True)
class Newer:
    """What somebody else has saved of a session: its parts but for those that are known; none, if all may be new."""

    revision: int
    computed: int = -1
    parts: Mapping[Kind, bytes] = field(default_factory=dict)


class SessionStore(Protocol):
    """Keeps sessions by id. What cannot be written raises NotSaved and changes nothing.

    Attributes:
        lasting: whether they outlive the server.
        shared: whether other servers work on the same sessions; what cannot be saved is then refused, since they would
            not see it.
    """

    lasting: bool
    shared: bool

    async def save(self, change: Change) -> tuple[str, ...]:
        """Save a session, if it is as it was; what is saved then outlives the end of this process, however it comes.

        Returns:
            The ids of those that left, those that were idle longest, to make room.

        Raises:
            StaleRevision: somebody else has saved another state of it.
            SessionNotFound: it is to be there, and is not, or no longer.
        """
        ...

    async def load(self, name: str) -> Kept:
        """The session of this id.

        Raises:
            SessionNotFound: there is none, or no longer.
        """
        ...

    async def newer(self, name: str, known: Known) -> Newer | None:
        """What somebody else has saved of a session since then; None where nobody has.

        Raises:
            SessionNotFound: there is none, or no longer.
        """
        ...

    async def listed(self, owner: str) -> list[Listed]:
        """The sessions of an owner, those that were deleted too, the one changed last first."""
        ...

    async def rename(self, name: str, owner: str, called: str) -> Listed:
        """Give a session another name.

        Raises:
            SessionNotFound: there is none, or it is another owner's.
        """
        ...

    async def delete(self, name: str, owner: str, at: float) -> None:
        """Delete a session; for a week it can be had back.

        Raises:
            SessionNotFound: there is none, or it is another owner's.
        """
        ...

    async def undelete(self, name: str, owner: str) -> Listed:
        """Have a deleted session back.

        Raises:
            SessionNotFound: there is none any more, or it is another owner's.
        """
        ...

    def follow(self, name: str, followed: bool) -> None:
        """Of a shared store: whether to tell the desk of what other servers do with a session, from now on."""
        ...

    async def close(self) -> None:
        """Nothing will be asked any more."""
        ...


@dataclass(frozen=True)
class Room:
    """How much a store may hold."""

    sessions: int
    nbytes: int

    def holds(self, count: int, nbytes: float) -> bool:
        return count <= self.sessions and nbytes <= self.nbytes


@dataclass(frozen=True)
class Weighed:
    """A session as it counts: how large it is, when it was used last, and when it was deleted."""

    id: str
    nbytes: int
    used: float
    deleted: float | None = None


def leaving(sessions: Iterable[Weighed], room: Room, but: str = "") -> tuple[str, ...]:
    """Which sessions have to leave: deleted ones first, then those that were idle longest; never `but`."""
    rest = list(sessions)
    count, nbytes = len(rest), sum(session.nbytes for session in rest)
    left = []
    for session in sorted(rest, key=lambda one: (one.deleted is None, one.deleted or one.used)):
        if room.holds(count, nbytes):
            break
        if session.id != but:
            left.append(session.id)
            count, nbytes = count - 1, nbytes - session.nbytes
    return tuple(left)


def nearly(room: Room) -> Room:
    """So much room that what would have to leave it is what leaves next."""
    return Room(int(room.sessions * NEARLY), int(room.nbytes * NEARLY))


def not_found() -> SessionNotFound:
    return SessionNotFound(
        "There is no session of this id.", hint="It may have been idle for long. Start a new one.", where="id"
    )


def changed_elsewhere() -> StaleRevision:
    return StaleRevision(
        "The session was changed by another server in the meantime.",
        hint="Get the session again and decide on what it says now.",
        where="revision",
    )
