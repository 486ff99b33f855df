"""An iteration: the plan against the textbook on a small network, against bare matrix products on a large one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from app.nn.network import Network
from app.nn.plan import Plan
from app.nn.registry import Array, Choice
from app.nn.spec import LayerSpec, Spec, checked

from .report import Line, Table, Target
from .sample import in_turns, ratios
from .textbook import Textbook

LEARNING_RATE = 0.01
SMALL = Spec(
    (LayerSpec(2), LayerSpec(4, "tanh"), LayerSpec(2, "tanh"), LayerSpec(1, "tanh")),
    loss="half_squared_error",
    initializer=Choice("xavier"),
    optimizer=Choice("sgd", {"learning_rate": LEARNING_RATE}),
    batch_size=10,
)
LARGE = Spec(
    (LayerSpec(784), LayerSpec(128, "relu"), LayerSpec(64, "relu"), LayerSpec(10, "softmax")),
    loss="cross_entropy",
    initializer=Choice("he"),
    optimizer=Choice("sgd", {"learning_rate": LEARNING_RATE}),
    batch_size=128,
    dtype="float32",
)


def measure(quick: bool) -> Iterator[Table]:
    rounds = 3 if quick else 101
    yield _against_textbook(rounds)
    yield _against_products(rounds)


def _against_textbook(rounds: int) -> Table:
    spec = checked(SMALL)
    network, generator = Network(spec), np.random.default_rng(0)
    inputs = generator.standard_normal((spec.batch_size, spec.units(0)))
    targets = generator.uniform(-1, 1, (spec.batch_size, spec.units(spec.depth)))
    layers = range(1, spec.depth + 1)
    textbook = Textbook([network.W(layer) for layer in layers], [network.b(layer) for layer in layers], LEARNING_RATE)
    plan = partial(_iterate, network.plan(spec.batch_size), inputs, targets)
    peer = partial(textbook.train, inputs, targets)
    _check_agreement(plan, peer, network, textbook)
    times = in_turns({"plan": plan, "textbook": peer}, rounds)
    gain = ratios(times["textbook"], times["plan"])
    return Table(
        "2-4-2-1, batch 10, float64, tanh, half squared error",
        [
            Line("plan, its batch loaded", times["plan"]),
            Line("textbook NumPy, layer by layer", times["textbook"]),
            Line("the plan is faster by", gain, "×", Target(3, at_least=True)),
        ],
        "Forward, backward and update; neither computes the cost. Before timing, both gave the same parameters.",
    )


def _iterate(plan: Plan, inputs: Array, targets: Array) -> None:
    plan.load(inputs, targets)
    plan.train()


def _check_agreement(plan: Callable[[], None], peer: Callable[[], None], network: Network, textbook: Textbook) -> None:
    """A comparison means something only between two that compute the same."""
    for _ in range(10):
        plan()
        peer()
    for layer, (weight, bias) in enumerate(zip(textbook.weights, textbook.biases, strict=True), start=1):
        np.testing.assert_allclose(network.W(layer), weight, rtol=1e-10)
        np.testing.assert_allclose(network.b(layer), bias, rtol=1e-10)


def _against_products(rounds: int) -> Table:
    spec = checked(LARGE)
    network, generator = Network(spec), np.random.default_rng(0)
    inputs = generator.random((spec.batch_size, spec.units(0)), np.float32)
    targets = np.eye(spec.units(spec.depth), dtype=np.float32)[np.arange(spec.batch_size) % spec.units(spec.depth)]
    whole = partial(_iterate, network.plan(spec.batch_size), inputs, targets)
    times = in_turns({"plan": whole, "products": _products(spec, generator)}, rounds)
    share = [100 * ratio for ratio in ratios(times["products"], times["plan"])]
    return Table(
        "784-128-64-10, batch 128, float32, relu, softmax with cross-entropy",
        [
            Line("plan, its batch loaded", times["plan"]),
            Line("its eight matrix products alone", times["products"]),
            Line("the plan's rate is, of theirs", share, "%", Target(65, at_least=True)),
        ],
        "The products: without biases, np.dot into arrays that are made once, units by examples as in the plan.",
    )


def _products(spec: Spec, generator: np.random.Generator) -> Callable[[], None]:
    """Forward W·a; backward dz·aᵀ and, but for the first layer, Wᵀ·dz."""

    def some(*shape: int) -> Array:
        return generator.standard_normal(shape, np.float32)

    calls: list[partial[Array]] = []
    for layer, (units, inputs) in enumerate(spec.shapes(), start=1):
        weight, below, delta = some(units, inputs), some(inputs, spec.batch_size), some(units, spec.batch_size)
        calls.append(partial(np.dot, weight, below, out=some(units, spec.batch_size)))
        calls.append(partial(np.dot, delta, below.T, out=some(units, inputs)))
        if layer > 1:
            calls.append(partial(np.dot, weight.T, delta, out=some(inputs, spec.batch_size)))

    def run() -> None:
        for call in calls:
            call()

    return run
