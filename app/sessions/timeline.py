"""A timeline: everything from which any iteration of a network can be computed again.

It is a start, and edits that each act at the start of an iteration. It never changes: an edit makes a new timeline
that knows its parent and where it forked, so that taking the edit back is to return to the parent, whose future is
untouched.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..data.batches import Batches
from ..data.dataset import Dataset
from ..nn.network import Network
from ..nn.parameters import named_views
from ..nn.registry import Array
from ..nn.spec import Spec
from .checkpoints import Checkpoints


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


@dataclass(frozen=True, eq=False)
class Timeline:
    """A start and the edits after it.

    Attributes:
        spec: the spec at iteration 0.
        start: the parameters at iteration 0, flat.
        origin: where they came from, as a sentence.
        edits: in the order of their iterations.
        checkpoints: parameters at some of its iterations; a memory, no part of what it is.
        parent, fork: the timeline that this one was made from, and the iteration at which it left it.
    """

    spec: Spec
    data: Dataset
    start: Array
    origin: str
    edits: tuple[Edit, ...] = ()
    parent: Timeline | None = None
    fork: int = 0
    checkpoints: Checkpoints = field(default_factory=Checkpoints, repr=False)

    def __post_init__(self) -> None:
        self.checkpoints.keep(0, Network(self.spec, self.start).everything)

    def edited(self, edit: Edit) -> Timeline:
        """This timeline up to the edit's iteration, and the edit."""
        kept = tuple(earlier for earlier in self.edits if earlier.iteration <= edit.iteration)
        shared = self.checkpoints.until(edit.iteration)
        return Timeline(self.spec, self.data, self.start, self.origin, (*kept, edit), self, edit.iteration, shared)

    def spec_at(self, iteration: int) -> Spec:
        """The spec by which an iteration is computed."""
        specs = [edit.spec for edit in self.edits if edit.spec and edit.iteration <= iteration]
        return specs[-1] if specs else self.spec

    def spec_before(self, iteration: int) -> Spec:
        """The spec of the iteration before, by which this one's parameters were made."""
        return self.spec_at(iteration - 1) if iteration else self.spec

    def batches_at(self, iteration: int) -> Batches:
        """The batches of which an iteration's is one. A change of their size or order begins a new epoch."""
        batches = self._batches(self.spec)
        for edit in self.edits:
            if edit.spec is None or edit.iteration > iteration:
                continue
            changed = self._batches(edit.spec)
            if (changed.size, changed.shuffle) != (batches.size, batches.shuffle):
                under_way = batches.index(edit.iteration) > 0
                epoch = batches.epoch(edit.iteration) + under_way
                batches = Batches(changed.rows, changed.size, changed.shuffle, changed.seed, edit.iteration, epoch)
        return batches

    def apply_edits(self, iteration: int, flat: Array) -> None:
        """Set the parameters that were edited at the start of this iteration."""
        for edit in self.edits:
            if edit.iteration == iteration and edit.changes:
                views = named_views(self.spec_at(iteration), flat)
                for change in edit.changes:
                    views[change.tensor][change.index] = change.value

    def _batches(self, spec: Spec) -> Batches:
        return Batches(self.data.rows, min(spec.batch_size, self.data.rows), spec.shuffle, spec.seed)
