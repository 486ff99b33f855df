"""axe-core finds nothing on any view: light, dark and forced colours, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .axe import violations
from .learner import Learner

TABS = ("network", "graph", "both", "training", "function", "answers", "landscape", "numbers", "layers", "compare")


def tab(name: str) -> Callable[[Learner], None]:
    def choose(learner: Learner) -> None:
        learner.page.click(f"#tab-{name}")
        expect(learner.page.locator("[role=tabpanel]")).to_have_attribute("aria-labelledby", f"tab-{name}")

    return choose


def invitation(learner: Learner) -> None:
    expect(learner.page.locator("#tour")).to_be_visible()


def tour(learner: Learner) -> None:
    learner.page.click("#tour")
    learner.page.locator(".tour-card .primary").click()
    expect(learner.page.locator(".tour-card")).to_contain_text("2 of 5")


def selected(learner: Learner) -> None:
    learner.page.keyboard.press("Escape")
    learner.page.locator(".picture [data-tensor=W2][data-index]").first.focus()
    learner.page.keyboard.press("Enter")
    learner.press("End")
    learner.page.get_by_role("button", name="Nudge it").click()
    expect(learner.page.locator(".proof")).to_be_visible()


def own_data(learner: Learner) -> None:
    dialog = learner.set_up()
    dialog.get_by_label("Data").select_option(label="Your own table…")
    dialog.get_by_label("or paste the table").fill("a,b,c\n1,2,x\n3,4,y\n5,6,x\n7,8,y")
    expect(dialog.locator(".columns")).to_be_visible()


def help_dialog(learner: Learner) -> None:
    learner.page.keyboard.press("Escape")
    learner.page.get_by_role("dialog").wait_for(state="hidden")
    learner.page.keyboard.press("?")
    expect(learner.page.get_by_role("dialog")).to_be_visible()


def menu(learner: Learner) -> None:
    learner.page.keyboard.press("Escape")
    learner.page.get_by_role("dialog").wait_for(state="hidden")
    learner.page.click("#view")
    expect(learner.page.locator("#preferences")).to_be_visible()


def question(learner: Learner) -> None:
    learner.page.keyboard.press("Escape")
    learner.press("Home")
    learner.page.keyboard.press("q")
    expect(learner.page.locator(".question .answers")).to_be_visible()


def what_if(learner: Learner) -> None:
    learner.page.keyboard.press("q")
    learner.page.keyboard.press("w")
    expect(learner.page.locator(".guess")).to_be_visible()


def edited_data(learner: Learner) -> None:
    learner.page.keyboard.press("Escape")
    learner.page.click("#edit-data")
    expect(learner.page.get_by_role("dialog", name="Edit data")).to_be_visible()


def opened(key: str, name: str) -> Callable[[Learner], None]:
    def visit(learner: Learner) -> None:
        learner.page.keyboard.press("Escape")
        learner.page.get_by_role("dialog").wait_for(state="hidden")
        learner.page.keyboard.press(key)
        expect(learner.page.get_by_role("dialog", name=name)).to_be_visible()

    return visit


def projector(learner: Learner) -> None:
    learner.page.keyboard.press("Shift+P")
    expect(learner.page.locator("#leave-projector")).to_be_visible()


def building(learner: Learner) -> None:
    learner.page.keyboard.press("Escape")
    learner.page.get_by_role("dialog").wait_for(state="hidden")
    learner.page.keyboard.press("b")
    expect(learner.page.locator(".build-bar")).to_be_visible()


def typed_in(learner: Learner) -> None:
    learner.page.keyboard.press("Escape")
    learner.page.keyboard.press("f")
    learner.page.keyboard.press("e")
    expect(learner.page.locator(".value-field input")).to_be_focused()


def diagnosis(learner: Learner) -> None:
    learner.page.keyboard.press("Escape")
    learner.page.keyboard.press("Escape")
    learner.preset("dead_neurons")
    learner.page.get_by_text("1 thing to notice").click()
    expect(learner.page.locator("[data-finding=dead_relu]")).to_be_visible()


def link(learner: Learner) -> None:
    learner.page.locator("#link").click()
    expect(learner.page.get_by_role("dialog", name="A link to what you see")).to_be_visible()


def stopped(learner: Learner) -> None:
    learner.page.locator(".stops summary").click()
    learner.page.locator(".stops").get_by_role("button", name="Update").click()
    learner.press("Home")
    learner.press("h")
    expect(learner.page.locator(".task .stopped")).to_be_visible()


def trained(learner: Learner) -> None:
    learner.page.click("#tab-training")
    learner.page.keyboard.press("g")
    expect(learner.page.locator("#train")).to_have_attribute("aria-pressed", "true")
    learner.page.keyboard.press("g")
    expect(learner.page.locator("#train")).to_have_attribute("aria-pressed", "false")


VIEWS: dict[str, Callable[[Learner], None]] = {
    "invitation": invitation,
    "tour": tour,
    "selected": selected,
    **{name: tab(name) for name in TABS},
    "own data": own_data,
    "help": help_dialog,
    "menu": menu,
    "question": question,
    "what if": what_if,
    "edited data": edited_data,
    "sessions": opened("l", "Your sessions"),
    "link": link,
    "take away": opened("x", "Take away"),
    "building": building,
    "typed in": typed_in,
    "diagnosis": diagnosis,
    "trained": trained,
    "stopped": stopped,
    "projector": projector,
}
MAIN = ("selected", "network", "graph", "training", "function", "menu")


@pytest.mark.parametrize(
    ("colours", "width", "looked_at"),
    [("light", 1280, tuple(VIEWS)), ("dark", 360, tuple(VIEWS)), ("forced", 1280, MAIN)],
)
def test_axe_finds_nothing_on_any_view(
    learner: Learner, colours: str, width: int, looked_at: tuple[str, ...], long: bool
) -> None:
    learner.page.set_viewport_size({"width": width, "height": 800})
    if colours == "forced":
        learner.page.emulate_media(forced_colors="active")
    else:
        learner.page.emulate_media(color_scheme="dark" if colours == "dark" else "light")
    found = {}
    for name, visit in VIEWS.items():
        visit(learner)
        if long or name in looked_at:
            found[name] = violations(learner.page)
    assert {name: said for name, said in found.items() if said} == {}


def test_axe_finds_nothing_on_the_german_page(learner: Learner) -> None:
    learner.page.set_viewport_size({"width": 360, "height": 740})
    learner.open("/#language=de")
    found = violations(learner.page)
    learner.press("ArrowRight")
    expect(learner.page.locator(".stages")).to_contain_text("Regel")
    assert found + violations(learner.page) == []


def test_axe_finds_nothing_on_the_page_in_a_frame(newcomer: Learner) -> None:
    newcomer.page.set_viewport_size({"width": 360, "height": 740})
    newcomer.open("/?embed=1")
    newcomer.press("ArrowRight")
    expect(newcomer.page.locator(".leave-frame")).to_be_visible()
    assert violations(newcomer.page) == []


def test_axe_finds_what_is_wrong(learner: Learner) -> None:
    """The page's policy lets it run, and it looks at names, contrast and the size of targets."""
    learner.page.locator("tbody button").first.wait_for()
    learner.page.evaluate("""() => {
      document.querySelector("#help").replaceChildren();
      document.querySelector("#help").removeAttribute("aria-label");
      document.querySelector("#help").removeAttribute("title");
      document.querySelector(".goal").style.color = "#ddd";
      for (const button of document.querySelectorAll("tbody button")) button.style.minHeight = "0";
    }""")
    rules = {said.split(":")[0] for said in violations(learner.page)}
    assert {"button-name", "color-contrast", "target-size"} <= rules


STYLE = """(selector) => {
  const { fill, stroke, backgroundColor } = getComputedStyle(document.querySelector(selector));
  return { fill, stroke, backgroundColor };
}"""


def test_in_forced_colours_dashes_are_signs_and_what_is_current_or_chosen_stands_out(learner: Learner) -> None:
    page = learner.page
    page.emulate_media(forced_colors="active")

    def style(selector: str) -> dict[str, str]:
        found: dict[str, str] = page.evaluate(STYLE, selector)
        return found

    weights = learner.state()["tensors"]["W1"]
    for j, row in enumerate(weights):
        for i, weight in enumerate(row):
            link = f".link[data-tensor=W1][data-index='{j},{i}'] .line"
            assert (page.locator(link).get_attribute("stroke-dasharray") is not None) == (weight < 0)
            assert style(link)["stroke"] == style(".legend .line")["stroke"]
    learner.press("End")
    assert style(".chip.current .plate")["fill"] != style(".chip:not(.current) .plate")["fill"]
    for chosen in ("[role=tab][aria-selected={}]", ".step-by [aria-pressed={}]"):
        on, off = style(chosen.format("true")), style(chosen.format("false"))
        assert on["backgroundColor"] != off["backgroundColor"]
