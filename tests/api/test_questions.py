"""Questions over HTTP: about the step to come, judged without a change, and never the answer before it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.client import Client


@pytest.fixture
def session(client: Client) -> str:
    """The path of a new XOR session."""
    return client.session({"preset": "xor"})


def test_the_question_is_about_the_step_to_come_and_changes_nothing(client: Client, session: str) -> None:
    before = client.get(session)
    asked = client.get(f"{session}/question", kind="number")["question"]
    assert asked["operation"] == before["position"]["operation"]
    assert asked["explanation"]["written"] is False
    assert asked["explanation"]["value"] is None
    assert asked["options"] == []
    verdict = client.post(f"{session}/answer", {"operation": asked["operation"], "kind": "number", "answer": 12345})
    assert verdict["right"] is False
    assert client.get(session) == before


def test_the_right_answer_is_what_the_step_then_writes(client: Client, session: str) -> None:
    for _ in range(40):
        asked: dict[str, Any] | None = client.get(f"{session}/question")["question"]
        assert asked is not None
        state = client.post(f"{session}/step", {})
        value = state["step"]["explanation"]["value"]
        body: dict[str, Any] = {"operation": asked["operation"], "kind": "number", "answer": value}
        assert client.post(f"{session}/answer", body)["right"] is True
        assert client.post(f"{session}/answer", {**body, "answer": value * 3 + 7})["right"] is False


def test_a_question_names_all_kinds_that_could_be_asked(client: Client, session: str) -> None:
    for operation in (0, 2, 40, 50):
        client.put(f"{session}/position", {"iteration": 0, "operation": operation})
        kinds = client.get(f"{session}/question")["question"]["kinds"]
        assert [client.get(f"{session}/question", kind=kind)["question"]["kind"] for kind in kinds] == kinds
        for other in {"direction", "sign", "bigger", "number"} - set(kinds):
            client.refused(422, "GET", f"{session}/question?kind={other}")


def test_a_larger_step_is_asked_about_its_last_operation(client: Client, session: str) -> None:
    asked = client.get(f"{session}/question", granularity="neuron")["question"]
    assert client.post(f"{session}/step", {"granularity": "neuron"})["step"]["operation"] == asked["operation"]


def test_at_the_end_of_an_iteration_there_is_no_question(client: Client, session: str) -> None:
    last = client.get(session)["position"]["operations"]
    client.request("PUT", f"{session}/position", {"iteration": 0, "operation": last})
    assert client.get(f"{session}/question") == {"question": None}


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"operation": 10**6, "kind": "sign", "answer": "zero"}, "operation"),
        ({"operation": -1, "kind": "sign", "answer": "zero"}, "operation"),
        ({"operation": 0, "kind": "riddle", "answer": "zero"}, "kind"),
        ({"operation": 0, "kind": "sign", "answer": "blue"}, "answer"),
    ],
)
def test_what_cannot_be_judged_is_refused(client: Client, session: str, body: dict[str, Any], where: str) -> None:
    assert client.refused(422, "POST", f"{session}/answer", body)["where"] == where
