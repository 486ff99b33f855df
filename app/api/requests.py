"""What requests may carry. Unknown fields, NaN and infinities are refused; names and bounds are checked further in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from .names import ActivationName, InitializerName, LayerKindName, LossName, OptimizerName, ScheduleName

Whole = Annotated[int, Field(ge=-(2**53), le=2**53)]
Text = Annotated[str, Field(max_length=200)]

# To tell of a million faults takes ten seconds: a long list is given up at its first, and fields are few.
Texts = Annotated[list[Text], Field(fail_fast=True)]
Numbers = Annotated[list[float], Field(fail_fast=True)]
Table = Annotated[list[Numbers], Field(fail_fast=True)]
MOST_FIELDS = 100


class Body(BaseModel):
    """A part of a request's body."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _few_fields(cls, value: object) -> object:
        if isinstance(value, dict) and len(value) > MOST_FIELDS:
            counts = {"count": len(value), "most": MOST_FIELDS}
            raise PydanticCustomError("too_many_fields", "There are {count} fields; expected at most {most}", counts)
        return value


class LayerBody(Body):
    """A layer; the first is the input layer and has no activation."""

    units: Whole
    activation: ActivationName | None = Field(None, description="sigmoid where nothing is said")
    kind: LayerKindName = "dense"
    dropout: float = Field(0, description="the chance of a hidden unit to be left out of an example in training")


class Chosen(Body):
    """Something registered, by its name, with numbers for its options beside it."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, float] = Field(init=False)


class InitializerBody(Chosen):
    """An initializer with its options."""

    name: InitializerName


class OptimizerBody(Chosen):
    """An optimizer with its options, such as the learning rate."""

    name: OptimizerName


class ScheduleBody(Chosen):
    """A schedule of the learning rate with its options."""

    name: ScheduleName


class SpecPatch(Body):
    """Fields of a spec; those that are left out stay as they are, or have their defaults in a new session."""

    layers: Annotated[list[LayerBody], Field(max_length=1000, fail_fast=True)] | None = None
    loss: LossName | None = None
    initializer: InitializerBody | None = None
    optimizer: OptimizerBody | None = None
    schedule: ScheduleBody | None = None
    batch_size: Whole | None = Field(None, description="rows of one update; more than there are means all of them")
    shuffle: bool | None = None
    l2: float | None = None
    l1: float | None = None
    clip: float | None = None
    frozen: Annotated[Texts, Field(max_length=1000)] | None = None
    seed: Whole | None = None
    dtype: Literal["float64", "float32"] | None = None


class SpecBody(SpecPatch):
    """A spec: layers, and whatever shall not have its default."""

    layers: Annotated[list[LayerBody], Field(max_length=1000, fail_fast=True)]


Delimiter = Literal[",", ";", "\t", "|"]
Decimal = Literal[".", ","]


class TableBody(Body):
    """A table as text, and which of its columns are learned from which; what is left out is guessed."""

    text: str
    delimiter: Delimiter | None = None
    decimal: Decimal | None = None
    header: bool | None = None
    inputs: Texts | None = None
    targets: Texts = []
    task: Literal["classes", "numbers"] | None = None
    missing: Literal["refuse", "drop"] = Field("refuse", description="what is done with rows that lack a value")


class DataBody(Body):
    """A ready set by its name, rows of inputs with their targets, or a table; and how they are prepared.

    Where no seed is given, it is the spec's.
    """

    name: Text | None = None
    options: dict[Text, float | Text] = {}
    seed: Annotated[Whole, Field(ge=0)] | None = None

    inputs: Table | None = None
    targets: Table | None = None
    features: Texts = []
    target_names: Texts = []
    classes: Texts = []
    test_inputs: Table = []
    test_targets: Table = []

    table: TableBody | None = None

    products: Texts = Field([], description="features to make of others, such as x1*x2, x1^2 or sin(x1)")
    test_share: float = Field(0, description="which part of the rows is kept for testing, 0 to 0.9")
    standardize: bool = Field(False, description="bring each input to mean 0 and deviation 1 over the rows to train on")


class LayerParameters(Body):
    """A layer's weights (units, inputs) and biases (units)."""

    W: Table
    b: Numbers


class InitBody(Body):
    """A session to be made: a preset by name, or a spec with data and, where wanted, parameters."""

    preset: Text | None = None
    spec: SpecBody | None = None
    data: DataBody | None = None
    parameters: Annotated[list[LayerParameters], Field(fail_fast=True)] | None = None


class Unsafe(Body):
    """What every request that changes a session may carry.

    `revision` makes it conditional on the newest state; a repeated `request_id` has one effect.
    """

    revision: Whole | None = None
    request_id: Annotated[str, Field(min_length=1, max_length=100)] | None = None


Granularity = Literal["operation", "neuron", "layer", "pass"]


class PassBody(Unsafe):
    """One step of the pass that is due."""

    granularity: Granularity = "pass"


class StepBody(Unsafe):
    """One step, whichever pass it belongs to."""

    granularity: Granularity = "operation"
    direction: Literal["next", "previous"] = "next"


class PositionBody(Unsafe):
    """A position to stand at."""

    iteration: Annotated[Whole, Field(ge=0)]
    operation: Annotated[Whole, Field(ge=0)] | None = Field(
        0, description="null is as far in that iteration as now in this one: at its end if now at the end"
    )


class ChangeBody(Body):
    """A weight's or bias's new value; the index counts from 0."""

    tensor: Text
    index: Annotated[list[Whole], Field(max_length=2)]
    value: float


class ParametersBody(Unsafe):
    """Parameters to be set at the start of the current iteration."""

    changes: Annotated[list[ChangeBody], Field(min_length=1, max_length=10_000, fail_fast=True)]


class SpecPatchBody(SpecPatch, Unsafe):
    """Fields of the spec to be changed."""


class DataPatchBody(Unsafe):
    """Other data to learn from."""

    data: DataBody


class TrainBody(Unsafe):
    """How far to train: iterations or epochs, one of them."""

    iterations: Annotated[Whole, Field(ge=1)] | None = None
    epochs: Annotated[Whole, Field(ge=1)] | None = None


class GoalBody(Body):
    """What ends a run, whichever comes first.

    So many iterations or epochs are done, counted from the start; the cost on the training data is below `cost`; the
    share `accuracy` is right, of the test data where there is some, else of the training data.
    """

    iteration: Annotated[Whole, Field(ge=1)] | None = None
    epoch: Annotated[Whole, Field(ge=1)] | None = None
    cost: float | None = None
    accuracy: Annotated[float, Field(ge=0, le=1)] | None = None


class RunBody(Unsafe):
    """Until what to run, nothing meaning until it is stopped, and how many iterations a second, null meaning all."""

    until: GoalBody | None = None
    speed: Annotated[float, Field(ge=0.01, le=1e6)] | None = None


class BreakpointBody(Body):
    """One of three: a phase, an epoch counted from 0, or a number of which something holds once it is written.

    The index never names the example: it is enough that it holds for one of the batch.
    """

    phase: Literal["", "forward", "loss", "backward", "update"] = ""
    epoch: Annotated[Whole, Field(ge=0)] | None = None
    tensor: Annotated[str, Field(max_length=60)] = ""
    index: Annotated[list[Annotated[Whole, Field(ge=0)]], Field(max_length=2)] = []
    relation: Literal["=", "<", ">"] = "="
    value: float = 0


class BreakpointsBody(Unsafe):
    """The breakpoints from now on, in the place of those before."""

    breakpoints: Annotated[list[BreakpointBody], Field(max_length=20)]


class BranchNameBody(Unsafe):
    """What a branch is to be called; nothing is no name."""

    name: Annotated[str, Field(max_length=100)] = ""


class BranchBody(Unsafe):
    """Which branch to go to."""

    branch: Whole


class CopyBody(Body):
    """On which branch a copy is to stand; on the same where nothing is said."""

    branch: Whole | None = None


class ContinueBody(Unsafe):
    """How far to go at most where none is met."""

    iterations: Annotated[Whole, Field(ge=1)] = 1000


class PredictBody(Body):
    """Inputs without targets, a row for each example."""

    inputs: Annotated[Table, Field(min_length=1)]


class AnswerBody(Body):
    """An answer to a question of this kind about an operation: an option's name, or a number."""

    operation: Whole
    kind: Text
    answer: float | Text
