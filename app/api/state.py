"""From a session to the state that is answered: complete, or light for a page that already has the tape."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from ..nn.registry import Array
from ..sessions.breakpoints import Breakpoint
from ..sessions.run import FOREVER
from ..sessions.session import Session
from ..steps.explain import Reading
from ..steps.explainer import Explainer
from ..steps.names import Names
from ..steps.notation import notations
from ..steps.sentences import headline
from ..words import Words
from .answers import (
    BatchAnswer,
    BranchAnswer,
    BreakpointAnswer,
    Can,
    CostAnswer,
    CostParts,
    DataSummary,
    DivergedAnswer,
    GoalAnswer,
    Position,
    RunAnswer,
    SegmentAnswer,
    State,
    StepRecord,
    Viewing,
)
from .building import spec_dict
from .called import called


def state_of(session: Session, viewing: Viewing) -> State:
    """The state, as it is wanted."""
    iteration, cursor = session.iteration, session.cursor
    operations, light = iteration.operations, viewing.view == "step"
    explains = explainer(session, viewing)
    return State(
        id=viewing.name or session.id,
        revision=session.revision,
        edition=session.edition,
        unsaved=session.unsaved,
        spec=spec_dict(iteration.spec),
        data=_data(session, viewing.words),
        position=Position(iteration=cursor.iteration, operation=cursor.operation, operations=len(operations)),
        furthest=session.timeline.checkpoints.visited,
        phase=cursor.phase(operations),
        due=cursor.due(operations),
        segments=tuple(SegmentAnswer(**vars(segment)) for segment in operations.segments),
        batch=_batch(session, explains.reading.row),
        cost=_cost(session, explains),
        diverged=_diverged(session, explains.reading.names),
        can=Can(undo=session.can_undo, redo=session.can_redo),
        branches=_branches(session, viewing.words),
        breakpoints=tuple(BreakpointAnswer(**vars(one), at=_stop(session, one)) for one in session.breakpoints),
        stopped=() if session.running else session.stopped,
        step=None if session.running else _step(session, explains),
        run=run_of(session),
        tensors=None if light else _tensors(session, explains),
        written=_written(session) if light else None,
    )


def check_view(session: Session, viewing: Viewing) -> None:
    """Refuse a view that cannot be answered, before anything is changed.

    Raises:
        SpecError: there is no such notation.
        IndexInvalid: the data has no such row.
    """
    check_notation(viewing)
    session.iteration.check_row(viewing.example)


def check_notation(viewing: Viewing) -> None:
    """Refuse a notation that there is not.

    Raises:
        SpecError: there is no such notation.
    """
    notations.named(viewing.notation, "notation")


def explainer(session: Session, viewing: Viewing) -> Explainer:
    """Explains the session's current iteration as the viewer reads."""
    iteration, data = session.iteration, called(session.timeline.data, viewing.words)
    names = Names(iteration.spec.depth, data.features, data.target_names, viewing.words)
    row = iteration.batch[0] if viewing.example is None else viewing.example
    notation = notations.named(viewing.notation, "notation")
    index = iteration.batches.index(iteration.number)
    reading = Reading(row, viewing.digits, notation, names, partial(iteration.origin_of, words=viewing.words), index)
    return Explainer(iteration.operations, iteration.tape(row), session.cursor.operation, reading)


def _data(session: Session, words: Words) -> DataSummary:
    data = called(session.timeline.data, words)
    return DataSummary(
        name=data.name or None,
        title=data.title,
        task=data.task,
        choice=dict(data.choice) or None,
        rows=data.rows,
        tests=data.tests,
        features=data.features,
        targets=data.target_names,
        classes=data.classes or None,
    )


def _branches(session: Session, words: Words) -> tuple[BranchAnswer, ...]:
    here = session.place.here
    return tuple(
        BranchAnswer(
            number=branch.number,
            name=branch.name,
            title=branch.name or words.say("branches.one" if branch.number else "branches.main", number=branch.number),
            parent=branch.parent,
            fork=branch.fork,
            iteration=branch.cursor.iteration,
            reach=branch.reach,
            current=branch is here,
        )
        for branch in session.place.branches
    )


def _batch(session: Session, shown: int) -> BatchAnswer:
    iteration = session.iteration
    batches, number = iteration.batches, iteration.number
    return BatchAnswer(
        index=batches.index(number),
        epoch=batches.epoch(number),
        batches=batches.per_epoch,
        examples=iteration.batch,
        shown=shown,
    )


def _cost(session: Session, explains: Explainer) -> CostAnswer | None:
    """The cost, once it is computed; at the end of the iteration, that after the update too."""
    iteration, position = session.iteration, session.cursor.operation
    if not iteration.operations.written("C", position):
        return None
    tape = explains.tape
    own = float(tape.tensors["own"][tape.rows.index(explains.reading.row)])
    done = position == len(iteration.operations) and not session.running
    after = CostParts(**iteration.cost_after._asdict()) if done else None
    return CostAnswer(**iteration.cost._asdict(), own=own, after=after)


def _diverged(session: Session, names: Names) -> DivergedAnswer | None:
    found = session.divergence
    if found is None:
        return None
    return DivergedAnswer(
        iteration=found.iteration,
        operation=found.operation,
        tensor=found.tensor,
        index=found.index,
        value=found.value,
        sentence=found.sentence(names),
    )


def _step(session: Session, explains: Explainer) -> StepRecord | None:
    last = session.cursor.operation - 1
    if last < 0:
        return None
    operations = session.iteration.operations
    operation, first = operations[last], operations.granule(last, session.granularity)[0]
    return StepRecord(
        first=first,
        operation=last,
        granularity=session.granularity,
        kind=operation.kind,
        phase=operation.phase,
        layer=operation.layer,
        neuron=operation.neuron,
        headline=_headline(session, explains),
        explanation=explains.operation(last),
    )


def _headline(session: Session, explains: Explainer) -> str:
    operations, last = session.iteration.operations, session.cursor.operation - 1
    kinds = operations.kinds(*operations.granule(last, session.granularity))
    return headline(session.granularity, operations[last], kinds, explains.reading.names)


def run_of(session: Session) -> RunAnswer | None:
    """The session's run, or its last one."""
    run = session.run
    if run is None:
        return None
    iterations, rate = run.goal.iterations(session.iteration.batches), run.rate if run.going else None
    return RunAnswer(
        going=run.going,
        why=run.why,
        until=GoalAnswer(**vars(run.goal)),
        speed=run.speed,
        begun=run.begun,
        done=run.done,
        iterations=iterations if iterations < FOREVER else None,
        rate=rate,
        seconds=max(iterations - run.done, 0) / rate if rate and iterations < FOREVER else None,
    )


def _stop(session: Session, stop: Breakpoint) -> int | None:
    """Where it is met in the iteration; nobody looks while it runs."""
    return None if session.running else stop.position(session.iteration)


def _written(session: Session) -> dict[str, int]:
    operations, position = session.iteration.operations, session.cursor.operation
    return {tensor: operations.written(tensor, position) for tensor in operations.tensors}


def _tensors(session: Session, explains: Explainer) -> dict[str, Any]:
    """Every tensor as nested lists; parameters as they are at the cursor, the rest as far as it is written."""
    iteration, position, tape = session.iteration, session.cursor.operation, explains.tape
    tensors: dict[str, Any] = {}
    for name, values in tape.tensors.items():
        if name in iteration.operations and not name.endswith(".new"):
            written = iteration.operations.written(name, position)
            tensors[name] = _masked(values, written, name in tape.of_examples)
        elif f"{name}.new" in tape.tensors:
            tensors[name] = _told(iteration.parameter(name, position)).tolist()
        elif not name.endswith(".new"):
            tensors[name] = _told(values).tolist()
    return tensors


def _told(values: Array) -> Array:
    """The numbers as objects, with words for those that JSON has no number for."""
    told = values.astype(object)
    if not np.isfinite(values).all():
        told[np.isnan(values)] = "NaN"
        told[np.isposinf(values)] = "Infinity"
        told[np.isneginf(values)] = "-Infinity"
    return told


def _masked(values: Array, written: int, of_examples: bool) -> Any:
    """Nested lists with None from the first element on that is not written."""
    kept = _told(values)
    flat = kept.reshape(len(kept) if of_examples else 1, -1)
    flat[:, written:] = None
    return flat.reshape(kept.shape).tolist()
