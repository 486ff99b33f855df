"""Taking away and bringing, at the page: files that are saved, pictures as they are seen, parameters from elsewhere."""

from __future__ import annotations

import json
import re
import struct
from math import ceil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from .axe import violations
from .learner import Learner

SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, selector: str) -> tuple[str, bytes]:
    """The name and the content of the file that a click saves."""
    with page.expect_download() as waiting:
        page.locator(selector).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def open_dialog(learner: Learner) -> None:
    learner.page.keyboard.press("x")
    learner.page.get_by_role("dialog", name="Take away").wait_for()
    learner.page.locator("[data-export]").first.wait_for()


def test_everything_in_the_catalog_is_offered_and_saved_as_the_api_answers_it(learner: Learner) -> None:
    for _ in range(4):
        learner.press("ArrowRight")
    learner.page.locator("#takeaway").click()
    names = [entry["name"] for entry in learner.api.get("/api/catalog").json()["exporters"]]
    offers = learner.page.locator("[data-export]")
    offers.first.wait_for()
    assert sorted(offers.evaluate_all("all => all.map((one) => one.dataset.export)")) == sorted(names)
    for name in ("numpy", "numbers-csv", "parameters-json"):
        file, content = saved(learner.page, f"[data-export={name}] button")
        assert file.startswith("stepgrad-xor-1-")
        wanted = learner.api.get(
            f"/api/sessions/{learner.session}/exports/{name}?view=step&digits=3&notation=superscript"
        )
        assert content == wanted.content
        assert f"Saved {file}" in (learner.page.get_by_role("dialog").get_by_role("status").text_content() or "")


def test_what_is_chosen_about_an_export_is_in_the_file(learner: Learner) -> None:
    open_dialog(learner)
    offer = learner.page.locator("[data-export=worksheet-latex]")
    offer.locator("select").first.select_option("loss")
    offer.locator("select").last.select_option("exercises")
    _, content = saved(learner.page, "[data-export=worksheet-latex] button")
    assert content.count(rb"\item") == 3
    assert b"Answers" not in content


@pytest.mark.parametrize("view", ["network", "graph"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_holds_the_numbers_that_are_seen_and_nothing_from_outside(
    learner: Learner, view: str, scheme: Any
) -> None:
    page = learner.page
    page.emulate_media(color_scheme=scheme)
    page.get_by_role("tab", name=view.capitalize()).click()
    page.locator("#panel svg.picture .number").first.wait_for()
    for _ in range(6):
        learner.press("ArrowRight")
    shown = [(one.tensor, one.index, one.value, one.text) for one in learner.numbers("svg.picture")]
    open_dialog(learner)
    name, content = saved(page, f"[data-picture={view}-svg]")
    assert name == f"stepgrad-{view}-1-6.svg"
    root = ElementTree.fromstring(content.decode())
    found = [one for one in root.iter() if one.get("class") == "number"]
    assert len(found) > 5
    assert [(one.get("data-tensor"), one.get("data-value"), "".join(one.itertext())) for one in found] == [
        (tensor, value, text) for tensor, _, value, text in shown
    ]
    assert "url(" not in content.decode()
    assert not re.search(rb'(href|src)="(?!data:)', content)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        "svg",
        "title",
        "g",
        "rect",
        "path",
        "text",
        "tspan",
        "circle",
    }
    paper = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')")
    assert root.findall(f"{SVG}rect")[0].get("fill") == paper.strip()
    _, picture = saved(page, f"[data-picture={view}-png]")
    wide, tall = struct.unpack(">II", picture[16:24])
    assert (wide, tall) == tuple(ceil(2 * float(root.get(side, 0))) for side in ("width", "height"))


def test_parameters_are_brought_or_refused_with_both_shapes_and_then_make_a_network(
    learner: Learner, tmp_path: Path, complaints: list[str]
) -> None:
    file, page = tmp_path / "model.json", learner.page
    named = {"fc1.weight": [[0.5, -0.5], [1, 2]], "fc1.bias": [0, 1], "fc2.weight": [[1, -1]], "fc2.bias": [0.25]}
    file.write_text(json.dumps(named))
    open_dialog(learner)
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Bring to this network").click()
    said = page.get_by_role("dialog").get_by_role("alert")
    said.wait_for()
    assert "weights of fc1 are 2 × 2; those of layer 1 of this network are 3 × 2" in (said.text_content() or "")
    complaints.pop()  # of the refused request
    before = learner.revision
    page.get_by_role("button", name="Make a network of its sizes").click()
    page.wait_for_selector(f"[data-ready=true]:not([data-revision='{before}'])")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert learner.state()["tensors"]["W1"] == named["fc1.weight"]
    assert page.locator(".picture .number[data-tensor=b2]").first.get_attribute("data-value") == "0.25"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_dialog_keeps_nobody_out(learner: Learner, scheme: Any, width: int) -> None:
    learner.page.emulate_media(color_scheme=scheme)
    learner.page.set_viewport_size({"width": width, "height": 740})
    open_dialog(learner)
    assert violations(learner.page) == []
    overflow = learner.page.evaluate(
        "document.querySelector('dialog').scrollWidth - document.querySelector('dialog').clientWidth"
    )
    assert overflow <= 0
