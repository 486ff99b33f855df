"""A learner at the page: presses keys, waits for the answer, and reads the numbers that are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
from playwright.sync_api import Locator, Page

ELSEWHERE = "/healthz"
"""An address of the same origin, so that the page that is opened next finds its process warm."""

SHOWN = """(within) => [...document.querySelectorAll(`${within} .number[data-tensor]`)].map((node) => ({
    tensor: node.dataset.tensor, index: node.dataset.index, example: node.dataset.example ?? null,
    value: node.dataset.value ?? null, text: node.textContent }))"""


@dataclass(frozen=True)
class Shown:
    """A number on the page: its element of a tensor, the row of the data if it is named, its value and its text."""

    tensor: str
    index: tuple[int, ...]
    row: int | None
    value: str | None
    text: str


class Learner:
    """Someone at the page of a session; `api` asks the server the same things directly.

    Attributes:
        explained: values that explanations have told already.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.api = httpx.Client(base_url=url)
        self.explained: dict[object, float | None] = {}

    def open(self, address: str = "/") -> None:
        """Load the page anew; another hash alone would leave what is open for a moment, ready as before."""
        self.page.goto(ELSEWHERE)
        self.page.goto(address)
        self.page.wait_for_selector("[data-ready=true]")

    def preset(self, name: str) -> None:
        """Choose a preset in the set-up."""
        before = self.session
        self.page.click("#setup")
        self.page.click(f"[data-preset={name}]")
        self.page.wait_for_selector(f"[data-ready=true]:not([data-session='{before}'])")
        self.page.get_by_role("dialog").wait_for(state="hidden")

    def set_up(self) -> Locator:
        """Open the set-up."""
        self.page.keyboard.press("s")
        return self.page.get_by_role("dialog")

    def change_optimizer(self, title: str, how: str = "Change and go on") -> None:
        """Choose another optimizer in the set-up."""
        dialog = self.set_up()
        dialog.get_by_label("Optimizer").select_option(label=title)
        dialog.get_by_role("button", name=how).click()
        dialog.wait_for(state="hidden")

    def lose(self, session: str) -> None:
        """Delete a session of this page's owner behind the page's back."""
        owner = self.page.evaluate("async () => (await import('/static/js/owner.js')).owner()")
        self.api.delete(f"/api/sessions/{session}", headers={"Stepgrad-Owner": owner}).raise_for_status()

    @property
    def session(self) -> str:
        return self._attribute("[data-session]", "data-session")

    @property
    def revision(self) -> int:
        return int(self._attribute("[data-revision]", "data-revision"))

    @property
    def position(self) -> tuple[int, int]:
        cursor = "output.position"
        return int(self._attribute(cursor, "data-iteration")), int(self._attribute(cursor, "data-operation"))

    def press(self, key: str) -> None:
        """Press a key that changes the session, and wait until the page shows the answer."""
        before = self.revision
        self.page.keyboard.press(key)
        self.page.wait_for_selector(f"[data-ready=true]:not([data-revision='{before}'])")

    def skip(self, operations: int) -> int:
        """Go on by so many operations, at most to the end of the iteration, without a key; how many they were."""
        at, end = self.position, int(self.state()["position"]["operations"])
        to = min(at[1] + operations, end)
        if to > at[1]:
            there = {"iteration": at[0], "operation": to}
            self.api.put(f"/api/sessions/{self.session}/position", json=there).raise_for_status()
            self.page.wait_for_selector(f"output.position[data-operation='{to}']")
        return to - at[1]

    def state(self, **query: Any) -> Any:
        """What the API says."""
        return self.get("", **query)

    def get(self, path: str, **query: Any) -> Any:
        answer = self.api.get(f"/api/sessions/{self.session}{path}", params=query)
        answer.raise_for_status()
        return answer.json()

    def numbers(self, within: str = "body") -> list[Shown]:
        """Every number that the page, or a part of it, shows of a tensor."""
        return [
            Shown(
                found["tensor"],
                tuple(int(part) for part in found["index"].split(",") if part),
                None if found["example"] is None else int(found["example"]),
                found["value"],
                found["text"],
            )
            for found in self.page.evaluate(SHOWN, within)
        ]

    def picture(self) -> str:
        """The drawing, whole."""
        return str(self.page.locator("svg.picture").first.inner_html())

    def _attribute(self, selector: str, name: str) -> str:
        value = self.page.locator(selector).first.get_attribute(name)
        assert value is not None
        return value
