"""The table of numbers: all of them, sorted, beside another example, the same as the API's."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.learner import Learner

PER_EXAMPLE = re.compile(r"(a|z|da|dz)\d+|y|share|own")


def element(tensors: dict[str, Any], tensor: str, index: str, row: int = 0) -> Any:
    value = tensors[tensor]
    path = [int(part) for part in index.split(",") if part]
    if PER_EXAMPLE.fullmatch(tensor):
        value = value[row]
    for part in path:
        value = value[part]
    return value


def test_the_table_has_every_number_of_the_state(newcomer: Learner) -> None:
    newcomer.open("/#view=numbers")
    page = newcomer.page
    page.keyboard.press("4")
    for _ in range(3):
        newcomer.press("ArrowRight")
    tensors = newcomer.state()["tensors"]
    found = 0
    for node in page.locator(".table .number").all():
        tensor, index = node.get_attribute("data-tensor") or "", node.get_attribute("data-index") or ""
        if not tensor.endswith(".new"):
            assert float(node.get_attribute("data-value") or "nan") == element(tensors, tensor, index)
            found += 1
    assert found == sum(_count(values) for values in tensors.values())


def test_a_click_on_a_column_sorts_and_a_click_on_a_number_explains(newcomer: Learner) -> None:
    newcomer.open("/#view=numbers")
    page = newcomer.page
    page.locator(".table thead").get_by_role("button", name="Size").click()
    sizes = [float(node.get_attribute("data-value") or "nan") for node in page.locator(".table .number").all()]
    assert sizes == sorted(sizes, key=abs, reverse=True)
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Size")
    page.locator(".table tbody button").first.click()
    expect(page.locator(".badge")).to_have_text("Selected")


def test_two_examples_stand_side_by_side(newcomer: Learner) -> None:
    newcomer.open("/#view=numbers")
    page = newcomer.page
    page.keyboard.press("4")
    newcomer.press("ArrowRight")
    page.locator(".table-tools select").nth(1).select_option("1")
    shown, other = newcomer.state(), newcomer.state(example=1)
    assert shown["batch"]["shown"] != 1
    line = page.locator(".table tbody tr", has=page.locator("[data-tensor=z2]"))
    expect(line.locator("td").nth(2)).not_to_have_text("–", timeout=30_000)
    values = shown["tensors"]["z2"][0][0], other["tensors"]["z2"][-1][0]
    texts = [line.locator("td").nth(column).inner_text().replace("−", "-") for column in (1, 2, 3)]
    assert [float(text) for text in texts[:2]] == [round(value, 3) for value in values]
    assert abs(float(texts[2]) - (values[1] - values[0])) < 6e-4


def _count(values: Any) -> int:
    """How many numbers of one example there are; those of examples are the first of a batch of one."""
    if isinstance(values, list):
        return sum(_count(part) for part in values)
    return values is not None
