"""Local derivatives: how fast an operation's number changes with one of the numbers that it reads, the others held."""

from __future__ import annotations

from dataclasses import dataclass

from ..nn.dropout import passed_on
from ..nn.penalties import penalties
from ..nn.spec import Spec
from . import signs
from .expressions import evaluate, names, parse
from .formula import ATOM, Leaves, formula
from .graph import Place
from .knowledge import Knowledge
from .mathml import Math, brackets, equation, fraction, mi, mo, mrow
from .notation import constant, parse_tensor
from .operation import Operation, Ref


@dataclass(frozen=True)
class Derivative:
    """A local derivative: its rule with the names of the numbers at hand, and its value for the shown row.

    Attributes:
        tensor, index: the number that it is, where it is one of the tape's; else its value stands alone.
    """

    named: Math
    value: float
    tensor: str | None
    index: tuple[int, ...]


def rule_of(spec: Spec, operation: Operation, name: str, weight: str) -> str | None:
    """The derivative of an operation's rule by what it calls `name`, or None where nothing is differentiated.

    In terms of the operation's operands, of its own number, and of its constants. `weight` is what an example's own
    cost counts in the batch's.
    """
    kind, loss = operation.kind, spec.loss_entry
    match kind:
        case "product":
            return "a" if name == "W" else "W"
        case "sum" | "own_cost":
            return "1"
        case "share":
            return loss.derivative if name == "a" else None
        case "dropout":
            return "mask" if name == "a" else None
        case "penalty":
            entry = penalties.named(operation.writes.tensor.removeprefix("penalty_"))
            return f"{entry.name}*({entry.derivative})"
        case "cost":
            return weight if name == "own" else "1"
    assert operation.layer is not None
    activation = spec.activation(operation.layer)
    if kind == "activation":
        return activation.derivative if activation.elementwise else activation.partials[name]
    return next(shared.partials[name] for shared in activation.shared if shared.kind == kind)


def derivative(knowledge: Knowledge, operation: Operation, name: str, source: Place) -> Derivative | None:
    """The local derivative on the edge from `source`, which the operation's rule calls `name`."""
    text = rule_of(knowledge.tape.spec, operation, name, _weight(knowledge))
    if text is None:
        return None
    tree, writes = parse(text), operation.writes
    known = {label: operand.refs[0] for label, operand in operation.operands.items()}
    known |= {parse_tensor(writes.tensor)[0]: writes, name: Ref(*source)}
    row, constants = knowledge.reading.row, operation.constants
    values = {
        label: constants[label] if label in constants else knowledge.tape.value(known[label], row)
        for label in names(tree)
    }

    def write(label: str, _: int | None) -> tuple[Math, int]:
        if label in constants:
            return constant(knowledge.reading.notation, label), ATOM
        return symbol(knowledge, known[label]), ATOM

    above, below = mrow(mi("∂"), symbol(knowledge, writes)), mrow(mi("∂"), symbol(knowledge, Ref(*source)))
    named = equation(fraction(above, below), formula(tree, Leaves(write, {})))
    same = known[text] if text in known else Ref("")
    return Derivative(named, float(evaluate(tree, values)), same.tensor or None, _index(same))


def _weight(knowledge: Knowledge) -> str:
    """A row that is none of the batch does not count in the batch's cost."""
    tape = knowledge.tape
    if tape.rows.index(knowledge.reading.row) >= tape.batch:
        return "0"
    return "1" if tape.batch == 1 else f"1/{tape.batch}"


def symbol(knowledge: Knowledge, ref: Ref) -> Math:
    """A node's sign. A product is written as one; an own cost says whose it is."""
    tape, reading = knowledge.tape, knowledge.reading
    kind, layer, _ = parse_tensor(ref.tensor)
    if kind == "Wa" and layer is not None:
        factors = Ref(f"W{layer}", ref.index), Ref(passed_on(tape.spec, layer - 1), ref.index[1:])
        weight, activation = (symbol(knowledge, factor) for factor in factors)
        return brackets(mrow(weight, mo("·"), activation))
    place = tape.rows.index(reading.row) if ref.tensor in signs.OWN else None
    return signs.element(reading.notation, ref.tensor, _index(ref), place, reading.batch)


def _index(ref: Ref) -> tuple[int, ...]:
    return tuple(int(str(part)) for part in ref.index)
