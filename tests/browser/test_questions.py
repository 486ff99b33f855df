"""Predicting a step: the question comes before the number, the verdict with it, and what was missed comes again."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.learner import Learner


def test_a_prediction_is_judged_and_the_step_is_taken(learner: Learner) -> None:
    page = learner.page
    page.keyboard.press("q")
    asked = learner.get("/question")["question"]
    expect(page.locator("#question-title")).to_have_text(asked["prompt"])
    wrong = next(option for option in asked["options"] if not _right(learner, asked, option["name"]))
    before = learner.revision
    page.click(f"[data-answer={wrong['name']}]")
    page.wait_for_selector(f"[data-ready=true]:not([data-revision='{before}'])")
    assert learner.position == (0, 1)
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("Not quite")
    expect(verdict).to_contain_text(wrong["title"])
    expect(page.locator(".score summary")).to_have_text("0 of 1 right")
    # The next operation is of the same kind, and so is its question: what was missed is asked again.
    page.wait_for_selector("[data-answer]")
    again = learner.get("/question", kind=asked["kind"])["question"]
    expect(page.locator("#question-title")).to_have_text(again["prompt"])
    right = next(option for option in again["options"] if _right(learner, again, option["name"]))
    page.click(f"[data-answer={right['name']}]")
    expect(page.locator(".score summary")).to_have_text("1 of 2 right")
    expect(verdict).to_contain_text("Right")


def test_a_number_is_typed_as_people_write_it(learner: Learner) -> None:
    page = learner.page
    page.keyboard.press("q")
    while page.locator("input[name=answer]").count() == 0:
        page.wait_for_selector("#question-title:not(:text('…'))")
        if page.locator("input[name=answer]").count() == 0:
            learner.press("ArrowRight")
            page.wait_for_selector("[data-answer], input[name=answer]")
    position = learner.position
    page.fill("input[name=answer]", "about one")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=answer]")).to_have_attribute("aria-invalid", "true")
    assert learner.position == position
    page.fill("input[name=answer]", "-123,5")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_contain_text("You said -123,5")
    assert learner.position[1] == position[1] + 1


def test_predicting_can_be_left_and_asks_nothing_at_the_end(learner: Learner) -> None:
    page = learner.page
    page.click("#predict")
    learner.press("End")
    expect(page.locator("#question-title")).to_have_text("This iteration is done")
    page.keyboard.press("q")
    expect(page.locator(".question")).to_have_count(0)


def _right(learner: Learner, asked: dict[str, object], answer: str) -> bool:
    body = {"operation": asked["operation"], "kind": asked["kind"], "answer": answer}
    return bool(learner.api.post(f"/api/sessions/{learner.session}/answer", json=body).json()["right"])
