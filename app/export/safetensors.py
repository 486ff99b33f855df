"""The safetensors format, written and read: 8 bytes of length, a header in JSON, and the numbers, little-endian.

The header names each tensor's dtype, its shape, and where its bytes begin and end behind the header.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from ..errors import FileInvalid, LimitExceeded
from ..nn.registry import Array

NAMES = {"float64": "F64", "float32": "F32"}
ITEMS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}
MOST_HEADER = 1_000_000
ALIGNED = 8


def encode(tensors: Mapping[str, Array]) -> bytes:
    """Tensors of single or double precision as a file."""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    blocks, end = [], 0
    for name, values in tensors.items():
        little = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        begin, end = end, end + little.nbytes
        header[name] = {
            "dtype": NAMES[values.dtype.name],
            "shape": list(values.shape),
            "data_offsets": [begin, end],
        }
        blocks.append(little.tobytes())
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNED)
    return b"".join([struct.pack("<Q", len(text)), text, *blocks])


def decode(content: bytes, most: int) -> dict[str, Array]:
    """The tensors of a file, at most so many numbers, in double precision, in the order of its header.

    Raises:
        LimitExceeded: there are more numbers.
        FileInvalid: it is damaged, or holds numbers that are not floating point.
    """
    if len(content) < 8:
        raise _damaged(f"it has {len(content)} bytes, and its header begins after 8")
    (length,) = struct.unpack("<Q", content[:8])
    if length > min(len(content) - 8, MOST_HEADER):
        raise _damaged(f"its header is said to have {length} bytes")
    try:
        header = json.loads(content[8 : 8 + length].decode("utf-8"))
    except (ValueError, RecursionError):
        raise _damaged("its header is not JSON") from None
    if not isinstance(header, dict):
        raise _damaged("its header is not an object")
    header.pop("__metadata__", None)
    body, found, rest = memoryview(content)[8 + length :], {}, most
    for name, entry in header.items():
        found[name] = _tensor(entry, body, rest)
        rest -= found[name].size
    return found


def _tensor(entry: object, body: memoryview, most: int) -> Array:
    match entry:
        case {"dtype": str(dtype), "shape": [*shape], "data_offsets": [int(begin), int(end)]}:
            pass
        case _:
            raise _damaged("a tensor lacks its dtype, shape or place")
    if dtype not in ITEMS:
        raise FileInvalid(
            f"A tensor's numbers are of the kind {plain_text(dtype, 12)}; expected {', '.join(ITEMS)}.",
            hint="Convert it with .float() before it is saved.",
            where="parameters",
        )
    if len(shape) > 8 or not all(type(size) is int and 0 <= size <= 2**31 for size in shape):
        raise _damaged("a shape is none")
    item = np.dtype(ITEMS[dtype])
    if not 0 <= begin <= end <= len(body) or end - begin != prod(shape) * item.itemsize:
        raise _damaged("a tensor's bytes are not where its header says")
    if (end - begin) // item.itemsize > most:
        raise too_many()
    raw = np.frombuffer(body[begin:end], item)
    if dtype == "BF16":  # the upper half of a single-precision number
        raw = (raw.astype("<u4") << 16).view("<f4")
    with np.errstate(invalid="ignore"):
        return np.asarray(raw.reshape(shape), np.float64)


def plain_text(text: str, most: int) -> str:
    """A name from a file, short and printable, to be said in a message."""
    return "".join(sign if sign.isprintable() and sign.isascii() else "?" for sign in text[:most])


def too_many() -> LimitExceeded:
    return LimitExceeded(
        "The file holds more numbers than a network of this server may have.",
        hint="Bring a smaller network, or start the server with a larger --max-parameters.",
        where="parameters",
    )


def _damaged(why: str) -> FileInvalid:
    return FileInvalid(
        f"The file cannot be read as safetensors: {why}.", hint="Save it again, or send it as JSON.", where="parameters"
    )
