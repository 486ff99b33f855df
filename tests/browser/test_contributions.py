"""The gradients of a batch's examples stack up to that of the batch; a click on one shows its example."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Learner


def begin(learner: Learner, **spec: Any) -> None:
    layers = [{"units": 4}, {"units": 5, "activation": "tanh"}, {"units": 3, "activation": "softmax"}]
    body = {"spec": {"layers": layers, "loss": "cross_entropy", "batch_size": 10, **spec}, "data": {"name": "iris"}}
    made = learner.api.post("/api/sessions", json=body).json()
    learner.open(f"/#session={made['id']}&by=pass&number=W1:1,2")
    learner.page.wait_for_selector(".kin [data-tensor=W1][data-index='1,2']")


def test_the_mean_of_the_bars_is_the_gradient(newcomer: Learner) -> None:
    begin(newcomer)
    expect(newcomer.page.locator(".kin")).to_be_visible()
    expect(newcomer.page.locator(".contributions")).to_have_count(0)
    for _ in range(3):
        newcomer.press("ArrowRight")
    state = newcomer.state()
    bars = newcomer.page.locator(".contributions button.stack-place")
    expect(bars).to_have_count(10)
    values = [float(bar.get_attribute("data-value") or "nan") for bar in bars.all()]
    assert [int(bar.get_attribute("data-row") or "-1") for bar in bars.all()] == state["batch"]["examples"]
    gradient = state["tensors"]["dW1"][1][2]
    assert sum(values) / 10 == pytest.approx(gradient, rel=1e-9)
    own = [dz[1] * a[2] for dz, a in zip(state["tensors"]["dz1"][:10], state["tensors"]["a0"][:10], strict=True)]
    assert values == pytest.approx(own, rel=1e-12)
    mean = newcomer.page.locator(".contributions [data-stat=mean]")
    assert float(mean.get_attribute("data-value") or "nan") == pytest.approx(gradient, rel=1e-9)
    expect(newcomer.page.locator(".contributions .hint")).not_to_contain_text("penalties")


def test_penalties_are_what_the_examples_do_not_explain(newcomer: Learner) -> None:
    begin(newcomer, l2=0.1)
    for _ in range(3):
        newcomer.press("ArrowRight")
    tensors = newcomer.state()["tensors"]
    mean = float(newcomer.page.locator(".contributions [data-stat=mean]").get_attribute("data-value") or "nan")
    assert tensors["dW1"][1][2] - mean == pytest.approx(2 * 0.1 * tensors["W1"][1][2], rel=1e-9)
    expect(newcomer.page.locator(".contributions .hint")).to_contain_text("penalties add")


def test_a_click_on_a_bar_shows_its_example(newcomer: Learner) -> None:
    begin(newcomer)
    for _ in range(3):
        newcomer.press("ArrowRight")
    bar = newcomer.page.locator(".contributions button.stack-place").nth(4)
    bar.click()
    expect(bar).to_have_attribute("aria-pressed", "true")
    assert f"example={bar.get_attribute('data-row')}" in newcomer.page.url
