"""A timeline: everything from which any iteration of a network can be computed again.

It is a start, and edits that each act at the start of an iteration. It never changes: an edit makes a new timeline, so
that taking the edit back is to return to the one before, whose future is untouched.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from typing import Literal

from ..data.batches import Batches
from ..data.dataset import Dataset
from ..errors import LimitExceeded
from ..nn.initializers import initializers
from ..nn.network import Network
from ..nn.parameters import named_views
from ..nn.registry import Array
from ..nn.spec import Spec
from ..words import Words
from .checkpoints import Checkpoints
from .metrics import Metrics

Origin = Literal["drawn", "given", "brought"]
"""How start parameters came to be: from the seed, with the spec, or from a file."""

MOST_EDITS = 1000
"""Of one timeline."""
MOST_CHANGES = 50_000
"""Parameters set by all edits of a session's timelines."""
LARGE, CHANGE_BYTES = 100, 300
"""From so many changes on, what an edit holds counts: about so much for each."""


@dataclass(frozen=True)
class Change:
    """One parameter's new value."""

    tensor: str
    index: tuple[int, ...]
    value: float


@dataclass(frozen=True)
class Edit:
    """What a person changed at the start of an iteration: parameters, or the spec from there on."""

    iteration: int
    changes: tuple[Change, ...] = ()
    spec: Spec | None = None

    @property
    def nbytes(self) -> int:
        """About what its changes hold."""
        return CHANGE_BYTES * len(self.changes)


def check_count(count: int, most: int, what: str) -> None:
    """Refuse more than a session may have.

    Raises:
        LimitExceeded: the message says what was got, and the limit.
    """
    if count > most:
        hint = "Begin a new session, or bring the parameters as a file."
        raise LimitExceeded(f"There would be {count} {what}; a session has at most {most}.", hint=hint)


@dataclass(frozen=True)
class Stretch:
    """Iterations that are computed by one spec, from `first` on until the next stretch."""

    first: int
    spec: Spec
    batches: Batches


@dataclass(frozen=True, eq=False)
class Timeline:
    """A start and the edits after it.

    Attributes:
        spec: the spec at iteration 0.
        start: the parameters at iteration 0, flat.
        origin: how they came to be.
        edits: in the order of their iterations.
        checkpoints, metrics: parameters and costs at some of its iterations; a memory, no part of what it is.
    """

    spec: Spec
    data: Dataset
    start: Array
    origin: Origin
    edits: tuple[Edit, ...] = ()
    checkpoints: Checkpoints = field(default_factory=Checkpoints, repr=False)
    metrics: Metrics = field(default_factory=Metrics, repr=False)

    def __post_init__(self) -> None:
        self.checkpoints.keep(0, Network(self.spec, self.start).everything)

    @cached_property
    def large_edits(self) -> tuple[Edit, ...]:
        """Those that set so many parameters that it counts what they hold."""
        return tuple(edit for edit in self.edits if len(edit.changes) >= LARGE)

    def check_edits(self) -> None:
        """Refuse more edits than a timeline may have.

        Raises:
            LimitExceeded: the message says what was got, and the limit.
        """
        check_count(len(self.edits), MOST_EDITS, "edits")
        check_count(sum(len(edit.changes) for edit in self.edits), MOST_CHANGES, "parameters set by hand")

    def until(self, iteration: int, *more: Edit) -> Timeline:
        """This timeline up to the start of an iteration, and more edits there."""
        kept = tuple(earlier for earlier in self.edits if earlier.iteration <= iteration)
        checkpoints, metrics = self.checkpoints.until(iteration), self.metrics.before(iteration)
        return replace(self, edits=(*kept, *more), checkpoints=checkpoints, metrics=metrics)

    def restarted(self, spec: Spec, data: Dataset | None = None) -> Timeline:
        """Iteration 0 by another spec or on other data, with the parameters that a person set there, if they fit."""
        edits = tuple(edit for edit in self.edits if edit.iteration == 0 and edit.changes)
        return Timeline(spec, data or self.data, self.start.astype(spec.dtype), self.origin, edits)

    def spec_at(self, iteration: int) -> Spec:
        """The spec by which an iteration is computed."""
        return self._stretch(iteration).spec

    def spec_before(self, iteration: int) -> Spec:
        """The spec of the iteration before, by which this one's parameters were made."""
        return self.spec_at(iteration - 1) if iteration else self.spec

    def batches_at(self, iteration: int) -> Batches:
        """The batches of which an iteration's is one. A change of their size or order begins a new epoch."""
        return self._stretch(iteration).batches

    def next_edit(self, iteration: int) -> float:
        """The first iteration after this one at whose start something changes; infinity if there is none."""
        return min((edit.iteration for edit in self.edits if edit.iteration > iteration), default=inf)

    def apply_edits(self, iteration: int, flat: Array) -> None:
        """Set the parameters that were edited at the start of this iteration."""
        edits = self._changes.get(iteration, {})
        if edits:
            views = named_views(self.spec_at(iteration), flat)
            for change in edits.values():
                views[change.tensor][change.index] = change.value

    def origin_of(self, tensor: str, index: tuple[int, ...], iteration: int, words: Words) -> str:
        """Where a parameter's value at the start of an iteration came from, as a sentence."""
        edits = (at for at, changes in self._changes.items() if at <= iteration and (tensor, index) in changes)
        edited = max(edits, default=-1)
        if edited == iteration:
            return words.say("origin.hand")
        if self._moved(tensor, index, max(edited, 0), iteration):
            return words.say("origin.update")
        if edited >= 0:
            return words.say("origin.handFrozen")
        return words.say(f"origin.{self.origin}", initializer=self._initializer(words), seed=self.spec.seed)

    def _initializer(self, words: Words) -> str:
        entry = initializers.named(self.spec.initializer.name)
        return words.entry("initializers", entry.name, "title", entry.title)

    def _moved(self, tensor: str, index: tuple[int, ...], first: int, end: int) -> bool:
        """Whether an update from one iteration on and before another may have changed a parameter."""
        starts = [first, *(stretch.first for stretch in self._stretches if first < stretch.first < end)]
        return first < end and any(not self.spec_at(at).still.holds(tensor, index) for at in starts)

    @cached_property
    def _changes(self) -> dict[int, dict[tuple[str, tuple[int, ...]], Change]]:
        """What was set at the start of each iteration, the last setting of an element counting."""
        changes: dict[int, dict[tuple[str, tuple[int, ...]], Change]] = {}
        for edit in self.edits:
            for change in edit.changes:
                changes.setdefault(edit.iteration, {})[change.tensor, change.index] = change
        return changes

    @cached_property
    def _stretches(self) -> tuple[Stretch, ...]:
        stretches = [Stretch(0, self.spec, self._batches(self.spec))]
        for edit in self.edits:
            if edit.spec is None:
                continue
            before, changed = stretches[-1].batches, self._batches(edit.spec)
            if (changed.size, changed.shuffle) == (before.size, before.shuffle):
                changed = before
            else:
                epoch = before.epoch(edit.iteration) + (before.index(edit.iteration) > 0)
                changed = replace(changed, start=edit.iteration, first_epoch=epoch)
            if stretches[-1].first == edit.iteration:
                stretches.pop()
            stretches.append(Stretch(edit.iteration, edit.spec, changed))
        return tuple(stretches)

    def _stretch(self, iteration: int) -> Stretch:
        return self._stretches[bisect_right(self._stretches, iteration, key=lambda stretch: stretch.first) - 1]

    def _batches(self, spec: Spec) -> Batches:
        return Batches(self.data.rows, min(spec.batch_size, self.data.rows), spec.shuffle, spec.seed)
