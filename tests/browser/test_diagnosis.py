"""What goes wrong is said on the page, marked on the neurons, and leads to where it began."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.learner import Learner


def test_nothing_is_noticed_where_nothing_is_wrong(newcomer: Learner) -> None:
    with newcomer.page.expect_response("**/diagnosis?*") as answer:
        newcomer.open()
    assert answer.value.json()["findings"] == []
    expect(newcomer.page.locator(".diagnosis, .sign, .ended-box")).to_have_count(0)


def test_dead_neurons_are_marked_named_and_can_be_dismissed(learner: Learner) -> None:
    learner.preset("dead_neurons")
    page = learner.page
    page.get_by_text("1 thing to notice").click()
    finding = page.locator("[data-finding=dead_relu]")
    expect(finding).to_contain_text("Hidden neurons 2 and 4: the weighted sums are 0 or less on all 4 training rows")
    expect(finding).to_contain_text("Use leaky ReLU or ELU")
    expect(page.locator(".sign")).to_have_text(["✕", "✕"])
    for unit, dead in enumerate([False, True, False, True]):
        name = page.locator(f"[data-id='n1.{unit}']").get_attribute("aria-label")
        assert ("dead neuron" in str(name).lower()) == dead
    page.get_by_role("button", name="Dismiss: Dead neuron").click()
    expect(page.locator(".diagnosis, .sign")).to_have_count(0)


def test_a_finding_leads_to_where_it_began(learner: Learner) -> None:
    learner.preset("too_fast")
    for _ in range(5):
        learner.press("End")
        learner.press("ArrowRight")
    learner.page.get_by_text("1 thing to notice").click()
    finding = learner.page.locator("[data-finding=rising_cost][data-began='3']")
    finding.get_by_role("button", name="Go to where it began").click()
    expect(learner.page.locator("output.position")).to_have_attribute("data-iteration", "3")
    expect(finding).to_contain_text("It begins in this iteration.")


def test_training_that_diverged_says_so_leads_there_and_starts_over_slower(learner: Learner) -> None:
    learner.preset("too_fast")
    page = learner.page
    for _ in range(11):
        learner.press("End")
        learner.press("ArrowRight")
    end = learner.state()["diverged"]
    assert learner.position == (end["iteration"], 0) == (11, 0)
    said = page.locator(".ended-box")
    expect(said).to_have_count(0)
    learner.press("End")
    expect(said).to_contain_text("Training diverged in iteration 12.")
    expect(said).to_contain_text(end["sentence"])
    expect(page.locator("#next")).to_be_disabled()
    page.keyboard.press("ArrowRight")
    said.get_by_role("button", name="Go to where it happened").click()
    cursor = page.locator("output.position")
    expect(cursor).to_have_attribute("data-operation", str(end["operation"]))
    expect(page.locator(".inspector .result .number")).to_have_text(re.compile("∞|not a number"))
    said.get_by_role("button", name="Start over at a learning rate of 0.3").click()
    expect(cursor).to_have_attribute("data-iteration", "0")
    expect(said).to_have_count(0)
    state = learner.state()
    assert (state["spec"]["optimizer"]["learning_rate"], state["diverged"]) == (0.3, None)
