"""Setting up in the browser: what is asked for comes about, what is not touched stays, and refusals are readable."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .learner import Learner

OWN = {
    "inputs": [[0.5, 1], [1, 0.25], [0, 0]],
    "targets": [[1], [0], [1]],
    "features": ["length", "width"],
    "target_names": ["bloom"],
    "classes": ["no", "yes"],
}


def open_own(learner: Learner) -> str:
    """The session of somebody's own data, made through the API and opened by its address."""
    layers = [{"units": 2}, {"units": 1, "activation": "sigmoid"}]
    made = learner.api.post("/api/sessions", json={"spec": {"layers": layers}, "data": OWN}).json()["id"]
    learner.open(f"/#session={made}")
    learner.page.wait_for_load_state("networkidle")
    return str(made)


def test_a_set_up_network_is_the_one_that_is_asked_for(learner: Learner) -> None:
    dialog = learner.set_up()
    dialog.get_by_text("Add a hidden layer").click()
    dialog.get_by_label("Learning rate").fill("1/4")
    dialog.get_by_text("Start this network").click()
    expect(dialog).to_be_hidden()
    spec = learner.state()["spec"]
    assert len(spec["layers"]) == 4
    assert spec["optimizer"]["learning_rate"] == 0.25


def test_another_network_on_the_same_data_can_be_taken_back(learner: Learner) -> None:
    before = learner.state()["spec"]
    learner.press("ArrowRight")
    learner.page.locator("svg.picture .number[data-tensor=W1]").last.click()
    expect(learner.page.locator("section.inspector")).to_contain_text("hidden neuron 3")
    dialog = learner.set_up()
    dialog.get_by_label("Units").nth(1).fill("2")
    dialog.get_by_text("Start this network").click()
    expect(dialog).to_be_hidden()
    expect(learner.page.locator("output.position")).to_have_attribute("data-operation", "0")
    learner.press("Control+z")
    assert learner.state()["spec"] == before


def test_given_weights_stay_while_the_start_is_the_same(learner: Learner) -> None:
    learner.preset("two_two_two")
    given = learner.state()["tensors"]["W1"]
    learner.press("End")
    learner.press("ArrowRight")
    learner.change_optimizer("Adam")
    assert learner.position == (1, 0)
    learner.change_optimizer("Nesterov momentum", "Change and start over")
    assert learner.position == (0, 0)
    assert learner.state()["tensors"]["W1"] == given
    dialog = learner.set_up()
    dialog.get_by_label("Activation").nth(1).select_option("linear")
    dialog.get_by_text("Start this network").click()
    expect(dialog).to_be_hidden()
    assert learner.state()["tensors"]["W1"] == given


def test_what_is_still_there_stays_frozen_in_other_layers(learner: Learner) -> None:
    learner.preset("two_two_two")
    dialog = learner.set_up()
    frozen = dialog.get_by_label("Frozen").locator("option:checked")
    expect(frozen).to_have_text(["biases", "biases"])
    dialog.get_by_text("Add a hidden layer").click()
    expect(frozen).to_have_text(["biases", "nothing", "biases"])
    dialog.get_by_text("Start this network").click()
    expect(dialog).to_be_hidden()
    assert learner.state()["spec"]["frozen"] == ["b1", "b3"]


def test_a_schedule_and_clipping_open_the_update(learner: Learner) -> None:
    dialog = learner.set_up()
    dialog.get_by_text("Schedule, clipping, penalties").click()
    dialog.get_by_label("Schedule").select_option("warm_up")
    dialog.get_by_label("Length").fill("4")
    dialog.get_by_label("Clip gradient at").fill("0.01")
    dialog.get_by_role("button", name="Change and go on").click()
    expect(dialog).to_be_hidden()
    learner.press("End")
    box = learner.page.locator("[data-id=update]")
    length = learner.state()["tensors"]["norm"]
    expect(box).to_have_attribute("aria-label", f"Update: rate η 0.125, ‖∇C‖ {length:.3f}, scale κ {0.01 / length:.3f}")
    learner.page.locator(".picture .number[data-tensor=scale]").click()
    expect(learner.page.locator("#inspector-title")).to_have_text("What clipping leaves of the gradient")
    expect(learner.page.locator("section.kin")).to_contain_text("Numbers of this update")


def test_what_dropout_leaves_out_is_crossed_out_and_counts_as_nothing(learner: Learner) -> None:
    dialog = learner.set_up()
    dialog.get_by_label("Dropout").fill("0.5")
    dialog.get_by_text("Start this network").click()
    expect(dialog).to_be_hidden()
    learner.press("End")
    tensors = learner.state()["tensors"]
    dropped = [unit for unit, factor in enumerate(tensors["mask1"][0]) if factor == 0]
    expect(learner.page.locator(".neuron.dropped")).to_have_count(len(dropped))
    expect(learner.page.locator("[aria-label*=', dropped']")).to_have_count(len(dropped))
    learner.page.locator("[data-id='n1.0']").click()
    numbers = learner.page.locator("section.kin .number[data-tensor=kept1]")
    expect(numbers).to_have_attribute("data-value", str(tensors["kept1"][0][0]))


def test_a_layer_is_frozen_in_the_set_up(learner: Learner) -> None:
    dialog = learner.set_up()
    dialog.get_by_label("Frozen").first.select_option("layer")
    dialog.get_by_role("button", name="Change and go on").click()
    expect(dialog).to_be_hidden()
    assert learner.state()["spec"]["frozen"] == ["layer 1"]


def test_a_weight_is_frozen_and_moves_again_beside_its_numbers(learner: Learner) -> None:
    learner.page.locator("svg.picture .number[data-tensor=W1]").first.click()
    learner.page.get_by_role("button", name="Freeze this weight").click()
    unfreeze = learner.page.get_by_role("button", name="Unfreeze this weight")
    expect(unfreeze).to_be_visible()
    assert learner.state()["spec"]["frozen"] == ["W1[0,0]"]
    before = learner.state()["tensors"]["W1"]
    learner.press("End")
    after = learner.state()["tensors"]["W1"]
    assert before[0][0] == after[0][0]
    assert before != after
    unfreeze.click()
    expect(learner.page.get_by_role("button", name="Freeze this weight")).to_be_visible()
    assert learner.state()["spec"]["frozen"] == []


def test_a_weight_that_is_frozen_with_its_layer_says_so(learner: Learner) -> None:
    dialog = learner.set_up()
    dialog.get_by_label("Frozen").first.select_option("layer")
    dialog.get_by_role("button", name="Change and go on").click()
    expect(dialog).to_be_hidden()
    learner.page.locator("svg.picture .number[data-tensor=W1]").first.click()
    unfreeze = learner.page.get_by_role("button", name="Unfreeze layer 1")
    unfreeze.click()
    expect(unfreeze).to_be_hidden()
    assert learner.state()["spec"]["frozen"] == []


def test_own_data_begins_again_with_its_names(newcomer: Learner, complaints: list[str]) -> None:
    gone = open_own(newcomer)
    newcomer.api.delete(f"/api/sessions/{gone}")
    newcomer.page.keyboard.press("ArrowRight")
    newcomer.page.get_by_text("Start again with the same network").click()
    newcomer.page.wait_for_selector(f"[data-ready=true]:not([data-session='{gone}'])")
    assert newcomer.get("/data").items() >= OWN.items()
    complaints[:] = [said for said in complaints if "404" not in said]


def test_own_data_can_be_left_and_chosen_again(newcomer: Learner) -> None:
    open_own(newcomer)
    dialog = newcomer.set_up()
    data = dialog.get_by_label("Data")
    expect(data.locator("option:checked")).to_have_text("Own data")
    data.select_option("iris")
    expect(dialog.get_by_label("Units").first).to_have_value("4")
    data.select_option(label="Own data")
    expect(dialog.get_by_label("Units").first).to_have_value("2")
    expect(dialog.get_by_label("Units").last).to_have_value("1")
    dialog.get_by_text("Add a hidden layer").click()
    dialog.get_by_text("Start this network").click()
    expect(dialog).to_be_hidden()
    assert newcomer.get("/data").items() >= OWN.items()


def test_a_refusal_is_readable_where_the_form_is_sent(learner: Learner, complaints: list[str]) -> None:
    dialog = learner.set_up()
    dialog.get_by_label("Loss").select_option("cross_entropy")
    dialog.get_by_text("Start this network").click()
    said = dialog.get_by_role("alert")
    expect(said).to_contain_text("needs softmax at the output")
    expect(said).to_be_in_viewport(ratio=1)
    dialog.get_by_label("Activation").last.select_option("softmax")
    expect(said).to_be_hidden()
    complaints[:] = [said for said in complaints if "422" not in said]


def test_a_batch_larger_than_the_data_and_softmax_over_one_output_are_remarked_on_not_refused(learner: Learner) -> None:
    dialog = learner.set_up()
    remarks = dialog.locator("#batch-remark, #softmax-remark")
    expect(remarks).to_have_count(0)
    dialog.get_by_label("Batch size").fill("4")
    expect(remarks).to_have_count(0)
    dialog.get_by_label("Batch size").fill("5")
    expect(remarks).to_have_text("There are 4 rows to learn from: a batch is all of them.")
    dialog.get_by_label("Activation").last.select_option("softmax")
    expect(remarks.first).to_contain_text("Softmax over a single output answers 1")
    dialog.get_by_text("Start this network").click()
    expect(dialog).to_be_hidden()
    state = learner.state()
    assert (state["spec"]["batch_size"], len(state["batch"]["examples"])) == (5, 4)
    learner.press("End")
    assert learner.state()["tensors"]["a2"] == [[1.0]] * 4 or learner.state()["tensors"]["a2"] == [1.0]


@pytest.mark.parametrize(("width", "height"), [(1280, 700), (390, 844), (360, 640)])
def test_what_starts_the_network_is_always_in_sight(learner: Learner, width: int, height: int) -> None:
    learner.page.set_viewport_size({"width": width, "height": height})
    dialog = learner.set_up()
    start = dialog.get_by_role("button", name="Start over")
    expect(start).to_be_in_viewport(ratio=1)
    dialog.get_by_label("Batch size").scroll_into_view_if_needed()
    expect(start).to_be_in_viewport(ratio=1)
    expect(dialog.get_by_role("button", name="Cancel")).to_be_in_viewport(ratio=1)
    assert dialog.evaluate("(sheet) => sheet.scrollWidth <= sheet.clientWidth")
