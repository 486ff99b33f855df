"""Preparing rows: features made of others, some rows kept for testing, columns brought to one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..errors import DataError
from .dataset import Array, Dataset, Labels
from .formula import Formula, formula

SPLIT = 4
"""The purpose of a random draw; every draw is a function of (seed, purpose)."""

MOST_TESTS = 0.9
MOST_PRODUCTS = 50
_SHOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Preparation:
    """What is done to rows before a network sees them, in this order.

    Attributes:
        products: features added to those that there are, as formulas in x1, x2, …: `x1*x2`, `x1^2`, `sin(x1)`.
        test_share: which part of the rows, of each class if there are classes, is kept for testing.
        standardize: bring each input, and each target that is no class, to mean 0 and deviation 1 over the rows to
            train on. One that is always the same is left as wide as it is.
    """

    products: tuple[str, ...] = ()
    test_share: float = 0.0
    standardize: bool = False


def prepared(data: Dataset, preparation: Preparation, seed: int) -> Dataset:
    """The rows, prepared; which of them are kept for testing is drawn from the seed.

    Raises:
        DataError: a formula cannot be read or gives no number, or no row would be left to train on.
    """
    if preparation.products:
        data = _widened(data, preparation.products)
    if preparation.test_share:
        data = _split(data, preparation.test_share, seed)
    return _standardized(data) if preparation.standardize else data


def _widened(data: Dataset, products: tuple[str, ...]) -> Dataset:
    if len(products) > MOST_PRODUCTS:
        raise DataError(
            f"There are {len(products)} features to make; expected at most {MOST_PRODUCTS}.", where="data.products"
        )
    names = tuple(f"x{number}" for number in range(1, data.inputs.shape[1] + 1))
    rules = [formula(text, names, f"data.products[{number}]") for number, text in enumerate(products)]
    return replace(
        data,
        inputs=_with_made(data.inputs, rules, names),
        test_inputs=_with_made(data.test_inputs, rules, names),
        features=(*data.features, *(_shown(rule.text) for rule in rules)),
        image=None,
    )


def _with_made(inputs: Array, rules: list[Formula], names: tuple[str, ...]) -> Array:
    """The inputs with a column for each rule beside them."""
    values = dict(zip(names, inputs.T, strict=True))
    columns = [inputs]
    for number, rule in enumerate(rules):
        column = np.broadcast_to(rule(**values), len(inputs)).astype(np.float64)
        if not np.isfinite(column).all():
            row = int(np.argmin(np.isfinite(column)))
            where = f"data.products[{number}]"
            raise DataError(f"{rule.text[:40]!r} is no number in row {row}.", hint="Use another formula.", where=where)
        columns.append(column[:, None])
    return np.concatenate(columns, axis=1)


def _shown(text: str) -> str:
    """`x1 * x2` as `x₁·x₂`."""
    parts = text.replace(" ", "").replace("^2", "²").replace("^3", "³").replace("*", "·").split("x")
    return "x".join(
        [parts[0], *(part[: _digits(part)].translate(_SHOWN) + part[_digits(part) :] for part in parts[1:])]
    )


def _digits(text: str) -> int:
    return len(text) - len(text.lstrip("0123456789"))


def _split(data: Dataset, share: float, seed: int) -> Dataset:
    if not 0 <= share <= MOST_TESTS:
        raise DataError(
            f"The share of rows to test on is {share:g}; expected 0 to {MOST_TESTS}.", where="data.test_share"
        )
    order = np.random.Generator(np.random.PCG64([seed, SPLIT])).permutation(data.rows)
    labels, kept = _labels(data), np.zeros(data.rows, bool)
    for label in np.unique(labels):
        rows = order[labels[order] == label]
        kept[rows[: round(share * len(rows))]] = True
    if kept.all():
        raise DataError(
            f"Of {data.rows} rows, none would be left to train on.",
            hint="Keep fewer rows for testing.",
            where="data.test_share",
        )
    return replace(
        data,
        inputs=data.inputs[~kept],
        targets=data.targets[~kept],
        test_inputs=data.inputs[kept],
        test_targets=data.targets[kept],
    )


def _labels(data: Dataset) -> Labels:
    """The number of each row's class; 0 where there are none."""
    if not data.classes:
        return np.zeros(data.rows, np.intp)
    return data.targets.argmax(axis=1) if data.targets.shape[1] > 1 else np.rint(data.targets[:, 0]).astype(np.intp)


def _standardized(data: Dataset) -> Dataset:
    means, deviations = _scale(data.inputs)
    data = replace(
        data,
        inputs=(data.inputs - means) / deviations,
        test_inputs=(data.test_inputs - means) / deviations,
        means=tuple(means.tolist()),
        deviations=tuple(deviations.tolist()),
    )
    if data.classes:
        return data
    means, deviations = _scale(data.targets)
    return replace(
        data,
        targets=(data.targets - means) / deviations,
        test_targets=(data.test_targets - means) / deviations,
        target_means=tuple(means.tolist()),
        target_deviations=tuple(deviations.tolist()),
    )


def _scale(rows: Array) -> tuple[Array, Array]:
    """The mean of each column, and its deviation, √(Σ (x − mean)² / n), or 1 where that is 0."""
    means, deviations = rows.mean(axis=0), rows.std(axis=0)
    alike = rows.max(axis=0) == rows.min(axis=0)  # their deviation may be a rounding error instead of 0
    return means, np.where(alike, 1.0, deviations)
