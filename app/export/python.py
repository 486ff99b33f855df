"""Rules as Python: the expression that a learner reads, as a line that NumPy, PyTorch or plain Python computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..steps.expressions import Binary, Function, Name, Negative, Node, Number

SUM, PRODUCT, SIGN, POWER, ATOM = range(1, 6)
_LEVEL = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}
_SIGNS = {"^": "**"}

ONE, ZERO = Number(1.0), Number(0.0)


@dataclass(frozen=True)
class Dialect:
    """How a library says the functions of the grammar.

    Attributes:
        calls: by function, its call with `{0}`, `{1}`, … for the arguments; `row max` is that of a row's largest.
        constants: the call that chooses between two numbers of the program, whose dtype nothing else decides.
        helpers: functions that the library lacks, by name, as the program has to define them.
    """

    calls: Mapping[str, str]
    helpers: Mapping[str, str]
    constants: str = ""


@dataclass(frozen=True)
class Line:
    """An expression in Python, how tightly it holds together, and the helpers that it needs."""

    text: str
    level: int
    helpers: frozenset[str] = frozenset()

    def within(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


def python(node: Node, names: Mapping[str, str], dialect: Dialect) -> Line:
    """An expression, with each of its names written as `names` says, or as it is."""
    node = simplified(node)
    match node:
        case Number(value):
            return Line(number(value), ATOM if value >= 0 else SIGN)
        case Name(name):
            return Line(names.get(name, name), ATOM)
        case Negative(body):
            inner = python(body, names, dialect)
            return Line(f"-{inner.within(SIGN)}", SIGN, inner.helpers)
        case Binary(operator, left, right):
            return _binary(operator, python(left, names, dialect), python(right, names, dialect))
        case Function(name, arguments):
            lines = [python(argument, names, dialect) for argument in arguments]
            return _called(name, arguments, lines, dialect)


def number(value: float) -> str:
    """A number of the program, such as `2` or `0.01`."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def simplified(node: Node) -> Node:
    """The same with what programmers write otherwise: `log1p` and its kin, and no factor of 1."""
    match node:
        case Function("ln", (Binary("+", Number(1.0), Function("exp", (body,))),)):
            return Function("softplus", (body,))
        case Binary("-", Function("exp", (body,)), Number(1.0)):
            return Function("expm1", (body,))
        case Binary("*", body, Number(1.0)):
            return simplified(body)
    return node


def is_condition(node: Node) -> bool:
    """Whether an expression is 1 where something holds and else 0, which Python says by the condition alone."""
    return isinstance(node, Function) and node.name.startswith("where") and node.arguments[2:] == (ONE, ZERO)


def _binary(operator: str, left: Line, right: Line) -> Line:
    level = _LEVEL[operator]
    # What is taken away or divided by keeps its brackets; the base of a power holds together by itself.
    before = left.within(ATOM if operator == "^" else level)
    after = right.within(SIGN if operator == "^" else level + 1 if operator in "-/" else level)
    return Line(f"{before} {_SIGNS.get(operator, operator)} {after}", level, left.helpers | right.helpers)


def _called(name: str, arguments: tuple[Node, ...], lines: list[Line], dialect: Dialect) -> Line:
    helpers = frozenset[str]().union(*(line.helpers for line in lines))
    texts = [line.text for line in lines]
    if name.startswith("where"):
        test = f"{texts[0]} {name[-1]} {texts[1]}"
        if is_condition(Function(name, arguments)):
            return Line(f"({test})", ATOM, helpers)
        fixed = all(isinstance(argument, Number) for argument in arguments[2:])
        call = dialect.constants if fixed and dialect.constants else dialect.calls["where"]
        return Line(call.format(test, *texts[2:]), ATOM, helpers)
    if name == "max" and len(arguments) == 1:
        return Line(dialect.calls["row max"].format(*texts), ATOM, helpers)
    if name in dialect.helpers:
        return Line(f"{name}({', '.join(texts)})", ATOM, helpers | {name})
    return Line(dialect.calls[name].format(*texts), ATOM, helpers)


_NUMPY = {
    **{name: f"np.{name}({{0}})" for name in ("exp", "tanh", "abs", "sign", "sqrt", "floor", "expm1")},
    "ln": "np.log({0})",
    "softplus": "np.logaddexp(0, {0})",
    "max": "np.maximum({0}, {1})",
    "min": "np.minimum({0}, {1})",
    "row max": "np.max({0}, axis=1, keepdims=True)",
    "sum": "np.sum({0}, axis=1, keepdims=True)",
    "where": "np.where({0}, {1}, {2})",
    "cospi": "np.cos(np.pi * ({0}))",
}

NUMPY = Dialect(
    _NUMPY,
    {
        "Phi": (
            "def Phi(x):\n"
            '    """The share of the standard bell curve that lies below x."""\n'
            "    return (np.vectorize(math.erfc)(-x / np.sqrt(2)) / 2).astype(x.dtype)"
        ),
        "phi": (
            'def phi(x):\n    """The standard bell curve."""\n    return np.exp(-x * x / 2) / math.sqrt(2 * math.pi)'
        ),
        "lncut": (
            "def lncut(x):\n"
            '    """The logarithm, never below -100."""\n'
            '    with np.errstate(divide="ignore"):\n'
            "        return np.maximum(np.log(x), -100)"
        ),
        "xlny": (
            "def xlny(x, y):\n"
            '    """x times the logarithm of y, and 0 where x is 0."""\n'
            "    return x * np.log(np.where(x == 0, 1, y))"
        ),
    },
)
FLOAT32 = Dialect(_NUMPY, NUMPY.helpers, constants="np.where({0}, np.float32({1}), np.float32({2}))")
"""NumPy's words where everything is of single precision."""

TORCH = Dialect(
    {
        **{name: f"torch.{name}({{0}})" for name in ("exp", "tanh", "abs", "sign", "sqrt", "floor", "expm1")},
        "ln": "torch.log({0})",
        "softplus": "torch.logaddexp({0}, torch.zeros_like({0}))",
        "row max": "torch.amax({0}, dim=1, keepdim=True)",
        "sum": "torch.sum({0}, dim=1, keepdim=True)",
        "where": "torch.where({0}, {1}, {2})",
        "phi": "torch.exp(-({0}) ** 2 / 2) / math.sqrt(2 * math.pi)",
        "Phi": "torch.erfc(-({0}) / math.sqrt(2)) / 2",
        "lncut": "torch.clamp(torch.log({0}), min=-100)",
        "xlny": "torch.xlogy({0}, {1})",
        **{name: f"torch.{name}imum(torch.as_tensor({{0}}), torch.as_tensor({{1}}))" for name in ("max", "min")},
    },
    {},
)

MATH = Dialect(
    {
        **{name: f"math.{name}({{0}})" for name in ("exp", "tanh", "sqrt", "floor", "expm1")},
        "abs": "abs({0})",
        "ln": "math.log({0})",
        "max": "max({0}, {1})",
        "min": "min({0}, {1})",
        "where": "({1} if {0} else {2})",
        "cospi": "math.cos(math.pi * ({0}))",
    },
    {},
)
"""Plain Python, for one number such as a learning rate."""
