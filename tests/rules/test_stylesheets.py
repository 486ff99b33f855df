"""The stylesheets: each class has one home, so that two parts of the page cannot style each other by accident."""

from __future__ import annotations

import re

from app.bootstrap import ROOT

CSS = sorted((ROOT / "static" / "css").glob("*.css"))


def test_a_class_is_defined_in_one_stylesheet() -> None:
    homes: dict[str, set[str]] = {}
    for path in CSS:
        for name in re.findall(r"^\.([\w-]+) \{", path.read_text(encoding="utf-8"), re.M):
            homes.setdefault(name, set()).add(path.name)
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def test_what_the_page_does_not_open_with_is_worn_by_a_view() -> None:
    links = (ROOT / "templates" / "index.html").read_text(encoding="utf-8")
    kept = set(re.findall(r'([\w.-]+)\.css" disabled>', links))
    views = (ROOT / "static" / "js" / "views" / "page.js").read_text(encoding="utf-8")
    worn = {
        name for some in re.findall(r'"\w+"((?:, "[\w.-]+")+)\);', views) for name in re.findall(r'"([^"]+)"', some)
    }
    assert kept == worn | {"later"}
    assert len(kept) > 5


def test_every_stylesheet_is_on_a_page() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").glob("*.html"))
    assert [path.name for path in CSS if f"static/css/{path.name}" not in pages] == []
