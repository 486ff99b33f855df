"""Operations: what it takes to index one and to explain one, in a large network and in a small one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle
from random import Random
from statistics import median

import numpy as np

from app.nn.network import Network
from app.nn.registry import Choice
from app.nn.spec import LayerSpec, Spec, checked
from app.steps.explain import Reading
from app.steps.explainer import Explainer
from app.steps.operations import Operations
from app.steps.tape import record

from .report import Line, Table, Target
from .sample import Call, in_turns

LARGE = Spec(
    (LayerSpec(784), LayerSpec(128, "relu"), LayerSpec(64, "relu"), LayerSpec(10, "softmax")),
    loss="cross_entropy",
    initializer=Choice("he"),
    batch_size=128,
)
SMALL = replace(LARGE, layers=(LayerSpec(2), LayerSpec(3, "relu"), LayerSpec(2, "softmax")), batch_size=1)
DRAWN = 1000

Reader = Callable[[int], object]
"""Does something with the operation of this number."""


def measure(quick: bool) -> Iterator[Table]:
    """Index, then explain: drawn operations of both networks, and the slowest kind of the large one."""
    rounds = 3 if quick else 31
    large, small = Operations(checked(LARGE)), Operations(checked(SMALL))
    of = f"one of the {len(large):,} operations of 784-128-64-10"
    lines = _lines(large, small, large.__getitem__, small.__getitem__, rounds)
    yield Table(f"indexing {of}", [replace(line, target=Target(50_000)) for line in lines])
    lines = _lines(large, small, _explainer(large).operation, _explainer(small).operation, rounds)
    yield Table(f"explaining {of}, batch 128", lines, "An explanation: rule, names, numbers, sentence, in MathML.")


def _lines(large: Operations, small: Operations, of_large: Reader, of_small: Reader, rounds: int) -> list[Line]:
    drawn = {"drawn": _each(of_large, _draw(large)), "small": _each(of_small, _draw(small))}
    kinds = {tensor: partial(of_large, _middle(large, tensor)) for tensor in large.tensors}
    times = in_turns({**drawn, **kinds}, rounds)
    slowest = max(kinds, key=lambda tensor: median(times[tensor]))
    return [
        Line("drawn at random", times["drawn"]),
        Line(f"the slowest kind: what writes {slowest}", times[slowest]),
        Line(f"drawn from the {len(small)} of 2-3-2", times["small"]),
    ]


def _each(reader: Reader, numbers: Sequence[int]) -> Call:
    turn = cycle(numbers)
    return lambda: reader(next(turn))


def _draw(operations: Operations) -> list[int]:
    return Random(0).choices(range(len(operations)), k=DRAWN)


def _middle(operations: Operations, tensor: str) -> int:
    """The operation that writes the element in the middle of a tensor."""
    number = operations.writer(tensor, tuple(size // 2 for size in operations.shape(tensor)))
    assert number is not None, f"no operation writes {tensor}"
    return number


def _explainer(operations: Operations) -> Explainer:
    """Explains an iteration whose every number is written."""
    spec, generator = operations.spec, np.random.default_rng(0)
    inputs = generator.standard_normal((spec.batch_size, spec.units(0)))
    targets = np.eye(spec.units(spec.depth))
    batch = [(row, inputs[row], targets[row % len(targets)]) for row in range(spec.batch_size)]
    return Explainer(operations, record(Network(spec), batch), len(operations), Reading(row=0))
