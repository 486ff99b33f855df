"""A room: who is in it, what all are shown, and who may change that. Plain data, changed by small functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

from ..errors import Frozen, IndexInvalid, LimitExceeded, NotAllowed, QuestionNotFound, RoomNotFound, SpecError
from ..sessions.news import News
from ..steps.answerkey import AnswerKey
from .keys import hashed, new_key, same, viewing_name
from .question import Question, Text


@dataclass
class Member:
    """One who joined.

    Attributes:
        token: its hash.
        following: whether she sees what all see; else she explores in `session`, which only she can name.
        streams: how many of her tabs are open; she is away where none is.
        seen: when the last one was closed, on the monotonic clock.
    """

    number: int
    token: str
    nickname: str = ""
    following: bool = True
    session: str = ""
    streams: int = 0
    seen: float = field(default_factory=monotonic)

    @property
    def state(self) -> str:
        if not self.streams:
            return "away"
        return "following" if self.following else "exploring"


@dataclass(frozen=True)
class Shown:
    """What one who leads shows: a session, how to look at it, and a number to be pointed at."""

    session: str = ""
    look: Mapping[str, Any] = field(default_factory=dict)
    ring: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Caller:
    """Whose key came with a request: the teacher's, or a member's."""

    member: Member | None = None

    @property
    def teaches(self) -> bool:
        return self.member is None


class Room:
    """A class on the way through a network.

    Attributes:
        own: what the teacher shows; `led` what a student does who has the lead, once she has begun.
        leader: the number of the member who has the lead; None while it is the teacher.
        covered: whether numbers are hidden until they were predicted.
        frozen: whether nobody may explore.
        watching: how many streams of the teacher are open.
        question: the one that is asked now; `questions` were in all.
        revision: rises with every change.
        news: tells of every change.
    """

    def __init__(self, code: str, key: str, name: str = "") -> None:
        self.code = code
        self.name = name
        self.key = hashed(key)
        self.own, self.led = Shown(), Shown()
        self.leader: int | None = None
        self.covered = self.frozen = False
        self.members: dict[int, Member] = {}
        self.joined = 0
        self.watching = 0
        self.question: Question | None = None
        self.questions = 0
        self.asked = monotonic()
        self.revision = 0
        self.news = News()
        self._secret = new_key()

    @property
    def shown(self) -> Shown:
        """What all are shown."""
        return self.led if self.leader is not None and self.led.session else self.own

    @property
    def viewing(self) -> str:
        """The name by which it can be seen; empty as long as nothing is shown."""
        return self.viewing_of(self.shown.session)

    def viewing_of(self, session: str) -> str:
        return session and viewing_name(self._secret, session)

    @property
    def here(self) -> int:
        """How many members have it open."""
        return sum(member.streams > 0 for member in self.members.values())

    @property
    def empty(self) -> bool:
        return not self.watching and not self.here

    def caller(self, key: str) -> Caller:
        """Whose key this is.

        Raises:
            RoomNotFound: nobody's here; the same is said where there is no such room.
        """
        found = hashed(key)
        if same(found, self.key):
            return Caller()
        for member in self.members.values():
            if same(found, member.token):
                return Caller(member)
        raise RoomNotFound

    def join(self, nickname: str, most: int) -> tuple[Member, str]:
        """A new member and her token. Where there is no place, the one who was away longest gives hers up.

        Raises:
            LimitExceeded: everybody is here.
        """
        if len(self.members) >= most:
            self._leave(most)
        self.joined += 1
        token = new_key()
        member = self.members[self.joined] = Member(self.joined, hashed(token), nickname)
        self.changed()
        return member, token

    def open_stream(self, caller: Caller, count: int) -> None:
        """A stream was opened (1) or closed (-1)."""
        if caller.member is None:
            self.watching += count
        else:
            caller.member.streams += count
            caller.member.seen = monotonic()
        self.changed()

    def show(self, caller: Caller, **changes: Any) -> None:
        """Show something else: fields of `Shown`, those that are not named staying as they are.

        Raises:
            NotAllowed: somebody else leads.
            SpecError: a student has not yet said which session of hers is to be seen.
        """
        if caller.member is not None and caller.member.number != self.leader:
            raise NotAllowed("Only who leads can change what is shown.", hint="Ask for the lead, or explore.")
        shown = replace(self.own if caller.teaches else self.led, **changes)
        if caller.teaches:
            self.own = shown
        elif shown.session:
            self.led = shown
        else:
            raise SpecError("No session is shown yet.", hint="Name one of your own.", where="session")
        self.changed()

    def cover(self, covered: bool) -> None:
        """Hide numbers until they were predicted, or no longer."""
        self.covered = covered
        self.changed()

    def forget(self, session: str) -> None:
        """A session is there no more."""
        if self.own.session == session:
            self.own = Shown()
        if self.led.session == session:
            self.led = Shown()

    def hand(self, member: int | None) -> None:
        """Give a member the lead, or take it back. What the teacher showed is shown until the member shows her own.

        Raises:
            IndexInvalid: there is no such member.
        """
        if member is not None and member not in self.members:
            raise IndexInvalid("There is no such member in this room.", where="member")
        if member != self.leader:
            self.leader, self.led = member, Shown()
        if member is not None:
            self.members[member].following = True
        self.changed()

    def freeze(self, frozen: bool) -> None:
        """Bring everybody back and keep them, or let go."""
        self.frozen = frozen
        for member in self.members.values():
            member.following = member.following or frozen
        self.changed()

    def place(self, member: Member, following: bool, session: str) -> None:
        """A member explores in a session of hers, or follows.

        Raises:
            Frozen: nobody may explore now.
        """
        if not following:
            self.check_free(member)
        member.following, member.session = following, session
        self.changed()

    def check_free(self, member: Member | None) -> None:
        """Raises Frozen where this member, or one who is not known, may not explore."""
        if self.frozen and (member is None or member.number != self.leader):
            raise Frozen(
                "The teacher has frozen the room, so that all look at the same.", hint="Wait until it is let go."
            )

    def ask(self, kind: str, texts: Mapping[str, Text], key: AnswerKey, operation: int | None = None) -> Question:
        """Ask a question in the place of the one before."""
        self.questions += 1
        self.question = Question(self.questions, kind, texts, key, operation)
        self.changed()
        return self.question

    def asked_now(self, number: int) -> Question:
        """The question that is asked now.

        Raises:
            QuestionNotFound: it is another one, or none.
        """
        if self.question is None or self.question.number != number:
            raise QuestionNotFound(
                "This question is not asked any more.", hint="Answer the newest one.", where="number"
            )
        return self.question

    def withdraw(self) -> None:
        """Nothing is asked any more."""
        self.question = None
        self.changed()

    def changed(self) -> None:
        """Tell everybody."""
        self.asked = monotonic()
        self.revision += 1
        self.news.tell()

    def _leave(self, most: int) -> None:
        away = [member for member in self.members.values() if not member.streams and member.number != self.leader]
        if not away:
            raise LimitExceeded(
                f"The room has {most} members already.",
                hint="Ask the teacher, who can start the server with a larger --max-members.",
            )
        del self.members[min(away, key=lambda member: member.seen).number]
