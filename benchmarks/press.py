"""A press: from the key → to the changed picture, in the real page, beside the server's part in it."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter_ns

from playwright.sync_api import Page

from tests.browser.chromium import chromium
from tests.server import Server

from .client import Client
from .report import Line, Table, Target
from .sample import Call, Times
from .server import IRIS_4_8_8_3, step

PLACES = 4
"""From so many places, evenly spread over an iteration, steps are pressed, so that every phase has its share."""

TITLES = {
    "press": "→ to the changed picture",
    "request": "of it, the page's request",
    "step": "the server's answer to that step",
    "nothing": "/healthz",
    "frame": "a key that does nothing, to the next frame",
}
TARGETS = {"press": Target(50e6), "step": Target(5e6)}

NOTE = "A press comes when the page is at rest: what moved after the one before has arrived."

# A press begins with the event's own time. It ends when the first frame after the change has been laid out and drawn:
# a task that is posted in that frame's callback runs after it. `data-revision` changes as the picture does, in one go.
WATCH = """async ({ changes, rest }) => {
  if (rest) await Promise.allSettled(document.getAnimations().map((moving) => moving.finished));
  performance.clearResourceTimings();
  window.watched = new Promise((done) => {
    addEventListener("keydown", ({ timeStamp }) => {
      const drawn = () => requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = () => {
          const press = performance.now() - timeStamp;
          const asked = performance.getEntriesByType("resource").find(({ name }) => name.includes("/step?"));
          done({ press, request: asked ? asked.duration : null });
        };
        after.port2.postMessage(null);
      });
      if (!changes) return drawn();
      const seen = new MutationObserver(() => { seen.disconnect(); drawn(); });
      seen.observe(document.querySelector("[data-revision]"), { attributeFilter: ["data-revision"] });
    }, { capture: true, once: true });
  });
}"""


def measure(quick: bool) -> Iterator[Table]:
    """Presses in the page; after each, the same step of a twin session from here, a nothing, and an idle key."""
    with Server(checked=False) as server, Client(server.url) as client, chromium() as browser:
        page = browser.new_page(base_url=server.url, viewport={"width": 1280, "height": 800})
        places = 1 if quick else PLACES
        for granularity, presses in (("operation", 120), ("layer", 40)):
            times: dict[str, Times] = {name: [] for name in TITLES}
            for place in range(places):
                twin = _open(page, client, granularity, place)
                for _ in range(2 if quick else presses // places):
                    _sample(page, client, twin, times)
            lines = [Line(title, times[name], target=TARGETS.get(name)) for name, title in TITLES.items()]
            yield Table(f"4-8-8-3 on iris, by {granularity}, {len(times['press'])} presses", lines, NOTE)
        _open(page, client, "operation", 0)
        row = [_watched(page, "ArrowRight", rest=False)["press"] for _ in range(2 if quick else 40)]
        title = f"4-8-8-3 on iris, by operation, {len(row)} presses, each as soon as the one before is drawn"
        yield Table(title, [Line(TITLES["press"], row)])


def _open(page: Page, client: Client, granularity: str, place: int) -> Call:
    """Open the page on a session at a place of its iteration; a step of a twin session that stands there too."""
    paths = [client.session(IRIS_4_8_8_3) for _ in range(2)]
    operations = client.ask("PUT", f"{paths[0]}/position?view=step", {"iteration": 0})["position"]["operations"]
    for path in paths:
        client.ask("PUT", f"{path}/position", {"iteration": 0, "operation": operations * place // PLACES})
    page.goto("about:blank")  # another hash alone would not load the page anew
    page.goto(f"/#session={paths[0].rsplit('/', 1)[1]}&by={granularity}")
    page.locator("[data-ready=true]").wait_for()
    return step(client, paths[1], granularity)


def _sample(page: Page, client: Client, twin: Call, times: dict[str, Times]) -> None:
    pressed = _watched(page, "ArrowRight", rest=True)
    times["press"].append(pressed["press"])
    times["request"].append(pressed["request"])
    times["step"].append(_time(twin))
    times["nothing"].append(_time(lambda: client.answer("GET", "/healthz")))
    times["frame"].append(_watched(page, "F9", rest=True)["press"])


def _watched(page: Page, key: str, rest: bool) -> dict[str, float]:
    """Press a key; nanoseconds from the press to its picture, and of the request that it made, if any."""
    page.evaluate(WATCH, {"changes": key == "ArrowRight", "rest": rest})
    page.keyboard.press(key)
    found: dict[str, float | None] = page.evaluate("() => window.watched")
    return {name: milliseconds * 1e6 for name, milliseconds in found.items() if milliseconds is not None}


def _time(call: Call) -> float:
    begin = perf_counter_ns()
    call()
    return perf_counter_ns() - begin
