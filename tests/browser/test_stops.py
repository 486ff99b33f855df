"""Stops: set at a number, a pass or an epoch, told when they are met; and one slider over all iterations so far."""

from __future__ import annotations

from playwright.sync_api import expect

from .learner import Learner


def go_on(learner: Learner) -> None:
    before = learner.revision
    learner.page.keyboard.press("h")
    learner.page.wait_for_selector(f"[data-ready=true]:not([data-revision='{before}'])")


def test_a_number_a_pass_and_an_epoch_are_stopped_at_and_say_so(learner: Learner) -> None:
    page = learner.page
    learner.press("End")
    page.locator("[data-id='n2.0']").click()
    expect(page.locator(".inspector h2")).to_contain_text("delta of output XOR", ignore_case=True)
    stops = page.locator(".stops")
    stops.locator("summary").click()
    form = stops.locator("form").first
    form.locator("select").select_option("<")
    form.locator("input").fill("x")
    form.get_by_role("button").click()
    expect(form.locator("input")).to_have_attribute("aria-invalid", "true")
    form.locator("input").fill("-1/100")
    form.get_by_role("button").click()
    expect(stops.locator("li")).to_have_text(["output XOR: δ < −0.01✕"])
    assert learner.state()["breakpoints"][0]["value"] == -0.01
    go_on(learner)
    expect(page.locator(".task .stopped")).to_contain_text("Stopped here: output XOR: δ < −0.01.")
    assert float(learner.state()["tensors"]["dz2"][0][0]) < -0.01
    stops.get_by_role("button", name="Update").click()
    expect(stops.locator("li")).to_have_count(2)
    expect(page.locator(".track .stop-tick")).to_have_count(2)
    go_on(learner)
    expect(page.locator(".task .stopped")).to_contain_text("the update begins")
    for remaining in (1, 0):
        stops.locator("li button").first.click()
        expect(stops.locator("li")).to_have_count(remaining)
    expect(page.locator(".task .stopped")).to_have_count(0)
    epoch = stops.locator("form").last
    epoch.locator("input").fill("9")
    epoch.get_by_role("button").click()
    expect(stops.locator("li")).to_have_text(["epoch 9 begins✕"])
    go_on(learner)
    expect(page.locator("#epoch dd")).to_have_text("9")
    expect(page.locator(".task .stopped")).to_contain_text("epoch 9 begins")
    go_on(learner)
    expect(stops.get_by_role("status")).to_contain_text("Not met in iterations 33 to")


def test_one_slider_goes_through_all_iterations_at_the_same_step(newcomer: Learner) -> None:
    page = newcomer.page
    made = newcomer.api.post("/api/sessions", json={"preset": "xor"}).json()["id"]
    path = f"/api/sessions/{made}"
    newcomer.api.post(f"{path}/train", json={"iterations": 99}).raise_for_status()
    newcomer.api.patch(f"{path}/spec", json={"optimizer": {"name": "sgd", "learning_rate": 0.1}}).raise_for_status()
    newcomer.api.post(f"{path}/train", json={"iterations": 100}).raise_for_status()
    newcomer.api.put(f"{path}/position", json={"iteration": 199, "operation": 20}).raise_for_status()
    newcomer.open(f"/#session={made}")
    slider = page.locator("#iterations")
    expect(slider).to_have_attribute("aria-valuetext", "200 of 200")
    expect(page.locator(".iterations-marks i")).to_have_count(1)
    slider.focus()
    newcomer.press("ArrowLeft")
    assert newcomer.position == (198, 20)
    newcomer.press("Home")
    assert newcomer.position == (0, 20)
    bounds = slider.bounding_box()
    assert bounds is not None
    page.mouse.click(bounds["x"] + bounds["width"] / 2, bounds["y"] + bounds["height"] / 2)
    expect(page.locator("output.position")).to_have_attribute("data-iteration", "99")
    expect(slider).to_have_attribute("aria-valuetext", "100 of 200, learning rate 0.5 → 0.1")
    weights = [shown for shown in newcomer.numbers("svg.picture") if shown.tensor == "W2" and shown.value]
    state = newcomer.state()
    assert weights
    assert all(float(shown.value or "nan") == state["tensors"]["W2"][0][shown.index[1]] for shown in weights)
    newcomer.press("r")
    expect(slider).to_have_value("0")
    expect(slider).to_have_attribute("max", "199")
