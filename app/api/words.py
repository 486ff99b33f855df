"""The words of the page, in a language and in parts: what it opens with, and what views that come later say."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Response

from ..words import USUAL, Words, words

router = APIRouter(include_in_schema=False)


async def spoken(
    language: Annotated[str, Query(max_length=40, description="the language of titles and sentences")] = USUAL,
) -> Words:
    """The words in which an answer is wanted."""
    return words(language)


Language = Annotated[Words, Depends(spoken)]


@router.get("/words/{language}/{part}.json")
async def said(
    language: Annotated[str, Path(max_length=40)],
    part: Literal["page", "later"],
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Messages by key, English ones where the language has none."""
    body = json.dumps(words(language).section(part), ensure_ascii=False).encode()
    headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"', "Cache-Control": "no-cache"}
    if if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
