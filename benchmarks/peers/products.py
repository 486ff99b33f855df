"""The limit: the matrix products of an iteration and nothing else. No engine on this BLAS is faster."""

from __future__ import annotations

from functools import partial

import numpy as np

from app.nn.registry import Array

from .problem import Problem


class Products:
    """Forward W·a; backward dz·aᵀ and, but for the first layer, Wᵀ·dz; units by examples, into arrays made once."""

    def __init__(self, problem: Problem) -> None:
        spec, generator = problem.spec, np.random.default_rng(0)

        def some(*shape: int) -> Array:
            return generator.standard_normal(shape).astype(spec.dtype)

        self._calls: list[partial[Array]] = []
        for layer, (units, inputs) in enumerate(spec.shapes(), start=1):
            weight, delta = some(units, inputs), some(units, spec.batch_size)
            # As in the plan, the inputs stand example by example.
            below = some(inputs, spec.batch_size) if layer > 1 else some(spec.batch_size, inputs).T
            self._calls.append(partial(weight.dot, below, some(units, spec.batch_size)))
            self._calls.append(partial(delta.dot, below.T, some(units, inputs)))
            if layer > 1:
                self._calls.append(partial(weight.T.dot, delta, some(inputs, spec.batch_size)))

    def train(self) -> None:
        for call in self._calls:
            call()
