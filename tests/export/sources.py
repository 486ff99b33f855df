"""Sessions to take something away from: over everything registered, and drawn at random."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.api.answers import Viewing
from app.api.exports import source_of
from app.data.dataset import own_dataset
from app.export.source import Source
from app.nn.activations import activations
from app.nn.losses import losses
from app.nn.optimizers import optimizers
from app.nn.registry import Choice
from app.nn.spec import LayerSpec, Spec, checked
from app.sessions.session import Session
from app.sessions.start import begin
from app.sessions.timeline import Change
from app.sessions.trainer import go
from app.steps.cursor import Cursor
from tests.networks import data_for, every_schedule, every_spec, spec_of

SPECS = [
    *every_spec(2, 3, 2),
    *(spec_of(2, 3, 1, optimizer=Choice(optimizer.name), batch_size=2) for optimizer in optimizers),
    *(spec_of(2, 3, 1, schedule=schedule, optimizer=Choice("adam")) for schedule in every_schedule()),
    spec_of(2, 3, 2, l2=0.3, l1=0.1, shuffle=True, seed=7, batch_size=3),
    spec_of(3, 4, 3, 2, hidden="relu", output="softmax", loss="cross_entropy", batch_size=4, shuffle=True),
    spec_of(2, 6, 6, 1, dropout=0.5, batch_size=4, clip=0.1, optimizer=Choice("nesterov")),
    spec_of(2, 3, 1, optimizer=Choice("nesterov", {"momentum": 0}), batch_size=100),
    spec_of(2, 3, 1, optimizer=Choice("adam"), clip=0.01, frozen=("layer 1", "W2[0,1]", "b2[0]")),
    spec_of(2, 3, 1, optimizer=Choice("adamw"), frozen=("W1[0,1]", "b1"), l2=0.01, batch_size=2),
]


def session_of(spec: Spec, rows: int = 5) -> Session:
    """A session that learns rows which suit the spec."""
    inputs, targets = data_for(spec, rows)
    return Session("one", begin(spec, own_dataset(inputs.tolist(), targets.tolist())))


def moved(session: Session, iteration: int, operation: int | None = None) -> Session:
    """The session with its cursor there; at the end of an iteration where no operation is named."""
    end = session.end_of(iteration).operation
    asyncio.run(go(session, Cursor(iteration, end if operation is None else operation)))
    return session


def source(session: Session, **viewing: Any) -> Source:
    return asyncio.run(source_of(session, Viewing(**viewing)))


def edited() -> Session:
    """A session in whose midst a person changed a weight and the learning rate; its optimizer goes on."""
    spec = spec_of(2, 3, 1, optimizer=Choice("adam", {"learning_rate": 0.05}), batch_size=2, shuffle=True)
    session = moved(session_of(spec), 4, 0)
    session.edit_parameters([Change("W1", (1, 0), 0.25)])
    optimizer = Choice("adam", {**spec.optimizer.options, "learning_rate": 0.2})
    session.edit_spec(replace(spec, optimizer=optimizer, frozen=("b2",)))
    return moved(session, 9, 7)


def random_session(seed: int) -> Session:
    """Any network that can be made, somewhere in its training."""
    choose = random.Random(seed)
    loss = choose.choice(list(losses))
    outputs = [a for a in activations if not loss.needs or a.name == loss.needs]
    if loss.targets == "probability":
        outputs = [a for a in outputs if 0 <= a.low <= a.high <= 1]
    hidden = [
        LayerSpec(choose.randint(1, 5), choose.choice([*activations]).name, dropout=choose.choice((0.0, 0.0, 0.3)))
        for _ in range(choose.randint(0, 3))
    ]
    output = LayerSpec(choose.randint(1, 3), choose.choice(outputs).name)
    spec = Spec(
        (LayerSpec(choose.randint(1, 4)), *hidden, output),
        loss=loss.name,
        initializer=Choice("normal", {"deviation": 0.6}),
        optimizer=Choice(choose.choice([*optimizers]).name, {"learning_rate": 0.05}),
        schedule=choose.choice([*every_schedule()]),
        batch_size=choose.randint(1, 6),
        shuffle=choose.random() < 0.5,
        l2=choose.choice((0.0, 0.01)),
        l1=choose.choice((0.0, 0.01)),
        clip=choose.choice((0.0, 0.5)),
        frozen=choose.choice(((), (), ("b1",), ("W1[0,0]",))),
        seed=choose.randint(0, 10**6),
    )
    session = session_of(checked(spec), rows=choose.randint(3, 12))
    iteration = choose.randint(0, 25)
    end = session.end_of(iteration).operation
    return moved(session, iteration, choose.choice((0, end, choose.randint(0, end))))


def random_sessions(count: int) -> Iterator[Session]:
    for seed in range(count):
        yield random_session(seed)
