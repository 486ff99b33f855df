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

from .saved import copied, filed
from .sessions import numbers

FURTHEST = 25


@dataclass(frozen=True)
class Here:
    """All that there is to know of where one stands; nothing in it was ever computed."""

    start: Spec
    now: Spec
    data: Dataset
    edits: tuple[Edit, ...] = ()
    iteration: int = 0
    reach: int = 0
    number: int = 0
    name: str = ""
    parent: int | None = None
    fork: int = 0
    others: tuple[Here, ...] = ()

    def spec_at(self, iteration: int) -> Spec:
        specs = [edit.spec for edit in self.edits if edit.spec is not None and edit.iteration <= iteration]
        return specs[-1] if specs else self.start

    def moved(self, iteration: int) -> Here:
        return replace(self, iteration=iteration, now=self.spec_at(iteration), reach=max(self.reach, iteration))

    def edited(self, edit: Edit) -> Here:
        return self.changed(replace(self.cut(), edits=(*self.cut().edits, edit), now=edit.spec or self.now))

    def cut(self) -> Here:
        return replace(self, edits=tuple(edit for edit in self.edits if edit.iteration <= self.iteration))

    def changed(self, other: Here) -> Here:
        return self.branched(other) if self.reach > other.iteration else replace(other, reach=other.iteration)

    def branched(self, other: Here, name: str = "") -> Here:
        number = max(branch.number for branch in self.branches) + 1
        anew = replace(other, number=number, name=name, parent=self.number, fork=other.iteration)
        return replace(anew, reach=other.iteration, others=(*self.others, self.alone))

    def on(self, number: int) -> Here:
        there = next(branch for branch in self.others if branch.number == number)
        return replace(there, others=(*(one for one in self.others if one.number != number), self.alone))

    def without(self, number: int) -> Here:
        gone = next(branch for branch in self.others if branch.number == number)

        def moved(branch: Here) -> Here:
            left = branch.parent == number
            return replace(branch, parent=gone.parent, fork=min(gone.fork, branch.fork)) if left else branch

        return replace(moved(self), others=tuple(moved(one) for one in self.others if one.number != number))

    @property
    def alone(self) -> Here:
        return replace(self, others=())

    @property
    def branches(self) -> list[Here]:
        return sorted((self.alone, *self.others), key=lambda branch: branch.number)

    def told(self) -> list[tuple[object, ...]]:
        """The tree of branches."""
        return [(one.number, one.name, one.parent, one.fork, one.reach, one.iteration) for one in self.branches]

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
            anew = replace(here, start=here.now, data=data, edits=kept, iteration=0)
            model.go_on(here.changed(anew))
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


def act_on_branches(draw: random.Random, session: Session, model: Model) -> None:
    """One thing that a person does about branches, to both."""
    here = model.here
    number, name = draw.choice(here.branches).number, draw.choice(["", "flat", "steep"])
    match draw.randrange(5):
        case 0:
            session.go_to(session.place.branched(name))
            model.go_on(here.branched(here.cut(), name))
        case 1 | 2 if number != here.number:
            session.go_to(session.place.on(number))
            model.go_on(here.on(number))
        case 3:
            session.go_to(session.place.renamed(number, name))
            renamed = [replace(one, name=name) if one.number == number else one for one in (here.alone, *here.others)]
            model.go_on(replace(renamed[0], others=tuple(renamed[1:])))
        case 4 if number != here.number:
            session.go_to(session.place.without(number))
            model.go_on(here.without(number))


def test_a_session_and_a_simple_model_never_differ(long: bool) -> None:
    for seed in range(1000 if long else 60):
        draw = random.Random(seed)
        spec = spec_of(2, 3, 1, optimizer=Choice(draw.choice(["sgd", "adam", "momentum"])), seed=seed)
        data = ready_set("xor")
        session = Session("s", Timeline(spec, data, drawn(spec), "drawn"))
        model = Model(Here(spec, spec, data))
        for _ in range(15):
            draw.choice([act, act, act_on_branches])(draw, session, model)
            if draw.random() < 0.15:
                session = copied(filed(session))
            assert tree(session) == model.here.told(), seed
            assert session.place.here.number == model.here.number, seed
        assert (session.can_undo, session.can_redo) == (bool(model.past), bool(model.future)), seed
        assert numbers(session) == model.here.computed(), seed
        for branch in model.here.others:
            session.go_to(session.place.on(branch.number))
            assert numbers(session) == branch.computed(), (seed, branch.number)


def tree(session: Session) -> list[tuple[object, ...]]:
    return [
        (one.number, one.name, one.parent, one.fork, one.reach, one.cursor.iteration) for one in session.place.branches
    ]
