"""Questions about the step to come, and what becomes of an answer. Nothing here changes a session."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from ..errors import IndexInvalid
from ..sessions.session import Session
from ..sessions.trainer import approach
from ..steps.explain import Explanation
from ..steps.misconceptions import Misconception
from ..words import Words
from .answers import Answer, Viewing
from .opening import LookedAt, SessionId, Store, View, opened
from .requests import AnswerBody, Granularity
from .state import check_view, explainer

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["questions"])


class OptionAnswer(Answer):
    """One of the answers that may be chosen."""

    name: str
    title: str


class QuestionAnswer(Answer):
    """A question about an operation that is not yet done; without options, a number is to be sent.

    Attributes:
        kinds: of the questions that could be asked about it.
    """

    operation: int
    kind: str
    title: str
    prompt: str
    options: tuple[OptionAnswer, ...]
    explanation: Explanation
    kinds: tuple[str, ...]


class Asking(Answer):
    """The question of the step to come; null at the end of an iteration, where the next batch is to come."""

    question: QuestionAnswer | None


class Mistake(Answer):
    """A mistake that has a name, and what is right."""

    name: str
    title: str
    description: str


class VerdictAnswer(Answer):
    """Whether the answer was right, what was wanted, and the mistake that leads to it, where it has a name."""

    right: bool
    wanted: str
    mistake: Mistake | None


@router.get("/question")
async def question(
    session_id: SessionId,
    store: Store,
    view: View,
    granularity: Granularity = "operation",
    kind: Annotated[str | None, Query(max_length=40, description="the kind wanted; they take turns without")] = None,
) -> Asking:
    """What will the next step write? The question is about the last operation of that step."""
    async with opened(store, session_id) as session:
        await _look(session, view)
        operations, position = session.iteration.operations, session.cursor.operation
        if position == len(operations):
            return Asking(question=None)
        explains, number = explainer(session, view), operations.granule(position, granularity)[1] - 1
        asked = explains.question(number, kind)
        return Asking(
            question=QuestionAnswer(
                operation=number,
                kind=asked.kind.name,
                title=asked.title,
                prompt=asked.prompt,
                options=tuple(OptionAnswer(**vars(option)) for option in asked.options),
                explanation=explains.operation(number),
                kinds=explains.kinds(number),
            )
        )


@router.post("/answer")
async def answer(session_id: LookedAt, body: AnswerBody, store: Store, view: View) -> VerdictAnswer:
    """Judge an answer. The session stays as it is: the step is still to be taken."""
    async with opened(store, session_id) as session:
        await _look(session, view)
        last = len(session.iteration.operations) - 1
        if not 0 <= body.operation <= last:
            raise IndexInvalid(
                f"There is no operation {body.operation}; an iteration has operations 0 to {last}.", where="operation"
            )
        verdict = explainer(session, view).question(body.operation, body.kind).judge(body.answer)
        return VerdictAnswer(right=verdict.right, wanted=verdict.wanted, mistake=named(verdict.mistake, view.words))


def named(mistake: Misconception | None, words: Words) -> Mistake | None:
    """A mistake in a reader's words."""
    if mistake is None:
        return None
    said = {
        what: words.entry("misconceptions", mistake.name, what, getattr(mistake, what))
        for what in ("title", "description")
    }
    return Mistake(name=mistake.name, **said)


async def _look(session: Session, view: Viewing) -> None:
    check_view(session, view)
    await approach(session, session.cursor.iteration, view.example)
