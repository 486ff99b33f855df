"""What is the matter with a network, since when, and what to try. Changes nothing, and holds nobody up."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from ..nn.diagnose import failures
from ..nn.look import Finding
from ..sessions.diagnosis import Survey
from ..sessions.trainer import complete
from ..steps.findings import tell
from ..steps.names import Names
from .answers import Answer
from .called import called
from .opening import SessionId, Store, opened
from .words import Language

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["numbers"])


class NeuronAnswer(Answer):
    """A neuron: the number of its layer, and its own in it."""

    layer: int
    unit: int


class FindingAnswer(Answer):
    """A failure that was recognised.

    `began` is the iteration from which on it holds without a break, as far as was looked; null where to find out would
    take too long.
    """

    name: str
    title: str
    glyph: str
    sentence: str
    layers: tuple[int, ...]
    neurons: list[NeuronAnswer]
    remedies: tuple[str, ...] = Field(serialization_alias="try")
    began: int | None


class DiagnosisAnswer(Answer):
    """What was found with the parameters at the start of an iteration, tried on so many of the training rows."""

    iteration: int
    rows: int
    findings: list[FindingAnswer]


@router.get("/diagnosis")
async def diagnosis(session_id: SessionId, store: Store, language: Language) -> DiagnosisAnswer:
    """What goes wrong at the cursor's iteration: dead, saturated or alike neurons, gradients or costs out of bounds."""
    async with opened(store, session_id) as session:
        survey, data = Survey(session.timeline, session.cursor.iteration), called(session.timeline.data, language)
        names = Names(session.timeline.spec.depth, data.features, data.target_names, language)
    await complete(survey)
    found = survey.diagnosis
    return DiagnosisAnswer(
        iteration=found.iteration,
        rows=found.rows,
        findings=[_told(finding, began, names) for finding, began in found.findings],
    )


def _told(finding: Finding, began: int | None, names: Names) -> FindingAnswer:
    failure, words = failures.named(finding.failure), names.words
    return FindingAnswer(
        name=failure.name,
        title=words.entry("failures", failure.name, "title", failure.title),
        glyph=failure.glyph,
        sentence=tell(finding, names),
        layers=finding.layers,
        neurons=[NeuronAnswer(layer=layer, unit=unit) for layer, unit in finding.units],
        remedies=tuple(
            words.entry("failures", failure.name, f"remedies.{k}", remedy)
            for k, remedy in enumerate(failure.remedies, start=1)
        ),
        began=began,
    )
