"""The catalog: everything registered, with its rule, derivative and description. It owns none of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from .. import __version__
from ..data.ready import ready_set, ready_sets
from ..data.readyset import ReadySet
from ..export.exporter import Exporter
from ..export.exporters import exporters
from ..nn.activations import activations
from ..nn.diagnose import failures
from ..nn.initializers import initializers
from ..nn.layers import layers
from ..nn.losses import losses
from ..nn.optimizers import Quantity, optimizers
from ..nn.penalties import penalties
from ..nn.quantities import quantities
from ..nn.schedules import schedules
from ..sessions.presets import presets
from ..sessions.suggested import suggested
from ..settings import Settings
from ..steps import signs
from ..steps.expressions import parse
from ..steps.formula import ATOM, Leaves, formula
from ..steps.glossary import Meaning, glossary
from ..steps.mathml import Math, accented, mtext
from ..steps.notation import Notation, Sign, constant, notations, write
from ..steps.operations import GRANULARITIES, PHASES
from ..words import Words, languages
from .building import completed
from .constants import Tell
from .opening import Limits
from .words import Language

router = APIRouter(prefix="/api/catalog", tags=["catalog"])

REGISTRIES: tuple[Iterable[Any], ...] = (
    presets,
    layers,
    activations,
    losses,
    initializers,
    optimizers,
    schedules,
    penalties,
    failures,
    notations,
    exporters,
)
"""What is registered, but for the ready sets."""


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


class LanguageEntry(BaseModel):
    """A language that Stepgrad speaks, by its tag and by its own name."""

    name: str
    title: str


class FailureEntry(Named):
    """A way to fail, and its sign on neurons."""

    glyph: str


class Catalog(BaseModel):
    """Everything that a session can be made of, and this server's limits."""

    version: str
    languages: list[LanguageEntry]
    presets: list[PresetEntry]
    datasets: list[DatasetEntry]
    layers: list[Entry]
    activations: list[Entry]
    losses: list[Entry]
    initializers: list[Entry]
    optimizers: list[Entry]
    schedules: list[Entry]
    penalties: list[Entry]
    failures: list[FailureEntry]
    notations: list[NotationEntry]
    exporters: list[ExporterEntry]
    phases: tuple[str, ...]
    granularities: tuple[str, ...]
    limits: dict[str, int]


@router.get("", response_model=Catalog)
async def catalog(tell: Tell, limits: Limits, language: Language) -> Response:
    """Everything registered, told in a language."""
    return tell(
        f"catalog in {language.language}",
        [*map(list, REGISTRIES), list(ready_sets.values()), list(languages.values()), limits],
        lambda: _catalog(language, limits).model_dump(mode="json"),
    )


def _catalog(language: Words, limits: Settings) -> Catalog:
    return Catalog(
        version=__version__,
        languages=[LanguageEntry(name=name, title=one.title) for name, one in languages.items()],
        presets=[PresetEntry(**{**vars(preset), **said(language, "presets", preset)}) for preset in presets],
        datasets=[_dataset(language, entry) for entry in ready_sets.values()],
        layers=_entries(language, "layers", layers),
        activations=_entries(language, "activations", activations),
        losses=_entries(language, "losses", losses),
        initializers=_entries(language, "initializers", initializers),
        optimizers=_entries(language, "optimizers", optimizers),
        schedules=_entries(language, "schedules", schedules),
        penalties=_entries(language, "penalties", penalties),
        failures=[FailureEntry(name=f.name, **said(language, "failures", f), glyph=f.glyph) for f in failures],
        notations=[_notation(language, notation) for notation in notations],
        exporters=[_exporter(language, exporter) for exporter in exporters],
        phases=PHASES,
        granularities=GRANULARITIES,
        limits={name: value for name, value in vars(limits).items() if name.startswith("max_")},
    )


@router.get("/notations", response_model=list[Writing])
async def writings(tell: Tell) -> Response:
    """The ways to write, without a word: what a picture needs of the catalog."""
    return tell("notations", list(notations), lambda: [_writing(notation) for notation in notations])


def _writing(notation: Notation) -> dict[str, Any]:
    return Writing(name=notation.name, first=notation.first, signs=signs.bare(notation)).model_dump()


def said(words: Words, registry: str, entry: Any) -> dict[str, Any]:
    """The title and the description of an entry, or the task of a ready set, in a language."""
    own = {what: getattr(entry, what) for what in ("title", "description", "task") if hasattr(entry, what)}
    return {what: words.entry(registry, entry.name, what, text) for what, text in own.items()}


def _entries(words: Words, registry: str, entries: Iterable[Any]) -> list[Entry]:
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


def _exporter(words: Words, entry: Exporter) -> ExporterEntry:
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


def _notation(words: Words, entry: Notation) -> NotationEntry:
    return NotationEntry(
        name=entry.name,
        **said(words, "notations", entry),
        first=entry.first,
        rule=signs.sample(entry),
        signs=signs.bare(entry),
        glossary=list(glossary(entry, words)),
    )


def _dataset(words: Words, entry: ReadySet) -> DatasetEntry:
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
