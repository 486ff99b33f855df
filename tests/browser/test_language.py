"""Another language, from end to end: guessed, chosen while one looks, kept, and nothing left in English."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from app.words import SPOKEN, Message, languages
from tests.server import Server

from .axe import violations
from .learner import Learner
from .strict import strict

TABS = ("network", "graph", "both", "training", "function", "answers", "landscape", "numbers", "layers", "compare")

#: Every text that is drawn or read aloud, each by itself.
SAID = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) found.push(node.data.trim());
    else for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"])
      found.push(node.getAttribute(name) ?? "");
  }
  return [...new Set(found.filter((text) => /[A-Za-z]{2}/.test(text)))];
}"""

#: In each row of controls, those that lie on one another, and rows that are wider than their place.
CROWDED = """(rows) => rows.flatMap((row) => [...document.querySelectorAll(row)].flatMap((box) => {
  const drawn = (part) => part.getClientRects().length && getComputedStyle(part).position !== "absolute";
  const parts = [...box.children].filter(drawn);
  const at = parts.map((part) => part.getBoundingClientRect());
  const before = (a, b, from, to) => a[from] < b[to] - 1 && b[from] < a[to] - 1;
  const over = (a, b) => before(a, b, "left", "right") && before(a, b, "top", "bottom");
  const pairs = parts.flatMap((part, k) => parts.slice(k + 1).filter((_, j) => over(at[k], at[k + 1 + j]))
    .map((other) => `${row}: ${part.textContent} on ${other.textContent}`));
  const wide = box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === "visible";
  return wide ? [...pairs, `${row}: too wide`] : pairs;
}))"""
ROWS = (
    *(".header", ".tools", ".transport", ".bar", ".train", ".facts", ".choices", ".which", ".legend", ".task"),
    *(".track-names", ".copying"),
)


def patterns(language: str) -> list[re.Pattern[str]]:
    """What a text looks like that is said in a language; marks and what stands between them are texts of their own."""

    def forms(message: Message) -> list[str]:
        return [message] if isinstance(message, str) else list(message.values())

    words = languages[language]
    texts = [text for section in SPOKEN for message in words.sections[section].values() for text in forms(message)]
    pieces = {piece.strip() for text in texts for piece in re.split(r"[*`]", text)}
    wanted = [piece for piece in pieces if re.search("[A-Za-z]{3}", re.sub(r"\{.*?\}", "", piece))]
    return [re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(piece))) for piece in wanted]


ENGLISH, OWN = patterns("en"), patterns("de")


def english(page: Page) -> list[str]:
    """The texts on the page that the English catalogue has and the German one has not."""
    texts: list[str] = page.evaluate(SAID)
    return [
        text
        for text in texts
        if any(pattern.fullmatch(text) for pattern in ENGLISH) and not any(pattern.fullmatch(text) for pattern in OWN)
    ]


@pytest.fixture
def german(newcomer: Learner) -> Learner:
    """Someone at the page in German, which has just opened."""
    newcomer.open("/#language=de")
    return newcomer


def test_the_language_is_guessed_from_the_browsers(browser: Browser, server: Server, complaints: list[str]) -> None:
    context = browser.new_context(base_url=server.url, locale="de-AT")
    with strict(context.new_page(), server.url, complaints) as page:
        page.goto("/")
        expect(page.locator("html")).to_have_attribute("lang", "de")
        expect(page).to_have_title("Stepgrad: ein neuronales Netz, Schritt für Schritt")
        expect(page.locator("#setup")).to_have_text("Einrichten")
        assert "language" not in page.url
    context.close()


def test_a_whole_iteration_is_told_in_german(german: Learner, long: bool) -> None:
    """At every operation; only at every third, unless there is time for all."""
    page = german.page
    page.locator(".hint-card .quiet").click()
    operations = german.state()["position"]["operations"]
    for k in range(0, operations, 1 if long else 3):
        german.skip(0 if long or k == 0 else 2)
        german.press("ArrowRight")
        step = german.state(language="de")["step"]
        expect(page.locator("#inspector-title")).to_have_text(step["explanation"]["title"])
        assert page.locator(".inspector .sentence").inner_text() == step["explanation"]["sentence"]
        assert step["explanation"]["sentence"] != german.state()["step"]["explanation"]["sentence"]
        assert k % 8 or english(page) == []
    german.press("End")
    expect(page.locator(".next")).to_contain_text("Die Kosten dieses Batchs gingen von")


def test_no_view_has_english_left(german: Learner) -> None:
    page = german.page
    page.locator(".picture [data-tensor=W2][data-index]").first.focus()
    page.keyboard.press("Enter")
    german.press("End")
    for name in TABS:
        page.click(f"#tab-{name}")
        expect(page.locator("[role=tabpanel] section").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert english(page) == [], name
    page.keyboard.press("s")
    expect(page.get_by_role("dialog", name="Einrichten")).to_be_visible()
    assert english(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="So funktioniert es")).to_be_visible()
    assert english(page) == []
    page.keyboard.press("Escape")
    page.click("#view")
    expect(page.locator("#preferences")).to_be_visible()
    assert english(page) == []
    assert violations(page) == []


def test_english_that_is_left_would_be_found(learner: Learner) -> None:
    assert {"Set up", "One step at a time"} - set(english(learner.page)) == {"One step at a time"}


@pytest.mark.parametrize("width", [360, 1280])
def test_longer_words_overlap_nothing(german: Learner, width: int) -> None:
    page = german.page
    page.set_viewport_size({"width": width, "height": 780})
    for key in ("ArrowRight", "End"):
        for name in TABS:
            page.evaluate("(name) => document.getElementById(`tab-${name}`).click()", name)
            expect(page.locator("[role=tabpanel] section").first).to_be_visible()
            assert page.evaluate(CROWDED, list(ROWS)) == [], name
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement?.blur()")
        german.press(key)


def test_another_language_is_chosen_while_one_looks_and_nothing_is_lost(learner: Learner) -> None:
    page = learner.page
    for _ in range(5):
        learner.press("ArrowRight")
    page.locator(".picture [data-tensor=W1][data-index]").first.focus()
    page.keyboard.press("Enter")
    session, position, picture = learner.session, learner.position, learner.numbers(".picture")
    page.click("#view")
    page.click("[data-language=de]")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator(".inspector .badge")).to_have_text("Ausgewählt")
    expect(page.locator("#inspector-title")).to_contain_text("Gewicht von Eingang x₁")
    expect(page.locator(".goal")).to_contain_text("Lerne")
    assert (learner.session, learner.position, learner.numbers(".picture")) == (session, position, picture)
    assert "language=de" in page.url
    assert "number=W1:" in page.url
    page.reload()
    expect(page.locator(".inspector .badge")).to_have_text("Ausgewählt")
    page.goto("/")
    expect(page.locator("#setup")).to_have_text("Einrichten")
    page.goto("/#language=en")
    page.reload()
    expect(page.locator("#setup")).to_have_text("Set up")


def test_a_language_that_there_is_not_gives_way_to_the_browsers(learner: Learner, complaints: list[str]) -> None:
    learner.page.goto("/#language=tlh")
    learner.page.reload()
    expect(learner.page.locator("#setup")).to_have_text("Set up")
    assert "language" not in learner.page.url
    complaints[:] = [one for one in complaints if "422" not in one]
