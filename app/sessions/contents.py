"""Contents: what a session is, timelines and places, from its saved content, every reference of which is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from ..data.dataset import Dataset
from ..nn.parameters import check_parameter
from ..nn.registry import Array
from ..nn.spec import Spec, checked
from ..steps.cursor import Cursor
from ..steps.operations import Operations
from . import headers
from .branches import Branch, Place
from .codec import array_of, damaged
from .metrics import Metrics
from .numbers import give_numbers
from .rows import dataset
from .start import check_fit
from .timeline import MOST_CHANGES, Change, Edit, Timeline
from .undo import MOST_BYTES, UNDOABLE_EDITS, Undo

Check = Callable[[Spec, Dataset], None]
"""Raises where a network or its data is larger than it may be."""

Start = tuple[int, int, int]
FARTHEST = 100_000
"""Iterations that may be computed again to go back to a place that was left; what is farther is forgotten."""
MOST_COMPARED = 10 * MOST_CHANGES
"""Changes of an edit that are looked at again for another start."""
T = TypeVar("T")


class Contents:
    """Makes timelines, those with the same start sharing its checkpoint."""

    def __init__(self, header: headers.Content, arrays: dict[str, Array], check: Check) -> None:
        self.header = header
        self._arrays = arrays
        self._check = check
        self._specs = [checked(spec) for spec in header.specs]
        self._datasets = [dataset(told, number, arrays) for number, told in enumerate(header.datasets)]
        self._roots: dict[Start, Timeline] = {}
        self._made: dict[int, Timeline] = {}
        self._left: dict[int, Branch] = {}
        self._edits: dict[int, Edit] = {}
        self._fitting: set[Start] = set()
        self._compared = 0
        if sum(len(told.edits) for told in header.timelines) > headers.MOST_EDITS:
            raise damaged("it has too many edits")
        if sum(edit.changes for edit in header.edits) > MOST_CHANGES:
            raise damaged("it has too many changes")
        self._ends = np.cumsum([0, *(edit.changes for edit in header.edits)])
        rows, values = array_of(arrays, "set", "i4", 2), array_of(arrays, "values", "f8", 1)
        if not self._ends[-1] == len(rows) == len(values):
            raise damaged("changes are missing")

    def timeline(self, number: int) -> Timeline:
        """The timeline of this number."""
        if number not in self._made:
            told = _one(self.header.timelines, number)
            root = self._root(told)
            self._check_edits(root, told)
            edits = tuple(self._edit(edit) for edit in told.edits)
            shared = root.checkpoints.until(0)
            made = replace(root, origin=told.origin, edits=edits, checkpoints=shared, metrics=Metrics())
            made.check_edits()
            self._made[number] = made
        return self._made[number]

    def undo(self) -> Undo:
        """The places that can be gone back to, the nearest of them where all would take too much memory or time."""
        undo = Undo()
        for told, places in ((self.header.past, undo.past), (self.header.future, undo.future)):
            for place in reversed(told[-UNDOABLE_EDITS:]):
                if undo.nbytes > MOST_BYTES:
                    break
                there = self._place(place, place.others)
                at = there.cursor.iteration
                if at - there.timeline.checkpoints.before(at)[0] > FARTHEST:
                    break
                places.insert(0, there)
        return undo

    def place(self, position: headers.Position) -> Place:
        """Where one stands, on timelines that know what was computed on the branches beside."""
        told, stands = self.header, position.model_dump(include={"iteration", "operation", "reach"})
        here = headers.LeftHeader(**told.here.model_dump(), **stands, timeline=told.now)
        place = self._place(here, told.others)
        if len(told.measured) != len(place.others):
            raise damaged("branches are missing")
        for number, (branch, measured) in enumerate(zip(place.others, told.measured, strict=True)):
            start = f"{number}."
            arrays = {name[len(start) :]: array for name, array in self._arrays.items() if name.startswith(start)}
            give_numbers(branch.timeline, measured, arrays)
        return place

    def _place(self, told: headers.LeftHeader, others: Sequence[int]) -> Place:
        place = Place(self._branch(told), tuple(map(self._beside, others)))
        numbers = [branch.number for branch in place.branches]
        if len(set(numbers)) < len(numbers):
            raise damaged("two branches have the same number")
        for branch in place.branches:
            if branch.parent is not None and not (branch.parent < branch.number and branch.parent in numbers):
                raise damaged("a branch leaves one that is not there")
        return place

    def _beside(self, number: int) -> Branch:
        if number not in self._left:
            self._left[number] = self._branch(_one(self.header.branches, number))
        return self._left[number]

    def _branch(self, told: headers.LeftHeader) -> Branch:
        timeline = self.timeline(told.timeline)
        if told.operation > len(Operations(timeline.spec_at(told.iteration))):
            raise damaged("a position does not exist")
        cursor, reach = Cursor(told.iteration, told.operation), max(told.reach, told.iteration)
        return Branch(told.number, timeline, cursor, reach, told.name, told.parent, told.fork)

    def _root(self, told: headers.TimelineHeader) -> Timeline:
        """A timeline's start, without edits."""
        key = (told.spec, told.data, told.start)
        if key not in self._roots:
            spec, data = _one(self._specs, told.spec), _one(self._datasets, told.data)
            start = array_of(self._arrays, f"start{told.start}", spec.dtype, 1)
            if len(start) != spec.parameter_count:
                raise damaged("start parameters do not fit the network")
            check_fit(spec, data)
            self._check(spec, data)
            self._roots[key] = Timeline(spec, data, start, told.origin)
        return self._roots[key]

    def _check_edits(self, root: Timeline, told: headers.TimelineHeader) -> None:
        """An edit may only be what a person could have made; each is looked at once for each start."""
        before = 0
        for number in told.edits:
            edit = self._edit(number)
            if edit.iteration < before:
                raise damaged("edits are in disorder")
            before = edit.iteration
            fits = (number, told.spec, told.data)
            if fits not in self._fitting:
                self._check_edit(root, edit)
                self._fitting.add(fits)

    def _check_edit(self, root: Timeline, edit: Edit) -> None:
        spec = edit.spec or root.spec
        kept = (spec.layers, spec.loss, spec.dtype, spec.seed)
        if kept != (root.spec.layers, root.spec.loss, root.spec.dtype, root.spec.seed):
            raise damaged("an edit changes the layers")
        self._check(spec, root.data)
        self._compared += len(edit.changes)
        if self._compared > MOST_COMPARED:
            raise damaged("too many changes come again")
        for change in edit.changes:
            check_parameter(spec, change.tensor, change.index)

    def _edit(self, number: int) -> Edit:
        """The edit of this number, which timelines share."""
        if number not in self._edits:
            self._edits[number] = self._made_edit(_one(self.header.edits, number), number)
        return self._edits[number]

    def _made_edit(self, told: headers.EditHeader, number: int) -> Edit:
        rows = slice(int(self._ends[number]), int(self._ends[number + 1]))
        changes = [
            Change(f"{'b' if bias else 'W'}{layer}", (i,) if bias else (i, j), value)
            for (layer, bias, i, j), value in zip(
                self._arrays["set"][rows].tolist(), self._arrays["values"][rows].tolist(), strict=True
            )
        ]
        if not np.isfinite(self._arrays["values"][rows]).all():
            raise damaged("a parameter was set to what is no number")
        return Edit(told.iteration, tuple(changes), None if told.spec is None else _one(self._specs, told.spec))


def _one(things: Sequence[T], number: int) -> T:
    if number >= len(things):
        raise damaged("it names what is not there")
    return things[number]
