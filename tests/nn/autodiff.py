"""An oracle: scalar reverse-mode differentiation, which shares nothing with the engine but the mathematics."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.nn.spec import Spec


class Scalar:
    """A number that knows what it was made of, and how it changes with that."""

    def __init__(self, value: float, parents: Sequence[tuple[Scalar, float]] = ()) -> None:
        self.value = value
        self.parents = parents
        self.gradient = 0.0

    def __add__(self, other: Scalar | float) -> Scalar:
        other = _scalar(other)
        return Scalar(self.value + other.value, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other: Scalar | float) -> Scalar:
        other = _scalar(other)
        return Scalar(self.value * other.value, [(self, other.value), (other, self.value)])

    def __sub__(self, other: Scalar | float) -> Scalar:
        return self + _scalar(other) * -1.0

    def through(self, function: Callable[[float], float], slope: Callable[[float], float]) -> Scalar:
        return Scalar(function(self.value), [(self, slope(self.value))])

    def inverse(self) -> Scalar:
        return self.through(lambda x: 1 / x, lambda x: -1 / x**2)

    def differentiate(self) -> None:
        """Set the gradient of everything that this number was made of."""
        order: list[Scalar] = []
        seen: set[int] = set()

        def visit(node: Scalar) -> None:
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.gradient = 1.0
        for node in reversed(order):
            for parent, slope in node.parents:
                parent.gradient += node.gradient * slope


def _scalar(value: Scalar | float) -> Scalar:
    return value if isinstance(value, Scalar) else Scalar(value)


def _total(terms: Sequence[Scalar]) -> Scalar:
    total = Scalar(0.0)
    for term in terms:
        total = total + term
    return total


def _exp(x: Scalar) -> Scalar:
    return x.through(math.exp, math.exp)


def _log(x: Scalar) -> Scalar:
    return x.through(math.log, lambda v: 1 / v)


def _logistic(x: Scalar) -> Scalar:
    return (_exp(x * -1.0) + 1.0).inverse()


def _softmax(z: list[Scalar]) -> list[Scalar]:
    powers = [_exp(x) for x in z]
    total = _total(powers).inverse()
    return [power * total for power in powers]


def _each(
    function: Callable[[float], float], slope: Callable[[float], float]
) -> Callable[[list[Scalar]], list[Scalar]]:
    return lambda z: [x.through(function, slope) for x in z]


def _bell(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def _below(x: float) -> float:
    return (1 + math.erf(x / math.sqrt(2))) / 2


ACTIVATIONS: dict[str, Callable[[list[Scalar]], list[Scalar]]] = {
    "sigmoid": lambda z: [_logistic(x) for x in z],
    "tanh": lambda z: [_logistic(x * 2.0) * 2.0 - 1.0 for x in z],
    "relu": lambda z: [x if x.value > 0 else x * 0.0 for x in z],
    "linear": lambda z: z,
    "leaky_relu": _each(lambda x: x if x > 0 else x / 100, lambda x: 1 if x > 0 else 1 / 100),
    "elu": _each(lambda x: x if x > 0 else math.exp(x) - 1, lambda x: 1 if x > 0 else math.exp(x)),
    "softplus": lambda z: [_log(_exp(x) + 1.0) for x in z],
    "silu": lambda z: [x * _logistic(x) for x in z],
    "gelu": _each(lambda x: x * _below(x), lambda x: _below(x) + x * _bell(x)),
    "step": _each(lambda x: 1 if x > 0 else 0, lambda x: 0),
    "softmax": _softmax,
}


def _huber(distance: float) -> float:
    return distance**2 / 2 if abs(distance) < 1 else abs(distance) - 1 / 2


LOSSES: dict[str, Callable[[Scalar, float, int], Scalar]] = {
    "half_squared_error": lambda a, y, n: (a - y) * (a - y) * 0.5,
    "mean_squared_error": lambda a, y, n: (a - y) * (a - y) * (1 / n),
    "mean_absolute_error": lambda a, y, n: (a - y).through(abs, lambda d: (d > 0) - (d < 0)) * (1 / n),
    "huber": lambda a, y, n: (a - y).through(_huber, lambda d: max(-1, min(1, d))) * (1 / n),
    "binary_cross_entropy": lambda a, y, n: (_log(a) * y + _log(a * -1.0 + 1.0) * (1 - y)) * (-1 / n),
    "cross_entropy": lambda a, y, n: _log(a) * -y if y else Scalar(0.0),
}


class OracleNetwork:
    """The cost of a batch and its gradients, scalar by scalar."""

    def __init__(self, spec: Spec, parameters: Mapping[str, Any]) -> None:
        self.spec = spec
        self.W = {n: [[Scalar(w) for w in row] for row in parameters[f"W{n}"]] for n in self._layers}
        self.b = {n: [Scalar(b) for b in parameters[f"b{n}"]] for n in self._layers}

    @property
    def _layers(self) -> range:
        return range(1, self.spec.depth + 1)

    def cost(
        self,
        inputs: Sequence[Sequence[float]],
        targets: Sequence[Sequence[float]],
        masks: Mapping[int, Sequence[Sequence[float]]],
    ) -> Scalar:
        """The mean of the examples' own costs, and the penalties; gradients are set on W and b.

        `masks` has, by layer, what each example's activations are multiplied by.
        """
        own = [{layer: rows[k] for layer, rows in masks.items()} for k in range(len(inputs))]
        owns = [self._own(x, y, factors) for x, y, factors in zip(inputs, targets, own, strict=True)]
        cost = _total(owns) * (1 / len(owns))
        weights = [w for rows in self.W.values() for row in rows for w in row]
        cost = cost + _total([w * w for w in weights]) * self.spec.l2
        cost = cost + _total([w.through(abs, lambda v: float((v > 0) - (v < 0))) for w in weights]) * self.spec.l1
        cost.differentiate()
        return cost

    def _own(self, inputs: Sequence[float], targets: Sequence[float], masks: Mapping[int, Sequence[float]]) -> Scalar:
        a = [Scalar(float(x)) for x in inputs]
        for n in self._layers:
            z = [
                _total([w * x for w, x in zip(row, a, strict=True)]) + b
                for row, b in zip(self.W[n], self.b[n], strict=True)
            ]
            a = ACTIVATIONS[self.spec.layers[n].activation](z)
            a = [x * factor for x, factor in zip(a, masks.get(n, [1.0] * len(a)), strict=True)]
        loss = LOSSES[self.spec.loss]
        return _total([loss(output, float(y), len(a)) for output, y in zip(a, targets, strict=True)])
