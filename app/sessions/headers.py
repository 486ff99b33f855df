"""Headers: what is said about a saved session besides its arrays of numbers, and what may stand there."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..nn.spec import Spec
from .codec import Header
from .timeline import Origin

MOST_TEXT = 300
MOST_EDITS = 100_000
"""How often timelines may name edits, all together."""
Index = Annotated[int, Field(ge=0, lt=100_000)]
Iteration = Annotated[int, Field(ge=0, lt=2**53)]
Text = Annotated[str, Field(max_length=MOST_TEXT)]
Texts = Annotated[tuple[Text, ...], Field(max_length=20_000)]
Others = Annotated[tuple[Index, ...], Field(max_length=100)]
Numbers = Annotated[tuple[float, ...], Field(max_length=20_000)]


class Part(BaseModel):
    """A part of a header."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)


class Choice(Part):
    """What a request would carry to have the same data again."""

    name: Text
    options: Annotated[dict[Text, int | float | Text], Field(max_length=50)] = {}
    seed: Iteration = 0
    products: Texts = ()
    test_share: float = 0.0
    standardize: bool = False


class DatasetHeader(Part):
    """A dataset but for its rows."""

    name: Text = ""
    title: Text = ""
    task: Annotated[str, Field(max_length=2000)] = ""
    features: Texts = ()
    target_names: Texts = ()
    classes: Texts = ()
    means: Numbers = ()
    deviations: Numbers = ()
    target_means: Numbers = ()
    target_deviations: Numbers = ()
    choice: Choice | None = None
    image: tuple[Index, Index] | None = None


class EditHeader(Part):
    """An edit: the number of its spec, and how many parameters it sets."""

    iteration: Iteration
    spec: Index | None = None
    changes: Annotated[int, Field(ge=0, lt=2**32)] = 0


class TimelineHeader(Part):
    """A timeline, by the numbers of what it is made of."""

    spec: Index
    data: Index
    start: Index
    origin: Origin
    edits: Annotated[tuple[Index, ...], Field(max_length=100_000)] = ()


class BranchHeader(Part):
    """A branch but for its timeline and where one stands on it."""

    number: Index = 0
    name: Text = ""
    parent: Index | None = None
    fork: Iteration = 0


class LeftHeader(BranchHeader):
    """A branch with where one stands on it."""

    timeline: Index
    iteration: Iteration
    operation: Iteration
    reach: Iteration = 0


class PlaceHeader(LeftHeader):
    """Where one stands, and the numbers of the branches beside."""

    others: Others = ()


class DivergenceHeader(Part):
    """Where training on the timeline ends; a number that is not finite travels as a text."""

    iteration: Iteration
    operation: Iteration
    tensor: Annotated[str, Field(pattern=r"^[A-Za-z_]{1,40}[0-9]{0,6}(\.new)?$")]
    index: Annotated[tuple[Iteration, ...], Field(max_length=2)]
    value: Annotated[str, Field(pattern=r"^(nan|inf|-inf)$")]
    left: Iteration


class Measured(Header):
    """What was computed on a timeline: how far, and where it ends; `iterations` are those of the checkpoints."""

    furthest: Iteration
    visited: Iteration
    iterations: Annotated[tuple[Iteration, ...], Field(max_length=2000)] = ()
    newest: Iteration | None = None
    last: Iteration | None = None
    divergence: DivergenceHeader | None = None


class Content(Header):
    """What a session is: its timelines, made of specs, data, start parameters and edits that they share.

    One stands on `here`, with the timeline `now`, beside the branches of the numbers `others`, on which `measured` was
    computed.
    """

    specs: Annotated[tuple[Spec, ...], Field(min_length=1, max_length=10_000)]
    datasets: Annotated[tuple[DatasetHeader, ...], Field(min_length=1, max_length=1000)]
    edits: Annotated[tuple[EditHeader, ...], Field(max_length=100_000)] = ()
    timelines: Annotated[tuple[TimelineHeader, ...], Field(min_length=1, max_length=1000)]
    now: Index
    here: BranchHeader = BranchHeader()
    others: Others = ()
    measured: Annotated[tuple[Measured, ...], Field(max_length=100)] = ()
    branches: Annotated[tuple[LeftHeader, ...], Field(max_length=10_000)] = ()
    past: Annotated[tuple[PlaceHeader, ...], Field(max_length=1000)] = ()
    future: Annotated[tuple[PlaceHeader, ...], Field(max_length=1000)] = ()


class BreakpointHeader(Part):
    """A breakpoint."""

    phase: Annotated[str, Field(pattern="^(forward|loss|backward|update)?$")] = ""
    epoch: Iteration | None = None
    tensor: Annotated[str, Field(max_length=60)] = ""
    index: Annotated[tuple[Iteration, ...], Field(max_length=2)] = ()
    relation: Annotated[str, Field(pattern="^[=<>]$")] = "="
    value: float = 0.0


class RunHeader(Part):
    """A run: its goal, how it went, and until when it goes on if nobody says so again, in seconds; 0 once it ended."""

    iteration: Iteration | None = None
    epoch: Iteration | None = None
    cost: float | None = None
    accuracy: float | None = None
    speed: float | None = None
    begun: Iteration = 0
    rate: float | None = None
    why: Annotated[str, Field(pattern="^[a-z]{0,20}$")] = ""
    lease: float = 0.0


class Position(Header):
    """Where the session stands and how far it stood; of a file, also its name and when it was made, in seconds."""

    iteration: Iteration
    operation: Iteration
    visited: Iteration = 0
    granularity: Annotated[str, Field(pattern="^(operation|neuron|layer|pass)$")] = "operation"
    revision: Iteration = 0
    edition: Iteration = 0
    reach: Iteration = 0
    requests: Annotated[tuple[Annotated[str, Field(max_length=100)], ...], Field(max_length=64)] = ()
    breakpoints: Annotated[tuple[BreakpointHeader, ...], Field(max_length=20)] = ()
    called: Text = ""
    made: float = 0.0
    run: RunHeader | None = None
