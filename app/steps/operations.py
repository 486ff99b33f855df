"""The operations of an iteration, in order. The order follows from the spec alone, never from a number.

`Operations(spec)[i]` is like `range()`: nothing is stored. The order is a list of sections, each of which repeats the
same parts for every neuron of a layer, so that finding an operation is a search among sections and two divisions.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from ..nn.spec import Spec
from .operation import Operation, Part, Ref, Rule, Section
from .order import sections

PHASES = ("forward", "loss", "backward", "update")
GRANULARITIES = ("operation", "neuron", "layer", "pass")

NEURON = "j"
"""The letter of an operation's own neuron in the general form of its rule."""


@dataclass(frozen=True)
class Segment:
    """A stretch of operations that belong to one layer in one phase, or to none."""

    phase: str
    layer: int | None
    first: int
    end: int


class Operations:
    """The operations of an iteration of a spec: a sequence that is computed, not stored."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self._sections = sections(spec)
        self._firsts = [section.first for section in self._sections]
        self._writers = {
            part.tensor: (section, start, part)
            for section in self._sections
            for part, start in zip(section.parts, section.starts, strict=False)
        }

    def __len__(self) -> int:
        return self._sections[-1].end

    def __getitem__(self, index: int) -> Operation:
        if not 0 <= index < len(self):
            raise IndexError(f"operation {index} of {len(self)}")
        section, part, neuron, term = self._locate(index)
        element = _element(section, part, neuron, term)
        frozen = element in part.frozen
        rule = part.stays(element) if frozen else part.make(neuron, term)
        return Operation(
            index=index,
            phase=section.phase,
            layer=section.layer,
            neuron=None if section.neurons is None else neuron,
            kind="frozen" if frozen else part.kind,
            writes=Ref(part.tensor, element),
            rule=rule.text,
            operands=rule.operands,
            constants=rule.constants,
        )

    def general(self, index: int) -> tuple[Ref, Rule]:
        """What an operation writes and its rule, with letters in the place of its neuron and term."""
        section, part, neuron, term = self._locate(index)
        writes = () if section.neurons is None else (NEURON, part.letter) if part.paired else (NEURON,)
        frozen = _element(section, part, neuron, term) in part.frozen
        return Ref(part.tensor, writes), part.stays(writes) if frozen else part.make(NEURON, part.letter)

    def __contains__(self, tensor: object) -> bool:
        """Whether an operation writes this tensor."""
        return tensor in self._writers

    @property
    def tensors(self) -> tuple[str, ...]:
        """The names of all tensors that operations write, in order."""
        return tuple(self._writers)

    def writer(self, tensor: str, index: tuple[int, ...]) -> int | None:
        """The operation that writes an element, or None where it is given and not computed."""
        if tensor not in self._writers:
            return None
        section, start, part = self._writers[tensor]
        neuron = index[0] if section.neurons is not None else 0
        term = index[1] if part.paired else 0
        return section.first + neuron * section.starts[-1] + start + term

    def shape(self, tensor: str) -> tuple[int, ...]:
        """The axes of a written tensor without the examples'."""
        section, _, part = self._writers[tensor]
        neurons = () if section.neurons is None else (section.neurons,)
        return (*neurons, part.count) if part.paired else neurons

    def written(self, tensor: str, position: int) -> int:
        """How many elements of a tensor lie before a position, in row-major order."""
        section, start, part = self._writers[tensor]
        done = min(max(position - section.first, 0), section.size)
        neurons, within = divmod(done, section.starts[-1])
        return neurons * part.count + min(max(within - start, 0), part.count)

    def granule(self, index: int, granularity: str) -> tuple[int, int]:
        """The stretch (first, end) around an operation that has its pass, layer, neuron or itself in common."""
        section, neuron, _ = self._find(index)
        if granularity == "operation":
            return index, index + 1
        if granularity == "neuron":
            first = section.first + neuron * section.starts[-1]
            return first, first + section.starts[-1]
        for segment in self.segments if granularity == "layer" else self.passes:
            if segment.first <= index < segment.end:
                return segment.first, segment.end
        raise ValueError(f"{granularity!r} is not a granularity")

    @property
    def outline(self) -> tuple[object, ...]:
        """What the order is made of: equal for two specs if they have the same operations."""
        return tuple(
            (section.phase, section.layer, section.neurons, *((p.kind, p.tensor, p.count) for p in section.parts))
            for section in self._sections
        )

    def kinds(self, first: int, end: int) -> tuple[str, ...]:
        """The kinds of the operations of a stretch of whole neurons, each once."""
        found: dict[str, None] = {}
        for section in self._sections:
            if section.first < end and first < section.end:
                size = section.starts[-1]
                low, high = max(first - section.first, 0) // size, -(-min(end - section.first, section.size) // size)
                done = (part for part in section.parts if not _all_frozen(section, part, range(low, high)))
                found |= dict.fromkeys(part.kind for part in done)
        return tuple(found)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The whole iteration, cut where the layer or the phase changes."""
        return _joined([Segment(s.phase, s.layer, s.first, s.end) for s in self._sections])

    @cached_property
    def passes(self) -> tuple[Segment, ...]:
        """The whole iteration, cut where the phase changes."""
        return _joined([Segment(s.phase, None, s.first, s.end) for s in self._sections])

    def _locate(self, index: int) -> tuple[Section, Part, int, int]:
        section, neuron, within = self._find(index)
        number = bisect_right(section.starts, within) - 1
        return section, section.parts[number], neuron, within - section.starts[number]

    def _find(self, index: int) -> tuple[Section, int, int]:
        section = self._sections[bisect_right(self._firsts, index) - 1]
        neuron, within = divmod(index - section.first, section.starts[-1])
        return section, neuron, within


def _element(section: Section, part: Part, neuron: int, term: int) -> tuple[int, ...]:
    if section.neurons is None:
        return ()
    return (neuron, term) if part.paired else (neuron,)


def _all_frozen(section: Section, part: Part, neurons: range) -> bool:
    elements = (_element(section, part, neuron, term) for neuron in neurons for term in range(part.count))
    return bool(part.frozen) and all(element in part.frozen for element in elements)


def _joined(segments: list[Segment]) -> tuple[Segment, ...]:
    joined: list[Segment] = []
    for segment in segments:
        last = joined[-1] if joined else None
        if last and (last.phase, last.layer) == (segment.phase, segment.layer):
            joined[-1] = Segment(last.phase, last.layer, last.first, segment.end)
        else:
            joined.append(segment)
    return tuple(joined)
