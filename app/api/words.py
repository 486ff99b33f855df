"""The words of the page, in a language and in parts: what it opens with, and what views that come later say."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Response

from ..words import USUAL, Words, words
from .constants import Tell

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
    tell: Tell,
) -> Response:
    """Messages by key, English ones where the language has none."""
    said = words(language)
    return tell(f"{part} in {language}", [said], lambda: said.section(part))
