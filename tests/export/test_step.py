"""The current step, taken away in words and formulas."""

from __future__ import annotations

import re

import pytest

from app.errors import LimitExceeded, SpecError
from app.export import step
from app.export.tex import words
from tests.networks import spec_of
from tests.steps.latex import evaluate, sides

from .sources import moved, session_of, source


def test_the_last_operation_is_told_with_the_numbers_of_the_tape() -> None:
    session = moved(session_of(spec_of(2, 3, 1)), 2, 3)
    one = source(session, digits=6)
    text = step.as_markdown(one, {"granularity": "operation"})
    title, sentence = re.findall(r"(?m)^## (.+)\n\n(.+)$", text)[0]
    assert title == "Weighted sum of hidden neuron 1"
    assert sentence.startswith("Everything that comes into hidden neuron 1")
    numbers = re.findall(r"\$\$\n(.+)\n\$\$", text)[-1]
    assert evaluate(sides(numbers)[1]) == pytest.approx(float(one.tape.tensors["z1"][0, 0]), abs=1e-5)


def test_a_step_may_be_more_than_one_operation() -> None:
    one = source(moved(session_of(spec_of(2, 3, 1)), 2, 4))
    for granularity, count in (("operation", 1), ("neuron", 4), ("layer", 4), ("pass", 4)):
        assert step.as_markdown(one, {"granularity": granularity}).count("\n## ") == count
        assert step.as_latex(one, {"granularity": granularity}).count(r"\subsection*") == count


def test_where_no_step_is_done_or_too_many_it_is_said() -> None:
    with pytest.raises(SpecError, match="No step is done"):
        step.as_latex(source(moved(session_of(spec_of(2, 3, 1)), 1, 0)), {"granularity": "operation"})
    large = source(moved(session_of(spec_of(20, 20, 1)), 0, 450))
    with pytest.raises(LimitExceeded, match="operations; expected at most 300"):
        step.as_markdown(large, {"granularity": "pass"})


def test_words_keep_what_latex_can_print_and_lose_nothing_silently() -> None:
    assert words("50 % of a_b & x₁ − ü") == r"50 \% of a\_b \& x$_1$ $-$ ü"
    assert words("水") == "?"
