"""A session: one learner's network over time, and the cursor where the learner stands."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import monotonic, time

from ..data.dataset import Dataset
from ..errors import NotDue, SpecError
from ..nn.parameters import GivenLayer
from ..nn.spec import Spec
from ..steps.cursor import Cursor
from . import edits
from .admission import Admission
from .branches import Branch, Place, held
from .breakpoints import Breakpoint, met
from .news import News
from .run import Goal, Run
from .standing import Standing
from .timeline import Change, Timeline
from .undo import Undo

AHEAD = 10_000
"""A session that runs is not saved each time that its revision rises: so far may it rise until it is."""


class Session(Standing):
    """One learner's network over time.

    Attributes:
        lock: held by whoever works on the session; training does, on another thread.
        crowd: held by that one of many readers who is next to have the lock.
        revision: rises with every change, moves of the cursor included.
        edition: rises with every edit; the numbers of an iteration are the same as long as it is.
        granularity: by what the learner stepped last.
        run: training that goes on by itself, or did last.
        news: tells of every change.
        edits: those that can be taken back and put back.
        breakpoints: where steps and runs stop by themselves.
        admission: says which requests have their effect.
        called: what a person calls it.
        made: when it was made, in seconds since 1970.
        unsaved: why it could not be saved the last time, as a sentence; empty if it could.
        asked: when somebody asked for it last, on the monotonic clock.
    """

    def __init__(self, name: str, timeline: Timeline) -> None:
        super().__init__(Place(Branch(0, timeline, Cursor())))
        self.id = name
        self.lock, self.crowd = asyncio.Lock(), asyncio.Lock()
        self.revision = 0
        self.edition = 0
        self.granularity = "operation"
        self.run: Run | None = None
        self._ran_from: Place | None = None
        self.news = News()
        self.unsaved = ""
        self.called = ""
        self.made = time()
        self.asked = monotonic()
        self.admission = Admission()
        self.edits = Undo()
        self.breakpoints: tuple[Breakpoint, ...] = ()

    @property
    def nbytes(self) -> int:
        """About what it holds in memory: data, checkpoints, and the numbers of an iteration and of a plan."""
        spec = self.iteration.spec
        units = sum(layer.units for layer in spec.layers)
        examples = min(spec.batch_size, self.timeline.data.rows)
        numbers = 12 * spec.parameter_count + 20 * units * examples
        return held((self.place.here, *self.place.others, *self.edits.branches)) + 8 * numbers + 50_000

    @property
    def running(self) -> bool:
        return self.run is not None and self.run.going

    @property
    def can_undo(self) -> bool:
        return bool(self.edits.past)

    @property
    def can_redo(self) -> bool:
        return bool(self.edits.future)

    def resume(self, place: Place, granularity: str, revision: int, edition: int) -> None:
        """Stand where a session stood when it was saved, on its timeline, which knows what was computed."""
        self.place, self.granularity = place, granularity
        self.revision, self.edition = revision, edition
        self.iteration = self.at(self.cursor.iteration)

    def renew(self, other: Session) -> None:
        """Be as another server left it. A run here ends; who watches, watches on."""
        self.give_way()
        own = {"lock": self.lock, "crowd": self.crowd, "news": self.news, "asked": self.asked}
        vars(self).update(vars(other) | own)
        self.news.tell()

    def give_way(self) -> None:
        """A run here ends, since another server has changed the session."""
        if self.run is not None:
            self.run.end("elsewhere")

    def begin_anew(self) -> None:
        """Count revisions and editions from the beginning: it is another session than the one that was saved."""
        self.revision = self.edition = 0
        self.admission = Admission()

    def step(self, granularity: str, direction: str) -> None:
        """One step, whichever phase it belongs to.

        Raises:
            Diverged: there is no iteration after this one.
        """
        self.pause()
        move = self.cursor.next if direction == "next" else self.cursor.previous
        cursor = move(self.iteration.operations, granularity)
        if direction == "next" and self.breakpoints:
            cursor = self._stopped_before(cursor)
        if cursor.iteration > self.iteration.number:
            self.iteration.tape()  # whether there is a next one is known once this one is computed
        self._move(cursor)
        self.granularity = granularity

    def step_due(self, granularity: str, wanted: str) -> None:
        """One step forward in time, if it belongs to the wanted pass.

        Raises:
            NotDue: it belongs to the other.
        """
        due = self.cursor.due(self.iteration.operations)
        if due != wanted:
            raise NotDue(
                f"A {wanted} step was asked for, but a {due} step is due.",
                due=due,
                hint=f"Send it to {due}, or use step with a direction.",
            )
        self.step(granularity, "next")

    def seek(self, cursor: Cursor) -> None:
        """Stand somewhere else.

        Raises:
            IndexInvalid: there is no such position.
        """
        self.check_position(cursor)
        self.pause()
        self._move(cursor)

    def begin_run(self, goal: Goal, speed: float | None) -> Run:
        """Begin to run, in the place of a run that there may be.

        Raises:
            SpecError: the goal is an accuracy, and the data has no classes.
        """
        if goal.accuracy is not None and not self.classifies:
            raise SpecError(
                "This data has no classes, so that nothing can be said to be right.",
                hint="Let it run until a cost is reached.",
                where="until.accuracy",
            )
        if not self.running:
            self._ran_from = self.place
        self.pause("replaced")
        self.run = Run(goal, speed, self.done)
        self._changed()
        return self.run

    @property
    def elsewhere(self) -> bool:
        """Whether its run is, or was when that was lost, at another server."""
        return self.run is not None and self.run.lease is not None

    def take_over(self) -> None:
        """End a run at another server: who changes the session takes over. Its revision may have risen there since."""
        if self.run is not None and self.run.lease is not None:
            self.run.end(self.run.why or "paused")
            self.run.lease = None
            self.revision += AHEAD
            self.news.tell()

    def pause(self, why: str = "paused") -> None:
        """End a run; whoever moves the cursor takes over."""
        if self.run is not None and self.run.going:
            self.run.end(why)
            self._changed()

    def follow(self, iteration: int) -> None:
        """Let the cursor go along with training to the end of an iteration; it never goes back."""
        end = Cursor(iteration, len(self.at(iteration).operations))
        if end > self.cursor:
            self._run_on(end)

    def stop_at(self, cursor: Cursor) -> None:
        """A run ends where a breakpoint is met."""
        self._run_on(cursor)
        self.pause("breakpoint")

    def set_breakpoints(self, breakpoints: Sequence[Breakpoint]) -> None:
        """Stop at these from now on.

        Raises:
            SpecError, IndexInvalid: one says too much or too little, or what this network does not have.
        """
        for one in breakpoints:
            one.check(self.iteration)
        self.breakpoints = tuple(breakpoints)
        self._changed()

    @property
    def stopped(self) -> tuple[int, ...]:
        """The numbers of the breakpoints that are met where it stands."""
        here = self.cursor.operation
        return tuple(k for k, one in enumerate(self.breakpoints) if one.position(self.iteration) == here)

    def close(self) -> None:
        """Nobody can ask for it any more: a run ends, and who watches is let go."""
        self.pause("closed")
        self.news.close()

    def edit_parameters(self, changes: Sequence[Change]) -> None:
        """Set weights and biases as they are at the start of this iteration; see `edits.with_parameters`."""
        self.go_to(edits.with_parameters(self.place, changes))

    def edit_spec(self, spec: Spec) -> None:
        """Go on by another spec; see `edits.with_spec`."""
        self.go_to(edits.with_spec(self.place, spec))

    def edit_data(self, data: Dataset) -> None:
        """Go on from iteration 0 on other data; see `edits.with_data`."""
        self.go_to(edits.with_data(self.place, data))

    def bring(self, spec: Spec, parameters: Sequence[GivenLayer]) -> None:
        """Begin again with parameters that a person brought; see `edits.brought`."""
        self.go_to(edits.brought(self.place, spec, parameters))

    def go_to(self, place: Place) -> None:
        """Stand where an edit leads to, or another branch, in a way that can be taken back."""
        self.edits.remember(self.place, left=place.timeline is not self.timeline)
        self._stand(place)

    def undo(self) -> None:
        """Take back the last edit or training, or what was done about branches.

        Raises:
            NothingToUndo: there is none.
        """
        self._stand(self.edits.back(self.place))

    def redo(self) -> None:
        """Put back what was taken back last.

        Raises:
            NothingToUndo: there is none.
        """
        self._stand(self.edits.forth(self.place))

    def _stopped_before(self, cursor: Cursor) -> Cursor:
        """The first breakpoint of this iteration on the way to a cursor, or that cursor where none is met."""
        end = cursor.operation if cursor.iteration == self.iteration.number else len(self.iteration.operations)
        at = met(self.breakpoints, self.iteration, self.cursor.operation, end)
        return cursor if at is None else Cursor(self.iteration.number, at)

    def _run_on(self, cursor: Cursor) -> None:
        """A run takes the learner along, which can be taken back to where it began."""
        if self._ran_from is not None:
            self.edits.remember(self._ran_from, left=False)
            self._ran_from = None
        self._move(cursor)

    def _move(self, cursor: Cursor) -> None:
        self._go(cursor)
        self._changed()

    def _changed(self) -> None:
        self.revision += 1
        if self.run is not None and self.run.going:
            self.run.mark(self.done)
        self.news.tell()

    def _stand(self, place: Place) -> None:
        """Stand on another timeline, where what was computed on the one before is dropped, or elsewhere on this one."""
        if place.timeline is self.timeline:
            self.place = place
            self.pause()
            self._move(place.cursor)
            return
        self._ran_from = None
        self._begin(place)
        self.edition += 1
        self._changed()
