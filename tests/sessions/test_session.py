"""A session: seeking, editing, taking back, training, all of which lead to the same numbers by any way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from app.data.dataset import Dataset
from app.data.ready import ready_set
from app.errors import IndexInvalid, NotDue, NothingToUndo, SpecError, StaleRevision
from app.nn.network import Network
from app.nn.optimizers import optimizers
from app.nn.parameters import GivenLayer
from app.nn.registry import Choice
from app.nn.spec import LayerSpec, Spec, checked
from app.sessions.session import Session
from app.sessions.start import begin
from app.sessions.timeline import Change
from app.steps.cursor import Cursor
from app.words import words
from tests.networks import spec_of


def session_of(spec: Spec | None = None, data: str = "xor") -> Session:
    return Session("s", begin(spec or spec_of(2, 3, 1), ready_set(data)))


def iris() -> Session:
    layers = (LayerSpec(4), LayerSpec(5, "tanh"), LayerSpec(3, "softmax"))
    return session_of(checked(Spec(layers, loss="cross_entropy", batch_size=40, shuffle=True, seed=3)), "iris")


def numbers(session: Session) -> dict[str, bytes]:
    return {name: tensor.tobytes() for name, tensor in session.iteration.tape().tensors.items()}


def trained(session: Session, iterations: int) -> bytes:
    session.train(iterations, 60)
    session.seek(Cursor(iterations))
    return session.iteration.parameters(0).tobytes()


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


def test_what_dropout_drops_is_the_same_by_any_way() -> None:
    spec = spec_of(2, 8, 8, 1, dropout=0.5, batch_size=2)
    wandering, straight = session_of(spec), session_of(spec)
    for iteration in (3, 700, 6):
        wandering.train(iteration, 60)
        wandering.seek(Cursor(iteration))
        wandering.iteration.tape()
    straight.seek(Cursor(6))
    assert numbers(wandering) == numbers(straight)
    stepped = session_of(spec)
    while stepped.cursor.iteration < 6:
        stepped.step("operation", "next")
        stepped.iteration.tape()
    assert numbers(stepped) == numbers(straight)


def test_every_iteration_and_layer_drops_others() -> None:
    session = session_of(spec_of(2, 40, 40, 1, dropout=0.5, batch_size=4))
    first = session.iteration.tape().tensors
    session.seek(Cursor(1))
    second = session.iteration.tape().tensors
    for one, other in ((first["mask1"], first["mask2"]), (first["mask1"], second["mask1"])):
        assert not np.array_equal(one, other)
    assert set(np.unique(first["mask1"])) == {0, 2}
    assert 0.35 < np.mean(first["mask1"] == 0) < 0.65


def test_nothing_is_dropped_where_nothing_is_learned() -> None:
    session, whole = (session_of(spec_of(2, 8, 1, dropout=p)) for p in (0.5, 0.0))
    beside = session.iteration.tape(3)
    np.testing.assert_array_equal(beside.tensors["mask1"][1], np.ones(8))
    assert beside.tensors["a2"][1] == whole.iteration.tape(3).tensors["a2"][1]
    inputs = session.timeline.data.inputs
    (_, told), (_, wanted) = (one.iteration.predict(inputs, 0) for one in (session, whole))
    np.testing.assert_array_equal(told[2], wanted[2])
    updated = session.iteration.parameters(len(session.iteration.operations))
    again = Network(whole.iteration.spec, updated).plan(1)
    rows = list(session.iteration.batch)
    again.load(inputs[rows], session.timeline.data.targets[rows])
    again.evaluate()
    assert session.iteration.cost_after.total == again.tensors["C"]


def test_another_schedule_counts_its_updates_from_the_first() -> None:
    session = session_of(spec_of(2, 3, 1, schedule=Choice("exponential", {"factor": 0.5})))
    session.seek(Cursor(5))
    assert session.iteration.tape().tensors["t"] == 6
    session.edit_spec(spec_of(2, 3, 1, schedule=Choice("warm_up", {"length": 4.0})))
    assert session.iteration.tape().tensors["t"] == 1
    assert session.iteration.tape().tensors["eta"] == 0.1 / 4
    session.seek(Cursor(4))
    assert session.iteration.tape().tensors["t"] == 5


def test_another_optimizer_begins_with_nothing_remembered() -> None:
    session = session_of(spec_of(2, 3, 1, optimizer=Choice("adam")))
    session.seek(Cursor(5))
    assert session.iteration.tape().tensors["t"] == 6
    session.edit_spec(spec_of(2, 3, 1, optimizer=Choice("momentum")))
    tape = session.iteration.tape()
    assert tape.tensors["t"] == 1
    assert not tape.tensors["velocityW1"].any()
    session.seek(Cursor(6))
    assert session.iteration.tape().tensors["t"] == 2
    session.seek(Cursor(4))
    assert session.iteration.tape().tensors["t"] == 5


def test_what_is_kept_for_frozen_weights_stays_until_they_move_again() -> None:
    session = session_of(spec_of(2, 3, 1, optimizer=Choice("momentum")))
    session.seek(Cursor(3))
    velocity = session.iteration.tape().tensors["velocityW1"].copy()
    assert velocity.any()
    session.edit_spec(spec_of(2, 3, 1, optimizer=Choice("momentum"), frozen=("layer 1",)))
    session.seek(Cursor(6))
    tape = session.iteration.tape()
    np.testing.assert_array_equal(tape.tensors["velocityW1"], velocity)
    np.testing.assert_array_equal(tape.tensors["velocityW1.new"], velocity)
    assert not np.array_equal(tape.tensors["velocityW2"], tape.tensors["velocityW2.new"])


def test_a_frozen_weight_tells_the_start_that_it_comes_from_and_the_others_the_update() -> None:
    session = session_of(spec_of(2, 3, 1, frozen=("W1[0,1]",)))
    session.seek(Cursor(2))
    assert session.iteration.origin_of("W1", (0, 1), words()).startswith("It was drawn at the start")
    assert "the update before" in session.iteration.origin_of("W1", (0, 0), words())


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


def test_a_row_beside_the_batch_is_computed_and_moves_nothing() -> None:
    session = session_of()
    alone = session.iteration.tape().tensors["W1.new"].copy()
    tape = session.iteration.tape(3)
    assert tape.rows == (0, 3)
    assert tape.tensors["a2"].shape == (2, 1)
    np.testing.assert_array_equal(tape.tensors["W1.new"], alone)
    inputs = session.timeline.data.inputs[3]
    weights, biases = tape.tensors["W1"], tape.tensors["b1"]
    np.testing.assert_allclose(tape.tensors["z1"][1], weights @ inputs + biases, rtol=1e-15)


def test_an_edit_acts_at_the_start_of_the_iteration_and_the_cursor_stays() -> None:
    session = session_of()
    session.seek(Cursor(3, 20))
    session.edit_parameters([Change("W1", (0, 1), 0.25)])
    assert session.cursor == Cursor(3, 20)
    assert session.iteration.tape().tensors["W1"][0, 1] == 0.25
    session.seek(Cursor(2))
    assert session.iteration.tape().tensors["W1"][0, 1] != 0.25


def test_an_edit_can_be_taken_back_and_put_back_with_its_future() -> None:
    session = session_of()
    future = trained(session, 9)
    session.seek(Cursor(4, 3))
    session.edit_parameters([Change("b2", (0,), -2.0)])
    edited = trained(session, 9)
    assert edited != future
    session.undo()
    assert session.cursor == Cursor(4, 3)
    assert trained(session, 9) == future
    session.redo()
    assert trained(session, 9) == edited


def test_a_hundred_edits_can_be_taken_back() -> None:
    session = session_of()
    for value in range(102):
        session.edit_parameters([Change("b2", (0,), float(value))])
    for _ in range(100):
        session.undo()
    assert session.iteration.tape().tensors["b2"][0] == 1.0
    assert not session.can_undo


def test_there_is_nothing_to_take_back_before_the_first_edit() -> None:
    with pytest.raises(NothingToUndo):
        session_of().undo()


def test_a_new_learning_rate_acts_from_this_iteration_on() -> None:
    session = session_of()
    session.seek(Cursor(2))
    before = session.iteration.tape().tensors["W1.new"].copy()
    session.edit_spec(spec_of(2, 3, 1, optimizer=Choice("sgd", {"learning_rate": 2.0})))
    after = session.iteration.tape()
    assert not np.array_equal(after.tensors["W1.new"], before)
    np.testing.assert_array_equal(after.tensors["W1.new"], after.tensors["W1"] - 2.0 * after.tensors["dW1"])
    session.seek(Cursor(1))
    assert session.iteration.spec.optimizer["learning_rate"] == 0.1


def test_another_loss_starts_again_from_the_same_parameters() -> None:
    session = session_of()
    start = numbers(session)["W1"]
    session.seek(Cursor(5, 3))
    session.edit_spec(spec_of(2, 3, 1, loss="binary_cross_entropy"))
    assert session.cursor == Cursor()
    assert numbers(session)["W1"] == start


def test_given_and_edited_start_parameters_survive_what_does_not_resize_them() -> None:
    spec = spec_of(2, 2, 1)
    given = [GivenLayer([[0.15, 0.2], [0.25, 0.3]], [0.35, 0.35]), GivenLayer([[0.4, 0.45]], [0.6])]
    session = Session("s", begin(spec, ready_set("xor"), given))
    session.edit_parameters([Change("W1", (0, 0), 5.0)])
    session.seek(Cursor(4, 3))
    for other in (
        spec_of(2, 2, 1, loss="binary_cross_entropy"),
        spec_of(2, 2, 1, hidden="sigmoid"),
        spec_of(2, 2, 1, dtype="float32"),
    ):
        session.edit_spec(other)
        assert session.cursor == Cursor()
        np.testing.assert_allclose(session.iteration.tape().tensors["W1"], [[5.0, 0.2], [0.25, 0.3]], rtol=1e-7)


def test_an_empty_list_of_parameters_is_not_taken_for_none() -> None:
    with pytest.raises(SpecError):
        begin(spec_of(2, 1), ready_set("or"), [])


def test_frozen_parameters_tell_the_start_or_the_hand_that_they_come_from() -> None:
    session = session_of(spec_of(2, 3, 1, frozen=("b1",)))
    session.seek(Cursor(1))
    session.edit_parameters([Change("b1", (0,), 1.0)])
    session.seek(Cursor(3))
    told = partial(session.iteration.origin_of, words=words())
    assert told("b1", (1,)).startswith("It was drawn at the start")
    assert told("b1", (0,)) == "It was set by hand, and is frozen since."
    assert "the update before" in told("W1", (0, 0))
    session.seek(Cursor(1))
    assert "at the start of this iteration" in session.iteration.origin_of("b1", (0,), words())


def test_another_penalty_changes_the_operations_so_the_cursor_goes_to_their_start() -> None:
    session = session_of(spec_of(2, 3, 1, l2=0.1))
    session.seek(Cursor(2, 20))
    session.edit_spec(spec_of(2, 3, 1, l1=0.1))
    assert session.cursor == Cursor(2)


def test_without_a_penalty_the_cost_is_that_of_the_data_to_the_bit() -> None:
    session = session_of(spec_of(4, 5, 3, output="softmax", loss="cross_entropy", batch_size=11), "iris")
    for iteration in range(20):
        session.seek(Cursor(iteration))
        assert session.iteration.cost.data == session.iteration.cost.total


def test_other_layers_start_again_from_new_parameters() -> None:
    session = session_of()
    session.seek(Cursor(5, 3))
    session.edit_spec(spec_of(2, 4, 1))
    assert session.cursor == Cursor()
    assert session.iteration.tape().tensors["W1"].shape == (4, 2)
    session.undo()
    assert session.cursor == Cursor(5, 3)
    assert session.iteration.tape().tensors["W1"].shape == (3, 2)


def test_another_batch_size_begins_a_new_epoch() -> None:
    session = session_of()
    session.seek(Cursor(2))
    session.edit_spec(spec_of(2, 3, 1, batch_size=3))
    batches = session.iteration.batches
    assert [batches.examples(iteration) for iteration in (2, 3)] == [(0, 1, 2), (3,)]
    assert batches.epoch(2) == 1


def test_freezing_changes_the_operations_so_the_cursor_goes_to_their_start() -> None:
    session = session_of()
    session.seek(Cursor(2, 20))
    session.edit_spec(spec_of(2, 3, 1, frozen=("b1",)))
    assert session.cursor == Cursor(2, 0)


def test_a_pass_that_is_not_due_is_refused_and_says_which_is() -> None:
    session = session_of()
    with pytest.raises(NotDue) as refusal:
        session.step_due("pass", "backward")
    assert refusal.value.due == "forward"
    for due in ("forward", "forward", "backward", "backward", "forward"):
        session.step_due("pass", due)
    assert session.cursor == Cursor(1, 0)


def test_a_position_that_does_not_exist_is_refused() -> None:
    session = session_of()
    with pytest.raises(IndexInvalid):
        session.seek(Cursor(0, len(session.iteration.operations) + 1))


@pytest.mark.parametrize("change", [Change("z1", (0,), 1.0), Change("W1", (0,), 1.0), Change("W1", (3, 0), 1.0)])
def test_a_parameter_that_does_not_exist_is_refused_and_nothing_changes(change: Change) -> None:
    session = session_of()
    with pytest.raises(IndexInvalid):
        session.edit_parameters([Change("W1", (0, 0), 5.0), change])
    assert session.revision == 0
    assert session.iteration.tape().tensors["W1"][0, 0] != 5.0


def test_an_old_revision_is_refused_and_a_repeated_request_has_one_effect() -> None:
    session = session_of()
    assert session.admission.admit(session.revision, 0, "first")
    session.step("operation", "next")
    session.admission.remember("first")
    assert not session.admission.admit(session.revision, 0, "first")
    with pytest.raises(StaleRevision):
        session.admission.admit(session.revision, 0, "second")
    assert session.admission.admit(session.revision, 1, "second")


def test_the_cost_after_the_update_is_that_of_the_updated_parameters_on_the_same_batch() -> None:
    session = session_of()
    after = session.iteration.cost_after
    moved = session_of()
    moved.edit_parameters(
        [
            Change(name.removesuffix(".new"), tuple(int(i) for i in index), float(values[index]))
            for name, values in session.iteration.tape().tensors.items()
            if name.endswith(".new")
            for index in np.ndindex(values.shape)
        ]
    )
    assert moved.iteration.cost == after


def test_a_prediction_in_the_middle_of_an_update_uses_what_is_updated_so_far() -> None:
    session = session_of()
    tape = session.iteration.tape()
    position = session.iteration.operations.writer("W1.new", (1, 0))
    assert position is not None
    weights = session.iteration.parameter("W1", position)
    np.testing.assert_array_equal(weights[0], tape.tensors["W1.new"][0])
    np.testing.assert_array_equal(weights[1:], tape.tensors["W1"][1:])


def test_far_iterations_are_reached_again_from_few_checkpoints() -> None:
    session = session_of()
    trained(session, 5000)
    assert len(session.timeline.checkpoints) <= 512
    for iteration in (4999, 3, 3777, 5000):
        session.seek(Cursor(iteration))
        fresh = session_of()
        fresh.seek(Cursor(iteration))
        assert numbers(session) == numbers(fresh)


def test_a_row_to_test_on_is_shown_beside_the_batch_and_never_trained_on() -> None:
    data = Dataset("", "", "", np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[1.0], [0.0]]))
    tested = replace(data, test_inputs=np.array([[0.3, 0.7]]), test_targets=np.array([[1.0]]))
    spec = Spec((LayerSpec(2), LayerSpec(1, "sigmoid")), batch_size=2)
    with_tests, without = (Session("s", begin(spec, rows)) for rows in (tested, data))
    tape = with_tests.iteration.tape(2)
    assert tape.rows == (0, 1, 2)
    assert tape.tensors["a0"][2].tolist() == [0.3, 0.7]
    assert with_tests.iteration.parameters(len(with_tests.iteration.operations)).tolist() == (
        without.iteration.parameters(len(without.iteration.operations)).tolist()
    )
    with pytest.raises(IndexInvalid, match="0 to 2"):
        with_tests.iteration.tape(3)
