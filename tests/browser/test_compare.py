"""Branches on the page, and two networks at the same step: the numbers of both are the API's."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from .axe import violations
from .learner import Learner
from .test_table import element


def visit(newcomer: Learner, iterations: int, back: int = 0) -> str:
    """A page on a session that was trained and went back, at the view that compares."""
    made = newcomer.api.post("/api/sessions", json={"preset": "xor"}).json()
    session = f"/api/sessions/{made['id']}"
    newcomer.api.post(f"{session}/train", json={"iterations": iterations}).raise_for_status()
    there = {"iteration": back, "operation": 0}
    newcomer.api.put(f"{session}/position", json=there).raise_for_status()
    newcomer.open(f"/#session={made['id']}&view=compare")
    return session


def outline(learner: Learner) -> list[tuple[str, int, int, bool]]:
    return [(one["title"], one["fork"], one["reach"], one["current"]) for one in learner.state()["branches"]]


def test_a_change_in_the_past_stands_in_the_tree_and_both_futures_can_be_gone_to(newcomer: Learner) -> None:
    visit(newcomer, 12, back=5)
    page = newcomer.page
    expect(page.locator(".branches li")).to_have_count(1)
    page.keyboard.press("e")
    page.locator("#edit-value").fill("0.75")
    page.keyboard.press("Enter")
    expect(page.locator(".branches li")).to_have_count(2)
    expect(page.locator(".beside")).to_contain_text("On Branch 1")
    assert outline(newcomer) == [("Main", 0, 12, False), ("Branch 1", 5, 5, True)]
    expect(page.locator(".tree-line.current")).to_have_attribute("data-branch", "1")

    page.locator("[data-branch='1']").get_by_role("button", name="Rename").press("Enter")
    page.get_by_label("The branch's name").fill("heavier")
    page.keyboard.press("Enter")
    expect(page.locator(".beside")).to_contain_text("On heavier")
    page.locator("li[data-branch='0'] .library-open").press("Enter")
    expect(page.locator("li[data-branch='0']")).to_have_attribute("aria-current", "true")
    assert outline(newcomer) == [("Main", 0, 12, True), ("heavier", 5, 5, False)]

    page.click("#branch-here")
    page.get_by_label("The branch's name").fill("on purpose")
    page.keyboard.press("Enter")
    expect(page.locator("li[data-branch='2']")).to_have_attribute("aria-current", "true")
    page.locator("li[data-branch='1']").get_by_role("button", name="Delete").click()
    expect(page.locator(".branches li")).to_have_count(2)
    newcomer.press("Control+z")
    expect(page.locator(".branches li")).to_have_count(3)
    assert [one[0] for one in outline(newcomer)] == ["Main", "heavier", "on purpose"]


class Pair:
    """The session of a page and the one beside it."""

    def __init__(self, learner: Learner) -> None:
        self.learner = learner
        self.page = learner.page
        self.page.wait_for_selector("[data-beside][data-together=true]")
        found = re.search("with=([^&]+)", self.page.url)
        assert found
        self.id = found[1]

    def other(self, **query: Any) -> Any:
        return self.learner.api.get(f"/api/sessions/{self.id}", params=query).json()

    def meet(self) -> tuple[Any, Any]:
        """The states of both, once the page shows them at the same step."""
        iteration, operation = self.learner.position
        self.page.wait_for_selector(f"[data-together=true][data-at='{iteration}:{operation}']")
        mine = self.learner.state()
        other = self.other(example=mine["batch"]["shown"])
        assert other["position"] == mine["position"]
        return mine, other

    def check_ghosts(self) -> int:
        """Each small number on the network is the API's of the other; how many there are."""
        _, other = self.meet()
        return self.check(".ghost", other)

    def check(self, selector: str, state: Any) -> int:
        """These numbers are those of a state; how many there are."""
        found = self.page.locator(selector).evaluate_all("(nodes) => nodes.map((node) => ({...node.dataset}))")
        for one in found:
            assert one.get("session", state["id"]) == state["id"]
            wanted = element(state["tensors"], one["tensor"].removesuffix(".new"), one["index"])
            assert float(one["value"]) == wanted, one
        return len(found)


def test_two_settings_go_together_and_show_the_numbers_of_both(newcomer: Learner) -> None:
    visit(newcomer, 3, back=3)
    page = newcomer.page
    page.get_by_label("The same with another").select_option("activation")
    page.locator("#compare").click()
    pair = Pair(newcomer)
    mine, other = pair.meet()
    assert (other["spec"]["layers"][1]["activation"], mine["spec"]["layers"][1]["activation"]) == ("relu", "tanh")
    assert other["spec"]["layers"][2] == mine["spec"]["layers"][2]

    page.click("#tab-network")
    page.keyboard.press("3")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight"):
        newcomer.press(key)
        assert pair.check_ghosts() > 5, key
    newcomer.press("End")
    assert pair.check_ghosts() > 5

    page.click("#tab-compare")
    page.get_by_label("also what is the same").check()
    mine, other = pair.meet()
    rows = page.locator("#differences tbody tr")
    expect(rows.filter(has_text="Layer 1: Activation")).to_have_text("Layer 1: ActivationTanhReLU")
    for side, state in (("td:nth-child(2)", mine), ("td:nth-child(3)", other)):
        assert pair.check(f"#differences {side} .number[data-tensor]", state) == 13
    costs = rows.filter(has_text="Cost of the batch after the update").locator(".number")
    assert [float(cost.get_attribute("data-value") or "nan") for cost in costs.all()] == [
        mine["cost"]["after"]["total"],
        other["cost"]["after"]["total"],
    ]
    page.locator("#differences thead").get_by_role("button", name="Difference").click()
    expect(page.locator("#differences th[aria-sort=descending]")).to_contain_text("Difference")
    assert violations(page) == []


def test_two_branches_stay_together_under_training_going_elsewhere_and_undo(newcomer: Learner) -> None:
    session = visit(newcomer, 8, back=2)
    change = {"changes": [{"tensor": "W1", "index": [0, 0], "value": 2}]}
    newcomer.api.patch(f"{session}/parameters", json=change).raise_for_status()
    page = newcomer.page
    page.reload()
    page.locator("li[data-branch='0']").get_by_role("button", name="See beside: Main").click()
    pair = Pair(newcomer)
    pair.meet()
    expect(page.locator(".beside")).to_contain_text("◇ Main")
    page.reload()
    pair.meet()
    page.locator("#until").select_option("iteration")
    page.locator("#amount").fill("20")
    page.keyboard.press("Tab")
    page.locator("#train").click()
    page.wait_for_selector("output.position[data-iteration='19']")
    page.wait_for_selector("[data-running=false]")
    mine, other = pair.meet()
    assert mine["tensors"]["W1"] != other["tensors"]["W1"]
    curves = newcomer.api.get(f"/api/sessions/{pair.id}/metrics").json()
    assert curves["points"][-1]["iteration"] >= 19
    expect(page.locator(".compare .u-legend").first).to_contain_text("◇ Main")
    newcomer.press("Home")
    pair.meet()
    page.click("#tab-network")
    newcomer.press("r")
    pair.meet()
    newcomer.press("Control+z")
    mine, other = pair.meet()
    assert mine["position"]["iteration"] == 2
    page.click("#alone")
    expect(page.locator(".ghost")).to_have_count(0)
    assert "with=" not in page.url
    page.click("#tab-compare")
    page.get_by_label("Or with a session").select_option(pair.id)
    assert Pair(newcomer).id == pair.id
    pair.meet()
