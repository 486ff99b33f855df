"""The spec: everything that decides what a network computes, but its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..errors import SpecError, plain
from .activations import Activation, activations
from .freezing import Frozen, frozen
from .initializers import initializers
from .layers import layers as layer_kinds
from .losses import Fused, Loss, losses
from .optimizers import optimizers
from .registry import Choice, choose
from .schedules import schedules

DTYPES = ("float64", "float32")


@dataclass(frozen=True)
class LayerSpec:
    """A layer: how many units, and what they make of their sums. The input layer's activation is empty.

    Attributes:
        dropout: the chance of a hidden unit to be left out of an example in training.
    """

    units: int
    activation: str = ""
    kind: str = "dense"
    dropout: float = 0.0


@dataclass(frozen=True)
class Spec:
    """Layers and everything else that decides the order of the operations and the rules of the numbers.

    Attributes:
        layers: layer 0, the input, to layer L, the output.
        frozen: what an update leaves as it is: layers, tensors or elements, such as ``layer 2``, ``b1``, ``W1[0,1]``.
        l2, l1: the factors of the penalties.
        clip: how long the gradient of all parameters together may be; 0 where it may be of any length.
        seed: where all randomness comes from.
    """

    layers: tuple[LayerSpec, ...]
    loss: str = "half_squared_error"
    initializer: Choice = field(default_factory=lambda: Choice("uniform"))
    optimizer: Choice = field(default_factory=lambda: Choice("sgd"))
    batch_size: int = 1
    shuffle: bool = False
    l2: float = 0.0
    l1: float = 0.0
    frozen: tuple[str, ...] = ()
    seed: int = 0
    dtype: str = "float64"
    schedule: Choice = field(default_factory=lambda: Choice("constant"))
    clip: float = 0.0

    @property
    def depth(self) -> int:
        """L, the number of the output layer."""
        return len(self.layers) - 1

    def units(self, layer: int) -> int:
        return self.layers[layer].units

    def activation(self, layer: int) -> Activation:
        return activations.named(self.layers[layer].activation)

    @property
    def dropping(self) -> tuple[int, ...]:
        """The layers that have dropout."""
        return tuple(number for number, layer in enumerate(self.layers) if layer.dropout)

    @property
    def loss_entry(self) -> Loss:
        return losses.named(self.loss)

    @property
    def fused(self) -> Fused | None:
        """The output layer's dC/dz in one operation, where loss and activation have one."""
        return self.loss_entry.fused.get(self.layers[-1].activation)

    @property
    def scheduled(self) -> bool:
        """Whether the learning rate changes from update to update."""
        return schedules.named(self.schedule.name).calls is not None

    @property
    def parameter_count(self) -> int:
        pairs = zip(self.layers, self.layers[1:], strict=False)
        return sum(layer.units * (before.units + 1) for before, layer in pairs)

    @property
    def still(self) -> Frozen:
        """The parameters that are frozen."""
        return frozen(self.frozen, tuple(self.shapes()))

    @property
    def without_update(self) -> Spec:
        """The same cost and the same gradients, for plans that never update: what an update needs takes memory."""
        return replace(
            self, optimizer=Choice("sgd", {"learning_rate": 0.0}), schedule=Choice("constant"), clip=0.0, frozen=()
        )

    def shapes(self) -> Iterator[tuple[int, int]]:
        """(units, inputs) of the layers 1 … L."""
        for before, layer in zip(self.layers, self.layers[1:], strict=False):
            yield layer.units, before.units


def checked(spec: Spec) -> Spec:
    """The spec with every default filled in.

    Raises:
        SpecError: it cannot make a network; `where` names the field.
    """
    _check_layers(spec)
    _check_loss(spec)
    _check_numbers(spec)
    frozen(spec.frozen, tuple(spec.shapes()))
    initializer = initializers.named(spec.initializer.name, "spec.initializer")
    optimizer = optimizers.named(spec.optimizer.name, "spec.optimizer")
    schedule = schedules.named(spec.schedule.name, "spec.schedule")
    return replace(
        spec,
        initializer=choose(initializer.options, spec.initializer, "spec.initializer"),
        optimizer=choose(optimizer.options, spec.optimizer, "spec.optimizer"),
        schedule=choose(schedule.options, spec.schedule, "spec.schedule"),
        frozen=tuple(sorted(set(spec.frozen))),
    )


def _check_layers(spec: Spec) -> None:
    if len(spec.layers) < 2:
        raise SpecError(
            f"There are {len(spec.layers)} layers; expected an input layer and at least one more.", where="spec.layers"
        )
    for index, layer in enumerate(spec.layers):
        where = f"spec.layers[{index}]"
        if layer.units < 1:
            raise SpecError(
                f"Layer {index} has {layer.units} units; expected 1 or more.",
                hint="Take the layer out, or give it a neuron.",
                where=f"{where}.units",
            )
        layer_kinds.named(layer.kind, f"{where}.kind")
        if index == 0 and layer.activation:
            raise SpecError(
                f"The input layer has the activation {layer.activation[:40]!r}, but it only holds the inputs.",
                hint="Leave the activation of layers[0] out.",
                where=f"{where}.activation",
            )
        if index > 0:
            activations.named(layer.activation, f"{where}.activation")
        _check_dropout(layer.dropout, 0 < index < spec.depth, f"{where}.dropout")


def _check_dropout(chance: float, hidden: bool, where: str) -> None:
    if not 0 <= chance < 1:
        raise SpecError(f"The dropout is {chance:g}; expected a number from 0 to below 1.", where=where)
    if chance and not hidden:
        raise SpecError(
            "Only hidden layers can have dropout.", hint="Leave it out of the first and the last layer.", where=where
        )


def _check_loss(spec: Spec) -> None:
    loss = losses.named(spec.loss, "spec.loss")
    output = activations.named(spec.layers[-1].activation)
    where = f"spec.layers[{spec.depth}].activation"
    if loss.needs and output.name != loss.needs:
        raise SpecError(
            f"{loss.title} needs {loss.needs} at the output; got {output.name}.",
            hint=f"Set the output layer's activation to {loss.needs}, or choose another loss.",
            where=where,
        )
    if loss.targets == "probability" and not 0 <= output.low <= output.high <= 1:
        raise SpecError(
            f"{loss.title} needs outputs between 0 and 1; {output.name} can give others.",
            hint="Set the output layer's activation to sigmoid, or choose another loss.",
            where=where,
        )


def _check_numbers(spec: Spec) -> None:
    if spec.batch_size < 1:
        raise SpecError(f"The batch size is {spec.batch_size}; expected 1 or more examples.", where="spec.batch_size")
    for name in ("l2", "l1", "clip"):
        value = getattr(spec, name)
        if not 0 <= value <= 1e12:
            raise SpecError(
                f"{name.upper()} penalty is {plain(value)}; expected a number from 0 to {plain(1e12)}.",
                where=f"spec.{name}",
            )
    if not 0 <= spec.seed < 2**53:
        raise SpecError(
            f"The seed is {spec.seed}; expected a whole number from 0 to {plain(2**53 - 1)}.", where="spec.seed"
        )
    if spec.dtype not in DTYPES:
        raise SpecError(
            f"The dtype is {spec.dtype[:40]!r}.", hint=f"Use one of: {', '.join(DTYPES)}.", where="spec.dtype"
        )
