"""A real browser on the real server. A page that complains about anything fails its test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.server import Server

from .chromium import chromium, find_or_install
from .learner import ELSEWHERE, Learner
from .room import Room
from .strict import strict

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


@pytest.fixture(scope="session")
def shared() -> Iterator[Server]:
    """A server that a class can reach."""
    with Server("--share", "--max-rooms", "1000", "--host", "127.0.0.1") as server:
        yield server


@pytest.fixture
def room(browser: Browser, shared: Server) -> Iterator[Room]:
    """A teacher with a room of her own, on whose screens nothing went wrong in the end."""
    with ExitStack() as stack:
        room = Room(browser, shared, stack)
        yield room
        room.content()
