"""The computation graph: the operations of the forward pass and the loss as nodes, what each one reads as edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from math import prod

from .notation import parse_tensor
from .operation import Operand, Ref, Rule
from .operations import Operations

MOST_NODES = 60
"""A larger graph is told around one of its nodes."""
HOPS = 2
FAN = 8
"""How many of a block's numbers are followed, of the many that a sum reads or that read an activation."""

Place = tuple[str, tuple[int, ...]]
"""A node: the number that it computes or, for a leaf, holds."""


@dataclass(frozen=True)
class Block:
    """Nodes of one tensor on one side of a node; `name` is what the rule that reads calls them."""

    name: str
    tensor: str
    axes: tuple[range, ...]

    def __len__(self) -> int:
        return prod(len(axis) for axis in self.axes)

    def __iter__(self) -> Iterator[Place]:
        return ((self.tensor, index) for index in product(*self.axes))

    def __contains__(self, place: Place) -> bool:
        tensor, index = place
        return tensor == self.tensor and all(part in axis for part, axis in zip(index, self.axes, strict=True))


class Graph:
    """The graph of a spec. Like the order of the operations it follows from the spec alone, and nothing is stored."""

    def __init__(self, operations: Operations) -> None:
        self.operations = operations
        self._rules: dict[str, tuple[Ref, Rule]] = {}
        for tensor in operations.tensors:
            first = operations.writer(tensor, (0,) * len(operations.shape(tensor)))
            assert first is not None
            if operations[first].phase in ("forward", "loss"):
                writes, rule = operations.general(first)
                self._rules[tensor] = writes, _unfolded(operations[first].kind, writes, rule)
        read = {ref.tensor for _, rule in self._rules.values() for o in rule.operands.values() for ref in o.refs}
        self.tensors = (*sorted(read - set(self._rules)), *self._rules)

    def __len__(self) -> int:
        return sum(prod(self.shape(tensor)) for tensor in self.tensors)

    def __contains__(self, place: Place) -> bool:
        tensor, index = place
        if tensor not in self.tensors:
            return False
        shape = self.shape(tensor)
        return len(index) == len(shape) and all(0 <= i < n for i, n in zip(index, shape, strict=True))

    def shape(self, tensor: str) -> tuple[int, ...]:
        """The axes of a node's tensor without the examples'."""
        if tensor in self.operations:
            return self.operations.shape(tensor)
        spec, (kind, layer, _) = self.operations.spec, parse_tensor(tensor)
        units = spec.units(spec.depth if layer is None else layer)
        return (units, spec.units((layer or 0) - 1)) if kind == "W" else (units,)

    def reads(self, place: Place) -> list[Block]:
        """What a node reads, by name in its rule. A sum reads its products."""
        tensor, index = place
        if tensor not in self._rules:
            return []
        writes, rule = self._rules[tensor]
        bound = _bound(writes, index)
        return [
            Block(name, ref.tensor, self._axes(ref, bound))
            for name, operand in rule.operands.items()
            for ref in operand.refs
        ]

    def readers(self, place: Place) -> list[Block]:
        """What reads a node: each rule's letters are fixed where the node fixes them, and run free elsewhere."""
        tensor, index = place
        blocks: list[Block] = []
        for target, (writes, rule) in self._rules.items():
            for name, operand in rule.operands.items():
                for ref in operand.refs:
                    if ref.tensor == tensor:
                        axes = self._axes(replace(writes, tensor=target), _bound(ref, index))
                        blocks.append(Block(name, target, axes))
        return blocks

    def whole(self) -> list[Place]:
        """Every node, leaves first."""
        return [place for tensor in self.tensors for place in self._all(tensor)]

    def around(self, centre: Place) -> list[Place]:
        """A node, what it reads and what reads it, so many hops far; the nearest where there are too many.

        Around what goes into a sum stands all that goes into that sum, so that a neuron is drawn as one.
        """
        kind, layer, _ = parse_tensor(centre[0])
        ring = [(f"z{layer}", centre[1][:1]), centre] if kind in ("W", "b", "Wa") else [centre]
        found = dict.fromkeys(ring)
        for _ in range(HOPS):
            near = (
                place
                for one in ring
                for block in (*self.reads(one), *self.readers(one))
                for place in islice(block, FAN)
                if place not in found
            )
            ring = list(dict.fromkeys(islice(near, MOST_NODES - len(found))))
            found |= dict.fromkeys(ring)
        return [place for tensor in self.tensors for place in sorted(p for p in found if p[0] == tensor)]

    def _all(self, tensor: str) -> Block:
        return Block("", tensor, tuple(range(size) for size in self.shape(tensor)))

    def _axes(self, ref: Ref, bound: dict[str, int]) -> tuple[range, ...]:
        return tuple(
            range(bound[part], bound[part] + 1) if isinstance(part, str) and part in bound else range(size)
            for part, size in zip(ref.index, self.shape(ref.tensor), strict=True)
        )


def _bound(ref: Ref, index: tuple[int, ...]) -> dict[str, int]:
    """What the letters of a block's index are at an element."""
    return {part: at for part, at in zip(ref.index, index, strict=True) if isinstance(part, str)}


def _unfolded(kind: str, writes: Ref, rule: Rule) -> Rule:
    """A sum's products are nodes of their own; it adds them up."""
    if kind != "sum":
        return rule
    products = Ref(f"Wa{parse_tensor(writes.tensor)[1]}", (*writes.index, slice(None)))
    return Rule("sum(Wa)+b", {"Wa": Operand((products,)), "b": rule.operands["b"]})
