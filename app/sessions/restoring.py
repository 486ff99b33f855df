"""Restoring: a session from its saved parts, every number and reference of which is checked first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from ..data.chosen import chosen_set
from ..data.dataset import Dataset
from ..data.preparation import Preparation
from ..data.ready import ready_sets
from ..errors import FileInvalid, StepgradError
from ..nn.parameters import check_parameter, nothing_remembered
from ..nn.registry import Array
from ..nn.spec import Spec, checked
from ..steps.cursor import Cursor
from ..steps.operations import Operations
from . import headers
from .admission import Admission
from .branches import Branch, Place
from .breakpoints import Breakpoint
from .checkpoints import Checkpoints
from .codec import Bytes, Dtype, Header, Kind, damaged, unpack
from .divergence import Divergence
from .metrics import Judge, Metrics
from .run import Goal, Run
from .saving import POINT, points_of
from .session import Session
from .start import check_fit
from .timeline import MOST_CHANGES, Change, Edit, Timeline
from .undo import MOST_BYTES, UNDOABLE_EDITS, Undo

Check = Callable[[Spec, Dataset], None]
"""Raises where a network or its data is larger than it may be."""

Start = tuple[int, int, int]
MOST_AGAIN = 64
"""Iterations that may be computed again to stand where the session stood; what is saved is nearer."""
FARTHEST = 100_000
"""Iterations that may be computed again to go back to a place that was left; what is farther is forgotten."""
MOST_POINTS = 20_000
"""Of a curve; sixty-four are measured each time that the number of iterations doubles."""
MOST_COMPARED = 10 * MOST_CHANGES
"""Changes of an edit that are looked at again for another start."""
T = TypeVar("T")


def restored(name: str, parts: Mapping[Kind, Bytes], check: Check = lambda spec, data: None) -> Session:
    """The session of these parts, where it stood, under this id.

    Raises:
        FileInvalid: they are damaged, or of a newer version.
        LimitExceeded: the check refuses it.
    """
    try:
        with np.errstate(all="ignore"):
            return _restored(name, parts, check)
    except FileInvalid:
        raise
    except StepgradError as error:
        # A limit is told as it is; that a spec or an index is wrong is a matter of the file.
        if error.code == "limit_exceeded":
            raise
        raise damaged(error.message.rstrip(".")) from error


def _restored(name: str, parts: Mapping[Kind, Bytes], check: Check) -> Session:
    position, _ = unpack("position", parts["position"], headers.Position)
    header, arrays = unpack("content", parts["content"], headers.Content)
    if "data" in parts:
        arrays = {**unpack("data", parts["data"], Header)[1], **arrays}
    contents = Contents(header, arrays, check)
    place = contents.place(position)
    _give_numbers(place.timeline, *unpack("numbers", parts["numbers"], headers.Measured))
    for branch in (place.here, *place.others):
        branch.timeline.checkpoints.check(branch.cursor.iteration)
        if branch.cursor.iteration - branch.timeline.checkpoints.before(branch.cursor.iteration)[0] > MOST_AGAIN:
            raise damaged("its parameters are missing")
    session = Session(name, place.timeline)
    session.edits = contents.undo()
    _stand(session, place, position)
    session.called = position.called
    session.made = position.made
    return session


def moved(session: Session, parts: Mapping[Kind, Bytes]) -> bool:
    """Let a session, whose content is as it was saved, stand where it was saved last, unless that is too far.

    A run here ends; who watches is told.

    Args:
        parts: its position and, if these are new, its numbers.
    """
    position, _ = unpack("position", parts["position"], headers.Position)
    checkpoints = session.timeline.checkpoints
    if "numbers" in parts:
        _give_numbers(session.timeline, *unpack("numbers", parts["numbers"], headers.Measured))
    beyond = checkpoints.last is not None and position.iteration > checkpoints.last
    if beyond or session.again(position.iteration) > MOST_AGAIN:
        return False
    session.give_way()
    checkpoints.visited = 0
    cursor, reach = Cursor(position.iteration, position.operation), max(position.reach, position.iteration)
    _stand(session, replace(session.place, here=replace(session.place.here, cursor=cursor, reach=reach)), position)
    session.news.tell()
    return True


def _stand(session: Session, place: Place, position: headers.Position) -> None:
    checkpoints = place.timeline.checkpoints
    checkpoints.visited = max(checkpoints.visited, min(position.visited, checkpoints.furthest + MOST_AGAIN))
    session.resume(place, position.granularity, position.revision, position.edition)
    session.admission = Admission(position.requests)
    session.run = None if position.run is None else _run(position.run, session.done)
    session.breakpoints = tuple(Breakpoint(**one.model_dump()) for one in position.breakpoints)


def _run(told: headers.RunHeader, done: int) -> Run:
    goal = Goal(told.iteration, told.epoch, told.cost, told.accuracy)
    return Run(goal, told.speed, told.begun).is_told(done, told.rate, told.why, told.lease or None)


class Contents:
    """Makes timelines, those with the same start sharing its checkpoint."""

    def __init__(self, header: headers.Content, arrays: dict[str, Array], check: Check) -> None:
        self.header = header
        self._arrays = arrays
        self._check = check
        self._specs = [checked(spec) for spec in header.specs]
        self._datasets = [self._dataset(number, dataset) for number, dataset in enumerate(header.datasets)]
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
        if self._ends[-1] != len(self._array("set", "i4", 2)) or self._ends[-1] != len(self._array("values", "f8", 1)):
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
            _give_numbers(branch.timeline, measured, arrays)
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
            start = self._array(f"start{told.start}", _DTYPES[spec.dtype], 1)
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

    def _dataset(self, number: int, told: headers.DatasetHeader) -> Dataset:
        if told.choice is not None and f"inputs{number}" not in self._arrays:
            ready = told.choice
            preparation = Preparation(ready.products, ready.test_share, ready.standardize)
            return chosen_set(ready.name, ready.options, ready.seed, preparation)
        inputs, targets, test_inputs, test_targets = (
            self._array(f"{name}{number}", "f8", 2) for name in ("inputs", "targets", "test_inputs", "test_targets")
        )
        tables = (inputs, targets, test_inputs, test_targets)
        alike = len(inputs) == len(targets) and len(test_inputs) == len(test_targets)
        wide = inputs.shape[1] == test_inputs.shape[1] and targets.shape[1] == test_targets.shape[1]
        if not (alike and wide and inputs.size and targets.size and all(np.isfinite(one).all() for one in tables)):
            raise damaged("the data is not as expected")
        _check_names(told, inputs.shape[1], targets.shape[1])
        known = told.name in ready_sets
        fields = told.model_dump(exclude={"choice", "name"})
        choice = told.choice.model_dump() if told.choice is not None and known else {}
        return Dataset(
            **fields,
            name=told.name if known else "",
            choice=choice,
            inputs=inputs,
            targets=targets,
            test_inputs=test_inputs,
            test_targets=test_targets,
        )

    def _array(self, name: str, dtype: Dtype, axes: int) -> Array:
        return _array(self._arrays, name, dtype, axes)


_DTYPES: dict[str, Dtype] = {"float64": "f8", "float32": "f4"}


def _give_numbers(timeline: Timeline, told: headers.Measured, arrays: dict[str, Array]) -> None:
    """Let a timeline know what was computed on it."""
    checkpoints, metrics = timeline.checkpoints, timeline.metrics
    for iteration in told.iterations:
        spec = timeline.spec_before(iteration)
        everything = _array(arrays, f"at{iteration}", _DTYPES[spec.dtype], 1)
        size = spec.parameter_count + len(nothing_remembered(spec))
        if not iteration or len(everything) != size or not np.isfinite(everything).all():
            raise damaged("parameters of an iteration are not as expected")
        checkpoints.give(iteration, everything)
    _give_end(checkpoints, told)
    checkpoints.furthest = max(checkpoints.furthest, min(told.furthest, told.iterations[-1] if told.iterations else 0))
    checkpoints.visited = min(told.visited, checkpoints.furthest)
    measured, points = _array(arrays, "measured", "i8", 1), _array(arrays, "points", "f8", 2)
    if points.shape != (len(measured), len(POINT)) or (measured < 0).any() or len(measured) > MOST_POINTS:
        raise damaged("points of the curve are missing")
    found = points_of(measured, points, timeline.data.tests > 0, Judge(timeline.data).classifies)
    for point in sorted(found, key=lambda point: point.iteration == told.newest):
        metrics.keep(point)


def _give_end(checkpoints: Checkpoints, told: headers.Measured) -> None:
    if told.last is None:
        return
    if any(iteration > told.last for iteration in told.iterations):
        raise damaged("there are iterations after the last one")
    checkpoints.last = told.last
    if told.divergence is not None:
        fields = told.divergence.model_dump()
        checkpoints.divergence = Divergence(**{**fields, "value": float(fields["value"])})


def _check_names(told: headers.DatasetHeader, inputs: int, targets: int) -> None:
    expected = {
        "features": (0, inputs),
        "target_names": (0, targets),
        "classes": (0, 2 if targets == 1 else targets),
        "means": (0, inputs),
        "deviations": (0, inputs),
        "target_means": (0, targets),
        "target_deviations": (0, targets),
    }
    if any(len(getattr(told, name)) not in counts for name, counts in expected.items()):
        raise damaged("names do not fit the data")
    if told.image is not None and told.image[0] * told.image[1] != inputs:
        raise damaged("the data is no picture")


def _array(arrays: Mapping[str, Array], name: str, dtype: str, axes: int) -> Array:
    array = arrays.get(name)
    if array is None or array.dtype != np.dtype(dtype) or array.ndim != axes:
        raise damaged("numbers are missing")
    return array


def _one(things: Sequence[T], number: int) -> T:
    if number >= len(things):
        raise damaged("it names what is not there")
    return things[number]
