"""What one reader may know of an iteration: its numbers as far as a position, in her digits and names."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import IndexInvalid
from .explain import Reading
from .notation import parse_tensor
from .numbers import format_number
from .operations import Operations
from .tape import Tape


@dataclass(frozen=True)
class Knowledge:
    """The numbers of one iteration at one position, to one reader.

    Attributes:
        position: operations before it are done; the others' numbers are not told.
    """

    operations: Operations
    tape: Tape
    position: int
    reading: Reading

    def say(self, value: float) -> str:
        """A number as this reader has it printed."""
        return format_number(value, self.reading.digits)

    def known(self, number: int | None) -> bool:
        """Whether what an operation writes may be told; what none writes is given."""
        return number is None or number < self.position

    def name(self, tensor: str, index: tuple[int, ...]) -> str:
        """A number in words, such as `weight from input 1 to hidden neuron 2`."""
        kind, layer, new = parse_tensor(tensor)
        return self.reading.names.number(f"{kind}.new" if new else kind, layer, index)

    def shape(self, tensor: str) -> tuple[int, ...]:
        """The axes of a tensor without the examples'.

        Raises:
            IndexInvalid: the network has no such tensor.
        """
        if tensor in self.operations:
            return self.operations.shape(tensor)
        if tensor in self.tape.tensors:
            shape: tuple[int, ...] = self.tape.tensors[tensor].shape
            return shape[1 if tensor in self.tape.of_examples else 0 :]
        known = ", ".join(sorted({*self.operations.tensors, *self.tape.tensors}))
        raise IndexInvalid(f"This network has no tensor {tensor[:40]!r}.", hint=f"It has: {known}.", where="tensor")
