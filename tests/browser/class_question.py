"""A question to a class, from the step itself: asked, answered, presented, counted and revealed."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from .axe import violations
from .room import PHONE, Room, at, spotlight


def predict(room: Room) -> None:
    """A question from the step itself: answered by all, changed by one, counted, revealed with its step."""
    page = room.page
    asked = _ask(room)
    names = [option["name"] for option in asked["options"]]
    cards = [one.page.locator(".room-question") for one in room.students]
    for card in cards:
        expect(card.locator("h2")).to_contain_text(asked["text"])
        expect(card.locator(".tally")).to_have_count(0)
    for k, card in enumerate(cards):
        card.locator(f"[data-answer='{names[min(k, 1)]}']").click()
    cards[2].locator(f"[data-answer='{names[0]}']").click()
    expect(page.locator("#answered")).to_have_text("5 of 5 answered")
    expect(cards[2].locator(f"[data-answer='{names[0]}']")).to_have_attribute("aria-pressed", "true")
    for student in room.students[:2]:
        assert violations(student.page) == []
    presenter = page.context.new_page()
    presenter.goto(f"/?present={room.code}")
    _present(presenter, [2, 3])
    _reveal(room, presenter, asked["operation"])
    _counted(room, cards, names)
    presenter.close()
    page.click("#put-away")
    for card in cards:
        expect(card).to_have_count(0)


def _ask(room: Room) -> Any:
    """Look for a question about a sign, and ask it; what the API says of it."""
    page = room.page
    page.keyboard.press("a")
    page.locator("#ask-step").wait_for()
    assert violations(page) == []
    offered = page.locator(".asking-text + .hint")
    while "above 0" not in (before_it := offered.inner_text()):
        page.click("#ask-other")
        expect(offered).not_to_have_text(before_it)
    page.click("#ask-step")
    expect(room.students[0].page.locator(".room-question")).to_be_visible()
    return spotlight(room)["question"]


def _present(presenter: Page, counts: list[int]) -> None:
    """Notes that stay, the tally while it grows, and who is where; the dark and the phone are no hindrance."""
    expect(presenter.locator(".presenter-who tbody tr")).to_have_count(5)
    expect(presenter.locator(".presenter-who tbody tr", has_text="✓")).to_have_count(5)
    card = presenter.locator(".room-question")
    expect(card.locator(".bars")).to_be_visible()
    assert _tally(card)[:2] == counts
    presenter.get_by_label("Notes").fill("Ask what the slope does.")
    assert violations(presenter) == []
    presenter.reload()
    expect(presenter.get_by_label("Notes")).to_have_value("Ask what the slope does.")
    presenter.set_viewport_size(PHONE)
    presenter.emulate_media(color_scheme="dark")
    expect(presenter.locator("#reveal")).to_be_visible()
    assert violations(presenter) == []


def _reveal(room: Room, presenter: Page, operation: int) -> None:
    """It is revealed by the step that computes it."""
    before = room.teacher.position
    assert operation == before[1]
    presenter.click("#reveal")
    at(room.teacher, (before[0], before[1] + 1))
    room.follow(room.teacher)


def _counted(room: Room, cards: list[Locator], names: list[str]) -> None:
    """All see how often each answer and each mistake was given, and whether their own was right."""
    tally = spotlight(room)["question"]["tally"]
    assert [choice["count"] for choice in tally["choices"]][:2] == [2, 3]
    right = next(choice["answer"] for choice in tally["choices"] if choice["right"])
    expect(room.page.locator(".room-right")).to_have_text(f"It is {tally['right']}.")
    value = room.teacher.state()["step"]["explanation"]["value"]
    assert right == ("positive" if value > 0 else "negative" if value < 0 else "zero")
    for k, card in enumerate(cards):
        expect(card).to_have_attribute("data-revealed", "true")
        assert _tally(card) == [choice["count"] for choice in tally["choices"]]
        mine = names[0] if k in (0, 2) else names[1]
        expect(card.locator(".verdict")).to_have_class("verdict good" if mine == right else "verdict bad")
        assert [int(one.get_attribute("data-count") or 0) for one in card.locator("[data-mistake]").all()] == [
            mistake["count"] for mistake in tally["mistakes"]
        ]
    assert violations(room.students[0].page) == []
    assert violations(room.page) == []


def _tally(card: Locator) -> list[int]:
    return [int(one.get_attribute("data-count") or -1) for one in card.locator(".bars li").all()]
