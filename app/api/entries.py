"""Entries: how the catalog tells of each thing that is registered, in a language, with its rule as a formula."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from ..data.ready import ready_set
from ..data.readyset import ReadySet
from ..export.exporter import Exporter
from ..nn.optimizers import Quantity
from ..nn.quantities import quantities
from ..sessions.suggested import suggested
from ..steps import signs
from ..steps.expressions import parse
from ..steps.formula import ATOM, Leaves, formula
from ..steps.glossary import Meaning, glossary
from ..steps.mathml import Math, accented, mtext
from ..steps.notation import Notation, Sign, constant, notations, write
from ..words import Words
from .building import completed


class OptionEntry(BaseModel):
    """A number that an entry can be given."""

    name: str
    default: float
    description: str


class Named(BaseModel):
    """What is registered, as a person is told of it."""

    name: str
    title: str
    description: str


class QuantityEntry(BaseModel):
    """What an optimizer has for each parameter; if `kept`, it is remembered from update to update."""

    name: str
    sign: str
    title: str
    kept: bool


class Entry(Named):
    """Something registered: what it is called, what it does, and by which rule."""

    rule: Math | None = None
    derivative: Math | None = None
    options: list[OptionEntry] = []
    quantities: list[QuantityEntry] = []


class DataOptionEntry(BaseModel):
    """Something to choose about a ready set: a number with its bounds or, where the default is one, a text."""

    name: str
    default: float | str
    description: str
    low: float
    high: float
    whole: bool


class Writing(BaseModel):
    """A way to write: the number of its input layer, and its signs without indices, by tensor without layer."""

    name: str
    first: int
    signs: dict[str, str]


class NotationEntry(Writing, Entry):
    """A way to write, with what each sign means."""

    glossary: list[Meaning]


class DatasetEntry(BaseModel):
    """A ready set as it is by itself; `suggested` is what a request for a session that learns it would carry."""

    name: str
    title: str
    task: str
    rows: int
    inputs: int
    outputs: int
    options: list[DataOptionEntry]
    source: str
    licence: str
    suggested: dict[str, Any]


class PresetEntry(Named):
    """A session to begin with; `body` is what a request to make it would carry."""

    body: dict[str, Any]


class ExportOptionEntry(BaseModel):
    """Something to choose about an export: one of `words` or, where there are none, a whole number."""

    name: str
    default: str
    description: str
    words: tuple[str, ...]
    low: int
    high: int


class ExporterEntry(Named):
    """Something that can be taken away of a session, and what it stands with."""

    group: str
    extension: str
    options: list[ExportOptionEntry]


class FailureEntry(Named):
    """A way to fail, and its sign on neurons."""

    glyph: str


def writing_of(notation: Notation) -> dict[str, Any]:
    """A way to write, without a word."""
    return Writing(name=notation.name, first=notation.first, signs=signs.bare(notation)).model_dump()


def said(words: Words, registry: str, entry: Any) -> dict[str, Any]:
    """The title and the description of an entry, or the task of a ready set, in a language."""
    own = {what: getattr(entry, what) for what in ("title", "description", "task") if hasattr(entry, what)}
    return {what: words.entry(registry, entry.name, what, text) for what, text in own.items()}


def entries_of(words: Words, registry: str, entries: Iterable[Any]) -> list[Entry]:
    """Entries of a registry, with their rules as formulas; those of initializers are words already."""
    return [
        Entry(
            name=entry.name,
            **said(words, registry, entry),
            rule=mtext(entry.rule) if registry == "initializers" else _formula(entry.rule),
            derivative=_formula(entry.derivative) if hasattr(entry, "derivative") else None,
            options=[
                OptionEntry(name=o.name, default=o.default, description=_option(words, registry, entry.name, o))
                for o in getattr(entry, "options", ())
            ],
            quantities=[
                QuantityEntry(name=q.name, sign=q.sign, title=_quantity(words, q), kept=q.kept)
                for q in getattr(entry, "quantities", ())
            ],
        )
        for entry in entries
    ]


def _quantity(words: Words, quantity: Quantity) -> str:
    return words.entry("quantities", quantity.name, "title", quantity.title)


def exporter_of(words: Words, entry: Exporter) -> ExporterEntry:
    """Something that can be taken away, in a language."""
    return ExporterEntry(
        name=entry.name,
        **said(words, "exporters", entry),
        group=entry.group,
        extension=entry.extension,
        options=[
            ExportOptionEntry(**{**vars(option), "description": _option(words, "exporters", entry.name, option)})
            for option in entry.options
        ],
    )


def _option(words: Words, registry: str, name: str, option: Any) -> str:
    return words.entry(registry, name, f"options.{option.name}", option.description)


def notation_of(words: Words, entry: Notation) -> NotationEntry:
    """A way to write, with its glossary in a language."""
    return NotationEntry(
        name=entry.name,
        **said(words, "notations", entry),
        first=entry.first,
        rule=signs.sample(entry),
        signs=signs.bare(entry),
        glossary=list(glossary(entry, words)),
    )


def dataset_of(words: Words, entry: ReadySet) -> DatasetEntry:
    """A ready set, in a language; it is made once to be counted."""
    data = ready_set(entry.name)
    asked = {"name": entry.name, "test_share": entry.test_share, "standardize": entry.standardize}
    return DatasetEntry(
        name=entry.name,
        **said(words, "datasets", entry),
        rows=data.rows,
        inputs=data.inputs.shape[1],
        outputs=data.targets.shape[1],
        options=[
            DataOptionEntry(**{**vars(option), "description": _option(words, "datasets", entry.name, option)})
            for option in entry.options
        ],
        source=entry.source,
        licence=entry.licence,
        suggested={"spec": completed(suggested(data, entry.hidden)), "data": asked},
    )


_TENSORS = {"da": "da", "dw": "dW", "dz": "dz", "max": "max", "sum": "sum", "inner": "inner"}
"""Names in rules that stand for tensors and are not written as they are."""


def _formula(rule: str) -> Math:
    """A rule in bare letters, without layers or indices."""
    usual = notations.named("superscript")

    def letter(name: str, place: int | None) -> tuple[Math, int]:
        if name in quantities():
            return accented(quantities()[name].sign), ATOM
        return (write(usual, Sign(_TENSORS[name])) if name in _TENSORS else constant(usual, name)), ATOM

    return formula(parse(rule), Leaves(letter, {"W": 2, "dW": 2}, lambda _: "i"))
