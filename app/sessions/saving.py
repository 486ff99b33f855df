"""Saving: a session as its parts, so that what changes often is small.

Its content changes by edits, its numbers by going to another iteration, its position by every step. The numbers are
what training changes, as it is at the start of the cursor's iteration, and some checkpoints before: another processor
may round otherwise, so that to compute them again there would not give the same. Those of branches where nobody stands
are a part of the content. The rows of its data are a part of their own, which most edits leave as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np

from ..data.dataset import Dataset
from ..errors import FileInvalid
from ..nn.registry import Array
from ..nn.spec import Spec
from . import headers
from .branches import Branch, Place
from .codec import Kind, pack
from .numbers import is_kept, numbers_on
from .replay import Replay
from .rows import data_of, header_of
from .run import Run
from .session import Session
from .timeline import MOST_CHANGES, Change, Edit, Timeline

MOST_CHECKPOINT_BYTES = 2**16
"""Of the checkpoints besides the nearest; enough for a few hundred of a small network."""
T = TypeVar("T")


class Shared(Generic[T]):
    """Numbers things in the order in which they are met, each once."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self.things: list[T] = []
        self._numbers: dict[int, int] = {}
        for thing in things:
            self.number(thing)

    def number(self, thing: T) -> int:
        if id(thing) not in self._numbers:
            self._numbers[id(thing)] = len(self.things)
            self.things.append(thing)  # which also keeps it, so that its id stays its own
        return self._numbers[id(thing)]


def content_of(
    session: Session, most_bytes: int, known: Sequence[Dataset] = ()
) -> tuple[dict[Kind, bytes], Sequence[Dataset]]:
    """What a session is, and the datasets whose rows belong to it, which are packed too unless they are the known ones.

    Edits made longest ago cannot be taken back any more where they take too much room.

    Raises:
        FileInvalid: it is too large even so.
    """
    past, future = list(session.edits.past), list(session.edits.future)
    while True:
        datasets = _datasets((session.place, *past, *future))
        if {*map(id, datasets)} == {*map(id, known)}:
            datasets = known
        try:
            parts: dict[Kind, bytes] = {"content": _content(session.place, past, future, datasets)}
            if datasets is not known:
                parts["data"] = data_of(datasets)
            rows = len(parts["data"]) if "data" in parts else sum(data.nbytes for data in known)
            length = len(parts["content"]) + rows
            if length <= most_bytes:
                return parts, datasets
            error = FileInvalid(f"The session takes {length} bytes; {most_bytes} may be saved.", where="content")
        except FileInvalid as found:
            error = found
        if not past and not future:
            raise error
        past, future = past[(len(past) + 1) // 2 :], future[(len(future) + 1) // 2 :]


def _datasets(places: Iterable[Place]) -> Sequence[Dataset]:
    """Those of all branches, each once."""
    branches = (branch for place in places for branch in (place.here, *place.others))
    return list({id(branch.timeline.data): branch.timeline.data for branch in branches}.values())


def numbers_of(session: Session, light: bool = False) -> bytes:
    """What was computed on a session's timeline; of a light one, only what is needed to stand where it stands."""
    here = session.place.here
    if not is_kept(here):
        session.train(here.cursor.iteration, np.inf)
    measured, arrays = numbers_on(here, 0 if light else MOST_CHECKPOINT_BYTES, curve=not light)
    return pack("numbers", measured, arrays)


def position_of(session: Session, ahead: int = 0, lease: float | None = None) -> bytes:
    """Where a session stands, its revision that much higher; with a lease, also its run, which goes on until then."""
    return _position(
        session,
        visited=session.timeline.checkpoints.visited,
        revision=session.revision + ahead,
        edition=session.edition,
        requests=tuple(session.admission.requests),
        run=None if lease is None or session.run is None else _run(session.run, lease),
    )


def _position(session: Session, **beside: Any) -> bytes:
    """Where a session stands, and what else the part is to say."""
    header = headers.Position(
        iteration=session.cursor.iteration,
        operation=session.cursor.operation,
        granularity=session.granularity,
        breakpoints=tuple(headers.BreakpointHeader(**vars(one)) for one in session.breakpoints),
        reach=session.place.here.reach,
        **beside,
    )
    return pack("position", header, {})


def _run(run: Run, lease: float) -> headers.RunHeader:
    rate, until = (run.rate, lease) if run.going else (None, 0.0)
    return headers.RunHeader(**vars(run.goal), speed=run.speed, begun=run.begun, rate=rate, why=run.why, lease=until)


def file_of(session: Session, most_bytes: int, light: bool = False) -> bytes:
    """A session as a file, to be opened again here or elsewhere.

    Args:
        light: as small as it can be, for a link: ready data by what was chosen about it, and neither edits that could
            be taken back nor other branches nor the curve so far.

    Raises:
        FileInvalid: it is too large.
    """
    numbers, place = numbers_of(session, light), _position(session, called=session.called, made=session.made)
    if light:
        data = [session.timeline.data]
        content = _content(Place(session.place.here), [], [], data, light)
        return b"".join([content, numbers, place, data_of(data, light)])
    parts, _ = content_of(session, most_bytes - len(numbers) - len(place))
    return b"".join([parts["content"], numbers, place, parts["data"]])


def _content(now: Place, past: list[Place], future: list[Place], data: Sequence[Dataset], light: bool = False) -> bytes:
    specs, datasets, starts = Shared[Spec](), Shared[Dataset](data), Shared[Array]()
    edits, timelines, branches = Shared[Edit](), Shared[Timeline](), Shared[Branch]()
    timelines.number(now.timeline)

    def left(branch: Branch) -> dict[str, Any]:
        position = {"iteration": branch.cursor.iteration, "operation": branch.cursor.operation, "reach": branch.reach}
        return {**_named(branch), **position, "timeline": timelines.number(branch.timeline)}

    def place(of: Place) -> headers.PlaceHeader:
        return headers.PlaceHeader(**left(of.here), others=tuple(map(branches.number, of.others)))

    beside, (before, after) = (
        tuple(map(branches.number, now.others)),
        (tuple(map(place, one)) for one in (past, future)),
    )
    left_behind = tuple(headers.LeftHeader(**left(branch)) for branch in branches.things)
    measured, arrays = _numbers_beside(now.others)
    told = tuple(
        headers.TimelineHeader(
            spec=specs.number(one.spec),
            data=datasets.number(one.data),
            start=starts.number(one.start),
            origin=one.origin,
            edits=tuple(edits.number(edit) for edit in one.edits),
        )
        for one in timelines.things
    )
    changes = [change for edit in edits.things for change in edit.changes]
    if sum(len(one.edits) for one in told) > headers.MOST_EDITS or len(changes) > MOST_CHANGES:
        raise FileInvalid("The session has too many edits to be saved.", where="content")
    edit_headers = tuple(
        headers.EditHeader(
            iteration=edit.iteration,
            spec=None if edit.spec is None else specs.number(edit.spec),
            changes=len(edit.changes),
        )
        for edit in edits.things
    )
    header = headers.Content.model_construct(
        specs=tuple(specs.things),
        datasets=tuple(map(header_of, datasets.things)),
        edits=edit_headers,
        timelines=told,
        now=0,
        here=headers.BranchHeader(**_named(now.here, parent=not light)),
        others=beside,
        measured=measured,
        branches=left_behind,
        past=before,
        future=after,
    )
    arrays |= {f"start{number}": start for number, start in enumerate(starts.things)}
    return pack("content", header, {**arrays, **_changes(changes)})


def _named(branch: Branch, parent: bool = True) -> dict[str, Any]:
    """What a branch is besides its timeline."""
    left = {"parent": branch.parent, "fork": branch.fork} if parent else {}
    return {"number": branch.number, "name": branch.name, **left}


def _numbers_beside(branches: Sequence[Branch]) -> tuple[tuple[headers.Measured, ...], dict[str, Array]]:
    """What was computed on branches where nobody stands, and each one's arrays by its number in the order."""
    measured: list[headers.Measured] = []
    arrays: dict[str, Array] = {}
    for number, branch in enumerate(branches):
        if not is_kept(branch):
            Replay(branch.timeline).train(branch.cursor.iteration)
        header, found = numbers_on(branch, 0, curve=True)
        measured.append(header)
        arrays |= {f"{number}.{name}": array for name, array in found.items()}
    return tuple(measured), arrays


def _changes(changes: Iterable[Change]) -> dict[str, Array]:
    """Which parameters were set, (changes, 4): layer, 1 for a bias, and the index; and to which values."""
    rows, values = [], []
    for change in changes:
        bias = change.tensor[0] == "b"
        rows.append((int(change.tensor[1:]), int(bias), change.index[0], 0 if bias else change.index[1]))
        values.append(change.value)
    return {"set": np.array(rows, np.int32).reshape(len(rows), 4), "values": np.array(values, np.float64)}
