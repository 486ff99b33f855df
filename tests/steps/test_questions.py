"""Questions: every step has one, the right answer is right, and wrong ones are recognised by their name."""

from __future__ import annotations

import numpy as np
import pytest

from app.errors import SpecError
from app.nn.network import Network
from app.nn.spec import Spec
from app.steps.explain import Reading
from app.steps.explainer import Explainer
from app.steps.misconceptions import Asked, misconceptions
from app.steps.operations import Operations
from app.steps.question import Question
from app.steps.questions import kinds
from app.steps.tape import Tape, record
from tests.networks import every_spec, name_of, spec_of, tape_of


def asking(spec: Spec, tape: Tape) -> Explainer:
    """At the start of an iteration, where nothing is told yet."""
    return Explainer(Operations(spec), tape, 0, Reading(0))


def neuron(batch: int = 1) -> tuple[Spec, Explainer]:
    """Two inputs, one sigmoid neuron, another on top; numbers that can be checked by hand."""
    spec = spec_of(2, 1, 1, hidden="sigmoid", output="linear", batch_size=batch)
    network = Network(spec, np.array([0.5, -0.25, 0.75, -2.0, 0.25]))
    rows = [(0, np.array([2.0, 4.0]), np.array([1.0])), (1, np.array([-2.0, 1.0]), np.array([0.0]))]
    return spec, asking(spec, record(network, rows[:batch]))


def about(explains: Explainer, tensor: str, index: tuple[int, ...], kind: str) -> Question:
    number = explains.operations.writer(tensor, index)
    assert number is not None
    return explains.question(number, kind)


def mistake(question: Question, answer: str | float) -> str | None:
    verdict = question.judge(answer)
    assert not verdict.right
    return None if verdict.mistake is None else verdict.mistake.name


@pytest.mark.parametrize("spec", list(every_spec(2, 3, 2)), ids=name_of)
def test_every_operation_has_a_question_and_its_own_answer_is_right(spec: Spec) -> None:
    explains = asking(spec, tape_of(spec))
    met = set()
    for number in range(len(explains.operations)):
        question = explains.question(number, None)
        met.add(question.kind.name)
        assert question.judge(question.kind.answer(question.subject)).right, question.prompt
        assert question.prompt.endswith("?")
        assert all(not option.title.startswith("The ") for option in question.options)
    assert met >= {"sign", "direction", "number"}


def test_the_question_tells_nothing_that_is_not_yet_written() -> None:
    _, explains = neuron()
    for number in range(len(explains.operations)):
        for kind in kinds:
            try:
                question = explains.question(number, kind.name)
            except SpecError:
                continue
            value = question.subject.say(question.subject.asked.value)
            assert len(value) < 4 or value not in question.prompt


def test_a_forgotten_bias_and_an_activation_for_a_sum_are_recognised() -> None:
    _, explains = neuron()
    weighted_sum = about(explains, "z1", (0,), "number")
    assert weighted_sum.judge(0.75).right
    assert weighted_sum.judge(0.76).right
    assert not weighted_sum.judge(0.78).right
    assert weighted_sum.judge(0.78).wanted == "0.75"
    # 0.5 · 2 + (−0.25) · 4 = 0
    assert mistake(weighted_sum, 0) == "bias_forgotten"
    assert mistake(about(explains, "a1", (0,), "number"), 0.75) == "sum_for_activation"


def test_a_forgotten_slope_and_a_turned_sign_are_recognised() -> None:
    _, explains = neuron()
    # a1 = σ(0.75) = 0.679179, ŷ = −2 · 0.679179 + 0.25 = −1.108357, dz2 = ŷ − 1 = −2.108357, da1 = 4.216715,
    # dz1 = 4.216715 · 0.679179 · 0.320821 = 0.918792
    delta = about(explains, "dz1", (0,), "number")
    assert delta.judge(0.918792).right
    assert mistake(delta, 4.216715) == "slope_forgotten"
    assert mistake(delta, -0.918792) == "sign_turned"
    assert mistake(delta, 123) is None


def test_a_gradient_with_the_sum_for_the_activation_or_without_the_mean_is_recognised() -> None:
    _, explains = neuron(batch=2)
    # Row 1: z1 = 0.5 · (−2) − 0.25 + 0.75 = −0.5, a1 = 0.377541, ŷ = −0.505081, dz2 = −0.505081.
    # mean(dz2 · a1) = (−2.108357 · 0.679179 − 0.505081 · 0.377541) / 2 = −0.811321
    gradient = about(explains, "dW2", (0, 0), "number")
    assert gradient.judge(-0.811321).right
    assert mistake(gradient, -1.622642) == "mean_forgotten"
    # mean(dz2 · z1) = (−2.108357 · 0.75 + 0.505081 · 0.5) / 2 = −0.664364
    assert mistake(gradient, -0.664364) == "sum_for_activation"
    # mean(dz2) = −1.306719
    assert mistake(gradient, -1.306719) == "input_forgotten"


def test_an_update_uphill_and_one_of_the_whole_gradient_are_recognised() -> None:
    _, explains = neuron()
    # dW2 = −2.108357 · 0.679179 = −1.431952; W2 = −2 + 0.1 · 1.431952 = −1.856805
    update = about(explains, "W2.new", (0, 0), "number")
    assert update.judge(-1.856805).right
    assert mistake(update, -2.143195) == "uphill"
    assert mistake(update, -0.568048) == "rate_forgotten"
    direction = about(explains, "W2.new", (0, 0), "direction")
    assert direction.judge("up").right
    assert mistake(direction, "down") == "uphill"
    assert mistake(direction, "still") == "unchanged"


def test_a_product_of_two_negatives_is_recognised_by_its_sign() -> None:
    _, explains = neuron()
    # W2 = −2 times dz2 = −2.108
    product = about(explains, "Wdz2", (0, 0), "sign")
    assert product.judge("positive").right
    assert mistake(product, "negative") == "negative_times_negative"


def test_the_bigger_term_counts_with_its_weight() -> None:
    spec = spec_of(2, 1, output="linear")
    network = Network(spec, np.array([3.0, 0.5, 0.0]))
    explains = asking(spec, record(network, [(0, np.array([1.0, 2.0]), np.array([0.0]))]))
    bigger = about(explains, "z1", (0,), "bigger")
    assert [option.title for option in bigger.options] == ["input 1", "input 2"]
    assert bigger.judge("0").right
    assert not bigger.judge("1").right


def test_an_answer_of_another_kind_is_refused() -> None:
    _, explains = neuron()
    with pytest.raises(SpecError, match="none of the options"):
        about(explains, "z1", (0,), "sign").judge(3)
    with pytest.raises(SpecError, match="a word"):
        about(explains, "z1", (0,), "number").judge("up")
    with pytest.raises(SpecError, match="cannot be asked"):
        explains.question(0, "direction")
    with pytest.raises(SpecError, match="kind of question"):
        explains.question(0, "riddle")


def test_every_mistake_is_possible_somewhere() -> None:
    found = set()
    for loss in ("half_squared_error", "mean_squared_error"):
        spec = spec_of(2, 2, 1, hidden="tanh", output="linear", loss=loss, batch_size=2)
        tape, operations = tape_of(spec, 2), Operations(spec)
        for number in range(len(operations)):
            asked = Asked(operations[number], tape, 0)
            found |= {entry.name for entry in misconceptions if entry.value(asked) not in (None, asked.value)}
    assert found == {entry.name for entry in misconceptions}
