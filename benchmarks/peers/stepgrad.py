"""This engine, doing what is compared: its batch is copied in anew each time, as training does."""

from __future__ import annotations

from app.nn.registry import Array

from .problem import Layer, Problem, parameters


class Stepgrad:
    """A problem's network and its plan."""

    def __init__(self, problem: Problem) -> None:
        self.network = problem.network()
        self.batch_size = problem.spec.batch_size
        self.inputs, self.targets = problem.inputs, problem.targets
        self.plan = self.network.plan(self.batch_size)

    def train(self) -> None:
        """One iteration on the problem's batch."""
        self.plan.load(self.inputs, self.targets)
        self.plan.train()

    def gradients(self) -> None:
        """Every number of an iteration up to its gradients."""
        self.plan.load(self.inputs, self.targets)
        self.plan.gradients()

    def epoch(self, train: tuple[Array, Array], test: tuple[Array, Array]) -> list[float]:
        """Once through the training rows, in batches; the costs of both."""
        inputs, targets = train
        for start in range(0, len(inputs), self.batch_size):
            rows = slice(start, start + self.batch_size)
            self.plan.load(inputs[rows], targets[rows])
            self.plan.train()
        return [self._cost(*train), self._cost(*test)]

    def _cost(self, inputs: Array, targets: Array) -> float:
        plan = self.network.plan(len(inputs))
        plan.load(inputs, targets)
        plan.evaluate()
        return float(plan.tensors["C"])

    def parameters(self) -> list[Layer]:
        return parameters(self.network)
