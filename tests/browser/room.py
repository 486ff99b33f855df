"""A class in real browsers: a teacher and her students, each of whom has a screen of another size."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import httpx
from playwright.sync_api import Browser, Response, ViewportSize

from tests.server import Server

from .axe import violations
from .learner import Learner
from .strict import strict
from .test_stepping import agreed

NAMES = ("Ada", "Bao", "Cleo", "Dev", "Eva")
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
TABLET: ViewportSize = {"width": 1024, "height": 768}
SIZES = (PHONE, DESK, TABLET, PHONE, DESK)
"""The first on a phone in the dark, the second at a desk in the light."""


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
            at(student, there)
            assert student.session.startswith("~")
            assert agreed(student) > 0
            seen = student.state()
            assert {**seen, "id": state["id"]} == state


def at(learner: Learner, position: tuple[int, int]) -> None:
    iteration, operation = position
    learner.page.wait_for_selector(
        f"[data-ready=true] output.position[data-iteration='{iteration}'][data-operation='{operation}']"
    )


def role(learner: Learner, role: str) -> None:
    learner.page.wait_for_selector(f".page[data-role='{role}']")


def spotlight(room: Room) -> dict[str, Any]:
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
