"""Errors as answers, all in one shape: ``{"error": {"code", "message", "hint", "where"}}``."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from .. import errors
from ..words import preferred, words

STATUS: dict[type[errors.StepgradError], int] = {
    errors.SpecError: 422,
    errors.DataError: 422,
    errors.FileInvalid: 422,
    errors.IndexInvalid: 422,
    errors.LimitExceeded: 422,
    errors.FileInvalid: 422,
    errors.NotSaved: 503,
    errors.SessionNotFound: 404,
    errors.NotDue: 409,
    errors.Diverged: 409,
    errors.StaleRevision: 409,
    errors.NothingToUndo: 409,
    errors.RoomNotFound: 404,
    errors.NotShared: 409,
    errors.ViewOnly: 403,
    errors.NotAllowed: 403,
    errors.Frozen: 409,
    errors.QuestionNotFound: 404,
    errors.Revealed: 409,
    errors.TooManyGuesses: 429,
    errors.TooManyRooms: 429,
    errors.TooManyRequests: 429,
    errors.TooLarge: 413,
    errors.TooSlow: 408,
    errors.Overloaded: 503,
    errors.NotReady: 503,
}

METHOD = "method_not_allowed", "This address does not take this method."
SEE = "See /docs for what there is."
_HTTP = {
    400: ("bad_request", "The request's body is not JSON that can be read."),
    404: ("not_found", "There is nothing at this address."),
    405: METHOD,
}

_HINTS = {
    "extra_forbidden": "Leave it out, or check how it is written.",
    "missing": "Add it.",
    "finite_number": "Send a number that is not NaN or infinite.",
    "model_attributes_type": "Send a JSON object, with Content-Type: application/json.",
}


class ErrorDetail(BaseModel):
    """What was got and what was expected, what to do about it, and the field that it is about."""

    code: str
    message: str
    hint: str
    where: str


class ErrorAnswer(BaseModel):
    """The one shape of every error."""

    error: ErrorDetail


def answer(status: int, code: str, message: str, hint: str = "", where: str = "") -> JSONResponse:
    """An error as an answer."""
    detail = {"code": code, "message": message, "hint": hint, "where": where}
    return JSONResponse({"error": detail}, status_code=status)


def refusal(error: errors.StepgradError, accepted: str) -> JSONResponse:
    """An error of Stepgrad's own as an answer, in the language that is accepted."""
    said = words(preferred(accepted))
    made = answer(STATUS[type(error)], error.code, said.text(error.message), said.text(error.hint), error.where)
    if error.seconds is not None:
        made.headers["Retry-After"] = str(error.seconds)
    return made


def install(app: FastAPI) -> None:
    """Answer every error of this app in the one shape."""

    async def known(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, errors.StepgradError)
        return refusal(error, request.headers.get("accept-language", ""))

    async def invalid(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return _invalid(error.errors())

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        code, message = _HTTP.get(error.status_code, ("http_error", "The request cannot be answered."))
        response = answer(error.status_code, code, message, SEE)
        response.headers.update(error.headers or {})
        return response

    app.add_exception_handler(errors.StepgradError, known)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def _invalid(found: Sequence[Mapping[str, Any]]) -> JSONResponse:
    """The first thing that is wrong. What was sent is not repeated: it may be NaN, or no text at all."""
    if found[0]["type"] == "json_invalid":
        return answer(422, "invalid_json", "The body is not JSON.", "Send JSON, with Content-Type: application/json.")
    return answer(422, "invalid_request", *told(found))


def told(found: Sequence[Mapping[str, Any]]) -> tuple[str, str, str]:
    """What is wrong with values that do not fit their model: message, hint and where."""
    first = _nearest(found)
    got = "" if first["type"] in ("missing", "extra_forbidden") else f"; got {_kind(first.get('input'))}"
    places = len({_place(one) for one in found})
    more = f" {places - 1} more fields are wrong." if places > 1 else ""
    hint = _HINTS.get(first["type"], "See /docs for what is expected.")
    return f"{str(first['msg']).rstrip('.')}{got}.{more}", hint, _where(first["loc"])


_EITHER = ("float", "constrained-str", "str", "int")
"""How Pydantic names what a value may be, behind the field's own name, where it may be one of several things."""


def _place(fault: Mapping[str, Any]) -> tuple[object, ...]:
    """The field that a fault is about."""
    place: tuple[object, ...] = tuple(fault["loc"])
    return place[:-1] if place[-1] in _EITHER else place


def _nearest(found: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The first fault; of a value that may be a number or a text, what is wrong with it as what it is."""
    own = [one for one in found if _place(one) == _place(found[0])]
    nearest = next((one for one in own if not one["type"].endswith("_type")), found[0])
    return {**nearest, "loc": _place(nearest)}


def _kind(value: object) -> str:
    """What kind of thing was sent, in JSON's words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return "a number" if abs(value) <= sys.float_info.max else "NaN, infinity or a number too large"
        case str():
            return "a text"
        case list() | tuple():
            return f"a list of {len(value)}"
        case bytes():
            return "a body that is not marked as JSON"
    return "an object"


def _where(location: Sequence[object]) -> str:
    """``("body", "spec", "layers", 0, "units")`` as ``spec.layers[0].units``."""
    parts = ""
    for part in location[1:] or location:
        parts += f"[{part}]" if isinstance(part, int) else f".{str(part)[:60]}"
    return parts.lstrip(".").encode("ascii", "replace").decode()
