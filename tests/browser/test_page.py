"""The page around the steps: keys, edits, other inputs, other rows, and what happens when something goes wrong."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.learner import Learner
from tests.server import Server


def test_the_page_opens_on_a_task_and_one_invitation(learner: Learner) -> None:
    expect(learner.page.get_by_text("Learn to answer 1 when exactly one of two inputs is 1.")).to_be_visible()
    expect(learner.page.get_by_text("Press → to compute the first number.")).to_be_visible()
    for panel in learner.page.locator(".page, .side, .board").all():
        stray = panel.evaluate("({ childNodes }) => [...childNodes].map(({ nodeValue }) => nodeValue).filter(Boolean)")
        assert stray == []


@pytest.mark.parametrize(
    ("keys", "position"),
    [
        ("ArrowRight ArrowRight ArrowLeft", 1),
        ("End", 57),
        ("End Home", 0),
        ("2 ArrowRight", 4),
        ("3 ArrowRight", 12),
        ("4 ArrowRight", 17),
        ("] ] ArrowRight", 12),
        ("] ] [ ArrowRight", 4),
        ("ArrowRight r", 0),
    ],
)
def test_a_key_does_what_the_help_says(learner: Learner, keys: str, position: int) -> None:
    for key in keys.split():
        learner.page.keyboard.press(key)
    expect(learner.page.locator("output.position")).to_have_attribute("data-operation", str(position))


def test_help_lists_every_key_and_closes_again(learner: Learner) -> None:
    learner.page.keyboard.press("?")
    help_dialog = learner.page.get_by_role("dialog")
    for does in ("one step forward", "undo an edit", "what if", "more digits"):
        expect(help_dialog).to_contain_text(does)
    learner.page.keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()


def test_play_goes_on_by_itself_until_paused(learner: Learner) -> None:
    learner.page.keyboard.press("Space")
    position = learner.page.locator("output.position")
    expect(position).to_have_attribute("data-operation", re.compile("[3-9]|[1-9][0-9]"), timeout=10_000)
    learner.page.keyboard.press("Space")
    paused = position.get_attribute("data-operation")
    learner.press("ArrowRight")
    assert learner.position[1] == int(str(paused)) + 1


@pytest.mark.parametrize(("typed", "value"), [("1/3", 1 / 3), ("0,5", 0.5), ("-2e-1", -0.2)])
def test_a_weight_is_typed_in_as_people_write_it_and_can_be_taken_back(
    learner: Learner, typed: str, value: float
) -> None:
    before = learner.state()["tensors"]["W1"][0][0]
    learner.page.keyboard.press("e")
    field = learner.page.locator(".value-field input")
    expect(field).to_be_focused()
    field.fill(typed)
    field.press("Enter")
    expect(learner.page.locator("svg.picture .number[data-tensor=W1]").first).to_have_attribute(
        "data-value", str(value)
    )
    assert learner.state()["tensors"]["W1"][0][0] == value
    learner.page.keyboard.press("Escape")
    learner.press("Control+z")
    assert learner.state()["tensors"]["W1"][0][0] == before


def test_what_is_not_a_number_is_not_taken_for_a_weight(learner: Learner) -> None:
    learner.page.keyboard.press("e")
    learner.page.locator(".value-field input").fill("a third")
    learner.page.locator(".value-field input").press("Enter")
    expect(learner.page.locator("#value-field-hint")).to_contain_text("A number, such as")
    assert learner.revision == 0


def test_other_inputs_are_tried_without_touching_the_session(learner: Learner) -> None:
    learner.page.keyboard.press("w")
    learner.page.locator(".guess input").first.fill("0.7")
    learner.page.locator(".guess input").first.press("Enter")
    wanted = learner.api.post(f"/api/sessions/{learner.session}/predict", json={"inputs": [[0.7, 1]]}).json()
    output = wanted["layers"][-1][0][0]
    expect(learner.page.locator("svg.picture .number[data-tensor=a2]").first).to_have_attribute(
        "data-value", str(output)
    )
    assert learner.revision == 0
    learner.page.keyboard.press("Escape")
    learner.page.keyboard.press("Escape")
    expect(learner.page.locator(".guess")).to_have_count(0)


def test_any_row_of_the_data_can_be_shown(learner: Learner) -> None:
    learner.press("End")
    learner.page.get_by_role("button", name=re.compile("^Show example 2")).click()
    shown = learner.state(example=1)["tensors"]["a2"][-1][0]
    expect(learner.page.locator("svg.picture .number[data-tensor=a2]").first).to_have_attribute(
        "data-value", str(shown)
    )


def test_a_view_survives_a_reload(learner: Learner) -> None:
    for _ in range(5):
        learner.press("ArrowRight")
    picture, session = learner.picture(), learner.session
    learner.page.reload()
    learner.page.wait_for_selector("[data-ready=true]")
    assert learner.session == session
    assert learner.position == (0, 5)
    assert learner.picture() == picture


def test_a_failed_request_is_said_once_and_the_page_goes_on(learner: Learner, complaints: list[str]) -> None:
    def fail(route: Route) -> None:
        route.fulfill(
            status=500,
            json={"error": {"code": "internal_error", "message": "Something broke.", "hint": "Try it.", "where": ""}},
        )

    learner.press("ArrowRight")
    learner.page.route("**/step?*", fail)
    learner.page.keyboard.press("ArrowRight")
    expect(learner.page.get_by_role("alert")).to_contain_text("Something broke.")
    assert learner.position == (0, 1)
    learner.page.unroute("**/step?*", fail)
    learner.press("ArrowRight")
    assert learner.position == (0, 2)
    complaints[:] = [said for said in complaints if "500" not in said]


def test_a_view_that_does_not_come_is_asked_for_again_only_by_a_person(learner: Learner, complaints: list[str]) -> None:
    asked: list[str] = []

    def fail(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    learner.page.route("**/views/help.js", fail)
    learner.page.keyboard.press("?")
    expect(learner.page.get_by_text("Not drawn: what was opened.")).to_be_visible()
    assert len(asked) == 1
    learner.page.unroute_all()
    learner.page.get_by_role("button", name="Try again").click()
    expect(learner.page.get_by_role("dialog")).to_be_visible()
    complaints.clear()


def test_a_server_that_does_not_answer_is_said_and_the_page_goes_on(learner: Learner, complaints: list[str]) -> None:
    learner.page.route("**/step?*", lambda route: route.abort())
    learner.page.keyboard.press("ArrowRight")
    expect(learner.page.get_by_role("alert")).to_contain_text("does not answer")
    learner.page.unroute_all()
    learner.press("ArrowRight")
    assert learner.position == (0, 1)
    complaints[:] = [said for said in complaints if "ERR_FAILED" not in said]


def test_an_answer_that_was_lost_is_asked_for_again_and_the_step_made_once(
    learner: Learner, complaints: list[str]
) -> None:
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.headers["idempotency-key"])
        if len(lost) % 2 == 0:
            route.fallback()
        elif route.fetch().ok and len(lost) == 1:
            route.abort()
        else:
            route.fulfill(status=502)

    learner.page.route("**/step?*", lose)
    learner.press("ArrowRight")
    learner.press("ArrowRight")
    assert learner.position == (0, 2)
    assert learner.state()["position"]["operation"] == 2
    first, again, second, again_second = lost
    assert first == again != second == again_second
    expect(learner.page.get_by_role("alert")).to_be_hidden()
    complaints[:] = [said for said in complaints if "ERR_FAILED" not in said and "502" not in said]


def test_a_session_that_is_gone_can_be_started_again_with_the_same_network(
    learner: Learner, complaints: list[str]
) -> None:
    gone = learner.session
    spec = learner.state()["spec"]
    learner.lose(gone)
    learner.page.keyboard.press("ArrowRight")
    learner.page.get_by_text("Start again with the same network").click()
    learner.page.wait_for_selector(f"[data-ready=true]:not([data-session='{gone}'])")
    assert learner.state()["spec"] == spec
    complaints[:] = [said for said in complaints if "404" not in said]


def test_a_session_that_was_changed_and_is_gone_starts_again_as_it_was_changed(
    learner: Learner, complaints: list[str]
) -> None:
    learner.preset("two_two_two")
    given, gone = learner.state()["tensors"]["W1"], learner.session
    learner.change_optimizer("Adam")
    learner.lose(gone)
    learner.page.keyboard.press("ArrowRight")
    learner.page.get_by_text("Start again with the same network").click()
    learner.page.wait_for_selector(f"[data-ready=true]:not([data-session='{gone}'])")
    state = learner.state()
    assert (state["spec"]["optimizer"]["name"], state["tensors"]["W1"]) == ("adam", given)
    complaints[:] = [said for said in complaints if "404" not in said]


def test_an_edit_by_somebody_else_shows_and_their_steps_ask_for_no_number_twice(learner: Learner) -> None:
    asked: list[str] = []
    learner.page.on("request", lambda request: asked.append(request.url) if "/tape/0" in request.url else None)
    path = f"/api/sessions/{learner.session}"
    for _ in range(3):
        learner.api.post(f"{path}/step", json={}).raise_for_status()
    learner.press("ArrowRight")
    assert (learner.position, asked) == ((0, 4), [])
    edit = {"changes": [{"tensor": "W1", "index": [0, 0], "value": 0.75}]}
    learner.api.patch(f"{path}/parameters", json=edit).raise_for_status()
    learner.press("ArrowRight")
    weight = learner.page.locator("svg.picture .number[data-tensor=W1]").first
    expect(weight).to_have_attribute("data-value", "0.75")


def test_a_late_explanation_never_replaces_a_newer_one(learner: Learner) -> None:
    learner.press("End")
    held: list[Route] = []
    learner.page.route("**/explanations/a1?*", lambda route: held.append(route))
    learner.page.locator("svg.picture [data-tensor=a1][data-index='0']").first.click()
    learner.page.locator("svg.picture [data-tensor=a2]").first.click()
    inspector = learner.page.locator("section.inspector")
    expect(inspector).to_contain_text("output XOR")
    for route in held:
        route.continue_()
    learner.page.wait_for_load_state("networkidle")
    expect(inspector).to_contain_text("output XOR")
    expect(inspector).not_to_contain_text("Activation of hidden neuron 1")


def test_the_api_documentation_needs_nothing_from_elsewhere(page: Page, server: Server) -> None:
    page.goto("/docs")
    expect(page.get_by_text("/api/sessions/{session_id}/forward").first).to_be_visible()


def test_every_drawn_neuron_and_link_has_a_name_with_its_value(learner: Learner) -> None:
    learner.press("End")
    drawn = learner.page.locator("svg.picture [role=button]")
    names = [node.get_attribute("aria-label") for node in drawn.all()]
    assert len(names) >= 6 + 9
    assert all(name and re.search(r"\d", name) for name in names)
    expect(learner.page.locator("#spoken")).not_to_be_empty()


def test_keys_that_print_a_character_can_be_turned_off_and_stay_off(learner: Learner) -> None:
    learner.page.locator("#view").click()
    letters = learner.page.get_by_role("checkbox", name="Letter keys")
    expect(letters).to_be_checked()
    letters.uncheck()
    learner.page.keyboard.press("Escape")
    learner.page.reload()
    learner.page.wait_for_selector("[data-ready=true]")
    for key in ("3", "t", "w", ".", "Shift+n", "s", "e", "?"):
        learner.page.keyboard.press(key)
    expect(learner.page.get_by_role("dialog")).to_have_count(0)
    expect(learner.page.locator(".guess")).to_have_count(0)
    learner.press("ArrowRight")
    assert learner.position == (0, 1)
    for key, operation in (("End", 57), ("Home", 0)):
        learner.press(key)
        assert learner.position == (0, operation)
    learner.page.locator("#view").click()
    letters.check()
    learner.page.keyboard.press("Escape")
    learner.page.keyboard.press("s")
    expect(learner.page.get_by_role("dialog")).to_be_visible()
