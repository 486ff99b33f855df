"""Training in the browser: run, paused and sought; what is drawn and listed is what the API says."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from playwright.sync_api import Locator, expect

from .learner import Learner

# Iterations pass faster than one can ask for them from here.
BEYOND = """(cursor, iteration) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`no iteration after ${iteration} is shown`)), 30_000);
  const look = () => Number(cursor.dataset.iteration) > iteration && done(null);
  new MutationObserver(look).observe(cursor, { attributeFilter: ["data-iteration"] });
  look();
})"""


def train(learner: Learner) -> None:
    learner.page.keyboard.press("g")
    expect(learner.page.locator("#train")).to_have_attribute("aria-pressed", "true")


def paused(learner: Learner) -> Any:
    """The state once the page shows that nothing runs."""
    expect(learner.page.locator("#train")).to_have_attribute("aria-pressed", "false")
    state = learner.state()
    learner.page.wait_for_selector(f"[data-ready=true][data-revision='{state['revision']}']")
    return state


def run_to(learner: Learner, goal: str, amount: str) -> Any:
    """The state after a run to a goal of the list."""
    learner.page.select_option("#until", goal)
    learner.page.fill("#amount", amount)
    learner.page.press("#amount", "Enter")
    before = learner.revision
    learner.page.click("#train")
    learner.page.wait_for_selector(f"[data-ready=true]:not([data-revision='{before}'])")
    return paused(learner)


def beyond(learner: Learner, iteration: int) -> None:
    """Wait until the page shows an iteration after this one."""
    learner.page.locator("output.position").evaluate(BEYOND, iteration)


def check_numbers(learner: Learner, state: Any) -> None:
    """The weights in the picture and the position are those of the API."""
    assert learner.position == (state["position"]["iteration"], state["position"]["operation"])
    weights = [shown for shown in learner.numbers() if re.fullmatch(r"[bW]\d", shown.tensor) and shown.value]
    iteration = state["position"]["iteration"]
    for shown in weights:
        index = ",".join(map(str, shown.index))
        assert float(shown.value or "nan") == learner.get(f"/explanations/{shown.tensor}", index=index)["value"]
    assert iteration == state["run"]["done"] - 1


def shown_points(learner: Learner) -> list[dict[str, str]]:
    """The rows of the table under the curves."""
    return [
        {
            "iteration": row.get_attribute("data-iteration") or "",
            **{cell.get_attribute("data-metric") or "": cell.get_attribute("data-value") or "" for cell in cells(row)},
        }
        for row in learner.page.locator("#points tbody tr").all()
    ]


def cells(row: Locator) -> list[Locator]:
    return row.locator("[data-metric]").all()


def test_a_key_trains_and_pauses_and_the_picture_moves_meanwhile(learner: Learner) -> None:
    train(learner)
    beyond(learner, 20)
    first = learner.position[0]
    beyond(learner, first)
    expect(learner.page.locator(".next")).to_contain_text("Training.")
    learner.page.keyboard.press("Space")  # pauses whatever moves
    state = paused(learner)
    assert state["run"]["why"] == "paused"
    check_numbers(learner, state)


def test_after_a_pause_one_can_step_on_and_back(learner: Learner) -> None:
    train(learner)
    beyond(learner, 5)
    learner.page.click("#train")
    state = paused(learner)
    at = state["position"]
    learner.press("ArrowLeft")
    assert learner.position == (at["iteration"], at["operations"] - 1)
    for _ in range(2):
        learner.press("ArrowRight")
    assert learner.position == (at["iteration"] + 1, 0)


def test_a_step_during_a_run_takes_over(learner: Learner) -> None:
    train(learner)
    beyond(learner, 5)
    learner.page.keyboard.press("ArrowLeft")
    assert paused(learner)["run"]["why"] == "paused"


def test_a_run_ends_where_it_was_told_to(learner: Learner) -> None:
    state = run_to(learner, "epoch", "30")
    assert (state["run"]["why"], state["batch"]["epoch"]) == ("reached", 29)
    expect(learner.page.locator("#epoch dd")).to_have_text("30")
    learner.page.select_option("#pace", "1000")
    state = run_to(learner, "iteration", "300")
    assert state["run"]["done"] == 300
    assert state["run"]["speed"] == 1000


def test_what_is_no_amount_is_marked_and_not_sent(learner: Learner) -> None:
    learner.page.select_option("#until", "accuracy")
    learner.page.fill("#amount", "7")
    learner.page.press("#amount", "Enter")
    expect(learner.page.locator("#amount")).to_have_attribute("aria-invalid", "true")


def test_the_curves_are_the_points_of_the_api(learner: Learner) -> None:
    learner.preset("iris")
    learner.page.click("#tab-training")
    run_to(learner, "iteration", "700")
    points = learner.get("/metrics")["points"]
    chart = learner.page.locator(".chart").first
    expect(chart).to_have_attribute("data-points", str(len(points)))
    expect(chart).to_have_attribute("aria-label", re.compile(rf"at iteration {points[-1]['iteration']}"))
    by_iteration = {str(point["iteration"]): point for point in points}
    rows = shown_points(learner)
    assert [rows[0]["iteration"], rows[-1]["iteration"]] == ["0", str(points[-1]["iteration"])]
    for row in rows:
        point = by_iteration[row["iteration"]]
        assert float(row["cost"]) == point["cost"]
        assert float(row["accuracy"]) == point["accuracy"]
    with learner.page.expect_download() as download:
        learner.page.click("#save-csv")
    text = download.value.path().read_text(encoding="utf-8")
    table = list(csv.DictReader(io.StringIO(text)))
    assert [(int(row["iteration"]), float(row["cost"])) for row in table] == [
        (point["iteration"], point["cost"]) for point in points
    ]
    with learner.page.expect_download() as download:
        learner.page.click("#save-png")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_click_on_a_curve_goes_to_its_iteration_and_the_curve_stays(learner: Learner) -> None:
    learner.page.click("#tab-training")
    run_to(learner, "iteration", "402")  # neither it nor the next is measured
    chart = learner.page.locator(".chart").first
    count = str(len(learner.get("/metrics")["points"]))
    expect(chart).to_have_attribute("data-points", count)
    box = chart.locator(".u-over").bounding_box()
    assert box is not None
    learner.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(learner.page.locator("output.position")).to_have_attribute("data-operation", "0")
    assert abs(learner.position[0] - 200) <= 3
    assert learner.state()["position"]["iteration"] == learner.position[0]
    assert chart.get_attribute("data-points") == count
    learner.page.locator("#points tbody button").nth(3).click()
    wanted = learner.page.locator("#points tbody tr").nth(3).get_attribute("data-iteration")
    expect(learner.page.locator("output.position")).to_have_attribute("data-iteration", wanted or "")


def test_a_learning_rate_changed_on_the_way_is_marked_and_undo_takes_the_mark_away(learner: Learner) -> None:
    learner.page.click("#tab-training")
    train(learner)
    beyond(learner, 50)
    learner.page.fill("#rate", "0.05")
    learner.page.press("#rate", "Enter")
    marks = learner.page.locator(".marks li")
    expect(marks).to_have_count(1)
    expect(learner.page.locator("#train")).to_have_attribute("aria-pressed", "true")
    told = learner.get("/metrics")["marks"]
    expect(marks.first).to_contain_text("learning rate 0.5 → 0.05")
    expect(marks.first).to_contain_text(f"{told[0]['iteration'] + 1:,}")
    learner.page.click("#train")
    paused(learner)
    learner.page.click("#undo")
    expect(marks).to_have_count(0)


def test_what_a_script_does_to_the_session_is_shown(learner: Learner) -> None:
    learner.api.post(f"/api/sessions/{learner.session}/step", json={"granularity": "layer"}).raise_for_status()
    expect(learner.page.locator("[data-revision]")).to_have_attribute("data-revision", "1")
    assert learner.position[1] == learner.state()["position"]["operation"] > 0


PAINTED = """() => {
    const [canvas, picture] = [document.querySelector("canvas.painting"), document.querySelector("svg.picture")];
    const scale = canvas.width / picture.viewBox.baseVal.width;
    const at = (x, y) => [...canvas.getContext("2d").getImageData(x * scale, y * scale, 1, 1).data];
    const body = document.querySelector("[data-id='n1.1'] .body");
    const part = (name) => Number(body.getAttribute(name));
    const line = document.querySelector("[data-id='l1.0.0'] .line");
    const middle = line.getPointAtLength(line.getTotalLength() / 2);
    return {
        drawn: Number(document.querySelector(".frame").dataset.drawn), line: at(middle.x, middle.y),
        body: at(part("x") + part("width") / 2, part("y") + part("height") / 2),
        hidden: getComputedStyle(line).display,
    };
}"""

COLOURS = """async ([activation, weight]) => {
    const { fillOf, strokeOf } = await import("/static/js/net/colour.js");
    const rgb = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));
    return [rgb(fillOf(activation, "activation", "light")), rgb(strokeOf(weight, "weight", "light"))];
}"""


def test_while_it_trains_links_and_neurons_are_painted_in_the_colours_of_their_numbers(learner: Learner) -> None:
    """At an iteration a second, so that the API can be asked for the numbers of a picture."""
    learner.page.select_option("#pace", "1")
    train(learner)
    beyond(learner, 1)
    for _ in range(10):
        painted, state = learner.page.evaluate(PAINTED), learner.state()
        if painted["drawn"] == state["revision"]:
            break
        learner.page.wait_for_timeout(50)
    assert painted["drawn"] == state["revision"]
    assert painted["hidden"] == "none"
    iteration = state["position"]["iteration"]
    weight = learner.get("/history/W1", index="0,0")["values"][iteration]
    body, line = learner.page.evaluate(COLOURS, [state["tensors"]["a1"][0][1], weight])
    assert painted["body"] == [*body, 255]
    assert max(abs(one - other) for one, other in zip(painted["line"][:3], line, strict=True)) <= 2
    learner.page.click("#train")
    paused(learner)
    expect(learner.page.locator("canvas.painting")).to_have_count(0)


def test_where_colours_are_the_systems_the_drawing_itself_moves(learner: Learner) -> None:
    learner.page.emulate_media(forced_colors="active")
    line = learner.page.locator(".link[data-id='l1.0.0'] .line")
    before = line.get_attribute("stroke")
    train(learner)
    beyond(learner, 50)
    expect(learner.page.locator("canvas.painting")).to_have_count(0)
    expect(line).to_be_visible()
    expect(line).not_to_have_attribute("stroke", before or "")


def test_while_it_trains_the_picture_moves_and_once_paused_its_words_and_numbers_are_complete(learner: Learner) -> None:
    link = learner.page.locator(".link[data-id='l1.0.0']")
    train(learner)
    expect(link).to_have_attribute("aria-label", re.compile(r"^weight from [^:]+$"))  # a number would not last
    beyond(learner, 50)
    learner.page.click("#train")
    state = paused(learner)
    expect(link.locator(".line")).to_have_attribute("stroke", re.compile("^#"))
    expect(link.locator(".line")).to_be_visible()
    value = learner.get("/explanations/W1.new", index="0,0")["value"]
    expect(link).to_have_attribute("aria-label", re.compile(rf"after the update −?{abs(value):.3f}"))
    check_numbers(learner, state)
    assert learner.page.locator(".frame").get_attribute("data-drawn") == str(state["revision"])
