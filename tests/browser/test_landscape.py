"""The landscape: the map reads as the API says, a selected weight is its axis, the path leads back, the arrow down."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.api.tapes import decode
from tests.browser.learner import Learner


def begin(learner: Learner, iterations: int = 20) -> None:
    made = learner.api.post("/api/sessions", json={"preset": "xor"}).json()
    learner.api.post(f"/api/sessions/{made['id']}/train", json={"iterations": iterations}).raise_for_status()
    learner.open(f"/#session={made['id']}&view=landscape&by=pass")
    learner.page.wait_for_selector(f"[data-session='{made['id']}'] .contour")


def landscape(learner: Learner, x: str, y: str) -> dict[str, Any]:
    answer = learner.api.get(f"/api/sessions/{learner.session}/landscape", params={"x": x, "y": y})
    found = decode(answer.raise_for_status().content)
    return {name: np.array(values).reshape(found.shapes[name]) for name, values in found.values.items()}


def test_the_map_under_the_pointer_is_the_cost_of_the_api(newcomer: Learner) -> None:
    begin(newcomer)
    found = landscape(newcomer, "W1:0,0", "W1:0,1")
    for x, y in ((120, 60), (300, 250)):
        newcomer.page.locator(".landscape svg").first.hover(position={"x": x, "y": y})
        read = newcomer.page.locator(".readout")
        across, up, cost = (float(read.get_attribute(f"data-{name}") or "nan") for name in ("x", "y", "value"))
        column, row = int(np.abs(found["x"] - across).argmin()), int(np.abs(found["y"] - up).argmin())
        assert found["x"][column] == pytest.approx(across)
        assert found["cost"][row, column] == pytest.approx(cost)


def test_a_selected_weight_is_the_axis_and_the_table_is_that_of_the_api(newcomer: Learner, tmp_path: Path) -> None:
    begin(newcomer)
    newcomer.page.get_by_role("tab", name="Network").click()
    newcomer.page.locator(".number[data-tensor=W2][data-index='0,2']").first.click()
    newcomer.page.get_by_role("tab", name="Landscape").click()
    expect(newcomer.page.locator(".axis-name").first).to_have_text("weight from hidden neuron 3 to output XOR")
    found = landscape(newcomer, "W2:0,2", "b2:0")
    with newcomer.page.expect_download() as table:
        newcomer.page.locator(".landscape").get_by_role("button", name="Save CSV").click()
    table.value.save_as(tmp_path / "landscape.csv")
    lines = list(csv.reader(io.StringIO((tmp_path / "landscape.csv").read_text(encoding="utf-8"))))[1:]
    costs = [float(line[2]) for line in lines if line[2]]
    assert costs == found["cost"].ravel().tolist()
    assert [[float(x), float(y)] for x, y, cost, _ in lines if not cost] == found["path"].tolist()


def test_the_path_leads_back_and_the_arrow_down_the_gradient(newcomer: Learner) -> None:
    begin(newcomer, 53)
    expect(newcomer.page.locator(".trail-point")).to_have_count(54)
    expect(newcomer.page.locator(".down-tip[data-x]")).to_have_count(0)
    for _ in range(3):
        newcomer.press("ArrowRight")
    tensors = newcomer.state()["tensors"]
    arrow = newcomer.page.locator(".down-tip[data-x]")
    assert float(arrow.get_attribute("data-x") or "nan") == -tensors["dW1"][0][0]
    assert float(arrow.get_attribute("data-y") or "nan") == -tensors["dW1"][0][1]
    path = landscape(newcomer, "W1:0,0", "W1:0,1")["path"]
    newcomer.page.locator(".trail-point[data-iteration='0']").click(force=True)
    expect(newcomer.page.locator("output.position")).not_to_have_attribute("data-iteration", "53")
    # Points lie close together, so that a neighbour may be under the pointer.
    assert np.hypot(*(path[newcomer.position[0]] - path[0])) < 0.2 * np.hypot(*(path[53] - path[0]))
