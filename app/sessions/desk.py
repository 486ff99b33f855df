"""The desk: the sessions that are worked on lie on it; the others are in the store, and are fetched when asked for.

Where a session stands is saved before a request that moved it is answered. What is computed, which is larger, follows
within a second: until then it can be computed again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from functools import partial
from math import inf
from time import time

from ..errors import FileInvalid, NotSaved, SessionNotFound, StaleRevision, StepgradError
from .packing import packed
from .peers import Peers
from .restoring import moved, restored
from .saved import SOON, Saved, as_kept
from .session import AHEAD, Session
from .store import Known, Listed, Newer, SessionStore

ENDING = "The server ends."
LATELY = 3
"""Looks in a row that found nothing new, after which nothing new is expected."""
LEASE_SECONDS = 5.0
"""After which other servers take a run for lost whose server did not save it."""


class Desk:
    """Sessions in memory, up to a number of bytes, before a store.

    Args:
        most_bytes: what the sessions in memory may hold, about; those that were idle longest go to the store only.

    Attributes:
        peers: the other servers on a shared store, who are to be heard.
        trouble: why nobody should be sent here now, because nothing can be saved or the server ends; usually empty.
    """

    def __init__(self, store: SessionStore, most_bytes: int) -> None:
        self.store = store
        self.trouble = ""
        self._most_bytes = most_bytes
        self._on: OrderedDict[str, Saved] = OrderedDict()
        self._coming: dict[str, asyncio.Future[Session]] = {}
        self._used: dict[str, float] = {}
        self.peers = Peers(store, self._on, partial(self.refresh, strictly=True))

    @property
    def held(self) -> tuple[int, int]:
        """How many sessions are in memory, and about how many bytes they hold."""
        return len(self._on), sum(saved.nbytes for saved in self._on.values())

    async def get(self, name: str) -> Session:
        """The session of this id.

        Raises:
            SessionNotFound: there is none, or no longer.
            FileInvalid: what is kept of it cannot be read.
        """
        if name in self._on:
            self._used[name] = time()
            self._on.move_to_end(name)
            return self._on[name].session
        if name not in self._coming:
            self._coming[name] = asyncio.ensure_future(self._fetched(name))
            self._coming[name].add_done_callback(lambda _: self._coming.pop(name))
        return await asyncio.shield(self._coming[name])

    def at_hand(self, name: str) -> Session | None:
        """The session of this id if it is worked on; it does not count as asked for."""
        return self._on[name].session if name in self._on else None

    def holds(self, session: Session) -> bool:
        """Whether it is still this one that is worked on: whoever waited for it may have been given another."""
        saved = self._on.get(session.id)
        return saved is not None and saved.session is session

    async def refresh(self, session: Session, strictly: bool = False, trusting: bool = False) -> bool:
        """Let a session be as it was saved last, by whichever server; its lock must be held.

        Args:
            strictly: not to go on with what may be old where a shared store does not answer.
            trusting: to go on with what nobody else has changed for a while, which `keep` refuses where that is wrong.

        Returns:
            Whether this one is worked on: whoever waited for it may have been given another.

        Raises:
            SessionNotFound: another server has deleted it.
            NotSaved: the store does not answer.
        """
        saved = self._on.get(session.id)
        if saved is None or saved.session is not session:
            return False
        try:
            saved.looked = not (trusting and saved.alone >= LATELY)
            if saved.revision is not None and saved.looked:
                newer = await self.store.newer(session.id, saved.known)
                saved.alone += 1
                if newer is not None:
                    await self._catch_up(saved, newer)
            if session.elsewhere and not session.running:
                session.take_over()
            self.peers.follow_run(session)
        except NotSaved:
            if strictly and self.store.shared:
                raise
        except SessionNotFound:
            self._drop(session.id)
            raise
        return True

    def looked(self, session: Session) -> bool:
        """Whether a session, whose lock is held, is known to be as it was saved last."""
        return session.id in self._on and self._on[session.id].looked

    async def add(self, session: Session, owner: str = "") -> None:
        """Begin to keep a new session.

        Raises:
            NotSaved: a shared store does not.
        """
        self._put(Saved(session, owner))
        await self.keep(session)

    async def keep(self, session: Session) -> None:
        """Save what a request changed, before it is answered; the session's lock must be held.

        Raises:
            StaleRevision, SessionNotFound: as `save` does.
            NotSaved: a shared store does not save it, and the change is dropped.
        """
        await self.save(session)
        if session.unsaved and self.store.shared:
            self._drop(session.id)
            raise NotSaved(session.unsaved, hint="The change was not made; send it again in a moment.", where="store")

    async def save(self, session: Session, now: bool = False) -> None:
        """Save what changed, and all of it where it is time or has to be now; the session's lock must be held.

        Why it cannot be saved stands in `session.unsaved` then, and it is tried again.

        Raises:
            StaleRevision, SessionNotFound: another server has changed it, as which it is from now on, or deleted it.
        """
        saved = self._on.get(session.id)
        if saved is None or not self.holds(session) or not saved.behind():
            return
        whole = now or saved.whole
        try:
            if whole or not saved.told:
                await self._save(saved, whole)
        except NotSaved as error:
            session.unsaved = self.trouble = f"{error.message} {error.hint}".strip()
        except FileInvalid as error:
            session.unsaved = error.message
        except (StaleRevision, SessionNotFound):
            try:
                await self._catch_up(saved, await self.store.newer(session.id, saved.known))
            except StepgradError:
                self._drop(session.id)
            raise
        if saved.behind() and (saved.later is None or saved.later.done()):
            saved.later = asyncio.create_task(self._soon(saved))

    async def rename(self, name: str, owner: str, called: str) -> Listed:
        """Give a session another name."""
        listed = await self.store.rename(name, owner, called)
        if name in self._on:
            self._on[name].session.called = called
        return listed

    async def delete(self, name: str, owner: str) -> None:
        """Delete a session; it can be had back for a while."""
        saved = self._on.get(name)
        if saved is not None and saved.owner == owner:
            await self._save_last(saved.session)
        await self.store.delete(name, owner, time())
        self._drop(name)

    async def duplicate(self, name: str, copy: str, owner: str, branch: int) -> Session:
        """A session as it is now on a branch, under another id and with no past of requests.

        Raises:
            IndexInvalid: there is no such branch.
        """
        session = await self.get(name)
        async with session.lock:
            parts, _ = await packed(session, True)
        made = await asyncio.to_thread(restored, copy, parts)
        if branch != made.place.here.number:
            made.go_to(made.place.on(branch))
        made.begin_anew()
        made.called = session.called
        await self.add(made, owner)
        return made

    async def check(self) -> str:
        """The trouble; a shared store is asked, since what it does not answer for is refused before it is saved."""
        if self.store.shared and self.trouble != ENDING:
            try:
                with suppress(SessionNotFound):
                    await self.store.newer("", Known(None, "", -1, -1))
                self.trouble = ""
            except NotSaved as error:
                self.trouble = f"{error.message} {error.hint}"
        return self.trouble

    def let_go(self) -> None:
        """Nobody trains or watches any more, since the server ends."""
        self.trouble = ENDING
        for saved in list(self._on.values()):
            saved.session.close()

    async def finish(self) -> None:
        """Save what is not saved yet, and close the store."""
        self.let_go()
        for saved in list(self._on.values()):
            async with saved.session.lock:
                try:
                    await self.save(saved.session, now=True)
                except (StaleRevision, SessionNotFound):
                    continue
        for saved in self._on.values():
            if saved.later is not None:
                saved.later.cancel()
        self.peers.close()
        await self.store.close()

    async def _fetched(self, name: str) -> Session:
        kept = await self.store.load(name)
        session = await asyncio.to_thread(restored, name, kept.parts)
        self._used[name] = time()
        self._put(as_kept(session, kept))
        self.peers.follow_run(session)
        return session

    async def _catch_up(self, saved: Saved, newer: Newer | None) -> None:
        """Let a session be as it is in the store; where only its position or its numbers are new, only by these."""
        session = saved.session
        if newer is None or saved.content != saved.content_now or not (newer.parts and moved(session, newer.parts)):
            await self._renew(session)
            return
        saved.is_found(newer)

    async def _renew(self, session: Session) -> None:
        """Let a session be as it is in the store."""
        kept = await self.store.load(session.id)
        session.renew(await asyncio.to_thread(restored, session.id, kept.parts))
        self._put(as_kept(session, kept))

    async def _save(self, saved: Saved, whole: bool) -> None:
        session = saved.session
        running = AHEAD if session.running and not self.store.shared else 0
        lease = time() + LEASE_SECONDS if self.store.shared else None
        if saved.lease < time():  # they took the run for lost, which has raised the revision there
            session.revision += AHEAD
        now, edited = saved.now, saved.content_now != saved.content
        parts, datasets = await packed(session, whole, edited, saved.datasets, running, lease)
        change = saved.change(parts, session.revision + running, dict(self._used) if whole else {})
        for name in await self.store.save(change):
            self._drop(name)
        self.trouble = ""
        if whole:
            self._used.clear()
        saved.is_saved(change, now, datasets, inf if lease is None else lease)
        self.peers.follow(session.id)
        if whole:
            self._clear()

    async def _soon(self, saved: Saved) -> None:
        """Save what is still behind, as soon as it is time; where several servers work on it, one of them does."""
        await asyncio.sleep(SOON)
        saved.later = None
        async with saved.session.lock:
            try:
                if await self.refresh(saved.session):
                    await self.save(saved.session)
            except (StaleRevision, SessionNotFound):
                return

    async def _save_last(self, session: Session) -> None:
        """Whoever deletes a session may have it back as it was."""
        async with session.lock:
            session.pause()
            await self.save(session, now=True)

    def _put(self, saved: Saved) -> None:
        self._on[saved.session.id] = saved
        # By its id: a session that its own news refer to would wait for the garbage collector.
        saved.session.news.turned = partial(self.peers.follow, saved.session.id)
        self.peers.follow(saved.session.id)
        self._clear()

    def _drop(self, name: str) -> None:
        saved = self._on.pop(name, None)
        if saved is not None:
            self.store.follow(name, False)
            saved.session.close()

    def _clear(self) -> None:
        """Let go of sessions until the others fit: those that were idle longest, and that nobody watches, first.

        One that could not be saved is lost by that, and goes only where nothing else helps.
        """
        total = sum(saved.nbytes for saved in self._on.values())
        for least in range(3):
            for name, saved in list(self._on.items())[:-1]:
                if total <= self._most_bytes:
                    return
                if not saved.busy and saved.reluctance <= least:
                    total -= saved.nbytes
                    self._drop(name)
