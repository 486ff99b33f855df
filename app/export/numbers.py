"""The numbers of the iteration at the cursor, as a table and as JSON; what is not yet written stays blank."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..errors import LimitExceeded
from ..nn.registry import Array
from .exporter import Choices
from .source import Source

MOST_NUMBERS = 1_000_000


def visible(source: Source) -> Iterator[tuple[str, Array, int]]:
    """Each tensor with how many of its elements, without the examples', are told at the cursor."""
    operations, tape, position = source.operations, source.tape, source.position
    count = sum(values.size for values in tape.tensors.values())
    if count > MOST_NUMBERS:
        raise LimitExceeded(
            f"The iteration has {count:,} numbers; expected at most {MOST_NUMBERS:,}.",
            hint="Make the batch or the layers smaller, or read the tape, which is binary.",
            where="name",
        )
    for name, values in tape.tensors.items():
        size = values[0].size if name in tape.of_examples else values.size
        if name in operations:
            yield name, values, operations.written(name, position)
        else:  # given; what is frozen has a new value like all others, once the update is done
            told = not name.endswith(".new") or position == len(operations)
            yield name, values, size if told else 0


def as_csv(source: Source, choices: Choices) -> str:
    """A line for each number: its tensor, the row of the data that it belongs to, its index, its value."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["tensor", "row", "i", "j", "value"])
    for name, values, told in visible(source):
        examples = source.tape.rows if name in source.tape.of_examples else ("",)
        blocks = values if name in source.tape.of_examples else values[None]
        for row, block in zip(examples, blocks, strict=True):
            flat = np.asarray(block).reshape(-1).tolist()
            for place, index in enumerate(np.ndindex(np.shape(block))):
                shown = repr(flat[place]) if place < told else ""
                table.writerow([name, row, *index, *("", "")[len(index) :], shown])
    return file.getvalue()


def as_json(source: Source, choices: Choices) -> str:
    """Where the cursor stands, and every tensor with null for what is not yet written."""
    tape = source.tape
    whole = {
        "iteration": source.iteration,
        "position": source.position,
        "operations": len(source.operations),
        "rows": list(tape.rows),
        "batch": tape.batch,
        "tensors": {name: _nested(values, told, name in tape.of_examples) for name, values, told in visible(source)},
    }
    return json.dumps(whole, allow_nan=False) + "\n"


def _nested(values: Array, told: int, of_examples: bool) -> Any:
    """Nested lists; JSON has words for what is not finite, null for what is not told."""
    kept = values.astype(object)
    if not np.isfinite(values).all():
        kept[~np.isfinite(values)] = [_WORDS.get(str(value), "NaN") for value in values[~np.isfinite(values)]]
    kept.reshape(len(kept) if of_examples else 1, -1)[:, told:] = None
    return kept.tolist()


_WORDS = {"inf": "Infinity", "-inf": "-Infinity"}
