"""What the page costs: its first load, and the memory that it keeps however long it is used."""

from __future__ import annotations

from playwright.sync_api import Page, Request

from .learner import Learner

FIRST_LOAD = 121_000
GROWTH = 5_000_000


def test_the_first_load_is_small(fresh_page: Page) -> None:
    """The page, its styles, modules and words, and what it asks about its session, as they travel."""
    arrived: list[Request] = []
    fresh_page.on("requestfinished", lambda request: arrived.append(request))
    fresh_page.goto("/")
    fresh_page.wait_for_selector("[data-ready=true]")
    fresh_page.wait_for_load_state("networkidle")
    assert len(arrived) > 50
    assert any("/words/" in request.url for request in arrived)
    for request in arrived:
        response = request.response()
        assert response is not None
        whole = "/tape/" in request.url or len(response.body()) < 400
        assert whole or response.headers.get("content-encoding") == "gzip", request.url
    assert sum(request.sizes()["responseBodySize"] for request in arrived) <= FIRST_LOAD


def heap(learner: Learner) -> int:
    """The bytes that the page's JavaScript still holds."""
    debugger = learner.page.context.new_cdp_session(learner.page)
    debugger.send("Performance.enable")
    debugger.send("HeapProfiler.collectGarbage")
    metrics = debugger.send("Performance.getMetrics")["metrics"]
    debugger.detach()
    return int(next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize"))


def test_steps_and_resets_leave_the_pages_memory_as_it_was(learner: Learner, long: bool) -> None:
    steps, resets = (1000, 200) if long else (50, 10)

    def walk(count: int, back: int) -> None:
        for k in range(count):
            learner.press("ArrowRight")
            if (k + 1) % (steps // resets) == 0 and back:
                learner.press("r")

    walk(steps // 10, resets)
    before = heap(learner)
    walk(steps, resets)
    assert heap(learner) - before < GROWTH
