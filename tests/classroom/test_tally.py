"""A tally counts everybody once, keeps options in their order and numbers in stretches that people can read."""

from __future__ import annotations

import random
import sys
from itertools import pairwise
from math import inf, isfinite, nan, nextafter

import pytest

from app.classroom.question import Question, Text
from app.classroom.tally import MOST_BINS, Choice, choices, mistakes
from app.errors import Revealed, SpecError
from app.steps.answerkey import AnswerKey


def asked(wanted: str | float | None, *options: str, tolerance: float | None = None) -> Question:
    key = AnswerKey(wanted, options, (("forgotten", 3.0),) if not options else (("turned", "b"),), tolerance=tolerance)
    return Question(1, "own", {"": Text("", "?")}, key)


def answered(question: Question, *answers: str | float) -> Question:
    for member, answer in enumerate(answers):
        question.answer(member, answer)
    return question


def test_options_are_counted_in_their_order() -> None:
    question = answered(asked("c", "a", "b", "c"), "c", "b", "c", "b", "b")
    assert [(one.name, one.count, one.right) for one in choices(question)] == [
        ("a", 0, False),
        ("b", 3, False),
        ("c", 2, True),
    ]
    assert mistakes(list(question.answers.values())) == [("turned", 3)]


def test_each_counts_once_with_the_last_answer() -> None:
    question = asked("a", "a", "b")
    for answer in ("a", "b", "a"):
        question.answer(7, answer)
    assert [one.count for one in choices(question)] == [1, 0]
    question.revealed = True
    with pytest.raises(Revealed):
        question.answer(7, "b")


def test_without_a_right_answer_nothing_is_right_or_wrong() -> None:
    question = answered(asked(None, "a", "b"), "a")
    assert [one.right for one in choices(question)] == [None, None]
    assert mistakes(list(question.answers.values())) == []


def test_an_answer_that_is_none_is_refused_and_not_counted() -> None:
    for question, wrong in ((asked("a", "a", "b"), "z"), (asked("a", "a", "b"), 1.0), (asked(1.0), "many")):
        with pytest.raises(SpecError):
            question.answer(1, wrong)
        assert question.answers == {}


def test_a_few_numbers_stand_for_themselves() -> None:
    question = answered(asked(0.5), 3.0, 0.5, 3.0, 0.501, -2.0)
    assert [(one.title, one.count, one.right) for one in choices(question)] == [
        ("−2", 1, False),
        ("0.5", 1, True),
        ("0.501", 1, True),
        ("3", 2, False),
    ]
    assert mistakes(list(question.answers.values())) == [("forgotten", 2)]


def test_many_numbers_are_put_into_a_few_stretches_of_one_round_size() -> None:
    draw = random.Random(3)
    numbers = [draw.gauss(10, 2) for _ in range(300)]
    bins = choices(answered(asked(10.5), *numbers))
    assert 3 <= len(bins) <= MOST_BINS
    assert sum(one.count for one in bins) == 300
    assert [one.right for one in bins].count(True) == 1
    (right,) = [one for one in bins if one.right]
    assert right.low is not None
    assert right.high is not None
    assert right.low <= 10.5 < right.high
    inner = [(one, one.low, one.high) for one in bins if one.low is not None and one.high is not None]
    for one, low, high in inner:
        assert one.count == sum(low <= number < high for number in numbers)
        assert len(one.title) < 12
    for (_, _, high), (_, low, _) in pairwise(inner):
        assert high == low


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_answered_there_are_at_most_eight_and_all_are_counted(seed: int) -> None:
    draw = random.Random(seed)
    scale = 10.0 ** draw.randint(-20, 20)
    numbers = [draw.choice((draw.gauss(0, scale), draw.uniform(-1, 1), 1e300, -1e300, 0.0)) for _ in range(200)]
    bins = choices(answered(asked(draw.choice((None, 0.3, 1e6))), *numbers))
    assert len(bins) <= MOST_BINS
    assert sum(one.count for one in bins) == 200
    assert all(one.title for one in bins)


LAST = sys.float_info.max


@pytest.mark.parametrize("wanted", [None, 0.0, LAST, -LAST, inf, -inf, nan])
@pytest.mark.parametrize("size", [LAST, LAST / 2, 1e300, 1.0, 1e-300, 5e-324])
def test_no_numbers_are_too_large_or_too_small_to_be_told_to_all(size: float, wanted: float | None) -> None:
    """Any member can answer what she likes, and a network may come to anything."""
    for numbers in (
        [size / 20 * (20 - place) * (-1) ** place for place in range(20)],
        [size / 20 * place or size * place for place in range(20)],
        [nextafter(size, 0), *[size] * 50, *(size / place for place in range(2, 12))],
    ):
        bins = choices(answered(asked(wanted), *numbers))
        assert 1 <= len(bins) <= MOST_BINS
        assert sum(one.count for one in bins) == len(numbers)
        assert all(one.title and one.middle is not None and isfinite(one.middle) for one in bins)


def test_a_stretch_is_called_by_its_ends() -> None:
    assert Choice(1, None, "", 0.4, 0.6).title == "0.4 – 0.6"
    assert Choice(1, None, "", None, 0.4).title == "< 0.4"
    assert Choice(1, None, "", -0.4, -0.2).title == "−0.4 – −0.2"
    assert Choice(1, None, "", 1000.0, None).title == "≥ 1,000"
    assert [Choice(1, None, "", *ends).middle for ends in ((0.5, 1.5), (None, 2.0), (3.0, None))] == [1, 2, 3]


def test_a_tolerance_of_ones_own_takes_the_place_of_the_usual_one() -> None:
    question = asked(100.0, tolerance=0.5)
    assert [question.key.right(value) for value in (100.5, 99.4, 101.0)] == [True, False, False]
