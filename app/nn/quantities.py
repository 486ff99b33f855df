"""Quantities: the numbers that an update has for each parameter on the way from its gradient to its new value."""

from __future__ import annotations

from .clipping import CLIPPED
from .optimizers import Quantity, optimizers
from .spec import Spec


def quantities() -> dict[str, Quantity]:
    """All that there are, by name."""
    return {CLIPPED.name: CLIPPED} | {q.name: q for optimizer in optimizers for q in optimizer.quantities}


def quantities_of(spec: Spec) -> tuple[Quantity, ...]:
    """Those of a spec, in the order in which they are computed."""
    clipped = (CLIPPED,) if spec.clip else ()
    return (*clipped, *optimizers.named(spec.optimizer.name).quantities)
