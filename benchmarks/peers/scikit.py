"""scikit-learn's multi-layer perceptron by `partial_fit`, given an epoch of batches at a time."""

from __future__ import annotations

from importlib import import_module
from itertools import repeat
from time import perf_counter_ns
from typing import Any

import numpy as np

from app.nn.registry import Array

from .problem import LEARNING_RATE, Layer, Problem

AT_ONCE = 25
"""Iterations of one call. With one batch a call, most of its time would go into checking what it is given."""


class ScikitLearn:
    """A problem's network as a classifier or a regressor. A regressor has no activation at its output.

    Raises:
        ImportError: scikit-learn is absent.
    """

    def __init__(self, problem: Problem) -> None:
        module: Any = import_module("sklearn.neural_network")
        model = module.MLPClassifier if problem.classifies else module.MLPRegressor
        self.model = model(
            hidden_layer_sizes=problem.units[1:-1],
            activation="relu" if problem.classifies else "tanh",
            solver="sgd",
            alpha=0,
            batch_size=problem.spec.batch_size,
            learning_rate_init=LEARNING_RATE,
            momentum=0,
            shuffle=False,
            random_state=0,
        )
        self.inputs = problem.inputs
        self.targets: Array = problem.targets.argmax(1) if problem.classifies else problem.targets[:, 0]
        self._many = np.tile(self.inputs, (AT_ONCE, 1)), np.tile(self.targets, AT_ONCE)
        first = {"classes": np.arange(problem.units[-1])} if problem.classifies else {}
        self.model.partial_fit(self.inputs, self.targets, **first)
        self.model.coefs_ = [weight.T.copy() for weight, _ in problem.start]
        self.model.intercepts_ = [bias.copy() for _, bias in problem.start]

    def train(self) -> None:
        """One iteration on the problem's batch."""
        self.model.partial_fit(self.inputs, self.targets)

    def batch(self, count: int) -> float:
        """The nanoseconds of so many iterations, from the time of whole calls."""
        calls = -(-count // AT_ONCE)
        begin = perf_counter_ns()
        for _ in repeat(None, calls):
            self.model.partial_fit(*self._many)
        return (perf_counter_ns() - begin) * count / (calls * AT_ONCE)

    def parameters(self) -> list[Layer]:
        return [(weight.T, bias) for weight, bias in zip(self.model.coefs_, self.model.intercepts_, strict=True)]
