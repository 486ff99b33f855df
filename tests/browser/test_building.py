"""Looking at and building on the picture: links, pins, layers, values, data; all of it by keyboard too."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.learner import Learner


def test_a_pinned_neuron_keeps_its_links_while_one_steps_until_escape(learner: Learner) -> None:
    page = learner.page
    page.keyboard.press("2")
    learner.press("ArrowRight")
    page.keyboard.press("Shift+F")
    expect(page.locator(".strong-links")).to_contain_text("Pinned: the links of hidden neuron 1")
    learner.press("ArrowRight")
    learner.press("ArrowRight")
    strong = page.locator(".link.strong")
    assert [node.get_attribute("data-id") for node in strong.all()] == ["l1.0.0", "l1.0.1", "l2.0.0"]
    expect(page.locator(".neuron [class=pin]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".link.dim")).to_have_count(0)


def test_the_choice_of_links_turns_by_a_key_and_is_kept(learner: Learner) -> None:
    page = learner.page
    page.keyboard.press("f")
    page.keyboard.press("f")
    expect(page.locator(".link.strong")).to_have_count(5)
    page.reload()
    expect(page.locator(".link.strong")).to_have_count(5)
    page.keyboard.press("f")
    expect(page.locator(".link.dim")).to_have_count(0)


def test_the_bias_as_a_neuron_selects_the_same_numbers(learner: Learner) -> None:
    page = learner.page
    page.click("#view")
    page.get_by_label("Bias as a neuron").check()
    page.keyboard.press("Escape")
    expect(page.locator(".one")).to_have_count(2)
    expect(page.locator(".chip")).to_have_count(0)
    page.locator('.link[data-id="b1.2"]').press("Enter")
    expect(page.locator('.kin-number[aria-pressed=true] .number[data-tensor=b1][data-index="2"]')).to_be_visible()
