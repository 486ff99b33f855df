"""What units are called: inputs and outputs by the names of the data, hidden neurons by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..nn.quantities import quantities


@dataclass(frozen=True)
class Names:
    """Names for the units of a network of a given depth.

    Attributes:
        depth: L, the number of the output layer.
        features, targets: names from the data; where there is none, a number serves.
    """

    depth: int = 1
    features: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    def unit(self, layer: int, unit: int) -> str:
        """Such as `input x₁`, `hidden neuron 2`, `neuron 2 of hidden layer 1` or `output XOR`."""
        if layer == 0:
            return f"input {self._named(self.features, unit)}"
        if layer == self.depth:
            return f"output {self._named(self.targets, unit)}"
        return f"hidden neuron {unit + 1}" if self.depth == 2 else f"neuron {unit + 1} of hidden layer {layer}"

    def units(self, layer: int, units: Sequence[int], most: int = 4) -> str:
        """Several units, such as `hidden neurons 1 and 3`; of many, the first ones and how many more there are."""
        if len(units) == 1:
            return self.unit(layer, int(units[0]))
        names = self.targets if layer == self.depth else self.features if layer == 0 else ()
        shown = [self._named(names, int(unit)) for unit in units[:most]]
        last = f"{len(units) - most} more" if len(units) > most else shown.pop()
        listed = f"{', '.join(shown)} and {last}"
        if layer in (0, self.depth):
            return f"{'inputs' if layer == 0 else 'outputs'} {listed}"
        return f"hidden neurons {listed}" if self.depth == 2 else f"neurons {listed} of hidden layer {layer}"

    def layer(self, layer: int) -> str:
        """Such as `the input layer`, `hidden layer 2` or `the output layer`."""
        if layer == 0:
            return "the input layer"
        if layer == self.depth:
            return "the output layer"
        return "the hidden layer" if self.depth == 2 else f"hidden layer {layer}"

    def number(self, kind: str, layer: int | None, index: tuple[int, ...]) -> str:
        """A number in words, from its tensor's kind and its index."""
        if kind in ("y", "share"):
            return f"{'target' if kind == 'y' else 'share'} of output {self._named(self.targets, index[0])}"
        if layer is None or not index:
            return _ALONE.get(kind, kind)
        match kind.removesuffix(".new"):
            case "a" if layer == 0:
                return self.unit(0, index[0])
            case "Wa":
                return f"the part of {self.unit(layer - 1, index[1])} in the sum of {self.unit(layer, index[0])}"
            case "Wdz":
                return f"the part of {self.unit(layer, index[1])} in the gradient of {self.unit(layer - 1, index[0])}"
        if len(index) == 2:
            return f"{_word(kind)} from {self.unit(layer - 1, index[1])} to {self.unit(layer, index[0])}"
        return f"{_word(kind)} of {self.unit(layer, index[0])}"

    @staticmethod
    def _named(names: tuple[str, ...], unit: int) -> str:
        return names[unit] if unit < len(names) else str(unit + 1)


def _word(kind: str) -> str:
    """Such as `weight`, `new bias` or `velocity of the weight`."""
    if kind in _WORDS:
        return _WORDS[kind]
    bare = kind.removesuffix(".new")
    title = quantities()[bare[:-1]].title.lower()
    return f"{'new ' if bare != kind else ''}{title} of the {_WORDS[bare[-1]]}"


_WORDS = {
    "W": "weight",
    "b": "bias",
    "W.new": "new weight",
    "b.new": "new bias",
    "z": "weighted sum",
    "a": "activation",
    "da": "gradient at the activation",
    "dz": "delta",
    "mask": "dropout factor",
    "kept": "kept activation",
    "dkept": "gradient at the kept activation",
    "dW": "gradient of the weight",
    "db": "gradient of the bias",
}

_ALONE = {
    "own": "this example's cost",
    "C": "the batch's cost",
    "t": "the number of this update",
    "eta": "this update's learning rate",
    "norm": "the length of the whole gradient",
    "scale": "what clipping leaves of the gradient",
    "max": "the largest sum of the layer",
    "sum": "the sum of the exponentials",
    "inner": "the activations' part in their own gradients",
    "penalty_l2": "the L2 penalty",
    "penalty_l1": "the L1 penalty",
}
