"""The pictures of the documentation: all of them drawn by the command, all of them shown."""

from __future__ import annotations

import re

from app.bootstrap import ROOT
from tests.pictures import IMAGES, PICTURES


def test_every_picture_is_drawn_by_the_command_and_shown_somewhere() -> None:
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    shown = {found for path in documents for found in re.findall(r"images/([\w-]+)\.png", path.read_text("utf-8"))}
    assert {path.stem for path in IMAGES.iterdir()} == {picture.name for picture in PICTURES} == shown
