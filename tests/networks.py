"""Networks to test with: specs over everything registered, data that suits their losses, and tapes of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, product
from typing import Any

import numpy as np

from app.nn.activations import activations
from app.nn.losses import losses
from app.nn.network import Network
from app.nn.registry import Array, Choice
from app.nn.schedules import schedules
from app.nn.spec import LayerSpec, Spec, checked
from app.steps.tape import Row, Tape, record


def spec_of(*units: int, hidden: str = "tanh", output: str = "sigmoid", dropout: float = 0, **fields: Any) -> Spec:
    """A spec of these layers, its parameters drawn from a bell curve unless `fields` say otherwise."""
    layers = [
        LayerSpec(units[0]),
        *(LayerSpec(n, hidden, dropout=dropout) for n in units[1:-1]),
        LayerSpec(units[-1], output),
    ]
    return checked(Spec(tuple(layers), **{"initializer": Choice("normal", {"deviation": 0.7}), **fields}))


def every_schedule() -> Iterator[Choice]:
    """Every registered schedule, so short that a few updates see it change."""
    short = {"every": 2.0, "length": 5.0}
    for entry in schedules:
        yield Choice(entry.name, {option.name: short.get(option.name, option.default) for option in entry.options})


def every_spec(*units: int) -> Iterator[Spec]:
    """Specs in which every loss meets every output that it allows, and all else that there is takes turns."""
    hidden, schedule, clip = cycle(activations), cycle(every_schedule()), cycle((0.0, 0.05))
    dropout, frozen = cycle((0.0, 0.0, 0.4, 0.0, 0.5)), cycle(((), ("W1[0,0]", "b1[0]"), ("layer 1",)))
    for loss, output in product(losses, activations):
        if loss.needs and output.name != loss.needs:
            continue
        if loss.targets == "probability" and not 0 <= output.low <= output.high <= 1:
            continue
        fields: dict[str, Any] = {
            "schedule": next(schedule),
            "clip": next(clip),
            "frozen": next(frozen),
            "batch_size": 3,
        }
        names: dict[str, Any] = {"hidden": next(hidden).name, "output": output.name, "loss": loss.name}
        yield spec_of(*units, dropout=next(dropout), **names, **fields)


def name_of(spec: Spec) -> str:
    """A spec in a few words, for a test's name."""
    names = "-".join(layer.activation for layer in spec.layers[1:])
    penalties = "".join(f"+{name}" for name in ("l2", "l1") if getattr(spec, name))
    schedule = f"-{spec.schedule.name}" if spec.scheduled else ""
    clip = ("-clipped" if spec.clip else "") + ("-dropout" if spec.dropping else "")
    frozen = "".join(f"-{name}" for name in spec.frozen)
    return f"{names}-{spec.loss}{penalties}-{spec.optimizer.name}{schedule}{clip}{frozen}"


def data_for(spec: Spec, rows: int, seed: int = 0) -> tuple[Array, Array]:
    """Inputs and targets that suit a spec's loss."""
    generator = np.random.default_rng(seed)
    inputs = generator.standard_normal((rows, spec.units(0)))
    targets = generator.random((rows, spec.units(spec.depth)))
    if spec.loss_entry.targets == "distribution":
        targets = np.eye(targets.shape[1])[np.arange(rows) % targets.shape[1]]
    return inputs, targets


def tape_of(spec: Spec, batch: int = 3, beside: bool = False, iteration: int = 0) -> Tape:
    """An iteration of a network of this spec, with a row that is none of the batch if asked."""
    inputs, targets = data_for(spec, batch + 1)
    rows: list[Row] = [(number, inputs[number], targets[number]) for number in range(batch + 1)]
    network = Network(spec)
    for number in range(iteration):
        record(network, rows[:batch], iteration=number)
    return record(network, rows[:batch], rows[batch] if beside else None, iteration)
