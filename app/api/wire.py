"""Tensors in binary, a tape's and others: little-endian, with a magic and a version, read by `static/js/wire.js`.

Bytes 0–3 are the magic, byte 4 the version, bytes 8–11 the header's length. From byte 16 on come the header, JSON
padded with spaces to a multiple of 8 bytes, and the tensors, each at its offset from there and in row-major order.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping

import numpy as np

from ..nn.registry import Array
from ..steps.tape import Tape

MAGIC = b"SGTP"
VERSION = 1
MEDIA_TYPE = "application/vnd.stepgrad.tape"


def encode(tape: Tape, iteration: int, **more: object) -> bytes:
    """Every tensor of an iteration, and what else shall stand in the header."""
    dtype = tape.spec.dtype
    header = {"iteration": iteration, "dtype": dtype, "examples": list(tape.rows), "batch": tape.batch, **more}
    return pack(tape.tensors, header)


def pack(tensors: Mapping[str, Array], header: Mapping[str, object]) -> bytes:
    """Tensors as numbers of the header's dtype, and what else a reader has to know."""
    dtype = np.dtype(str(header["dtype"])).newbyteorder("<")
    places: dict[str, dict[str, object]] = {}
    blocks: list[bytes] = []
    offset = 0
    for name, values in tensors.items():
        block = np.ascontiguousarray(values, dtype=dtype).tobytes()
        padded = block + bytes(-len(block) % 8)
        places[name] = {"shape": list(values.shape), "offset": offset}
        blocks.append(padded)
        offset += len(padded)
    text = json.dumps({**header, "tensors": places}, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([MAGIC, bytes([VERSION, 0, 0, 0]), struct.pack("<II", len(text), 0), text, *blocks])
