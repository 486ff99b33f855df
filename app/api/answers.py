"""What answers carry: the state of a session, complete or light, and an explanation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict, RootModel

from ..steps.drawn import DrawnGraph
from ..steps.explain import Explanation
from ..words import Words, words
from .requests import Whole
from .words import Language

Example = Annotated[Whole | None, Query(description="the row of the data to show")]


@dataclass(frozen=True)
class Viewing:
    """How an answer is wanted: complete or light, which row is shown, how many digits, which notation and language.

    Under `name` the session was asked for, which may be a room's name for it; else empty.
    """

    view: Literal["full", "step"] = "full"
    example: int | None = None
    digits: int = 3
    notation: str = "superscript"
    words: Words = field(default_factory=words)
    name: str = ""


async def viewing(
    request: Request,
    language: Language,
    view: Annotated[
        Literal["full", "step"], Query(description="full: every number; step: how many are written")
    ] = "full",
    example: Example = None,
    digits: Annotated[int, Query(ge=0, le=12, description="decimals in explanations")] = 3,
    notation: Annotated[str, Query(max_length=40)] = "superscript",
) -> Viewing:
    """A request's viewing. What is not async, a class for one, is called on another thread, as long as half a step."""
    return Viewing(view, example, digits, notation, language, request.path_params.get("session_id", ""))


class Answer(BaseModel):
    """An answer; not-a-number and infinities travel as strings."""

    model_config = ConfigDict(ser_json_inf_nan="strings")


class ExplanationAnswer(RootModel[Explanation]):
    """Everything that is said about one number."""

    model_config = ConfigDict(ser_json_inf_nan="strings")


class GraphAnswer(Answer):
    """The computation graph of an iteration, or its part around a node."""

    iteration: int
    graph: DrawnGraph


class DataSummary(Answer):
    """What the data is; `name` and `choice`, which asks for the same again, are None for a person's own."""

    name: str | None
    title: str
    task: str
    choice: dict[str, Any] | None
    rows: int
    tests: int
    features: tuple[str, ...]
    targets: tuple[str, ...]
    classes: tuple[str, ...] | None


class Position(Answer):
    """Where the cursor stands; an iteration has positions 0 to `operations`."""

    iteration: int
    operation: int
    operations: int


class SegmentAnswer(Answer):
    """A stretch of operations of one layer in one phase."""

    phase: str
    layer: int | None
    first: int
    end: int


class BatchAnswer(Answer):
    """The batch by its number in the epoch and its rows of the data; `shown` may be none of them."""

    index: int
    epoch: int
    batches: int
    examples: tuple[int, ...]
    shown: int


class CostParts(Answer):
    """The batch's cost: of its data, of the weights, and both."""

    data: float
    penalty: float
    total: float


class CostAnswer(CostParts):
    """The batch's cost, the shown example's own, and, at the end of an iteration, the batch's after the update."""

    own: float
    after: CostParts | None


class DivergedAnswer(Answer):
    """Where training ends: the iteration whose update left numbers that are not finite.

    The first such number is a tensor's element, written just before position `operation`. None comes after it.
    """

    iteration: int
    operation: int
    tensor: str
    index: tuple[int, ...]
    value: float
    sentence: str


class GoalAnswer(Answer):
    """What ends a run, whichever comes first."""

    iteration: int | None
    epoch: int | None
    cost: float | None
    accuracy: float | None


class RunAnswer(Answer):
    """A run that goes on, or the last one.

    `why` it ended is empty as long as it goes on; then `reached`, `paused`, `idle` (nobody watched), `diverged`, or
    `lost`: the server that trained is gone, and all stands where that had saved it last.
    `iterations` are how many are done when the goal is reached, if it says so, and `seconds` how long that takes.
    """

    going: bool
    why: str
    until: GoalAnswer
    speed: float | None
    begun: int
    done: int
    iterations: int | None
    rate: float | None
    seconds: float | None


class Can(Answer):
    """Which edits can be taken back or put back."""

    undo: bool
    redo: bool


class StepRecord(Answer):
    """What the last granule did: operations `first` to `operation`, the last of them explained."""

    first: int
    operation: int
    granularity: str
    kind: str
    phase: str
    layer: int | None
    neuron: int | None
    headline: str
    explanation: Explanation


class BreakpointAnswer(Answer):
    """Where steps and runs stop: a phase or an epoch that begins, or a number of which something holds.

    `at` is the position where it is met in the present iteration; null where it is not, and while it runs.
    """

    phase: str
    epoch: int | None
    tensor: str
    index: tuple[int, ...]
    relation: str
    value: float
    at: int | None


class BranchAnswer(Answer):
    """A branch: `title` is its name or, where it has none, what it is called.

    It left branch `parent` at the start of iteration `fork`. One stands there at `iteration`; the furthest to which one
    went is `reach`.
    """

    number: int
    name: str
    title: str
    parent: int | None
    fork: int
    iteration: int
    reach: int
    current: bool


class State(Answer):
    """A session at its cursor. Tensors have null where nothing is written yet.

    `edition` rises with every edit: as long as it is the same, so are the numbers of an iteration.
    `branches` are those of the session, in the order in which they began, the current one among them.
    `diverged` is null as long as every number that training made was finite.
    While it runs there is no `step` and no cost after the update: nobody could read them.
    Rows of z, a, da and dz are the batch's examples and, after them, the shown row where that is none of the batch.
    `furthest` is the furthest iteration at which the learner stood, on this timeline.
    `stopped` has the numbers of the breakpoints that are met at the cursor.
    `unsaved` is why the session could not be saved, as a sentence; it goes on, and saving is tried again.
    """

    id: str
    revision: int
    edition: int
    unsaved: str
    spec: dict[str, Any]
    data: DataSummary
    position: Position
    furthest: int
    phase: str
    due: str
    segments: tuple[SegmentAnswer, ...]
    batch: BatchAnswer
    cost: CostAnswer | None
    diverged: DivergedAnswer | None
    can: Can
    branches: tuple[BranchAnswer, ...]
    breakpoints: tuple[BreakpointAnswer, ...]
    stopped: tuple[int, ...]
    step: StepRecord | None
    run: RunAnswer | None
    tensors: dict[str, Any] | None = None
    written: dict[str, int] | None = None
