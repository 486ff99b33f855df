"""A table as people have it, read from text: what separates its cells, and whether it has a header."""

from __future__ import annotations

import csv
import re
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

import numpy as np

from ..errors import DataError
from .columns import Column, number_of

DELIMITERS = (",", ";", "\t", "|")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MOST_COLUMNS = 1000
SAMPLE = 50
"""How many rows are looked at to find what separates cells."""

WHERE = "data.table"
Row = tuple[str, ...]
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_COMMA = re.compile(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?", re.A)
_POINT = re.compile(r"[-+]?\d*\.\d+(?:[eE][-+]?\d+)?", re.A)


@dataclass(frozen=True)
class Layout:
    """How a table is written; what is None is found out.

    Attributes:
        header: whether the first row names the columns.
        decimal: the sign before the decimals.
    """

    delimiter: str | None = None
    header: bool | None = None
    decimal: str | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """A table that was read: how it is written, and its columns."""

    layout: Layout
    columns: tuple[Column, ...]

    @property
    def rows(self) -> int:
        return len(self.columns[0].cells)

    def named(self, name: str, where: str) -> Column:
        """The column of this name.

        Raises:
            DataError: there is none; the message lists some that there are.
        """
        for column in self.columns:
            if column.name == name:
                return column
        known = ", ".join(column.name[:30] for column in self.columns[:8])
        raise DataError(f"The table has no column {name[:40]!r}.", hint=f"Its columns: {known}.", where=where)


@dataclass(frozen=True)
class Most:
    """How large a table may be; a header counts as neither."""

    rows: int
    cells: int

    def check(self, rows: int, cells: int) -> None:
        """Refuse a table of so many.

        Raises:
            DataError: the message says the limit.
        """
        if rows > self.rows:
            hint = "Send fewer rows, or start the server with a larger --max-rows."
            raise DataError(f"The table has more than {self.rows} rows.", hint=hint, where=WHERE)
        if cells > self.cells:
            hint = "Send fewer columns or rows, or start the server with a larger --max-values."
            raise DataError(f"The table has more than {self.cells} cells.", hint=hint, where=WHERE)


def read_table(text: str, layout: Layout, most: Most) -> Table:
    """Read a table.

    Raises:
        DataError: it is no table, or too large; the message names the row, what stands there and what was expected.
    """
    text = text.removeprefix("\ufeff")
    told = re.match(r"sep=(.)\r?\n", text, re.I)  # Excel's own way to say what separates cells
    if told:
        text = text[told.end() :]
    if not text.strip():
        raise DataError("The table is empty.", hint="Send at least a row of cells.", where=WHERE)
    delimiter = layout.delimiter or (told[1] if told and told[1] in DELIMITERS else _delimiter(text))
    columns, header, decimal = _columns(*_records(text, delimiter, most, 2 if told else 1), layout, delimiter)
    rows = len(columns[0][0].cells)
    most.check(rows, rows * len(columns))
    kept = [column for column, named in columns if column.kind != "empty" or named]
    return Table(Layout(delimiter, header, decimal), tuple(kept))


def _columns(
    at: Sequence[int], rows: Sequence[Row], layout: Layout, delimiter: str
) -> tuple[list[tuple[Column, bool]], bool, str]:
    """The columns, each with whether the header names it; whether there is a header; and the decimal sign."""
    if not rows:
        raise DataError("The table has no values.", hint="Send at least a row of cells.", where=WHERE)
    width = _width(rows)
    _check_even(at, rows, width)
    decimal = layout.decimal or _decimal(rows, delimiter)
    header = _has_header(rows, decimal) if layout.header is None else layout.header
    first = rows[0] if header else ()
    if header:
        at, rows = at[1:], rows[1:]
    if not rows:
        raise DataError("The table has a header and no rows.", hint="Add rows of values.", where=WHERE)
    columns = [
        Column(name, tuple(map(itemgetter(k), rows)), at, decimal) for k, name in enumerate(_names(first, width))
    ]
    return [(column, header and bool(first[k])) for k, column in enumerate(columns)], header, decimal


def _records(text: str, delimiter: str, most: Most, first: int) -> tuple[Sequence[int], list[Row]]:
    """The rows that are not empty, and the number of each in the file; what is far too large is given up soon."""
    if '"' not in text:
        most.check(text.count("\n") - 1, 0)
    at, rows, count = array("I"), list[Row](), 0
    for number, cells in enumerate(_cells(text, delimiter), first):
        if any(cells):
            at.append(number)
            rows.append(cells)
            count += len(cells)
        if len(cells) > MOST_COLUMNS:
            raise DataError(
                f"Row {number} has {len(cells)} cells; expected at most {MOST_COLUMNS}.",
                hint="Send fewer columns.",
                where=WHERE,
            )
        if len(rows) > most.rows + 1 or count > most.cells + MOST_COLUMNS:
            most.check(len(rows) - 1, count - MOST_COLUMNS)
    return at, rows


def _cells(text: str, delimiter: str) -> Iterator[Row]:
    """The rows, cells without spaces around them."""
    lines = map(itemgetter(0), _LINE.finditer(text))
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        for cells in reader:
            yield tuple(map(str.strip, cells))  # which the garbage collector need not look into, as it would a list
    except csv.Error as error:
        why = "a quote that is not closed" if "end of data" in str(error) else "quotes that cannot be read"
        if "field larger" in str(error):
            why = "a cell that is longer than any should be"
        raise DataError(
            f"Line {reader.line_num} has {why}.", hint='Write "" for a quote within quotes.', where=WHERE
        ) from error


def _delimiter(text: str) -> str:
    """The one that gives the most rows of the most common width, if that is more than one cell."""
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(len(cells) for cells in islice(_cells(text, delimiter), SAMPLE) if any(cells))
        except DataError:
            continue
        wide = {width: count for width, count in widths.items() if width > 1}
        even = max(wide.values(), default=0) / max(sum(widths.values()), 1)
        if even > most:
            best, most = delimiter, even
    return best


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells a row has: as most of the first have, not counting empty ones at the end of all."""
    width = Counter(len(cells) for cells in rows[:SAMPLE]).most_common(1)[0][0]
    return min(width, max(_filled(cells) for cells in rows[:SAMPLE]))


def _filled(cells: Sequence[str]) -> int:
    """How many cells a row has up to its last that is not empty."""
    return max((k for k, cell in enumerate(cells, 1) if cell), default=0)


def _check_even(at: Sequence[int], rows: Sequence[Row], width: int) -> None:
    for number, cells in zip(at, rows, strict=True):
        if len(cells) < width or any(cells[width:]):
            got, wanted = max(len(cells) if len(cells) < width else _filled(cells), 1), width
            raise DataError(
                f"Row {number} has {got} {'cell' if got == 1 else 'cells'}; expected {wanted}, as most rows have.",
                hint="Give each row as many cells, and put quotes around a cell that holds the separator.",
                where=WHERE,
            )


def _decimal(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """A comma where more cells look like a number with a comma than with a point."""
    sample = [cell for row in rows[: 20 * SAMPLE] for cell in row]
    commas = sum(_COMMA.fullmatch(cell) is not None for cell in sample)
    return "," if commas > sum(_POINT.fullmatch(cell) is not None for cell in sample) else "."


def _has_header(rows: Sequence[Sequence[str]], decimal: str) -> bool:
    """Whether the first row names columns: it holds no number, and below it are numbers, or other texts."""
    first, rest = rows[0], rows[1 : 20 * SAMPLE]

    def number(cell: str) -> bool:
        return not np.isnan(number_of(cell, decimal))

    if any(number(cell) for cell in first):
        return False
    if not rest or any(number(cell) for row in rest for cell in row):
        return True
    return all(cell and cell not in {row[k] for row in rest if k < len(row)} for k, cell in enumerate(first))


def _names(given: Sequence[str], width: int) -> list[str]:
    """A name for each column, no two alike and none too long."""
    names: dict[str, int] = {}  # in order, each with the number that the next twin of it has
    for number in range(width):
        name = " ".join(given[number].split())[:60] if number < len(given) else ""
        alike = name = name or f"column {number + 1}"
        while alike in names:
            names[name] += 1
            alike = f"{name} ({names[name]})"
        names[alike] = 1
    return list(names)
