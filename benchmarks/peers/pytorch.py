"""PyTorch as its tutorials write it: eager, `nn.Sequential`, `optim.SGD`, on the processor."""

from __future__ import annotations

from importlib import import_module
from itertools import repeat
from time import perf_counter_ns
from typing import Any

from .problem import LEARNING_RATE, Layer, Problem


class PyTorch:
    """A problem's network on so many threads.

    Raises:
        ImportError: PyTorch is absent.
    """

    def __init__(self, problem: Problem, threads: int = 1) -> None:
        self.torch: Any = import_module("torch")
        self.threads = threads
        self.model = self._model(problem)
        self.inputs = self.torch.tensor(problem.inputs)
        self.targets = self.torch.tensor(problem.targets)
        rate = LEARNING_RATE
        if problem.classifies:
            self.loss = self.torch.nn.CrossEntropyLoss()
            self.targets = self.targets.argmax(1)
        else:
            self.loss = self.torch.nn.MSELoss()
            rate = LEARNING_RATE / 2  # its squared error is not halved; another operation for that would cost it time
        self.optimizer = self.torch.optim.SGD(self.model.parameters(), lr=rate)

    def _model(self, problem: Problem) -> Any:
        nn, modules = self.torch.nn, []
        for layer, (weight, bias) in enumerate(problem.start, start=1):
            linear = nn.Linear(weight.shape[1], weight.shape[0], dtype=getattr(self.torch, problem.spec.dtype))
            with self.torch.no_grad():
                linear.weight.copy_(self.torch.tensor(weight))
                linear.bias.copy_(self.torch.tensor(bias))
            modules.append(linear)
            if not problem.classifies:
                modules.append(nn.Tanh())
            elif layer < len(problem.start):
                modules.append(nn.ReLU())
        return nn.Sequential(*modules)

    def train(self) -> None:
        """One iteration on the problem's batch."""
        self.optimizer.zero_grad()
        loss = self.loss(self.model(self.inputs), self.targets)
        loss.backward()
        self.optimizer.step()

    def batch(self, count: int) -> float:
        """The nanoseconds of so many iterations on its threads."""
        self.torch.set_num_threads(self.threads)
        self.train()  # the threads are there before the clock starts
        begin = perf_counter_ns()
        for _ in repeat(None, count):
            self.train()
        return perf_counter_ns() - begin

    def parameters(self) -> list[Layer]:
        linears = [module for module in self.model if hasattr(module, "weight")]
        return [(linear.weight.detach().numpy(), linear.bias.detach().numpy()) for linear in linears]


class KeepingPyTorch(PyTorch):
    """The gradients of a batch, without an update, by a network that keeps every sum, activation and derivative."""

    def __init__(self, problem: Problem, threads: int = 1) -> None:
        super().__init__(problem, threads)
        self.kept: dict[Any, Any] = {}
        for module in self.model:
            module.register_forward_hook(self._keep)

    def _keep(self, module: Any, inputs: Any, output: Any) -> None:
        output.retain_grad()
        self.kept[module] = output

    def train(self) -> None:
        self.optimizer.zero_grad()
        self.loss(self.model(self.inputs), self.targets).backward()
