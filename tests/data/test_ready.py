"""Ready sets: what can be chosen comes about, drawn from the seed; tables are those that were published."""

from __future__ import annotations

import numpy as np
import pytest

from app.data.ready import named, ready_set, ready_sets
from app.data.readyset import Option, ReadySet, Value
from app.errors import DataError

DRAWN = [name for name, entry in ready_sets.items() if any(option.name == "count" for option in entry.options)]


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawn_set_is_the_same_for_a_seed_and_as_large_as_asked(name: str) -> None:
    data = ready_set(name, {"count": 37}, 5)
    assert data.rows == 37
    assert data.inputs.tobytes() == ready_set(name, {"count": 37.0}, 5).inputs.tobytes()
    assert data.inputs.tobytes() != ready_set(name, {"count": 37}, 6).inputs.tobytes()


@pytest.mark.parametrize("name", DRAWN)
def test_noise_moves_points_and_never_changes_their_class(name: str) -> None:
    still, strayed = (ready_set(name, {"noise": noise, "count": 1000}, 1) for noise in (0, 0.5))
    moved = strayed.inputs - still.inputs if still.classes else strayed.targets - still.targets
    assert moved.std() == pytest.approx(0.5, rel=0.1)
    if still.classes:
        assert strayed.targets.tobytes() == still.targets.tobytes()


@pytest.mark.parametrize(
    ("name", "option", "value", "classes"),
    [
        *(("spirals", "arms", arms, arms) for arms in (2, 3, 5)),
        *(("blobs", "classes", classes, classes) for classes in (2, 3, 10)),
        ("checkerboard", "fields", 4, 2),
    ],
)
def test_as_many_classes_as_asked_of_about_the_same_size(name: str, option: str, value: int, classes: int) -> None:
    data = ready_set(name, {option: value})
    assert len(data.classes) == classes
    assert data.targets.shape[1] == (1 if classes == 2 else classes)
    sizes = data.targets.sum(axis=0) if classes > 2 else np.array([data.targets.sum()])
    assert sizes.tolist() == pytest.approx([data.rows / classes] * len(sizes), rel=0.15)


def test_arms_of_spirals_are_turned_copies_of_each_other() -> None:
    data = ready_set("spirals", {"arms": 4, "noise": 0, "turns": 1})
    radius, angle = np.hypot(*data.inputs.T), np.arctan2(data.inputs[:, 1], data.inputs[:, 0])
    arm = data.targets.argmax(axis=1)
    turned = (angle - 2 * np.pi * (radius / 5 + arm / 4) + np.pi) % (2 * np.pi) - np.pi
    assert turned == pytest.approx(np.zeros(data.rows), abs=1e-9)


def test_a_boundary_of_ones_own_divides_the_plane() -> None:
    data = ready_set("boundary", {"rule": "y > x^2 - 3"})
    x, y = data.inputs.T
    assert data.targets[:, 0].tolist() == (y > x**2 - 3).astype(float).tolist()
    assert data.features == ("x", "y")


def test_three_bit_parity_is_the_sum_of_the_bits_modulo_two() -> None:
    data = ready_set("parity")
    assert data.targets[:, 0].tolist() == (data.inputs.sum(axis=1) % 2).tolist()
    assert len({tuple(row) for row in data.inputs.tolist()}) == 8


@pytest.mark.parametrize(
    ("name", "sizes", "means"),
    [  # the means that their published descriptions give
        ("wine", [59, 71, 48], {0: 13.0, 2: 2.36, 12: 746}),
        ("cancer", [357, 212], {0: 14.127, 1: 19.29, 29: 0.0839}),
    ],
)
def test_a_shipped_table_is_the_published_one(name: str, sizes: list[int], means: dict[int, float]) -> None:
    data = ready_set(name)
    ones = data.targets.sum(axis=0).tolist()
    assert (ones if len(ones) > 1 else [data.rows - ones[0], ones[0]]) == sizes
    for column, mean in means.items():
        assert data.inputs[:, column].mean() == pytest.approx(mean, rel=5e-3)


def test_digits_are_pictures_of_sixteen_shades() -> None:
    data = ready_set("digits")
    assert (data.inputs.shape, data.image) == ((1797, 64), (8, 8))
    assert sorted(set((data.inputs * 16).ravel().tolist())) == list(range(17))
    assert data.targets.sum(axis=0).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (data.inputs[0] * 16).tolist()[:16] == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]


@pytest.mark.parametrize(
    ("name", "options", "where", "words"),
    [
        ("spirals", {"arms": 6}, "data.options.arms", "expected a whole number from 2 to 5"),
        ("spirals", {"arms": 2.5}, "data.options.arms", "expected a whole number"),
        ("spirals", {"legs": 2}, "data.options.legs", "no option 'legs'"),
        ("spirals", {"noise": "much"}, "data.options.noise", "expected a number"),
        ("xor", {"noise": 1}, "data.options.noise", "no option 'noise'"),
        ("boundary", {"rule": 3}, "data.options.rule", "expected a text"),
        ("boundary", {"rule": "x + y"}, "data.options.rule", "not a condition"),
        ("boundary", {"rule": "y > z"}, "data.options.rule", "got 'z'"),
        ("circles", {"count": 10**6}, "data.options.count", "from 4 to 5,000"),
        ("circles", {"noise": float("nan")}, "data.options.noise", "expected a number from 0 to 5"),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_what_can(
    name: str, options: dict[str, Value], where: str, words: str
) -> None:
    with pytest.raises(DataError) as refusal:
        ready_set(name, options)
    assert refusal.value.where == where
    assert words in refusal.value.message + refusal.value.hint


def test_options_have_defaults_that_they_allow() -> None:
    for entry in ready_sets.values():
        assert entry.chosen({}) == {option.name: option.default for option in entry.options}
        for option in entry.options:
            assert isinstance(option, Option)
            assert option.description.endswith(".")


def test_every_shipped_table_names_its_source_and_its_licence() -> None:
    tables = [entry for entry in ready_sets.values() if entry.source]
    assert {entry.name for entry in tables} == {"iris", "wine", "cancer", "digits"}
    assert {entry.licence for entry in tables} == {"CC BY 4.0"}
    assert isinstance(named("wine"), ReadySet)
