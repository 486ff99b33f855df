"""Data before there is a session: a person's table as it was read, and what a network would see of any data."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from ..data.columns import Kind
from ..data.decoding import decoded
from ..data.own import guessed
from ..data.ready import named
from ..data.table import Layout, Most, Table, read_table
from ..sessions.suggested import suggested
from ..words import Words
from .answers import Answer
from .bodies import sent
from .building import completed
from .called import called
from .datasets import dataset, most_of
from .numbers import Rows, rows_of
from .opening import Limits
from .requests import DataBody, Decimal, Delimiter
from .words import Language

router = APIRouter(prefix="/api/data", tags=["data"])

FIRST = 12
"""How many rows are shown of a table."""

MOST_VALUES = 50


class ColumnAnswer(Answer):
    """A column of a table; `values` are its different values, if they are few.

    `wrong` is how many cells of a column of numbers are none.
    """

    name: str
    kind: Kind
    missing: int
    wrong: int
    distinct: int
    values: tuple[str, ...]


class UseAnswer(Answer):
    """How the table is probably meant."""

    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    task: str


class TableAnswer(Answer):
    """A table as it was read. `encoding` is a name that a browser's TextDecoder knows."""

    encoding: str
    delimiter: str
    decimal: str
    header: bool
    rows: int
    columns: list[ColumnAnswer]
    first: list[list[str]]
    guess: UseAnswer


class PreviewAnswer(Answer):
    """What a network would see: how many rows, the first of them, and a spec that learns them well enough."""

    title: str
    task: str
    rows: int
    tests: int
    inputs: int
    outputs: int
    first: Rows
    suggested: dict[str, Any]


_FILE = {"schema": {"type": "string", "format": "binary"}}
_RAW = {"requestBody": {"required": True, "content": {"text/csv": _FILE, "application/octet-stream": _FILE}}}


@router.post("/table", openapi_extra=_RAW)
async def table(
    request: Request,
    limits: Limits,
    delimiter: Annotated[Delimiter | None, Query(description="what separates cells; found out if not given")] = None,
    decimal: Annotated[Decimal | None, Query(description="the sign before decimals; found out if not given")] = None,
    header: Annotated[bool | None, Query(description="whether the first row names the columns")] = None,
) -> TableAnswer:
    """Read a table of comma- or otherwise separated values, sent as it is. Nothing is kept."""
    layout = Layout(delimiter, header, decimal)
    return await asyncio.to_thread(_read, await sent(request), layout, most_of(limits))


def _read(content: bytes, layout: Layout, most: Most) -> TableAnswer:
    text, encoding = decoded(content)
    found = read_table(text, layout, most)
    use = guessed(found)
    return TableAnswer(
        encoding=encoding,
        delimiter=found.layout.delimiter or "",
        decimal=found.layout.decimal or "",
        header=bool(found.layout.header),
        rows=found.rows,
        columns=_columns(found),
        first=[[column.cells[row][:200] for column in found.columns] for row in range(min(FIRST, found.rows))],
        guess=UseAnswer(inputs=use.inputs, targets=use.targets, task=use.task),
    )


def _columns(found: Table) -> list[ColumnAnswer]:
    return [
        ColumnAnswer(
            name=column.name,
            kind=column.kind,
            missing=int(column.missing.sum()),
            wrong=len(column.wrong) if column.kind == "number" else 0,
            distinct=column.distinct,
            values=tuple(value[:60] for value in column.values) if column.distinct <= MOST_VALUES else (),
        )
        for column in found.columns
    ]


@router.post("/preview")
async def preview(body: DataBody, limits: Limits, language: Language) -> PreviewAnswer:
    """What a session with this data would learn from. Nothing is kept."""
    return await asyncio.to_thread(_preview, body, limits, language)


def _preview(body: DataBody, limits: Limits, words: Words) -> PreviewAnswer:
    data = dataset(body, 0, limits)
    told = called(data, words)
    return PreviewAnswer(
        title=told.title,
        task=told.task,
        rows=data.rows,
        tests=data.tests,
        inputs=data.inputs.shape[1],
        outputs=data.targets.shape[1],
        first=rows_of(data, FIRST),
        suggested=completed(suggested(data, named(data.name).hidden if data.name else None)),
    )
