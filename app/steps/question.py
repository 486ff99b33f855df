"""A question: predict what a step will write, then see. It is made of the step's own operation and operands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..words import capital, filled
from .account import Account
from .answerkey import AnswerKey
from .misconceptions import Asked, Misconception, misconceptions, possible


@dataclass(frozen=True)
class Option:
    """One of the answers that a person may choose."""

    name: str
    title: str


@dataclass(frozen=True)
class Verdict:
    """What became of an answer.

    Attributes:
        wanted: the right answer, in words or as it is printed.
        mistake: the mistake that gives this wrong answer, where it has a name.
    """

    right: bool
    wanted: str
    mistake: Misconception | None = None


@dataclass(frozen=True)
class Subject:
    """An operation that is asked about, with the account of it."""

    asked: Asked
    account: Account

    @property
    def kind(self) -> str:
        return self.asked.operation.kind

    def say(self, value: float) -> str:
        return self.account.knowledge.say(value)


@dataclass(frozen=True)
class Kind:
    """One kind of question.

    Attributes:
        suits: whether it can be asked of an operation; it may look at the numbers, but not tell them.
        prompt: the question, with a place for the `{name}` of what is asked for.
        options: what may be chosen, some named in the learner's words already; none where a number is to be typed.
        answer: the right one, by its name or as a number.
        chosen: the option that a number would have led to, to recognise a mistake by.
        before: whether what will be updated is asked about, as it is there before.
    """

    name: str
    title: str
    description: str
    suits: Callable[[Subject], bool]
    prompt: str
    options: Callable[[Subject], tuple[Option, ...]]
    answer: Callable[[Subject], str | float]
    chosen: Callable[[Subject, float], str] = lambda subject, value: ""
    before: bool = False


@dataclass(frozen=True)
class Question:
    """One question about one operation."""

    kind: Kind
    subject: Subject

    @property
    def prompt(self) -> str:
        """The question in the reader's words."""
        writes, words = self.subject.asked.operation.writes, self.subject.account.reading.words
        index = tuple(int(str(part)) for part in writes.index)
        tensor = writes.tensor.removesuffix(".new") if self.kind.before else writes.tensor
        name = capital(self.subject.account.knowledge.name(tensor, index))
        return filled(words.entry("questions", self.kind.name, "prompt", self.kind.prompt), {"name": name})

    @property
    def title(self) -> str:
        return self.subject.account.reading.words.entry("questions", self.kind.name, "title", self.kind.title)

    @property
    def options(self) -> tuple[Option, ...]:
        words, kind = self.subject.account.reading.words, self.kind
        return tuple(
            Option(option.name, words.entry("questions", kind.name, f"options.{option.name}", option.title))
            for option in kind.options(self.subject)
        )

    @property
    def key(self) -> AnswerKey:
        """What answers are judged by."""
        wanted, names = self.kind.answer(self.subject), tuple(option.name for option in self.kind.options(self.subject))
        led = possible(self.subject.asked)
        mistakes = tuple((name, self.kind.chosen(self.subject, value) if names else value) for name, value in led)
        return AnswerKey(wanted, names, mistakes, self.subject.account.reading.digits)

    @property
    def wanted(self) -> str:
        """The right answer, in words or as it is printed."""
        wanted = self.kind.answer(self.subject)
        if isinstance(wanted, str):
            return next(option.title for option in self.options if option.name == wanted)
        return self.subject.say(wanted)

    def judge(self, answer: str | float) -> Verdict:
        """What becomes of an answer: an option's name, or a number where there are no options.

        Raises:
            SpecError: it is neither.
        """
        key = self.key
        mistake = key.mistake(answer)
        return Verdict(bool(key.right(answer)), self.wanted, misconceptions.named(mistake) if mistake else None)
