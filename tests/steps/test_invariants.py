"""What holds for every operation of everything registered: explanations cannot lie, and the animation cannot cheat."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import pytest

from app.nn.optimizers import optimizers
from app.nn.registry import Choice
from app.nn.spec import Spec
from app.steps.expressions import Binary, Function, Name, Negative, Node, Number, evaluate, parse
from app.steps.operations import Operations
from app.steps.tape import Tape
from tests.networks import every_schedule, every_spec, name_of, spec_of, tape_of

SPECS = [
    *every_spec(2, 3, 2),
    spec_of(2, 3, 2, l2=0.3, l1=0.1),
    spec_of(3, 4, 3, 2, hidden="relu", output="softmax", loss="cross_entropy"),
    spec_of(2, 1, frozen=("b1",)),
    *(spec_of(2, 3, 1, optimizer=Choice(optimizer.name)) for optimizer in optimizers),
    spec_of(2, 3, 1, optimizer=Choice("adam"), frozen=("b1", "W2")),
    spec_of(2, 3, 1, clip=0.01, l2=0.3, frozen=("b1", "W2")),
    spec_of(2, 3, 1, clip=1e6),
    spec_of(2, 6, 6, 1, dropout=0.5),
    spec_of(2, 3, 1, clip=0.01, frozen=("layer 1", "layer 2")),
    spec_of(2, 3, 1, optimizer=Choice("adam"), clip=0.01, frozen=("layer 1", "W2[0,1]", "b2[0]")),
    *(spec_of(2, 3, 1, schedule=schedule) for schedule in every_schedule()),
    *(spec_of(2, 3, 1, optimizer=Choice(o.name), schedule=Choice("warm_up"), clip=0.01) for o in optimizers),
]


def magnitude(node: Node, values: Mapping[str, Any]) -> float:
    """The sum of the sizes of an expression's terms, which bounds how far rounding can carry it."""
    match node:
        case Number(value):
            return abs(value)
        case Name(name):
            return float(np.max(np.abs(values[name])))
        case Negative(body):
            return magnitude(body, values)
        case Binary(operator, left, right):
            one, two = magnitude(left, values), magnitude(right, values)
            other = float(np.max(np.abs(evaluate(right, values))))
            sizes: dict[str, float] = {
                "+": one + two,
                "-": one + two,
                "*": one * two,
                "/": one / max(other, 1e-300),
                "^": one**other,
            }
            return sizes[operator]
        case Function("exp", (body,)):
            return float(np.exp(magnitude(body, values)))
        case Function("sum", (body,)):
            return magnitude(body, values) * _length(values)
    return 1.0 + max(magnitude(argument, values) for argument in node.arguments)


def _length(values: Mapping[str, Any]) -> int:
    return max((np.size(value) for value in values.values()), default=1)


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
@np.errstate(divide="ignore")  # a hard step's output of exactly 0 has an infinite logarithm, which is cut
def test_every_rule_gives_its_number_from_the_numbers_that_it_reads(spec: Spec) -> None:
    operations, tape = Operations(spec), tape_of(spec, beside=True, iteration=3)
    for number in range(len(operations)):
        operation = operations[number]
        rule = parse(operation.rule)
        for row in tape.rows:
            values = tape.values(operation, row)
            told = float(evaluate(rule, values))
            stands = float(tape.value(operation.writes, row))
            bound = (_length(values) + 8) * np.finfo(float).eps * magnitude(rule, values)
            assert abs(told - stands) <= bound, (operation, row, told, stands)


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
def test_no_operation_reads_what_is_not_yet_written(spec: Spec) -> None:
    operations, tape = Operations(spec), tape_of(spec)
    given = {"a0", "y", "t", *(f"mask{layer}" for layer in spec.dropping)} | {
        f"{letter}{layer}" for letter in "Wb" for layer in range(1, spec.depth + 1)
    }
    given |= {name.removesuffix(".new") for name in operations.tensors if name.endswith(".new")}
    written: set[tuple[str, tuple[int, ...]]] = set()
    for number in range(len(operations)):
        operation = operations[number]
        for ref in operation.reads:
            for index in elements(tape, ref.tensor, ref.index):
                assert ref.tensor in given or (ref.tensor, index) in written, (operation, ref)
        index = tuple(int(str(part)) for part in operation.writes.index)
        assert (operation.writes.tensor, index) not in written
        written.add((operation.writes.tensor, index))


def elements(tape: Tape, tensor: str, index: tuple[int | str | slice, ...]) -> list[tuple[int, ...]]:
    shape = tape.tensors[tensor].shape[1 if tensor in tape.of_examples else 0 :]
    axes = [range(size) if isinstance(part, slice) else [int(part)] for part, size in zip(index, shape, strict=True)]
    return list(product(*axes))


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
def test_every_number_of_the_tape_is_given_or_written_by_one_operation(spec: Spec) -> None:
    operations, tape = Operations(spec), tape_of(spec)
    for name, values in tape.tensors.items():
        shape = values.shape[1:] if name in tape.of_examples else values.shape
        if name in operations:
            assert operations.shape(name) == shape
            assert operations.written(name, len(operations)) == int(np.prod(shape, dtype=int))
        else:
            assert (
                name in ("a0", "y", "t")
                or name.startswith("mask")
                or name.removesuffix(".new").rstrip("0123456789")[-1] in "Wb"
            )


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.frozen], ids=name_of)
def test_what_no_operation_updates_stays_as_it_was(spec: Spec) -> None:
    operations, tape = Operations(spec), tape_of(spec)
    for name, values in tape.tensors.items():
        if name.endswith(".new") and name not in operations:
            np.testing.assert_array_equal(values, tape.tensors[name.removesuffix(".new")])


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
def test_written_counts_what_lies_before_a_position(spec: Spec) -> None:
    operations = Operations(spec)
    counted = dict.fromkeys(operations.tensors, 0)
    for position in range(len(operations)):
        assert {name: operations.written(name, position) for name in counted} == counted
        operation = operations[position]
        index = tuple(int(str(part)) for part in operation.writes.index)
        assert operations.writer(operation.writes.tensor, index) == position
        counted[operation.writes.tensor] += 1


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.fused], ids=name_of)
def test_what_cancels_in_a_fused_rule_was_the_chain_rule(spec: Spec) -> None:
    tape, depth = tape_of(spec), spec.depth
    assert spec.fused is not None
    a, da, y = tape.tensors[f"a{depth}"], tape.tensors[f"da{depth}"], tape.tensors["y"]
    for row in range(3):
        inner = float(np.sum(a[row] * da[row]))
        for unit in range(spec.units(depth)):
            if y[row, unit] == 0 and spec.activation(depth).shared:
                continue  # the derivation divides by the target's own probability; it is told for the true class
            values = {"a": a[row, unit], "da": da[row, unit], "y": y[row, unit], "inner": inner, "M": spec.units(depth)}
            for line in spec.fused.derivation:
                assert evaluate(parse(line), values) == pytest.approx(tape.tensors[f"dz{depth}"][row, unit], rel=1e-9)
