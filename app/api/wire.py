"""Tensors in binary, a tape's and others: little-endian, with a magic and a version, read by `static/js/wire.js`.

Bytes 0–3 are the magic, byte 4 the version, bytes 8–11 the header's length. From byte 16 on come the header, JSON
padded with spaces to a multiple of 8 bytes, and the tensors, each at its offset from there and in row-major order, as
numbers of the header's dtype, or of its own where it has one.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from ..nn.registry import Array
from ..steps.tape import Tape

MAGIC = b"SGTP"
VERSION = 1
NOTHING: Mapping[str, Any] = MappingProxyType({})
MEDIA_TYPE = "application/vnd.stepgrad.tape"


def encode(
    tape: Tape, iteration: int, more: Mapping[str, Array] = NOTHING, texts: Mapping[str, str] = NOTHING
) -> bytes:
    """Every tensor of an iteration, and more of them; `texts` stand in the header and are JSON already."""
    header = {"iteration": iteration, "dtype": tape.spec.dtype, "examples": list(tape.rows), "batch": tape.batch}
    return pack({**tape.tensors, **more}, header, texts)


def pack(tensors: Mapping[str, Array], header: Mapping[str, object], texts: Mapping[str, str] = NOTHING) -> bytes:
    """Tensors as numbers of the header's dtype, those of bytes as bytes, and what else a reader has to know."""
    numbers = np.dtype(str(header["dtype"])).newbyteorder("<")
    places: dict[str, dict[str, object]] = {}
    blocks: list[bytes] = []
    offset = 0
    for name, values in tensors.items():
        of_bytes = values.dtype == np.uint8
        block = np.ascontiguousarray(values, dtype=np.uint8 if of_bytes else numbers).tobytes()
        padded = block + bytes(-len(block) % 8)
        places[name] = {"shape": list(values.shape), "offset": offset} | ({"dtype": "uint8"} if of_bytes else {})
        blocks.append(padded)
        offset += len(padded)
    told = json.dumps({**header, "tensors": places}, separators=(",", ":"))
    text = "".join([told[:-1], *(f',"{name}":{value}' for name, value in texts.items()), "}"]).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([MAGIC, bytes([VERSION, 0, 0, 0]), struct.pack("<II", len(text), 0), text, *blocks])
