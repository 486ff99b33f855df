"""Small windows and large letters: nothing is cut off, nothing overlaps, and the current step is in sight."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from .learner import Learner

DEEP: list[dict[str, object]] = [
    {"units": 2},
    *({"units": 8, "activation": "tanh"} for _ in range(6)),
    {"units": 1, "activation": "sigmoid"},
]


def open_network(learner: Learner, layers: list[dict[str, object]], operation: int) -> None:
    """A network made through the API, opened by its address, at an operation."""
    body = {"spec": {"layers": layers, "batch_size": 1}, "data": {"name": "xor"}}
    made = learner.api.post("/api/sessions", json=body).json()["id"]
    learner.api.put(f"/api/sessions/{made}/position", json={"iteration": 0, "operation": operation}).raise_for_status()
    learner.open(f"/#session={made}")


def box(found: Locator) -> FloatRect:
    bounds = found.bounding_box()
    assert bounds is not None
    return bounds


def inside(page: Page, selector: str, frame: str) -> bool:
    """Whether something stands within a frame, from its left to its right edge."""
    one, whole = box(page.locator(selector).first), box(page.locator(frame).first)
    return one["x"] >= whole["x"] and one["x"] + one["width"] <= whole["x"] + whole["width"]


@pytest.mark.parametrize("width", [360, 1024, 1440])
def test_the_invitation_is_whole_and_the_picture_stands_still(learner: Learner, width: int) -> None:
    page = learner.page
    page.set_viewport_size({"width": width, "height": 768})
    learner.preset("iris")  # its goal takes two lines
    tops = [box(page.locator(".panel"))["y"]]
    for key in ("ArrowRight", "ArrowRight", "End"):
        learner.press(key)
        line, task = box(page.locator(".next")), box(page.locator(".task"))
        assert line["y"] + line["height"] <= task["y"] + task["height"] + 0.5
        tops.append(box(page.locator(".panel"))["y"])
    expect(page.locator(".next")).to_contain_text("take the next batch")
    invite = page.locator(".next .invite")
    assert invite.evaluate("(b) => b.scrollWidth <= b.clientWidth && b.scrollHeight <= b.clientHeight + 1")
    assert box(invite)["y"] + box(invite)["height"] <= box(page.locator(".panel"))["y"] + 0.5
    assert len(set(tops)) == 1


@pytest.mark.parametrize(("width", "height"), [(360, 780), (1024, 768)])
def test_the_picture_of_a_deep_network_follows_the_step(newcomer: Learner, width: int, height: int) -> None:
    page = newcomer.page
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    open_network(newcomer, DEEP, 1)
    assert inside(page, ".link.current", ".frame")
    for key, there in [("End", ".chip.current"), ("Home", "[data-id='n0.0']")]:
        newcomer.press(key)
        expect(page.locator(there)).to_be_visible()
        assert inside(page, there, ".frame"), key
    newcomer.press("End")
    page.click("#tab-graph")
    expect(page.locator(".graph-frame .node.current")).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("width", [360, 1024])
def test_every_pass_has_its_name_on_the_track(newcomer: Learner, width: int) -> None:
    page = newcomer.page
    page.set_viewport_size({"width": width, "height": 780})
    open_network(newcomer, DEEP, 1)
    names = page.locator(".track-names span")
    expect(names).to_have_text(["Forward", "Loss", "Backward", "Update"])
    bounds = [box(names.nth(k)) for k in range(4)]
    for one, other in pairwise(bounds):
        assert one["x"] + one["width"] <= other["x"] + 0.5
    assert inside(page, ".track-names span >> nth=3", ".track")


def test_letters_twice_as_large_overlap_nothing(learner: Learner) -> None:
    page = learner.page
    picture = page.locator("svg.picture")
    before = picture.get_attribute("viewBox") or ""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    expect(picture).not_to_have_attribute("viewBox", before)
    task, panel, transport = (box(page.locator(one)) for one in (".task", ".panel", ".timeline"))
    assert task["y"] + task["height"] <= panel["y"] + 0.5
    assert panel["height"] >= 300
    assert box(page.locator(".board"))["y"] + box(page.locator(".board"))["height"] <= transport["y"] + 0.5
    assert page.locator(".timeline").evaluate("(bar) => bar.scrollWidth <= bar.clientWidth")


def test_letter_keys_are_named_only_while_they_act(learner: Learner) -> None:
    page = learner.page
    expect(page.locator("#setup")).to_have_attribute("title", "Choose network and data (S)")
    expect(page.locator("#predict kbd")).to_have_text("Q")
    page.click("#view")
    expect(page.locator("#preferences kbd").first).to_have_text("O")
    page.get_by_label("Letter keys").uncheck()
    expect(page.locator("#preferences kbd")).to_have_text(["Ctrl"])
    expect(page.locator("#predict kbd")).to_have_count(0)
    named = page.locator("[title]").evaluate_all(
        "(found) => found.map((one) => one.title).filter((title) => /\\([A-Z0-9?]\\)$/.test(title))"
    )
    assert named == []
    expect(page.locator("#play")).to_have_attribute("title", "Play or pause (Space)")


def test_a_long_formula_scrolls_within_its_panel(learner: Learner) -> None:
    page = learner.page
    page.set_viewport_size({"width": 1024, "height": 768})
    learner.preset("iris")
    page.locator(".picture [data-id='l1.0.0']").focus()
    page.evaluate("location.hash += '&number=dW1:0,0'")
    learner.press("End")
    long = page.locator(".inspector .formula").nth(1)
    expect(long.locator(".operand")).to_have_count(20)
    assert long.evaluate("(one) => one.scrollHeight > one.clientHeight && one.clientHeight < 220")
    assert page.locator(".side").evaluate("(side) => side.scrollWidth <= side.clientWidth")
