"""By keyboard alone: every tab is reached, and a whole iteration is stepped, read and edited."""

from __future__ import annotations

from playwright.sync_api import expect

from .learner import Learner

FOCUSED = "() => document.activeElement.id || document.activeElement.dataset.id || document.activeElement.tagName"


def tab_to(learner: Learner, wanted: str, most: int = 60) -> None:
    """Press Tab until that element has the focus."""
    for _ in range(most):
        learner.page.keyboard.press("Tab")
        if learner.page.evaluate(FOCUSED) == wanted:
            return
    raise AssertionError(f"Tab does not reach {wanted}.")


def test_every_tab_is_reached_by_arrow_keys(learner: Learner) -> None:
    names = [str(tab.get_attribute("id")) for tab in learner.page.get_by_role("tab").all()]
    tab_to(learner, names[0])
    for name in [*names[1:], names[0]]:
        learner.page.keyboard.press("ArrowRight")
        expect(learner.page.locator(f"#{name}")).to_be_focused()
        expect(learner.page.locator("[role=tabpanel]")).to_have_attribute("aria-labelledby", name)
        expect(learner.page.locator("[role=tabpanel] > *").first).to_be_visible()


def test_a_whole_iteration_by_keyboard_alone_and_each_step_is_said(learner: Learner) -> None:
    page = learner.page
    said = page.locator("#spoken")
    learner.page.keyboard.press("2")
    heard: set[str] = set()
    while learner.position[0] == 0:
        learner.press("ArrowRight")
        expect(said).not_to_be_empty()
        heard.add(said.inner_text())
    assert len(heard) > 10
    tab_to(learner, "n0.0")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".inspector.chosen h2")).to_be_visible()
    page.keyboard.press("Escape")
    tab_to(learner, "next")
    learner.press("Enter")
    assert learner.position[0] == 1
