"""What answers are judged by, as plain data: it can be kept while the network goes on, and serve a whole class."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose

from ..errors import SpecError

SHARE = 0.02
"""A number is right if it is off by no more than this share of it, or if it is printed alike."""


def near(answer: float, value: float, digits: int) -> bool:
    """Whether a number counts as another one, which is printed with so many decimals."""
    digit = 10.0**-digits
    return isclose(answer, value, rel_tol=SHARE, abs_tol=min(digit, max(abs(value), digit / 2)))


@dataclass(frozen=True)
class AnswerKey:
    """The right answer, and the wrong ones that have a name.

    Attributes:
        wanted: an option's name, or a number; None where nobody says what is right.
        options: the names that may be chosen; none where a number is to be typed.
        mistakes: names of misconceptions, each with the option or number that it leads to; the first that fits counts.
        digits: decimals with which numbers are printed.
        tolerance: how far a number may be off, instead of what is usual.
    """

    wanted: str | float | None
    options: tuple[str, ...] = ()
    mistakes: tuple[tuple[str, str | float], ...] = ()
    digits: int = 3
    tolerance: float | None = None

    def right(self, answer: str | float) -> bool | None:
        """Whether an answer is right; None where nobody says.

        Raises:
            SpecError: it is none of the options, or no number.
        """
        if self.options and answer not in self.options:
            raise SpecError(
                "The answer is none of the options.", hint=f"Use one of: {', '.join(self.options)}.", where="answer"
            )
        if not self.options and isinstance(answer, str):
            raise SpecError("The answer is a word; expected a number.", where="answer")
        if self.wanted is None:
            return None
        if isinstance(answer, float | int) and isinstance(self.wanted, float) and self.tolerance is not None:
            return abs(answer - self.wanted) <= self.tolerance
        return self._fits(answer, self.wanted)

    def mistake(self, answer: str | float) -> str:
        """The name of the misconception that leads to a wrong answer; empty for one without a name."""
        if self.right(answer):
            return ""
        return next((name for name, led in self.mistakes if self._fits(answer, led)), "")

    def _fits(self, answer: str | float, value: str | float) -> bool:
        if isinstance(answer, str) or isinstance(value, str):
            return answer == value
        return near(answer, value, self.digits)
