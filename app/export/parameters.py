"""Weights and biases as files: safetensors with PyTorch's names, NPZ and JSON with the page's."""

from __future__ import annotations

import io
import json

import numpy as np

from . import safetensors
from .exporter import Choices
from .source import Source


def as_safetensors(source: Source, choices: Choices) -> bytes:
    """What `network.load_state_dict` takes, `network` being that of the PyTorch script."""
    spec, place, named = source.spec, 0, {}
    for layer in range(1, spec.depth + 1):
        named[f"{place}.weight"] = source.parameters[f"W{layer}"]
        named[f"{place}.bias"] = source.parameters[f"b{layer}"]
        place += 3 if layer in spec.dropping else 2
    return safetensors.encode(named)


def as_npz(source: Source, choices: Choices) -> bytes:
    """What `numpy.load` takes, without pickle."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **source.parameters)
    return file.getvalue()


def as_json(source: Source, choices: Choices) -> str:
    """The list of layers that a request for a session may carry as its parameters."""
    layers = range(1, source.spec.depth + 1)
    listed = [{"W": source.parameters[f"W{n}"].tolist(), "b": source.parameters[f"b{n}"].tolist()} for n in layers]
    return json.dumps(listed) + "\n"
