"""Edits: from where a learner stands to where she stands once she has changed something, as new places.

What would be lost by it stays as a branch; where there is no room for one, LimitExceeded is raised.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..data.dataset import Dataset
from ..nn.parameters import GivenLayer, check_parameter
from ..nn.spec import Spec, checked
from ..steps.cursor import Cursor
from ..steps.operations import Operations
from .branches import Place, edits_of
from .start import begin, check_fit, fitted
from .timeline import MOST_CHANGES, Change, Edit, check_count


def with_parameters(place: Place, changes: Sequence[Change]) -> Place:
    """Weights and biases are others at the start of this iteration.

    Raises:
        IndexInvalid: there is no such parameter.
    """
    for change in changes:
        check_parameter(_spec(place), change.tensor, change.index)
    return _edited(place, Edit(place.cursor.iteration, changes=tuple(changes)))


def with_spec(place: Place, spec: Spec) -> Place:
    """It goes on by another spec. Where layers, loss, dtype or the start change, iteration 0 is where it goes on.

    The start parameters stay, given and edited ones too, unless the sizes, the initializer or the seed change.

    Raises:
        SpecError, DataError: it cannot make a network, or not on this data.
    """
    spec, now, data = checked(spec), _spec(place), place.timeline.data
    check_fit(spec, data)
    if (spec.layers, spec.loss, spec.dtype) == (now.layers, now.loss, now.dtype) and _drawn_alike(spec, now):
        return _edited(place, Edit(place.cursor.iteration, spec=spec))
    return _restarted(place, spec, data)


def with_data(place: Place, data: Dataset) -> Place:
    """It goes on from iteration 0 on other data, by the spec of now; its ends follow the columns of the data.

    The start parameters stay, given and edited ones too, unless there is another number of columns.

    Raises:
        SpecError, DataError: the network cannot learn from it.
    """
    spec = fitted(_spec(place), data)
    check_fit(spec, data)
    return _restarted(place, spec, data)


def brought(place: Place, spec: Spec, parameters: Sequence[GivenLayer]) -> Place:
    """It begins again at iteration 0 with parameters that a person brought, by a spec that they fit.

    Raises:
        SpecError, DataError: the network cannot learn from the data, or the parameters do not fit it.
    """
    return place.changed(begin(spec, place.timeline.data, parameters, "brought"), Cursor())


def _spec(place: Place) -> Spec:
    return place.timeline.spec_at(place.cursor.iteration)


def _edited(place: Place, edit: Edit) -> Place:
    """The cursor stays if the operations are the same, else it goes to their start.

    Raises:
        LimitExceeded: there are too many edits.
    """
    timeline = place.timeline.until(edit.iteration, edit)
    timeline.check_edits()
    same = Operations(timeline.spec_at(edit.iteration)).outline == Operations(_spec(place)).outline
    made = place.changed(timeline, place.cursor if same else Cursor(edit.iteration))
    changes = sum(len(edit.changes) for edit in edits_of(made.branches))
    check_count(changes, MOST_CHANGES, "parameters set by hand")
    return made


def _restarted(place: Place, spec: Spec, data: Dataset) -> Place:
    """Iteration 0 again, with the same start parameters if they fit."""
    alike = _drawn_alike(spec, _spec(place))
    return place.changed(place.timeline.restarted(spec, data) if alike else begin(spec, data), Cursor())


def _drawn_alike(spec: Spec, other: Spec) -> bool:
    """Whether two specs start from the same parameters."""
    shapes = (tuple(spec.shapes()), spec.initializer, spec.seed)
    return shapes == (tuple(other.shapes()), other.initializer, other.seed)
