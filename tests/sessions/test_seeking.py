"""Any way to a position leads to the same numbers: steps, training, seeking, there and back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.errors import IndexInvalid
from app.nn.optimizers import optimizers
from app.nn.registry import Choice
from app.sessions.session import Session
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .sessions import iris, numbers, session_of, trained


@pytest.mark.parametrize("make", [session_of, iris])
def test_single_steps_and_training_leave_the_same_bits(make: Callable[[], Session]) -> None:
    stepped, run = make(), make()
    while stepped.cursor.iteration < 7:
        stepped.step("operation" if stepped.cursor.iteration % 3 == 0 else "pass", "next")
        stepped.iteration.tape()
    assert stepped.iteration.parameters(0).tobytes() == trained(run, 7)


def test_where_one_comes_from_makes_no_difference_to_where_one_is() -> None:
    wandering = iris()
    generator = np.random.default_rng(1)
    for _ in range(40):
        to = Cursor(int(generator.integers(0, 30)), int(generator.integers(0, len(wandering.iteration.operations) + 1)))
        wandering.seek(to)
        straight = iris()
        straight.seek(to)
        assert numbers(wandering) == numbers(straight)


@pytest.mark.parametrize("name", [optimizer.name for optimizer in optimizers])
def test_what_an_optimizer_remembers_is_the_same_by_any_way(name: str) -> None:
    spec = spec_of(2, 3, 1, optimizer=Choice(name))
    wandering, straight = session_of(spec), session_of(spec)
    for iteration in (3, 9, 2, 700, 6):
        wandering.train(iteration, 60)
        wandering.seek(Cursor(iteration))
        wandering.iteration.tape()
    straight.seek(Cursor(6))
    assert numbers(wandering) == numbers(straight)


def test_a_schedules_learning_rates_are_the_same_by_any_way() -> None:
    spec = spec_of(2, 3, 1, schedule=Choice("warm_up", {"length": 50.0}), clip=0.05)
    wandering, straight = session_of(spec), session_of(spec)
    for iteration in (3, 700, 6):
        wandering.train(iteration, 60)
        wandering.seek(Cursor(iteration))
        wandering.iteration.tape()
    straight.seek(Cursor(6))
    assert numbers(wandering) == numbers(straight)
    assert straight.iteration.tape().tensors["eta"] == pytest.approx(0.1 * 7 / 50)


def test_back_to_the_start_everything_is_as_it_was() -> None:
    session = session_of()
    first = numbers(session)
    for _ in range(60):
        session.step("neuron", "next")
        session.iteration.tape()
    assert session.cursor > Cursor(2)
    while session.cursor > Cursor():
        session.step("operation", "previous")
        session.iteration.tape()
    assert numbers(session) == first


def test_far_iterations_are_reached_again_from_few_checkpoints() -> None:
    session = session_of()
    trained(session, 5000)
    assert len(session.timeline.checkpoints) <= 512
    for iteration in (4999, 3, 3777, 5000):
        session.seek(Cursor(iteration))
        fresh = session_of()
        fresh.seek(Cursor(iteration))
        assert numbers(session) == numbers(fresh)


def test_a_position_that_does_not_exist_is_refused() -> None:
    session = session_of()
    with pytest.raises(IndexInvalid):
        session.seek(Cursor(0, len(session.iteration.operations) + 1))
