"""Looking at and building on the picture: links, pins, layers, values, data; all of it by keyboard too."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.learner import Learner


def test_a_pinned_neuron_keeps_its_links_while_one_steps_until_escape(learner: Learner) -> None:
    page = learner.page
    page.keyboard.press("2")
    learner.press("ArrowRight")
    page.keyboard.press("Shift+F")
    expect(page.locator(".strong-links")).to_contain_text("Pinned: the links of hidden neuron 1")
    learner.press("ArrowRight")
    learner.press("ArrowRight")
    strong = page.locator(".link.strong")
    assert [node.get_attribute("data-id") for node in strong.all()] == ["l1.0.0", "l1.0.1", "l2.0.0"]
    expect(page.locator(".neuron [class=pin]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".link.dim")).to_have_count(0)


def test_the_choice_of_links_turns_by_a_key_and_is_kept(learner: Learner) -> None:
    page = learner.page
    page.keyboard.press("f")
    page.keyboard.press("f")
    expect(page.locator(".link.strong")).to_have_count(5)
    page.reload()
    expect(page.locator(".link.strong")).to_have_count(5)
    page.keyboard.press("f")
    expect(page.locator(".link.dim")).to_have_count(0)


def test_the_bias_as_a_neuron_selects_the_same_numbers(learner: Learner) -> None:
    page = learner.page
    page.click("#view")
    page.get_by_label("Bias as a neuron").check()
    page.keyboard.press("Escape")
    expect(page.locator(".one")).to_have_count(2)
    expect(page.locator(".chip")).to_have_count(0)
    page.locator('.link[data-id="b1.2"]').press("Enter")
    expect(page.locator('.kin-number[aria-pressed=true] .number[data-tensor=b1][data-index="2"]')).to_be_visible()


def shape(learner: Learner) -> list[tuple[int, str]]:
    return [(layer["units"], layer.get("activation", "")) for layer in learner.state()["spec"]["layers"]]


def test_layers_are_built_on_the_picture_by_pointer_and_taken_back(learner: Learner) -> None:
    page = learner.page
    before = shape(learner)
    page.click("#build")
    status = page.locator(".build-bar [role=status]")
    page.get_by_label("A neuron more in Hidden").click()
    expect(status).to_have_text("One neuron more in Hidden. All parameters are drawn anew; training starts over.")
    expect(page.locator('.neuron[data-id^="n1."]')).to_have_count(4)
    page.get_by_label("Add a hidden layer between Hidden and Output").click()
    expect(page.get_by_role("spinbutton", name="Neurons in Hidden 2")).to_have_attribute("aria-valuenow", "4")
    assert shape(learner) == [(2, ""), (4, "tanh"), (4, "tanh"), (1, "sigmoid")]
    page.get_by_label("Remove Hidden 1").click()
    expect(page.get_by_label("Remove Hidden 1")).to_have_count(0)
    expect(page.locator("#build-done")).to_be_focused()
    for _ in range(3):
        learner.press("Control+z")
    assert shape(learner) == before
    learner.press("Control+Shift+Z")
    assert shape(learner)[1] == (4, "tanh")


def test_layers_are_built_by_keyboard_alone(learner: Learner) -> None:
    page = learner.page
    page.keyboard.press("b")
    page.get_by_role("spinbutton", name="Neurons in Hidden").focus()
    learner.press("+")
    learner.press("ArrowUp")
    learner.press("-")
    assert shape(learner)[1][0] == 4
    learner.press("Delete")
    assert shape(learner) == [(2, ""), (1, "sigmoid")]
    page.keyboard.press("Escape")
    expect(page.locator(".build-bar")).to_have_count(0)
    expect(page.locator(".build-controls")).to_have_count(0)


def test_the_activation_and_the_loss_are_chosen_where_they_stand_and_parameters_stay(learner: Learner) -> None:
    page = learner.page
    learner.press("ArrowRight")
    parameters = learner.state()["tensors"]["W1"]
    page.keyboard.press("b")
    page.get_by_label("Activation of Hidden").select_option("relu")
    status = page.locator(".build-bar [role=status]")
    expect(status).to_have_text("Hidden has relu. The parameters stay; training starts over.")
    page.get_by_label("Loss", exact=True).select_option("binary_cross_entropy")
    expect(status).to_contain_text("The loss is now")
    state = learner.state()
    assert (state["spec"]["layers"][1]["activation"], state["spec"]["loss"]) == ("relu", "binary_cross_entropy")
    assert (state["tensors"]["W1"], state["position"]["operation"]) == (parameters, 0)


def opened(learner: Learner, how: str, item: str) -> Any:
    place = learner.page.locator(f'[data-id="{item}"]')
    if how == "key":
        place.press("Enter")
        place.press("Enter")
    else:
        place.locator(".plate").dblclick()
    field = learner.page.locator(".value-field input")
    expect(field).to_be_focused()
    return field


@pytest.mark.parametrize(
    ("how", "item", "tensor", "index"), [("key", "l1.2.1", "W1", (2, 1)), ("click", "b1.2", "b1", (2,))]
)
def test_a_link_and_a_bias_are_edited_where_they_stand(
    learner: Learner, how: str, item: str, tensor: str, index: tuple[int, ...]
) -> None:
    def value() -> Any:
        found = learner.state()["tensors"][tensor]
        for k in index:
            found = found[k]
        return found

    before = value()
    field = opened(learner, how, item)
    field.fill("7")
    field.press("Escape")
    expect(field).to_have_count(0)
    assert value() == before
    field = opened(learner, how, item)
    field.fill("1/3")
    field.press("Enter")
    shown = learner.page.locator(f'svg.picture .number[data-tensor={tensor}][data-index="{",".join(map(str, index))}"]')
    expect(shown.first).to_have_attribute("data-value", str(1 / 3))
    assert value() == 1 / 3
    if how == "key":
        expect(learner.page.locator(f'[data-id="{item}"]')).to_be_focused()
    learner.press("Control+z")
    assert value() == before


def test_what_is_typed_before_the_field_is_there_is_not_lost(learner: Learner) -> None:
    page = learner.page
    held: list[Route] = []
    page.route("**/views/build.js", lambda route: held.append(route))
    before = learner.revision
    page.keyboard.press("e")
    page.keyboard.type("-0.5")
    with page.expect_response("**/views/build.js"):
        held[0].continue_()
    field = page.locator(".value-field input")
    expect(field).to_have_value("-0.5")
    expect(field).to_be_focused()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-ready=true]:not([data-revision='{before}'])")
    assert learner.state()["tensors"]["W1"][0][0] == -0.52


def test_neurons_are_dragged_or_moved_by_keys_and_put_back(learner: Learner) -> None:
    page = learner.page
    neuron = page.locator('.neuron[data-id="n1.1"]')
    link = page.locator('.link[data-id="l2.0.1"] .line')

    def place() -> dict[str, float]:
        box = neuron.locator(".body").bounding_box()
        assert box is not None
        return {"x": round(box["x"]), "y": round(box["y"])}

    page.keyboard.press("b")
    expect(page.locator(".build-bar")).to_be_visible()
    before, path = place(), link.get_attribute("d") or ""
    page.mouse.move(before["x"] + 20, before["y"] + 20)
    page.mouse.down()
    page.mouse.move(before["x"] + 50, before["y"] + 40, steps=4)
    page.mouse.up()
    assert place() == {**before, "x": before["x"] + 30, "y": before["y"] + 20}
    expect(link).not_to_have_attribute("d", path)
    expect(page.locator(".neuron.selected")).to_have_count(0)
    neuron.locator(".body").dblclick()
    expect(link).to_have_attribute("d", path)
    neuron.focus()
    page.keyboard.press("Control+ArrowDown")
    assert place()["y"] == before["y"] + 12
    page.get_by_role("button", name="Put neurons back").click()
    expect(link).to_have_attribute("d", path)
    assert learner.revision == 0


def test_the_data_is_edited_as_a_table_and_taken_back(learner: Learner) -> None:
    page = learner.page
    before = learner.get("/data")
    page.click("#edit-data")
    dialog = page.get_by_role("dialog", name="Edit data")
    dialog.get_by_label("Name of input 1").fill("left")
    dialog.get_by_label("Name of input 1").press("Tab")
    dialog.get_by_label("left, row 1").fill("1/4")
    dialog.get_by_label("left, row 1").press("Enter")
    expect(dialog.get_by_label("left, row 2")).to_be_focused()
    dialog.get_by_role("button", name="Add a row").click()
    dialog.get_by_label("Remove row 2").click()
    dialog.get_by_label("x₂, row 1").fill("a lot")
    dialog.get_by_label("x₂, row 1").press("Tab")
    expect(dialog.get_by_role("status")).to_have_text("x₂, row 1 is not a number.")
    expect(dialog.get_by_role("button", name="Learn from this")).to_be_disabled()
    dialog.get_by_role("button", name="Undo").click()
    dialog.get_by_role("button", name="Learn from this").click()
    expect(dialog).to_have_count(0)
    data = learner.get("/data")
    assert data["features"] == ["left", "x₂"]
    assert data["inputs"] == [[0.25, 0], [1, 0], [1, 1], [1, 1]]
    expect(page.locator(".examples thead")).to_contain_text("left")
    learner.press("Control+z")
    expect(page.locator(".examples thead")).not_to_contain_text("left")
    assert learner.get("/data") == before


def test_a_block_of_a_spreadsheet_is_pasted_at_a_cell(learner: Learner) -> None:
    page = learner.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(text) => navigator.clipboard.writeText(text)", "7\t8\t1\n0,5\t9\t0\n")
    page.click("#edit-data")
    dialog = page.get_by_role("dialog", name="Edit data")
    dialog.get_by_label("x₁, row 4").focus()
    page.keyboard.press("Control+v")
    expect(dialog.locator("tbody tr")).to_have_count(5)
    dialog.get_by_role("button", name="Learn from this").click()
    expect(dialog).to_have_count(0)
    data = learner.get("/data")
    assert (data["inputs"][3:], data["targets"][3:]) == ([[7, 8], [0.5, 9]], [[1], [0]])


def test_another_input_is_another_unit_of_the_network(learner: Learner) -> None:
    page = learner.page
    page.click("#edit-data")
    dialog = page.get_by_role("dialog", name="Edit data")
    dialog.get_by_role("button", name="Add an input").click()
    dialog.get_by_role("button", name="Learn from this").click()
    expect(page.locator('.neuron[data-id^="n0."]')).to_have_count(3)
    assert shape(learner)[0][0] == 3
