"""Data in the browser: ready sets with their options, tables dropped in, rows to test on, digits drawn by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from .learner import Learner

TABLE = "Größe;Farbe;reif\r\n" + "".join(
    f"{k},5;{'rot' if k % 2 else 'grün'};{'ja' if k > 5 else 'nein'}\r\n" for k in range(12)
)


def choose(learner: Learner, name: str) -> Locator:
    dialog = learner.set_up()
    dialog.get_by_label("Data").select_option(name)
    return dialog


def start(learner: Learner, dialog: Locator) -> None:
    before = learner.session
    dialog.get_by_role("button", name="Start this network").click()
    learner.page.wait_for_selector(f"[data-ready=true]:not([data-session='{before}'])")
    expect(dialog).to_be_hidden()


def test_a_ready_set_is_drawn_as_its_options_say_and_its_network_fits(learner: Learner) -> None:
    dialog = choose(learner, "spirals")
    dialog.get_by_label("Arms").fill("3")
    dialog.get_by_label("Count").fill("90")
    dialog.get_by_label("More inputs").fill("x1*x2, sin(x1)")
    expect(dialog).to_contain_text("to test on; 4 inputs, 3 outputs")
    expect(dialog.get_by_label("Units").last).to_have_value("3")
    start(learner, dialog)
    state = learner.state()
    assert [layer["units"] for layer in state["spec"]["layers"]] == [4, 8, 8, 3]
    assert state["spec"]["loss"] == "cross_entropy"
    assert state["data"]["choice"]["options"] == {"arms": 3, "turns": 1.25, "count": 90, "noise": 0.1}
    assert state["data"]["features"] == ["x₁", "x₂", "x₁·x₂", "sin(x₁)"]


def test_what_cannot_be_drawn_is_said_and_leaves_the_session_as_it_was(learner: Learner, complaints: list[str]) -> None:
    before = learner.state()
    dialog = choose(learner, "boundary")
    dialog.get_by_label("Rule").fill("y > sin x")
    expect(dialog.get_by_role("alert")).to_contain_text("expected ( after sin")
    dialog.get_by_role("button", name="Start this network").click()
    expect(dialog.get_by_role("alert")).to_contain_text("expected ( after sin")
    expect(dialog.get_by_label("Rule")).to_have_value("y > sin x")
    assert learner.state() == before
    complaints[:] = [said for said in complaints if "422" not in said]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_is_looked_at_before_it_counts_and_learned_from(learner: Learner, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "obst.csv"
    file.write_bytes(TABLE.encode(encoding))
    dialog = choose(learner, "table")
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog).to_contain_text("12 rows, 3 columns")
    expect(dialog.get_by_label("Decimals after a")).to_have_value(",")
    expect(dialog.get_by_label("Part of reif")).to_have_value("target")
    dialog.get_by_label("Part of Farbe").select_option("Leave out")
    expect(dialog).to_contain_text("Learn to tell reif (ja, nein) from Größe. 10 rows to learn from, 2 to test on")
    start(learner, dialog)
    rows = learner.get("/data")
    assert rows["features"] == ["Größe"]
    assert rows["classes"] == ["ja", "nein"]
    assert len(rows["inputs"]) == 10
    back = [value[0] * rows["deviations"][0] + rows["means"][0] for value in rows["inputs"] + rows["test_inputs"]]
    assert sorted(back) == pytest.approx([k + 0.5 for k in range(12)])


def test_a_file_that_is_dropped_is_read_and_elsewhere_it_opens_nothing(learner: Learner) -> None:
    dialog = choose(learner, "table")
    dropped = learner.page.evaluate_handle(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "obst.csv", { type: "text/csv" }));
            return data;
        }""",
        TABLE,
    )
    area = dialog.locator(".drop")
    area.dispatch_event("dragover", {"dataTransfer": dropped})
    expect(area).to_have_class("drop over")
    area.dispatch_event("drop", {"dataTransfer": dropped})
    expect(area).to_have_class("drop")
    expect(area).to_contain_text("obst.csv. Drop another file here")
    expect(dialog).to_contain_text("12 rows, 3 columns")
    start(learner, dialog)
    assert learner.get("/data")["classes"] == ["ja", "nein"]
    for kind in ("dragover", "drop"):
        refused = learner.page.evaluate(
            """([kind, dataTransfer]) => !document.body.dispatchEvent(
                new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))""",
            [kind, dropped],
        )
        assert refused, f"the browser would open the file at {kind}"


def test_a_pasted_table_that_cannot_be_read_says_where_and_a_better_one_replaces_it(
    learner: Learner, complaints: list[str]
) -> None:
    dialog = choose(learner, "table")
    dialog.get_by_label("or paste the table").fill("a,b\n1,2\n3\n4,5\n")
    expect(dialog.get_by_role("alert")).to_contain_text("Row 3 has 1 cell; expected 2")
    dialog.get_by_label("or paste the table").fill("a,b\n1,2.5\n3,\n4,5.5\n6,7.5\n")
    expect(dialog.get_by_role("alert")).to_contain_text("Row 3, column 'b': got '', expected a value")
    dialog.get_by_label("Missing values").select_option("drop")
    expect(dialog).to_contain_text("Learn to give b from a. 2 rows to learn from, 1 to test on")
    expect(dialog.get_by_label("Loss")).to_have_value("mean_squared_error")
    start(learner, dialog)
    assert learner.state()["data"]["title"] == "Own data: b"
    complaints[:] = [said for said in complaints if "422" not in said]


def test_own_data_begins_again_from_its_table(learner: Learner, complaints: list[str]) -> None:
    dialog = choose(learner, "table")
    dialog.get_by_label("or paste the table").fill(TABLE)
    expect(dialog).to_contain_text("10 rows to learn from")
    start(learner, dialog)
    gone, rows = learner.session, learner.get("/data")
    learner.lose(gone)
    learner.page.keyboard.press("ArrowRight")
    learner.page.get_by_text("Start again with the same network").click()
    learner.page.wait_for_selector(f"[data-ready=true]:not([data-session='{gone}'])")
    assert learner.get("/data") == rows
    complaints[:] = [said for said in complaints if "404" not in said]


def test_a_row_to_test_on_is_marked_and_shown_when_it_is_clicked(learner: Learner) -> None:
    start(learner, choose(learner, "wine"))
    rows = learner.get("/data")
    learner.page.locator(".examples summary").click()
    expect(learner.page.locator(".examples summary")).to_contain_text("142 rows to learn from, 36 to test on")
    expect(learner.page.locator(".examples thead tr.scale").first).to_contain_text(f"{rows['means'][0]:.3f}")
    learner.page.get_by_role("button", name="Tests").click()
    learner.page.get_by_role("button", name="Show example 150, to test on").click()
    expect(learner.page.locator("#example")).to_contain_text("150 of 178, to test on")
    shown = [number for number in learner.numbers() if number.tensor == "a0" and number.index == (0,)]
    assert {float(number.value or "nan") for number in shown} == {rows["test_inputs"][149 - 142][0]}


def test_what_if_inputs_are_typed_in_the_datas_units(learner: Learner) -> None:
    start(learner, choose(learner, "wine"))
    rows = learner.get("/data")
    mean, deviation = rows["means"][1], rows["deviations"][1]
    learner.page.click("#what-if")
    field = learner.page.locator(".guess input").nth(1)
    shown = rows["inputs"][learner.state()["batch"]["shown"]][1]
    assert float(field.input_value()) == pytest.approx(shown * deviation + mean)
    expect(learner.page.locator(".guess label").nth(1)).to_contain_text(f"(x − {mean:.3f}) / {deviation:.3f}")
    field.fill(repr(mean - 2 * deviation))
    prepared = learner.page.locator(".guess .standard b").nth(1)
    expect(prepared).to_have_text("−2")
    drawn = learner.page.locator("svg.picture .value .number[data-tensor=a0][data-index='1']")
    expect(drawn).to_have_attribute("data-value", prepared.get_attribute("data-value") or "")
    expect(drawn).to_have_text("−2")


def test_a_digit_drawn_by_hand_goes_through_the_network(learner: Learner) -> None:
    start(learner, choose(learner, "digits"))
    learner.page.click("#what-if")
    learner.page.get_by_role("button", name="Clear").click()
    pad = learner.page.locator(".pad")
    pad.focus()
    learner.page.keyboard.press("ArrowDown")
    learner.page.keyboard.press("Space")
    box = pad.bounding_box()
    assert box is not None
    cell = box["width"] / 8
    learner.page.mouse.move(box["x"] + 4.5 * cell, box["y"] + 1.5 * cell)
    learner.page.mouse.down()
    learner.page.mouse.move(box["x"] + 4.5 * cell, box["y"] + 6.5 * cell, steps=20)
    learner.page.mouse.up()
    inputs = [0.0] * 64

    def ink(row: int, column: int) -> None:
        for down, right in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
            r, c = row + down, column + right
            if 0 <= r < 8 and 0 <= c < 8:
                inputs[8 * r + c] = min(inputs[8 * r + c] + 0.35, 1) if (down, right) != (0, 0) else 1

    ink(1, 0)
    for row in range(1, 7):
        ink(row, 4)
    said = learner.api.post(f"/api/sessions/{learner.session}/predict", json={"inputs": [inputs]}).json()
    outputs = said["layers"][-1][0]
    best = max(range(10), key=outputs.__getitem__)
    expect(learner.page.locator("output.read")).to_have_text(f"reads {best} {outputs[best]:.3f}")
