"""A class: how it is joined and ends, and what students see of what the teacher does with her network."""

from __future__ import annotations

from playwright.sync_api import expect

from .axe import violations
from .learner import Learner
from .room import DESK, Room, at, role
from .test_payloads import PAYLOADS

LONGEST_NICKNAME = 40


def test_a_class_is_joined_by_its_code_and_a_wrong_one_is_told(room: Room) -> None:
    someone = room.newcomer(DESK)
    someone.page.goto("/?room=ZZZZZZ")
    someone.page.get_by_role("button", name="Join").click()
    expect(someone.page.get_by_role("alert")).to_contain_text("There is no such room")
    assert room.refused.pop().endswith("/api/rooms/ZZZZZZ/members")
    room.complaints.clear()
    someone.page.get_by_label("Code").fill(room.code.lower())
    someone.page.get_by_role("button", name="Join").click()
    someone.page.get_by_role("button", name="Join").click()
    role(someone, "following")
    _end_while_a_student_leads(room, someone)


def _end_while_a_student_leads(room: Room, student: Learner) -> None:
    """The teacher's page is an ordinary one again, with the session that was hers all along."""
    own = room.teacher.session
    room.page.get_by_role("button", name="Give the lead").click()
    role(student, "leading")
    student.page.wait_for_selector("[data-ready=true]:not([data-session^='~'])")
    student.press("ArrowRight")
    at(room.teacher, (0, 1))
    room.page.click(".room-here")
    room.page.click("#close-room")
    room.page.wait_for_selector(f"[data-ready=true][data-role=''][data-session='{own}']")
    assert room.teacher.position == (0, 0)


def test_who_is_led_to_a_number_that_is_not_there_goes_on_and_asks_no_more_than_it_takes(room: Room) -> None:
    """Whoever leads may say anything, by a script of her own."""
    ada = room.join("Ada", DESK)
    key = room.page.evaluate("(code) => JSON.parse(localStorage.getItem(`stepgrad.room.${code}`)).key", room.code)

    def point(tensor: str, *index: int, **more: object) -> None:
        look = {"selection": {"tensor": tensor, "index": index}, **more}
        room.teacher.api.put(f"/api/rooms/{room.code}/spotlight", json={"look": look}, headers={"Stepgrad-Room": key})

    with ada.page.expect_response(lambda answer: "/W9?" in answer.url):
        point("W9", 2**53, -1, pinned={"layer": 9, "unit": 9}, by="constructor")
    for operation in range(1, 6):
        room.teacher.api.post(f"/api/sessions/{room.teacher.session}/step", json={})
        at(ada, (0, operation))
    asked = [url for url in room.refused if "/explanations/W9?" in url]
    assert 1 <= len(asked) <= 3 * 6
    point("W1", 0, 0)
    expect(ada.page.locator("[data-tensor='W1'][data-index='0,0'][aria-pressed='true']").first).to_be_attached()
    room.refused.clear()
    room.complaints.clear()


def test_a_server_that_nobody_else_can_reach_says_how_to_teach(learner: Learner) -> None:
    learner.page.keyboard.press("l")
    learner.page.click("#teach")
    expect(learner.page.get_by_role("dialog", name="Teach")).to_contain_text("python3 -m app --share")
    assert violations(learner.page) == []


def test_whatever_the_teacher_does_with_her_network_follows_in_a_students_own_writing(room: Room) -> None:
    """A reload, training, an edit, another session; the student keeps her digits, notation and language."""
    page, teacher = room.page, room.teacher
    ada = room.join("Ada", DESK)
    page.keyboard.press("Escape")
    before = teacher.session
    page.reload()
    page.wait_for_selector("[data-ready=true][data-role=teaching]")
    assert teacher.session == before
    page.locator("#pace").select_option("10")
    page.keyboard.press("g")
    ada.page.wait_for_selector(".page[data-running=true] output.position:not([data-iteration='0'])")
    page.keyboard.press("g")
    page.wait_for_selector(".page[data-running=false]")
    teacher.press("ArrowRight")
    room.follow(teacher)
    page.keyboard.press("e")
    expect(page.locator(".value-field input")).to_be_focused()
    page.keyboard.type("0.625")
    page.keyboard.press("Enter")
    expect(ada.page.locator(".picture [data-tensor=W1][data-index='0,0'][data-value='0.625']").first).to_be_visible()
    room.follow(teacher)
    page.keyboard.press("w")
    page.locator("[name=input-1]").fill("0.375")
    expect(ada.page.locator(".picture [data-tensor=a0][data-index='1'][data-value='0.375']").first).to_be_visible()
    expect(ada.page.locator(".guess :is(input, button)").first).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(ada.page.locator(".guess")).to_have_count(0)
    room.follow(teacher)
    teacher.preset("iris")
    ada.page.wait_for_selector(".page[data-ready=true] .title:has-text('Iris')")
    teacher.press("ArrowRight")
    room.follow(teacher)
    expect(ada.page.locator(".examples")).to_contain_text("150 rows")
    ada.page.keyboard.press(".")
    ada.page.keyboard.press("o")
    ada.page.wait_for_selector("html[lang=en]")
    ada.page.click("#view")
    ada.page.click("[data-language=de]")
    ada.page.keyboard.press("Escape")
    expect(ada.page.locator(".room-part")).to_contain_text("Sie folgen")
    teacher.press("ArrowRight")
    sentence = ada.state(language="de", notation="course", digits=4)["step"]["explanation"]["sentence"]
    expect(ada.page.locator(".next.sentence")).to_have_text(sentence)
    assert sentence != teacher.state()["step"]["explanation"]["sentence"]


def test_a_nickname_is_text_whatever_it_says(room: Room) -> None:
    names = [payload for payload in PAYLOADS if len(payload) <= LONGEST_NICKNAME]
    assert len(names) > 30
    for name in names:
        room.teacher.api.post(f"/api/rooms/{room.code}/members", json={"nickname": name}).raise_for_status()
    shown = [" ".join(name.replace("\u202e", " ").split()) for name in names]
    expect(room.page.locator(".teach-members li")).to_contain_text(shown)
    assert room.page.evaluate("() => window.struck ?? null") is None
