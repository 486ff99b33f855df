"""A class in real browsers: one teacher and five students; every screen shows what it should."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Response, ViewportSize, expect

from tests.server import Server

from .axe import violations
from .conftest import strict
from .learner import Learner
from .test_payloads import PAYLOADS
from .test_stepping import agreed

NAMES = ("Ada", "Bao", "Cleo", "Dev", "Eva")
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
TABLET: ViewportSize = {"width": 1024, "height": 768}
SIZES = (PHONE, DESK, TABLET, PHONE, DESK)
"""The first on a phone in the dark, the second at a desk in the light."""
LONGEST_NICKNAME = 40


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    """A server that a class can reach."""
    with Server("--share", "--host", "127.0.0.1") as server:
        yield server


class Room:
    """A teacher and those who joined her, each with a browser that has never been here."""

    def __init__(self, browser: Browser, server: Server, stack: ExitStack) -> None:
        self._browser, self._server, self._stack = browser, server, stack
        self.complaints: list[str] = []
        self.refused: list[str] = []
        self.late = 0
        self.students: list[Learner] = []
        self.teacher = self.newcomer(DESK)
        self.page = self.teacher.page
        self.page.goto("/")
        self.page.wait_for_selector("[data-ready=true]")
        self.page.keyboard.press("Shift+T")
        self.page.click("#open-room")
        self.code = self.page.locator(".teach-code").inner_text().replace(" ", "")

    def newcomer(self, size: ViewportSize, dark: bool = False) -> Learner:
        url = self._server.url
        context = self._browser.new_context(
            base_url=url, viewport=size, locale="en-US", color_scheme="dark" if dark else "light"
        )
        self._stack.callback(context.close)
        page = self._stack.enter_context(strict(context.new_page(), url, self.complaints))
        page.on("response", self._answered)
        someone = Learner(page, url)
        self._stack.callback(someone.api.close)
        return someone

    def _answered(self, response: Response) -> None:
        """What was asked of a session while the room went on to another one, or ended, may come too late."""
        if response.status == 404 and "/api/sessions/~" in response.url:
            self.late += 1
        elif response.status >= 400:
            self.refused.append(response.url)

    def content(self) -> None:
        """Nothing went wrong on any screen, but for what came too late."""
        assert self.refused == []
        late = [said for said in self.complaints if "404" in said]
        assert len(self.complaints) == len(late) <= self.late
        self.complaints.clear()

    def join(self, name: str, size: ViewportSize, dark: bool = False) -> Learner:
        student = self.newcomer(size, dark)
        student.page.goto(f"/?room={self.code}")
        student.page.get_by_label("Nickname").fill(name)
        if not self.students:
            assert violations(student.page) == []
        student.page.get_by_role("button", name="Join").click()
        student.page.wait_for_selector("[data-role=following][data-ready=true]")
        self.students.append(student)
        return student

    def follow(self, leader: Learner) -> None:
        """Wait until those who follow are where the leader is; what they see is what the API says of her."""
        there, state = leader.position, leader.state()
        for student in (self.teacher, *self.students):
            if student.page.get_attribute(".page", "data-role") != "following":
                continue
            _at(student, there)
            assert student.session.startswith("~")
            assert agreed(student) > 0
            seen = student.state()
            assert {**seen, "id": state["id"]} == state


def _at(learner: Learner, position: tuple[int, int]) -> None:
    iteration, operation = position
    learner.page.wait_for_selector(
        f"[data-ready=true] output.position[data-iteration='{iteration}'][data-operation='{operation}']"
    )


def _role(learner: Learner, role: str) -> None:
    learner.page.wait_for_selector(f".page[data-role='{role}']")


@pytest.fixture
def room(browser: Browser, shared: Server) -> Iterator[Room]:
    with ExitStack() as stack:
        room = Room(browser, shared, stack)
        yield room
        room.content()


def _tally(card: Locator) -> list[int]:
    return [int(one.get_attribute("data-count") or -1) for one in card.locator(".bars li").all()]


def _spotlight(room: Room) -> dict[str, Any]:
    """What the API says to the room, as the first event of a member's stream."""
    place: dict[str, Any] = room.students[0].page.evaluate(
        "(code) => JSON.parse(sessionStorage.getItem(`stepgrad.room.${code}`))", room.code
    )
    with httpx.stream("GET", f"{room.teacher.api.base_url}api/rooms/{room.code}/events?as={place['token']}") as answer:
        for line in answer.iter_lines():
            if line.startswith("data: ") and '"question"' in line:
                found: dict[str, Any] = httpx.Response(200, text=line.removeprefix("data: ")).json()
                return found
    raise AssertionError("The stream ended without a spotlight.")


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
    _predict(room)
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
    _role(ada, "exploring")
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
    _role(ada, "following")
    room.follow(room.teacher)


def _predict(room: Room) -> None:
    """A question from the step itself: answered by all, changed by one, counted, revealed with its step."""
    teacher, page = room.teacher, room.page
    ada, bao = room.students[:2]
    page.keyboard.press("a")
    page.locator("#ask-step").wait_for()
    assert violations(page) == []
    offered = page.locator(".asking-text + .hint")
    while "above 0" not in (before_it := offered.inner_text()):
        page.click("#ask-other")
        expect(offered).not_to_have_text(before_it)
    page.click("#ask-step")
    cards = [one.page.locator(".room-question") for one in room.students]
    asked = _spotlight(room)["question"]
    names = [option["name"] for option in asked["options"]]
    for card in cards:
        expect(card.locator("h2")).to_contain_text(asked["text"])
        expect(card.locator(".tally")).to_have_count(0)
    for k, card in enumerate(cards):
        card.locator(f"[data-answer='{names[min(k, 1)]}']").click()
    cards[2].locator(f"[data-answer='{names[0]}']").click()
    expect(page.locator("#answered")).to_have_text("5 of 5 answered")
    expect(cards[2].locator(f"[data-answer='{names[0]}']")).to_have_attribute("aria-pressed", "true")
    assert violations(ada.page) == []
    assert violations(bao.page) == []
    presenter = page.context.new_page()
    presenter.goto(f"/?present={room.code}")
    _present(presenter, [2, 3])
    before = teacher.position
    assert asked["operation"] == before[1]
    presenter.click("#reveal")
    _at(teacher, (before[0], before[1] + 1))
    room.follow(teacher)
    tally = _spotlight(room)["question"]["tally"]
    assert [choice["count"] for choice in tally["choices"]][:2] == [2, 3]
    right = next(choice["answer"] for choice in tally["choices"] if choice["right"])
    expect(page.locator(".room-right")).to_have_text(f"It is {tally['right']}.")
    value = teacher.state()["step"]["explanation"]["value"]
    assert right == ("positive" if value > 0 else "negative" if value < 0 else "zero")
    for k, card in enumerate(cards):
        expect(card).to_have_attribute("data-revealed", "true")
        assert _tally(card) == [choice["count"] for choice in tally["choices"]]
        mine = names[0] if k in (0, 2) else names[1]
        expect(card.locator(".verdict")).to_have_class("verdict good" if mine == right else "verdict bad")
        assert [int(one.get_attribute("data-count") or 0) for one in card.locator("[data-mistake]").all()] == [
            mistake["count"] for mistake in tally["mistakes"]
        ]
    assert violations(ada.page) == []
    assert violations(page) == []
    presenter.close()
    page.click("#put-away")
    for card in cards:
        expect(card).to_have_count(0)


def _present(presenter: Page, counts: list[int]) -> None:
    """Notes that stay, the tally while it grows, and who is where; the dark and the phone are no hindrance."""
    expect(presenter.locator(".presenter-who tbody tr")).to_have_count(5)
    expect(presenter.locator(".presenter-who tbody tr", has_text="✓")).to_have_count(5)
    card = presenter.locator(".room-question")
    expect(card.locator(".bars")).to_be_visible()
    assert _tally(card)[:2] == counts
    presenter.get_by_label("Notes").fill("Ask what the slope does.")
    assert violations(presenter) == []
    presenter.reload()
    expect(presenter.get_by_label("Notes")).to_have_value("Ask what the slope does.")
    presenter.set_viewport_size(PHONE)
    presenter.emulate_media(color_scheme="dark")
    expect(presenter.locator("#reveal")).to_be_visible()
    assert violations(presenter) == []


def _hand_over(room: Room, bao: Learner) -> None:
    """She leads with a copy of her own; the teacher's session stays as it was, and is shown again afterwards."""
    teacher, page = room.teacher, room.page
    own, there = teacher.session, teacher.position
    page.click("#hand-over")
    page.get_by_role("button", name="Give the lead: Bao").click()
    _role(bao, "leading")
    bao.page.wait_for_selector("[data-ready=true]:not([data-session^='~'])")
    _role(teacher, "following")
    expect(page.locator(".room-part")).to_contain_text("Bao leads")
    bao.press("ArrowRight")
    bao.press("ArrowRight")
    assert bao.session != own
    room.follow(bao)
    assert teacher.position == (there[0], there[1] + 2)
    assert teacher.api.get(f"/api/sessions/{own}").json()["position"]["operation"] == there[1]
    page.click("#take-back")
    _role(teacher, "teaching")
    _role(bao, "following")
    _at(teacher, there)
    assert teacher.session == own
    room.follow(teacher)


def _hold(room: Room, cleo: Learner) -> None:
    """Held, nobody explores, and who did is back; let go, they may again."""
    cleo.page.keyboard.press("m")
    _role(cleo, "exploring")
    cleo.press("ArrowRight")
    room.page.keyboard.press("y")
    _role(cleo, "following")
    expect(cleo.page.locator("#explore")).to_be_disabled()
    expect(cleo.page.locator(".room-part")).to_contain_text("holds everybody")
    cleo.page.keyboard.press("m")
    room.teacher.press("ArrowRight")
    room.follow(room.teacher)
    _role(cleo, "following")
    room.page.keyboard.press("y")
    expect(cleo.page.locator("#explore")).to_be_enabled()


def _sleep(dev: Learner) -> None:
    """A page that has slept listens anew as soon as it wakes, and one that is loaded again has its seat."""
    dev.page.reload()
    _role(dev, "following")
    dev.page.clock.install()
    dev.page.reload()
    _role(dev, "following")
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
    _role(room.teacher, "")
    expect(room.page.locator("#next")).to_be_visible()
    assert "teach" not in room.page.url
    room.teacher.press("ArrowRight")
    ended = room.teacher.api.delete(f"/api/rooms/{room.code}", headers={"Stepgrad-Room": key})
    assert ended.status_code == 404
    assert room.teacher.api.get(f"/api/sessions/{viewing}").status_code == 404
    room.students[0].page.get_by_role("button", name="Go on alone").click()
    room.students[0].page.wait_for_selector("[data-ready=true]")
    assert "room" not in room.students[0].page.url


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
    _role(someone, "following")
    _end_while_a_student_leads(room, someone)


def _end_while_a_student_leads(room: Room, student: Learner) -> None:
    """The teacher's page is an ordinary one again, with the session that was hers all along."""
    own = room.teacher.session
    room.page.get_by_role("button", name="Give the lead").click()
    _role(student, "leading")
    student.page.wait_for_selector("[data-ready=true]:not([data-session^='~'])")
    student.press("ArrowRight")
    _at(room.teacher, (0, 1))
    room.page.click(".room-here")
    room.page.click("#close-room")
    room.page.wait_for_selector(f"[data-ready=true][data-role=''][data-session='{own}']")
    assert room.teacher.position == (0, 0)


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
