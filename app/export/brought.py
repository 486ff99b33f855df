"""Parameters that a person brings: a file's named numbers, recognised as the layers of a network.

Read are safetensors and JSON: a PyTorch `state_dict` of Linear layers (`0.weight`, `encoder.fc1.bias`), the page's own
names (`W1`, `b1`), or the list of layers that a session's request carries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from ..errors import FileInvalid, SpecError
from ..nn.registry import Array
from ..nn.spec import LayerSpec, Spec, checked
from .safetensors import decode, plain_text, too_many

MOST_TENSORS = 200
_OWN = re.compile(r"(?:.*[._])?([Wb])([0-9]{1,4})", re.ASCII)
_TORCH = re.compile(r"(?:(.*)\.)?(weight|bias)", re.DOTALL)

CONVERT = (
    "python -c \"import json, torch; json.dump({k: v.tolist() for k, v in torch.load('model.pt', "
    "weights_only=True).items()}, open('model.json', 'w'))\""
)
CONVERT_NPZ = (
    "python -c \"import json, numpy; json.dump({k: v.tolist() for k, v in numpy.load('model.npz').items()}, "
    "open('model.json', 'w'))\""
)


@dataclass(frozen=True, eq=False)
class BroughtLayer:
    """A layer of a file: what it is called there, its weights (units, inputs) and its biases (units)."""

    name: str
    W: Array
    b: Array

    @property
    def shape(self) -> tuple[int, int]:
        units, inputs = self.W.shape
        return units, inputs


def brought(content: bytes, most: int) -> list[BroughtLayer]:
    """The layers of a file, from the first to the last.

    Args:
        most: how many numbers it may hold.

    Raises:
        LimitExceeded: it holds more.
        FileInvalid: it cannot be read, or is no stack of dense layers; the message names the tensor.
    """
    layers = _in_order(_layers(_tensors(content, most)))
    for layer in layers:
        for letter, values in (("weights", layer.W), ("biases", layer.b)):
            if not np.isfinite(values).all():
                raise _unread(
                    f"The {letter} of {layer.name} are not all finite numbers.", "Train it again, or repair it."
                )
    return layers


def _tensors(content: bytes, most: int) -> dict[str, Array]:
    if content[4:8] == bytes(4):  # the upper half of the length of a header: neither text nor pickle begins so
        return decode(content, most)
    if content[:2] in (b"PK", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"):
        if content[:2] == b"PK" and b".npy" in content[:400]:
            raise _unread("The file is an NPZ archive.", f"Convert it: {CONVERT_NPZ}")
        raise _unread(
            "The file is a pickle, as torch.save writes it; to read one is to run whatever program is in it.",
            f"Convert it: {CONVERT}",
        )
    if content.count(b",") > most + MOST_TENSORS:  # before it is read, which takes many times its size
        raise too_many()
    return _of_json(content)


def _of_json(content: bytes) -> dict[str, Array]:
    try:
        told = json.loads(content.decode("utf-8-sig"), parse_constant=lambda word: None)
    except (ValueError, RecursionError):
        raise _unread("The file is neither safetensors nor JSON.", "Save it as one of them.") from None
    for name in ("parameters", "state_dict"):
        told = told.get(name, told) if isinstance(told, dict) else told
    if isinstance(told, list):
        if not all(isinstance(layer, dict) and {"W", "b"} <= layer.keys() for layer in told):
            raise _unread("The list is none of layers.", 'Send [{"W": [[…]], "b": […]}, …].')
        told = {f"{letter}{n}": layer[letter] for n, layer in enumerate(told, start=1) for letter in "Wb"}
    if not isinstance(told, dict):
        raise _unread("The JSON is neither an object of tensors nor a list of layers.", "Name each tensor.")
    return {name: _array(name, values) for name, values in told.items()}


def _array(name: str, values: Any) -> Array:
    """Nested lists of numbers, all rows of one length; what is no number counts as not finite."""
    depth, inner = 0, values
    while isinstance(inner, list) and depth < 3:
        inner, depth = (inner[0] if inner else None), depth + 1
    try:
        array = np.array(values, dtype=np.float64) if depth in (1, 2) else None
    except (ValueError, TypeError, OverflowError):
        array = None
    if array is None or array.ndim != depth:
        raise _unread(f"{_said(name)} is no table of numbers.", "Its rows have to be lists of numbers, equally long.")
    return array


def _layers(tensors: Mapping[str, Array]) -> list[BroughtLayer]:
    """Weights and biases that belong together, in the order of the file."""
    if len(tensors) > MOST_TENSORS:
        raise _unread(f"There are {len(tensors)} tensors; expected at most {MOST_TENSORS}.", "Keep the dense layers.")
    weights: dict[str, Array] = {}
    biases: dict[str, Array] = {}
    for name, values in tensors.items():
        kind, layer = _meaning(name)
        wanted = 2 if kind == "weight" else 1
        if values.ndim != wanted:
            raise _unread(
                f"{_said(name)} has the shape {_times(values.shape)}; expected {wanted} axes, as a dense layer has.",
                "Only stacks of dense layers (Linear) can be brought.",
            )
        found = weights if kind == "weight" else biases
        if layer in found:
            raise _unread(f"{_said(name)} is there twice, by another name.", "Bring each layer once.")
        found[layer] = values
    for layer in biases:
        if layer not in weights:
            raise _unread(f"{_said(layer)} has biases and no weights.", "Bring both.")
    return [_layer(layer, W, biases.get(layer)) for layer, W in weights.items()]


def _layer(name: str, W: Array, b: Array | None) -> BroughtLayer:
    b = np.zeros(len(W)) if b is None else b  # as of Linear(…, bias=False)
    if len(b) != len(W):
        raise _unread(f"{_said(name)} has {len(b)} biases for {len(W)} units.", "A dense layer has as many of both.")
    if not W.size:
        raise _unread(f"{_said(name)} has the shape {_times(W.shape)}.", "A layer has at least one unit and one input.")
    return BroughtLayer(_said(name), W, b)


def _meaning(name: str) -> tuple[str, str]:
    """Whether a tensor is weights or biases, and of which layer."""
    own, torch = _OWN.fullmatch(name), _TORCH.fullmatch(name)
    if own:
        return ("weight" if own[1] == "W" else "bias"), own[2]
    if torch:
        return torch[2], torch[1] or ""
    raise _unread(
        f"{_said(name)} is no name of a dense layer's weights or biases.",
        "Names end in .weight and .bias, as in a state_dict, or are W1, b1 and so on.",
    )


def _in_order(layers: list[BroughtLayer]) -> list[BroughtLayer]:
    """From the first to the last: by the numbers in their names, as they stand, or as only their shapes fit."""
    if not layers:
        raise _unread("The file has no layers.", "Bring the weights and biases of dense layers.")
    numbered = sorted(layers, key=lambda layer: [int(n[:9]) for n in re.findall("[0-9]+", layer.name)])
    for order in (numbered, layers):
        if all(before.shape[0] == after.shape[1] for before, after in pairwise(order)):
            return order
    found = _chained(layers)
    if found is None:
        listed = ", ".join(f"{layer.name} {_times(layer.W.shape)}" for layer in numbered[:8])
        raise _unread(
            f"The layers do not follow each other: {listed}.",
            "Each needs as many inputs as the one before it has units, as (units × inputs) says.",
        )
    return found


def _chained(layers: list[BroughtLayer]) -> list[BroughtLayer] | None:
    """The order in which each layer takes what one before gives, if there is one beginning and no choice on the way."""
    rest = list(layers)
    units = {layer.shape[0] for layer in layers}
    order = [layer for layer in rest if layer.shape[1] not in units]
    while len(order) == 1 or (order and rest):
        if len(order) == len(layers):
            return order
        following = [layer for layer in layers if layer not in order and layer.shape[1] == order[-1].shape[0]]
        if len(following) != 1:
            return None
        order.append(following[0])
    return None


def _said(name: str) -> str:
    """A name of the file as a message says it."""
    return plain_text(name, 60) or "The layer"


def _times(shape: Sequence[int]) -> str:
    return " × ".join(map(str, shape)) or "none"


def _unread(message: str, hint: str) -> FileInvalid:
    return FileInvalid(message, hint=hint, where="parameters")


def check_fit(layers: Sequence[BroughtLayer], spec: Spec) -> None:
    """Refuse layers that are not those of a network.

    Raises:
        SpecError: the message names the layer and both shapes.
    """
    hint = "Make a network of the file's sizes, or bring another file."
    if len(layers) != spec.depth:
        message = f"The file has {len(layers)} layers of weights; this network has {spec.depth}."
        raise SpecError(message, hint=hint, where="parameters")
    for number, (layer, wanted) in enumerate(zip(layers, spec.shapes(), strict=True), start=1):
        if layer.shape != wanted:
            raise SpecError(
                f"The weights of {layer.name} are {_times(layer.shape)}; those of layer {number} of this network are "
                f"{_times(wanted)} (units × inputs).",
                hint=hint,
                where="parameters",
            )


def sized(spec: Spec, shapes: Sequence[tuple[int, int]]) -> Spec:
    """The spec with layers of these shapes; activations stay if there are as many, else the first hidden one's.

    What is frozen and dropped belongs to the layers that were there.
    """
    hidden = [layer.activation for layer in spec.layers[1:-1]] or ["relu"]
    if len(hidden) != len(shapes) - 1:
        hidden = hidden[:1] * (len(shapes) - 1)
    names = ["", *hidden, spec.layers[-1].activation]
    units = [shapes[0][1], *(units for units, _ in shapes)]
    layers = tuple(LayerSpec(count, name) for count, name in zip(units, names, strict=True))
    return checked(replace(spec, layers=layers, frozen=()))
