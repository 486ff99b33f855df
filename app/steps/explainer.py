"""The explainer: from a number to its explanation."""

from __future__ import annotations

from ..errors import IndexInvalid
from ..words import capital
from . import signs
from .account import Account
from .drawn import DrawnGraph, drawn
from .explain import Explanation, Reading
from .knowledge import Knowledge
from .notation import parse_tensor
from .operation import Ref
from .operations import Operations
from .question import Question
from .questions import question, questions
from .sentences import given
from .tape import Tape


class Explainer:
    """Explains the numbers of one iteration at one position, to one reader.

    Args:
        position: operations before it are done; the others' numbers are not told.
    """

    def __init__(self, operations: Operations, tape: Tape, position: int, reading: Reading) -> None:
        self.operations = operations
        self.tape = tape
        self.reading = reading
        self._knowledge = Knowledge(operations, tape, position, reading)

    def element(self, tensor: str, index: tuple[int, ...]) -> Explanation:
        """Explain one element of a tensor.

        Raises:
            IndexInvalid: the network has no such tensor, or the tensor no such element.
        """
        shape = self._knowledge.shape(tensor)
        if len(index) != len(shape) or not all(0 <= i < n for i, n in zip(index, shape, strict=True)):
            raise IndexInvalid(
                f"{tensor} has no element {list(index)}; its shape is {list(shape)}.",
                hint="Indices count from 0; the example is not part of them.",
                where="index",
            )
        operation = self.operations.writer(tensor, index)
        return self._given(tensor, index) if operation is None else self.operation(operation)

    def operation(self, number: int) -> Explanation:
        """Explain what an operation writes."""
        return Account(self._knowledge, number).explanation()

    def question(self, number: int, kind: str | None) -> Question:
        """A question about what an operation writes, of a kind or of the one whose turn it is.

        Raises:
            SpecError: there is no such kind, or it cannot be asked of this operation.
        """
        return question(Account(self._knowledge, number), kind)

    def kinds(self, number: int) -> tuple[str, ...]:
        """The names of all kinds of questions that can be asked about what an operation writes."""
        return tuple(one.kind.name for one in questions(Account(self._knowledge, number)))

    def graph(self, tensor: str, index: tuple[int, ...]) -> DrawnGraph:
        """The computation graph, around an element of a tensor where it is large.

        Raises:
            IndexInvalid: the element is no node of it.
        """
        return drawn(self._knowledge, tensor, index)

    def _given(self, tensor: str, index: tuple[int, ...]) -> Explanation:
        kind, layer, new = parse_tensor(tensor)
        known = not new or self._knowledge.position == len(self.operations)
        value = float(self.tape.value(Ref(tensor, index), self.reading.row)) if known else None
        name = self._knowledge.name(tensor, index)
        return Explanation(
            tensor=tensor,
            index=index,
            example=self.reading.row,
            operation=None,
            kind="given",
            phase=None,
            layer=layer,
            neuron=index[0] if index else None,
            written=known,
            value=value,
            text="" if value is None else self._knowledge.say(value),
            symbol=signs.element(self.reading.notation, tensor, index),
            title=capital(name),
            sentence=given(kind, new, self.reading.words) or self.reading.origin(tensor, index),
        )
