"""Points of two or more classes on a plane, drawn from the seed; coordinates go from about −5 to 5."""

from __future__ import annotations

import numpy as np

from ..errors import DataError
from .dataset import Array, Dataset, Labels, labelled
from .formula import formula
from .readyset import Option, Random, ReadySet, Values, count, noise

RADIUS = 5.0


def _points(points: Array, labels: Labels, classes: int, chosen: Values, random: Random) -> Dataset:
    """Points, strayed, with the classes they had before."""
    strayed = points + chosen.number("noise") * random.standard_normal(points.shape)
    names = tuple("ABCDEFGHIJ"[:classes])
    return labelled(strayed, labels, names, ("x₁", "x₂"), "class")


def _on_circle(radius: Array, angle: Array) -> Array:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _circles(chosen: Values, random: Random) -> Dataset:
    labels = np.arange(chosen.whole("count")) % 2
    radius = np.where(labels == 1, 0.45 * RADIUS, RADIUS)
    points = _on_circle(radius, random.uniform(0, 2 * np.pi, len(labels)))
    return _points(points, labels, 2, chosen, random)


def _moons(chosen: Values, random: Random) -> Dataset:
    labels = np.arange(chosen.whole("count")) % 2
    up = 1 - 2 * labels
    arc = _on_circle(np.full(len(labels), 3.0), random.uniform(0, np.pi, len(labels)))
    points = arc * up[:, None] + np.stack([-1.5 * up, -0.75 * up], axis=1)
    return _points(points, labels, 2, chosen, random)


def _spirals(chosen: Values, random: Random) -> Dataset:
    arms = chosen.whole("arms")
    labels = np.arange(chosen.whole("count")) % arms
    way = random.uniform(0.04, 1, len(labels))
    angle = 2 * np.pi * (chosen.number("turns") * way + labels / arms)
    return _points(_on_circle(RADIUS * way, angle), labels, arms, chosen, random)


def _blobs(chosen: Values, random: Random) -> Dataset:
    classes = chosen.whole("classes")
    labels = np.arange(chosen.whole("count")) % classes
    points = _on_circle(np.full(len(labels), 0.7 * RADIUS), 2 * np.pi * labels / classes)
    return _points(points, labels, classes, chosen, random)


def _checkerboard(chosen: Values, random: Random) -> Dataset:
    fields = chosen.whole("fields")
    points = random.uniform(-RADIUS, RADIUS, (chosen.whole("count"), 2))
    column, row = np.floor((points + RADIUS) / (2 * RADIUS) * fields).T
    return _points(points, (column + row).astype(np.intp) % 2, 2, chosen, random)


def _boundary(chosen: Values, random: Random) -> Dataset:
    rule = formula(chosen.text("rule"), ("x", "y"), "data.options.rule")
    if not rule.condition:
        raise DataError(
            f"{rule.text[:40]!r} is a number, not a condition.",
            hint="Compare two sides, such as y > sin(x).",
            where="data.options.rule",
        )
    points = random.uniform(-RADIUS, RADIUS, (chosen.whole("count"), 2))
    true = np.broadcast_to(rule(x=points[:, 0], y=points[:, 1]), len(points))
    strayed = points + chosen.number("noise") * random.standard_normal(points.shape)
    return labelled(strayed, true.astype(np.intp), ("false", "true"), ("x", "y"), rule.text)


SETS = (
    ReadySet(
        "circles",
        "Circles",
        "Learn to tell a ring of points from the ring around it.",
        _circles,
        (count(200), noise(0.4)),
        hidden=(4,),
        test_share=0.25,
    ),
    ReadySet(
        "moons",
        "Moons",
        "Learn to tell two half rings apart that reach into each other.",
        _moons,
        (count(200), noise(0.4)),
        hidden=(6,),
        test_share=0.25,
    ),
    ReadySet(
        "spirals",
        "Spirals",
        "Learn to tell arms apart that wind around each other.",
        _spirals,
        (
            Option("arms", 2, "How many arms there are, each a class.", 2, 5, whole=True),
            Option("turns", 1.25, "How often an arm winds around the middle.", 0.25, 4),
            count(300),
            noise(0.1),
        ),
        hidden=(8, 8),
        test_share=0.25,
    ),
    ReadySet(
        "blobs",
        "Blobs",
        "Learn to tell clouds of points apart.",
        _blobs,
        (
            Option("classes", 3, "How many clouds there are, each a class.", 2, 10, whole=True),
            count(200),
            noise(1),
        ),
        hidden=(4,),
        test_share=0.25,
    ),
    ReadySet(
        "checkerboard",
        "Checkerboard",
        "Learn to tell the fields of a checkerboard apart.",
        _checkerboard,
        (Option("fields", 2, "How many fields there are in a row.", 2, 8, whole=True), count(300), noise(0)),
        hidden=(8,),
        test_share=0.25,
    ),
    ReadySet(
        "boundary",
        "A boundary of your own",
        "Learn to tell on which side of a boundary a point lies.",
        _boundary,
        (Option("rule", "y > sin(x)", "Where it is true: a comparison in x and y."), count(300), noise(0)),
        hidden=(8,),
        test_share=0.25,
    ),
)
