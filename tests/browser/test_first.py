"""The first minutes: a tour that can be left, hints that stay away, and terms that say what they mean."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.learner import Learner


def test_the_tour_has_five_stops_each_at_something_on_the_page(learner: Learner) -> None:
    page = learner.page
    page.click("#tour")
    for number in range(1, 6):
        expect(page.locator(".tour-card")).to_contain_text(f"{number} of 5")
        expect(page.locator(".tour-card")).to_be_focused()
        expect(page.locator(".tour-ring")).to_have_count(1)
        card = page.locator(".tour-card").bounding_box()
        window = page.viewport_size
        assert card is not None
        assert window is not None
        assert 0 <= card["x"] <= window["width"] - card["width"]
        assert 0 <= card["y"] <= window["height"] - card["height"]
        page.locator(".tour-card .primary").click()
    expect(page.locator(".tour-card")).to_have_count(0)


def test_the_network_can_be_stepped_during_the_tour(learner: Learner) -> None:
    learner.page.click("#tour")
    learner.press("ArrowRight")
    assert learner.position == (0, 1)


def test_a_tour_that_was_left_is_not_offered_again(learner: Learner) -> None:
    page = learner.page
    page.click("#tour")
    expect(page.locator(".tour-card")).to_contain_text("1 of 5")
    page.keyboard.press("Escape")
    expect(page.locator(".tour-card")).to_have_count(0)
    expect(page.locator("#tour")).to_have_count(0)
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    expect(page.locator("#tour")).to_have_count(0)
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_role("button", name="Take the tour").click()
    expect(page.locator(".tour-card")).to_contain_text("1 of 5")


def test_a_hint_comes_when_it_helps_and_stays_away_once_dismissed(learner: Learner) -> None:
    page = learner.page
    page.get_by_role("button", name="No, thanks").click()
    expect(page.locator(".hint-card")).to_have_count(0)
    for _ in range(3):
        learner.press("ArrowRight")
    expect(page.locator(".hint-card")).to_contain_text("Click any number")
    page.get_by_role("button", name="Dismiss this hint").click()
    expect(page.locator(".hint-card")).to_have_count(0)
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    learner.press("ArrowRight")
    expect(page.locator(".hint-card")).to_have_count(0)


def test_a_term_opens_what_it_means_and_escape_closes_only_that(learner: Learner) -> None:
    page = learner.page
    for _ in range(3):
        learner.press("ArrowRight")
    page.locator("svg.picture .number[data-tensor=W1]").first.click()
    selected = page.locator(".badge", has_text="Selected")
    expect(selected).to_have_count(1)
    learner.page.keyboard.press("Escape")
    expect(selected).to_have_count(0)
    page.locator("svg.picture .number[data-tensor=z1], svg.picture .number[data-tensor=a1]").first.click()
    expect(selected).to_have_count(1)
    page.locator(".inspector .term").first.click()
    note = page.locator(".term-note:popover-open")
    expect(note).to_have_count(1)
    expect(note).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    expect(selected).to_have_count(1)
