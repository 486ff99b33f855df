"""Buffers: the memory of one plan, and the named tensors in it.

The layers 1 … L of a kind of tensor are stacked in one array (rows, examples), with a row to spare below each layer. In
the activations that row holds ones, the "additional neuron" whose weights are the biases; in the others it holds
nothing of use, and is there so that one call can work on the same rows of all of them.

The inputs stand apart and example by example, as they come: to turn a batch of images over would take longer than
everything else that is not a product.
"""

from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np

from .clipping import CLIPPED
from .optimizers import Memory, optimizers
from .parameters import layer_views, named_views
from .penalties import penalties
from .quantities import quantities_of
from .registry import Array
from .spec import Spec


class Buffers:
    """The memory of a plan.

    Attributes:
        flat, gradient, step: the parameters, their gradients and how far they move, laid out alike.
        sums: the gradients summed over the batch, of which `gradient` is the mean.
        folds: whether the update reads the sums, and its rate has the mean's divisor: a call less in training.
        parameters, gradients: by layer, views (units, inputs + 1) of `flat` and `sums`.
        y, share, scratch: targets, shares of the cost, and room to compute, all (outputs, examples).
        penalties: the names of those that the spec has.
        factors: by penalty, its factor for each parameter of `flat`: 0 for biases.
        memory: what the optimizer works on.
        eta, norm, scale: this update's learning rate by a schedule; the gradient's length and what clipping leaves.
        tensors: everything with a name.
        of_examples: the names of those that have the examples along their first axis.
    """

    def __init__(self, spec: Spec, flat: Array, remembered: Array, examples: int) -> None:
        self.spec = spec
        self.flat, self.gradient, self.step = flat, np.zeros_like(flat), np.zeros_like(flat)
        self.mean = 1 / examples
        self.sums = np.zeros_like(flat) if examples > 1 else self.gradient
        self.eta, self.norm, self.scale = (np.zeros((), spec.dtype) for _ in range(3))
        self.parameters = dict(enumerate(layer_views(spec, flat), start=1))
        self.gradients = dict(enumerate(layer_views(spec, self.sums), start=1))
        self._inputs = np.ones((examples, spec.units(0) + 1), spec.dtype)
        ends = list(accumulate((layer.units + 1 for layer in spec.layers[1:]), initial=0))
        self._rows = dict(enumerate((slice(start, end - 1) for start, end in pairwise(ends)), start=1))
        stacks = [np.zeros((ends[-1], examples), spec.dtype) for _ in range(5)]
        self._a, self._z, self._slope, self._da, self._dz = stacks
        for rows in self._rows.values():
            self._a[rows.stop] = 1
        # What is read above a layer with dropout and the gradient that comes back to it, each with its row of ones.
        dropped = {layer: (spec.units(layer) + 1, examples) for layer in spec.dropping}
        self._kept = {layer: np.ones(shape, spec.dtype) for layer, shape in dropped.items()}
        self._dkept = {layer: np.zeros(shape, spec.dtype) for layer, shape in dropped.items()}
        self.masks = {layer: np.ones((units - 1, examples), spec.dtype) for layer, (units, _) in dropped.items()}
        outputs = spec.units(spec.depth)
        self.y, self.share, self.scratch = (np.zeros((outputs, examples), spec.dtype) for _ in range(3))
        self.penalties = [penalty.name for penalty in penalties if getattr(spec, penalty.name)]
        self.factors = {name: self._factors(name) for name in self.penalties}
        self.memory = self._memory(remembered)
        examplewise = self._of_examples(examples)
        self.of_examples = frozenset(examplewise)
        self.tensors = examplewise | self._of_network()

    @property
    def counts(self) -> bool:
        """Whether something reads the number of the update."""
        return self.spec.scheduled or bool(optimizers.named(self.spec.optimizer.name).quantities)

    @property
    def folds(self) -> bool:
        plain = optimizers.named(self.spec.optimizer.name).proportional
        return plain and not (self.penalties or self.spec.clip or self.spec.scheduled)

    def constant(self, value: float) -> Array:
        """A number of the network's dtype."""
        with np.errstate(over="ignore"):
            return np.array(value, self.spec.dtype)

    def below(self, layer: int) -> Array:
        """The activations that a layer reads, with their row of ones."""
        if layer == 1:
            return self._inputs.T
        if layer - 1 in self._kept:
            return self._kept[layer - 1]
        rows = self._rows[layer - 1]
        return self._a[rows.start : rows.stop + 1]

    def z(self, layer: int) -> Array:
        return self._z[self._rows[layer]]

    def a(self, layer: int) -> Array:
        return self._a[self._rows[layer]]

    def slope(self, layer: int) -> Array:
        return self._slope[self._rows[layer]]

    def da(self, layer: int) -> Array:
        return self._da[self._rows[layer]]

    def dz(self, layer: int) -> Array:
        return self._dz[self._rows[layer]]

    def da_with_ones(self, layer: int) -> Array:
        """dC/da of a layer, or of what dropout keeps of it, and of its row of ones, which nobody reads."""
        if layer in self._dkept:
            return self._dkept[layer]
        rows = self._rows[layer]
        return self._da[rows.start : rows.stop + 1]

    def kept(self, layer: int) -> Array:
        return self._kept[layer][:-1]

    def dkept(self, layer: int) -> Array:
        return self._dkept[layer][:-1]

    def stacked(self, first: int, last: int) -> tuple[Array, Array, Array]:
        """z, a and slopes of neighbouring layers, with the rows between them."""
        rows = slice(self._rows[first].start, self._rows[last].stop)
        return self._z[rows], self._a[rows], self._slope[rows]

    def moving(self, elements: bool = True) -> Array:
        """True for each parameter that is not frozen; those frozen one by one count as such only if asked."""
        mask, still = np.ones(len(self.flat), bool), self.spec.still
        views = named_views(self.spec, mask)
        for name in still.tensors:
            views[name][...] = False
        for name, indices in still.elements.items() if elements else ():
            for index in indices:
                views[name][index] = False
        return mask

    def _factors(self, penalty: str) -> Array:
        factors = np.zeros_like(self.flat)
        for view in layer_views(self.spec, factors):
            view[:, :-1] = getattr(self.spec, penalty)
        return factors

    def _memory(self, remembered: Array) -> Memory:
        """The optimizer's buffers; `remembered` holds t and the kept quantities, one after the other."""
        spec, size, quantities = self.spec, len(self.flat), {}
        start = 1
        for quantity in quantities_of(spec):
            if quantity.kept:
                quantities[quantity.name] = remembered[start : start + size]
                start += size
            else:
                quantities[quantity.name] = np.zeros_like(self.flat)
        gradient = quantities[CLIPPED.name] if spec.clip else self.gradient
        rate = self.eta if spec.scheduled else self.constant(spec.optimizer["learning_rate"])
        if self.folds:
            gradient, rate = self.sums, self.constant(spec.optimizer["learning_rate"] * self.mean)
        t, power, rest = remembered[:1].reshape(()), np.zeros((), spec.dtype), np.zeros((), spec.dtype)
        return Memory(self.flat, gradient, self.step, np.zeros_like(self.flat), quantities, t, rate, power, rest)

    def _of_examples(self, examples: int) -> dict[str, Array]:
        spec = self.spec
        tensors: dict[str, Array] = {"a0": self._inputs[:, :-1], "y": self.y.T}
        for layer in range(1, spec.depth + 1):
            tensors |= {f"z{layer}": self.z(layer).T, f"a{layer}": self.a(layer).T}
            tensors |= {f"da{layer}": self.da(layer).T, f"dz{layer}": self.dz(layer).T}
            activation = spec.activation(layer)
            fused = layer == spec.depth and spec.fused is not None
            for shared in (*activation.shared, *(() if fused else activation.back)):
                tensors[f"{shared.name}{layer}"] = np.zeros(examples, spec.dtype)
        for layer, factors in self.masks.items():
            tensors |= {
                f"mask{layer}": factors.T,
                f"kept{layer}": self.kept(layer).T,
                f"dkept{layer}": self.dkept(layer).T,
            }
        return tensors | {"share": self.share.T, "own": np.zeros(examples, spec.dtype)}

    def _of_network(self) -> dict[str, Array]:
        spec = self.spec
        tensors = {"C": np.zeros((), spec.dtype)}
        tensors |= {f"penalty_{name}": np.zeros((), spec.dtype) for name in self.penalties}
        tensors |= named_views(spec, self.flat) | named_views(spec, self.gradient, "dW", "db")
        for quantity in quantities_of(spec):
            name = quantity.name
            views = named_views(spec, self.memory.quantities[name], f"{name}W", f"{name}b")
            # What is only on the way to a step has no number where there is no step.
            absent = () if quantity.kept else [f"{name}{tensor}" for tensor in spec.still.tensors]
            tensors |= {view: numbers for view, numbers in views.items() if view not in absent}
        if self.counts:
            tensors["t"] = self.memory.t
        if spec.scheduled:
            tensors["eta"] = self.eta
        return tensors | ({"norm": self.norm, "scale": self.scale} if spec.clip else {})
