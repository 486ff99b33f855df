"""The network as a drawing of cards and links, each number marked with the operation that writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import product

from ..steps.knowledge import Knowledge
from ..steps.notation import parse_tensor
from ..steps.operation import Operation, Ref
from ..steps.signs import bare
from .source import Source

WIDTH, HEIGHT, GAP, LEAD = 128, 112, 150, 18
TOP, SIDE, LINE = 12, 12, 17
ALONG = 0.45
"""How far along a link its label stands, nearer to its source."""


@dataclass(frozen=True)
class Row:
    """A line of a card or of a link's label: a sign and one element of a tensor."""

    sign: str
    tensor: str
    index: tuple[int, ...]


class Drawing:
    """Draws one iteration; everything that has an operation is hidden until that is done."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.spec = source.spec
        self.knowledge = Knowledge(source.operations, source.tape, len(source.operations), source.reading)
        self.signs = bare(source.reading.notation)
        self.most = max(layer.units for layer in self.spec.layers)
        self.width = 2 * SIDE + (self.spec.depth + 1) * WIDTH + self.spec.depth * GAP
        self.height = TOP + self.most * (HEIGHT + LEAD)

    def svg(self) -> str:
        label = self.source.words.say("export.drawing", units=self.source.shape)
        layers = range(self.spec.depth + 1)
        parts = [text for layer in layers[1:] for text in self._links(layer)]
        parts += [self._card(layer, unit) for layer in layers for unit in range(self.spec.units(layer))]
        parts += [text for layer in layers[1:] for text in self._labels(layer)]
        return (
            f'<svg viewBox="0 0 {self.width} {self.height}" role="img" aria-label="{escape(label)}">\n'
            + "\n".join(parts)
            + "\n</svg>"
        )

    def marks(self, operation: Operation) -> str:
        """The cards and links that an operation writes to or reads from."""
        found: dict[str, None] = {}
        for ref in (operation.writes, *operation.reads):
            found |= dict.fromkeys(self._places(ref))
        return " ".join(found)

    def _places(self, ref: Ref) -> Iterator[str]:
        kind, layer, _ = parse_tensor(ref.tensor)
        if ref.tensor in ("y", "share"):
            layer = self.spec.depth
        if layer is None or not ref.index:
            return
        shape = self.knowledge.shape(ref.tensor)
        axes = [
            range(part, part + 1) if isinstance(part, int) else range(n)
            for part, n in zip(ref.index, shape, strict=True)
        ]
        for index in product(*axes):
            if len(index) == 2:
                to, source = reversed(index) if kind == "Wdz" else index
                yield f"l{layer}-{to}-{source}"
            else:
                yield f"n{layer}-{index[0]}"

    def _corner(self, layer: int, unit: int) -> tuple[float, float]:
        count = self.spec.units(layer)
        free = (self.most - count) * (HEIGHT + LEAD) / 2
        return SIDE + layer * (WIDTH + GAP), TOP + free + unit * (HEIGHT + LEAD)

    def _links(self, layer: int) -> Iterator[str]:
        for to, source in product(range(self.spec.units(layer)), range(self.spec.units(layer - 1))):
            (x1, y1), (x2, y2) = self._corner(layer - 1, source), self._corner(layer, to)
            negative = float(self.source.tape.tensors[f"W{layer}"][to, source]) < 0
            kind = "link negative" if negative else "link"
            yield (
                f'<path class="{kind}" data-mark="l{layer}-{to}-{source}" '
                f'd="M{x1 + WIDTH:g} {y1 + HEIGHT / 2:g}L{x2:g} {y2 + HEIGHT / 2:g}"/>'
            )

    def _labels(self, layer: int) -> Iterator[str]:
        """What is shown at a link while an operation is about it."""
        for to, source in product(range(self.spec.units(layer)), range(self.spec.units(layer - 1))):
            (x1, y1), (_, y2) = self._corner(layer - 1, source), self._corner(layer, to)
            x, y = x1 + WIDTH + GAP * ALONG, y1 + (y2 - y1) * ALONG + HEIGHT / 2
            rows = [
                Row(
                    self.signs[kind],
                    f"{kind.removesuffix('.new')}{layer}{'.new' if kind.endswith('.new') else ''}",
                    (to, source),
                )
                for kind in ("W", "dW", "W.new")
            ]
            lines = "".join(self._number(row, x, y + LINE * (place - 0.6)) for place, row in enumerate(rows))
            yield f'<g class="label" data-mark="l{layer}-{to}-{source}">{lines}</g>'

    def _card(self, layer: int, unit: int) -> str:
        x, y = self._corner(layer, unit)
        name = self.source.reading.names.unit(layer, unit)
        short = name if len(name) < 20 else f"{name[:18]}…"
        rows = [row for row in self._rows(layer, unit) if self._known(row)]
        lines = "".join(self._number(row, x + WIDTH / 2, y + 34 + LINE * place) for place, row in enumerate(rows[:5]))
        return (
            f'<g class="card" data-mark="n{layer}-{unit}"><title>{escape(name)}</title>'
            f'<rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="10"/>'
            f'<text class="name" x="{x + WIDTH / 2:g}" y="{y + 16:g}">{escape(short)}</text>{lines}</g>'
        )

    def _rows(self, layer: int, unit: int) -> Iterator[Row]:
        if layer:
            yield Row(self.signs["b"], f"b{layer}", (unit,))
            yield Row(self.signs["z"], f"z{layer}", (unit,))
        yield Row(self.signs["a"], f"a{layer}", (unit,))
        if layer in self.spec.dropping:
            yield Row(self.signs["kept"], f"kept{layer}", (unit,))
        if layer == self.spec.depth:
            yield Row("y", "y", (unit,))
        if layer:
            yield Row(self.signs["dz"], f"dz{layer}", (unit,))

    def _known(self, row: Row) -> bool:
        return row.tensor in self.source.tape.tensors

    def _number(self, row: Row, x: float, y: float) -> str:
        if not self._known(row):
            return ""
        value = float(self.source.tape.value(Ref(row.tensor, row.index), self.source.reading.row))
        writer = self.source.operations.writer(row.tensor, row.index)
        written = "" if writer is None else f' data-operation="{writer}"'
        if writer is None and row.tensor.endswith(".new"):  # frozen: it has a new value when all is done
            written = f' data-operation="{len(self.source.operations) - 1}"'
        index = ",".join(map(str, row.index))
        return (
            f'<text class="number" x="{x:g}" y="{y:g}" data-tensor="{row.tensor}" data-index="{index}" '
            f'data-value="{value!r}"{written}>{escape(row.sign)} = {self.knowledge.say(value)}</text>'
        )
