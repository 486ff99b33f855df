"""The numbers of a session: explained, predicted, as a tape, and the data behind them. Nothing here changes one."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Header, Query, Response

from ..data.dataset import Dataset
from ..errors import LimitExceeded, SpecError
from ..sessions.trainer import approach
from ..steps.writing import Written, written
from . import wire
from .answers import Answer, Example, ExplanationAnswer, GraphAnswer
from .building import check_activations
from .opening import Limits, LookedAt, SessionId, Store, View, index_of, opened
from .requests import PredictBody, Whole
from .state import explainer

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["numbers"])


class Prediction(Answer):
    """The weighted sums z1 … zL and the activations a0 … aL, each with a row for each example."""

    sums: list[list[list[float]]]
    layers: list[list[list[float]]]


@router.post("/predict")
async def predict(session_id: LookedAt, body: PredictBody, store: Store, limits: Limits) -> Prediction:
    """What the network makes of inputs, with the parameters at the cursor. Changes nothing."""
    async with opened(store, session_id) as session:
        wanted = session.iteration.spec.units(0)
        for number, row in enumerate(body.inputs):
            if len(row) != wanted:
                raise SpecError(f"Row {number} has {len(row)} inputs; expected {wanted}.", where=f"inputs[{number}]")
        units = sum(layer.units for layer in session.iteration.spec.layers)
        check_activations(units * len(body.inputs), limits, "inputs")
        await approach(session, session.cursor.iteration)
        sums, layers = session.iteration.predict(np.array(body.inputs), session.cursor.operation)
        return Prediction(sums=[z.tolist() for z in sums], layers=[a.tolist() for a in layers])


@router.get("/explanations/{tensor}")
async def explanation(
    session_id: SessionId, tensor: str, store: Store, view: View, index: str = ""
) -> ExplanationAnswer:
    """Where a number came from; one that is not yet written is explained by its rule alone."""
    async with opened(store, session_id) as session:
        await approach(session, session.cursor.iteration, view.example)
        return ExplanationAnswer(explainer(session, view).element(tensor, index_of(index)))


@router.get("/explanations/{tensor}/written")
async def written_out(
    session_id: SessionId, tensor: str, store: Store, view: View, index: str = ""
) -> dict[str, Written]:
    """The same as LaTeX, MathML and plain text, line by line and whole, to be taken elsewhere."""
    async with opened(store, session_id) as session:
        await approach(session, session.cursor.iteration, view.example)
        return written(explainer(session, view).element(tensor, index_of(index)), view.words)


@router.get("/graph")
async def graph(
    session_id: SessionId,
    store: Store,
    view: View,
    around: Annotated[
        str, Query(max_length=60, description="a node, as W1:0,1; asked for where the graph is large")
    ] = "C:",
) -> GraphAnswer:
    """The computation graph of the iteration at the cursor, the same however far that has come."""
    tensor, _, index = around.partition(":")
    async with opened(store, session_id) as session:
        await approach(session, session.cursor.iteration, view.example)
        drawn = explainer(session, view).graph(tensor, index_of(index, "around"))
        return GraphAnswer(iteration=session.cursor.iteration, graph=drawn)


@router.get("/tape/{iteration}", response_class=Response)
async def tape(
    session_id: SessionId,
    iteration: Whole,
    store: Store,
    limits: Limits,
    example: Example = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Every tensor of an iteration, in binary."""
    async with opened(store, session_id) as session:
        if not 0 <= iteration <= session.reached + 1:
            raise LimitExceeded(
                f"Iteration {iteration} is not computed yet; {session.reached + 1} is the last that can be read.",
                hint="Step or train there first.",
                where="iteration",
            )
        tag = f'"{session.edition}-{iteration}-{example}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if if_none_match == tag:
            return Response(status_code=304, headers=headers)
        await approach(session, iteration, example)
        return Response(wire.encode(session.at(iteration).tape(example), iteration), 200, headers, wire.MEDIA_TYPE)


class Rows(Answer):
    """The data, row by row, and what its columns are called.

    Rows to test on are counted after those to train on. Standardised inputs come with what was taken from each column
    and what it was divided by; so do standardised targets.
    """

    inputs: list[list[float]]
    targets: list[list[float]]
    features: tuple[str, ...]
    target_names: tuple[str, ...]
    classes: tuple[str, ...] | None
    test_inputs: list[list[float]]
    test_targets: list[list[float]]
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    target_means: tuple[float, ...]
    target_deviations: tuple[float, ...]
    image: tuple[int, int] | None


@router.get("/data")
async def data(session_id: SessionId, store: Store) -> Rows:
    """The data of a session."""
    async with opened(store, session_id) as session:
        return rows_of(session.timeline.data)


def rows_of(data: Dataset, most: int | None = None) -> Rows:
    """The rows of a dataset, or at most so many of them."""
    names = ("features", "target_names", "means", "deviations", "target_means", "target_deviations", "image")
    tables = ("inputs", "targets", "test_inputs", "test_targets")
    return Rows(
        **{name: getattr(data, name)[:most].tolist() for name in tables},
        **{name: getattr(data, name) for name in names},
        classes=data.classes or None,
    )
