"""What a program needs to train as the session did, whichever library it uses: settings, batches, data, start."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..data.batches import ORDER
from ..errors import LimitExceeded, SpecError
from ..nn.dropout import DROPOUT
from ..nn.optimizers import optimizers
from ..nn.penalties import Penalty, penalties
from ..nn.quantities import quantities_of
from ..nn.registry import Array
from ..nn.schedules import schedules
from ..nn.spec import Spec
from ..steps.expressions import names, parse
from ..words import words
from .literals import UNPACKED, array, is_packed
from .python import MATH, number, python
from .source import Source

MOST_NUMBERS = 1_000_000
"""How many numbers, data and start together, a program holds at most: ten megabytes of text or so."""


def check_code(source: Source) -> None:
    """Refuse what cannot be written as a program.

    Raises:
        LimitExceeded: data and parameters are too many numbers.
        SpecError: a layer is of a kind that has no code yet.
    """
    count = source.data.inputs.size + source.data.targets.size + source.spec.parameter_count
    if count > MOST_NUMBERS:
        raise LimitExceeded(
            f"The program would hold {count:,} numbers, data and parameters together; expected at most "
            f"{MOST_NUMBERS:,}.",
            hint="Take the parameters away by themselves, or learn from fewer rows.",
            where="name",
        )
    for layer in source.spec.layers[1:]:
        if layer.kind != "dense":
            raise SpecError(
                f"Layers of the kind {layer.kind} have no code yet.", hint="Use dense layers.", where="name"
            )


def used_penalties(spec: Spec) -> list[Penalty]:
    return [entry for entry in penalties if getattr(spec, entry.name)]


def tensors(spec: Spec) -> list[str]:
    """The names of the parameters, in order."""
    return [f"{letter}{layer}" for layer in range(1, spec.depth + 1) for letter in "Wb"]


def moving(spec: Spec) -> list[str]:
    """Those that an update moves."""
    return [name for name in tensors(spec) if name not in spec.still.tensors]


def still_elements(spec: Spec) -> str:
    """The single elements that stay, by tensor, as a literal; empty where there are none."""
    found = {name: sorted(spec.still.elements[name]) for name in moving(spec) if name in spec.still.elements}
    return repr(found) if found else ""


def updates_before(source: Source) -> int:
    """How many updates the optimizer had counted when the program begins."""
    t = source.beginning.tape.tensors.get("t")
    return int(t) - 1 if t is not None else 0


def counts(spec: Spec) -> bool:
    """Whether the update reads its own number."""
    optimizer = optimizers.named(spec.optimizer.name)
    rules = [optimizer.rule, *(quantity.rule for quantity in optimizer.quantities)]
    return spec.scheduled or any("t" in names(parse(rule)) for rule in rules)


def counted(source: Source) -> str:
    """The number of an iteration's update, counted from 1 by this optimizer."""
    offset = 1 + updates_before(source) - source.beginning.iteration
    return "iteration" + (f" {'+' if offset > 0 else '-'} {abs(offset)}" if offset else "")


def remembered(source: Source) -> dict[str, dict[str, Array]]:
    """What the optimizer remembers when the program begins, by quantity and parameter; empty where all of it is 0."""
    tape, kept = source.beginning.tape, [q.name for q in quantities_of(source.spec) if q.kept]
    found = {name: {tensor: tape.tensors[f"{name}{tensor}"] for tensor in moving(source.spec)} for name in kept}
    some = any(np.any(values) for by_name in found.values() for values in by_name.values())
    return found if some else {}


def settings(source: Source, wanted: Sequence[str]) -> list[str]:
    """Assignments of the spec's numbers that a program calls by name."""
    spec = source.spec
    values = {**spec.schedule.options, **spec.optimizer.options, "clip": spec.clip}
    values |= {entry.name: getattr(spec, entry.name) for entry in penalties}
    return [f"{name} = {number(values[name])}" for name in wanted]


def setting_names(spec: Spec) -> list[str]:
    """The numbers of the spec that the update and the cost read."""
    chosen = [*spec.optimizer.options, *spec.schedule.options]
    return [*chosen, *(["clip"] if spec.clip else []), *(entry.name for entry in used_penalties(spec))]


def rate_function(spec: Spec) -> str:
    """The function that gives the learning rate of an update; empty where it is always the same."""
    if not spec.scheduled:
        return ""
    entry = schedules.named(spec.schedule.name)
    line = python(parse(entry.rule), {}, MATH)
    return (
        f'def rate(t):\n    """The learning rate of update t, counted from 1: {entry.title.lower()}."""\n'
        f"    return {line.text}"
    )


def batch_function(source: Source) -> str:
    """The function that gives the rows of an iteration's batch."""
    batches = source.batches
    since = f"iteration - {batches.start}" if batches.start else "iteration"
    plus = f" + {batches.first_epoch}" if batches.first_epoch else ""
    if batches.size >= batches.rows and not batches.shuffle:
        return (
            'def batch(iteration):\n    """The rows of an iteration\'s batch: all of them."""\n    return slice(None)'
        )
    size = min(batches.size, batches.rows)
    if not batches.shuffle:
        return (
            'def batch(iteration):\n    """The rows of an iteration\'s batch, in the order of the data."""\n'
            f"    first = ({since}) % {batches.per_epoch} * {size}\n"
            f"    return slice(first, first + {size})"
        )
    return (
        "def batch(iteration):\n"
        '    """The rows of an iteration\'s batch; each epoch has an order drawn from the seed."""\n'
        f"    epoch, index = divmod({since}, {batches.per_epoch})\n"
        f"    random = np.random.Generator(np.random.PCG64([{batches.seed}, {ORDER}, epoch{plus}]))\n"
        f"    order = random.permutation({batches.rows})\n"
        f"    return order[index * {size} : (index + 1) * {size}]"
    )


def mask_function(spec: Spec) -> str:
    """The function that draws which units stay; empty without dropout."""
    if not spec.dropping:
        return ""
    shapes = ", ".join(
        f"{layer}: ({spec.units(layer)}, {number(spec.layers[layer].dropout)})" for layer in spec.dropping
    )
    return (
        "def masks(iteration, examples):\n"
        '    """By layer, 0 for what is dropped and 1 / (1 - chance) for what stays, drawn from the seed."""\n'
        "    drawn = {}\n"
        f"    for layer, (units, chance) in {{{shapes}}}.items():\n"
        f"        random = np.random.Generator(np.random.PCG64([{spec.seed}, {DROPOUT}, iteration, layer]))\n"
        "        drawn[layer] = (random.random((examples, units)) >= chance) / (1 - chance)\n"
        "    return drawn"
    )


def data_code(source: Source, wrap: str, dtype: str) -> str:
    """The data and the parameters to begin with; `wrap` makes an array of the library from a literal."""
    start = {name: source.beginning.tape.tensors[name] for name in tensors(source.spec)}
    arrays = [source.data.inputs, source.data.targets, *start.values()]
    arrays += [values for by_name in remembered(source).values() for values in by_name.values()]
    lines = [UNPACKED + "\n\n"] if any(map(is_packed, arrays)) else []

    def made(values: Array, indent: str = "") -> str:
        return wrap.format(array(values, indent), dtype)

    lines += [f"X = {made(source.data.inputs)}", f"Y = {made(source.data.targets)}", ""]
    lines += ["start = {", *(f'    "{name}": {made(values, "    ")},' for name, values in start.items()), "}"]
    for quantity, by_name in remembered(source).items():
        listed = (f'    "{name}": {made(values, "    ")},' for name, values in by_name.items())
        lines += ["", f"{quantity} = {{", *listed, "}"]
    return "\n".join(lines)


def about(source: Source, library: str) -> str:
    """What a program is, in a few sentences."""
    spec, first = source.spec, source.beginning.iteration
    count = source.done - first
    optimizer = optimizers.named(spec.optimizer.name).title
    trained = f"{count} iterations" if count != 1 else "1 iteration"
    since = (
        f" It begins at iteration {first}, the last that a person changed something at, with the parameters of then."
        if first
        else ""
    )
    return (
        f"A {source.title(words())}, in {library}.\n\n"
        f"It trains {trained} (optimizer: {optimizer}) as Stepgrad did, and prints the cost and the parameters."
        f"{since}\n"
    )
