"""The textbook: a dense network in NumPy as a good textbook writes it.

Examples are rows, layers are a loop, every result is a new array. It does nothing that it need not: the mean over the
batch is taken once, at the outputs; the layer below the first gets no gradient; the cost is not computed. It takes the
batch as it is, without a copy.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.nn.registry import Array

from .problem import LEARNING_RATE, Layer, Problem


class Textbook:
    """A problem's network with weights and biases apart."""

    def __init__(self, problem: Problem) -> None:
        self.inputs, self.targets = problem.inputs, problem.targets
        self.weights = [weight.copy() for weight, _ in problem.start]
        self.biases = [bias.copy() for _, bias in problem.start]
        self._hidden, self._slope, self._output = (_relu, _above_zero, _softmax) if problem.classifies else TANH

    def train(self) -> None:
        """One iteration on the problem's batch."""
        activations = [self.inputs]
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            activations.append(self._hidden(activations[-1] @ weight.T + bias))
        output = self._output(activations[-1] @ self.weights[-1].T + self.biases[-1])
        delta = (output - self.targets) / len(self.inputs)
        if self._output is not _softmax:
            delta = delta * self._slope(output)
        for layer in reversed(range(len(self.weights))):
            weight_gradient = delta.T @ activations[layer]
            bias_gradient = delta.sum(axis=0)
            if layer > 0:
                delta = (delta @ self.weights[layer]) * self._slope(activations[layer])
            self.weights[layer] -= LEARNING_RATE * weight_gradient
            self.biases[layer] -= LEARNING_RATE * bias_gradient

    def parameters(self) -> list[Layer]:
        return list(zip(self.weights, self.biases, strict=True))


Function = Callable[[Array], Array]


def _slope_of_tanh(a: Array) -> Array:
    return np.asarray(1 - a**2)


def _relu(z: Array) -> Array:
    return np.asarray(np.maximum(z, 0))


def _above_zero(a: Array) -> Array:
    return np.asarray(a > 0)


def _softmax(z: Array) -> Array:
    shares = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


TANH: tuple[Function, Function, Function] = (np.tanh, _slope_of_tanh, np.tanh)
