"""Presets: sessions to begin with, each with a seed known to learn, or known to fail and saying so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..nn.registry import Registry


@dataclass(frozen=True)
class Preset:
    """A session by name; `body` is what a request to make it would carry."""

    name: str
    title: str
    description: str
    body: dict[str, Any]


presets: Registry[Preset] = Registry("a preset")

presets.add(
    Preset(
        name="xor",
        title="XOR, 2-3-1",
        description="Two inputs, three hidden neurons: the smallest task that a single neuron cannot learn.",
        body={
            "spec": {
                "layers": [{"units": 2}, {"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
                "initializer": {"name": "uniform", "low": -1.0, "high": 1.0},
                "optimizer": {"name": "sgd", "learning_rate": 0.5},
                "shuffle": True,  # by this seed (1, 1) comes first: zeros would show little
                "seed": 10,
            },
            "data": {"name": "xor"},
        },
    )
)

presets.add(
    Preset(
        name="or",
        title="One neuron on OR",
        description="Two inputs, one neuron, weights and bias drawn from 0 to 1: everything there is, at its smallest.",
        body={
            "spec": {
                "layers": [{"units": 2}, {"units": 1, "activation": "sigmoid"}],
                "optimizer": {"name": "sgd", "learning_rate": 0.5},
                "shuffle": True,
                "seed": 16,
            },
            "data": {"name": "or"},
        },
    )
)

presets.add(
    Preset(
        name="two_two_two",
        title="Published exercise, 2-2-2",
        description="A much-copied exercise with given weights: check a calculation by hand, number by number.",
        body={
            "spec": {
                "layers": [{"units": 2}, {"units": 2, "activation": "sigmoid"}, {"units": 2, "activation": "sigmoid"}],
                "optimizer": {"name": "sgd", "learning_rate": 0.5},
                "frozen": ["b1", "b2"],
            },
            "data": {"name": "two_two_two"},
            "parameters": [
                {"W": [[0.15, 0.20], [0.25, 0.30]], "b": [0.35, 0.35]},
                {"W": [[0.40, 0.45], [0.50, 0.55]], "b": [0.60, 0.60]},
            ],
        },
    )
)

presets.add(
    Preset(
        name="iris",
        title="Iris, 4-5-3",
        description="Four measurements, three species: softmax, cross-entropy and batches of ten.",
        body={
            "spec": {
                "layers": [{"units": 4}, {"units": 5, "activation": "tanh"}, {"units": 3, "activation": "softmax"}],
                "loss": "cross_entropy",
                "initializer": {"name": "xavier"},
                "optimizer": {"name": "sgd", "learning_rate": 0.05},
                "batch_size": 10,
                "shuffle": True,
                "seed": 2,
            },
            "data": {"name": "iris"},
        },
    )
)

presets.add(
    Preset(
        name="spirals",
        title="Spirals, six hidden layers of eight",
        description="Two arms that wind around each other, a deep network, Adam: learned in about 100 epochs.",
        body={
            "spec": {
                "layers": [
                    {"units": 2},
                    *[{"units": 8, "activation": "tanh"}] * 6,
                    {"units": 1, "activation": "sigmoid"},
                ],
                "loss": "binary_cross_entropy",
                "initializer": {"name": "xavier"},
                "optimizer": {"name": "adam", "learning_rate": 0.01},
                "batch_size": 10,
                "shuffle": True,
                "seed": 3,
            },
            "data": {"name": "spirals", "test_share": 0.2, "seed": 3},
        },
    )
)

presets.add(
    Preset(
        name="dead_neurons",
        title="A bad start: dead neurons",
        description="XOR with ReLU, where two of four hidden neurons start below 0 for every row and never learn.",
        body={
            "spec": {
                "layers": [{"units": 2}, {"units": 4, "activation": "relu"}, {"units": 1, "activation": "sigmoid"}],
                "loss": "binary_cross_entropy",
                "optimizer": {"name": "sgd", "learning_rate": 0.5},
                "batch_size": 4,
            },
            "data": {"name": "xor"},
            "parameters": [
                {"W": [[0.9, -0.6], [0.4, 0.7], [-0.8, 0.5], [-0.5, -0.3]], "b": [0.1, -1.5, 0.2, -0.2]},
                {"W": [[0.6, 0.5, -0.7, 0.4]], "b": [0.1]},
            ],
        },
    )
)

presets.add(
    Preset(
        name="all_zeros",
        title="A bad start: all weights zero",
        description="XOR from weights that are all 0: the hidden neurons stay alike for ever, and nothing is learned.",
        body={
            "spec": {
                "layers": [{"units": 2}, {"units": 3, "activation": "tanh"}, {"units": 1, "activation": "sigmoid"}],
                "initializer": {"name": "zeros"},
                "optimizer": {"name": "sgd", "learning_rate": 0.5},
                "shuffle": True,
                "seed": 10,
            },
            "data": {"name": "xor"},
        },
    )
)

presets.add(
    Preset(
        name="too_fast",
        title="A bad start: learning rate too high",
        description="XOR at a learning rate of 3: the cost explodes, and in iteration 12 the numbers end.",
        body={
            "spec": {
                "layers": [
                    {"units": 2},
                    {"units": 3, "activation": "leaky_relu"},
                    {"units": 1, "activation": "linear"},
                ],
                "initializer": {"name": "xavier"},
                "optimizer": {"name": "sgd", "learning_rate": 3.0},
                "batch_size": 4,
                "seed": 1,
            },
            "data": {"name": "xor"},
        },
    )
)
