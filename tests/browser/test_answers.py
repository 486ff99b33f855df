"""The answers: the matrix is the API's, a cell lists its examples, both can be kept as files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.learner import Learner

LAYERS = [{"units": 4}, {"units": 5, "activation": "tanh"}, {"units": 3, "activation": "softmax"}]
SPEC = {"layers": LAYERS, "loss": "cross_entropy", "batch_size": 10, "seed": 3}


def begin(learner: Learner) -> None:
    body = {"spec": SPEC, "data": {"name": "iris", "test_share": 0.3}}
    made = learner.api.post("/api/sessions", json=body).json()
    learner.api.post(f"/api/sessions/{made['id']}/train", json={"iterations": 60}).raise_for_status()
    learner.open(f"/#session={made['id']}&view=answers")
    learner.page.wait_for_selector(f"[data-session='{made['id']}'] .cell")


def matrix(learner: Learner, of: str) -> list[int]:
    cells = learner.page.locator(f"table[data-of={of}] .cell").all()
    return [int(cell.get_attribute("data-value") or "-1") for cell in cells]


def test_the_matrix_is_that_of_the_parameters_at_the_cursor(newcomer: Learner) -> None:
    begin(newcomer)
    before = matrix(newcomer, "training")
    found = newcomer.get("/confusion")
    for of in ("training", "test"):
        assert matrix(newcomer, of) == [count for line in found[of]["counts"] for count in line]
        shown = newcomer.page.locator(f".accuracy[data-of={of}]")
        assert float(shown.get_attribute("data-value") or "nan") == found[of]["accuracy"]
    newcomer.api.put(f"/api/sessions/{newcomer.session}/position", json={"iteration": 0, "operation": 0})
    newcomer.press("ArrowRight")
    wanted = newcomer.get("/confusion")["training"]
    expect(newcomer.page.locator(f".accuracy[data-of=training][data-value='{wanted['accuracy']}']")).to_be_visible()
    assert matrix(newcomer, "training") == [count for line in wanted["counts"] for count in line] != before


def test_a_cell_lists_its_examples_and_one_of_them_is_shown_by_a_click(newcomer: Learner) -> None:
    begin(newcomer)
    found = newcomer.get("/confusion")["test"]
    wrong = [(w, a) for w in range(3) for a in range(3) if w != a and found["counts"][w][a]]
    wanted, answered = wrong[0]
    newcomer.page.locator(f"table[data-of=test] .cell[data-wanted='{wanted}'][data-answered='{answered}']").click()
    rows = [int(one.get_attribute("data-row") or "-1") for one in newcomer.page.locator(".inside-rows button").all()]
    assert rows == found["examples"][wanted][answered]
    newcomer.page.locator(".inside-rows button").last.click()
    expect(newcomer.page.locator(".inside-rows button").last).to_have_attribute("aria-pressed", "true")
    assert f"example={rows[-1]}" in newcomer.page.url


def test_the_matrix_can_be_kept_as_numbers_and_as_a_picture(newcomer: Learner, tmp_path: Path) -> None:
    begin(newcomer)
    with newcomer.page.expect_download() as table:
        newcomer.page.locator(".confusion-panel").get_by_role("button", name="Save CSV").click()
    table.value.save_as(tmp_path / "answers.csv")
    lines = list(csv.reader(io.StringIO((tmp_path / "answers.csv").read_text(encoding="utf-8-sig"))))
    found = newcomer.get("/confusion")
    numbers = [[int(cell) for cell in line[2:]] for line in lines[1:]]
    assert numbers == found["training"]["counts"] + found["test"]["counts"]
    with newcomer.page.expect_download() as picture:
        newcomer.page.locator(".confusion-panel").get_by_role("button", name="Save PNG").click()
    picture.value.save_as(tmp_path / "answers.png")
    assert (tmp_path / "answers.png").read_bytes().startswith(b"\x89PNG")
    assert picture.value.suggested_filename == "answers.png"


def test_data_without_classes_says_so(learner: Learner) -> None:
    learner.preset("two_two_two")
    learner.page.get_by_role("tab", name="Answers").click()
    expect(learner.page.locator(".confusion-panel")).to_contain_text("no classes")
