"""Fingers on the picture: a sweep steps, two fingers magnify, and a double tap shows it whole again."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, expect

from tests.server import Server

from .axe import violations
from .learner import Learner

FRAME = 0.016
"""Seconds from one of a finger's places to the next."""


@pytest.fixture
def holder(browser: Browser, server: Server) -> Iterator[Learner]:
    """Someone who holds a phone."""
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    )
    someone = Learner(context.new_page(), server.url)
    someone.open()
    someone.page.get_by_role("button", name="No, thanks").tap()
    someone.page.locator(".frame").scroll_into_view_if_needed()
    yield someone
    someone.api.close()
    context.close()


def fingers(holder: Learner) -> CDPSession:
    return holder.page.context.new_cdp_session(holder.page)


def glide(hand: CDPSession, places: list[list[tuple[float, float]]], at: float | None = None) -> None:
    """Puts fingers down at the first places and moves them through the others, then lifts them.

    Args:
        at: when, in seconds since 1970, by the hand's own clock: a busy machine makes no finger slower.
    """
    at = time.time() if at is None else at
    touches = [[{"x": x, "y": y} for x, y in points] for points in places]
    for k, points in enumerate([*touches, []]):
        kind = "touchEnd" if k == len(touches) else "touchMove" if k else "touchStart"
        touch = {"type": kind, "touchPoints": points, "timestamp": at + k * FRAME}
        hand.send("Input.dispatchTouchEvent", touch)


def middle(holder: Learner) -> tuple[float, float]:
    box = holder.page.locator(".frame").first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def sweep(holder: Learner, by: float) -> None:
    x, y = middle(holder)
    glide(fingers(holder), [[(x - by / 2 + by * part / 5, y)] for part in range(6)])


def pinch(holder: Learner) -> None:
    x, y = middle(holder)
    glide(fingers(holder), [[(x - apart, y), (x + apart, y)] for apart in (30, 40, 50, 60)])


def test_a_sweep_steps_forward_and_back(holder: Learner) -> None:
    position = holder.page.locator("output.position")
    sweep(holder, -160)
    expect(position).to_have_attribute("data-operation", "1")
    sweep(holder, -160)
    expect(position).to_have_attribute("data-operation", "2")
    sweep(holder, 160)
    expect(position).to_have_attribute("data-operation", "1")


def test_two_fingers_magnify_and_then_a_sweep_only_moves_the_picture(holder: Learner) -> None:
    page = holder.page
    canvas = page.locator(".canvas").first
    before = canvas.bounding_box()
    pinch(holder)
    expect(page.locator("button.whole")).to_be_visible()
    after = canvas.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(2 * before["width"], rel=0.02)
    sweep(holder, -100)
    moved = canvas.bounding_box()
    assert moved is not None
    assert moved["x"] == pytest.approx(after["x"] - 80, abs=30)
    assert holder.position == (0, 0)
    assert [said for said in violations(page) if said.startswith("target-size")] == []
    page.locator("button.whole").tap()
    expect(page.locator("button.whole")).to_have_count(0)
    assert canvas.bounding_box() == before


def test_the_graph_is_magnified_and_stepped_by_fingers_too(holder: Learner) -> None:
    page = holder.page
    page.get_by_role("tab", name="Graph").tap()
    graph = page.locator(".graph-frame .canvas")
    expect(graph.locator("svg")).to_be_visible()
    before = graph.bounding_box()
    pinch(holder)
    after = graph.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(2 * before["width"], rel=0.02)
    page.locator("button.whole").tap()
    expect(page.locator("button.whole")).to_have_count(0)
    assert graph.bounding_box() == before


def test_a_double_tap_shows_it_whole(holder: Learner) -> None:
    pinch(holder)
    x, y = middle(holder)
    hand = fingers(holder)
    begin = time.time()
    for at in (begin, begin + 0.15):
        glide(hand, [[(x, y)]], at)
    expect(holder.page.locator("button.whole")).to_have_count(0)
