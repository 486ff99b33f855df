"""A problem: a network, its start parameters and a batch, the same for this engine and for every peer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.nn.network import Network
from app.nn.registry import Array, Choice
from app.nn.spec import LayerSpec, Spec, checked

LEARNING_RATE = 0.01


class Problem:
    """tanh and half squared error on one output, in float64; or, where there are more outputs, relu, softmax and
    cross-entropy in float32. Plain gradient descent.

    Attributes:
        spec: of the network, with its batch size.
        start: by layer, weights (units, inputs) and biases (units).
        inputs, targets: a batch, (examples, features) and (examples, outputs).
    """

    def __init__(self, units: Sequence[int], batch_size: int, optimizer: str = "sgd") -> None:
        self.classifies = units[-1] > 1
        hidden, output = ("relu", "softmax") if self.classifies else ("tanh", "tanh")
        layers = [LayerSpec(units[0]), *(LayerSpec(n, hidden) for n in units[1:-1]), LayerSpec(units[-1], output)]
        self.spec = checked(
            Spec(
                tuple(layers),
                loss="cross_entropy" if self.classifies else "half_squared_error",
                initializer=Choice("he" if self.classifies else "xavier"),
                optimizer=Choice(optimizer, {"learning_rate": LEARNING_RATE}),
                batch_size=batch_size,
                dtype="float32" if self.classifies else "float64",
            )
        )
        self.start = parameters(self.network())
        self.inputs, self.targets = self.rows(batch_size)

    @property
    def units(self) -> list[int]:
        return [layer.units for layer in self.spec.layers]

    @property
    def shape(self) -> str:
        """Its units, as people write them."""
        return "-".join(map(str, self.units))

    @property
    def title(self) -> str:
        functions = "relu, softmax and cross-entropy" if self.classifies else "tanh, half squared error"
        return f"{self.shape}, batch {self.spec.batch_size}, {self.spec.dtype}, {functions}"

    def network(self) -> Network:
        """A network with the start parameters."""
        return Network(self.spec)

    def rows(self, count: int, seed: int = 0) -> tuple[Array, Array]:
        """Drawn inputs and targets."""
        generator = np.random.default_rng(seed)
        inputs = generator.standard_normal((count, self.units[0])).astype(self.spec.dtype)
        if self.classifies:
            return inputs, np.eye(self.units[-1], dtype=self.spec.dtype)[np.arange(count) % self.units[-1]]
        return inputs, generator.choice([-1.0, 1.0], (count, 1))


Layer = tuple[Array, Array]
"""Weights (units, inputs) and biases (units)."""


def parameters(network: Network) -> list[Layer]:
    """Copies of a network's, by layer."""
    return [(network.W(layer).copy(), network.b(layer).copy()) for layer in range(1, network.spec.depth + 1)]


def check_agreement(ours: Sequence[Layer], theirs: Sequence[Layer], who: str) -> None:
    """A comparison means something only between two that compute the same.

    Raises:
        AssertionError: a parameter differs; the message says how.
    """
    for one, other in zip(_arrays(ours), _arrays(theirs), strict=True):
        tolerance = 1e-10 if one.dtype == np.float64 else 1e-3
        np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance / 100, err_msg=who)


def _arrays(layers: Sequence[Layer]) -> Iterator[Array]:
    for layer in layers:
        yield from layer
