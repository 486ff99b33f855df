"""Branches over the API: begun by a change in the past, gone to, named, deleted, undone, saved and copied."""

from __future__ import annotations

from typing import Any

from .client import Client, told

CHANGE = {"changes": [{"tensor": "W1", "index": [0, 0], "value": 0.25}]}


def trained(client: Client, iterations: int = 20) -> str:
    session = client.session({"preset": "xor"})
    client.post(f"{session}/train", {"iterations": iterations})
    return session


def go(client: Client, session: str, iteration: int) -> Any:
    return client.put(f"{session}/position", {"iteration": iteration, "operation": 0})


def outline(state: Any) -> list[tuple[Any, ...]]:
    return [
        (one["number"], one["title"], one["parent"], one["fork"], one["reach"], one["current"])
        for one in state["branches"]
    ]


def test_a_change_in_the_past_keeps_the_old_future_and_both_can_be_gone_to(client: Client) -> None:
    session = trained(client)
    future = client.get(session)["tensors"]
    go(client, session, 5)
    changed = client.patch(f"{session}/parameters", CHANGE)
    assert outline(changed) == [(0, "Main", None, 0, 20, False), (1, "Branch 1", 0, 5, 5, True)]
    client.post(f"{session}/train", {"iterations": 3})
    back = client.put(f"{session}/branches/current", {"branch": 0})
    assert back["position"]["iteration"] == 5
    assert go(client, session, 20)["tensors"] == future
    there = client.put(f"{session}/branches/current", {"branch": 1})
    assert there["position"]["iteration"] == 8
    assert there["edition"] > back["edition"] > changed["edition"]


def test_branches_are_called_in_the_language_of_the_reader_unless_they_are_named(client: Client) -> None:
    session = trained(client)
    client.post(f"{session}/branches", {"name": "  flacher "})
    state = client.post(f"{session}/branches", {}, language="de")
    assert [one["title"] for one in state["branches"]] == ["Hauptzweig", "flacher", "Zweig 2"]
    state = client.patch(f"{session}/branches/1", {"name": ""}, language="de")
    assert [one["title"] for one in state["branches"]] == ["Hauptzweig", "Zweig 1", "Zweig 2"]


def test_a_branch_is_deleted_but_never_the_one_where_the_session_stands(client: Client) -> None:
    session = trained(client)
    client.post(f"{session}/branches", {})
    assert client.refused(422, "DELETE", f"{session}/branches/1")["where"] == "branch"
    assert client.refused(422, "PUT", f"{session}/branches/current", {"branch": 7})["where"] == "branch"
    assert len(told(client.request("DELETE", f"{session}/branches/0"))["branches"]) == 1
    assert len(client.post(f"{session}/undo", {})["branches"]) == 2


def test_going_where_one_stands_changes_nothing(client: Client) -> None:
    session = trained(client)
    before = client.get(session)
    after = client.put(f"{session}/branches/current", {"branch": 0})
    assert (after["revision"], after["can"]) == (before["revision"], before["can"])


def test_a_copy_may_stand_on_another_branch(client: Client) -> None:
    session = trained(client)
    future = client.get(session)["tensors"]
    client.post(f"{session}/branches", {})
    client.patch(f"{session}/parameters", CHANGE)
    copy = client.post(f"{session}/duplicate", {"branch": 0})
    assert (copy["position"]["iteration"], copy["tensors"], copy["revision"]) == (20, future, 0)
    assert [one["current"] for one in copy["branches"]] == [True, False]
    assert client.refused(422, "POST", f"{session}/duplicate", {"branch": 3})["where"] == "branch"


def test_a_run_pauses_where_one_goes_to_another_branch(client: Client) -> None:
    session = trained(client)
    client.post(f"{session}/branches", {})
    client.put(f"{session}/run", {"speed": 1})
    assert not client.put(f"{session}/branches/current", {"branch": 0})["run"]["going"]
