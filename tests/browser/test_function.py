"""The function view: a plane of the network's answers, the line of a neuron, its bias moved, its curve."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Learner

READ = re.compile(r"x₁ = (\S+), x₂ = (\S+) → a = (\S+)")


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def test_the_plane_under_the_pointer_is_what_the_network_says(newcomer: Learner) -> None:
    newcomer.open("/#view=function")
    page = newcomer.page
    page.wait_for_selector("canvas.shading")
    for x, y in ((120, 60), (300, 250), (200, 330)):
        page.locator(".plot svg").first.hover(position={"x": x, "y": y})
        found = READ.search(page.locator(".readout").inner_text())
        assert found is not None
        inputs = [number(found[1]), number(found[2])]
        answer = newcomer.api.post(f"/api/sessions/{newcomer.session}/predict", json={"inputs": [inputs]}).json()
        assert number(found[3]) == pytest.approx(answer["layers"][-1][0][0], abs=0.004)


def test_the_plane_changes_when_the_network_does_and_an_example_is_shown_by_a_click(newcomer: Learner) -> None:
    newcomer.open("/#view=function")
    page = newcomer.page
    page.wait_for_selector("canvas.shading")
    pixels = (
        "() => [...document.querySelector('canvas.shading').getContext('2d').getImageData(0, 0, 60, 60).data].join()"
    )
    before = page.evaluate(pixels)
    page.locator(".point[data-row='0']").click()
    page.wait_for_selector(".examples tr.shown button[aria-label^='Show example 1']")
    page.keyboard.press("4")
    for _ in range(5):
        newcomer.press("ArrowRight")
    expect(page.locator("output.position")).to_have_attribute("data-iteration", "1")
    page.locator(".plot svg").first.hover()
    # The plane is asked for after the state: its answer may be a moment later.
    asked = 0
    while page.evaluate(pixels) == before and asked < 5000:
        asked += 1
    assert asked < 5000, "the plane did not change with the weights"


def test_the_bias_moves_the_line_and_can_be_set(newcomer: Learner) -> None:
    newcomer.open("/#view=function")
    page = newcomer.page
    page.locator(".function-choices select").first.select_option("1.1")
    tensors = newcomer.state()["tensors"]
    (w1, w2), b = tensors["W1"][1], tensors["b1"][1]
    equation = page.locator(".equation").nth(1)
    slope, crossing = (number(text.strip("()")) for text in re.findall(r"\(?−?\d\.\d+\)?", equation.inner_text()))
    assert slope == pytest.approx(-w1 / w2, abs=6e-4)
    assert crossing == pytest.approx(-b / w2, abs=6e-4)
    page.locator(".bias-slider input").focus()
    page.keyboard.press("Home")
    expect(page.locator(".zero.ghost")).to_have_count(1)
    page.get_by_role("button", name="Set b to").click()
    expect(page.locator("#undo")).to_be_enabled()
    assert newcomer.state()["tensors"]["b1"][1] == pytest.approx(-2)


def test_the_curve_marks_the_sum_of_the_neuron(newcomer: Learner) -> None:
    newcomer.open("/#view=function")
    page = newcomer.page
    expect(page.locator(".bend")).to_contain_text("no sum yet")
    page.keyboard.press("4")
    newcomer.press("ArrowRight")
    tensors = newcomer.state()["tensors"]
    marked = page.locator(".bend .number[data-tensor=z2]")
    assert float(marked.get_attribute("data-value") or "nan") == tensors["z2"][0][0]
    expect(page.locator(".bend .dot")).to_have_count(2)


def test_a_row_to_test_on_is_ringed_where_it_lies(learner: Learner) -> None:
    spec = {"layers": [{"units": 2}, {"units": 1, "activation": "sigmoid"}]}
    data = {"name": "moons", "test_share": 0.25}
    made = learner.api.post("/api/sessions", json={"spec": spec, "data": data}).json()
    row = made["data"]["rows"] + 3
    learner.page.goto("about:blank")
    learner.open(f"/#session={made['id']}&view=function&example={row}")
    shown = learner.page.locator(f".plot .point[data-row='{row}']")
    across = learner.get("/data")["test_inputs"][3][0]
    ring = learner.page.locator(".plot .ring").first
    left = float(ring.get_attribute("cx") or "nan")
    expect(shown).to_have_attribute("transform", re.compile(rf"translate\({left:.1f} "))
    learner.page.mouse.move(0, 0)
    ring.hover(force=True)
    found = READ.search(learner.page.locator(".readout").inner_text())
    assert found is not None
    assert number(found[1]) == pytest.approx(across, abs=0.15)


def test_one_input_is_a_curve_with_its_targets(newcomer: Learner) -> None:
    spec = {"layers": [{"units": 1}, {"units": 3, "activation": "tanh"}, {"units": 1, "activation": "linear"}]}
    data = {"inputs": [[0], [1], [2]], "targets": [[0], [1], [0]]}
    made = newcomer.api.post("/api/sessions", json={"spec": spec, "data": data}).json()
    newcomer.open(f"/#session={made['id']}&view=function")
    page = newcomer.page
    expect(page.locator(".plot path.curve")).to_have_count(1)
    expect(page.locator(".plot .point")).to_have_count(3)
    expect(page.locator("canvas.shading")).to_have_count(0)


def test_the_plane_can_be_kept_as_numbers_and_as_a_picture(learner: Learner, tmp_path: Path) -> None:
    page = learner.page
    page.get_by_role("tab", name="Function").click()
    page.wait_for_selector("canvas.shading")
    with page.expect_download() as table:
        page.get_by_role("button", name="Save CSV").click()
    table.value.save_as(tmp_path / "function.csv")
    head, *lines = (tmp_path / "function.csv").read_text(encoding="utf-8").splitlines()
    assert head == "x₁,x₂,a of output XOR"
    rows = [[float(cell) for cell in line.split(",")] for line in lines]
    some = [rows[k] for k in (0, 59, 1234, -1)]
    inputs = {"inputs": [row[:2] for row in some]}
    answer = learner.api.post(f"/api/sessions/{learner.session}/predict", json=inputs).json()
    assert [row[2] for row in some] == pytest.approx([row[0] for row in answer["layers"][-1]], rel=1e-4)
    with page.expect_download() as picture:
        page.get_by_role("button", name="Save PNG").click()
    picture.value.save_as(tmp_path / "function.png")
    size = page.evaluate(
        """async (base64) => {
            const image = new Image();
            image.src = "data:image/png;base64," + base64;
            await image.decode();
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [image.width, image.height];
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const { data } = context.getImageData(0, 0, image.width, image.height);
            const colours = new Set();
            for (let k = 0; k < data.length; k += 4) colours.add(`${data[k]},${data[k + 1]},${data[k + 2]}`);
            return [image.width, colours.size];
        }""",
        base64.b64encode((tmp_path / "function.png").read_bytes()).decode(),
    )
    assert size[0] > 400
    assert size[1] > 50, "the shading is missing"


def test_the_function_is_written_in_the_chosen_notation(newcomer: Learner) -> None:
    made = newcomer.api.post("/api/sessions", json={"preset": "xor"}).json()
    newcomer.open(f"/#session={made['id']}&view=function&notation=course&number=z1:0")
    page = newcomer.page
    expect(page.locator(".equation").first).to_have_text(re.compile(r"^s = "))
    expect(page.locator(".plot figcaption")).to_contain_text("s = 0")
    expect(page.locator(".function-choices select").nth(1).locator("option")).to_have_text(["activation z", "sum s"])
    expect(page.locator(".bend .hint")).to_contain_text("slope f′(s)")
