"""The catalog: everything registered, with its rule, derivative and description. It owns none of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from .. import __version__
from ..data.ready import ready_sets
from ..export.exporters import exporters
from ..nn.activations import activations
from ..nn.diagnose import failures
from ..nn.initializers import initializers
from ..nn.layers import layers
from ..nn.losses import losses
from ..nn.optimizers import optimizers
from ..nn.penalties import penalties
from ..nn.schedules import schedules
from ..sessions.presets import presets
from ..settings import Settings
from ..steps.notation import notations
from ..steps.operations import GRANULARITIES, PHASES
from ..words import Words, languages
from .constants import Tell
from .entries import (
    DatasetEntry,
    Entry,
    ExporterEntry,
    FailureEntry,
    NotationEntry,
    PresetEntry,
    Writing,
    dataset_of,
    entries_of,
    exporter_of,
    notation_of,
    said,
    writing_of,
)
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


class LanguageEntry(BaseModel):
    """A language that Stepgrad speaks, by its tag and by its own name."""

    name: str
    title: str


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
        datasets=[dataset_of(language, entry) for entry in ready_sets.values()],
        layers=entries_of(language, "layers", layers),
        activations=entries_of(language, "activations", activations),
        losses=entries_of(language, "losses", losses),
        initializers=entries_of(language, "initializers", initializers),
        optimizers=entries_of(language, "optimizers", optimizers),
        schedules=entries_of(language, "schedules", schedules),
        penalties=entries_of(language, "penalties", penalties),
        failures=[FailureEntry(name=f.name, **said(language, "failures", f), glyph=f.glyph) for f in failures],
        notations=[notation_of(language, notation) for notation in notations],
        exporters=[exporter_of(language, exporter) for exporter in exporters],
        phases=PHASES,
        granularities=GRANULARITIES,
        limits={name: value for name, value in vars(limits).items() if name.startswith("max_")},
    )


@router.get("/notations", response_model=list[Writing])
async def writings(tell: Tell) -> Response:
    """The ways to write, without a word: what a picture needs of the catalog."""
    return tell("notations", list(notations), lambda: [writing_of(notation) for notation in notations])
