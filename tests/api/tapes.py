"""Reads a tape's bytes by the description of the format alone, as an independent second statement of it."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from math import prod
from typing import Any


@dataclass(frozen=True)
class Decoded:
    """What the bytes say; every tensor flat, beside its shape."""

    header: dict[str, Any]
    shapes: dict[str, list[int]]
    values: dict[str, list[float]]


def decode(content: bytes) -> Decoded:
    """The header and the numbers of a tape, everything about its layout checked."""
    assert content[:4] == b"SGTP"
    assert content[4:8] == bytes([1, 0, 0, 0])
    length, nothing = struct.unpack_from("<II", content, 8)
    assert (nothing, (16 + length) % 8) == (0, 0)
    header = json.loads(content[16 : 16 + length])
    kinds = {"float64": ("d", 8), "float32": ("f", 4), "uint8": ("B", 1)}
    shapes, values = {}, {}
    end = 0
    for name, tensor in header.pop("tensors").items():
        code, size = kinds[tensor.get("dtype", header["dtype"])]
        assert tensor["offset"] % 8 == 0
        assert tensor["offset"] == -(-end // 8) * 8, "tensors lie one after the other"
        count = prod(tensor["shape"])
        end = tensor["offset"] + count * size
        shapes[name] = tensor["shape"]
        values[name] = list(struct.unpack_from(f"<{count}{code}", content, 16 + length + tensor["offset"]))
    assert len(content) == 16 + length + -(-end // 8) * 8
    return Decoded(header, shapes, values)
