"""Standing: where a learner is on a timeline, the iteration there, and what was computed on the way."""

from __future__ import annotations

from ..errors import IndexInvalid
from ..nn.parameters import check_parameter
from ..steps.cursor import Cursor
from ..steps.operations import Operations
from .branches import Place
from .divergence import Divergence
from .history import History
from .iteration import Iteration
from .metrics import Enough, measured_rows
from .replay import Replay
from .timeline import Timeline


class Standing:
    """A place on a timeline.

    Attributes:
        place: the branch where the learner stands, and those beside it.
        iteration: the one where the cursor is.
    """

    def __init__(self, place: Place) -> None:
        self._begin(place)

    @property
    def timeline(self) -> Timeline:
        """That of the branch where the learner stands."""
        return self.place.timeline

    @property
    def cursor(self) -> Cursor:
        """Where the learner stands on it."""
        return self.place.cursor

    @property
    def reached(self) -> int:
        """The furthest iteration that was computed on this timeline."""
        return self.timeline.checkpoints.furthest

    def again(self, iteration: int) -> int:
        """How many iterations have to be computed to stand at the start of one."""
        return iteration - self.timeline.checkpoints.before(iteration)[0]

    @property
    def divergence(self) -> Divergence | None:
        """Where training on this timeline ends, as far as it is known."""
        return self.timeline.checkpoints.divergence

    @property
    def trained(self) -> int:
        """The iteration at whose start training stands."""
        return self._replay.iteration

    @property
    def done(self) -> int:
        """How many iterations lie before the cursor."""
        return self.cursor.iteration + (self.cursor.operation == len(self.iteration.operations))

    @property
    def began(self) -> int:
        """The last iteration up to the cursor at whose start a person changed something, or the first."""
        return max(
            (edit.iteration for edit in self.timeline.edits if edit.iteration <= self.cursor.iteration), default=0
        )

    @property
    def classifies(self) -> bool:
        """Whether the data has classes, so that an answer can be right."""
        return self._replay.judge.classifies

    @property
    def measured_rows(self) -> tuple[int, int]:
        """On how many of the rows to train on, and of those to test on, points are measured."""
        data, spec = self.timeline.data, self.iteration.spec
        return measured_rows(spec, data.rows), measured_rows(spec, data.tests)

    def at(self, number: int) -> Iteration:
        """Any iteration of the timeline; the cursor stays."""
        if number == self.iteration.number:
            return self.iteration
        there = Iteration(self.timeline, number, self._replay)
        if there.spec is self.iteration.spec:
            there.operations = self.iteration.operations
        return there

    def history(self, tensor: str, index: tuple[int, ...]) -> History:
        """The values of a parameter, up to the furthest iteration at which the learner stood.

        Raises:
            IndexInvalid: there is no such parameter.
        """
        check_parameter(self.iteration.spec, tensor, index)
        return History(self.timeline, (tensor, index))

    def end_of(self, iteration: int) -> Cursor:
        """The last position of an iteration."""
        return Cursor(iteration, len(Operations(self.timeline.spec_at(iteration))))

    def check_position(self, cursor: Cursor) -> None:
        """Refuse a position that does not exist.

        Raises:
            IndexInvalid: there is no such position.
        """
        last = self.end_of(cursor.iteration).operation
        if not 0 <= cursor.operation <= last:
            raise IndexInvalid(
                f"Position {cursor.operation} does not exist; an iteration has positions 0 to {last}.",
                where="operation",
            )

    def train(self, iteration: int, seconds: float, enough: Enough | None = None) -> bool:
        """Compute towards the start of an iteration for about so many seconds; whether it, or enough, is reached."""
        return self._replay.train(iteration, seconds, enough)

    def hurry(self) -> None:
        """Somebody waits for the session: training on another thread stops soon, to go on afterwards."""
        self._replay.hurry()

    def _begin(self, place: Place) -> None:
        """Stand on another timeline, of which nothing is computed yet but what its checkpoints know."""
        self.place = place
        self._replay = Replay(place.timeline)
        self.iteration = Iteration(place.timeline, place.cursor.iteration, self._replay)

    def _go(self, cursor: Cursor) -> None:
        """Stand elsewhere on the same timeline.

        Raises:
            Diverged: training ends before it.
        """
        checkpoints = self.timeline.checkpoints
        checkpoints.check(cursor.iteration)
        self.iteration = self.at(cursor.iteration)
        self.place = self.place.at(cursor)
        checkpoints.visited = max(checkpoints.visited, cursor.iteration)
