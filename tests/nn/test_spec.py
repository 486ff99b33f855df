"""Specs: what is refused, with which words, and what defaults are filled in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.errors import SpecError, plain
from app.nn.initializers import initializers
from app.nn.parameters import GivenLayer, drawn, given, layer_views
from app.nn.registry import Choice
from app.nn.spec import LayerSpec, Spec, checked
from tests.networks import spec_of

TWO = (LayerSpec(2), LayerSpec(1, "sigmoid"))


@pytest.mark.parametrize(
    ("spec", "where", "words"),
    [
        (Spec(TWO[:1]), "spec.layers", "1 layers"),
        (Spec((LayerSpec(2), LayerSpec(0, "tanh"))), "spec.layers[1].units", "0 units"),
        (Spec((LayerSpec(2, "tanh"), LayerSpec(1, "tanh"))), "spec.layers[0].activation", "only holds the inputs"),
        (Spec((LayerSpec(2), LayerSpec(1, "sigmod"))), "spec.layers[1].activation", "'sigmod'"),
        (Spec((LayerSpec(2), LayerSpec(1, "tanh", "conv"))), "spec.layers[1].kind", "'conv'"),
        (Spec(TWO, loss="cross_entropy"), "spec.layers[1].activation", "needs softmax"),
        (
            Spec((LayerSpec(2), LayerSpec(1, "tanh")), loss="binary_cross_entropy"),
            "spec.layers[1].activation",
            "between 0 and 1",
        ),
        (Spec((LayerSpec(2), LayerSpec(1, "tanh", dropout=0.5))), "spec.layers[1].dropout", "hidden"),
        (
            Spec((LayerSpec(2), LayerSpec(2, "tanh", dropout=1.0), LayerSpec(1, "tanh"))),
            "spec.layers[1].dropout",
            "below 1",
        ),
        (Spec(TWO, batch_size=0), "spec.batch_size", "batch size is 0"),
        (Spec(TWO, l2=-1), "spec.l2", "-1"),
        (Spec(TWO, seed=-1), "spec.seed", "-1"),
        (Spec(TWO, dtype="float16"), "spec.dtype", "float16"),
        (Spec(TWO, frozen=("b2",)), "spec.frozen", "'b2'"),
        (Spec(TWO, optimizer=Choice("sgd", {"rate": 1})), "spec.optimizer.rate", "no option 'rate'"),
        (Spec(TWO, optimizer=Choice("sgd", {"learning_rate": -1})), "spec.optimizer.learning_rate", "-1"),
        (Spec(TWO, initializer=Choice("uniformly")), "spec.initializer", "'uniformly'"),
    ],
)
def test_a_spec_that_makes_no_network_is_refused_with_its_field_and_its_value(
    spec: Spec, where: str, words: str
) -> None:
    with pytest.raises(SpecError) as refusal:
        checked(spec)
    assert refusal.value.where == where
    assert words in refusal.value.message


def test_defaults_are_those_of_the_course_note() -> None:
    spec = checked(Spec(TWO))
    assert spec.initializer == Choice("uniform", {"low": 0.0, "high": 1.0})
    assert spec.loss == "half_squared_error"
    assert spec.dtype == "float64"


@pytest.mark.parametrize("name", [entry.name for entry in initializers])
def test_every_initializer_draws_the_same_numbers_from_the_same_seed(name: str) -> None:
    spec = spec_of(50, 40, 30, initializer=Choice(name))
    assert drawn(spec).tobytes() == drawn(spec).tobytes()


def test_another_seed_draws_other_numbers() -> None:
    assert not np.array_equal(drawn(spec_of(2, 3, 1, seed=1)), drawn(spec_of(2, 3, 1, seed=2)))


def test_uniform_fills_its_range_with_weights_and_biases() -> None:
    flat = drawn(spec_of(50, 40, 30, initializer=Choice("uniform", {"low": -2.0, "high": 3.0})))
    assert -2 <= flat.min() < -1.9
    assert 2.9 < flat.max() <= 3
    assert abs(flat.mean() - 0.5) < 0.1


@pytest.mark.parametrize(("name", "deviation"), [("xavier", np.sqrt(2 / (200 + 100))), ("he", np.sqrt(2 / 200))])
def test_scaled_initializers_have_their_deviation_and_zero_biases(name: str, deviation: float) -> None:
    spec = spec_of(200, 100, initializer=Choice(name))
    (view,) = layer_views(spec, drawn(spec))
    assert np.std(view[:, :-1]) == pytest.approx(deviation, rel=0.03)
    assert not view[:, -1].any()


def test_given_parameters_are_taken_as_they_are() -> None:
    spec = spec_of(2, 1)
    assert given(spec, [GivenLayer([[1.5, -2.0]], [0.25])]).tolist() == [1.5, -2.0, 0.25]


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (GivenLayer([[1.0, 2.0, 3.0]], [0.0]), "1 × 3; expected 1 × 2"),
        (GivenLayer([[1.0, 2.0], [1.0]], [0.0]), "Row 1 has 1 numbers"),
        (GivenLayer([[1.0, 2.0]], [0.0, 1.0]), "2; expected 1"),
    ],
)
def test_given_parameters_of_another_shape_are_refused_with_both_shapes(layer: GivenLayer, words: str) -> None:
    with pytest.raises(SpecError) as refusal:
        given(spec_of(2, 1), [layer])
    assert words in refusal.value.message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"optimizer": Choice("sgd", {"learning_rate": -1.0})},
            "Learning rate is -1; expected a number from 0 to 1,000,000,000,000.",
        ),
        ({"l2": 2e12}, "L2 penalty is 2,000,000,000,000; expected a number from 0 to 1,000,000,000,000."),
        (
            {"initializer": Choice("uniform", {"low": 1.0, "high": 0.5})},
            "Low is 1 and High is 0.5; expected Low not above High.",
        ),
    ],
)
def test_a_number_that_is_refused_is_named_and_written_as_people_do(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(SpecError) as refusal:
        spec_of(2, 1, **fields)
    assert refusal.value.message == message


@pytest.mark.parametrize(
    ("number", "written"),
    [(-1, "-1"), (1e12, "1,000,000,000,000"), (1e-8, "0.00000001"), (0.1, "0.1"), (0, "0"), (1e300, "1e+300")],
)
def test_numbers_in_messages_are_plain(number: float, written: str) -> None:
    assert plain(number) == written
