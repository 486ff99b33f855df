"""Marks: where on a timeline something was changed by hand, and what, in a few words."""

from __future__ import annotations

from typing import NamedTuple

from ..nn.optimizers import optimizers
from ..nn.spec import Spec
from ..words import Words
from .timeline import Change, Timeline

MOST_CHANGES = 3
"""More parameters that were set at one iteration are only counted."""
FIELDS = ("batch_size", "shuffle", "l2", "l1")


class Mark(NamedTuple):
    """At the start of an iteration, something was changed."""

    iteration: int
    what: str


def marks(timeline: Timeline, words: Words) -> list[Mark]:
    """The marks of a timeline in order, one for each iteration at whose start something was changed."""
    found = []
    spec = timeline.spec
    for iteration in sorted({edit.iteration for edit in timeline.edits}):
        edits = [edit for edit in timeline.edits if edit.iteration == iteration]
        set_by_hand = {(change.tensor, change.index): change for edit in edits for change in edit.changes}
        before, spec = spec, next((edit.spec for edit in reversed(edits) if edit.spec is not None), spec)
        said = [*_differences(before, spec, words), *_parameters(list(set_by_hand.values()), words)]
        if said:
            found.append(Mark(iteration, ", ".join(said)))
    return found


def _differences(before: Spec, after: Spec, words: Words) -> list[str]:
    said = []
    if after.optimizer.name != before.optimizer.name:
        entry = optimizers.named(after.optimizer.name)
        said.append(words.entry("optimizers", entry.name, "title", entry.title))
    numbers = [(name, before.optimizer.options.get(name), value) for name, value in after.optimizer.options.items()]
    numbers += [(name, getattr(before, name), getattr(after, name)) for name in FIELDS]
    for option, was, value in numbers:
        name = words.option(option)
        if value == was:
            continue
        if isinstance(value, bool):
            said.append(words.say("marks.on" if value else "marks.off", name=name))
        elif was is None:
            said.append(words.say("marks.given", name=name, after=f"{value:g}"))
        else:
            said.append(words.say("marks.changed", name=name, before=f"{was:g}", after=f"{value:g}"))
    if after.frozen != before.frozen:
        names = ", ".join(after.frozen)
        said.append(words.say("marks.frozen" if names else "marks.nothing", names=names))
    return said


def _parameters(changes: list[Change], words: Words) -> list[str]:
    if len(changes) > MOST_CHANGES:
        return [words.say("marks.set", count=len(changes))]
    return [f"{change.tensor}[{', '.join(map(str, change.index))}] = {change.value:g}" for change in changes]
