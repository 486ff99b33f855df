"""Well-known tables that are shipped; `tables/SOURCES.md` says where they come from."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

from .dataset import Dataset, labelled
from .readyset import Random, ReadySet, Values

TABLES = Path(__file__).parent / "tables"
CC = "CC BY 4.0"
SIDE = 8
"""Pixels along a side of a digit."""


def _rows(file: str) -> tuple[list[str], list[list[str]]]:
    with (TABLES / file).open(encoding="utf-8", newline="") as opened:
        header, *rows = csv.reader(opened)
    return header, rows


def _table(file: str, target: str) -> Callable[[Values, Random], Dataset]:
    """Reads a table whose last column is the class."""

    @cache
    def read() -> Dataset:
        header, rows = _rows(file)
        classes = sorted({row[-1] for row in rows})
        inputs = np.array([[float(value) for value in row[:-1]] for row in rows])
        labels = np.array([classes.index(row[-1]) for row in rows])
        return labelled(inputs, labels, tuple(classes), tuple(header[:-1]), target)

    return lambda chosen, random: read()


@cache
def _digits() -> Dataset:
    """Darkness is written as one sign a pixel, 0 to g for 0 to 16; here it goes from 0 to 1."""
    _, rows = _rows("digits.csv")
    signs = np.frombuffer("".join(pixels for _, pixels in rows).encode(), np.uint8).reshape(len(rows), -1)
    inputs = np.where(signs >= ord("a"), signs - (ord("a") - 10.0), signs - float(ord("0"))) / 16
    labels = np.array([int(digit) for digit, _ in rows])
    features = tuple(f"pixel {row}.{column}" for row in range(1, SIDE + 1) for column in range(1, SIDE + 1))
    return labelled(inputs, labels, tuple("0123456789"), features, "digit", image=(SIDE, SIDE))


SETS = (
    ReadySet(
        "iris",
        "Iris",
        "Learn to tell three species of iris apart by the size of their petals and sepals, in cm.",
        _table("iris.csv", "species"),
        hidden=(5,),
        test_share=0.2,
        standardize=True,
        source="R. A. Fisher, The use of multiple measurements in taxonomic problems, 1936; UCI repository",
        licence=CC,
    ),
    ReadySet(
        "wine",
        "Wine",
        "Learn to tell which of three cultivars a wine was made from, by thirteen measurements.",
        _table("wine.csv", "cultivar"),
        hidden=(5,),
        test_share=0.2,
        standardize=True,
        source="S. Aeberhard and M. Forina, Wine, UCI repository, 1991",
        licence=CC,
    ),
    ReadySet(
        "cancer",
        "Breast cancer",
        "Learn to tell malignant from benign growths by thirty measurements of their cells' nuclei.",
        _table("cancer.csv", "growth"),
        hidden=(6,),
        test_share=0.2,
        standardize=True,
        source="W. Wolberg, O. Mangasarian, N. Street and W. Street, Breast Cancer Wisconsin (Diagnostic), "
        "UCI repository, 1993",
        licence=CC,
    ),
    ReadySet(
        "digits",
        "Handwritten digits",
        "Learn to read a handwritten digit from 8 × 8 pixels.",
        lambda chosen, random: _digits(),
        hidden=(32,),
        test_share=0.2,
        source="E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI repository, 1998",
        licence=CC,
    ),
)
