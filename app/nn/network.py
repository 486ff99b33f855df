"""A network: a spec, its parameters, and the plans that compute with them."""

from __future__ import annotations

import numpy as np

from .parameters import drawn, layer_views, nothing_remembered
from .plan import Plan
from .registry import Array
from .spec import Spec


class Network:
    """Parameters that plans for batches of any size share.

    Args:
        spec: a checked spec.
        start: the parameters, flat, with or without what the optimizer remembers behind them; drawn from the spec's
            seed where none are given.

    Attributes:
        everything: parameters and what the optimizer remembers, one after the other: all that training changes.
        flat, remembered: views of both parts.
    """

    def __init__(self, spec: Spec, start: Array | None = None) -> None:
        self.spec = spec
        given = drawn(spec) if start is None else start
        size = spec.parameter_count
        self.everything = given if len(given) > size else np.concatenate([given, nothing_remembered(spec)])
        self.flat, self.remembered = self.everything[:size], self.everything[size:]
        self._plans: dict[int, Plan] = {}
        self._times = self.everything.dot
        self._zeros = np.zeros(len(self.everything), spec.dtype)
        self._predicting: Plan | None = None

    def plan(self, examples: int) -> Plan:
        """The plan for batches of this size, made on first use."""
        if examples not in self._plans:
            self._plans[examples] = Plan(self.spec, self.flat, examples, self.remembered)
        return self._plans[examples]

    def finite(self) -> bool:
        """Whether all that training changes is finite; to be asked where NumPy keeps quiet about what is not.

        0 times a finite number is 0, 0 times any other is not a number, which counts as true: one product, without a
        copy, that neither overflows nor misses one.
        """
        return not self._times(self._zeros)

    def W(self, layer: int) -> Array:
        """The weights of a layer, (units, inputs): a view."""
        return layer_views(self.spec, self.flat)[layer - 1][:, :-1]

    def b(self, layer: int) -> Array:
        """The biases of a layer, (units): a view."""
        return layer_views(self.spec, self.flat)[layer - 1][:, -1]

    def predict(self, inputs: Array) -> tuple[list[Array], list[Array]]:
        """The sums z1 … zL and the activations a0 … aL, each (examples, units): views, which the next call fills anew.

        The buffers are kept for the next call with as many examples; making those of many takes longer than computing.
        """
        if self._predicting is None or self._predicting.examples != len(inputs):
            self._predicting = Plan(self.spec.without_update, self.flat, len(inputs))
        plan = self._predicting
        plan.load(inputs)
        with np.errstate(all="ignore"):
            plan.predict()
        sums = [plan.tensors[f"z{layer}"] for layer in range(1, self.spec.depth + 1)]
        return sums, [plan.tensors[f"a{layer}"] for layer in range(self.spec.depth + 1)]
