"""Freezing: which parameters an update leaves as they are, from the names that a spec gives for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..errors import SpecError

Element = tuple[int, ...]
_LAYER = re.compile(r"layer ([0-9]{1,6})", re.ASCII)
_ELEMENT = re.compile(r"([Wb][0-9]{1,6})\[([0-9]{1,9}(?:,[0-9]{1,9})?)\]", re.ASCII)


@dataclass(frozen=True)
class Frozen:
    """What is frozen.

    Attributes:
        tensors: whole ones, by name.
        elements: single ones of others, by the name of their tensor.
    """

    tensors: frozenset[str]
    elements: Mapping[str, frozenset[Element]]

    def holds(self, tensor: str, index: Element) -> bool:
        """Whether an element is frozen, by itself or with its tensor."""
        return tensor in self.tensors or index in self.elements.get(tensor, ())


@lru_cache(maxsize=256)
def frozen(names: tuple[str, ...], shapes: tuple[tuple[int, int], ...]) -> Frozen:
    """What names such as ``layer 2``, ``b1`` or ``W1[0,1]`` stand for.

    Args:
        shapes: (units, inputs) of the layers 1 … L.

    Raises:
        SpecError: a name stands for nothing in this network.
    """
    sizes: dict[str, Element] = {}
    for layer, (units, inputs) in enumerate(shapes, start=1):
        sizes |= {f"W{layer}": (units, inputs), f"b{layer}": (units,)}
    tensors: set[str] = set()
    elements: dict[str, frozenset[Element]] = {}
    for name in names:
        whole, one = _LAYER.fullmatch(name), _ELEMENT.fullmatch(name)
        tensor = one[1] if one else f"W{whole[1]}" if whole else name
        index = tuple(map(int, one[2].split(","))) if one else ()
        size = sizes.get(tensor, ())
        inside = len(index) == len(size) and all(i < n for i, n in zip(index, size, strict=True))
        if not size or (one and not inside):
            raise SpecError(
                f"{name[:40]!r} cannot be frozen: this network has no such parameters.",
                hint=f"Freeze a layer, 'layer 1' to 'layer {len(shapes)}', a tensor such as 'W1' or 'b1', "
                "or one element, counted from 0, such as 'W1[0,1]' or 'b1[0]'.",
                where="spec.frozen",
            )
        if one:
            elements[tensor] = elements.get(tensor, frozenset()) | {index}
        else:
            tensors |= {f"W{whole[1]}", f"b{whole[1]}"} if whole else {name}
    return Frozen(frozenset(tensors), elements)
