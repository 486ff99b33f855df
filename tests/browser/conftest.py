"""A real browser on the real server. A page that complains about anything fails its test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.server import Server

from .chromium import chromium, find_or_install
from .learner import Learner


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium, one for the whole run."""

    def found(own: str) -> str:
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            return find_or_install(own)

    with chromium(found) as browser:
        yield browser


@pytest.fixture
def complaints() -> list[str]:
    """What the page complained of so far; a test that provokes one takes it out."""
    return []


@pytest.fixture
def page(browser: Browser, server: Server, complaints: list[str]) -> Iterator[Page]:
    """A fresh context. Fails on a console error (a CSP violation is one), a page error, or a request elsewhere."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800}, locale="en-US")
    page = context.new_page()
    page.on("console", lambda said: complaints.append(f"console: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(f"page error: {error.stack or error.message}"))
    context.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((server.url, "data:", "blob:"))
            else complaints.append(f"request outside the origin: {request.url}")
        ),
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def learner(page: Page, server: Server) -> Iterator[Learner]:
    """Someone at the page, which has just opened."""
    someone = Learner(page, server.url)
    someone.open()
    yield someone
    someone.api.close()
