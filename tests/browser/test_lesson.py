"""A lesson: one teacher and five students; every screen shows what it should."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from .axe import violations
from .class_question import predict
from .learner import Learner
from .room import NAMES, SIZES, Room, at, role
from .test_stepping import agreed


def test_a_lesson(room: Room) -> None:
    teacher, page = room.teacher, room.page
    assert violations(page) == []
    expect(page.locator(".teach-address a")).to_have_text(f"{teacher.api.base_url}?room={room.code}")
    qr = page.locator("img.teach-qr")
    expect(qr).to_have_js_property("complete", True)
    assert qr.evaluate("(image) => image.naturalWidth") > 0
    page.keyboard.press("Escape")
    for name, size in zip(NAMES, SIZES, strict=True):
        room.join(name, size, dark=not room.students)
    ada, bao, cleo, dev, _ = room.students
    expect(page.locator(".room-here")).to_contain_text("5 here")
    for _ in range(3):
        teacher.press("ArrowRight")
    room.follow(teacher)
    _look(room)
    _point(room)
    _cover(room)
    _explore(room, ada)
    predict(room)
    _hand_over(room, bao)
    _hold(room, cleo)
    _sleep(dev)
    _close(room)


def _look(room: Room) -> None:
    """What is selected, and which view is chosen, follows; what a student clicks does not stay."""
    page = room.page
    page.locator(".picture [data-tensor=W2][data-index='0,1']").first.focus()
    page.keyboard.press("Enter")
    title = page.locator("#inspector-title")
    expect(title).to_contain_text("Weight from hidden neuron 2")
    for student in room.students:
        expect(student.page.locator("#inspector-title")).to_have_text(title.inner_text())
        for off in ("#next", "#train", "#reset", "#setup", ".step-by", ".track input"):
            expect(student.page.locator(off)).to_be_hidden()
    page.keyboard.press("Escape")
    page.click("#tab-numbers")
    for student in room.students:
        expect(student.page.locator("[role=tabpanel]")).to_have_attribute("aria-labelledby", "tab-numbers")
    page.click("#tab-network")
    ada = room.students[0].page
    expect(ada.locator("[role=tabpanel]")).to_have_attribute("aria-labelledby", "tab-network")
    before = room.teacher.position
    ada.keyboard.press("ArrowRight")
    ada.locator(".picture [data-tensor=W1][data-index]").first.focus()
    ada.keyboard.press("Enter")
    room.teacher.press("ArrowRight")
    assert room.teacher.position == (before[0], before[1] + 1)
    room.follow(room.teacher)
    expect(ada.locator(".inspector")).not_to_have_class("inspector chosen")
    # Where the factor was made is nowhere to go to for her: nothing is even asked.
    bao = room.students[1].page
    bao.locator(".operand-row", has_text="step 3").click()
    room.teacher.press("ArrowRight")
    room.follow(room.teacher)
    assert room.refused == []


def _point(room: Room) -> None:
    """All see a ring around the same number, wherever their screens show it."""
    page = room.page
    page.keyboard.press("i")
    page.locator(".picture .neuron[data-tensor=a1][data-index='0']").first.focus()
    for one in (room.teacher, *room.students):
        ring = one.page.locator(".room-ring")
        expect(ring).to_have_attribute("data-ring", "a1:0")
        body = one.page.locator(".picture .neuron[data-tensor=a1][data-index='0'] .body").first
        body.scroll_into_view_if_needed()
        assert body.evaluate("""(body) => {
          return new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => {
            const [a, b] = [body, document.querySelector(".room-ring")].map((one) => one.getBoundingClientRect());
            const inside = b.left <= a.left && b.top <= a.top && b.right >= a.right && b.bottom >= a.bottom;
            told(inside && b.width < 2 * a.width);
          })));
        }""")
    expect(room.students[0].page.get_by_text("Pointed at: hidden neuron 1")).to_be_attached()
    page.keyboard.press("i")
    expect(room.students[0].page.locator(".room-ring")).to_have_count(0)


def _cover(room: Room) -> None:
    """Nothing computed is told anywhere on any screen, what is given stays; uncovered, it is there again."""
    room.page.keyboard.press("k")
    for one in (room.teacher, *room.students):
        expect(one.page.locator(".result .unwritten")).to_have_text("?")
        told = {shown.tensor for shown in one.numbers() if shown.value is not None}
        assert "b1" in told
        assert {name for name in told if name[0] in "zds" or name in ("a1", "a2", "C", "Wa1")} == set()
    room.page.keyboard.press("k")
    for one in (room.teacher, *room.students):
        expect(one.page.locator(".result .unwritten")).to_have_count(0)
    room.follow(room.teacher)


def _explore(room: Room, ada: Learner) -> None:
    """A copy of her own, from exactly here, of which nobody else knows; and back by the same key."""
    there = room.teacher.position
    ada.page.keyboard.press("m")
    role(ada, "exploring")
    ada.page.wait_for_selector("[data-ready=true]:not([data-session^='~'])")
    assert (ada.position, ada.session != room.teacher.session) == (there, True)
    assert agreed(ada) > 0
    ada.press("ArrowRight")
    ada.press("ArrowRight")
    assert (ada.position, room.teacher.state()["position"]["operation"]) == ((there[0], there[1] + 2), there[1])
    room.teacher.press("ArrowRight")
    room.follow(room.teacher)
    assert ada.position == (there[0], there[1] + 2)
    room.page.keyboard.press("Shift+T")
    expect(room.page.locator(".teach-members li", has_text="Ada")).to_have_attribute("data-state", "exploring")
    expect(room.page.locator(".teach-members li[data-state=following]")).to_have_count(4)
    room.page.keyboard.press("Escape")
    ada.page.keyboard.press("m")
    role(ada, "following")
    room.follow(room.teacher)


def _hand_over(room: Room, bao: Learner) -> None:
    """She leads with a copy of her own; the teacher's session stays as it was, and is shown again afterwards."""
    teacher, page = room.teacher, room.page
    own, there = teacher.session, teacher.position
    page.click("#hand-over")
    page.get_by_role("button", name="Give the lead: Bao").click()
    role(bao, "leading")
    bao.page.wait_for_selector("[data-ready=true]:not([data-session^='~'])")
    role(teacher, "following")
    expect(page.locator(".room-part")).to_contain_text("Bao leads")
    bao.press("ArrowRight")
    bao.press("ArrowRight")
    assert bao.session != own
    room.follow(bao)
    assert teacher.position == (there[0], there[1] + 2)
    assert teacher.api.get(f"/api/sessions/{own}").json()["position"]["operation"] == there[1]
    page.click("#take-back")
    role(teacher, "teaching")
    role(bao, "following")
    at(teacher, there)
    assert teacher.session == own
    room.follow(teacher)


def _hold(room: Room, cleo: Learner) -> None:
    """Held, nobody explores, and who did is back; let go, they may again."""
    cleo.page.keyboard.press("m")
    role(cleo, "exploring")
    cleo.press("ArrowRight")
    room.page.keyboard.press("y")
    role(cleo, "following")
    expect(cleo.page.locator("#explore")).to_be_disabled()
    expect(cleo.page.locator(".room-part")).to_contain_text("holds everybody")
    cleo.page.keyboard.press("m")
    room.teacher.press("ArrowRight")
    room.follow(room.teacher)
    role(cleo, "following")
    room.page.keyboard.press("y")
    expect(cleo.page.locator("#explore")).to_be_enabled()


def _sleep(dev: Learner) -> None:
    """A page that has slept listens anew as soon as it wakes, and one that is loaded again has its seat."""
    dev.page.reload()
    role(dev, "following")
    dev.page.clock.install()
    dev.page.reload()
    role(dev, "following")
    with dev.page.expect_response("**/events?**"):
        dev.page.clock.fast_forward(60_000)


def _close(room: Room) -> None:
    """All are told; the key, the tokens and the name by which the session was seen are no more."""
    viewing, seats = room.students[0].session, room.page.evaluate("() => ({...localStorage})")
    key = httpx.Response(200, text=seats[f"stepgrad.room.{room.code}"]).json()["key"]
    room.page.keyboard.press("Shift+T")
    expect(room.page.locator(".teach-members li")).to_have_count(5)
    room.page.click("#close-room")
    for student in room.students:
        expect(student.page.locator(".room-part")).to_contain_text("The class is over")
    role(room.teacher, "")
    expect(room.page.locator("#next")).to_be_visible()
    assert "teach" not in room.page.url
    room.teacher.press("ArrowRight")
    ended = room.teacher.api.delete(f"/api/rooms/{room.code}", headers={"Stepgrad-Room": key})
    assert ended.status_code == 404
    assert room.teacher.api.get(f"/api/sessions/{viewing}").status_code == 404
    room.students[0].page.get_by_role("button", name="Go on alone").click()
    room.students[0].page.wait_for_selector("[data-ready=true]")
    assert "room" not in room.students[0].page.url
