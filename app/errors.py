"""What can go wrong, as classes that carry their evidence. Nothing here knows HTTP."""

from __future__ import annotations

from decimal import Decimal


def plain(number: float) -> str:
    """A number as people write it in a sentence: ``1,000,000`` and ``0.00001``, unless that would be endless."""
    if number != number or not 1e-12 <= abs(number) < 1e16:
        return f"{number:g}"
    text = f"{Decimal(repr(number)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def field(name: str) -> str:
    """A field's name as it stands on the page: `Learning rate` for ``learning_rate``."""
    return name.replace("_", " ").capitalize()


class StepgradError(Exception):
    """An error a person can act on.

    Args:
        message: what was got and what was expected.
        hint: what to do about it.
        where: the field, file or setting it is about, e.g. ``spec.layers[1].units``.
    """

    code = "error"
    seconds: int | None = None
    """After how many seconds the same request may well succeed, where that is so."""

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where


class SettingsError(StepgradError):
    """A setting (flag or environment variable) is wrong."""

    code = "invalid_settings"


class SpecError(StepgradError):
    """A spec, or parameters for it, cannot make a network."""

    code = "invalid_spec"


class DataError(StepgradError):
    """Data cannot be learned from, or does not fit the network."""

    code = "invalid_data"


class IndexInvalid(StepgradError):
    """A tensor, index, example or position does not exist in this session."""

    code = "not_in_this_network"


class LimitExceeded(StepgradError):
    """A request is larger than a limit of this server."""

    code = "limit_exceeded"


class SessionNotFound(StepgradError):
    """No session has this id."""

    code = "session_not_found"


class NotSaved(StepgradError):
    """Sessions cannot be written where they are kept: the disk is full, or may only be read."""

    code = "not_saved"
    seconds = 5


class FileInvalid(StepgradError):
    """A saved session cannot be read: it is damaged, none at all, or of a newer version."""

    code = "invalid_file"


class NotDue(StepgradError):
    """A forward or a backward step was asked for where the other is due."""

    code = "not_due"

    def __init__(self, message: str, *, due: str, hint: str = "", where: str = "") -> None:
        super().__init__(message, hint=hint, where=where)
        self.due = due


class Diverged(StepgradError):
    """An iteration was asked for that comes after one whose update made a number that is not finite."""

    code = "diverged"

    def __init__(self, iteration: int) -> None:
        """Args: iteration: the last one there is, from 0; as many were without fault before it."""
        super().__init__(
            f"Training diverged: after {iteration} iterations without fault, the next one left numbers that are not "
            "finite, and nothing can be computed from them.",
            hint="Go back, and lower the learning rate or scale the inputs down.",
            where="iteration",
        )
        self.iteration = iteration


class StaleRevision(StepgradError):
    """A request was made on a state that is no longer the newest."""

    code = "stale_revision"


class NothingToUndo(StepgradError):
    """There is no edit to take back, or none to put back."""

    code = "nothing_to_undo"


class RoomNotFound(StepgradError):
    """No room has this code, or this key is nobody's there: which of both is not told."""

    code = "room_not_found"

    def __init__(self) -> None:
        super().__init__(
            "There is no such room, or this key does not belong to it.", hint="Ask the teacher for the code, and join."
        )


class NotShared(StepgradError):
    """A room was to be opened on a server that no class can reach."""

    code = "not_shared"

    def __init__(self) -> None:
        super().__init__(
            "This server is for one person, so that nobody could join.", hint="Start it with --share to let a class in."
        )


class ViewOnly(StepgradError):
    """Something was to be changed by one who may only look."""

    code = "view_only"

    def __init__(self) -> None:
        super().__init__("What a room shows can be looked at, not changed.", hint="Duplicate it, and change the copy.")


class NotAllowed(StepgradError):
    """Somebody else's key is needed for this."""

    code = "not_allowed"


class Frozen(StepgradError):
    """A member wanted to explore while the teacher keeps all together."""

    code = "frozen"


class QuestionNotFound(StepgradError):
    """A class is not asked this question now."""

    code = "question_not_found"


class Revealed(StepgradError):
    """An answer came after the right one was shown."""

    code = "revealed"


class TooManyGuesses(StepgradError):
    """Too many codes were wrong."""

    code = "too_many_guesses"

    def __init__(self, seconds: int) -> None:
        """Args: seconds: after which one may try again."""
        super().__init__("Too many codes were wrong.", hint=f"Try again in {seconds} seconds.", where="code")
        self.seconds = seconds


class TooManyRooms(StepgradError):
    """Too many rooms were opened from one address."""

    code = "too_many_rooms"

    def __init__(self, seconds: int) -> None:
        """Args: seconds: after which one may open another one."""
        super().__init__("Too many rooms were opened from there.", hint=f"Try again in {seconds} seconds.")
        self.seconds = seconds


class TooManyRequests(StepgradError):
    """A session or a room is asked too often, or by too many at once."""

    code = "too_many_requests"

    def __init__(self, what: str, seconds: int) -> None:
        """Args: what: "session" or "room". seconds: after which one may ask again."""
        super().__init__(
            f"This {what} is asked for more than this server can answer at once.",
            hint=f"Wait for answers before asking again; try again in {seconds} seconds.",
            where="session_id" if what == "session" else "code",
        )
        self.seconds = seconds


class TooLarge(StepgradError):
    """A body is longer than this server reads."""

    code = "body_too_large"

    def __init__(self, limit: int, setting: str) -> None:
        super().__init__(
            f"The body has more than {limit} bytes.", hint=f"Send less, or start the server with a larger {setting}."
        )


class TooSlow(StepgradError):
    """A body did not come in time."""

    code = "body_too_slow"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"The body did not come within {seconds} seconds.", hint="Send it again, or send less.")


class Overloaded(StepgradError):
    """There is no room for a request just now."""

    code = "overloaded"
    seconds = 2

    def __init__(self) -> None:
        super().__init__(
            "The server is busy with other large requests.", hint=f"Send it again in {self.seconds} seconds."
        )


class NotReady(StepgradError):
    """Work should be sent to another server just now."""

    code = "not_ready"
    seconds = 5

    def __init__(self, why: str) -> None:
        super().__init__(why, hint="Ask another server, or this one later.")
