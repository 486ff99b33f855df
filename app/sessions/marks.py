"""Marks: where on a timeline something was changed by hand, and what, in a few words."""

from __future__ import annotations

from typing import NamedTuple

from ..nn.optimizers import optimizers
from ..nn.spec import Spec
from .timeline import Change, Timeline

MOST_CHANGES = 3
"""More parameters that were set at one iteration are only counted."""
FIELDS = {"batch_size": "batch size", "shuffle": "shuffle", "l2": "l2", "l1": "l1"}


class Mark(NamedTuple):
    """At the start of an iteration, something was changed."""

    iteration: int
    what: str


def marks(timeline: Timeline) -> list[Mark]:
    """The marks of a timeline in order, one for each iteration at whose start something was changed."""
    found = []
    spec = timeline.spec
    for iteration in sorted({edit.iteration for edit in timeline.edits}):
        edits = [edit for edit in timeline.edits if edit.iteration == iteration]
        set_by_hand = {(change.tensor, change.index): change for edit in edits for change in edit.changes}
        before, spec = spec, next((edit.spec for edit in reversed(edits) if edit.spec is not None), spec)
        said = [*_differences(before, spec), *_parameters(list(set_by_hand.values()))]
        if said:
            found.append(Mark(iteration, ", ".join(said)))
    return found


def _differences(before: Spec, after: Spec) -> list[str]:
    said = []
    if after.optimizer.name != before.optimizer.name:
        said.append(optimizers.named(after.optimizer.name).title)
    for option, value in after.optimizer.options.items():
        was = before.optimizer.options.get(option)
        if value != was:
            said.append(f"{option.replace('_', ' ')} {'' if was is None else f'{was:g} → '}{value:g}")
    for name, words in FIELDS.items():
        was, value = getattr(before, name), getattr(after, name)
        if value != was:
            on = {True: "on", False: "off"}
            said.append(f"{words} {on[value]}" if isinstance(value, bool) else f"{words} {was:g} → {value:g}")
    if after.frozen != before.frozen:
        said.append(f"frozen: {', '.join(after.frozen) or 'nothing'}")
    return said


def _parameters(changes: list[Change]) -> list[str]:
    if len(changes) > MOST_CHANGES:
        return [f"{len(changes)} parameters set by hand"]
    return [f"{change.tensor}[{', '.join(map(str, change.index))}] = {change.value:g}" for change in changes]
