"""Stepgrad from Python, without the web: build a network, step it, and ask where each number came from."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from .api.answers import Viewing
from .api.building import check_size, init_body, new_timeline, spec_dict
from .api.exports import source_of
from .api.state import check_view, explainer
from .export.brought import brought, check_fit, sized
from .export.exporters import exporters
from .nn.parameters import GivenLayer, named_views
from .nn.registry import Array
from .sessions import session as sessions
from .settings import Settings
from .steps.cursor import Cursor
from .steps.explain import Explanation
from .steps.writing import written
from .words import words

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Explained:
    """Where a number came from. `print` says it in plain text; a notebook shows its formulas.

    Attributes:
        explanation: all that is known of it: title, sentence, formula, operands.
    """

    explanation: Explanation

    @property
    def value(self) -> float | None:
        """The number; None where it is not yet written."""
        return self.explanation.value

    @property
    def sentence(self) -> str:
        return self.explanation.sentence

    def __str__(self) -> str:
        return written(self.explanation, words())["text"].whole

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return written(self.explanation, words())["mathml"].whole


class Session:
    """A network that learns, and where one stands in it.

    Args:
        spec, data, parameters, preset: as a request for a session has them (docs/api.md): a spec and data, or a preset.
            Arrays may stand where it has lists, and a ready set's name where it has data.

    Raises:
        SpecError, DataError: they cannot make a session; the message says what was got and what was expected.
    """

    def __init__(
        self,
        spec: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | str | None = None,
        *,
        parameters: Sequence[Mapping[str, Any]] | None = None,
        preset: str | None = None,
    ) -> None:
        data = {"name": data} if isinstance(data, str) else data
        asked = {"spec": spec, "data": data, "parameters": parameters, "preset": preset}
        body = init_body({name: _plain(value) for name, value in asked.items() if value is not None})
        self.inner = sessions.Session(secrets.token_urlsafe(16), new_timeline(body, Settings()))

    @property
    def spec(self) -> dict[str, Any]:
        """The spec, every default written out."""
        return spec_dict(self.inner.iteration.spec)

    @property
    def position(self) -> tuple[int, int]:
        """(iteration, operation): what lies before it is done."""
        return self.inner.cursor.iteration, self.inner.cursor.operation

    @property
    def operations(self) -> int:
        """How many operations an iteration has."""
        return len(self.inner.iteration.operations)

    @property
    def phase(self) -> str:
        """`forward`, `loss`, `backward` or `update`: where the next operation belongs."""
        return self.inner.cursor.phase(self.inner.iteration.operations)

    @property
    def parameters(self) -> dict[str, Array]:
        """W1, b1, … as they are at the cursor; copies."""
        iteration = self.inner.iteration
        return {
            name: values.copy()
            for name, values in named_views(iteration.spec, iteration.parameters(self.inner.cursor.operation)).items()
        }

    @property
    def cost(self) -> float | None:
        """The cost of the batch, before its update; None until it is computed."""
        iteration = self.inner.iteration
        return iteration.cost.total if iteration.operations.written("C", self.inner.cursor.operation) else None

    def numbers(self) -> dict[str, Array]:
        """Every number of the iteration by name, examples first; NaN for what is not yet written. Copies."""
        iteration, position = self.inner.iteration, self.inner.cursor.operation
        tape, told = iteration.tape(), {}
        for name, values in tape.tensors.items():
            told[name] = values.astype(np.float64)
            if name in iteration.operations:
                rows = len(values) if name in tape.of_examples else 1
                told[name].reshape(rows, -1)[:, iteration.operations.written(name, position) :] = np.nan
        return told

    def step(self, by: str = "operation") -> Explained:
        """One step forward: by `operation`, `neuron`, `layer` or `pass`; what its last operation wrote."""
        return self._stepped(by, "next") or self.step(by)  # at the end of an iteration, the next batch comes first

    def back(self, by: str = "operation") -> Explained | None:
        """One step back; None at the start of an iteration, where nothing is written."""
        return self._stepped(by, "previous") if self.position != (0, 0) else None

    def go(self, iteration: int, operation: int = 0) -> None:
        """Stand somewhere else, however far away."""
        cursor = Cursor(iteration, operation)
        self.inner.check_position(cursor)
        with np.errstate(all="ignore"):
            self.inner.train(iteration, inf)
            self.inner.seek(cursor)

    def train(self, iterations: int) -> None:
        """Finish the iteration under way, which is not counted, and train so many."""
        iteration, operation = self.position
        self.go(iteration + (operation > 0) + iterations)

    def explain(
        self, tensor: str, *index: int, example: int | None = None, digits: int = 3, notation: str = "superscript"
    ) -> Explained:
        """Where a number came from, such as `explain("W1", 0, 1)`; indices count from 0.

        Raises:
            IndexInvalid: there is no such number.
        """
        with np.errstate(all="ignore"):
            return Explained(explainer(self.inner, self._viewing(example, digits, notation)).element(tensor, index))

    def export(self, name: str, *, digits: int = 3, notation: str = "superscript", **options: object) -> str | bytes:
        """What can be taken away, such as `export("numpy")`, as text or bytes; the catalog lists the names."""
        entry, viewing = exporters.named(name, "name"), self._viewing(None, digits, notation)
        chosen = entry.chosen({option: str(value) for option, value in options.items()})
        with np.errstate(all="ignore"):
            return entry.write(_run(source_of(self.inner, viewing)), chosen)

    def bring(self, file: str | Path, *, replace: bool = False) -> None:
        """Begin again with the parameters in a file: safetensors or JSON.

        Args:
            replace: make a network of the file's sizes.

        Raises:
            FileInvalid, SpecError: it cannot be read, or does not fit.
        """
        layers, spec = brought(Path(file).read_bytes(), Settings().max_parameters), self.inner.iteration.spec
        if replace:
            spec = sized(spec, [layer.shape for layer in layers])
            check_size(spec, self.inner.timeline.data, Settings())
        else:
            check_fit(layers, spec)
        self.inner.bring(spec, [GivenLayer(layer.W, layer.b) for layer in layers])

    def _stepped(self, by: str, direction: str) -> Explained | None:
        """What was written last, once stepped; None where nothing is."""
        with np.errstate(all="ignore"):
            self.inner.step(by, direction)
            last = self.inner.cursor.operation - 1
            return None if last < 0 else Explained(explainer(self.inner, self._viewing()).operation(last))

    def _viewing(self, example: int | None = None, digits: int = 3, notation: str = "superscript") -> Viewing:
        viewing = Viewing(example=example, digits=digits, notation=notation)
        check_view(self.inner, viewing)
        return viewing


def _plain(value: object) -> object:
    """A value as JSON would have it."""
    match value:
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case np.ndarray() | np.generic():
            return value.tolist()
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def _run(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine answers, also where a notebook's own event loop runs already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
