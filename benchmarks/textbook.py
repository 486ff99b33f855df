"""The textbook: a dense network in NumPy as a good textbook writes it, a peer to measure the plan against.

Examples are rows, layers are a loop, every result is a new array. It does nothing that it need not: the mean over the
batch is taken once, at the outputs; the layer below the first gets no gradient; the cost is not computed. It takes the
batch as it is, without a copy.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.nn.registry import Array


class Textbook:
    """tanh in every layer, half squared error, gradient descent.

    Args:
        weights, biases: by layer, (units, inputs) and (units); copied.
    """

    def __init__(self, weights: Sequence[Array], biases: Sequence[Array], learning_rate: float) -> None:
        self.weights = [np.array(weight, order="C") for weight in weights]
        self.biases = [np.array(bias) for bias in biases]
        self.learning_rate = learning_rate

    def train(self, inputs: Array, targets: Array) -> None:
        """One iteration on a batch: inputs (examples, features), targets (examples, outputs)."""
        activations = [inputs]
        for weight, bias in zip(self.weights, self.biases, strict=True):
            activations.append(np.tanh(activations[-1] @ weight.T + bias))
        output = activations[-1]
        delta = (output - targets) * (1 - output**2) / len(inputs)
        for layer in reversed(range(len(self.weights))):
            weight_gradient = delta.T @ activations[layer]
            bias_gradient = delta.sum(axis=0)
            if layer > 0:
                delta = (delta @ self.weights[layer]) * (1 - activations[layer] ** 2)
            self.weights[layer] -= self.learning_rate * weight_gradient
            self.biases[layer] -= self.learning_rate * bias_gradient
