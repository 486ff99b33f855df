"""Numbers that depend on other numbers, drawn from the seed: a line, a sine, a plane, a cubic."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .dataset import Array, Dataset
from .readyset import Random, ReadySet, Values, count, noise


def _curve(rule: Callable[..., Array], reach: float, features: tuple[str, ...]) -> Callable[[Values, Random], Dataset]:
    """Makes rows of a rule: inputs drawn evenly from −reach to reach, what the rule makes of them strayed."""

    def make(chosen: Values, random: Random) -> Dataset:
        inputs = random.uniform(-reach, reach, (chosen.whole("count"), len(features)))
        targets = rule(*inputs.T)[:, None]
        targets = targets + chosen.number("noise") * random.standard_normal(targets.shape)
        return Dataset("", "", "", inputs, targets, features, ("y",))

    return make


SETS = (
    ReadySet(
        "line",
        "Line",
        "Learn the line y = 0.8 x − 0.5 from points near it.",
        _curve(lambda x: 0.8 * x - 0.5, 2, ("x",)),
        (count(60), noise(0.1)),
        hidden=(),
        test_share=0.2,
    ),
    ReadySet(
        "sine",
        "Sine",
        "Learn the curve y = sin x from points near it.",
        _curve(np.sin, np.pi, ("x",)),
        (count(100), noise(0.05)),
        hidden=(6,),
        test_share=0.2,
    ),
    ReadySet(
        "plane",
        "Plane",
        "Learn the plane y = 0.6 x₁ − 0.4 x₂ + 0.2 from points near it.",
        _curve(lambda x1, x2: 0.6 * x1 - 0.4 * x2 + 0.2, 2, ("x₁", "x₂")),
        (count(100), noise(0.1)),
        hidden=(),
        test_share=0.2,
    ),
    ReadySet(
        "cubic",
        "Noisy cubic",
        "Learn the curve y = x³ − x from points around it.",
        _curve(lambda x: x**3 - x, 1.5, ("x",)),
        (count(100), noise(0.2)),
        hidden=(8,),
        test_share=0.2,
    ),
)
