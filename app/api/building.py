"""From requests to specs, data and parameters, within this server's limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from ..data.dataset import Dataset
from ..errors import SpecError
from ..nn.parameters import GivenLayer
from ..nn.registry import Choice
from ..nn.spec import LayerSpec, Spec, checked
from ..sessions.presets import presets
from ..sessions.start import begin
from ..sessions.timeline import Timeline
from ..settings import Settings
from .datasets import dataset, within
from .errors import told
from .requests import InitBody, SpecBody, SpecPatch

CHOICES = ("initializer", "optimizer", "schedule")
"""The fields of a spec that are an entry with its options."""


def init_body(asked: Mapping[str, Any]) -> InitBody:
    """The same as a request with this body.

    Raises:
        SpecError: it fits no request.
    """
    try:
        return InitBody.model_validate(asked)
    except ValidationError as error:
        message, _, where = told([{**one, "loc": ("body", *one["loc"])} for one in error.errors()])
        raise SpecError(message, hint="See docs/api.md for what is expected.", where=where) from None


def new_timeline(body: InitBody, settings: Settings) -> Timeline:
    """The start that a request asks for.

    Raises:
        SpecError, DataError: it cannot make a session.
        LimitExceeded: it is larger than this server allows.
    """
    if body.preset is not None:
        if body.model_fields_set - {"preset"}:
            raise SpecError(
                "A preset was asked for, and more beside it.", hint="Send one or the other.", where="preset"
            )
        body = InitBody.model_validate(presets.named(body.preset, "preset").body)
    if body.spec is None or body.data is None:
        missing = "spec" if body.spec is None else "data"
        raise SpecError(f"There is no {missing}.", hint="Send a spec and data, or a preset.", where=missing)
    data = dataset(body.data, body.spec.seed or 0, settings)
    spec = checked(patched(Spec(layers=()), body.spec))
    check_size(spec, data, settings)
    given = None if body.parameters is None else [GivenLayer(layer.W, layer.b) for layer in body.parameters]
    return begin(spec, data, given)


def patched(spec: Spec, body: SpecPatch | SpecBody) -> Spec:
    """A spec with the fields of a request in the place of its own."""
    fields: dict[str, Any] = {
        name: getattr(body, name)
        for name in ("loss", "batch_size", "shuffle", "l2", "l1", "clip", "seed", "dtype")
        if getattr(body, name) is not None
    }
    if body.layers is not None:
        fields["layers"] = tuple(
            LayerSpec(layer.units, layer.activation or ("sigmoid" if number else ""), layer.kind, layer.dropout)
            for number, layer in enumerate(body.layers)
        )
    if body.frozen is not None:
        fields["frozen"] = tuple(body.frozen)
    for name in CHOICES:
        choice = getattr(body, name)
        if choice is not None:
            before: Choice = getattr(spec, name)
            kept = before.options if before.name == choice.name else {}
            fields[name] = Choice(choice.name, {**kept, **(choice.__pydantic_extra__ or {})})
    return replace(spec, **fields)


def check_size(spec: Spec, data: Dataset, settings: Settings) -> None:
    """Refuse a network larger than this server allows.

    Raises:
        LimitExceeded: the message says what was got, and the limit.
    """
    units = [layer.units for layer in spec.layers]
    within(len(units) - 1, settings.max_layers, "layers after the input layer", "max_layers", "spec.layers")
    for number, count in enumerate(units):
        within(count, settings.max_units, "units in a layer", "max_units", f"spec.layers[{number}].units")
    within(spec.parameter_count, settings.max_parameters, "weights and biases", "max_parameters", "spec.layers")
    examples = min(spec.batch_size, data.rows)
    within(examples, settings.max_batch, "examples in a batch", "max_batch", "spec.batch_size")
    check_activations(sum(units) * examples, settings, "spec.batch_size")


def check_activations(count: int, settings: Settings, where: str) -> None:
    """Refuse to compute on more activations at once than this server allows.

    Raises:
        LimitExceeded: the message says what was got, and the limit.
    """
    within(count, settings.max_activations, "activations at once (units × examples)", "max_activations", where)


def spec_dict(spec: Spec) -> dict[str, Any]:
    """The spec as a request would say it, every default written out."""
    layers = [{name: value for name, value in vars(layer).items() if value} for layer in spec.layers]
    chosen: dict[str, Choice] = {name: getattr(spec, name) for name in CHOICES}
    choices = {name: {"name": choice.name, **choice.options} for name, choice in chosen.items()}
    return {**vars(spec), **choices, "layers": layers}


def completed(body: dict[str, Any]) -> dict[str, Any]:
    """The spec of a request with every default written out."""
    return spec_dict(checked(patched(Spec(layers=()), SpecBody.model_validate(body))))
