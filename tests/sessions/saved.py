"""Sessions to save, and everything that two of them have to have in common to be the same."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from app.data.ready import ready_set
from app.nn.registry import Choice
from app.sessions.codec import Bytes, parts
from app.sessions.restoring import restored
from app.sessions.saving import file_of
from app.sessions.session import Session
from app.sessions.timeline import Change
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .sessions import numbers, session_of

MOST = 2**26


def lived(seed: int, actions: int = 30) -> Session:
    """A session in which somebody did all kinds of things, by a seed."""
    draw = random.Random(seed)
    optimizer = draw.choice(["sgd", "adam", "momentum", "adagrad"])
    fields: dict[str, Any] = {"dtype": draw.choice(["float64", "float32"]), "batch_size": draw.choice([1, 3])}
    session = session_of(spec_of(2, 3, 1, optimizer=Choice(optimizer), seed=seed, **fields))
    for _ in range(actions):
        match draw.randrange(10):
            case 0 | 1:
                session.step(draw.choice(["operation", "neuron", "layer", "pass"]), "next")
            case 2:
                session.seek(session.end_of(draw.randrange(40)))
            case 3:
                session.edit_parameters([Change("W1", (draw.randrange(2), 1), draw.uniform(-1, 1))])
            case 4:
                rate = {"learning_rate": draw.uniform(0.01, 0.5)}
                now = session.iteration.spec
                session.edit_spec(replace(now, optimizer=Choice(now.optimizer.name, {**now.optimizer.options, **rate})))
            case 5 if session.can_undo:
                session.undo()
            case 6 if draw.random() < 0.3:
                session.edit_data(ready_set(draw.choice(["or", "and", "xor"])))
            case 7:
                session.go_to(session.place.branched(draw.choice(["", "slower"])))
            case 8:
                session.go_to(session.place.on(draw.choice(session.place.branches).number))
        session.iteration.tape()
    return session


def copied(content: Bytes) -> Session:
    """The session of a file."""
    return restored("s", parts(content))


def filed(session: Session) -> bytes:
    return file_of(session, MOST)


def told(session: Session) -> list[Any]:
    """What of a session can be seen: where it stands, its numbers and curve, and all to where one can go back."""
    seen: list[Any] = [
        session.called,
        session.made,
        session.cursor,
        session.granularity,
        session.iteration.spec,
        numbers(session),
    ]
    seen += [session.timeline.metrics.after(-1), session.timeline.origin, session.timeline.edits]
    for place in (session.place, *session.edits.past, *session.edits.future):
        for branch in (place.here, *place.others):
            timeline = branch.timeline
            seen.append((branch.number, branch.name, branch.parent, branch.fork, branch.reach, branch.cursor))
            seen.append((timeline.spec, timeline.edits, timeline.start.tobytes(), timeline.origin))
            seen.append((vars(timeline.data).keys(), timeline.data.inputs.tobytes(), timeline.data.title))
    return seen + [branch.timeline.metrics.after(-1) for branch in session.place.others]


def elsewhere(session: Session) -> list[dict[str, bytes]]:
    """The numbers of other iterations, and of all to where one can go back."""
    there = []
    for iteration in (0, 3, session.cursor.iteration + 1, session.cursor.iteration + 20):
        session.seek(Cursor(iteration))
        there.append(numbers(session))
    while session.can_undo:
        session.undo()
        there.append(numbers(session))
    while session.can_redo:
        session.redo()
        there.append(numbers(session))
    for branch in session.place.others:
        session.go_to(session.place.on(branch.number))
        there.append(numbers(session))
    return there
