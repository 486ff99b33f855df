"""The plan: one iteration as flat lists of bound NumPy calls over buffers that are made once.

On small networks the number of calls is the whole cost, so each call is bound to its arguments and its output when the
plan is made, and an iteration is nothing but a loop over them. The buffers are what a learner steps through: every
named tensor has its own, and none is ever scaled by the learning rate. `print(plan)` shows the lists.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np

from .buffers import Buffers
from .clipping import clipping_calls
from .dropout import mask
from .layers import layers as layer_kinds
from .optimizers import optimizers
from .parameters import nothing_remembered
from .penalties import penalties
from .quantities import quantities_of
from .registry import Array, Step
from .schedules import schedules
from .spec import Spec


@dataclass(frozen=True)
class Call:
    """A NumPy function bound to its arguments.

    Attributes:
        purpose: what it is for, in the vocabulary of the tensors.
        learning: whether the update depends on it; the cost is only shown.
    """

    purpose: str
    run: partial[Any]
    learning: bool = True

    def __str__(self) -> str:
        shapes = [str(arg.shape) for arg in self.run.args if isinstance(arg, np.ndarray) and arg.ndim]
        return f"{self.purpose:<24} {self.run.func.__name__:<10} {' '.join(shapes)}"


class Plan:
    """One iteration of a spec on batches of one size.

    Args:
        spec: what to compute.
        flat: the parameters; `step` and `train` change them in place, nothing else does.
        examples: the size of the batch.
        remembered: what the optimizer remembers from update to update; changed in place like the parameters.

    Attributes:
        forward, loss, backward, update: the calls of each phase, in order.
        tensors: every named tensor.
        of_examples: the names of those that have the examples along their first axis.
    """

    def __init__(self, spec: Spec, flat: Array, examples: int, remembered: Array | None = None) -> None:
        self.spec = spec
        self.examples = examples
        self._b = Buffers(spec, flat, nothing_remembered(spec) if remembered is None else remembered, examples)
        self.of_examples = self._b.of_examples
        self.tensors = self._b.tensors
        self._a0, self._y = self.tensors["a0"], self.tensors["y"]
        self.forward = self._plan_forward()
        self.loss = self._plan_loss()
        self.backward = self._plan_backward()
        self.update = self._plan_update()
        calls = [*self.forward, *self.loss, *self.backward]
        self._forward = [call.run for call in self.forward]
        self._evaluate = [call.run for call in [*self.forward, *self.loss]]
        self._gradients = [call.run for call in calls]
        self._update = [call.run for call in self.update]
        self._train = [call.run for call in calls if call.learning] + self._update

    def load(self, inputs: Array, targets: Array | None = None, iteration: int | None = None) -> None:
        """Put a batch in: inputs (examples, features) and targets (examples, outputs).

        Args:
            iteration: the one that it is learned from in; without one, dropout drops nothing.
        """
        for layer, factors in self._b.masks.items():
            factors[...] = 1 if iteration is None else mask(self.spec, layer, iteration, self.examples).T
        self._a0[...] = inputs
        if targets is not None:
            self._y[...] = targets

    def predict(self) -> None:
        """Run the forward phase."""
        _run(self._forward)

    def evaluate(self) -> None:
        """Run forward and loss."""
        _run(self._evaluate)

    def gradients(self) -> None:
        """Run forward, loss and backward: every number of the iteration but the updated parameters."""
        _run(self._gradients)

    def step(self) -> None:
        """Run the update."""
        _run(self._update)

    def train(self) -> None:
        """Run a whole iteration but what is only shown: the same bits in the parameters, sooner."""
        for call in self._train:
            call()

    def __str__(self) -> str:
        lines = []
        for phase in ("forward", "loss", "backward", "update"):
            lines += [phase, *(f"  {call}" for call in getattr(self, phase))]
        return "\n".join(lines)

    def _plan_forward(self) -> list[Call]:
        spec, b = self.spec, self._b
        calls = []
        for layer in range(1, spec.depth + 1):
            kind = layer_kinds.named(spec.layers[layer].kind)
            activation = spec.activation(layer)
            calls += _calls(f"z{layer}", kind.forward(b.parameters[layer], b.below(layer), b.z(layer)))
            shared = {item.name: self.tensors[f"{item.name}{layer}"] for item in activation.shared}
            steps = activation.forward(b.z(layer), b.a(layer), shared, b.constant)
            calls += _calls(f"a{layer} = {activation.name}(z{layer})", steps)
            if layer in b.masks:
                calls += _calls(f"kept{layer}", [(np.multiply, b.masks[layer], b.a(layer), b.kept(layer))])
        return calls

    def _plan_loss(self) -> list[Call]:
        spec, b = self.spec, self._b
        a, cost = b.a(spec.depth), self.tensors["C"]
        steps = spec.loss_entry.share(a, b.y, b.share, b.scratch, b.constant)
        calls = _calls("share", steps, learning=False)
        # A sum and a mean as products: a third of the time of a ufunc's reduce.
        own, ones = self.tensors["own"], np.ones(len(b.share), spec.dtype)
        mean = np.full(self.examples, b.mean, spec.dtype)
        calls += _calls("own", [(ones.dot, b.share, own)], learning=False)
        calls += _calls("C", [(own.dot, mean, cost)], learning=False)
        for penalty in b.penalties:
            entry, total = penalties.named(penalty), self.tensors[f"penalty_{penalty}"]
            steps = [*entry.cost(b.flat, b.step), (b.factors[penalty].dot, b.step, total), (np.add, cost, total, cost)]
            calls += _calls(f"C + {penalty}", steps, learning=False)
        return calls

    def _plan_backward(self) -> list[Call]:
        spec, b, depth = self.spec, self._b, self.spec.depth
        steps = spec.loss_entry.gradient(b.a(depth), b.y, b.da(depth), b.scratch, b.constant)
        calls = _calls(f"da{depth}", steps, learning=spec.fused is None)
        calls += self._plan_slopes()
        for layer in range(depth, 0, -1):
            kind = layer_kinds.named(spec.layers[layer].kind)
            calls += _calls(f"dz{layer}", self._delta_steps(layer))
            steps = kind.gradient(b.dz(layer), b.below(layer), b.gradients[layer])
            calls += _calls(f"dW{layer} db{layer}", steps)
            if layer > 1:
                steps = kind.back(b.parameters[layer], b.dz(layer), b.da_with_ones(layer - 1))
                if layer - 1 in b.masks:
                    steps += [(np.multiply, b.masks[layer - 1], b.dkept(layer - 1), b.da(layer - 1))]
                calls += _calls(f"da{layer - 1}", steps)
        if self.examples > 1:
            steps = [(np.multiply, b.sums, b.constant(b.mean), b.gradient)]
            calls += _calls("dW db, mean", steps, learning=not b.folds)
        for penalty in b.penalties:
            steps = penalties.named(penalty).gradient(b.flat, b.step)
            steps += [(np.multiply, b.step, b.factors[penalty], b.step), (np.add, b.gradient, b.step, b.gradient)]
            calls += _calls(f"dW + {penalty}", steps)
        return calls

    def _plan_slopes(self) -> list[Call]:
        """The slopes of neighbouring layers in one go where they share an activation."""
        spec, b = self.spec, self._b
        sloped = [layer for layer in range(1, spec.depth + 1) if self._chained(layer)]
        calls = []
        for name, group in groupby(sloped, key=lambda layer: spec.layers[layer].activation):
            layers = list(group)
            steps = spec.activation(layers[0]).slope(*b.stacked(layers[0], layers[-1]), b.constant)
            calls += _calls(f"{name}'(z{layers[0]}…z{layers[-1]})", steps)
        return calls

    def _chained(self, layer: int) -> bool:
        """Whether dz is da times a slope."""
        return self.spec.activation(layer).elementwise and not (layer == self.spec.depth and self.spec.fused)

    def _delta_steps(self, layer: int) -> Sequence[Step]:
        spec, b = self.spec, self._b
        if layer == spec.depth and spec.fused:
            return spec.fused.calls(b.a(layer), b.y, b.dz(layer), b.constant)
        if self._chained(layer):
            return [(np.multiply, b.da(layer), b.slope(layer), b.dz(layer))]
        activation = spec.activation(layer)
        back = {item.name: self.tensors[f"{item.name}{layer}"] for item in activation.back}
        return activation.slope(b.a(layer), b.da(layer), b.dz(layer), back, b.constant)

    def _plan_update(self) -> list[Call]:
        spec, b = self.spec, self._b
        optimizer = optimizers.named(spec.optimizer.name)
        calls = [*self._plan_rate(), *self._plan_clipping()]
        steps = _calls(optimizer.name, optimizer.calls(b.memory, spec.optimizer, b.constant))
        move = Call("W b", partial(np.subtract, b.flat, b.step, b.flat))
        if not spec.frozen:
            return [*calls, *steps, move]
        before, after = self._plan_stillness()
        stay = Call("step, frozen", partial(np.putmask, b.step, ~b.moving(), 0))
        return [*calls, *before, *steps, *after, stay, move]

    def _plan_stillness(self) -> tuple[list[Call], list[Call]]:
        """Before and after an optimizer's calls: what is kept for tensors that are frozen stays as it was."""
        b, before, after = self._b, [], []
        still = ~b.moving(elements=False)
        for quantity in quantities_of(self.spec) if still.any() else ():
            if quantity.kept:
                kept = b.memory.quantities[quantity.name]
                held = np.zeros_like(kept)
                before.append(Call(f"{quantity.name}, frozen", partial(np.copyto, held, kept)))
                after.append(Call(f"{quantity.name}, frozen", partial(np.putmask, kept, still, held)))
        return before, after

    def _plan_rate(self) -> list[Call]:
        """The number of this update and its learning rate, where something reads them."""
        spec, b = self.spec, self._b
        t, spare = b.memory.t, b.memory.power
        calls = _calls("t", [(np.add, t, b.constant(1), spare), (np.copyto, t, spare)] if b.counts else [])
        schedule = schedules.named(spec.schedule.name)
        if schedule.calls is None:
            return calls
        rate = b.constant(spec.optimizer["learning_rate"])
        return calls + _calls("eta", schedule.calls(t, rate, b.eta, spare, spec.schedule, b.constant))

    def _plan_clipping(self) -> list[Call]:
        spec, b = self.spec, self._b
        if not spec.clip:
            return []
        calls, gradient = [], b.gradient
        if spec.still.tensors:
            gradient, moving = b.memory.scratch, b.moving(elements=False).astype(spec.dtype)
            calls += _calls("dW db, moving", [(np.multiply, b.gradient, moving, gradient)])
        calls += _calls("norm, scale", clipping_calls(gradient, b.norm, b.scale, spec.clip, b.constant))
        return calls + _calls("dW db, clipped", [(np.multiply, b.gradient, b.scale, b.memory.gradient)])


def _calls(purpose: str, steps: Sequence[Step], learning: bool = True) -> list[Call]:
    return [Call(purpose, partial(function, *arguments), learning) for function, *arguments in steps]


def _run(calls: Sequence[Callable[[], object]]) -> None:
    for call in calls:
        call()
