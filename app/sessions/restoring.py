"""Restoring: a session from its saved parts, every number and reference of which is checked first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ..errors import FileInvalid, StepgradError
from ..steps.cursor import Cursor
from . import headers
from .admission import Admission
from .branches import Place
from .breakpoints import Breakpoint
from .codec import Bytes, Header, Kind, damaged, unpack
from .contents import Check, Contents
from .numbers import give_numbers
from .run import Goal, Run
from .session import Session

MOST_AGAIN = 64
"""Iterations that may be computed again to stand where the session stood; what is saved is nearer."""


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
    give_numbers(place.timeline, *unpack("numbers", parts["numbers"], headers.Measured))
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
        give_numbers(session.timeline, *unpack("numbers", parts["numbers"], headers.Measured))
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
