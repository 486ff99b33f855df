"""Whatever a person does in whatever order, the session is where a simple model says that it is, to the bit."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from app.data.dataset import Dataset
from app.data.ready import ready_set
from app.nn.parameters import drawn
from app.nn.registry import Choice
from app.nn.spec import Spec
from app.sessions.run import Goal
from app.sessions.session import Session
from app.sessions.timeline import Change, Edit, Timeline
from app.steps.cursor import Cursor
from tests.networks import spec_of

from .saved import copied, filed, numbers

FURTHEST = 25


@dataclass(frozen=True)
class Here:
    """All that there is to know of where one stands; nothing in it was ever computed."""

    start: Spec
    now: Spec
    data: Dataset
    edits: tuple[Edit, ...] = ()
    iteration: int = 0

    def spec_at(self, iteration: int) -> Spec:
        specs = [edit.spec for edit in self.edits if edit.spec is not None and edit.iteration <= iteration]
        return specs[-1] if specs else self.start

    def moved(self, iteration: int) -> Here:
        return replace(self, iteration=iteration, now=self.spec_at(iteration))

    def edited(self, edit: Edit) -> Here:
        kept = (*(earlier for earlier in self.edits if earlier.iteration <= edit.iteration), edit)
        return replace(self, edits=kept, now=edit.spec or self.now)

    def computed(self) -> dict[str, bytes]:
        """Its numbers, by a session that never did anything else."""
        fresh = Session("model", Timeline(self.start, self.data, drawn(self.start), "drawn", self.edits))
        fresh.seek(Cursor(self.iteration))
        return numbers(fresh)


class Model:
    """Where one stands, and what can be taken back and put back."""

    def __init__(self, here: Here) -> None:
        self.here = here
        self.past: list[Here] = []
        self.future: list[Here] = []

    def go_on(self, here: Here) -> None:
        self.past.append(self.here)
        self.future.clear()
        self.here = here


def act(draw: random.Random, session: Session, model: Model) -> None:
    """One thing that a person does, to both."""
    here, iteration = model.here, draw.randrange(FURTHEST)
    match draw.randrange(9):
        case 0 | 1:
            session.seek(Cursor(iteration, draw.randrange(10)))
            model.here = here.moved(iteration)
        case 2 | 3:
            change = Change("W1", (draw.randrange(3), draw.randrange(2)), draw.uniform(-1, 1))
            session.edit_parameters([change])
            model.go_on(here.edited(Edit(here.iteration, (change,))))
        case 4:
            rate = {**here.now.optimizer.options, "learning_rate": draw.uniform(0.01, 0.4)}
            spec = replace(here.now, optimizer=Choice(here.now.optimizer.name, rate), batch_size=draw.choice([1, 2]))
            session.edit_spec(spec)
            model.go_on(here.edited(Edit(here.iteration, spec=spec)))
        case 5:
            data = ready_set(draw.choice(["or", "and"]))
            session.edit_data(data)
            kept = tuple(edit for edit in here.edits if edit.iteration == 0 and edit.changes)
            model.go_on(Here(here.now, here.now, data, kept))
        case 6:
            before = session.cursor
            session.begin_run(Goal(), None)
            session.follow(iteration)
            session.pause()
            if session.cursor != before:
                model.go_on(here.moved(iteration))
        case 7 if model.past:
            session.undo()
            model.future.append(here)
            model.here = model.past.pop()
        case 8 if model.future:
            session.redo()
            model.past.append(here)
            model.here = model.future.pop()


def test_a_session_and_a_simple_model_never_differ(long: bool) -> None:
    for seed in range(1000 if long else 60):
        draw = random.Random(seed)
        spec = spec_of(2, 3, 1, optimizer=Choice(draw.choice(["sgd", "adam", "momentum"])), seed=seed)
        data = ready_set("xor")
        session = Session("s", Timeline(spec, data, drawn(spec), "drawn"))
        model = Model(Here(spec, spec, data))
        for _ in range(12):
            act(draw, session, model)
            if draw.random() < 0.15:
                session = copied(filed(session))
            assert session.cursor.iteration == model.here.iteration, seed
        assert (session.can_undo, session.can_redo) == (bool(model.past), bool(model.future)), seed
        assert numbers(session) == model.here.computed(), seed
