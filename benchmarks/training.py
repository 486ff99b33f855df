"""Training that goes on by itself: its rate beside the engine's own, pauses, pictures in the page, and fair shares."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import mean, quantiles
from time import perf_counter, perf_counter_ns
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page

from app.data.ready import ready_set
from app.nn.network import Network
from app.nn.registry import Choice
from app.nn.spec import LayerSpec, Spec, checked
from tests.browser.chromium import chromium
from tests.server import Server

from .client import Client
from .report import Line, Table, Target
from .server import IRIS_4_8_8_3

SESSIONS = 20
NOTE = "The engine: loading the same batch and one whole iteration, again and again, in this process, the app idle."

PAINTING = (
    "The page that only paints: the same links in other colours each time, on a canvas, once a frame of the display, "
    "nothing fetched, the same session training."
)

DRAWING = """() => [...document.querySelectorAll(".link .line")].map((line) =>
  [line.getAttribute("d"), Number(line.getAttribute("stroke-width")), line.hasAttribute("stroke-dasharray")])"""

PAINT = """([drawing, milliseconds]) => new Promise((done) => {
  const canvas = document.body.appendChild(document.createElement("canvas"));
  [canvas.width, canvas.height] = [930, 520];
  const context = canvas.getContext("2d");
  const lines = drawing.map(([d, width, dash]) => [new Path2D(d), width, dash ? [7, 5] : []]);
  const end = performance.now() + milliseconds;
  let count = 0;
  const paint = () => {
    if (performance.now() > end) return done(count);
    count += 1;
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (const [k, [path, width, dash]] of lines.entries()) {
      context.strokeStyle = `rgb(${(7 * k + count) % 256} 90 ${(3 * k + 5 * count) % 256})`;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.stroke(path);
    }
    requestAnimationFrame(paint);
  };
  requestAnimationFrame(paint);
})"""

COUNT = """(milliseconds) => new Promise((done) => {
  const page = document.querySelector("[data-drawn]");
  let pictures = 0;
  const seen = new MutationObserver(() => { pictures += 1; });
  seen.observe(page, { attributeFilter: ["data-drawn"] });
  setTimeout(() => { seen.disconnect(); done(pictures); }, milliseconds);
})"""


def measure(quick: bool) -> Iterator[Table]:
    rounds, seconds = (2, 0.1) if quick else (9, 1.0)
    networks = list(_networks())[: 1 if quick else None]
    with Server(checked=False) as server, Client(server.url) as client:
        for name, body, spec, data in networks:
            yield _rates(client, name, body, spec, data, rounds, seconds)
        yield _fairness(client, 1 if quick else 8)
        with chromium() as browser:
            for name, body, *_ in networks:
                for regions in (False, True) if "spirals" in name else (False,):
                    yield _pictures(server, client, browser, name, body, rounds, seconds, regions)


def _networks() -> Iterator[tuple[str, dict[str, Any], Spec, str]]:
    """Each with its name, as a request and as a spec."""
    iris = {"spec": {**IRIS_4_8_8_3["spec"], "batch_size": 10}, "data": {"name": "iris"}}
    hidden = [LayerSpec(8, "tanh")] * 6
    deep = [{"units": 2}, *({"units": 8, "activation": "tanh"} for _ in hidden), {"units": 1, "activation": "tanh"}]
    spirals = {
        "spec": {"layers": deep, "initializer": {"name": "xavier"}, "batch_size": 10},
        "data": {"name": "spirals"},
    }
    xavier = Choice("xavier")
    yield (
        "4-8-8-3 on iris",
        iris,
        Spec((LayerSpec(4), *hidden[:2], LayerSpec(3, "softmax")), "cross_entropy", xavier, batch_size=10),
        "iris",
    )
    yield (
        "2-8-8-8-8-8-8-1 on spirals",
        spirals,
        Spec((LayerSpec(2), *hidden, LayerSpec(1, "tanh")), initializer=xavier, batch_size=10),
        "spirals",
    )


def _rates(client: Client, name: str, body: object, spec: Spec, data: str, rounds: int, seconds: float) -> Table:
    session = client.session(body)
    engine, app, pauses = [], [], []
    for _ in range(rounds):
        engine.append(_engine(checked(spec), data, seconds / 2))
        _run(client, session)
        begin, done = perf_counter(), _done(client, session)
        time.sleep(seconds)
        app.append((_done(client, session) - done) / (perf_counter() - begin))
        since = perf_counter_ns()
        client.answer("DELETE", f"{session}/run?view=step")
        pauses.append(float(perf_counter_ns() - since))
    shares = [100 * one / other for one, other in zip(app, engine, strict=True)]
    lines = [
        Line("engine, iterations", engine, "/s"),
        Line("a session that runs, iterations", app, "/s"),
        Line("its rate is, of the engine's", shares, "%", Target(70, at_least=True)),
        Line("from a pause to its answer", pauses, target=Target(100e6)),
    ]
    return Table(f"a run of {name}, batch 10, nobody watching", lines, NOTE)


def _engine(spec: Spec, data: str, seconds: float) -> float:
    """Iterations a second of the plan alone."""
    rows, plan = ready_set(data), Network(spec).plan(spec.batch_size)
    inputs, targets = rows.inputs[: spec.batch_size].copy(), rows.targets[: spec.batch_size].copy()
    count, begin = 0, perf_counter()
    with np.errstate(all="ignore"):
        while perf_counter() < begin + seconds:
            for _ in range(100):
                plan.load(inputs, targets)
                plan.train()
            count += 100
    return count / (perf_counter() - begin)


def _run(client: Client, session: str) -> None:
    client.ask("PUT", f"{session}/run?view=step", {})


def _done(client: Client, session: str) -> int:
    return int(client.ask("GET", f"{session}?view=step", None)["run"]["done"])


def _fairness(client: Client, seconds: int) -> Table:
    """Steps in one session while others run, and how much each of these did."""
    sessions = [client.session(IRIS_4_8_8_3) for _ in range(SESSIONS)]
    alone = client.session(IRIS_4_8_8_3)
    for session in sessions:
        _run(client, session)
    begun = [_done(client, session) for session in sessions]
    steps, end = [], perf_counter() + seconds
    while perf_counter() < end:
        since = perf_counter_ns()
        client.ask("POST", f"{alone}/step?view=step", {})
        steps.append(float(perf_counter_ns() - since))
        time.sleep(0.01)
    did = [_done(client, session) - before for session, before in zip(sessions, begun, strict=True)]
    for session in sessions:
        client.answer("DELETE", session)
    shares = [100 * one / mean(did) for one in did]
    late = quantiles(steps, n=20)[-1]
    lines = [
        Line("a step in another session", steps),
        Line("of its steps, the 95th percentile", [late, late], target=Target(100e6)),
        Line("what a session did, of the mean", shares, "%"),
        Line("the one that did least, of the mean", [min(shares)] * 2, "%", Target(50, at_least=True)),
    ]
    return Table(f"{SESSIONS} sessions of 4-8-8-3 on iris that run", lines)


def _pictures(
    server: Server,
    client: Client,
    browser: Browser,
    name: str,
    body: object,
    rounds: int,
    seconds: float,
    regions: bool,
) -> Table:
    session = client.session(body)
    page = browser.new_page(base_url=server.url, viewport={"width": 1280, "height": 800})
    if regions:
        page.add_init_script("localStorage.setItem('stepgrad', JSON.stringify({ regions: true }))")
    page.goto(f"/#session={session.rsplit('/', 1)[1]}")
    page.locator("[data-ready=true]").wait_for()
    drawing = page.evaluate(DRAWING)
    page.click("#train")
    page.locator("#train[aria-pressed=true]").wait_for()
    pictures, rates, epochs, pauses = [], [], [], []
    for _ in range(rounds):
        begin, done = perf_counter(), _done(client, session)
        drawn = page.evaluate(COUNT, 1000 * seconds)
        now = client.ask("GET", f"{session}?view=step", None)
        rate = (now["run"]["done"] - done) / (perf_counter() - begin)
        rates.append(rate)
        epochs.append(rate / now["batch"]["batches"])
        pictures.append(drawn / seconds)
        pauses.append(_pause(page))
    page.close()
    bare = _bare(client, session, browser, drawing, rounds, seconds)
    client.answer("DELETE", session)
    lines = [
        Line("pictures drawn", pictures, "/s", Target(40 if "8-8-8-8" in name else 30, at_least=True)),
        Line("by a page that only paints such links", bare, "/s"),
        Line("iterations meanwhile", rates, "/s"),
        Line("epochs meanwhile", epochs, "/s", Target(400, at_least=True)),
        Line("from the key to the paused page", pauses, target=Target(100e6)),
    ]
    what = ", with the regions of every neuron" if regions else ""
    return Table(f"the page of a run of {name}, batch 10{what}", lines, PAINTING)


def _bare(client: Client, session: str, browser: Browser, drawing: object, rounds: int, seconds: float) -> list[float]:
    """How often a second a page can paint that does nothing else, while training goes on unwatched."""
    _run(client, session)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    counts = [page.evaluate(PAINT, [drawing, 1000 * seconds]) / seconds for _ in range(rounds)]
    page.close()
    return counts


def _pause(page: Page) -> float:
    """Nanoseconds until the page stands still; it runs again afterwards."""
    milliseconds: float = page.evaluate(PAUSE)
    page.keyboard.press("g")
    page.locator("#train[aria-pressed=true]").wait_for()
    return milliseconds * 1e6


PAUSE = """() => new Promise((done) => {
  const button = document.querySelector("#train");
  const begin = performance.now();
  const seen = new MutationObserver(() => {
    if (button.getAttribute("aria-pressed") !== "false") return;
    seen.disconnect();
    requestAnimationFrame(() => done(performance.now() - begin));
  });
  seen.observe(button, { attributeFilter: ["aria-pressed"] });
  button.click();
})"""
