"""Which classes a network mistakes for which. Changes nothing, and holds nobody up."""

from __future__ import annotations

from fastapi import APIRouter

from ..sessions.confusion import Confusion, Matrix
from ..sessions.metrics import Judge
from ..sessions.trainer import approach, complete
from .answers import Answer
from .opening import SessionId, Store, opened

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["numbers"])


class MatrixAnswer(Answer):
    """Counts and, of each cell, the first rows of the data, by the class wanted, then by the one answered.

    Where there are very many rows, `rows` of the `total` are counted, evenly spread.
    """

    counts: list[list[int]]
    examples: list[list[list[int]]]
    rows: int
    total: int
    accuracy: float


class ConfusionAnswer(Answer):
    """The answers to the rows to train on and to those to test on, with the parameters at the cursor.

    Null where there are none, all of it where the data has no classes.
    """

    classes: tuple[str, ...] | None = None
    training: MatrixAnswer | None = None
    test: MatrixAnswer | None = None


@router.get("/confusion")
async def confusion(session_id: SessionId, store: Store) -> ConfusionAnswer:
    """Which classes are mistaken for which, with the parameters at the cursor."""
    async with opened(store, session_id) as session:
        data = session.timeline.data
        if not Judge(data).classifies:
            return ConfusionAnswer()
        await approach(session, session.cursor.iteration)
        spec, parameters = session.iteration.spec, session.iteration.parameters(session.cursor.operation)
        found = Confusion(spec, parameters, data)
    await complete(found)
    return ConfusionAnswer(classes=found.classes, training=_told(found.training), test=_told(found.test))


def _told(matrix: Matrix | None) -> MatrixAnswer | None:
    if matrix is None:
        return None
    return MatrixAnswer(
        counts=matrix.counts.tolist(),
        examples=matrix.examples,
        rows=matrix.rows,
        total=matrix.total,
        accuracy=matrix.accuracy,
    )
