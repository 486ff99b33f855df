"""Answers that stay as they are while the server runs: made and compressed once, and not sent to whom has them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, Request, Response

MEDIA_TYPE = "application/json"


@dataclass(frozen=True)
class Constant:
    """A JSON text as it is sent.

    Attributes:
        source: what it was made from.
        tag: names its content.
    """

    source: list[Any]
    content: bytes
    packed: bytes
    tag: str


class Constants:
    """Those that were asked for: one for each name, until what they are made from is another."""

    def __init__(self) -> None:
        self._made: dict[str, Constant] = {}

    def get(self, name: str, source: list[Any], make: Callable[[], Any]) -> Constant:
        """The one of this name, made anew where its source is not the same.

        Args:
            name: one of few, since all are kept.
            source: a list, so that what is the same thing is not looked at closely.
            make: makes what is told, as JSON has it.
        """
        made = self._made.get(name)
        if made is None or made.source != source:
            content = json.dumps(make(), ensure_ascii=False, separators=(",", ":")).encode()
            tag = f'"{sha256(content).hexdigest()[:32]}"'
            made = self._made[name] = Constant(source, content, gzip.compress(content, mtime=0), tag)
        return made


class Told:
    """Answers one request with constants."""

    def __init__(self, request: Request) -> None:
        self._constants: Constants = request.app.state.constants
        self._headers = request.headers

    def __call__(self, name: str, source: list[Any], make: Callable[[], Any]) -> Response:
        made = self._constants.get(name, source, make)
        headers = {"ETag": made.tag, "Cache-Control": "no-cache"}
        if self._headers.get("if-none-match") == made.tag:
            return Response(status_code=304, headers=headers)
        if "gzip" not in self._headers.get("accept-encoding", ""):
            return Response(made.content, headers=headers, media_type=MEDIA_TYPE)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(made.packed, headers=headers, media_type=MEDIA_TYPE)


Tell = Annotated[Told, Depends(Told)]
