"""Worksheets: with the answers of its key in its blanks, every formula gives the next answer to the last digit."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from app.errors import SpecError
from app.export.iterationpage import as_page
from app.export.source import Source
from app.export.worksheet import OPTIONS, worksheet
from app.export.worksheethtml import as_html
from app.export.worksheetlatex import as_latex
from app.nn.registry import Choice
from app.sessions.timeline import Change
from app.steps.notation import notations
from app.words import words
from tests.networks import name_of, spec_of
from tests.steps.latex import evaluate, sides

from .sources import SPECS, moved, random_sessions, session_of, source

BLANK = r"\underline{\hspace{4em}}"
ASKED = re.compile(r"\{" + re.escape(BLANK) + r"\}_\{\\text\{\((\d+)\)\}\}")


def chosen(**values: str) -> dict[str, str]:
    return {option.name: values.get(option.name, option.default) for option in OPTIONS}


def items(page: str) -> list[str]:
    return [item.strip() for item in page.split(r"\item ")[1:]]


def half_a_unit(answer: str) -> float:
    """Half of what the last printed digit counts."""
    mantissa, _, exponent = answer.partition(r"\cdot 10^")
    decimals = len(mantissa.partition(".")[2])
    return 0.5 * 10.0 ** (int(exponent.strip("{}") or 0) - decimals)


def filled(tex: str) -> list[tuple[str, float, str]]:
    """Each exercise's title, what its formula gives with the key's answers in its blanks, and its own answer."""
    exercises, answers = (items(page.split(r"\end{enumerate}")[0]) for page in tex.split(r"\newpage"))
    key = [answer.strip("$") for answer in answers]
    found = []
    for number, exercise in enumerate(exercises):
        title, _, formula = exercise.split("\n\n")
        formula = formula.strip("$").removeprefix(r"\displaystyle ")
        formula = ASKED.sub(lambda match: f"({key[int(match[1]) - 1]})", formula)
        side = sides(formula)[-2]
        assert sides(formula)[-1] == BLANK
        assert BLANK not in side
        found.append((title, evaluate(side), key[number]))
    return found


def assert_holds(one: Source, **values: str) -> int:
    tex = as_latex(one, chosen(exercises="60", **values))
    exercises = filled(tex)
    for title, value, answer in exercises:
        printed = evaluate(answer)
        assert abs(value - printed) <= half_a_unit(answer) * (1 + 1e-6) + 1e-12, (
            name_of(one.spec),
            title,
            value,
            answer,
        )
    return len(exercises)


def test_blanks_filled_from_the_key_hold_for_everything_registered(long: bool) -> None:
    for spec in SPECS if long else SPECS[::4]:
        assert assert_holds(source(moved(session_of(spec), 2, 0))) > 5, name_of(spec)


def test_blanks_filled_from_the_key_hold_for_random_sessions_digits_and_notations(long: bool) -> None:
    names = [notation.name for notation in notations if notation.name != "code"]
    for number, session in enumerate(random_sessions(20 if long else 4)):
        assert_holds(source(session, digits=2 + number % 5, notation=names[number % len(names)]))


def test_what_is_asked_about_can_be_chosen() -> None:
    one = source(moved(session_of(spec_of(2, 3, 1)), 0, 25))
    operations = one.operations
    for phase in ("forward", "loss", "backward", "update"):
        assert 0 < len(worksheet(one, phase, 60)) < len(worksheet(one, "iteration", 60))
    first, end = operations.granule(25, "layer")
    asked = sum(operations[number].kind != "back_product" for number in range(first, end))
    assert len(worksheet(one, "layer", 60)) == asked
    assert [exercise.number for exercise in worksheet(one, "pass", 3)] == [1, 2, 3]


def test_each_kind_of_operation_is_asked_for_before_one_is_asked_for_twice() -> None:
    one = source(moved(session_of(spec_of(2, 3, 1)), 0, 0))
    titles = [exercise.title for exercise in worksheet(one, "iteration", 19)]
    for title in ("Activation of hidden neuron 1", "Delta of hidden neuron 1", "New bias of output 1"):
        assert title in titles
    assert "Activation of hidden neuron 2" not in titles


def test_exercises_and_key_can_be_had_apart() -> None:
    one = source(moved(session_of(spec_of(2, 3, 1)), 0, 0))
    for write, key in ((as_latex, "Answers:"), (as_html, "<h1>Answers:")):
        both, exercises, answers = (write(one, chosen(part=part)) for part in ("both", "exercises", "key"))
        assert key in both
        assert "Work out" in both
        assert key not in exercises
        assert "Work out" not in answers
        assert key in answers


def test_what_nobody_could_work_out_by_hand_is_not_asked() -> None:
    one = source(moved(session_of(spec_of(40, 1)), 0, 0))
    assert "Weighted sum of output 1" not in [exercise.title for exercise in worksheet(one, "iteration", 60)]
    one = source(moved(session_of(spec_of(40, 1)), 0, 45))
    overflowing = source(moved(session_of(spec_of(2, 1, output="linear", optimizer=Choice("sgd"))), 0, 0))
    overflowing.tape.tensors["z1"][...] = float("inf")
    assert "Weighted sum of output 1" not in [exercise.title for exercise in worksheet(overflowing, "iteration", 60)]
    with pytest.raises(SpecError, match="worked out by hand"):
        worksheet(source(moved(session_of(spec_of(40, 1)), 0, 3)), "forward", 0)


def test_an_output_of_exactly_0_divides_nothing_by_0() -> None:
    session = session_of(spec_of(1, 2, output="softmax", loss="cross_entropy"))
    session.edit_parameters([Change("W1", (unit, 0), 0) for unit in (0, 1)])
    session.edit_parameters([Change("b1", (unit,), sign * 1000) for unit, sign in ((0, 1), (1, -1))])
    one = source(moved(session, 0, 0))
    assert one.tape.tensors["a1"][0, 1] == 0
    assert len(worksheet(one, "iteration", 60)) > 5


class Outline(HTMLParser):
    """The tags of a page, each of which has to be closed, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loaded += [f"{tag} {name}={value}" for name, value in attrs if name in ("src", "href", "style")]
        if tag not in ("meta", "link", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing() -> None:
    page = as_html(source(moved(session_of(spec_of(2, 3, 1)), 0, 0)), chosen())
    outline = Outline()
    outline.feed(page)
    assert outline.open == []
    assert outline.loaded == []
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
    assert page.count('class="blank"') > 20


def test_a_worksheet_speaks_the_language_of_its_reader() -> None:
    session = moved(session_of(spec_of(2, 3, 1)), 0, 0)
    one = source(session, words=words("de"))
    for page in (as_html(one, chosen()), as_latex(one, chosen())):
        assert "Berechne, was in die Lücken gehört" in page
        assert "Lösungen:" in page
        assert "Answers" not in page
    assert '<html lang="de">' in as_html(one, chosen())
    assert '<html lang="de">' in as_page(one, {})
