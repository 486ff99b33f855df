"""Links: what one sees, opened by somebody else, on another server too; damaged ones; hidden controls; frames."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.server import Server

from .learner import Learner

TENSORS = ("W1", "b1", "W2", "b2", "z1", "a1", "z2")


def made(learner: Learner, hide: tuple[str, ...] = ()) -> str:
    """The link that the page makes to what it shows."""
    page = learner.page
    page.keyboard.press("l")
    page.locator("#link").click()
    dialog = page.get_by_role("dialog")
    for name in hide:
        dialog.get_by_label(name).check()
    address = dialog.locator("#link-address").input_value()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    return address


def opened(learner: Learner, address: str) -> None:
    """Another visit by a link: nothing of the page is kept."""
    learner.page.goto("about:blank")
    learner.page.goto(address)
    learner.page.wait_for_selector("[data-ready=true]")
    expect(learner.page.locator("[data-session]")).not_to_have_attribute("data-session", "null")


def followed(learner: Learner, fragment: str) -> None:
    """The same on a page that is open already."""
    learner.page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    learner.page.wait_for_url("**/#session=*")
    learner.page.wait_for_selector("[data-ready=true]")


def test_a_link_opens_what_was_seen_on_another_server(learner: Learner, browser: Browser) -> None:
    page, mine = learner.page, learner.session
    learner.api.post(f"/api/sessions/{mine}/train", json={"iterations": 30}).raise_for_status()
    learner.open(f"/#session={mine}")
    for _ in range(9):
        learner.press("ArrowRight")
    page.locator("[data-id='n1.1']").click()
    page.keyboard.press("o")
    before, numbers = learner.state(), learner.numbers("svg.picture")
    address = urlsplit(made(learner))
    with Server() as another:
        tab = browser.new_page()
        someone = Learner(tab, another.url)
        opened(someone, f"{another.url}#{address.fragment}")
        now = someone.state()
        assert someone.session != mine
        assert "link=" not in tab.url
        for name in ("position", "spec", "phase", "cost", "batch"):
            assert now[name] == before[name], name
        assert [now["tensors"][name] for name in TENSORS] == [before["tensors"][name] for name in TENSORS]
        assert someone.numbers("svg.picture") == numbers
        expect(tab.locator("[data-id='n1.1']")).to_have_attribute("aria-pressed", "true")
        someone.press("ArrowRight")
        someone.api.close()
        tab.close()


def test_what_a_teacher_leaves_out_is_neither_seen_nor_reached_by_key(learner: Learner) -> None:
    page = learner.page
    opened(learner, made(learner, ("Set up", "Build", "The other views")))
    for hidden in ("#setup", "#build", "[role=tablist]"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#what-if")).to_be_visible()
    page.keyboard.press("s")
    page.keyboard.press("v")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("svg.picture")).to_be_visible()
    learner.press("ArrowRight")
    page.reload()
    expect(page.locator("#setup")).to_be_hidden()


def test_a_damaged_link_shows_a_sentence_and_a_session(learner: Learner, complaints: list[str], long: bool) -> None:
    page, draw = learner.page, random.Random(3)
    address = made(learner)
    start, _, letters = address.partition("link=")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_%&=#~"
    for number in range(2000 if long else 12):
        damaged = list(letters)
        for _ in range(draw.randrange(1, 4)):
            damaged[draw.randrange(len(damaged))] = draw.choice(alphabet)
        text = "".join(damaged)[: draw.choice([len(damaged), draw.randrange(len(damaged))])]
        if number % 12 == 0:
            opened(learner, f"{start}link={text}")
        else:
            followed(learner, f"link={text}")
        expect(page.locator("svg.picture")).to_be_visible()
    opened(learner, f"{start}link=1abc")
    expect(page.get_by_role("alert")).to_contain_text("This link is damaged")
    opened(learner, f"{start}link=2abc")
    expect(page.get_by_role("alert")).to_contain_text("newer Stepgrad")
    expect(page.locator("svg.picture")).to_be_visible()
    learner.press("ArrowRight")
    assert all("422" in complaint for complaint in complaints)
    complaints.clear()


@contextmanager
def slide(text: str) -> Iterator[str]:
    """The address of a page of somebody else's."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *said: object) -> None:
            """Keeps quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_page_can_stand_in_a_frame_of_who_may_have_it(browser: Browser) -> None:
    with (
        Server("--embed-in", "http://localhost:*") as server,
        slide(f'<iframe src="{server.url}?embed=1" width="900" height="600" title="Stepgrad"></iframe>') as address,
    ):
        tab: Page = browser.new_page()
        tab.goto(address)
        frame = tab.frame_locator("iframe")
        expect(frame.locator("[data-ready=true]")).to_be_visible()
        expect(frame.locator(".header")).to_have_count(0)
        expect(frame.get_by_role("link", name="Open in Stepgrad")).to_be_visible()
        tab.close()
