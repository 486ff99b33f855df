"""The source of every export: one iteration as far as its position, and how it was come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..data.batches import Batches
from ..data.dataset import Dataset
from ..nn.registry import Array
from ..nn.spec import Spec
from ..steps.explain import Reading
from ..steps.explainer import Explainer
from ..steps.operations import Operations
from ..steps.tape import Tape
from ..words import Words


@dataclass(frozen=True)
class Beginning:
    """Where code begins to train: the first iteration, or the last one at whose start a person changed something.

    Attributes:
        tape: that iteration; its parameters, and what the optimizer remembers, are those at its start.
    """

    iteration: int
    tape: Tape


@dataclass(frozen=True)
class Source:
    """What can be taken away.

    Attributes:
        iteration, position: where the cursor stands.
        tape: the numbers of that iteration; those after the position are not told.
        parameters: by name, as they are at the cursor.
        reading: how whoever takes it away reads.
    """

    data: Dataset
    batches: Batches
    iteration: int
    position: int
    operations: Operations
    tape: Tape
    parameters: Mapping[str, Array]
    beginning: Beginning
    reading: Reading

    @property
    def spec(self) -> Spec:
        return self.operations.spec

    @property
    def explainer(self) -> Explainer:
        return Explainer(self.operations, self.tape, self.position, self.reading)

    @property
    def complete(self) -> Explainer:
        """One that tells the whole iteration, wherever the cursor stands."""
        return Explainer(self.operations, self.tape, len(self.operations), self.reading)

    @property
    def done(self) -> int:
        """How many iterations lie before the cursor."""
        return self.iteration + (self.position == len(self.operations))

    @property
    def words(self) -> Words:
        return self.reading.words

    @property
    def shape(self) -> str:
        """Such as `2-3-1`."""
        return "-".join(str(layer.units) for layer in self.spec.layers)

    def title(self, words: Words) -> str:
        """Such as `2-3-1 network on XOR`."""
        return words.say("export.title", units=self.shape, data=self.data.title)

    @property
    def heading(self) -> str:
        """The same, and which iteration, as its reader reads."""
        return self.words.say("export.iteration", title=self.title(self.words), number=self.iteration + 1)
