"""Explanations: three stages, operands that lead somewhere, and nothing told before its time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.errors import IndexInvalid
from app.nn.network import Network
from app.nn.registry import Choice
from app.nn.spec import Spec
from app.steps.explain import Explanation, Reading
from app.steps.explainer import Explainer
from app.steps.mathml import Math
from app.steps.names import Names
from app.steps.notation import notations
from app.steps.operations import Operations
from app.steps.tape import Tape, record
from app.steps.writing import latex, text
from tests.networks import every_spec, name_of, spec_of, tape_of


def explainer(spec: Spec, tape: Tape, position: int | None = None, **reading: Any) -> Explainer:
    operations = Operations(spec)
    at = len(operations) if position is None else position
    return Explainer(operations, tape, at, Reading(0, names=Names(spec.depth), **reading))


def neuron() -> tuple[Spec, Tape]:
    """One neuron whose numbers can be checked in the head: 0.5 · 2 + (−0.25) · 4 + 0.75 = 0.75."""
    spec = spec_of(2, 1, output="linear")
    network = Network(spec, np.array([0.5, -0.25, 0.75]))
    return spec, record(network, [(0, np.array([2.0, 4.0]), np.array([1.0]))])


def stages(explanation: Explanation) -> tuple[str, str, str]:
    assert explanation.formula is not None
    formula = explanation.formula
    return text(formula.rule), text(formula.named), "" if formula.numbers is None else text(formula.numbers)


def test_a_sum_is_told_as_a_rule_with_names_and_with_numbers() -> None:
    explanation = explainer(*neuron()).element("z1", (0,))
    assert stages(explanation) == (
        "z_j^(L) = ∑_i w_ji^(L) · a_i^(L − 1) + b_j^(L)",
        "z_1^(1) = w_11^(1) · a_1^(0) + w_12^(1) · a_2^(0) + b_1^(1)",
        "z_1^(1) = 0.5 · 2 + (−0.25) · 4 + 0.75 = 0.75",
    )
    assert explanation.value == 0.75
    assert explanation.exact


def test_a_delta_and_a_gradient_are_told_with_their_numbers() -> None:
    explains = explainer(*neuron())
    assert stages(explains.element("dz1", (0,)))[2] == "δ_1^(1) = (−0.25) · 1 = −0.25"
    assert stages(explains.element("dW1", (0, 1)))[2] == "∂C/∂w_12^(1) = (−0.25) · 4 = −1"
    assert stages(explains.element("W1.new", (0, 1)))[2] == "w′_12^(1) = −0.25 − 0.1 · (−1) = −0.15"


def test_an_optimizers_quantities_are_told_before_the_step_that_they_make() -> None:
    spec = spec_of(2, 1, output="linear", optimizer=Choice("momentum", {"learning_rate": 0.5, "momentum": 0.9}))
    tape = record(Network(spec, np.array([0.5, -0.25, 0.75])), [(0, np.array([2.0, 4.0]), np.array([1.0]))])
    explains = explainer(spec, tape)
    assert stages(explains.element("velocityW1.new", (0, 1)))[1:] == (
        "v′_12^(1) = μ · v_12^(1) + ∂C/∂w_12^(1)",
        "v′_12^(1) = 0.9 · 0 + (−1) = −1",
    )
    assert stages(explains.element("W1.new", (0, 1)))[2] == "w′_12^(1) = −0.25 − 0.5 · (−1) = 0.25"


def test_what_is_not_yet_written_is_told_without_a_number() -> None:
    spec, tape = neuron()
    explanation = explainer(spec, tape, position=2).element("z1", (0,))
    assert explanation.value is None
    assert explanation.formula is not None
    assert explanation.formula.numbers is None
    assert not explanation.written
    assert "0.75" not in explanation.sentence


def test_a_product_tells_the_sum_so_far() -> None:
    explains = explainer(*neuron())
    running = [explains.element("Wa1", (0, i)).running for i in range(2)]
    assert [found.value for found in running if found] == [1.0, 0.0]


def test_every_operand_names_the_operation_that_made_it() -> None:
    spec = spec_of(2, 3, 1)
    explains = explainer(spec, tape_of(spec))
    for number in range(len(explains.operations)):
        for operand in explains.operation(number).operands:
            if operand.operation is None:
                assert operand.tensor in ("a0", "y", "W1", "b1", "W2", "b2")
            else:
                assert operand.operation < number
                assert explains.operation(operand.operation).tensor == operand.tensor
                assert explains.operation(operand.operation).index == operand.index


def test_equality_is_claimed_only_where_the_printed_numbers_give_the_printed_value() -> None:
    spec = spec_of(1, 1, output="linear")
    tape = record(Network(spec, np.array([1 / 3, 0.0])), [(0, np.array([3.0]), np.array([0.0]))])
    explanation = explainer(spec, tape, digits=2).element("z1", (0,))
    assert stages(explanation)[2].endswith("= 0.33 · 3 + 0 ≈ 1")
    assert not explanation.exact


def test_a_mean_over_the_batch_names_its_examples() -> None:
    spec = spec_of(2, 1, output="linear", batch_size=2)
    rows = [(n, np.array([2.0, n + 1.0]), np.array([0.0])) for n in range(2)]
    tape = record(Network(spec, np.array([1.0, 0.0, 0.0])), rows)
    told = stages(explainer(spec, tape).element("dW1", (0, 1)))
    assert told[0] == "∂C/∂w_ji^(L) = 1/2∑_k δ_j^(L)[k] · a_i^(L − 1)[k]"
    assert told[2] == "∂C/∂w_12^(1) = 1/2 · (2 · 1 + 2 · 2) = 3"


def test_a_long_sum_is_cut_and_says_by_how_much() -> None:
    spec = spec_of(784, 1)
    explanation = explainer(spec, tape_of(spec, 1)).element("z1", (0,))
    assert len(explanation.operands) <= 32
    assert explanation.more == 2 * 784 + 1 - len(explanation.operands)
    assert "… (770 more)" in stages(explanation)[1]
    assert not explanation.exact


def test_a_fused_delta_tells_the_chain_that_it_came_from() -> None:
    spec = spec_of(2, 1, loss="binary_cross_entropy")
    derivation = explainer(spec, tape_of(spec)).element("dz1", (0,)).derivation
    assert derivation is not None
    assert text(derivation[0]) == "δ_j^(L) = ∂C^[k]/∂a_j^(L) · a_j^(L) · (1 − a_j^(L))"
    assert text(derivation[-1]) == "δ_j^(L) = (a_j^(L) − y_j)/M"


@pytest.mark.parametrize(
    ("notation", "told"),
    [
        ("superscript", "z_1^(1) = w_11^(1) · a_1^(0) + w_12^(1) · a_2^(0) + b_1^(1)"),
        ("course", "s_1^(2) = w_11^(2) · z_1^(1) + w_21^(2) · z_2^(1) + b_1^(2)"),
        ("bracket", "z_1^[1] = w_11^[1] · a_1^[0] + w_12^[1] · a_2^[0] + b_1^[1]"),
        ("code", "z[1][0] = W[1][0][0] · a[0][0] + W[1][0][1] · a[0][1] + b[1][0]"),
    ],
)
def test_each_notation_writes_the_same_sum_in_its_own_letters(notation: str, told: str) -> None:
    explanation = explainer(*neuron(), notation=notations.named(notation)).element("z1", (0,))
    assert stages(explanation)[1] == told
    assert explanation.value == 0.75


def test_given_numbers_say_where_they_come_from() -> None:
    spec, tape = neuron()
    explains = explainer(spec, tape, origin=lambda tensor, index: f"{tensor}{list(index)} was drawn.")
    assert explains.element("W1", (0, 1)).sentence == "W1[0, 1] was drawn."
    assert "data" in explains.element("a0", (0,)).sentence


def test_one_examples_own_cost_is_told_apart_from_the_batchs() -> None:
    spec = spec_of(2, 1, loss="mean_squared_error")
    told = stages(explainer(spec, tape_of(spec, 3)).element("da1", (0,)))
    assert told[0].startswith("∂C^[k]/∂a_j^(L) = ")
    assert told[1].startswith("∂C^[1]/∂a_1^(1) = ")
    assert stages(explainer(spec, tape_of(spec, 1)).element("da1", (0,)))[0].startswith("∂C/∂a_j^(L) = ")


def test_the_course_notation_names_layer_batch_and_example() -> None:
    spec = spec_of(2, 1, output="linear", batch_size=2)
    explains = explainer(spec, tape_of(spec, 2), notation=notations.named("course"), batch=4)
    assert "δ_1^[2][5][1] · z_1^[1][5][1]" in stages(explains.element("dW1", (0, 0)))[1]


def test_a_power_of_ten_is_put_in_brackets_before_it_is_squared() -> None:
    spec = spec_of(1, 1, output="tanh")
    tape = record(Network(spec, np.array([1.234e-5, 0.0])), [(0, np.array([1.0]), np.array([1.0]))])
    assert "(1 − (1.23·10⁻⁵)^2)" in stages(explainer(spec, tape).element("dz1", (0,)))[2]


def test_a_decimal_in_a_rule_is_taken_as_it_is_written() -> None:
    spec = spec_of(1, 1, output="leaky_relu")
    tape = record(Network(spec, np.array([-1.0, 0.0])), [(0, np.array([1.0]), np.array([1.0]))])
    assert stages(explainer(spec, tape).element("a1", (0,)))[2].endswith("else 0.01 · (−1) = −0.01")


def test_a_tiny_number_in_a_rule_is_written_as_people_write_it() -> None:
    spec = spec_of(1, 1, loss="binary_cross_entropy")
    assert "1·10⁻¹²" in stages(explainer(spec, tape_of(spec)).element("da1", (0,)))[0]


@pytest.mark.parametrize(("tensor", "index"), [("z9", (0,)), ("z1", (1,)), ("z1", ()), ("W1", (0, -1)), ("C", (0,))])
def test_what_the_network_does_not_have_is_refused(tensor: str, index: tuple[int, ...]) -> None:
    with pytest.raises(IndexInvalid):
        explainer(*neuron()).element(tensor, index)


def leaves(math: Math) -> list[str]:
    return [leaf for child in math[2:] for leaf in ([child] if isinstance(child, str) else leaves(child))]


@pytest.mark.parametrize("spec", list(every_spec(2, 3, 2)), ids=name_of)
def test_everything_registered_can_be_explained_in_every_notation(spec: Spec) -> None:
    tape = tape_of(spec)
    for notation in notations:
        explains = explainer(spec, tape, notation=notation)
        for number in range(len(explains.operations)):
            explanation = explains.operation(number)
            told = "".join(stages(explanation))
            assert explanation.title
            assert explanation.sentence.endswith(".")
            assert "None" not in told
            formula = explanation.formula
            assert formula is not None
            assert formula.numbers is not None
            assert leaves(formula.numbers)[-1] == explanation.text
            for stage in (formula.rule, formula.named, formula.numbers):
                written = latex(stage)
                assert written.count("{") == written.count("}")
                assert not set(written) & set("∂δηλ∑≈−·…∞")


def test_of_two_sums_the_shorter_one_is_told_whole_where_the_longer_one_is_not() -> None:
    """42 weights, of which 14 are told, and 15 biases, of which none would be worth leaving out."""
    spec = spec_of(2, 14, 1, clip=1.0)
    explanation = explainer(spec, tape_of(spec)).element("norm", ())
    told = [read.tensor.rstrip("0123456789") for read in explanation.operands]
    assert (told.count("dW"), told.count("db"), explanation.more) == (14, 15, 28)


@pytest.mark.parametrize(
    "spec",
    [spec_of(2, 3, 2), *every_spec(2, 3, 2), spec_of(2, 3, 2, optimizer=Choice("adam")), spec_of(2, 3, 1, l2=0.3)],
    ids=name_of,
)
def test_which_way_a_parameter_goes_is_the_way_it_goes(spec: Spec) -> None:
    """A network not seen before: what is said of its gradients and updates is what its numbers do."""
    tape = tape_of(spec)
    explains = explainer(spec, tape)
    descends = (spec.optimizer.name, spec.schedule.name) == ("sgd", "constant")
    for name in (f"{kind}{layer}" for layer in range(1, spec.depth + 1) for kind in ("W", "b")):
        for index in np.ndindex(tape.tensors[name].shape):
            gradient = float(tape.tensors[f"d{name}"][index])
            moved = float(tape.tensors.get(f"{name}.new", tape.tensors[name])[index] - tape.tensors[name][index])
            plain = descends and not spec.still.holds(name, index)
            sentence = explains.element(f"d{name}", index).sentence
            what = "weight" if name.startswith("W") else "bias"
            assert (f"A larger {what} makes the cost higher." in sentence) == (gradient > 0)
            assert (f"A larger {what} makes the cost lower." in sentence) == (gradient < 0)
            assert ("will make it" in sentence) == (plain and gradient != 0)
            if "will make it" in sentence:
                assert ("smaller" in sentence, "larger." in sentence) == (moved < 0, moved > 0)
            updated = explains.element(f"{name}.new", index).sentence if f"{name}.new" in tape.tensors else ""
            assert ("so it goes up" in updated) <= (moved > 0)
            assert ("so it goes down" in updated) <= (moved < 0)
            assert (", so it " in updated) >= plain


def test_the_meaning_of_a_number_is_not_told_before_the_number() -> None:
    spec, tape = neuron()
    before = explainer(spec, tape, position=3).element("dW1", (0, 0)).sentence
    assert "cost" not in before
