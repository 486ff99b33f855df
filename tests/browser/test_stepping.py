"""Stepping in the browser: what the page shows is what the API says, there and back, at every granularity."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from app.steps.numbers import format_number

from .learner import Learner, Shown

OF_EXAMPLES = re.compile(r"(z|a|da|dz|max|sum|inner)\d+|y|share|own")
GRANULARITIES = ("operation", "neuron", "layer", "pass")
ROOM = 6
UPDATED = re.compile(r"([a-z]{0,1}|velocity|total|square)[Wb]\d+")


def element(values: Any, index: tuple[int, ...]) -> Any:
    for part in index:
        values = values[part]
    return values


def told(learner: Learner, state: Any, shown: Shown) -> Any:
    """What the API says of a number that is shown; None where it says that it is not written."""
    batch = state["batch"]
    if shown.tensor.startswith(("Wa", "Wdz")) or shown.tensor.endswith(".new"):
        return explained(learner, state, shown)
    if UPDATED.fullmatch(shown.tensor) and state["phase"] == "update":  # the state has those that are updated already
        return explained(learner, state, shown)
    values = state["tensors"][shown.tensor]
    if OF_EXAMPLES.fullmatch(shown.tensor):
        row = batch["shown"] if shown.row is None else shown.row
        values = values[batch["examples"].index(row)]
    return element(values, shown.index)


def explained(learner: Learner, state: Any, shown: Shown) -> Any:
    """The value in the API's explanation, asked for until it is written, which it is once in an iteration."""
    row = state["batch"]["shown"]
    number = state["id"], state["edition"], state["position"]["iteration"], shown.tensor, shown.index, row
    if learner.explained.get(number) is None:
        index = ",".join(map(str, shown.index))
        answer = learner.get(f"/explanations/{shown.tensor}", index=index, example=row)
        learner.explained[number] = answer["value"]
    return learner.explained[number]


def check(learner: Learner) -> None:
    """What is drawn is all there, and every number on the page equals the API's."""
    assert agreed(learner) >= sum(layer["units"] for layer in learner.state()["spec"]["layers"])


def agreed(learner: Learner) -> int:
    """How many numbers are on the page; each equals the API's, and is printed with the digits that are asked for."""
    state = learner.state()
    assert (state["position"]["iteration"], state["position"]["operation"]) == learner.position
    numbers = learner.numbers()
    for shown in numbers:
        value = told(learner, state, shown)
        if value is None:
            assert shown.value is None or not any(digit in shown.text for digit in "0123456789"), shown
            continue
        assert shown.value is not None, (shown, value)
        assert float(shown.value) == value, (shown, value)
        # A long one may have fewer digits in a neuron or a node.
        fewest = 3 if len(format_number(value, 3)) <= ROOM else 0
        assert any(format_number(value, digits) in shown.text for digits in range(fewest, 4)), (shown, value)
    return len(numbers)


def check_explanation(learner: Learner) -> None:
    """The explanation on the page is that of the step, value and sentence."""
    step = learner.state()["step"]
    if step is None:
        return
    inspector = learner.page.locator("section.inspector")
    expect(inspector).to_contain_text(step["explanation"]["title"])
    expect(inspector).to_contain_text(step["explanation"]["sentence"].rsplit(":", 1)[0])
    expect(inspector).to_contain_text(step["explanation"]["text"])


@pytest.mark.parametrize("preset", ["xor", "iris"])
@pytest.mark.parametrize("granularity", ["operation", "neuron", "layer", "pass"])
def test_through_an_iteration_the_page_shows_what_the_api_says(
    learner: Learner, preset: str, granularity: str, long: bool
) -> None:
    """At every step; of single operations only at some, unless there is time for all."""
    learner.preset(preset)
    for _ in range(GRANULARITIES.index(granularity)):
        learner.page.keyboard.press("]")
    check(learner)
    steps = 0
    while learner.position[0] == 0:
        if granularity == "operation" and not long:
            steps += learner.skip(8 if preset == "xor" else 24)
        learner.press("ArrowRight")
        check(learner)
        check_explanation(learner)
        steps += 1
    assert steps == len(stops(learner, granularity)) + 1
    learner.press("ArrowLeft")
    assert learner.position == (0, learner.state()["position"]["operations"])


@pytest.mark.parametrize("name", ["Adam", "Nesterov momentum"])
def test_the_numbers_that_an_optimizer_keeps_are_stepped_through_too(learner: Learner, name: str, long: bool) -> None:
    """At every operation of the update; only at every fifth, unless there is time for all."""
    learner.change_optimizer(name)
    for _ in range(3):
        learner.page.keyboard.press("]")
    for _ in range(3):
        learner.press("ArrowRight")
    for _ in range(3):
        learner.page.keyboard.press("[")
    while learner.position[0] == 0:
        check(learner)
        check_explanation(learner)
        if not long:
            learner.skip(4)
        learner.press("ArrowRight")


def stops(learner: Learner, granularity: str) -> set[int]:
    """Where an iteration stops, as the API steps through another session of the same spec."""
    spec = learner.state()["spec"]
    body = {"spec": spec, "data": {"name": learner.state()["data"]["name"]}}
    other = learner.api.post("/api/sessions", json=body).json()["id"]
    found: set[int] = set()
    while True:
        body = {"granularity": granularity, "direction": "next"}
        position = learner.api.post(f"/api/sessions/{other}/step?view=step", json=body).json()["position"]
        if position["iteration"]:
            return found
        found.add(position["operation"])


def test_back_to_the_start_the_picture_is_the_same_again(learner: Learner) -> None:
    pictures = [learner.picture()]
    for _ in range(25):
        learner.press("ArrowRight")
        pictures.append(learner.picture())
    assert len(set(pictures)) == len(pictures)
    for picture in reversed(pictures[:-1]):
        learner.press("ArrowLeft")
        assert learner.picture() == picture


def test_a_factor_leads_to_the_step_that_made_it(learner: Learner) -> None:
    learner.page.keyboard.press("End")
    expect(learner.page.locator("output.position")).to_have_attribute("data-operation", "57")
    learner.page.locator("section.inspector [data-operand]").last.click()
    made = learner.state()["step"]["explanation"]
    assert made["kind"] == "bias_gradient"
    check(learner)
    check_explanation(learner)


def test_a_number_that_is_clicked_is_explained_and_escape_returns(learner: Learner) -> None:
    learner.press("End")
    learner.page.locator("svg.picture [data-tensor=a1][data-index='1']").first.click()
    expect(learner.page.locator("section.inspector")).to_contain_text("hidden neuron 2")
    explained = learner.get("/explanations/a1", index="1")
    expect(learner.page.locator("section.inspector")).to_contain_text(explained["text"])
    learner.page.keyboard.press("Escape")
    check_explanation(learner)


def test_the_cost_is_named_before_and_after_the_update(learner: Learner) -> None:
    learner.press("End")
    cost = learner.state()["cost"]
    facts = learner.page.locator("#batch-cost")
    expect(facts).to_contain_text(format_number(cost["total"], 3))
    expect(facts).to_contain_text(format_number(cost["after"]["total"], 3))


def test_a_held_key_ends_where_as_many_presses_end(learner: Learner) -> None:
    for _ in range(30):
        learner.page.keyboard.press("ArrowRight")
    expect(learner.page.locator("output.position")).to_have_attribute("data-operation", "30")
    check(learner)


def test_a_penalty_stands_with_the_cost_and_is_stepped_through(learner: Learner) -> None:
    dialog = learner.set_up()
    dialog.get_by_text("Schedule, clipping, penalties").click()
    dialog.get_by_label("L2 penalty").fill("0.01")
    dialog.get_by_label("L1 penalty").fill("0.02")
    dialog.get_by_text("Change and go on").click()
    expect(dialog).to_be_hidden()
    spec = learner.state()["spec"]
    assert (spec["l2"], spec["l1"]) == (0.01, 0.02)
    penalties = [learner.page.locator(f"svg.picture .number[data-tensor=penalty_{name}]") for name in ("l2", "l1")]
    learner.press("End")
    for penalty in penalties:
        expect(penalty).to_have_count(1)
    check(learner)
    while learner.state()["phase"] != "loss":
        learner.press("ArrowLeft")
        check(learner)
    while learner.state()["phase"] == "loss":
        check(learner)
        check_explanation(learner)
        learner.press("ArrowLeft")
    learner.press("End")
    penalties[0].click()
    kin = learner.page.get_by_role("region", name="Numbers of the cost")
    for name in ("L2 penalty", "L1 penalty"):
        expect(kin).to_contain_text(name)
