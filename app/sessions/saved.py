"""How a session is in the store: what of it was saved, when that has to be done again, and what is known of others."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from math import inf
from time import monotonic, time

from ..data.dataset import Dataset
from .codec import Kind
from .session import Session
from .store import Change, Kept, Known, Newer

SOON = 1.0
"""Seconds after which what a session has computed is saved, too, and what could not be saved is tried again."""
FAR = 32
"""Iterations that are not computed again willingly."""

Now = tuple[int, tuple[int, int], int]


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

    @property
    def now(self) -> Now:
        """What of it changes: its revision, its content, and the iteration where it stands."""
        return self.session.revision, self.content_now, self.session.cursor.iteration

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

    def change(self, parts: Mapping[Kind, bytes], revision: int, used: Mapping[str, float]) -> Change:
        """What is to be saved, so that the store has this revision of it.

        Args:
            used: other sessions that were asked for, and when.
        """
        session = self.session
        return Change(
            session.id,
            self.revision,
            revision,
            title_of(session),
            session.cursor.iteration,
            time(),
            parts,
            self.owner,
            session.called,
            session.made,
            used,
            self.writer,
        )

    def is_saved(self, change: Change, now: Now, datasets: Sequence[Dataset], lease: float) -> None:
        """A change was saved, of what was `now` when it was made; others believe until then that its run goes on."""
        self.revision, self.session.unsaved, self.datasets = change.revision, "", datasets
        self.position, self.content, iteration = now
        self.lease = lease if self.session.running else inf
        if "content" in change.parts:
            self.edited = change.revision
        if "numbers" in change.parts:
            self.numbers, self.at, self.computed = iteration, monotonic(), change.revision
            self.nbytes = self.session.nbytes

    def is_found(self, newer: Newer) -> None:
        """The session was let be as somebody else saved it."""
        session = self.session
        if "numbers" in newer.parts:
            self.computed, self.numbers, self.at = newer.computed, session.cursor.iteration, monotonic()
        self.revision, self.position, self.lease = newer.revision, session.revision, inf
        self.writer, self.alone, session.unsaved = secrets.token_hex(8), 0, ""


def title_of(session: Session) -> str:
    """What a session is called that nobody named: its data and its layers."""
    units = "–".join(str(layer.units) for layer in session.iteration.spec.layers)
    return f"{session.timeline.data.title} {units}"[:300]


def as_kept(session: Session, kept: Kept) -> Saved:
    """A session that was fetched."""
    saved = Saved(session, kept.listed.owner)
    session.called, session.made = kept.listed.name, kept.listed.made
    saved.revision, saved.edited, saved.computed = kept.listed.revision, kept.edited, kept.computed
    saved.position, saved.content, saved.numbers = session.revision, saved.content_now, session.cursor.iteration
    return saved
