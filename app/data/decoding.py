"""From the bytes of a file to its text, whatever program wrote it."""

from __future__ import annotations

import codecs

from ..errors import DataError

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
"""Byte order marks, and what follows them; encodings by the names that a browser's decoder knows too."""

NO_TABLES = {
    b"PK\x03\x04": "an Excel workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a packed file",
}
SAMPLE = 4096
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 26}


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Raises:
        DataError: it is no text.
    """
    for start, what in NO_TABLES.items():
        if content.startswith(start):
            raise _no_text(f"It is {what}, not a table as text.")
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding), encoding
    encoding = _unmarked(content)
    return _decoded(content, encoding), encoding


def _unmarked(content: bytes) -> str:
    """UTF-16 without a mark has zeros in every other place; what is no UTF-8 is what Windows wrote for long."""
    sample = content[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 4 and not even:
        return "utf-16le"
    if even > len(sample) // 4 and not odd:
        return "utf-16be"
    if even or odd or sum(byte in _CONTROLS for byte in sample) > len(sample) // 100:
        raise _no_text("It is not text.")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding, "replace" if encoding == "windows-1252" else "strict")
    except UnicodeDecodeError as error:
        raise _no_text(f"It cannot be read as {encoding}, from byte {error.start} on.") from error
    if "\0" in text:
        raise _no_text("It is not text.")
    return text


def _no_text(message: str) -> DataError:
    return DataError(message, hint="Save the table as CSV (comma-separated, UTF-8) and try again.", where="data.table")
