"""A question to a class: asked once, answered by each once, revealed together. Names are not part of its tally."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import Revealed
from ..steps.answerkey import AnswerKey


@dataclass(frozen=True)
class Text:
    """What a question says in one language: its title, itself, the options by their names, and the right answer."""

    title: str
    prompt: str
    options: Mapping[str, str] = field(default_factory=dict)
    wanted: str | None = None


@dataclass(frozen=True)
class Given:
    """A member's answer, and what became of it; `right` is None where nobody says."""

    answer: str | float
    right: bool | None
    mistake: str


@dataclass
class Question:
    """A question that is asked in a room.

    Attributes:
        number: counts the room's questions, from 1.
        kind: of the registry of questions, or `own` for one in the teacher's words.
        texts: by language; one in the teacher's words has the same in all, under an empty name.
        operation: what it is about; None for one in the teacher's words.
        answers: by the member's number.
    """

    number: int
    kind: str
    texts: Mapping[str, Text]
    key: AnswerKey
    operation: int | None = None
    answers: dict[int, Given] = field(default_factory=dict)
    revealed: bool = False

    def text(self, language: str) -> Text:
        """What it says in a language."""
        return self.texts.get(language) or self.texts[""]

    def answer(self, member: int, answer: str | float) -> None:
        """Take a member's answer, instead of the one before.

        Raises:
            Revealed: the right one is known.
            SpecError: it is none of the options, or no number.
        """
        if self.revealed:
            raise Revealed("The answer is revealed already.", hint="Wait for the next question.")
        key = self.key
        self.answers[member] = Given(answer, key.right(answer), key.mistake(answer))
