"""The desk: the sessions that are worked on lie on it; the others are in the store, and are fetched when asked for.

Where a session stands is saved before a request that moved it is answered. What is computed, which is larger, follows
within a second: until then it can be computed again.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from math import inf
from time import monotonic, time

from ..data.dataset import Dataset
from ..errors import FileInvalid, NotSaved, SessionNotFound, StaleRevision, StepgradError
from .packing import packed
from .restoring import moved, restored
from .session import AHEAD, Session
from .store import Change, Kept, Known, Listed, Newer, SessionStore

SOON = 1.0
"""Seconds after which what a session has computed is saved, too, and what could not be saved is tried again."""
ENDING = "The server ends."
AGAIN_SECONDS = 0.5
"""Between two looks at a session that another server has changed, where the store does not answer."""
LATELY = 3
"""Looks in a row that found nothing new, after which nothing new is expected."""
FAR = 32
"""Iterations that are not computed again willingly."""
BEFORE_LOST = 0.1
"""Seconds after the end of a lease, when it is looked whether it was renewed."""
LEASE_SECONDS = 5.0
"""After which other servers take a run for lost whose server did not save it."""


class Saved:
    """How a session is in the store.

    Attributes:
        revision: the one that the store has; None before it has any.
        position: the revision of where the session stands there.
        content: how its content is there, as `content_now` says it.
        edited, computed: the revisions with which its content and its numbers were saved.
        datasets: those whose rows are there, as far as it was saved here.
        numbers: the iteration at which its numbers were saved.
        owner: whose it is.
        writer: a name for who saves it here, from when it was made or fetched on.
        lease: until when others believe that its run goes on; infinity where they were not told of one.
        alone: how often in a row it was found that nobody else had saved it.
        looked: whether that was looked for by whoever works on it now.
    """

    def __init__(self, session: Session, owner: str = "") -> None:
        self.session = session
        self.owner = owner
        self.writer = secrets.token_hex(8)
        self.revision: int | None = None
        self.edited = self.computed = -1
        self.position = self.numbers = -1
        self.content = (-1, -1)
        self.datasets: Sequence[Dataset] = ()
        self.at = -SOON
        self.lease = inf
        self.alone, self.looked = 0, False
        self.nbytes = session.nbytes
        self.later: asyncio.Task[None] | None = None

    @property
    def known(self) -> Known:
        """What is known here of how it is in the store."""
        return Known(self.revision, self.writer, self.edited, self.computed)

    @property
    def told(self) -> bool:
        """Whether the store has what the session is and where it stands; the rest can be computed again."""
        return self.session.revision == self.position and self.content == self.content_now

    @property
    def content_now(self) -> tuple[int, int]:
        """What changes whenever the session's content does: its edition, and how often what can be taken back did."""
        return self.session.edition, self.session.edits.changes

    def behind(self) -> bool:
        """Whether something of the session is not in the store."""
        return not self.told or self.session.cursor.iteration != self.numbers

    @property
    def heeded(self) -> bool:
        """Whether what other servers do with it matters here at once: it is watched, or runs here."""
        return self.session.news.watched or (self.session.running and not self.session.elsewhere)

    @property
    def busy(self) -> bool:
        """Whether somebody works on it."""
        return self.session.lock.locked() or self.session.running

    @property
    def reluctance(self) -> int:
        """How little one wants to let go of it."""
        return 2 if not self.told else int(self.session.news.watched)

    @property
    def whole(self) -> bool:
        """Whether it is time to save what is computed, not only where the session stands."""
        away = abs(self.session.cursor.iteration - self.numbers)
        soon = away > 0 and monotonic() - self.at >= SOON
        return self.session.edition != self.content[0] or away > FAR or soon


class Desk:
    """Sessions in memory, up to a number of bytes, before a store.

    Args:
        most_bytes: what the sessions in memory may hold, about; those that were idle longest go to the store only.

    Attributes:
        trouble: why nobody should be sent here now, because nothing can be saved or the server ends; usually empty.
    """

    def __init__(self, store: SessionStore, most_bytes: int) -> None:
        self.store = store
        self.trouble = ""
        self._most_bytes = most_bytes
        self._on: OrderedDict[str, Saved] = OrderedDict()
        self._coming: dict[str, asyncio.Future[Session]] = {}
        self._used: dict[str, float] = {}
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._leases: dict[str, asyncio.TimerHandle] = {}

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
            self._follow_run(session)
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

    def hear(self, name: str, writer: str) -> None:
        """A session was saved or, without a name, any may have been: those follow that are watched, or run, here.

        Args:
            writer: who saved it, if that is known.
        """
        for saved in list(self._on.values()) if not name else [self._on[name]] if name in self._on else []:
            session = saved.session
            if saved.heeded and saved.writer != writer and session.id not in self._looking:
                self._looking[session.id] = asyncio.create_task(self._look(session))

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
        for lease in self._leases.values():
            lease.cancel()
        await self.store.close()

    async def _look(self, session: Session) -> None:
        """Let a session be as another server left it, as soon as the store says how that is."""
        while True:
            session.hurry()
            async with session.lock:
                self._looking.pop(session.id, None)  # of what is saved from now on it has to be heard anew
                try:
                    await self.refresh(session, strictly=True)
                    return
                except NotSaved:
                    pass
                except StepgradError:
                    return
            await asyncio.sleep(AGAIN_SECONDS)

    async def _fetched(self, name: str) -> Session:
        kept = await self.store.load(name)
        session = await asyncio.to_thread(restored, name, kept.parts)
        self._used[name] = time()
        self._put(_as_kept(session, kept))
        self._follow_run(session)
        return session

    async def _catch_up(self, saved: Saved, newer: Newer | None) -> None:
        """Let a session be as it is in the store; where only its position or its numbers are new, only by these."""
        session = saved.session
        if newer is None or saved.content != saved.content_now or not (newer.parts and moved(session, newer.parts)):
            await self._renew(session)
            return
        if "numbers" in newer.parts:
            saved.computed, saved.numbers, saved.at = newer.computed, session.cursor.iteration, monotonic()
        saved.revision, saved.position, saved.lease = newer.revision, session.revision, inf
        saved.writer, saved.alone, session.unsaved = secrets.token_hex(8), 0, ""

    async def _renew(self, session: Session) -> None:
        """Let a session be as it is in the store."""
        kept = await self.store.load(session.id)
        session.renew(await asyncio.to_thread(restored, session.id, kept.parts))
        self._put(_as_kept(session, kept))

    async def _save(self, saved: Saved, whole: bool) -> None:
        session = saved.session
        running = AHEAD if session.running and not self.store.shared else 0
        lease = time() + LEASE_SECONDS if self.store.shared else None
        if saved.lease < time():  # they took the run for lost, which has raised the revision there
            session.revision += AHEAD
        now = session.revision, saved.content_now, session.cursor.iteration
        edited = saved.content_now != saved.content
        parts, datasets = await packed(session, whole, edited, saved.datasets, running, lease)
        change = Change(
            session.id,
            saved.revision,
            session.revision + running,
            title_of(session),
            session.cursor.iteration,
            time(),
            parts,
            saved.owner,
            session.called,
            session.made,
            dict(self._used) if whole else {},
            saved.writer,
        )
        for name in await self.store.save(change):
            self._drop(name)
        self.trouble = ""
        if whole:
            self._used.clear()
        saved.revision, session.unsaved = change.revision, ""
        if edited:
            saved.edited = change.revision
        (saved.position, saved.content, iteration), saved.datasets = now, datasets
        saved.lease = lease if lease is not None and session.running else inf
        self._follow(session)
        if whole:
            saved.numbers, saved.at, saved.computed = iteration, monotonic(), change.revision
            saved.nbytes = session.nbytes
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
        saved.session.news.turned = partial(self._follow, saved.session)
        self._follow(saved.session)
        self._clear()

    def _follow(self, session: Session) -> None:
        """Hear what other servers do with a session as long as that matters here at once."""
        if self.holds(session):
            self.store.follow(session.id, self._on[session.id].heeded)

    def _follow_run(self, session: Session) -> None:
        """Look again when a run elsewhere is lost, since then nobody says so."""
        run = session.run
        if run is None or run.lease is None or session.id in self._leases:
            return

        def over() -> None:
            del self._leases[session.id]
            if session.running:
                self._follow_run(session)
            elif session.elsewhere:
                self.hear(session.id, "")

        self._leases[session.id] = asyncio.get_running_loop().call_later(
            max(0.0, run.lease - time()) + BEFORE_LOST, over
        )

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


def title_of(session: Session) -> str:
    """What a session is called that nobody named: its data and its layers."""
    units = "–".join(str(layer.units) for layer in session.iteration.spec.layers)
    return f"{session.timeline.data.title} {units}"[:300]


def _as_kept(session: Session, kept: Kept) -> Saved:
    saved = Saved(session, kept.listed.owner)
    session.called, session.made = kept.listed.name, kept.listed.made
    saved.revision, saved.edited, saved.computed = kept.listed.revision, kept.edited, kept.computed
    saved.position, saved.content, saved.numbers = session.revision, saved.content_now, session.cursor.iteration
    return saved
