"""What units are called: inputs and outputs by the names of the data, hidden neurons by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..nn.quantities import quantities
from ..words import Words, words


@dataclass(frozen=True)
class Names:
    """Names for the units of a network of a given depth.

    Attributes:
        depth: L, the number of the output layer.
        features, targets: names from the data; where there is none, a number serves.
        words: the language.
    """

    depth: int = 1
    features: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    words: Words = field(default_factory=words)

    def unit(self, layer: int, unit: int) -> str:
        """Such as `input x₁`, `hidden neuron 2`, `neuron 2 of hidden layer 1` or `output XOR`."""
        return self.words.say(f"unit.{self._kind(layer)}", name=self._named(layer, unit), layer=layer)

    def units(self, layer: int, units: Sequence[int], most: int = 4) -> str:
        """Several units, such as `hidden neurons 1 and 3`; of many, the first ones and how many more there are."""
        if len(units) == 1:
            return self.unit(layer, int(units[0]))
        shown = [self._named(layer, int(unit)) for unit in units[:most]]
        last = self.words.say("list.more", count=len(units) - most) if len(units) > most else shown.pop()
        kind = {"input": "inputs", "output": "outputs"}.get(self._kind(layer), self._kind(layer))
        return self.words.say(f"units.{kind}", list=self.words.listed([*shown, last]), layer=layer)

    def layer(self, layer: int) -> str:
        """Such as `the input layer`, `hidden layer 2` or `the output layer`."""
        return self.words.say(f"layer.{self._kind(layer)}", layer=layer)

    def every_neuron(self, layer: int) -> str:
        """Such as `every neuron of the output layer`."""
        return self.words.say(f"everyNeuron.{self._kind(layer)}", layer=layer)

    def number(self, kind: str, layer: int | None, index: tuple[int, ...]) -> str:
        """A number in words, from its tensor's kind and its index."""
        key = f"{kind.removesuffix('.new')}New" if kind.endswith(".new") else kind
        if kind in ("y", "share"):
            return self.words.say(f"number.{kind}", unit=self.unit(self.depth, index[0]))
        if layer is None or not index:
            return self.words.say(f"number.{kind}")
        if kind == "a" and layer == 0:
            return self.unit(0, index[0])
        # The terms of a sum on the way back come from this layer and go to the one below.
        ends = (layer - 1, layer) if kind == "Wdz" else (layer, layer - 1)
        places = {"unit": self.unit(ends[0], index[0])}
        if len(index) == 2:
            places["source"] = self.unit(ends[1], index[1])
        quantity = quantities().get(kind.removesuffix(".new")[:-1])
        if quantity is None:
            return self.words.say(f"number.{key}", **places)
        called = self.words.entry("quantities", quantity.name, "title", quantity.title)
        return self.words.say(f"number.of{key.removeprefix(quantity.name)}", quantity=called, **places)

    def _kind(self, layer: int) -> str:
        if layer in (0, self.depth):
            return "output" if layer else "input"
        return "hidden" if self.depth == 2 else "deep"

    def _named(self, layer: int, unit: int) -> str:
        names = self.features if layer == 0 else self.targets if layer == self.depth else ()
        return names[unit] if unit < len(names) else str(unit + 1)
