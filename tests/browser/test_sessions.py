"""One's sessions in a list: to go on with, to name, to copy, to delete and to have back, and to open from a file."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Route, expect

from tests.sessions.saved import filed, lived

from .axe import violations
from .learner import Learner


def opened(learner: Learner) -> Locator:
    """The dialog with the list."""
    learner.page.keyboard.press("l")
    dialog = learner.page.get_by_role("dialog")
    expect(dialog.locator(".hint")).to_be_visible()
    return dialog


def one(dialog: Locator, session: str) -> Locator:
    return dialog.locator(f"[data-session='{session}']")


def test_a_session_is_left_and_gone_on_with_from_the_list(learner: Learner) -> None:
    learner.press("End")
    before, position = learner.session, learner.position
    learner.preset("iris")
    learner.press("End")
    dialog = opened(learner)
    expect(one(dialog, learner.session)).to_have_attribute("aria-current", "true")
    expect(one(dialog, before)).to_contain_text("XOR 2–3–1")
    one(dialog, before).locator("button.library-open").click()
    learner.page.wait_for_selector(f"[data-ready=true][data-session='{before}']")
    expect(dialog).to_have_count(0)
    assert learner.position == position
    learner.page.reload()
    learner.page.wait_for_selector(f"[data-ready=true][data-session='{before}']")
    assert learner.position == position


def test_a_session_in_which_nothing_was_done_is_in_nobodys_way(learner: Learner) -> None:
    untouched = learner.session
    learner.preset("iris")
    dialog = opened(learner)
    expect(one(dialog, learner.session)).to_be_visible()
    expect(one(dialog, untouched)).to_have_count(0)


def test_a_session_is_named_copied_deleted_and_had_back_by_keyboard(learner: Learner) -> None:
    learner.press("End")
    session = learner.session
    learner.preset("iris")
    dialog = opened(learner)
    one(dialog, session).get_by_role("button", name="Rename").press("Enter")
    field = dialog.get_by_label("Name of the session")
    expect(field).to_be_focused()
    field.press("Control+a")
    field.press_sequentially("For Monday")
    field.press("Enter")
    expect(one(dialog, session).locator("b")).to_have_text("For Monday")
    dialog.get_by_role("button", name="Duplicate: For Monday").press("Enter")
    expect(dialog.locator("b", has_text="For Monday")).to_have_count(2)
    one(dialog, session).get_by_role("button", name="Delete").press("Enter")
    expect(one(dialog, session)).to_have_count(0)
    dialog.get_by_role("button", name="Bring back: For Monday").press("Enter")
    expect(one(dialog, session)).to_be_visible()
    assert violations(learner.page) == []


def test_another_browser_sees_none_of_them(learner: Learner) -> None:
    learner.press("End")
    session = learner.session
    assert session in learner.page.evaluate(
        "async () => { const response = await fetch('api/sessions', "
        "{ headers: { 'Stepgrad-Owner': localStorage.getItem('stepgrad.owner') } }); return response.text(); }"
    )
    learner.page.evaluate("() => localStorage.clear()")
    learner.page.reload()
    learner.page.wait_for_selector("[data-ready=true]")
    listed = learner.page.evaluate(
        "async () => (await fetch('api/sessions', "
        "{ headers: { 'Stepgrad-Owner': localStorage.getItem('stepgrad.owner') ?? 'x'.repeat(22) } })).text()"
    )
    assert session not in listed


def test_a_file_opens_as_a_session_and_a_damaged_one_says_so(
    learner: Learner, tmp_path: Path, complaints: list[str]
) -> None:
    session = lived(3)
    content = filed(session)
    good, bad = tmp_path / "good.stepgrad", tmp_path / "bad.stepgrad"
    good.write_bytes(content)
    bad.write_bytes(content[:-9])
    before = learner.session
    dialog = opened(learner)
    field = dialog.get_by_label("Open a session from a file")
    field.set_input_files(bad)
    expect(learner.page.get_by_role("alert")).to_contain_text("The file is damaged")
    field.set_input_files(good)
    learner.page.wait_for_selector(f"[data-ready=true]:not([data-session='{before}'])")
    assert learner.position == (session.cursor.iteration, session.cursor.operation)
    complaints[:] = [said for said in complaints if "422" not in said]


def test_a_session_is_kept_as_a_file(learner: Learner) -> None:
    learner.press("End")
    dialog = opened(learner)
    with learner.page.expect_download() as download:
        one(dialog, learner.session).get_by_role("link", name="Save file").click()
    assert download.value.suggested_filename == "XOR-2-3-1.stepgrad"
    assert Path(download.value.path()).read_bytes()[:4] == b"SGSN"


def test_what_could_not_be_saved_is_said_as_long_as_it_is_so(learner: Learner) -> None:
    def unsaved(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json={**response.json(), "unsaved": "The disk is full."})

    learner.page.route("**/step?*", unsaved)
    learner.press("ArrowRight")
    said = learner.page.locator(".unsaved")
    expect(said).to_have_text("Not saved. The disk is full.")
    learner.page.unroute("**/step?*")
    learner.press("ArrowRight")
    expect(said).to_be_empty()
