"""A tally: what a class answers, without names, as counts of options or as a histogram of numbers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, isfinite, log10

from ..errors import plain
from .question import Given, Question

MOST_BINS = 8
SIZES = (1.0, 2.0, 5.0, 10.0)
TINY, MOST = 1e-300, sys.float_info.max
"""A size that is no more than nothing, and the largest number."""


@dataclass(frozen=True)
class Choice:
    """One option, or one stretch of numbers from `low` to before `high`, None being endless; and how many chose it."""

    count: int
    right: bool | None
    name: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def middle(self) -> float | None:
        """A number that stands for a stretch."""
        if self.low is None or self.high is None:
            return self.high if self.low is None else self.low
        return self.low if self.low == self.high else self.low / 2 + self.high / 2

    @property
    def title(self) -> str:
        """A stretch as people write it; of an option, nothing."""
        if self.low is None:
            return "" if self.high is None else f"< {_written(self.high)}"
        if self.high is None:
            return f"≥ {_written(self.low)}"
        return _written(self.low) if self.low == self.high else f"{_written(self.low)} – {_written(self.high)}"


def _written(number: float) -> str:
    return plain(number).replace("-", "−")


def choices(question: Question) -> list[Choice]:
    """The options in their order, or numbers from small to large."""
    key = question.key
    given = [one.answer for one in question.answers.values()]
    if key.options:
        counts = Counter(given)
        return [Choice(counts[name], key.right(name), name) for name in key.options]
    numbers = sorted(float(answer) for answer in given)
    if len(set(numbers)) <= MOST_BINS:
        return [Choice(count, key.right(value), "", value, value) for value, count in Counter(numbers).items()]
    return _stretches(numbers, key.wanted if isinstance(key.wanted, float) and isfinite(key.wanted) else None)


def mistakes(answers: Sequence[Given]) -> list[tuple[str, int]]:
    """The misconceptions that were met, those of many first."""
    return Counter(given.mistake for given in answers if given.mistake).most_common()


def _stretches(numbers: Sequence[float], wanted: float | None) -> list[Choice]:
    """Stretches of one round size around where most numbers are, and endless ones for those far away."""
    last = len(numbers) - 1
    low, high = numbers[round(0.1 * last)], numbers[round(0.9 * last)]
    if wanted is not None:
        low, high = min(low, wanted), max(high, wanted)
    size = _round_size(high / (MOST_BINS - 3) - low / (MOST_BINS - 3))
    first, end = floor(low / size), floor(high / size) + 1
    edges = [float(f"{max(-MOST, min(MOST, number * size)):.12g}") for number in range(first, end + 1)]
    found = [
        Choice(sum(number < edges[0] for number in numbers), None, "", None, edges[0]),
        *(
            Choice(sum(low <= number < high for number in numbers), None, "", low, high)
            for low, high in pairwise(edges)
        ),
        Choice(sum(number >= edges[-1] for number in numbers), None, "", edges[-1], None),
    ]
    inner = range(1, len(found) - 1)
    kept = [choice for place, choice in enumerate(found) if choice.count or place in inner]
    return [choice if wanted is None else _judged(choice, wanted) for choice in kept]


def _judged(choice: Choice, wanted: float) -> Choice:
    """With the right answer known, which stretch holds it."""
    holds = (choice.low is None or choice.low <= wanted) and (choice.high is None or wanted < choice.high)
    return Choice(choice.count, holds, "", choice.low, choice.high)


def _round_size(least: float) -> float:
    """The next of 1, 2 and 5 times a power of ten."""
    if least < TINY:
        return 1.0
    power = 10.0 ** floor(log10(least))
    return next((size * power for size in SIZES if size * power >= least), 10 * power)
