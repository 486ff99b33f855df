"""What is copied says what is shown: every line of every format, and the numbers that its LaTeX gives."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

import numpy as np
import pytest

from app.nn.optimizers import optimizers
from app.nn.registry import Choice
from app.nn.spec import Spec
from app.steps.explain import Explanation, Reading
from app.steps.explainer import Explainer
from app.steps.mathml import Math, fraction, mi, mn, mo, mrow, mtext, script
from app.steps.names import Names
from app.steps.notation import Notation, constant, notations
from app.steps.operations import Operations
from app.steps.signs import bare, sample
from app.steps.writing import latex, mathml, text, written
from app.words import words
from tests.networks import every_spec, spec_of, tape_of

from .latex import evaluate, sides, with_values

DIGITS = 12
FEATURES = ("x₁", "50 % of a_b^2", "{x} & y \\ z~#$")


def networks(count: int) -> Iterator[Spec]:
    """Networks of random shapes, functions, optimizers, penalties and batch sizes."""
    generator = np.random.default_rng(20)
    for _ in range(count):
        shape = [int(units) for units in generator.integers(1, 4, size=int(generator.integers(2, 5)))]
        chosen = list(every_spec(*shape))[int(generator.integers(0, 10**6)) % len(list(every_spec(*shape)))]
        names = [optimizer.name for optimizer in optimizers]
        optimizer = Choice(names[int(generator.integers(0, len(names)))])
        yield spec_of(
            *shape,
            hidden=chosen.layers[1].activation if len(shape) > 2 else "tanh",
            output=chosen.layers[-1].activation,
            loss=chosen.loss,
            optimizer=optimizer,
            l2=float(generator.integers(0, 2)) / 100,
            l1=float(generator.integers(0, 2)) / 100,
            batch_size=int(generator.integers(1, 4)),
        )


def explanations(spec: Spec, notation: Notation, digits: int = 3) -> Iterator[Explanation]:
    """Everything that is explained in an iteration, at its end."""
    operations = Operations(spec)
    reading = Reading(0, digits=digits, notation=notation, names=Names(spec.depth, FEATURES))
    explainer = Explainer(operations, tape_of(spec, spec.batch_size), len(operations), reading)
    return (explainer.operation(number) for number in range(len(operations)))


def close(got: float, wanted: float, tolerance: float) -> bool:
    return math.isclose(got, wanted, rel_tol=tolerance, abs_tol=tolerance)


def printed_to(numbers: Iterable[float]) -> float:
    """How near what is computed from printed numbers comes: as near as the smallest of them is printed."""
    smallest = min((abs(number) for number in numbers if number), default=1.0)
    return max(1e-6, 10.0 ** (1 - DIGITS) / smallest)


@pytest.mark.parametrize("notation", list(notations), ids=lambda notation: notation.name)
def test_a_copied_line_gives_its_value_when_it_is_evaluated(notation: Notation) -> None:
    """With names, from the numbers that are read, to the last digits; with numbers, as far as they are printed."""
    for spec in networks(8):
        operations = Operations(spec)
        for found in explanations(spec, notation, DIGITS):
            assert found.operation is not None
            assert found.value is not None
            lines = written(found, words())["latex"]
            values = {latex(read.symbol): float(read.value) for read in found.operands if read.value is not None}
            known = operations[found.operation].constants
            values |= {latex(constant(notation, name)): value for name, value in known.items()}
            named = evaluate(with_values(sides(lines.named)[-1], values))
            assert close(named, found.value, 1e-9), (lines.named, values, found.value)
            *_, filled, printed = sides(lines.numbers)
            assert close(evaluate(filled), found.value, printed_to(values.values())), (lines.numbers, found.value)
            assert close(evaluate(printed), found.value, 1e-9), lines.numbers


def test_the_whole_holds_every_line_in_every_format() -> None:
    spec = spec_of(2, 1, loss="binary_cross_entropy")
    found = next(one for one in explanations(spec, notations.named("superscript")) if one.derivation)
    for name, lines in written(found, words()).items():
        for line in (lines.rule, lines.named, lines.numbers):
            inside = line.split(">", 1)[1].removesuffix("</math>") if name == "mathml" else line
            assert inside in lines.whole
        assert found.title.split()[0] in lines.whole
        assert "Derivation:" in lines.whole
    assert written(found, words())["text"].whole.splitlines()[:2] == [
        "Delta of output 1",
        "Rule: δ_j^(L) = (a_j^(L) − y_j)/M",
    ]


@pytest.mark.parametrize("notation", list(notations), ids=lambda notation: notation.name)
def test_mathml_is_well_formed_and_carries_no_mark_of_the_page(notation: Notation) -> None:
    for found in explanations(spec_of(2, 2, 1, batch_size=2), notation):
        for written_line in vars(written(found, words())["mathml"]).values():
            assert ElementTree.fromstring(written_line).tag == "{http://www.w3.org/1998/Math/MathML}math"
            assert "operand" not in written_line


w = script(mi("w"), mn("11"), mrow(mo("("), mn("1"), mo(")")))


@pytest.mark.parametrize(
    ("math", "in_latex", "in_text"),
    [
        (
            fraction(mrow(mo("∂"), mi("C")), mrow(mo("∂"), w)),
            r"\frac{\partial C}{\partial w_{11}^{(1)}}",
            "∂C/∂w_11^(1)",
        ),
        (fraction(mrow(mi("a"), mo("+"), mi("b")), mi("M")), r"\frac{a+b}{M}", "(a + b)/M"),
        (["msup", None, mi("e"), mrow(mo("−"), w)], r"e^{-w_{11}^{(1)}}", "e^(−w_11^(1))"),
        (mn("−1.5·10⁻⁷"), r"-1.5\cdot 10^{-7}", "−1.5·10⁻⁷"),
        (mn("not a number"), r"\text{not a number}", "not a number"),
        (mtext("50 % of x₁ & {y}"), r"\text{50 \% of x$_1$ \& \{y\}}", "50 % of x₁ & {y}"),
        (script(mrow(mi("w"), mo("′")), mn("1"), None), "{w'}_{1}", "w′_1"),
    ],
)
def test_a_formula_is_written_as_people_write_it(math: Math, in_latex: str, in_text: str) -> None:
    assert (latex(math), text(math)) == (in_latex, in_text)


def test_what_is_text_in_mathml_is_escaped() -> None:
    assert "<mtext>a &lt; b &amp; c</mtext>" in mathml(mtext("a < b & c"))


def test_bare_signs_are_those_of_the_formulas() -> None:
    signs = {notation.name: bare(notation) for notation in notations}
    assert [signs["course"][kind] for kind in ("a", "z", "da", "Wa", "velocityW.new")] == [
        "z",
        "s",
        "∂E/∂z",
        "w·z",
        "v′",
    ]
    assert [signs["code"][kind] for kind in ("W", "dW", "W.new")] == ["W", "dW", "W_new"]
    assert text(sample(notations.named("course"))) == "s_j^(l) = ∑_i w_ij^(l) · z_i^(l − 1) + b_j^(l)"
