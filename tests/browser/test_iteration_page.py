"""An exported iteration steps from a file, with no server and no network, and shows the numbers of the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.server import Server

from .axe import violations

VISIBLE = """() => [...document.querySelectorAll("svg .number:not(.later)")].map(
  ({ dataset }) => [`${dataset.tensor}:${dataset.index}`, dataset.value])"""


@dataclass(frozen=True)
class Exported:
    """A page that was exported from a session at this position, in a browser without a network."""

    page: Page
    api: httpx.Client
    session: str

    def state(self, position: int) -> Any:
        body = {"iteration": 2, "operation": position}
        return self.api.put(f"{self.session}/position", json=body).raise_for_status().json()

    def visible(self) -> dict[str, str]:
        """The numbers of the drawing that are not still to come, by element."""
        return dict(self.page.evaluate(VISIBLE))


@pytest.fixture
def exported(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Exported]:
    with httpx.Client(base_url=server.url) as api:
        session = f"/api/sessions/{api.post('/api/sessions', json={'preset': 'xor'}).json()['id']}"
        api.put(f"{session}/position", json={"iteration": 2, "operation": 20}).raise_for_status()
        file = tmp_path / "iteration.html"
        file.write_bytes(api.get(f"{session}/exports/iteration").raise_for_status().content)
        context = browser.new_context(offline=True, viewport={"width": 1000, "height": 900})
        page, complaints = context.new_page(), list[str]()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(error.message))
        page.on("request", lambda sent: None if sent.url.startswith("file:") else complaints.append(sent.url))
        page.goto(file.as_uri())
        yield Exported(page, api, session)
        context.close()
        assert complaints == []


def element(tensors: dict[str, Any], key: str) -> float | None:
    """An element of a state's tensors, of the example that is shown."""
    tensor, _, index = key.partition(":")
    found: Any = tensors[tensor]
    if tensor[0] in "azdy" and tensor[:2] not in ("dW", "db"):
        found = found[0]
    for part in index.split(","):
        found = found[int(part)]
    return None if found is None else float(found)


def test_every_number_of_the_drawing_is_that_of_the_api_at_every_position(exported: Exported) -> None:
    last = exported.state(0)["position"]["operations"]
    exported.page.keyboard.press("Home")
    for position in range(last + 1):
        assert exported.page.locator("#where").text_content() == f"Step {position} of {last}"
        if position % 6 in (0, 5) or position == last:
            tensors = exported.state(position)["tensors"]
            shown = exported.visible()
            for key, value in shown.items():
                if not key.startswith(("W", "b")):  # a state has parameters at the cursor, the drawing old and new ones
                    assert float(value) == element(tensors, key), (position, key)
            told = {key for key in shown if key[0] in "az" and element(tensors, key) is not None}
            assert {key for key in shown if key[0] in "az"} == told
        exported.page.keyboard.press("ArrowRight")


def test_it_opens_where_the_session_stood_and_steps_forward_and_back_with_a_sentence_and_formulas(
    exported: Exported,
) -> None:
    page = exported.page
    assert page.locator("#where").text_content() == "Step 20 of 57"
    for key, position in (("ArrowRight", 21), ("ArrowLeft", 20), ("End", 57), ("ArrowRight", 57), ("ArrowLeft", 56)):
        page.keyboard.press(key)
        assert page.locator("#where").text_content() == f"Step {position} of 57"
    page.get_by_role("button", name="First").click()
    page.get_by_role("button", name="Forward").click()
    step = page.locator(".step:visible")
    explanation = exported.state(1)["step"]["explanation"]
    assert step.locator("h2").text_content() == explanation["title"]
    assert step.locator(".sentence").text_content() == explanation["sentence"]
    assert page.get_by_role("status").text_content() == explanation["sentence"]
    assert float(step.get_attribute("data-value") or "nan") == explanation["value"]
    assert step.locator("math").count() >= 3
    assert page.locator(".card.marked, .link.marked").count() == 2


def test_the_slider_goes_anywhere_and_says_where(exported: Exported) -> None:
    slider = exported.page.get_by_role("slider", name="Position")
    slider.focus()
    exported.page.keyboard.press("ArrowRight")
    assert exported.page.locator("#where").text_content() == "Step 21 of 57"
    assert slider.get_attribute("aria-valuetext") == "Step 21 of 57"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(exported: Exported, scheme: Any) -> None:
    exported.page.emulate_media(color_scheme=scheme)
    assert violations(exported.page) == []


def test_without_scripts_every_step_can_be_read(browser: Browser, exported: Exported) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(exported.page.url)
    assert page.locator(".step:visible").count() == 58
    context.close()
