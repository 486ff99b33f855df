"""Notation on the page: chosen once, it is everywhere; and formulas leave it as they stand there."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.steps.notation import notations
from app.steps.signs import bare

from .learner import Learner


def leaves(math: Any) -> str:
    return math if isinstance(math, str) else "".join(leaves(child) for child in math[2:])


def to_the_middle_of_the_backward_pass(learner: Learner) -> None:
    for key in ("4", "ArrowRight", "ArrowRight", "1", "ArrowRight", "ArrowRight", "ArrowRight"):
        learner.press(key) if key.startswith("Arrow") else learner.page.keyboard.press(key)


def test_the_notation_that_is_chosen_is_everywhere(learner: Learner) -> None:
    to_the_middle_of_the_backward_pass(learner)
    learner.page.click("#view")
    learner.page.keyboard.press("Escape")
    for notation in notations:
        learner.page.locator(f"#preferences [value={notation.name}]").evaluate("(radio) => radio.click()")
        told = learner.state(notation=notation.name)["step"]["explanation"]
        expect(learner.page.locator(".inspector .formula").nth(1)).to_have_text(leaves(told["formula"]["named"]))
        signs = bare(notation)
        expect(learner.page.locator(".legend")).to_contain_text(f"delta {signs['dz']}")
        expect(learner.page.locator(".legend")).to_contain_text(f"gradient {signs['dW']}")
        kin = [signs[kind] for kind in ("W", "Wa", "Wdz", "dW", "W.new")]
        assert learner.page.locator(".kin-sign").all_text_contents() == kin
        above = learner.page.locator("svg.picture text", has_text=f"{signs['a']} 0.648")
        expect(above).to_have_count(1)


def test_a_key_turns_to_the_next_notation_and_the_address_and_a_reload_keep_it(learner: Learner) -> None:
    learner.press("ArrowRight")
    session = learner.session
    learner.page.keyboard.press("o")
    expect(learner.page.locator(".inspector .formula").nth(1)).to_contain_text("11(2)·z1(1)")
    assert "notation=course" in learner.page.url
    learner.open(f"/#session={session}")
    expect(learner.page.locator(".inspector .formula").nth(1)).to_contain_text("11(2)·z1(1)")
    learner.open(f"/#session={session}&notation=code")
    expect(learner.page.locator(".inspector .formula").nth(1)).to_contain_text("W[1][0][0]")


def test_a_notation_that_there_is_not_is_left_for_the_usual_one(learner: Learner) -> None:
    learner.press("ArrowRight")
    session = learner.session
    learner.open(f"/#session={session}&notation=runes")
    expect(learner.page.locator(".inspector .formula").nth(1)).to_contain_text("11(1)·a1(0)")
    expect(learner.page.get_by_role("alert")).to_be_empty()


def test_where_batch_and_example_matter_the_course_note_names_them_all(learner: Learner) -> None:
    dialog = learner.set_up()
    dialog.get_by_label("Batch size").fill("2")
    dialog.get_by_role("button", name="Change and go on").click()
    dialog.wait_for(state="hidden")
    learner.page.keyboard.press("o")
    to_the_middle_of_the_backward_pass(learner)
    expect(learner.page.locator(".inspector .formula").first).to_contain_text("δj[L][t][k]·zi[L−1][t][k]")
    expect(learner.page.locator(".inspector .formula").nth(1)).to_contain_text("δ1[3][1][1]·z1[2][1][1]")


@pytest.mark.parametrize("secure", [True, False], ids=["clipboard", "fallback"])
@pytest.mark.parametrize(("title", "name"), [("LaTeX", "latex"), ("MathML", "mathml"), ("plain text", "text")])
def test_what_is_copied_is_what_is_shown(learner: Learner, title: str, name: str, secure: bool) -> None:
    page = learner.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not secure:
        page.evaluate("() => { Clipboard.prototype.writeText = () => Promise.reject(new Error()); }")
    learner.press("End")
    wanted = learner.get("/explanations/b2.new/written", index="0")[name]
    page.get_by_label("Copy as").select_option(label=title)
    for label, line in (("Rule", "rule"), ("Here", "named"), ("With numbers", "numbers")):
        assert copied(page, f"Copy: {label}") == wanted[line]
    assert copied(page, "Copy the whole derivation") == wanted["whole"]


def copied(page: Page, label: str) -> str:
    button = page.get_by_role("button", name=label, exact=True)
    button.click()
    expect(button).to_have_text("copied")
    expect(page.get_by_role("status").filter(has_text="copied")).to_have_count(1)
    return str(page.evaluate("() => navigator.clipboard.readText()"))


def test_the_menu_of_the_view_opens_and_closes_by_keyboard(learner: Learner) -> None:
    learner.press("ArrowRight")
    button, menu = learner.page.locator("#view"), learner.page.locator("#preferences")
    button.focus()
    learner.page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    learner.page.keyboard.press("Tab")
    learner.page.keyboard.press("ArrowDown")
    expect(menu.get_by_label("Course note")).to_be_checked()
    menu.get_by_label("More digits").click()
    expect(menu.locator("output")).to_have_text("4")
    assert learner.position == (0, 1)
    learner.page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
