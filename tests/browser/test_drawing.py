"""Rows of data drawn on the plot and rubbed out: by mouse, by keyboard, by finger; each stroke is an edit."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from .learner import Learner

LAYERS = [{"units": 2}, {"units": 3, "activation": "tanh"}, {"units": 2, "activation": "softmax"}]
CLASSES = {
    "inputs": [[0, 0], [1, 1], [0, 1]],
    "targets": [[1, 0], [0, 1], [1, 0]],
    "classes": ["low", "high"],
}
LEFT, TOP, SIZE = 56, 12, 480
INNER_WIDTH, INNER_HEIGHT = 412, 420


def opened(learner: Learner, data: Any, layers: Any = LAYERS) -> Locator:
    """The plot of a session with such data, drawn on."""
    spec = {"layers": layers, "loss": "cross_entropy" if len(data["targets"][0]) > 1 else "mean_squared_error"}
    made = learner.api.post("/api/sessions", json={"spec": spec, "data": data}).json()
    learner.open(f"/#session={made['id']}&view=function")
    learner.page.click("#draw")
    plot = learner.page.get_by_role("application")
    plot.scroll_into_view_if_needed()
    return plot


def place(plot: Locator, right: float, up: float) -> tuple[float, float]:
    """Where a share of both axes lies on the page."""
    box = plot.bounding_box()
    assert box is not None
    scale = box["width"] / SIZE
    return box["x"] + scale * (LEFT + right * INNER_WIDTH), box["y"] + scale * (TOP + (1 - up) * INNER_HEIGHT)


def rows(learner: Learner, count: int) -> Any:
    """The session's data once it has so many rows."""
    expect(learner.page.locator(".examples .count")).to_contain_text(f"{count} row")
    data = learner.get("/data")
    assert len(data["inputs"]) == count
    return data


def test_a_click_puts_a_row_of_the_chosen_class_where_it_was_and_undo_takes_it_back(learner: Learner) -> None:
    plot = opened(learner, CLASSES)
    learner.page.get_by_role("button", name="high").click()
    learner.page.mouse.click(*place(plot, 0.25, 0.75))
    data = rows(learner, 4)
    low, high = -0.15, 1.15
    wanted = [low + 0.25 * (high - low), low + 0.75 * (high - low)]
    assert data["inputs"][3] == pytest.approx(wanted, abs=0.01)
    assert data["targets"][3] == [0, 1]
    assert data["classes"] == ["low", "high"]
    expect(learner.page.locator(".plot .point")).to_have_count(4)
    learner.page.click("#undo")
    assert rows(learner, 3)["inputs"] == CLASSES["inputs"]


def test_quick_clicks_are_a_row_each(learner: Learner) -> None:
    plot = opened(learner, CLASSES)
    places = [place(plot, right, 0.4) for right in (0.2, 0.4, 0.6, 0.8)]
    for at in places:
        learner.page.mouse.click(*at)
    data = rows(learner, 7)
    assert sorted(row[0] for row in data["inputs"][3:]) == [row[0] for row in data["inputs"][3:]]
    learner.page.click("#undo")
    rows(learner, 6)


def test_a_stroke_is_one_edit_and_the_eraser_takes_what_it_touches(learner: Learner) -> None:
    plot = opened(learner, CLASSES)
    learner.page.mouse.move(*place(plot, 0.2, 0.5))
    learner.page.mouse.down()
    learner.page.mouse.move(*place(plot, 0.6, 0.5), steps=12)
    learner.page.mouse.up()
    expect(learner.page.locator(".plot .point").nth(6)).to_be_visible()
    drawn = learner.get("/data")
    assert all(row == [1, 0] for row in drawn["targets"][3:])
    learner.page.click("#eraser")
    learner.page.mouse.move(*place(plot, 0.2, 0.5))
    learner.page.mouse.down()
    learner.page.mouse.move(*place(plot, 0.6, 0.5), steps=12)
    learner.page.mouse.up()
    assert rows(learner, 3)["inputs"] == CLASSES["inputs"]
    learner.page.click("#undo")
    assert rows(learner, len(drawn["inputs"]))["inputs"] == drawn["inputs"]


def test_the_keyboard_does_the_same_with_a_cross(learner: Learner) -> None:
    plot = opened(learner, CLASSES)
    before = learner.position
    plot.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp", "2", "Enter"):
        learner.page.keyboard.press(key)
    data = rows(learner, 4)
    across, up = 0.5 + 1.3 * 2 / 40, 0.5 + 1.3 / 8
    assert data["inputs"][3] == pytest.approx([across, up])
    assert data["targets"][3] == [0, 1]
    expect(plot).to_have_attribute("aria-label", "Draw here: cross at x₁ = 0.56, x₂ = 0.66. 4 rows.")
    assert learner.position == before
    learner.page.keyboard.press("Delete")
    assert rows(learner, 3)["inputs"] == CLASSES["inputs"]
    learner.page.keyboard.press("Escape")
    expect(plot).to_have_count(0)


def test_over_one_input_the_height_is_the_target(learner: Learner) -> None:
    data = {"inputs": [[0], [1]], "targets": [[0], [1]]}
    layers = [{"units": 1}, {"units": 2, "activation": "tanh"}, {"units": 1, "activation": "linear"}]
    plot = opened(learner, data, layers)
    plot.focus()
    said = re.search(r"x₁ = (\S+), target = (\S+)\.", plot.get_attribute("aria-label") or "")
    assert said is not None
    learner.page.mouse.click(*place(plot, 0.5, 0.5))
    (x,), (y,) = (rows(learner, 3)[name][2] for name in ("inputs", "targets"))
    assert (x, y) == pytest.approx([float(number.replace("−", "-")) for number in said.groups()], abs=0.01)
    learner.page.click("#undo")
    rows(learner, 2)


def test_a_finger_draws_and_does_not_scroll(learner: Learner) -> None:
    plot = opened(learner, CLASSES)
    hand = learner.page.context.new_cdp_session(learner.page)
    for kind, right in (("touchStart", 0.3), ("touchMove", 0.5), ("touchMove", 0.7)):
        x, y = place(plot, right, 0.3)
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert len(rows(learner, 6)["inputs"]) == 6


def test_what_cannot_be_drawn_has_no_pencil(learner: Learner) -> None:
    """An input that is made of others would no longer be."""
    data = {"name": "circles", "products": ["x1*x2"]}
    spec = {"layers": [{"units": 3}, {"units": 1, "activation": "sigmoid"}]}
    made = learner.api.post("/api/sessions", json={"spec": spec, "data": data}).json()
    learner.open(f"/#session={made['id']}&view=function")
    expect(learner.page.locator("canvas.shading")).to_be_visible()
    expect(learner.page.locator("#draw")).to_have_count(0)
