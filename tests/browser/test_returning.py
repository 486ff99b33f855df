"""Coming back: by the browser's Back, from another tab, to a session that is gone."""

from __future__ import annotations

from playwright.sync_api import expect

from .learner import Learner


def test_back_and_forward_walk_through_what_was_looked_at(learner: Learner) -> None:
    learner.press("End")
    inspector = learner.page.locator("section.inspector")
    learner.page.locator("svg.picture [data-tensor=a1][data-index='1']").first.click()
    expect(inspector).to_contain_text("Activation of hidden neuron 2")
    learner.page.locator("svg.picture [data-tensor=a1][data-index='2']").first.click()
    expect(inspector).to_contain_text("Activation of hidden neuron 3")
    learner.page.keyboard.press("o")
    learner.page.go_back()
    expect(inspector).to_contain_text("Activation of hidden neuron 2")
    learner.page.go_back()
    expect(inspector).to_contain_text("This step")
    learner.page.go_forward()
    expect(inspector).to_contain_text("Activation of hidden neuron 2")


def test_back_returns_to_the_session_before(learner: Learner) -> None:
    learner.press("End")
    before = learner.session
    learner.preset("iris")
    learner.page.go_back()
    learner.page.wait_for_selector(f"[data-ready=true][data-session='{before}']")
    assert learner.position == (0, 57)


def test_what_another_tab_did_shows_when_this_one_is_looked_at_again(learner: Learner) -> None:
    learner.api.post(f"/api/sessions/{learner.session}/step", json={"granularity": "pass"}).raise_for_status()
    learner.page.evaluate("() => { dispatchEvent(new Event('focus')); }")
    expect(learner.page.locator("output.position")).to_have_attribute("data-operation", "17")


def test_an_address_of_a_session_that_is_gone_says_so_once_and_offers_a_new_one(
    learner: Learner, complaints: list[str]
) -> None:
    learner.page.goto("about:blank")
    learner.page.goto("/#session=gone")
    expect(learner.page.get_by_role("alert")).to_contain_text("This session is gone")
    expect(learner.page.get_by_text("One moment")).to_have_count(0)
    learner.page.get_by_role("button", name="Start a new one").click()
    learner.page.wait_for_selector("[data-ready=true]")
    expect(learner.page.get_by_role("alert")).to_be_empty()
    complaints[:] = [said for said in complaints if "404" not in said]


def test_an_input_that_is_no_number_is_marked_and_said(learner: Learner) -> None:
    learner.page.keyboard.press("w")
    field, hint = learner.page.locator(".guess input").first, learner.page.locator("#guess-hint")
    field.fill("half")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(hint).to_contain_text("A number, such as")
    field.fill("1/2")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(hint).to_be_empty()
