"""Formulas that a person types, such as `y > sin(x)` or `x1*x2`: read by a small grammar, never run as code.

condition:  sum, or two sums with < > <= >= between them; several with `and`, `or`
sum:        terms with + and - between them
term:       factors with * and / between them; `2x` is 2 times x
factor:     a number, a name, pi, e, a function's name with its argument in brackets, brackets, -, ^
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import DataError

Values = np.ndarray[Any, np.dtype[Any]]
Rule = Callable[[Mapping[str, Values]], Values]

LONGEST = 200
DEEPEST = 40

FUNCTIONS: dict[str, Callable[..., Values]] = {
    name: getattr(np, name) for name in ("sin", "cos", "tan", "exp", "log", "sqrt", "abs", "tanh")
}
CONSTANTS = {"pi": np.pi, "e": np.e}
_TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)|([a-z]\w*)|(<=|>=|[-+*/^()<>]))", re.I | re.A)
_SIGNS = {"·": "*", "×": "*", "−": "-", "≤": "<=", "≥": ">=", "²": "^2", "³": "^3", "π": "pi", "**": "^"}
_SIGNS |= dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))


@dataclass(frozen=True)
class Formula:
    """A formula that was understood.

    Attributes:
        text: as it was typed.
        condition: whether it is true or false, not a number.
    """

    text: str
    condition: bool
    rule: Rule

    def __call__(self, **values: Values) -> Values:
        """Its value for every element of the values that its names stand for."""
        with np.errstate(all="ignore"):
            return self.rule(values)


def formula(text: str, names: tuple[str, ...], where: str) -> Formula:
    """Read a formula in these names.

    Raises:
        DataError: it cannot be understood; the message says what stands where something else was expected.
    """
    if len(text) > LONGEST:
        raise DataError(f"The formula has {len(text)} characters; expected at most {LONGEST}.", where=where)
    return _Reader(text, names, where).whole()


class _Reader:
    """Reads a formula from left to right; each method reads one level of the grammar."""

    def __init__(self, text: str, names: tuple[str, ...], where: str) -> None:
        self.text = text
        self.names = names
        self.where = where
        for sign, plain in _SIGNS.items():
            text = text.replace(sign, plain)
        self.tokens = self._split(text)
        self.at = 0
        self.depth = 0

    def whole(self) -> Formula:
        rule, condition = self._any()
        if self._next():
            raise self._unexpected("an operator or the end")
        return Formula(self.text.strip(), condition, rule)

    def _split(self, text: str) -> list[str]:
        tokens, at = [], 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                raise self._error(f"{text[at:].strip()[0]!r} has no meaning in a formula")
            tokens.append(found[0].strip().lower())
            at = found.end()
        return tokens

    def _any(self) -> tuple[Rule, bool]:
        return self._joined("or", lambda: self._joined("and", self._condition, np.logical_and), np.logical_or)

    def _joined(
        self, word: str, part: Callable[[], tuple[Rule, bool]], join: Callable[..., Values]
    ) -> tuple[Rule, bool]:
        rule, condition = part()
        while self._next() == word:
            if not condition:
                raise self._error(f"{word!r} joins conditions, such as x > 0")
            self.at += 1
            other, both = part()
            if not both:
                raise self._error(f"{word!r} joins conditions, such as x > 0")
            rule = _applied(join, rule, other)
        return rule, condition

    def _condition(self) -> tuple[Rule, bool]:
        rule = self._sum()
        compare = {"<": np.less, ">": np.greater, "<=": np.less_equal, ">=": np.greater_equal}.get(self._next())
        if compare is None:
            return rule, False
        self.at += 1
        return _applied(compare, rule, self._sum()), True

    def _sum(self) -> Rule:
        rule = self._term()
        while self._next() in ("+", "-"):
            apply = np.add if self._take() == "+" else np.subtract
            rule = _applied(apply, rule, self._term())
        return rule

    def _term(self) -> Rule:
        rule = self._signed()
        while True:
            token, before = self._next(), self.tokens[self.at - 1]
            if token in ("*", "/"):
                self.at += 1
                rule = _applied(np.multiply if token == "*" else np.divide, rule, self._signed())
            elif before[0].isdigit() and token not in ("and", "or") and (token[:1].isalpha() or token == "("):
                rule = _applied(np.multiply, rule, self._power())
            else:
                return rule

    def _signed(self) -> Rule:
        if self._next() == "-":
            self.at += 1
            return _applied(np.negative, self._nested(self._signed))
        return self._power()

    def _power(self) -> Rule:
        base = self._atom()
        if self._next() != "^":
            return base
        self.at += 1
        return _applied(np.power, base, self._nested(self._signed))

    def _atom(self) -> Rule:
        token = self._take()
        if token == "(":
            return self._bracketed()
        if token[:1].isdigit() or token[:1] == ".":
            return _constant(float(token))
        if token in FUNCTIONS:
            if self._take() != "(":
                self.at -= 1
                raise self._unexpected(f"( after {token}")
            return _applied(FUNCTIONS[token], self._bracketed())
        if token in self.names:
            return lambda values: values[token]
        if token in CONSTANTS:
            return _constant(CONSTANTS[token])
        self.at -= 1
        raise self._unexpected("a number, a name or (")

    def _bracketed(self) -> Rule:
        rule = self._nested(self._sum)
        if self._take() != ")":
            self.at -= 1
            raise self._unexpected(")")
        return rule

    def _nested(self, part: Callable[[], Rule]) -> Rule:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error(f"it has more than {DEEPEST} levels")
        rule = part()
        self.depth -= 1
        return rule

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        token = self._next()
        self.at += 1
        return token

    def _unexpected(self, expected: str) -> DataError:
        found = self._next()
        return self._error(f"expected {expected}, got {found[:20]!r}" if found else f"expected {expected} at its end")

    def _error(self, why: str) -> DataError:
        names, functions = ", ".join(self.names[:6]), ", ".join(FUNCTIONS)
        more = "" if len(self.names) <= 6 else f" … {self.names[-1]}"
        return DataError(
            f"The formula {self.text[:40]!r} cannot be read: {why}.",
            hint=f"Use numbers, {names}{more}, pi, e, + - * / ^, brackets and {functions}.",
            where=self.where,
        )


def _constant(value: float) -> Rule:
    return lambda values: np.asarray(value)


def _applied(apply: Callable[..., Values], *rules: Rule) -> Rule:
    return lambda values: apply(*(rule(values) for rule in rules))
