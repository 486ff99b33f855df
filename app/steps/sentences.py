"""Sentences: what each kind of operation does, said plainly, with its numbers once they are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from ..nn.optimizers import optimizers
from ..nn.quantities import quantities
from ..nn.schedules import schedules
from ..nn.spec import Spec
from ..words import Words, capital
from .explain import Read
from .names import Names
from .notation import parse_tensor
from .operation import Operation


@dataclass(frozen=True)
class Said:
    """What a sentence is about: an operation, the numbers that it reads and, once it is written, that it writes.

    Attributes:
        batch: how many examples the batch has.
    """

    operation: Operation
    spec: Spec
    names: Names
    reads: Sequence[Read]
    batch: int
    value: float | None

    @property
    def layer(self) -> int:
        assert self.operation.layer is not None
        return self.operation.layer

    @property
    def mean(self) -> str:
        return "Mean" if self.batch > 1 else ""

    def source(self, away: int) -> str:
        """The unit of the layer so far away whose term it is."""
        return self.names.unit(self.layer + away, int(str(self.operation.writes.index[1])))

    def entry(self, registry: str, name: str, title: str) -> str:
        """What a registered entry is called."""
        return self.names.words.entry(registry, name, "title", title)

    def told(self, variant: str = "", **places: str) -> str:
        """The sentence of the operation's kind, in a variant of it."""
        if self.operation.layer is not None and self.operation.neuron is not None:
            places["unit"] = self.names.unit(self.layer, self.operation.neuron)
        return self.names.words.say(f"sentence.{self.operation.kind}{variant}", **places)


def title(operation: Operation, names: Names) -> str:
    """What an operation computes, in a few words."""
    kind, layer, neuron = operation.kind, operation.layer, operation.neuron
    if layer is None or neuron is None:
        return names.words.say(f"title.{kind}")
    if kind in ("quantity", "frozen"):
        name = capital(_name(operation, names))
        return names.words.say("title.frozen", name=name) if kind == "frozen" else name
    places = {"unit": names.unit(layer, neuron)}
    if kind in ("weight_gradient", "weight_update"):
        places["source"] = names.unit(layer - 1, int(str(operation.writes.index[1])))
    return names.words.say(f"title.{kind}", **places)


def _name(operation: Operation, names: Names) -> str:
    """The number that an operation writes, in words."""
    tensor, index = operation.writes.tensor, tuple(int(str(part)) for part in operation.writes.index)
    return names.number(parse_tensor(tensor)[0], operation.layer, index)


def describe(said: Said, value: str) -> str:
    """One sentence on an operation, and what its number means. `value` is empty while it is not yet written."""
    sentence = capital(_SENTENCES.get(said.operation.kind, _plain)(said))
    return " ".join(filter(None, (f"{sentence}: {value}.", meaning(said)))) if value else f"{sentence}."


def meaning(said: Said) -> str:
    """Which way a gradient points and a parameter goes; empty for any other number."""
    kind, say, value = said.operation.kind, said.names.words.say, said.value
    if value is None or not isfinite(value):
        return ""
    if kind in ("weight_update", "bias_update"):
        return say(f"meaning.moved.{sign}") if (sign := _moved(said, value)) else ""
    if kind not in _OF:
        return ""
    cost = say(f"meaning.{_OF[kind]}.{_sign(value)}")
    follows = kind in ("weight_gradient", "bias_gradient") and _follows(said)
    return f"{cost} {say(f'meaning.next.{_sign(value)}')}" if follows else cost


def _sign(value: float) -> str:
    return "zero" if value == 0 else "positive" if value > 0 else "negative"


def _moved(said: Said, value: float) -> str:
    """The sign of the gradient that a parameter went straight against; empty where that is not the whole of it."""
    read = {parse_tensor(one.tensor)[0]: one.value for one in said.reads}
    before, gradient = (
        next((read[name] for name in names if name in read), None) for names in (("W", "b"), _GRADIENTS)
    )
    if said.spec.optimizer.name != "sgd" or before is None or gradient is None:
        return ""
    return _sign(gradient) if _sign(before - value) == _sign(gradient) else ""


_GRADIENTS = ("dW", "db", "clippedW", "clippedb")

_OF = {
    "output_gradient": "activation",
    "back_sum": "activation",
    "delta": "sum",
    "weight_gradient": "weight",
    "bias_gradient": "bias",
}
"""Of what the gradients are that these kinds of operations write."""


def _follows(said: Said) -> bool:
    """Whether the update goes straight against this gradient: nothing remembered, frozen, or scaled to nothing."""
    optimizer, writes = said.spec.optimizer, said.operation.writes
    index = tuple(int(str(part)) for part in writes.index)
    moves = optimizer.name == "sgd" and said.spec.schedule.name == "constant" and optimizer.options["learning_rate"] > 0
    return moves and not said.spec.still.holds(writes.tensor.removeprefix("d"), index)


def given(kind: str, new: bool, words: Words) -> str:
    """One sentence on a number that no operation computes; empty for a parameter, which has a history."""
    if new:
        return words.say("given.new")
    if kind in ("y", "a", "mask", "t"):
        return words.say(f"given.{kind}")
    return words.say("given.quantity") if kind[:-1] in quantities() else ""


def headline(granularity: str, last: Operation, kinds: Sequence[str], names: Names) -> str:
    """One sentence on a granule that was just done, from the kinds of its operations.

    Empty where the last operation's own sentence says it all.
    """
    say = names.words.say
    if granularity == "pass":
        return say(f"headline.pass.{last.phase}")
    had = list(dict.fromkeys(say(f"headline.what.{kind}") for kind in kinds if kind in _HAD))
    if granularity == "operation" or last.layer is None or not had:
        return ""
    whom = names.every_neuron(last.layer)
    if granularity == "neuron":
        if last.neuron is None:
            return ""
        whom = names.unit(last.layer, last.neuron)
    return capital(say("headline.has", whom=whom, what=names.words.listed(had)))


_HAD = {
    "sum",
    "activation",
    "share",
    "output_gradient",
    "back_sum",
    "delta",
    "weight_gradient",
    "bias_gradient",
    "weight_update",
    "bias_update",
}
"""The kinds of operations that leave something to be told of a neuron."""


def _known(read: Read) -> str:
    return f" ({read.text})" if read.text else ""


def _plain(said: Said) -> str:
    """The sentence of a kind that has only one."""
    return said.told()


def _product(said: Said) -> str:
    weight, activation = said.reads
    return said.told(input=_known(activation), weight=_known(weight), source=said.source(-1))


def _dropout(said: Said) -> str:
    return said.told(chance=f"{said.spec.layers[said.layer].dropout:g}")


def _back_product(said: Said) -> str:
    weight, delta = said.reads
    return said.told(delta=_known(delta), weight=_known(weight), source=said.source(1))


def _activation(said: Said) -> str:
    activation = said.spec.activation(said.layer)
    return said.told(activation=said.entry("activations", activation.name, activation.title))


def _share(said: Said) -> str:
    loss = said.spec.loss_entry
    return said.told(loss=said.entry("losses", loss.name, loss.title))


def _delta(said: Said) -> str:
    if said.layer == said.spec.depth and said.spec.fused:
        return said.told("FusedShared" if "M" in said.operation.constants else "Fused")
    return said.told("" if said.spec.activation(said.layer).elementwise else "Shared")


def _weight_gradient(said: Said) -> str:
    return said.told(said.mean, source=said.source(-1))


def _cost(said: Said) -> str:
    return said.told(f"{said.mean}{'Penalties' if said.spec.l2 or said.spec.l1 else ''}")


def _quantity(said: Said) -> str:
    kind, _, _ = parse_tensor(said.operation.writes.tensor)
    quantity = quantities()[kind[:-1]]
    return said.names.words.entry("quantities", quantity.name, "sentence", quantity.sentence)


def _learning_rate(said: Said) -> str:
    schedule = schedules.named(said.spec.schedule.name)
    return said.told(schedule=said.entry("schedules", schedule.name, schedule.title))


def _update(said: Said) -> str:
    optimizer = optimizers.named(said.spec.optimizer.name)
    places = {"source": said.source(-1)} if said.operation.kind == "weight_update" else {}
    by = said.entry("optimizers", optimizer.name, optimizer.title)
    return said.told("Plain" if optimizer.name == "sgd" else "", optimizer=by, **places)


_SENTENCES: dict[str, Callable[[Said], str]] = {
    "product": _product,
    "activation": _activation,
    "share": _share,
    "cost": _cost,
    "dropout": _dropout,
    "back_product": _back_product,
    "delta": _delta,
    "weight_gradient": _weight_gradient,
    "bias_gradient": lambda said: said.told(said.mean),
    "learning_rate": _learning_rate,
    "scale": lambda said: said.told(clip=f"{said.spec.clip:g}"),
    "quantity": _quantity,
    "weight_update": _update,
    "bias_update": _update,
}
"""What is to be said of those kinds whose sentence depends on the spec or the numbers."""
