"""A session: one learner's network over time, and the cursor where the learner stands."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..errors import IndexInvalid, NotDue, NothingToUndo, StaleRevision
from ..nn.network import Network
from ..nn.parameters import named_views
from ..nn.plan import Plan
from ..nn.registry import Array
from ..nn.spec import Spec, checked
from ..steps.cursor import Cursor
from ..steps.operations import Operations
from ..steps.tape import Tape
from .replay import Replay
from .start import begin
from .timeline import Change, Edit, Timeline

REMEMBERED_REQUESTS = 64


@dataclass(frozen=True)
class Place:
    """A timeline and where a learner stood on it."""

    timeline: Timeline
    cursor: Cursor


class Cost(NamedTuple):
    """The cost of a batch: of its data, of the weights, and both."""

    data: float
    penalty: float
    total: float


class Session:
    """One learner's network over time.

    Attributes:
        lock: held by whoever works on the session; training does, on another thread.
        revision: rises with every change, moves of the cursor included.
        edition: rises with every edit; the numbers of an iteration are the same as long as it is.
        granularity: by what the learner stepped last.
    """

    def __init__(self, id: str, timeline: Timeline) -> None:
        self.id = id
        self.lock = asyncio.Lock()
        self.revision = 0
        self.edition = 0
        self.granularity = "operation"
        self._requests: OrderedDict[str, None] = OrderedDict()
        self._past: list[Place] = []
        self._future: list[Place] = []
        self._stand(Place(timeline, Cursor()))

    @property
    def spec(self) -> Spec:
        """The spec of the iteration where the cursor is."""
        return self.operations.spec

    def admit(self, revision: int | None, request_id: str | None) -> bool:
        """Whether a request is to have its effect: not if it is a repeat.

        Raises:
            StaleRevision: it was made on a state that is no longer the newest.
        """
        if request_id is not None and request_id in self._requests:
            return False
        if revision is not None and revision != self.revision:
            raise StaleRevision(
                f"The request was made on revision {revision}; the session is at {self.revision}.",
                hint="Get the session again and decide on what it says now.",
                where="revision",
            )
        if request_id is not None:
            self._requests[request_id] = None
            while len(self._requests) > REMEMBERED_REQUESTS:
                self._requests.popitem(last=False)
        return True

    def step(self, granularity: str, direction: str) -> None:
        """One step, whichever phase it belongs to."""
        move = self.cursor.next if direction == "next" else self.cursor.previous
        self._move(move(self.operations, granularity))
        self.granularity = granularity

    def step_due(self, granularity: str, wanted: str) -> None:
        """One step forward in time, if it belongs to the wanted pass.

        Raises:
            NotDue: it belongs to the other.
        """
        due = self.cursor.due(self.operations)
        if due != wanted:
            raise NotDue(
                f"A {wanted} step was asked for, but a {due} step is due.",
                due=due,
                hint=f"Send it to {due}, or use step with a direction.",
            )
        self.step(granularity, "next")

    def seek(self, cursor: Cursor) -> None:
        """Stand somewhere else.

        Raises:
            IndexInvalid: there is no such position.
        """
        operations = Operations(self.timeline.spec_at(cursor.iteration))
        if not 0 <= cursor.operation <= len(operations):
            raise IndexInvalid(
                f"Position {cursor.operation} does not exist; an iteration has positions 0 to {len(operations)}.",
                where="operation",
            )
        self._move(cursor)

    def edit_parameters(self, changes: Sequence[Change]) -> None:
        """Set weights and biases as they are at the start of this iteration.

        Raises:
            IndexInvalid: there is no such parameter.
        """
        for change in changes:
            self._check_parameter(change)
        self._edit(Edit(self.cursor.iteration, changes=tuple(changes)))

    def edit_spec(self, spec: Spec) -> None:
        """Go on by another spec. Where layers, loss or the start change, iteration 0 is where it goes on.

        Raises:
            SpecError, DataError: it cannot make a network, or not on this data.
        """
        spec = checked(spec)
        if _starts_alike(spec, self.spec):
            self._edit(Edit(self.cursor.iteration, spec=spec))
            return
        restarted = begin(spec, self.timeline.data)
        if (spec.layers, spec.initializer, spec.seed, spec.dtype) == _start(self.spec):
            restarted = Timeline(spec, self.timeline.data, self.timeline.start, self.timeline.origin)
        self._remember()
        self._stand(Place(restarted, Cursor()))
        self.revision += 1

    def undo(self) -> None:
        """Take back the last edit.

        Raises:
            NothingToUndo: there is none.
        """
        self._return(self._past, self._future, "undo")

    def redo(self) -> None:
        """Put back the edit that was taken back last.

        Raises:
            NothingToUndo: there is none.
        """
        self._return(self._future, self._past, "redo")

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    @property
    def reached(self) -> int:
        """The furthest iteration that was computed on this timeline."""
        return self.timeline.checkpoints.furthest

    def train(self, iteration: int, seconds: float) -> bool:
        """Compute towards the start of an iteration for about so many seconds; whether it is reached."""
        return self._replay.train(iteration, seconds)

    def tape_of(self, iteration: int, row: int | None = None) -> Tape:
        """The numbers of any iteration, and those of a row beside its batch."""
        if iteration == self.cursor.iteration:
            return self.tape(row)
        return self._replay.tape(iteration, row)

    def tape(self, row: int | None = None) -> Tape:
        """The numbers of the current iteration, and those of a row beside it.

        Raises:
            IndexInvalid: the data has no such row.
        """
        if row is not None and not 0 <= row < self.timeline.data.rows:
            raise IndexInvalid(
                f"The data has no row {row}; its rows are 0 to {self.timeline.data.rows - 1}.", where="example"
            )
        beside = row if row is not None and row not in self.batch else None
        if self._tape is None or (beside is not None and beside not in self._tape.rows):
            self._tape = self._replay.tape(self.cursor.iteration, beside)
        return self._tape

    @property
    def batch(self) -> tuple[int, ...]:
        """The rows of the current iteration's batch."""
        return self.timeline.batches_at(self.cursor.iteration).examples(self.cursor.iteration)

    @property
    def origin(self) -> str:
        """Where the parameters at the start of this iteration came from, as a sentence."""
        before = self.cursor.iteration - 1
        return f"It is what the update of iteration {before} made." if before >= 0 else self.timeline.origin

    @property
    def edited(self) -> frozenset[tuple[str, tuple[int, ...]]]:
        """The parameters that a person set at the start of this iteration."""
        edits = (edit for edit in self.timeline.edits if edit.iteration == self.cursor.iteration)
        return frozenset((change.tensor, change.index) for edit in edits for change in edit.changes)

    def cost(self) -> Cost:
        """The cost of the batch before the update."""
        tape = self.tape()
        return _cost(tape.tensors, tape.batch)

    def cost_after(self) -> Cost:
        """The cost of the same batch with the updated parameters."""
        if self._after is None:
            data, rows = self.timeline.data, list(self.batch)
            plan = Plan(self.spec, self.parameters(len(self.operations)), len(rows))
            with np.errstate(all="ignore"):
                plan.load(data.inputs[rows], data.targets[rows])
                plan.evaluate()
            self._after = _cost(plan.tensors, len(rows))
        return self._after

    def predict(self, inputs: Array) -> tuple[list[Array], list[Array]]:
        """The sums and activations of every layer for inputs, with the parameters at the cursor."""
        return Network(self.spec, self.parameters()).predict(inputs)

    def parameters(self, position: int | None = None) -> Array:
        """The parameters at a position, the cursor's if none is given, flat: updated as far as the update has come."""
        tape, at = self.tape(), self.cursor.operation if position is None else position
        flat = np.empty(self.spec.parameter_count, self.spec.dtype)
        for name, view in named_views(self.spec, flat).items():
            view[...] = at_cursor(self.operations, tape, at, name)
        return flat

    def _move(self, cursor: Cursor) -> None:
        if cursor.iteration != self.cursor.iteration:
            self._stand(Place(self.timeline, cursor))
        self.cursor = cursor
        self.revision += 1

    def _edit(self, edit: Edit) -> None:
        self._remember()
        timeline = self.timeline.edited(edit)
        operations = Operations(timeline.spec_at(edit.iteration))
        same = operations.passes == self.operations.passes and operations.segments == self.operations.segments
        self._stand(Place(timeline, self.cursor if same else Cursor(edit.iteration)))
        self.revision += 1

    def _remember(self) -> None:
        self._past.append(Place(self.timeline, self.cursor))
        self._future.clear()

    def _return(self, source: list[Place], other: list[Place], verb: str) -> None:
        if not source:
            raise NothingToUndo(f"There is no edit to {verb}.")
        other.append(Place(self.timeline, self.cursor))
        self._stand(source.pop())
        self.revision += 1

    def _stand(self, place: Place) -> None:
        """Stand on a timeline at a cursor: what was computed for elsewhere is dropped."""
        if not hasattr(self, "timeline") or place.timeline is not self.timeline:
            self.timeline = place.timeline
            self.edition += 1
            self._replay = Replay(place.timeline)
        self.cursor = place.cursor
        self.operations = Operations(self.timeline.spec_at(place.cursor.iteration))
        self._tape: Tape | None = None
        self._after: Cost | None = None

    def _check_parameter(self, change: Change) -> None:
        shapes = {name: view.shape for name, view in named_views(self.spec, self.timeline.start).items()}
        shape = shapes.get(change.tensor)
        if shape is None:
            raise IndexInvalid(
                f"{change.tensor[:40]!r} cannot be edited.", hint=f"Use one of: {', '.join(shapes)}.", where="tensor"
            )
        if len(change.index) != len(shape) or not all(0 <= i < n for i, n in zip(change.index, shape, strict=True)):
            raise IndexInvalid(
                f"{change.tensor} has no element {list(change.index)}; its shape is {list(shape)}.", where="index"
            )


def at_cursor(operations: Operations, tape: Tape, position: int, name: str) -> Array:
    """A parameter tensor's values at a position: the new ones where the update has written them."""
    values = tape.tensors[name].copy()
    new = f"{name}.new"
    if new in operations:
        written = operations.written(new, position)
        values.reshape(-1)[:written] = tape.tensors[new].reshape(-1)[:written]
    return values


def _starts_alike(spec: Spec, other: Spec) -> bool:
    """Whether a spec can go on where another stands: what it changes has no part in the start or the operations."""
    return (*_start(spec), spec.loss) == (*_start(other), other.loss)


def _start(spec: Spec) -> tuple[object, ...]:
    return spec.layers, spec.initializer, spec.seed, spec.dtype


def _cost(tensors: dict[str, Array], batch: int) -> Cost:
    penalty = sum(float(tensor) for name, tensor in tensors.items() if name.startswith("penalty_"))
    data = float(np.mean(tensors["own"][:batch]))
    return Cost(data, penalty, float(tensors["C"]))
