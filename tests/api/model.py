"""A small model of a session: what of its state follows from what was asked, whatever its numbers are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, NamedTuple

GRANULARITIES = ("operation", "neuron", "layer", "pass")
RATES = (0.1, 0.2, 0.3)


class Asked(NamedTuple):
    """A request below a session's path."""

    method: str
    path: str
    body: dict[str, Any]


class Place(NamedTuple):
    """What an edit or training leaves, and undo goes back to; of an edit its iteration, and the rate from there on."""

    edits: tuple[tuple[int, float], ...]
    iteration: int
    operation: int

    @property
    def rate(self) -> float:
        return [rate for iteration, rate in self.edits if iteration <= self.iteration][-1]

    def edited(self, rate: float) -> Place:
        """With another rate from here on; what was edited later belongs to another branch."""
        kept = tuple(edit for edit in self.edits if edit[0] <= self.iteration)
        return self._replace(edits=(*kept, (self.iteration, rate)))


@dataclass(frozen=True)
class Model:
    """What a session has to be like.

    Attributes:
        ends: where steps of each granularity end, in operations.
        past, future: the places that can be gone back to, and put back.
        done: the ids of requests that had their effect.
    """

    ends: Mapping[str, Sequence[int]]
    here: Place
    revision: int = 0
    name: str = ""
    past: tuple[Place, ...] = ()
    future: tuple[Place, ...] = ()
    done: tuple[str, ...] = ()

    @property
    def operations(self) -> int:
        return self.ends["operation"][-1]


def wish(random: Random, model: Model) -> Asked:
    """Something to ask, good or bad."""
    granularity, direction = random.choice(GRANULARITIES), random.choice(("next", "next", "previous"))
    iteration = random.randrange(model.here.iteration + 3)
    wishes: list[tuple[str, str, dict[str, Any]]] = [
        *([("POST", "/step", {"granularity": granularity, "direction": direction})] * 3),
        ("PUT", "/position", {"iteration": iteration, "operation": random.randrange(model.operations + 1)}),
        ("PUT", "/position", {"iteration": iteration, "operation": model.operations + 1}),
        ("POST", "/train", {"iterations": random.randint(1, 5)}),
        ("POST", "/train", {}),
        ("PATCH", "/spec", {"optimizer": {"name": "sgd", "learning_rate": random.choice(RATES)}}),
        ("PATCH", "/spec", {"batch_size": 0}),
        ("PATCH", "", {"name": random.choice(("Monday", "", "x" * 101))}),
        ("POST", "/undo", {}),
        ("POST", "/redo", {}),
        ("POST", "/predict", {"inputs": [[0, 1]]}),
        ("GET", "", {}),
    ]
    method, path, body = random.choice(wishes)
    changes = method != "GET" and path not in ("", "/predict")
    if changes and random.random() < 0.3:
        body = {**body, "revision": model.revision - random.choice((0, 0, 1))}
    if changes and random.random() < 0.3:
        body = {**body, "request_id": random.choice("abcdefgh")}
    return Asked(method, path, body)


def after(model: Model, asked: Asked) -> tuple[int, Model]:
    """The status that has to be answered, and what the session is then."""
    path, body = asked.path, asked.body
    if (path == "/train" and "iterations" not in body) or len(body.get("name", "")) > 100:
        return 422, model
    if path == "" and asked.method == "PATCH":
        return 200, replace(model, name=body["name"])
    if asked.method == "GET" or path == "/predict":
        return 200, model
    identifier = body.get("request_id")
    if identifier in model.done:
        return 200, model
    if body.get("revision", model.revision) != model.revision:
        return 409, model
    status, changed = _changed(model, path, body)
    if status != 200:
        return status, model
    done = model.done if identifier is None else (*model.done, identifier)
    return 200, replace(changed, revision=model.revision + 1, done=done)


def _changed(model: Model, path: str, body: dict[str, Any]) -> tuple[int, Model]:
    here = model.here
    if path == "/step":
        return 200, replace(model, here=_step(model, body["granularity"], body["direction"]))
    if path == "/position":
        there = here._replace(iteration=body["iteration"], operation=body["operation"])
        return (200, replace(model, here=there)) if there.operation <= model.operations else (422, model)
    if path == "/train":
        begin = here.iteration + (here.operation > 0)
        there = here._replace(iteration=begin + body["iterations"], operation=0)
        return 200, replace(model, here=there, past=(*model.past, here), future=())
    if path == "/spec":
        if body.get("batch_size") == 0:
            return 422, model
        there = here.edited(body["optimizer"]["learning_rate"])
        return 200, replace(model, here=there, past=(*model.past, here), future=())
    if path == "/undo":
        if not model.past:
            return 409, model
        return 200, replace(model, here=model.past[-1], past=model.past[:-1], future=(*model.future, here))
    if not model.future:
        return 409, model
    return 200, replace(model, here=model.future[-1], future=model.future[:-1], past=(*model.past, here))


def _step(model: Model, granularity: str, direction: str) -> Place:
    here, ends = model.here, model.ends[granularity]
    if direction == "next":
        if here.operation == model.operations:
            return here._replace(iteration=here.iteration + 1, operation=0)
        return here._replace(operation=ends[bisect_right(ends, here.operation)])
    if here.operation == 0:
        return here if here.iteration == 0 else here._replace(iteration=here.iteration - 1, operation=model.operations)
    before = bisect_left(ends, here.operation) - 1
    return here._replace(operation=ends[before] if before >= 0 else 0)
