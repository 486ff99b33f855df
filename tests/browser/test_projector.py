"""In front of a class: only picture, formula and step, moved by a remote control's keys."""

from __future__ import annotations

from playwright.sync_api import expect

from .axe import violations
from .learner import Learner


def test_only_picture_formula_and_step_are_shown_and_larger(learner: Learner) -> None:
    page = learner.page
    learner.press("ArrowRight")
    number = page.locator("svg.picture .number[data-tensor=W1]").first
    before = number.bounding_box()
    page.keyboard.press("Shift+P")
    for shown in ("svg.picture", ".inspector .formula >> nth=0", "output.position"):
        expect(page.locator(shown).first).to_be_in_viewport(ratio=0.999)
    for hidden in (".tools", ".tabs", ".task", ".examples", ".legend", "#next", "#train"):
        expect(page.locator(hidden)).to_be_hidden()
    after = number.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > 1.2 * before["height"]
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".tools")).to_be_visible()


def test_a_remote_steps_and_blanks_and_any_key_only_brings_the_page_back(learner: Learner) -> None:
    page = learner.page
    page.keyboard.press("Shift+P")
    learner.press("PageDown")
    learner.press("PageDown")
    learner.press("PageUp")
    assert learner.position == (0, 1)
    for blanks, returns in (("b", "ArrowRight"), (".", "Escape"), ("b", "b")):
        page.keyboard.press(blanks)
        expect(page.locator(".blank")).to_be_visible()
        page.keyboard.press(returns)
        expect(page.locator(".blank")).to_have_count(0)
    expect(page.locator("#leave-projector")).to_be_visible()
    assert (learner.position, learner.state()["position"]["operation"]) == ((0, 1), 1)


def test_a_remotes_keys_do_nothing_elsewhere(learner: Learner) -> None:
    learner.page.keyboard.press("PageDown")
    learner.press("ArrowRight")
    assert learner.position == (0, 1)


def test_it_is_also_in_the_view_menu_and_left_by_a_click(learner: Learner) -> None:
    learner.page.click("#view")
    learner.page.click("#projector")
    expect(learner.page.locator("#preferences")).to_be_hidden()
    learner.page.click("#leave-projector")
    expect(learner.page.locator(".tools")).to_be_visible()
