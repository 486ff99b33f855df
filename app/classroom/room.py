"""A room: who is a member, what all are shown, and who may change that. Plain data, changed by small functions."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from time import time
from typing import Any

from ..errors import Frozen, IndexInvalid, LimitExceeded, NotAllowed, QuestionNotFound, RoomNotFound, SpecError
from ..steps.answerkey import AnswerKey
from .keys import hashed, new_key, repeated_key, same, viewing_name
from .question import Question, Text

TEACHER = 0
"""The teacher's number among those who are here; members count from 1."""
REMEMBERED_REQUESTS = 16


@dataclass(frozen=True)
class Member:
    """One who joined.

    Attributes:
        token: its hash.
        following: whether she sees what all see; else she explores in `session`, which only she can name.
        since: when she joined, in seconds since 1970.
    """

    number: int
    token: str
    nickname: str = ""
    following: bool = True
    session: str = ""
    since: float = field(default_factory=time)


@dataclass(frozen=True)
class Present:
    """Who has a room open, and when those were seen last who had, in seconds since 1970."""

    here: Set[int] = frozenset()
    seen: Mapping[int, float] = field(default_factory=dict)

    @property
    def members(self) -> int:
        """How many members have it open."""
        return len(self.here - {TEACHER})

    def state(self, member: Member) -> str:
        """What a member does."""
        if member.number not in self.here:
            return "away"
        return "following" if member.following else "exploring"


@dataclass(frozen=True)
class Shown:
    """What one who leads shows: a session, how to look at it, and a number to be pointed at."""

    session: str = ""
    look: Mapping[str, Any] = field(default_factory=dict)
    ring: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Caller:
    """Whose key came with a request: the teacher's, or a member's, by her number."""

    member: int | None = None

    @property
    def teaches(self) -> bool:
        return self.member is None

    @property
    def number(self) -> int:
        """By which one is known among those who are here."""
        return TEACHER if self.member is None else self.member


@dataclass
class Room:
    """A class on the way through a network.

    Attributes:
        key: the hash of the teacher's.
        own: what the teacher shows; `led` what a student does who has the lead, once she has begun.
        leader: the number of the member who has the lead; None while it is the teacher.
        covered: whether numbers are hidden until they were predicted.
        frozen: whether nobody may explore.
        members: by their numbers; `joined` were in all.
        question: the one that is asked now; `questions` were in all, the last ones by the requests that asked them.
        revision: rises with every change.
        secret: what its names for sessions are made with.
    """

    code: str
    key: str
    name: str = ""
    own: Shown = Shown()
    led: Shown = Shown()
    leader: int | None = None
    covered: bool = False
    frozen: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    joined: int = 0
    question: Question | None = None
    questions: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    revision: int = 0
    secret: str = field(default_factory=new_key)

    def copy(self) -> Room:
        """The same, to be changed apart from this one."""
        asked = self.question
        return replace(
            self,
            members=dict(self.members),
            asked=dict(self.asked),
            question=None if asked is None else replace(asked, answers=dict(asked.answers)),
        )

    @property
    def shown(self) -> Shown:
        """What all are shown."""
        return self.led if self.leader is not None and self.led.session else self.own

    @property
    def viewing(self) -> str:
        """The name by which it can be seen; empty as long as nothing is shown."""
        return self.viewing_of(self.shown.session)

    def viewing_of(self, session: str) -> str:
        return session and viewing_name(self.secret, session)

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
                return Caller(member.number)
        raise RoomNotFound

    def join(self, nickname: str, most: int, present: Present, request: str = "") -> tuple[Member, str]:
        """A new member and her token. Where there is no place, one who never came, or was away longest, gives hers up.

        Args:
            request: what a request has in common with its repeats and with nothing else; they join as one.

        Raises:
            LimitExceeded: everybody is here.
        """
        token = repeated_key(self.secret, f"{request} {nickname}") if request else new_key()
        kept = hashed(token)
        for member in self.members.values():
            if same(kept, member.token):
                return member, token
        if len(self.members) >= most:
            self._leave(most, present)
        self.joined += 1
        member = self.members[self.joined] = Member(self.joined, kept, nickname)
        return member, token

    def show(self, caller: Caller, **changes: Any) -> None:
        """Show something else: fields of `Shown`, those that are not named staying as they are.

        Raises:
            NotAllowed: somebody else leads.
            SpecError: a student has not yet said which session of hers is to be seen.
        """
        if not caller.teaches and caller.member != self.leader:
            raise NotAllowed("Only who leads can change what is shown.", hint="Ask for the lead, or explore.")
        shown = replace(self.own if caller.teaches else self.led, **changes)
        if caller.teaches:
            self.own = shown
        elif shown.session:
            self.led = shown
        else:
            raise SpecError("No session is shown yet.", hint="Name one of your own.", where="session")

    def cover(self, covered: bool) -> None:
        """Hide numbers until they were predicted, or no longer."""
        self.covered = covered

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
            self._let(member, following=True)

    def freeze(self, frozen: bool) -> None:
        """Bring everybody back and keep them, or let go."""
        self.frozen = frozen
        if frozen:
            for member in self.members:
                self._let(member, following=True)

    def place(self, member: int | None, following: bool, session: str, nickname: str | None = None) -> None:
        """A member explores in a session of hers, or follows, and may be called something else.

        Raises:
            NotAllowed: it is the teacher.
            Frozen: nobody may explore now.
        """
        number = self._member(member)
        if not following:
            self.check_free(number)
        called = self.members[number].nickname if nickname is None else nickname
        self._let(number, following=following, session=session, nickname=called)

    def check_free(self, member: int | None) -> None:
        """Raises Frozen where this member, or one who is not known, may not explore."""
        if self.frozen and (member is None or member != self.leader):
            raise Frozen(
                "The teacher has frozen the room, so that all look at the same.", hint="Wait until it is let go."
            )

    def ask(
        self, kind: str, texts: Mapping[str, Text], key: AnswerKey, operation: int | None = None, request: str = ""
    ) -> int:
        """Ask a question in the place of the one before, unless it is asked by a repeat of a request; its number."""
        if request in self.asked:
            return self.asked[request]
        self.questions += 1
        self.question = Question(self.questions, kind, texts, key, operation)
        if request:
            self.asked[request] = self.questions
            for old in list(self.asked)[:-REMEMBERED_REQUESTS]:
                del self.asked[old]
        return self.questions

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

    def answer(self, number: int, member: int | None, answer: str | float) -> None:
        """Take a member's answer to the question of this number.

        Raises:
            NotAllowed: it is the teacher's.
            QuestionNotFound: another one is asked, or none.
            Revealed, SpecError: as `Question.answer` does.
        """
        own = self._member(member)
        self.asked_now(number).answer(own, answer)

    def reveal(self, number: int) -> None:
        """Show all what is right, and how many answered what."""
        self.asked_now(number).revealed = True

    def withdraw(self, number: int) -> None:
        """Nothing is asked any more."""
        self.asked_now(number)
        self.question = None

    def _member(self, number: int | None) -> int:
        if number is None:
            raise NotAllowed("The teacher is no member of the room.", hint="Send a member's token.")
        if number not in self.members:  # another one has just been given her place
            raise RoomNotFound
        return number

    def _let(self, member: int, **changes: Any) -> None:
        self.members[member] = replace(self.members[member], **changes)

    def _leave(self, most: int, present: Present) -> None:
        away = [one for one in self.members.values() if one.number not in present.here and one.number != self.leader]
        if not away:
            raise LimitExceeded(
                f"The room has {most} members already.",
                hint="Ask the teacher, who can start the server with a larger --max-members.",
            )
        # Who joins again and again, and comes never, takes the places of nobody else.
        seen = present.seen
        del self.members[min(away, key=lambda one: (one.number in seen, seen.get(one.number, one.since))).number]
