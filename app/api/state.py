"""The state of a session as it is answered: complete, or light for a page that already has the tape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import Query
from pydantic import BaseModel, ConfigDict, RootModel

from ..nn.registry import Array
from ..sessions.session import Session, at_cursor
from ..steps.explain import Explanation, Reading
from ..steps.explainer import Explainer
from ..steps.names import Names
from ..steps.notation import notations
from ..steps.sentences import headline
from ..steps.tape import Tape
from .building import spec_dict


@dataclass(frozen=True)
class Viewing:
    """How an answer is wanted: complete or light, which row is shown, how many digits, which notation."""

    view: Annotated[Literal["full", "step"], Query(description="full: every number; step: how many are written")] = "full"
    example: Annotated[int | None, Query(description="the row of the data to show")] = None
    digits: Annotated[int, Query(ge=0, le=12, description="decimals in explanations")] = 3
    notation: Annotated[str, Query(max_length=40)] = "superscript"


class Answer(BaseModel):
    """An answer; not-a-number and infinities travel as strings."""

    model_config = ConfigDict(ser_json_inf_nan="strings")


class ExplanationAnswer(RootModel[Explanation]):
    """Everything that is said about one number."""

    model_config = ConfigDict(ser_json_inf_nan="strings")


class DataSummary(Answer):
    """What the data is; `name` is None for a person's own."""

    name: str | None
    title: str
    task: str
    rows: int
    features: tuple[str, ...]
    targets: tuple[str, ...]
    classes: tuple[str, ...] | None


class Position(Answer):
    """Where the cursor stands; an iteration has positions 0 to `operations`."""

    iteration: int
    operation: int
    operations: int


class SegmentAnswer(Answer):
    """A stretch of operations of one layer in one phase."""

    phase: str
    layer: int | None
    first: int
    end: int


class BatchAnswer(Answer):
    """The batch by its number in the epoch and its rows of the data; `shown` may be none of them."""

    index: int
    epoch: int
    batches: int
    examples: tuple[int, ...]
    shown: int


class CostParts(Answer):
    """The batch's cost: of its data, of the weights, and both."""

    data: float
    penalty: float
    total: float


class CostAnswer(CostParts):
    """The batch's cost, the shown example's own, and, at the end of an iteration, the batch's after the update."""

    own: float
    after: CostParts | None


class Can(Answer):
    """Which edits can be taken back or put back."""

    undo: bool
    redo: bool


class StepRecord(Answer):
    """What the last granule did: operations `first` to `operation`, the last of them explained."""

    first: int
    operation: int
    granularity: str
    kind: str
    phase: str
    layer: int | None
    neuron: int | None
    headline: str
    explanation: Explanation


class State(Answer):
    """A session at its cursor. Tensors have null where nothing is written yet.

    Rows of z, a, da and dz are the batch's examples and, after them, the shown row where that is none of the batch.
    """

    id: str
    revision: int
    spec: dict[str, Any]
    data: DataSummary
    position: Position
    phase: str
    due: str
    segments: tuple[SegmentAnswer, ...]
    batch: BatchAnswer
    cost: CostAnswer | None
    can: Can
    step: StepRecord | None
    tensors: dict[str, Any] | None = None
    written: dict[str, int] | None = None


def state_of(session: Session, viewing: Viewing) -> State:
    """The state, as it is wanted."""
    tape = session.tape(viewing.example)
    operations, cursor = session.operations, session.cursor
    shown = session.batch[0] if viewing.example is None else viewing.example
    light = viewing.view == "step"
    return State(
        id=session.id,
        revision=session.revision,
        spec=spec_dict(session.spec),
        data=_data(session),
        position=Position(iteration=cursor.iteration, operation=cursor.operation, operations=len(operations)),
        phase=cursor.phase(operations),
        due=cursor.due(operations),
        segments=tuple(SegmentAnswer(**vars(segment)) for segment in operations.segments),
        batch=_batch(session, shown),
        cost=_cost(session, tape, shown),
        can=Can(undo=session.can_undo, redo=session.can_redo),
        step=_step(session, explainer(session, viewing)),
        tensors=None if light else _tensors(session, tape),
        written=_written(session) if light else None,
    )


def explainer(session: Session, viewing: Viewing) -> Explainer:
    """Explains the session's current iteration as the viewer reads."""
    data = session.timeline.data
    names = Names(session.spec.depth, data.features, data.target_names)
    row = session.batch[0] if viewing.example is None else viewing.example
    notation = notations.named(viewing.notation, "notation")
    reading = Reading(row, viewing.digits, notation, names, session.origin, session.edited)
    return Explainer(session.operations, session.tape(row), session.cursor.operation, reading)


def _data(session: Session) -> DataSummary:
    data = session.timeline.data
    return DataSummary(
        name=data.name or None,
        title=data.title,
        task=data.task,
        rows=data.rows,
        features=data.features,
        targets=data.target_names,
        classes=data.classes or None,
    )


def _batch(session: Session, shown: int) -> BatchAnswer:
    iteration = session.cursor.iteration
    batches = session.timeline.batches_at(iteration)
    return BatchAnswer(
        index=batches.index(iteration),
        epoch=batches.epoch(iteration),
        batches=batches.per_epoch,
        examples=session.batch,
        shown=shown,
    )


def _cost(session: Session, tape: Tape, shown: int) -> CostAnswer | None:
    operations, position = session.operations, session.cursor.operation
    if not operations.written("C", position):
        return None
    own = float(tape.tensors["own"][tape.rows.index(shown)])
    done = position == len(operations)
    after = CostParts(**session.cost_after()._asdict()) if done else None
    return CostAnswer(**session.cost()._asdict(), own=own, after=after)


def _step(session: Session, explains: Explainer) -> StepRecord | None:
    last = session.cursor.operation - 1
    if last < 0:
        return None
    operations = session.operations
    operation, first = operations[last], operations.granule(last, session.granularity)[0]
    return StepRecord(
        first=first,
        operation=last,
        granularity=session.granularity,
        kind=operation.kind,
        phase=operation.phase,
        layer=operation.layer,
        neuron=operation.neuron,
        headline=headline(session.granularity, operation, explains.reading.names),
        explanation=explains.operation(last),
    )


def _written(session: Session) -> dict[str, int]:
    operations, position = session.operations, session.cursor.operation
    return {tensor: operations.written(tensor, position) for tensor in operations.tensors}


def _tensors(session: Session, tape: Tape) -> dict[str, Any]:
    """Every tensor as nested lists; parameters as they are at the cursor, the rest as far as it is written."""
    operations, position = session.operations, session.cursor.operation
    tensors: dict[str, Any] = {}
    for name, values in tape.tensors.items():
        if name.endswith(".new"):
            continue
        if name not in operations:
            parameter = name not in tape.of_examples
            tensors[name] = at_cursor(operations, tape, position, name).tolist() if parameter else values.tolist()
        else:
            tensors[name] = _masked(values, operations.written(name, position), name in tape.of_examples)
    return tensors


def _masked(values: Array, written: int, of_examples: bool) -> Any:
    """Nested lists with None from the first element on that is not written."""
    kept = values.astype(object)
    flat = kept.reshape(len(kept) if of_examples else 1, -1)
    flat[:, written:] = None
    return flat.reshape(kept.shape).tolist() if np.ndim(kept) else flat[0, 0]
