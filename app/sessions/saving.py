"""Saving: a session as its parts, so that what changes often is small.

Its content changes by edits, its numbers by going to another iteration, its position by every step. The numbers are
what training changes, as it is at the start of the cursor's iteration, and some checkpoints before: another processor
may round otherwise, so that to compute them again there would not give the same. Those of branches where nobody stands
are a part of the content. The rows of its data are a part of their own, which most edits leave as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ..data.dataset import Dataset
from ..errors import FileInvalid
from . import headers
from .branches import Place
from .codec import Kind, pack
from .numbers import is_kept, numbers_on
from .rows import data_of
from .run import Run
from .session import Session
from .telling import content_part

MOST_CHECKPOINT_BYTES = 2**16
"""Of the checkpoints besides the nearest; enough for a few hundred of a small network."""


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
            parts: dict[Kind, bytes] = {"content": content_part(session.place, past, future, datasets)}
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
        content = content_part(Place(session.place.here), [], [], data, light)
        return b"".join([content, numbers, place, data_of(data, light)])
    parts, _ = content_of(session, most_bytes - len(numbers) - len(place))
    return b"".join([parts["content"], numbers, place, parts["data"]])
