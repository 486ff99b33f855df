"""JavaScript units run in the browser that people use, from `tests/js/**/*.test.js`, on a page that lies still."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from app.bootstrap import ROOT
from tests.server import Server

UNITS = ROOT / "tests" / "js"
FILES = sorted(UNITS.rglob("*.test.js"))
RUN = "async (file) => { await import(file); return (await import('/tests/js/test.js')).results; }"


def test_there_are_javascript_units() -> None:
    assert FILES != []


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.relative_to(UNITS).as_posix())
def test_javascript_units_hold(file: Path, page: Page, server: Server) -> None:
    def serve_from_disk(route: Route) -> None:
        route.fulfill(path=ROOT / route.request.url.removeprefix(server.url), content_type="text/javascript")

    page.route(f"{server.url}tests/js/**", serve_from_disk)
    page.route(f"{server.url}tests/golden/*", serve_from_disk)
    page.route("**/js/main.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto("/")  # for its import map and its Content-Security-Policy
    results = page.evaluate(RUN, f"/{file.relative_to(ROOT).as_posix()}")
    assert results != []
    assert [result for result in results if result["error"]] == []
