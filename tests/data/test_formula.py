"""Formulas that people type: read by a grammar, and refused with what stands where something else was expected."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.data.formula import DEEPEST, LONGEST, formula
from app.errors import DataError

X, Y = 0.7, -1.3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x", X),
        ("2x + 1", 2 * X + 1),
        ("1 - 2 - 3", -4),
        ("8/2/2", 2),
        ("-x^2", -(X**2)),
        ("2^-1", 0.5),
        ("2^3^2", 512),
        ("x²+y³", X**2 + Y**3),
        ("x**2", X**2),
        ("3(x − y)·2", 3 * (X - Y) * 2),
        ("sin(x)*cos(y)", math.sin(X) * math.cos(Y)),
        ("exp(-abs(y))", math.exp(-abs(Y))),
        ("1e-2 + .5", 0.51),
        ("2pi", 2 * math.pi),
        ("SQRT(X)", math.sqrt(X)),
        ("log(e)", 1),
    ],
)
def test_a_formula_has_the_value_that_python_gives(text: str, value: float) -> None:
    found = formula(text, ("x", "y"), "here")
    assert not found.condition
    assert float(found(x=np.array(X), y=np.array(Y))) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("y > sin(x)", math.sin(X) < Y),
        ("x^2 + y^2 <= 4", True),
        ("x > 0 and y > 0", False),
        ("x > 0 or y > 0 and x > 9", True),
        ("y ≥ -1.3", True),
        ("log(y) > 0", False),
    ],
)
def test_a_condition_is_true_where_it_says(text: str, true: bool) -> None:
    found = formula(text, ("x", "y"), "here")
    assert found.condition
    assert bool(found(x=np.array(X), y=np.array(Y))) == true


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "expected a number, a name or ( at its end"),
        ("y > ", "expected a number, a name or ( at its end"),
        ("y > sin x", "expected ( after sin, got 'x'"),
        ("(x + y", "expected ) at its end"),
        ("x + y)", "expected an operator or the end, got ')'"),
        ("x > y > 0", "expected an operator or the end, got '>'"),
        ("x = y", "'=' has no meaning"),
        ("__import__('os')", "'_' has no meaning"),
        ("z + 1", "got 'z'"),
        ("x and y > 0", "'and' joins conditions"),
        ("x > 0 and y", "'and' joins conditions"),
        ("x y", "got 'y'"),
        ("x;y", "';' has no meaning"),
        ("(" * 60 + "x" + ")" * 60, f"more than {DEEPEST} levels"),
        ("-" * 60 + "x", f"more than {DEEPEST} levels"),
        ("x^" * 60 + "x", f"more than {DEEPEST} levels"),
        ("1+" * LONGEST, f"at most {LONGEST}"),
    ],
)
def test_what_is_no_formula_is_refused_with_what_was_expected(text: str, words: str) -> None:
    with pytest.raises(DataError) as refusal:
        formula(text, ("x", "y"), "here")
    assert words in refusal.value.message
    assert refusal.value.where == "here"
