"""A weight looked at closely, and each layer's numbers: what the page shows is what the API and NumPy say."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from app.nn.registry import Array
from tests.api.tapes import Decoded, decode
from tests.browser.learner import Learner

QUANTITIES = ("activations", "deltas", "gradients", "parameters")


def select(learner: Learner, tensor: str, index: str) -> None:
    """Choose a link or chip on the picture."""
    learner.page.locator(f".picture [data-tensor={tensor}][data-index='{index}']").first.focus()
    learner.page.keyboard.press("Enter")
    expect(learner.page.locator(".inspector.chosen .result")).to_be_visible()


def proof(learner: Learner) -> dict[str, float]:
    found = learner.page.locator(".proof .number")
    return {str(one.get_attribute("data-nudge")): float(str(one.get_attribute("data-value"))) for one in found.all()}


def train(learner: Learner, iterations: int) -> None:
    learner.api.post(f"/api/sessions/{learner.session}/train", json={"iterations": iterations}).raise_for_status()
    learner.page.reload()
    learner.page.wait_for_selector("[data-ready=true]")


def test_a_nudge_shows_the_costs_and_the_slope_and_the_gradient_only_once_it_is_written(learner: Learner) -> None:
    select(learner, "W2", "0,1")
    learner.page.get_by_role("button", name="Nudge it").click()
    expect(learner.page.locator(".nudge")).to_contain_text("It will find the same")
    asked = learner.get("/nudges/W2", index="0,1")
    assert proof(learner) == {name: asked[name] for name in ("below", "above", "quotient")}
    learner.press("End")
    expect(learner.page.locator(".nudge")).to_contain_text("The gradient that backpropagation found is")
    assert proof(learner) == {name: asked[name] for name in ("below", "above", "quotient", "gradient", "error")}
    assert asked["gradient"] == learner.state()["tensors"]["dW2"][0][1]


def test_the_epsilon_can_be_chosen(learner: Learner) -> None:
    select(learner, "W1", "0,1")
    learner.page.get_by_label("by ε =").fill("none")
    expect(learner.page.locator("#epsilon-hint")).to_be_visible()
    learner.page.get_by_label("by ε =").fill("0,25")
    learner.page.get_by_label("by ε =").press("Enter")
    expect(learner.page.locator(".proof")).to_be_visible()
    asked = learner.get("/nudges/W1", index="0,1", epsilon=0.25)
    assert proof(learner)["below"] == asked["below"]
    expect(learner.page.locator(".nudge")).to_contain_text("ε = 0.25")


def test_a_nudge_no_longer_holds_after_an_edit_and_in_another_iteration(learner: Learner) -> None:
    select(learner, "W1", "0,1")
    for key in ("4 ArrowRight", "End ArrowRight"):
        learner.page.get_by_role("button", name="Nudge it").click()
        expect(learner.page.locator(".proof")).to_be_visible()
        for one in key.split():
            learner.page.keyboard.press(one)
    expect(learner.page.locator("output.position")).to_have_attribute("data-iteration", "1")
    expect(learner.page.locator(".proof")).to_be_hidden()


def test_all_gradients_are_checked_and_the_worst_can_be_looked_at(learner: Learner) -> None:
    select(learner, "b1", "0")
    learner.page.get_by_role("button", name="Check all gradients").click()
    expect(learner.page.locator(".checked")).to_contain_text("✓ 13 of 13 gradients agree")
    check = learner.get("/gradient-check")
    assert (check["agree"], check["checked"]) == (13, 13)
    learner.page.get_by_text("The largest relative errors").click()
    worst = learner.page.locator("button.worst")
    assert worst.count() == len(check["worst"]) == 10
    name = worst.nth(3).locator(".operand-name").inner_text()
    worst.nth(3).click()
    expect(learner.page.locator("#inspector-title")).to_contain_text(name.split(" of ")[-1].split(" to ")[-1])
    chosen = re.search(r"number=(\w+:[\d,]+)", learner.page.url)
    assert chosen is not None
    wanted = check["worst"][3]
    assert chosen[1] == f"{wanted['tensor']}:{','.join(map(str, wanted['index']))}"


def numbers_of(tape: Decoded, quantity: str, layer: int) -> Array:
    names = {"activations": "a", "deltas": "dz", "gradients": "dW db", "parameters": "W b"}[quantity].split()
    return np.concatenate([tape.values[f"{name}{layer}"] for name in names])


@pytest.mark.parametrize("preset", ["xor", "iris"])
def test_norms_are_what_numpy_says_and_histograms_hold_every_number(learner: Learner, preset: str) -> None:
    if preset != "xor":
        learner.preset(preset)
    learner.press("End")
    learner.page.get_by_role("tab", name="Layers").click()
    answer = learner.api.get(f"/api/sessions/{learner.session}/tape/0")
    tape = decode(answer.content)
    for layer in range(1, 3):
        cells = learner.page.locator(".layer-numbers").nth(layer).locator(".spread")
        expect(cells).to_have_count(len(QUANTITIES))
        for cell, quantity in zip(cells.all(), QUANTITIES, strict=True):
            values = numbers_of(tape, quantity, layer)
            shown = {
                str(one.get_attribute("data-stat")): float(str(one.get_attribute("data-value")))
                for one in cell.locator(".number").all()
            }
            norm = float(np.linalg.norm(values))
            assert shown == pytest.approx({"norm": norm, "rms": norm / len(values) ** 0.5}, rel=1e-12)
            told = str(cell.get_by_role("img").get_attribute("aria-label"))
            assert sum(int(count) for count in re.findall(r": (\d+)", told)) == len(values)
        before, after = (np.concatenate([tape.values[f"{name}{layer}{end}"] for name in "Wb"]) for end in ("", ".new"))
        ratio = learner.page.locator(f"[data-stat=ratio][data-layer='{layer}']")
        wanted = np.linalg.norm(after - before) / np.linalg.norm(before)
        assert float(str(ratio.get_attribute("data-value"))) == pytest.approx(float(wanted), rel=1e-12)


def test_what_is_not_computed_yet_is_in_no_histogram(learner: Learner) -> None:
    learner.page.get_by_role("tab", name="Layers").click()
    learner.page.locator(".goal").click()  # arrows are the tabs' own as long as one has the focus
    hidden = learner.page.get_by_role("region", name="Hidden layer 1")
    expect(hidden.get_by_text("not computed yet")).to_have_count(4)
    for key in ("2", "ArrowRight"):
        learner.page.keyboard.press(key)
    expect(hidden.locator(".spread").first).to_contain_text("1 of 3 numbers")
    value = learner.state()["tensors"]["a1"][0][0]
    norm = hidden.locator(".spread").first.locator("[data-stat=norm]")
    assert float(str(norm.get_attribute("data-value"))) == pytest.approx(abs(value), rel=1e-14)


def test_a_weights_history_is_drawn_and_leads_to_its_iterations(learner: Learner) -> None:
    train(learner, 20)
    select(learner, "W1", "1,0")
    history = learner.page.get_by_role("region", name="History")
    values = learner.get("/history/W1", index="1,0")["values"]
    expect(history.locator(".dot")).to_have_count(21)
    expect(history).to_contain_text(f"from {values[0]:.3f} to {values[20]:.3f}".replace("-", "−"))
    slider = history.get_by_role("slider", name="History: weight from input x₁ to hidden neuron 2")
    slider.focus()
    for _ in range(5):
        learner.page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", f"iteration 16: {values[15]:.3f}".replace("-", "−"))
    history.get_by_role("button", name="Go there").click()
    expect(learner.page.locator("output.position")).to_have_attribute("data-iteration", "15")
    assert learner.state()["tensors"]["W1"][1][0] == values[15]


def test_a_click_on_a_point_of_the_history_goes_there(learner: Learner) -> None:
    train(learner, 4)
    select(learner, "b2", "0")
    learner.page.locator(".course .dot").nth(1).click()
    expect(learner.page.locator("output.position")).to_have_attribute("data-iteration", "1")
    expect(learner.page.locator("output.position")).to_have_attribute("data-operation", "0")


def test_the_history_of_a_new_network_says_that_it_starts_here(learner: Learner) -> None:
    select(learner, "W1", "0,0")
    expect(learner.page.get_by_role("region", name="History")).to_contain_text("It starts here.")
