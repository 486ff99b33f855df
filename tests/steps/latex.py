"""Computes what a formula in LaTeX says, so that a copied rule can be held against its number."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

TOKEN = re.compile(r"\s*(\\text\{[^}]*\}|\\operatorname\{[a-z]+\}|\\[A-Za-z]+|\d+\.?\d*(?:e[+-]?\d+)?|.)", re.S)
IGNORED = (r"\left", r"\right")
FUNCTIONS: dict[str, Callable[..., float]] = {
    r"\ln": lambda x: max(math.log(x), -100.0) if x > 0 else -100.0,
    r"\tanh": math.tanh,
    r"\cos": math.cos,
    r"\max": lambda *values: max(values),
    r"\min": lambda *values: min(values),
    r"\operatorname{sign}": lambda x: float((x > 0) - (x < 0)),
    r"\Phi": lambda x: math.erfc(-x / math.sqrt(2)) / 2,
    r"\varphi": lambda x: math.exp(-x * x / 2) / math.sqrt(2 * math.pi),
}


def with_values(latex: str, values: Mapping[str, float]) -> str:
    """The formula with each sign, given as LaTeX, replaced by its value."""
    for sign in sorted(values, key=len, reverse=True):
        bare = re.escape(sign.strip())
        latex = re.sub(rf"(?<![A-Za-z\\]){bare}(?![A-Za-z_^'])", f"({values[sign]!r})", latex)
    return latex


def sides(latex: str) -> list[str]:
    """What stands between equals signs."""
    return re.split(r"=|\\approx ", latex)


def evaluate(latex: str) -> float:
    """The value of an expression without names."""
    return Reader(latex).whole()


class Reader:
    """Reads an expression from left to right."""

    def __init__(self, latex: str) -> None:
        self.tokens = [token for token in TOKEN.findall(latex.strip()) if token not in IGNORED]
        self.about = latex

    def whole(self) -> float:
        value = self.choice()
        assert not self.tokens, (self.about, self.tokens)
        return value

    def take(self, *wanted: str) -> str:
        """The next token if it is one of these, else nothing."""
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else ""

    def expect(self, token: str) -> None:
        assert self.take(token), (self.about, token, self.tokens)

    def choice(self) -> float:
        this = self.sum()
        if not self.take(r"\text{ if }"):
            return this
        left, operator, right = self.sum(), self.take(">", "<"), self.sum()
        self.expect(r"\text{, else }")
        that = self.choice()
        return this if (left > right if operator == ">" else left < right) else that

    def sum(self) -> float:
        value = self.product()
        while sign := self.take("+", "-"):
            term = self.product()
            value += term if sign == "+" else -term
        return value

    def product(self) -> float:
        if self.take("-"):
            return -self.product()
        value = self.power()
        while self.take(r"\cdot"):
            value *= self.power()
        return value

    def power(self) -> float:
        base = self.atom()
        return base ** self.group() if self.take("^") else base

    def group(self) -> float:
        self.expect("{")
        value = self.choice()
        self.expect("}")
        return value

    def atom(self) -> float:
        token = self.tokens.pop(0)
        match token:
            case "(":
                (value,) = self.arguments()
                return value
            case r"\frac":
                above, below = self.group(), self.group()
                return above / below
            case r"\sqrt":
                return math.sqrt(self.group())
            case r"\vert":
                value = self.choice()
                self.expect(r"\vert")
                return abs(value)
            case r"\lfloor":
                value = self.choice()
                self.expect(r"\rfloor")
                return math.floor(value)
            case "e" | r"\pi":
                return math.e if token == "e" else math.pi
            case "{":
                self.tokens.insert(0, token)
                return self.group()
        if token in FUNCTIONS:
            self.expect("(")
            return FUNCTIONS[token](*self.arguments())
        return float(token)

    def arguments(self) -> list[float]:
        values = [self.choice()]
        while self.take(","):
            values.append(self.choice())
        self.expect(")")
        return values
