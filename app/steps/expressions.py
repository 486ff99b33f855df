"""Rules as expressions: one text, from which its value and everything that is written about it are made.

The grammar is arithmetic (``+ - * / ^``), comparisons inside ``where(condition, this, that)``, names, numbers and the
functions of `FUNCTIONS`. A name stands for a number or for a row of numbers; ``sum``, ``mean`` and ``max`` of one
argument run over a row.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import erfc, floor
from typing import Any

import numpy as np

from ..nn.registry import Array


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Name:
    name: str


@dataclass(frozen=True)
class Binary:
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Negative:
    body: Node


@dataclass(frozen=True)
class Function:
    name: str
    arguments: tuple[Node, ...]


Node = Number | Name | Binary | Negative | Function


def _lncut(x: Array) -> Array:
    return np.maximum(np.log(x), -100)


def _xlny(x: Array, y: Array) -> Array:
    return np.where(x == 0, 0.0, x * np.log(np.where(x == 0, 1.0, y)))


def _where(operator: str) -> Callable[..., Array]:
    compare = {">": np.greater, "<": np.less}[operator]

    def choose(left: Array, right: Array, this: Array, that: Array) -> Array:
        return np.asarray(np.where(compare(left, right), this, that))

    return choose


def _phi(x: Array) -> Array:
    return np.asarray(np.exp(-x * x / 2) / np.sqrt(2 * np.pi))


def _capital_phi(x: Array) -> Array:
    return np.asarray(np.vectorize(erfc, otypes=[float])(-np.asarray(x) / np.sqrt(2)) / 2)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": np.exp,
    "ln": np.log,
    "tanh": np.tanh,
    "Phi": _capital_phi,  # the share of the standard bell curve below x
    "phi": _phi,  # the standard bell curve
    "abs": np.abs,
    "sign": np.sign,
    "sqrt": np.sqrt,
    "floor": np.floor,
    "cospi": lambda x: np.cos(np.pi * x),
    "lncut": _lncut,  # the natural logarithm, never below -100
    "xlny": _xlny,  # x ln y, and 0 where x is 0
    "max": lambda *arguments: np.max(arguments[0]) if len(arguments) == 1 else np.maximum(*arguments),
    "min": np.minimum,
    "sum": np.sum,
    "mean": np.mean,
    "where>": _where(">"),
    "where<": _where("<"),
}

REDUCTIONS = ("sum", "mean")

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "^": lambda x, y: x**y,
}

_SYNTAX = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^", ast.Gt: ">", ast.Lt: "<"}


@cache
def parse(text: str) -> Node:
    """Read a rule. It is only parsed as Python would parse it, never run.

    Raises:
        ValueError: it is not of this grammar.
    """
    return _node(ast.parse(text.replace("^", "**"), mode="eval").body)


def _node(tree: ast.expr) -> Node:
    match tree:
        case ast.Constant(value=int() | float() as value):
            return Number(float(value))
        case ast.Name(id=name):
            return Name(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Negative(_node(operand))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _SYNTAX:
            return Binary(_SYNTAX[type(operator)], _node(left), _node(right))
        case ast.Call(func=ast.Name(id="where"), args=[ast.Compare() as test, this, that]):
            name = f"where{_SYNTAX[type(test.ops[0])]}"
            return Function(name, (_node(test.left), _node(test.comparators[0]), _node(this), _node(that)))
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in FUNCTIONS:
            return Function(name, tuple(_node(argument) for argument in arguments))
    raise ValueError(f"not a rule: {ast.unparse(tree)}")


def names(node: Node) -> Iterator[str]:
    """The names in an expression, in the order in which they are read."""
    match node:
        case Name(name):
            yield name
        case Negative(body):
            yield from names(body)
        case Binary(_, left, right):
            yield from names(left)
            yield from names(right)
        case Function(_, arguments):
            for argument in arguments:
                yield from names(argument)


def evaluate(node: Node, values: Mapping[str, Any]) -> Any:
    """The value of an expression, given a number or a row of numbers for each of its names."""
    match node:
        case Number(value):
            return value
        case Name(name):
            return values[name]
        case Negative(body):
            return -evaluate(body, values)
        case Binary(operator, left, right):
            return OPERATORS[operator](evaluate(left, values), evaluate(right, values))
        case Function(name, arguments):
            return FUNCTIONS[name](*(evaluate(argument, values) for argument in arguments))


def exact(node: Node, values: Mapping[str, list[Fraction]]) -> list[Fraction] | None:
    """The value in exact arithmetic, as a row (of one for a number), or None where it is not rational."""
    match node:
        case Number(value):
            return [Fraction(repr(value))]
        case Name(name):
            return values[name]
        case Negative(body):
            inner = exact(body, values)
            return None if inner is None else [-x for x in inner]
        case Binary(operator, left, right):
            first, second = exact(left, values), exact(right, values)
            return None if first is None or second is None else _pairwise(operator, first, second)
        case Function(name, arguments):
            rows = [exact(argument, values) for argument in arguments]
            return _exact_function(name, [row for row in rows if row is not None], len(rows))


def _pairwise(operator: str, first: list[Fraction], second: list[Fraction]) -> list[Fraction] | None:
    length = max(len(first), len(second))
    pairs = zip(first * (length // len(first)), second * (length // len(second)), strict=True)
    if (operator == "/" and 0 in second) or (operator == "^" and any(y.denominator != 1 for y in second)):
        return None
    return [Fraction(OPERATORS[operator](x, y)) for x, y in pairs]


def _exact_function(name: str, rows: list[list[Fraction]], expected: int) -> list[Fraction] | None:
    if len(rows) != expected:
        return None
    match name:
        case "sum":
            return [sum(rows[0], Fraction())]
        case "mean":
            return [sum(rows[0], Fraction()) / len(rows[0])]
        case "max" | "min":
            return [(max if name == "max" else min)(value for row in rows for value in row)]
        case "floor":
            return [Fraction(floor(value)) for value in rows[0]]
        case "abs":
            return [abs(value) for value in rows[0]]
        case "sign":
            return [Fraction((value > 0) - (value < 0)) for value in rows[0]]
        case "where>" | "where<":
            left, right, this, that = (row[0] for row in rows)
            return [this if (left > right if name == "where>" else left < right) else that]
    return None
