"""Misconceptions: wrong answers that have a name, each the number that a common mistake would give.

A mistake is a change of the operation's own rule or of what it reads, so that every network has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..nn.registry import Registry
from .expressions import Binary, Function, Name, Negative, Node, Number, evaluate, names, parse
from .operation import Operand, Operation, Ref
from .tape import Tape


@dataclass(frozen=True)
class Asked:
    """What a question is about: an operation, with the numbers of one row of the data."""

    operation: Operation
    tape: Tape
    row: int

    @property
    def rule(self) -> Node:
        return parse(self.operation.rule)

    @property
    def value(self) -> float:
        return float(self.tape.value(self.operation.writes, self.row))

    @property
    def values(self) -> dict[str, Any]:
        """What every name in the rule stands for."""
        return self.tape.values(self.operation, self.row)

    @property
    def reads(self) -> set[str]:
        return set(names(self.rule))

    def by(self, rule: Node) -> float:
        """What another rule would give with the same numbers."""
        return float(np.asarray(evaluate(rule, self.values)))

    def reading(self, changes: Mapping[str, Operand]) -> float:
        """What the same rule would give with other numbers."""
        operation = replace(self.operation, operands={**self.operation.operands, **changes})
        return replace(self, operation=operation).by(self.rule)


@dataclass(frozen=True)
class Misconception:
    """One mistake.

    Attributes:
        description: what was done instead, and what is right, said to the learner.
        value: the number that it gives, or None where the operation leaves no room for it.
    """

    name: str
    title: str
    description: str
    value: Callable[[Asked], float | None]


misconceptions: Registry[Misconception] = Registry("a misconception")


def _changed(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """An expression with each part replaced for which `change` has another."""
    other = change(node)
    if other is not None:
        return other
    match node:
        case Negative(body):
            return Negative(_changed(body, change))
        case Binary(operator, left, right):
            return Binary(operator, _changed(left, change), _changed(right, change))
        case Function(name, arguments):
            return Function(name, tuple(_changed(argument, change) for argument in arguments))
    return node


def _by_change(change: Callable[[Node], Node | None]) -> Callable[[Asked], float | None]:
    """The value of the rule with a part of it changed; None where it has no such part."""

    def value(asked: Asked) -> float | None:
        other = _changed(asked.rule, change)
        return None if other == asked.rule else asked.by(other)

    return value


def _slope_forgotten(asked: Asked) -> float | None:
    return float(asked.values["da"]) if asked.operation.kind == "delta" and "da" in asked.reads else None


def _sum_for_activation(asked: Asked) -> float | None:
    """Every activation that is read replaced by the sum that it was made of; the inputs have none."""
    changes = {}
    for name, operand in asked.operation.operands.items():
        tensors = [ref.tensor for ref in operand.refs]
        if name == "a" and all(f"z{tensor[1:]}" in asked.tape.tensors for tensor in tensors):
            changes[name] = replace(operand, refs=tuple(Ref(f"z{ref.tensor[1:]}", ref.index) for ref in operand.refs))
    if asked.operation.kind == "activation":
        return float(np.asarray(asked.values["z"]))
    return asked.reading(changes) if changes else None


def _mean(node: Node) -> Node | None:
    return Function("sum", node.arguments) if isinstance(node, Function) and node.name == "mean" else None


def _square(node: Node) -> Node | None:
    return node.left if isinstance(node, Binary) and (node.operator, node.right) == ("^", Number(2.0)) else None


def _half(node: Node) -> Node | None:
    return node.left if isinstance(node, Binary) and (node.operator, node.right) == ("/", Number(2.0)) else None


def _rate(node: Node) -> Node | None:
    return Number(1.0) if node == Name("learning_rate") else None


def _bias_forgotten(asked: Asked) -> float | None:
    return asked.value - float(asked.values["b"]) if asked.operation.kind == "sum" else None


def _added(asked: Asked) -> float | None:
    match asked.rule:
        case Binary("*", left, right) if asked.operation.kind in ("product", "back_product"):
            return asked.by(Binary("+", left, right))
    return None


def _input_forgotten(asked: Asked) -> float | None:
    if asked.operation.kind != "weight_gradient":
        return None
    return float(np.mean(asked.values["dz"]))


def _moved(asked: Asked) -> float | None:
    """How far an update goes; None for what is no update."""
    if asked.operation.kind not in ("weight_update", "bias_update"):
        return None
    return asked.value - float(asked.values["w"])


def _uphill(asked: Asked) -> float | None:
    moved = _moved(asked)
    return None if moved is None else asked.value - 2 * moved


def _unchanged(asked: Asked) -> float | None:
    return None if _moved(asked) is None else float(asked.values["w"])


def _signs_of_factors(asked: Asked) -> float | None:
    """Both factors negative, and so the product too."""
    if asked.operation.kind not in ("product", "back_product") or any(value >= 0 for value in asked.values.values()):
        return None
    return -asked.value


for _entry in (
    Misconception(
        "slope_forgotten",
        "The slope was left out",
        "That is how the cost changes with the activation. On its way to the sum it still has to be multiplied by the "
        "slope of the activation.",
        _slope_forgotten,
    ),
    Misconception(
        "sum_for_activation",
        "The sum was taken for the activation",
        "That is the number with z where a belongs. z is the weighted sum; a is what the neuron passes on, f(z).",
        _sum_for_activation,
    ),
    Misconception(
        "mean_forgotten",
        "The mean was left out",
        "That is the sum over the batch. A gradient is the mean over its examples: divide by how many there are.",
        _by_change(_mean),
    ),
    Misconception(
        "bias_forgotten",
        "The bias was left out",
        "That is the sum of the products alone. The bias is added to it.",
        _bias_forgotten,
    ),
    Misconception(
        "input_forgotten",
        "The input was left out",
        "That is the delta alone. A weight's gradient is the delta times what came in over that weight.",
        _input_forgotten,
    ),
    Misconception(
        "uphill",
        "It went uphill",
        "That step goes with the gradient. The gradient points to where the cost rises, so the step goes against it.",
        _uphill,
    ),
    Misconception(
        "rate_forgotten",
        "The learning rate was left out",
        "That is a step of the whole gradient. The learning rate says how much of it is taken.",
        _by_change(_rate),
    ),
    Misconception(
        "unchanged",
        "It did not move",
        "That is the value before the update.",
        _unchanged,
    ),
    Misconception(
        "square_forgotten",
        "The square was left out",
        "That is the distance itself. This rule takes its square.",
        _by_change(_square),
    ),
    Misconception(
        "half_forgotten",
        "The half was left out",
        "That is twice as much. This rule takes half of it.",
        _by_change(_half),
    ),
    Misconception(
        "negative_times_negative",
        "Two negatives",
        "Both factors are negative, and a negative times a negative is positive.",
        _signs_of_factors,
    ),
    Misconception(
        "added",
        "Added, not multiplied",
        "That is the sum of the two. Here they are multiplied.",
        _added,
    ),
    Misconception(
        "sign_turned",
        "The sign is turned",
        "It is the other one: look at the signs of the numbers that it is made from.",
        lambda asked: -asked.value,
    ),
):
    misconceptions.add(_entry)


def possible(asked: Asked) -> list[tuple[str, float]]:
    """Each mistake that can be made in an operation, by its name, with the number that it gives."""
    with np.errstate(all="ignore"):
        values = [(entry.name, entry.value(asked)) for entry in misconceptions]
    return [
        (name, value) for name, value in values if value is not None and np.isfinite(value) and value != asked.value
    ]
