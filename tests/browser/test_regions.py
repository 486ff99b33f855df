"""Regions in neurons: each shades the plane of two inputs as the network answers there, and changes as it learns."""

from __future__ import annotations

from itertools import product

from playwright.sync_api import expect

from tests.browser.learner import Learner

COLOUR = """([id, right, up]) => {
    const canvas = document.querySelector("canvas.painting");
    const [picture, body] = [document.querySelector("svg.picture"), document.querySelector(`[data-id="${id}"] .body`)];
    const part = (name) => Number(body.getAttribute(name));
    const scale = canvas.width / picture.viewBox.baseVal.width;
    const [x, y] = [part("x") + right * part("width"), part("y") + (1 - up) * part("height")];
    return [...canvas.getContext("2d").getImageData(x * scale, y * scale, 1, 1).data];
}"""
LOW, HIGH = -0.15, 1.15
"""Where the plane around XOR's inputs begins and ends."""


def test_a_region_is_on_the_side_on_which_the_network_answers(learner: Learner) -> None:
    page = learner.page
    learner.api.post(f"/api/sessions/{learner.session}/train", json={"iterations": 800}).raise_for_status()
    learner.open(f"/#session={learner.session}")
    expect(page.locator("canvas.painting")).to_have_count(0)
    page.get_by_role("button", name="View", exact=True).click()
    page.locator("#regions").check()
    expect(page.locator("canvas.painting")).to_be_visible()
    shares = list(product((0.2, 0.5, 0.8), repeat=2))
    inputs = [[LOW + share * (HIGH - LOW) for share in point] for point in shares]
    answer = learner.api.post(f"/api/sessions/{learner.session}/predict", json={"inputs": inputs}).json()
    for layer, unit, middle in ((2, 0, 0.5), (1, 0, 0.0), (1, 1, 0.0), (1, 2, 0.0)):
        for share, row in zip(shares, answer["layers"][layer], strict=True):
            red, _, blue, opaque = page.evaluate(COLOUR, [f"n{layer}.{unit}", *share])
            assert opaque == 255
            if abs(row[unit] - middle) > 0.1:
                assert (red > blue) == (row[unit] > middle), (layer, unit, share, row[unit])


def test_regions_change_while_it_learns_and_are_remembered(learner: Learner) -> None:
    page = learner.page
    page.get_by_role("button", name="View", exact=True).click()
    page.locator("#regions").check()
    page.keyboard.press("Escape")
    expect(page.locator("canvas.painting")).to_be_visible()
    before = page.evaluate(COLOUR, ["n2.0", 0.2, 0.8])
    learner.api.post(f"/api/sessions/{learner.session}/train", json={"iterations": 800}).raise_for_status()
    page.reload()
    page.wait_for_selector("[data-ready=true]")
    expect(page.locator("canvas.painting")).to_be_visible()
    assert page.evaluate(COLOUR, ["n2.0", 0.2, 0.8]) != before


def test_a_network_without_a_plane_has_no_regions(learner: Learner) -> None:
    learner.preset("iris")
    learner.page.get_by_role("button", name="View", exact=True).click()
    expect(learner.page.locator("#regions")).to_be_disabled()
    expect(learner.page.locator("canvas.painting")).to_have_count(0)
