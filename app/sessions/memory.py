"""Sessions in memory: gone when the process ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .store import (
    WEEK,
    Change,
    Kept,
    Known,
    Listed,
    Newer,
    Room,
    Weighed,
    changed_elsewhere,
    leaving,
    nearly,
    not_found,
)


class MemoryStore:
    """Keeps sessions' parts in a dictionary."""

    lasting = False
    shared = False

    def __init__(self, room: Room) -> None:
        self._room = room
        self._kept: dict[str, Kept] = {}
        self._used: dict[str, float] = {}

    async def save(self, change: Change) -> tuple[str, ...]:
        """Save a session, if it is as it was."""
        before = self._kept.get(change.id)
        if (before is None or before.listed.deleted is not None) and change.before is not None:
            raise not_found()
        if before is None:
            at, revision = change.at, change.revision
            listed = Listed(change.id, change.owner, change.name, change.title, 0, change.made, at, revision, 0)
            before = Kept(listed, {})
        elif change.before != before.listed.revision:
            raise changed_elsewhere()
        parts = {**before.parts, **change.parts}
        listed = replace(
            before.listed,
            title=change.title,
            iteration=change.iteration,
            changed=change.at,
            revision=change.revision,
            nbytes=sum(map(len, parts.values())),
        )
        self._kept[change.id] = Kept(listed, parts)
        self._used |= {name: at for name, at in change.used.items() if name in self._kept}
        self._used[change.id] = change.at
        return self._make_room(change.id, change.at)

    async def load(self, name: str) -> Kept:
        """The session of this id."""
        kept = self._kept.get(name)
        if kept is None or kept.listed.deleted is not None:
            raise not_found()
        return kept

    async def newer(self, name: str, known: Known) -> Newer | None:
        """What somebody else has saved since then."""
        revision = (await self.load(name)).listed.revision
        return None if revision == known.revision else Newer(revision)

    async def listed(self, owner: str) -> list[Listed]:
        """The sessions of an owner, the one changed last first."""
        next_ones = leaving(self._weighed(), nearly(self._room))
        own = [kept.listed for kept in self._kept.values() if owner and kept.listed.owner == owner]
        own.sort(key=lambda listed: -listed.changed)
        return [replace(listed, leaving=listed.id in next_ones) for listed in own]

    async def rename(self, name: str, owner: str, called: str) -> Listed:
        """Give a session another name."""
        return self._mark(name, owner, alive=True, name=called)

    async def delete(self, name: str, owner: str, at: float) -> None:
        """Delete a session; for a week it can be had back."""
        self._mark(name, owner, alive=True, deleted=at)

    async def undelete(self, name: str, owner: str) -> Listed:
        """Have a deleted session back."""
        return self._mark(name, owner, alive=False, deleted=None)

    def follow(self, name: str, followed: bool) -> None:
        """There are no other servers."""

    async def close(self) -> None:
        """Forget all."""
        self._kept.clear()

    def _mark(self, name: str, owner: str, /, alive: bool, **fields: Any) -> Listed:
        kept = self._kept.get(name)
        if kept is None or kept.listed.owner != owner or (alive and kept.listed.deleted is not None):
            raise not_found()
        listed = replace(kept.listed, **fields)
        self._kept[name] = replace(kept, listed=listed)
        return listed

    def _weighed(self) -> list[Weighed]:
        return [
            Weighed(name, kept.listed.nbytes, self._used[name], kept.listed.deleted)
            for name, kept in self._kept.items()
        ]

    def _make_room(self, but: str, at: float) -> tuple[str, ...]:
        weighed = self._weighed()
        gone = [one.id for one in weighed if one.deleted is not None and one.deleted < at - WEEK]
        left = tuple(gone) + leaving((one for one in weighed if one.id not in gone), self._room, but)
        for name in left:
            del self._kept[name], self._used[name]
        return left
