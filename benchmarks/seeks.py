"""Seeks: from a drag along ten thousand iterations to the changed picture, and the server's part in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random
from time import perf_counter_ns

from playwright.sync_api import Page

from tests.browser.chromium import chromium
from tests.server import Server

from .client import Client
from .report import Line, Table, Target
from .sample import Call, Times

FAR = 10_000
WANTED = Target(100e6)

# A drag ends when the first frame after the answer has been laid out and drawn, as a press does.
DRAG = """async (iteration) => {
  const slider = document.querySelector("#iterations");
  const drawn = new Promise((done) => {
    const cursor = document.querySelector("output.position");
    const seen = new MutationObserver(() => {
      seen.disconnect();
      requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = () => done(performance.now());
        after.port2.postMessage(null);
      });
    });
    seen.observe(cursor, { attributeFilter: ["data-iteration"] });
  });
  const begun = performance.now();
  slider.value = iteration;
  slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
  const end = await drawn;
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  return end - begun;
}"""


def measure(quick: bool) -> Iterator[Table]:
    """Iterations drawn at random, sought through the API and in the page."""
    with Server(checked=False) as server, Client(server.url) as client, chromium() as browser:
        session = client.session({"preset": "xor"})
        client.ask("POST", f"{session}/train?view=step", {"iterations": 300 if quick else FAR})
        furthest = client.get(f"{session}?view=step")["furthest"]
        random, count = Random(0), 3 if quick else 100
        there = [random.randrange(furthest) for _ in range(2 * count)]
        times: dict[str, Times] = {"seek": [], "tape": [], "drag": []}
        for iteration in there[:count]:
            body = {"iteration": iteration}
            times["seek"].append(_time(partial(client.ask, "PUT", f"{session}/position?view=step", body)))
            times["tape"].append(_time(partial(client.answer, "GET", f"{session}/tape/{iteration}")))
        page = browser.new_page(base_url=server.url, viewport={"width": 1280, "height": 800})
        page.goto(f"/#session={session.rsplit('/', 1)[1]}")
        page.locator("[data-ready=true] #iterations").wait_for()
        times["drag"] = [_drag(page, iteration) for iteration in there[count:]]
        lines = [
            Line("a drag to the changed picture", times["drag"], target=WANTED),
            Line("the server's answer to a seek", times["seek"], target=WANTED),
            Line("the slowest of them", [max(times["seek"])], target=WANTED),
            Line("the numbers of the iteration", times["tape"]),
        ]
        yield Table(f"XOR, 2-3-1, anywhere in {furthest} iterations, {count} seeks", lines)


def _drag(page: Page, iteration: int) -> float:
    return float(page.evaluate(DRAG, iteration)) * 1e6


def _time(call: Call) -> float:
    begin = perf_counter_ns()
    call()
    return perf_counter_ns() - begin
