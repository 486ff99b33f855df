"""Questions to a class: asked by the teacher, answered by members, revealed to all; and how each reader is told."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import Field

from ..classroom.question import Question, Text
from ..classroom.room import Room
from ..classroom.tally import choices, mistakes
from ..errors import IndexInvalid, SpecError, plain
from ..sessions.session import Session
from ..sessions.trainer import approach
from ..steps.answerkey import AnswerKey
from ..steps.misconceptions import misconceptions
from ..words import Words, languages
from .answers import Answer, Viewing
from .opening import Store, View, opened
from .questions import named
from .repeats import Repeatable
from .requests import Body, Texts, Whole
from .requests import Text as Line
from .rooms import Entered, Open, Taught
from .state import check_notation, explainer

router = APIRouter(prefix="/api/rooms/{code}/questions", tags=["rooms"])

OWN, OWN_NUMBER = "own", "own_number"
Number = Annotated[int, Path(ge=1, le=2**53, description="of the question, from 1")]


class AskBody(Body):
    """A question about an operation, of a kind or of the one whose turn it is; or one in one's own words.

    One of one's own has `options`, of which `answer` may name the right one by its place (`"0"`), or a number is typed,
    which is right within `tolerance` of `answer`. Without an answer, nothing is right or wrong.
    """

    operation: Annotated[Whole, Field(ge=0)] | None = None
    kind: Annotated[str, Field(max_length=40)] | None = None
    text: Annotated[str, Field(max_length=500)] = ""
    options: Annotated[Texts, Field(max_length=8, default_factory=list)]
    answer: float | Line | None = None
    tolerance: Annotated[float, Field(ge=0)] = 0


class AnswerInRoomBody(Body):
    """An option's name, or a number."""

    answer: float | Line


class AskedAnswer(Answer):
    """The number of a question that is asked now."""

    number: int


@router.post("", status_code=201)
async def ask(held: Taught, body: AskBody, rooms: Open, store: Store, view: View, request: Repeatable) -> AskedAnswer:
    """Ask the class, in the place of the question before."""
    if (body.operation is None) == (not body.text.strip()):
        raise SpecError("A step and a text were given, or neither.", hint="Send one of them.", where="operation")
    if body.operation is None:
        kind, texts, key = OWN if body.options else OWN_NUMBER, {"": _own_text(body)}, _own_key(body, view.digits)
    else:
        async with opened(store, _shown(held.room), ahead=True) as session:
            row = row_shown(held.room, session)
            check_notation(view)
            await approach(session, session.cursor.iteration, row)
            kind, texts, key = _asked(session, body, row, view)
    return AskedAnswer(
        number=await rooms.change(held, lambda room: room.ask(kind, texts, key, body.operation, request))
    )


@router.put("/{number}/answer", status_code=204)
async def answer(entered: Entered, number: Number, body: AnswerInRoomBody, rooms: Open) -> None:
    """A member's answer; until the right one is revealed, it may be another one."""
    held, caller = entered
    await rooms.change(held, lambda room: room.answer(number, caller.member, body.answer))


@router.post("/{number}/reveal", status_code=204)
async def reveal(held: Taught, number: Number, rooms: Open) -> None:
    """Show all what is right, and how many answered what."""
    await rooms.change(held, lambda room: room.reveal(number))


@router.delete("/{number}", status_code=204)
async def withdraw(held: Taught, number: Number, rooms: Open) -> None:
    """Ask nothing any more."""
    await rooms.change(held, lambda room: room.withdraw(number))


def row_shown(room: Room, session: Session) -> int | None:
    """The row of the data that all look at; None, for the batch's first, where the data has no such row any more."""
    row: int | None = room.shown.look.get("example")
    try:
        session.iteration.check_row(row)
    except IndexInvalid:
        return None
    return row


def _shown(room: Room) -> str:
    if not room.shown.session:
        raise SpecError("No session is shown yet.", hint="Show one first.", where="operation")
    return room.shown.session


def _asked(session: Session, body: AskBody, row: int | None, view: Viewing) -> tuple[str, dict[str, Text], AnswerKey]:
    """A question from a step: its kind, its text in every language, so that it needs the step no more, and its key."""
    number, last = body.operation or 0, len(session.iteration.operations) - 1
    if number > last:
        raise IndexInvalid(
            f"There is no operation {number}; an iteration has operations 0 to {last}.", where="operation"
        )
    texts, found = {}, None
    for language, words in languages.items():
        explains = explainer(session, Viewing("step", row, view.digits, view.notation, words))
        found = explains.question(number, body.kind)
        options = {option.name: option.title for option in found.options}
        texts[language] = Text(found.title, found.prompt, options, found.wanted)
    assert found is not None
    return found.kind.name, texts, found.key


def _own_text(body: AskBody) -> Text:
    options = {str(place): text for place, text in enumerate(body.options)}
    right = options.get(str(body.answer), body.answer)
    return Text("", body.text.strip(), options, plain(right) if isinstance(right, float | int) else right)


def _own_key(body: AskBody, digits: int) -> AnswerKey:
    names = tuple(str(place) for place in range(len(body.options)))
    wanted = body.answer if body.answer is None or isinstance(body.answer, str) else float(body.answer)
    if wanted is not None and isinstance(wanted, str) != bool(names):
        raise SpecError(
            "The answer does not fit the question.", hint="Send an option's place, or a number.", where="answer"
        )
    key = AnswerKey(wanted, names, digits=digits, tolerance=body.tolerance)
    if wanted is not None:
        key.right(wanted)
    return key


def asked_of(question: Question, words: Words, teaches: bool) -> dict[str, Any]:
    """A question as one who reads this language is told, without her own answer; what is right, once it is revealed."""
    text = question.text(words.language)
    told = question.revealed or teaches
    return {
        "number": question.number,
        "kind": question.kind,
        "operation": question.operation,
        "title": text.title,
        "text": text.prompt,
        "options": [{"name": name, "title": title} for name, title in text.options.items()] or None,
        "revealed": question.revealed,
        "tally": _tally(question, words) if told else None,
    }


def mine(question: Question, member: int, words: Words) -> dict[str, Any] | None:
    """A member's own answer and, once the right one is revealed, what became of it."""
    given = question.answers.get(member)
    if given is None:
        return None
    if not question.revealed:
        return {"answer": given.answer}
    return {"answer": given.answer, "right": given.right, "mistake": _mistake(given.mistake, words)}


def _tally(question: Question, words: Words) -> dict[str, Any]:
    text, given = question.text(words.language), list(question.answers.values())
    return {
        "answers": len(given),
        "choices": [
            {
                "answer": choice.name or choice.middle,
                "title": text.options.get(choice.name, choice.title),
                "count": choice.count,
                "right": choice.right,
            }
            for choice in choices(question)
        ],
        "right": text.wanted,
        "mistakes": [{**(_mistake(name, words) or {}), "count": count} for name, count in mistakes(given)],
    }


def _mistake(name: str, words: Words) -> dict[str, Any] | None:
    found = named(misconceptions.named(name), words) if name else None
    return None if found is None else found.model_dump()
