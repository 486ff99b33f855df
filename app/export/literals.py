"""Arrays as Python: small ones as people would type them, large ones packed, so that they take little room."""

from __future__ import annotations

import base64
import zlib

import numpy as np

from ..nn.registry import Array
from .python import number

READABLE = 2000
"""How many numbers of an array are written out one by one."""

WIDTH = 100

UNPACKED = (
    "def unpacked(text, *shape):\n"
    '    """Numbers that were too many to be written out: double precision, compressed, in base64."""\n'
    '    return np.frombuffer(zlib.decompress(base64.b64decode(text)), "<f8").reshape(shape)'
)


def is_packed(values: Array) -> bool:
    """Whether an array is too large to be written out."""
    return values.size > READABLE


def array(values: Array, indent: str = "") -> str:
    """An array as nested lists, a row in a line, or as a call of `unpacked`."""
    if is_packed(values):
        raw = np.ascontiguousarray(values, "<f8").tobytes()
        text = base64.b64encode(zlib.compress(raw, 9)).decode()
        lines = "".join(f'\n    "{text[at : at + WIDTH]}"' for at in range(0, len(text), WIDTH))
        return f"unpacked({lines},\n    {', '.join(map(str, values.shape))},\n)"
    if values.ndim < 2:
        return _row(values, indent)
    rows = [_row(row, indent + "    ") for row in values]
    if len(rows) == 1 and len(rows[0]) < WIDTH:
        return f"[{rows[0]}]"
    return "[\n" + "".join(f"{indent}    {row},\n" for row in rows) + f"{indent}]"


def _row(values: Array, indent: str) -> str:
    """Numbers in brackets, in as many lines as they need."""
    lines, line = [], ""
    for value in values.tolist():
        text = number(value)
        if line and len(indent) + len(line) + len(text) + 2 > WIDTH:
            lines.append(line)
            line = ""
        line += f"{', ' if line else ''}{text}"
    if not lines:
        return f"[{line}]"
    lines.append(line)
    return "[\n" + "".join(f"{indent}    {one},\n" for one in lines) + f"{indent}]"
