"""A real browser on the real server. A page that complains about anything fails its test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, ViewportSize

from tests.server import Server

from .chromium import chromium, find_or_install
from .learner import ELSEWHERE, Learner

VIEWPORT: ViewportSize = {"width": 1280, "height": 800}


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


def new_context(browser: Browser, server: Server) -> BrowserContext:
    """A browser that has never been here."""
    return browser.new_context(base_url=server.url, viewport=VIEWPORT, locale="en-US")


@pytest.fixture(scope="session")
def tab(browser: Browser, server: Server) -> Iterator[Page]:
    """One tab for the whole run: another takes longer to start, and to compile the page, than most tests take."""
    context = new_context(browser, server)
    yield context.new_page()
    context.close()


def tidied(tab: Page) -> Page:
    """The tab as if it were new: nothing open, kept, granted, emulated or pointed at."""
    tab.goto(ELSEWHERE)
    tab.unroute_all()
    tab.context.clear_permissions()
    tab.context.clear_cookies()
    # From within: what is cleared from outside may reach the tab only after the next page has read it.
    tab.evaluate("localStorage.clear()")
    tab.set_viewport_size(VIEWPORT)
    tab.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
    tab.mouse.move(-1, -1)
    return tab


@contextmanager
def strict(page: Page, origin: str, complaints: list[str]) -> Iterator[Page]:
    """Fails on a console error (a CSP violation is one), a page error, or a request elsewhere."""

    def said(message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        if message.type == "error" and not url.endswith("/favicon.ico"):  # asked for at addresses that are no pages
            complaints.append(f"console: {message.text} {url}".rstrip())

    def failed(error: Error) -> None:
        complaints.append(f"page error: {error.stack or error.message}")

    def asked(request: Request) -> None:
        if not request.url.startswith((origin, "data:", "blob:", "about:")):
            complaints.append(f"request outside the origin: {request.url}")

    page.on("console", said)
    page.on("pageerror", failed)
    page.context.on("request", asked)
    yield page
    page.remove_listener("console", said)
    page.remove_listener("pageerror", failed)
    page.context.remove_listener("request", asked)
    assert complaints == []


@pytest.fixture
def page(tab: Page, server: Server, complaints: list[str]) -> Iterator[Page]:
    """A tab where nothing is open yet."""
    with strict(tidied(tab), server.url, complaints) as page:
        yield page


@pytest.fixture
def fresh_page(browser: Browser, server: Server, complaints: list[str]) -> Iterator[Page]:
    """A tab of a browser that has loaded nothing before."""
    context = new_context(browser, server)
    with strict(context.new_page(), server.url, complaints) as page:
        yield page
    context.close()


@pytest.fixture
def newcomer(page: Page, server: Server) -> Iterator[Learner]:
    """Someone who has not opened the page yet."""
    someone = Learner(page, server.url)
    yield someone
    someone.api.close()


@pytest.fixture
def learner(newcomer: Learner) -> Learner:
    """Someone at the page, which has just opened."""
    newcomer.open()
    return newcomer
