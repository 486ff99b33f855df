"""Sentences: what each kind of operation does, said plainly, with its numbers once they are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..nn.optimizers import optimizers
from ..nn.quantities import quantities
from ..nn.schedules import schedules
from ..nn.spec import Spec
from .explain import Read
from .names import Names
from .notation import parse_tensor
from .operation import Operation


@dataclass(frozen=True)
class Said:
    """What a sentence is about: an operation, the numbers that it reads, and how many examples the batch has."""

    operation: Operation
    spec: Spec
    names: Names
    reads: Sequence[Read]
    batch: int

    @property
    def layer(self) -> int:
        assert self.operation.layer is not None
        return self.operation.layer

    @property
    def unit(self) -> str:
        assert self.operation.neuron is not None
        return self.names.unit(self.layer, self.operation.neuron)

    @property
    def term(self) -> int:
        """Which of its neuron's terms it is."""
        return int(str(self.operation.writes.index[1]))

    @property
    def mean(self) -> str:
        return ", averaged over the batch" if self.batch > 1 else ""


def title(operation: Operation, names: Names) -> str:
    """What an operation computes, in a few words."""
    kind, layer, neuron = operation.kind, operation.layer, operation.neuron
    if layer is None or neuron is None:
        return _WHOLE[kind]
    unit = names.unit(layer, neuron)
    if kind == "product":
        return f"One term of the weighted sum of {unit}"
    if kind == "back_product":
        return f"One term of the gradient that reaches {unit}"
    if kind in ("quantity", "frozen"):
        tensor, index = operation.writes.tensor, tuple(int(str(part)) for part in operation.writes.index)
        name = _capital(names.number(parse_tensor(tensor)[0], layer, index))
        return f"{name}, frozen" if kind == "frozen" else name
    if kind in ("weight_gradient", "weight_update"):
        _, term = operation.writes.index
        return f"{_TITLES[kind]} from {names.unit(layer - 1, int(str(term)))} to {unit}"
    return f"{_TITLES[kind]} of {unit}"


def describe(said: Said, value: str) -> str:
    """One sentence on an operation. `value` is empty while it is not yet written."""
    sentence = _capital(_SENTENCES[said.operation.kind](said))
    return f"{sentence}: {value}." if value else f"{sentence}."


def given(kind: str, new: bool) -> str:
    """One sentence on a number that no operation computes; empty for a parameter, which has a history."""
    if new:
        return "It is frozen: the update leaves it as it is."
    if kind == "y":
        return "The target: what the output should be for this example."
    if kind == "a":
        return "An input: it comes from the data."
    if kind == "mask":
        return (
            "It is drawn for each example of each iteration: 0 where the neuron is dropped, and where it stays as much "
            "above 1 as keeps the mean. On a row that is not learned from every neuron stays, with 1."
        )
    if kind == "t":
        return "Updates are counted from the first one by this optimizer; this is the number of the one to come."
    if kind[:-1] in quantities():
        return "It is what the update before left; before the first it is 0."
    return ""


def headline(granularity: str, last: Operation, kinds: Sequence[str], names: Names) -> str:
    """One sentence on a granule that was just done, from the kinds of its operations.

    Empty where the last operation's own sentence says it all.
    """
    if granularity == "pass":
        return _PASSES[last.phase]
    had = list(dict.fromkeys(_HAS[kind] for kind in kinds if kind in _HAS))
    if granularity == "operation" or last.layer is None or not had:
        return ""
    whom = f"every neuron of {names.layer(last.layer)}"
    if granularity == "neuron":
        if last.neuron is None:
            return ""
        whom = names.unit(last.layer, last.neuron)
    listed = had[0] if len(had) == 1 else f"{', '.join(had[:-1])} and {had[-1]}"
    return _capital(f"{whom} has {listed}.")


_HAS = {
    "sum": "its weighted sum",
    "activation": "its activation",
    "share": "its share of the cost",
    "output_gradient": "its gradient",
    "back_sum": "its gradient",
    "delta": "its delta",
    "weight_gradient": "the gradients of its weights",
    "bias_gradient": "the gradient of its bias",
    "weight_update": "its new weights",
    "bias_update": "its new bias",
}

_PASSES = {
    "forward": "The forward pass is done: the network has its outputs.",
    "loss": "The cost says how wrong they are.",
    "backward": "The backward pass is done: every weight and bias has its gradient.",
    "update": "The update is done: every parameter has taken its step against its gradient.",
}

_TITLES = {
    "sum": "Weighted sum",
    "activation": "Activation",
    "share": "Share of the cost",
    "output_gradient": "How the cost changes with the activation",
    "back_sum": "How the cost changes with the activation",
    "dropout": "What dropout keeps",
    "dropout_gradient": "What dropout lets back",
    "delta": "Delta",
    "weight_gradient": "Gradient of the weight",
    "bias_gradient": "Gradient of the bias",
    "weight_update": "New weight",
    "bias_update": "New bias",
}

_WHOLE = {
    "maximum": "The largest weighted sum",
    "total": "The sum of the exponentials",
    "inner": "The activations' part in their own gradients",
    "own_cost": "This example's cost",
    "penalty": "Penalty on the weights",
    "learning_rate": "This update's learning rate",
    "norm": "The length of the whole gradient",
    "scale": "What clipping leaves of the gradient",
    "cost": "The batch's cost",
}


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _known(read: Read) -> str:
    return f" ({read.text})" if read.text else ""


def _product(said: Said) -> str:
    weight, activation = said.reads
    source = said.names.unit(said.layer - 1, said.term)
    return f"{source}{_known(activation)} times its weight to {said.unit}{_known(weight)}"


def _dropout(said: Said) -> str:
    chance = said.spec.layers[said.layer].dropout
    return f"{said.unit} is dropped, or stays and counts 1/(1 − {chance:g}) times, so that the mean is kept"


def _back_product(said: Said) -> str:
    weight, delta = said.reads
    source = said.names.unit(said.layer + 1, said.term)
    return f"the delta of {source}{_known(delta)} comes back over the weight{_known(weight)} that carried it forward"


def _delta(said: Said) -> str:
    if said.layer == said.spec.depth and said.spec.fused:
        shared = ", shared among the outputs" if "M" in said.operation.constants else ""
        return f"output minus target{shared}: the slope of the activation cancels against the loss"
    if not said.spec.activation(said.layer).elementwise:
        return "a sum raises its own share of the layer and lowers the others: what this one wins, less what all do"
    return (
        "error times slope: how the cost changes with the activation (how wrong?) "
        "times how the activation changes with the sum (is the neuron listening?)"
    )


def _weight_gradient(said: Said) -> str:
    source = said.names.unit(said.layer - 1, said.term)
    return f"the delta of {said.unit} times what came in over this link from {source}{said.mean}"


def _cost(said: Said) -> str:
    mean = "the mean of its examples' costs" if said.batch > 1 else "the cost of its one example"
    penalties = ", and the penalties on the weights" if said.spec.l2 or said.spec.l1 else ""
    return f"the batch's cost is {mean}{penalties}"


def _quantity(said: Said) -> str:
    kind, _, _ = parse_tensor(said.operation.writes.tensor)
    return quantities()[kind[:-1]].sentence


def _update(said: Said) -> str:
    kind, layer, _ = parse_tensor(said.operation.writes.tensor)
    what = said.names.number(kind, layer, tuple(int(str(part)) for part in said.operation.writes.index))
    if said.spec.optimizer.name == "sgd":
        return f"the {what} takes a step against its gradient, as long as the learning rate says"
    return f"the {what} takes its step by {optimizers.named(said.spec.optimizer.name).title}"


_SENTENCES: dict[str, Callable[[Said], str]] = {
    "product": _product,
    "sum": lambda said: f"everything that comes into {said.unit}, each times its weight, added up with its bias",
    "activation": lambda said: f"{said.unit} puts its sum through {said.spec.activation(said.layer).title}",
    "maximum": lambda _: "the layer's largest sum is taken away from all of them before exp, so that none overflows",
    "total": lambda _: "the exponentials of all sums of the layer, added up; each output is its share of this",
    "share": lambda said: f"how far {said.unit} is from its target, as the {said.spec.loss_entry.title.lower()} counts",
    "own_cost": lambda _: "this example's cost is the sum of its outputs' shares",
    "penalty": lambda _: "what the weights cost by their size",
    "cost": _cost,
    "output_gradient": lambda said: f"how fast the cost rises as {said.unit} rises",
    "inner": lambda _: "each activation of the layer times its gradient, added up: raising one share lowers the others",
    "dropout": _dropout,
    "dropout_gradient": lambda said: f"the gradient goes back through {said.unit} as its activation went forward",
    "back_product": _back_product,
    "back_sum": lambda said: f"how fast the cost rises as {said.unit} rises: all that comes back to it, added up",
    "delta": _delta,
    "weight_gradient": _weight_gradient,
    "bias_gradient": lambda said: (
        f"a bias is a weight whose input is always 1, so its gradient is the delta{said.mean}"
    ),
    "learning_rate": lambda said: (
        f"how far this update goes, by the schedule ({schedules.named(said.spec.schedule.name).title.lower()})"
    ),
    "norm": lambda _: "how long the gradient is, all weights and biases together being one arrow",
    "scale": lambda said: f"the share that is left of the gradient, so that it is no longer than {said.spec.clip:g}",
    "quantity": _quantity,
    "weight_update": _update,
    "frozen": lambda _: "it is frozen, so the update leaves it as it is",
    "bias_update": _update,
}
