"""The codec: a saved session's parts as bytes, each a header and arrays of numbers, checked when they are read.

A part begins with 24 bytes: magic (4), version (1), kind (1), two zeros, the lengths of header and arrays (4 each) and
the CRC-32 of both (4), four zeros. A header is JSON, padded with spaces to a multiple of 8 bytes; arrays follow in
the order in which it names them, little-endian, row by row, each padded with zeros likewise. A file is its parts, one
after the other.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from math import prod
from typing import Annotated, Literal, TypeVar
from zlib import crc32

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import FileInvalid
from ..nn.registry import Array

MAGIC = b"SGSN"
VERSION = 2
"""Since 2 a file has branches, and its data as a part of its own; those of version 1 are read as well."""
_HEAD = struct.Struct("<4sBB2xIII4x")
_OTHER_HINT = "Choose a file that Stepgrad saved."
MOST_HEADER = 2 * 2**20
"""Bytes; a header takes up to thirty times as much memory once it is read."""

Bytes = bytes | bytearray | memoryview
Kind = Literal["content", "numbers", "position", "data"]
KINDS: tuple[Kind, ...] = ("content", "numbers", "position", "data")
Dtype = Literal["f8", "f4", "i4", "i8"]
_NAMES: dict[str, Dtype] = {"<f8": "f8", "<f4": "f4", "<i4": "i4", "<i8": "i8"}


class Shape(BaseModel):
    """An array as a header names it."""

    model_config = ConfigDict(strict=True, extra="forbid")
    name: Annotated[str, Field(max_length=40)]
    dtype: Dtype
    shape: Annotated[tuple[Annotated[int, Field(ge=0, lt=2**32)], ...], Field(max_length=2)]


class Header(BaseModel):
    """What stands before the arrays of a part."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)
    arrays: Annotated[tuple[Shape, ...], Field(max_length=5000)] = ()


H = TypeVar("H", bound=Header)


def pack(kind: Kind, header: Header, arrays: Mapping[str, Array]) -> bytes:
    """A part as bytes.

    Raises:
        FileInvalid: its header is longer than may be read again.
    """
    little = {name: np.ascontiguousarray(array, array.dtype.newbyteorder("<")) for name, array in arrays.items()}
    shapes = tuple(Shape(name=name, dtype=_NAMES[array.dtype.str], shape=array.shape) for name, array in little.items())
    text = header.model_copy(update={"arrays": shapes}).model_dump_json().encode()
    text += b" " * (-len(text) % 8)
    if len(text) > MOST_HEADER:
        raise FileInvalid("The session has too many names and edits to be saved.", where="header")
    blocks: list[Bytes] = []
    for array in little.values():
        blocks += [array.reshape(-1).view(np.uint8).data, bytes(-array.nbytes % 8)]
    length = sum(map(len, blocks))
    check = crc32(text)
    for block in blocks:
        check = crc32(block, check)
    head = _HEAD.pack(MAGIC, VERSION, KINDS.index(kind), len(text), length, check)
    return b"".join([head, text, *blocks])


def unpack(kind: Kind, content: Bytes, shape: type[H]) -> tuple[H, dict[str, Array]]:
    """The header and arrays of a part that is all there is in `content`; the arrays are views of it.

    Raises:
        FileInvalid: it is not such a part, from its first byte to its last.
    """
    text, blocks = _halves(kind, memoryview(content))
    try:
        header = shape.model_validate_json(bytes(text))
    except ValidationError as error:
        raise damaged("its header is not as expected") from error
    arrays: dict[str, Array] = {}
    start = 0
    for named in header.arrays:
        dtype = np.dtype(f"<{named.dtype}")
        size = prod(named.shape) * dtype.itemsize
        end = start + size + -size % 8
        if end > len(blocks):
            raise damaged("numbers are missing")
        flat = np.frombuffer(blocks[start : start + size], dtype).astype(dtype.newbyteorder("="), copy=False)
        arrays[named.name] = flat.reshape(named.shape)
        start = end
    if start != len(blocks) or len(arrays) != len(header.arrays):
        raise damaged("it has more numbers than it names")
    return header, arrays


def array_of(arrays: Mapping[str, Array], name: str, dtype: str, axes: int) -> Array:
    """An array of a part, if it is there with so many axes.

    Raises:
        FileInvalid: it is not, or is another one.
    """
    array = arrays.get(name)
    if array is None or array.dtype != np.dtype(dtype) or array.ndim != axes:
        raise damaged("numbers are missing")
    return array


def parts(content: Bytes) -> dict[Kind, memoryview]:
    """The parts of a file.

    Raises:
        FileInvalid: it is no file of this kind, or not all of one.
    """
    found: dict[Kind, memoryview] = {}
    rest = memoryview(content)
    for kind in KINDS:
        if kind == "data" and not rest:
            break  # a file of an older version has it in its content
        length = _length(rest)
        found[kind], rest = rest[:length], rest[length:]
    if rest:
        raise damaged("something follows its end")
    return found


def damaged(what: str) -> FileInvalid:
    """A file that cannot be what was saved."""
    return FileInvalid(f"The file is damaged: {what}.", hint="Use another copy of it.", where="file")


def _halves(kind: Kind, content: memoryview) -> tuple[memoryview, memoryview]:
    if _length(content) != len(content):
        raise damaged("it is not as long as it says")
    _, _, number, header, _, check = _HEAD.unpack_from(content)
    if number != KINDS.index(kind):
        raise damaged("its parts are in disorder")
    if crc32(content[_HEAD.size :]) != check:
        raise damaged("its checksum differs")
    return content[_HEAD.size : _HEAD.size + header], content[_HEAD.size + header :]


def _length(content: memoryview) -> int:
    """How long the part is with which these bytes begin."""
    if len(content) < _HEAD.size or content[:4] != MAGIC:
        if content[:4] == MAGIC:
            raise damaged("it ends too soon")
        raise FileInvalid("This is not a session that Stepgrad saved.", hint=_OTHER_HINT, where="file")
    _, version, _, header, arrays, _ = _HEAD.unpack_from(content)
    if version > VERSION:
        raise FileInvalid(
            f"The file is of version {version}; this Stepgrad reads up to version {VERSION}.",
            hint="Open it with a newer Stepgrad.",
            where="file",
        )
    if not 0 < version <= VERSION or header > MOST_HEADER or header % 8:
        raise damaged("its beginning is not as expected")
    length: int = _HEAD.size + header + arrays
    if length > len(content):
        raise damaged("it ends too soon")
    return length
