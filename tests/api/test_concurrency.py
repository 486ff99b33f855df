"""Many requests at once: one effect each, nobody waits for another's long training."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.sessions import checkpoints, replay
from app.settings import Settings

from .client import Client, MakeClient, error_of

MEANWHILE = 4
"""Answers to others during a long way, at least. There is one where it is not cut into slices, and more than ten where
it is; counted, since a busy machine stretches seconds."""


def test_every_change_and_every_move_raises_the_revision(client: Client) -> None:
    session = client.session({"preset": "xor"})
    requests: list[tuple[str, str, object]] = [
        ("POST", "step", {}),
        ("POST", "step", {"direction": "previous"}),
        ("PUT", "position", {"iteration": 0, "operation": 5}),
        ("PATCH", "parameters", {"changes": [{"tensor": "b1", "index": [0], "value": 1}]}),
        ("PATCH", "spec", {"l2": 0.5}),
        ("POST", "undo", {}),
        ("POST", "redo", {}),
        ("POST", "train", {"iterations": 1}),
        ("POST", "forward", {}),
    ]
    for revision, (method, path, body) in enumerate(requests, start=1):
        response = client.request(method, f"{session}/{path}", body)
        assert response.json()["revision"] == revision, path
    assert client.get(session)["revision"] == len(requests)


def test_of_twenty_steps_on_the_same_revision_one_is_made(client: Client) -> None:
    session = client.session({"preset": "xor"})
    answers = client.together([("POST", f"{session}/step", {"revision": 0})] * 20)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19
    assert {error_of(answer)["code"] for answer in answers if answer.status_code == 409} == {"stale_revision"}
    assert client.get(session)["position"]["operation"] == 1


def test_twenty_steps_without_a_revision_are_all_made(client: Client) -> None:
    session = client.session({"preset": "xor"})
    answers = client.together([("POST", f"{session}/step", {})] * 20)
    assert sorted(answer.json()["revision"] for answer in answers) == list(range(1, 21))
    assert client.get(session)["position"]["operation"] == 20


def test_a_repeated_request_has_one_effect(client: Client) -> None:
    session = client.session({"preset": "xor"})
    answers = client.together([("POST", f"{session}/step", {"request_id": "a", "revision": 0})] * 20)
    assert {(answer.status_code, answer.json()["revision"]) for answer in answers} == {(200, 1)}
    assert client.post(f"{session}/step", {"request_id": "b", "revision": 1})["revision"] == 2
    assert client.post(f"{session}/step", {"request_id": "a", "revision": 0})["revision"] == 2


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "step", {}),
        ("POST", "branches", {"name": "b"}),
        ("PATCH", "parameters", {"changes": [{"tensor": "b1", "index": [0], "value": 1}]}),
    ],
)
def test_by_its_key_a_repeated_request_has_one_effect(client: Client, method: str, path: str, body: object) -> None:
    session, headers = client.session({"preset": "xor"}), {"Idempotency-Key": "k" * 22}
    answers = [client.request(method, f"{session}/{path}", body, headers=headers) for _ in range(2)]
    assert {answer.json()["revision"] for answer in answers} == {1}
    assert len(answers[1].json()["branches"]) == 1 + (path == "branches")


def test_by_its_key_a_session_is_made_once_for_one_owner(client: Client) -> None:
    key = {"Idempotency-Key": "k" * 22}
    asked = [key, key, {**key, "Stepgrad-Owner": "o" * 22}, {"Idempotency-Key": "l" * 22}]
    made = [
        client.request("POST", "/api/sessions", {"preset": "xor"}, headers=headers).json()["id"] for headers in asked
    ]
    assert made[0] == made[1]
    assert len(set(made)) == 3
    session = f"/api/sessions/{made[0]}"
    copies = {client.request("POST", f"{session}/duplicate", headers=asked[3]).json()["id"] for _ in range(2)}
    assert copies == {made[3]}, "a key is for one request and its repeats"
    content = client.request("GET", f"{session}/file").content
    new = {"Idempotency-Key": "m" * 22}
    opened = [client.request("POST", "/api/sessions/file", content=content, headers=new) for _ in range(2)]
    assert opened[0].json()["id"] == opened[1].json()["id"]
    short = client.refused(422, "POST", "/api/sessions", {"preset": "xor"}, headers={"Idempotency-Key": "a"})
    assert short["where"] == "Idempotency-Key"


def test_by_its_key_a_session_is_made_once_by_twenty_at_the_same_time(client: Client) -> None:
    async def together() -> list[httpx.Response]:
        key = {"Idempotency-Key": "t" * 22}
        asked = (client.asking("POST", "/api/sessions", {"preset": "xor"}, headers=key) for _ in range(20))
        return await asyncio.gather(*asked)

    answers = client.run(together())
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    session = f"/api/sessions/{answers[0].json()['id']}"
    assert client.post(f"{session}/step", {"revision": 0})["revision"] == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [("backward", {}), ("undo", {}), ("train", {}), ("position", {"iteration": 0, "operation": 10**6})],
)
def test_a_request_that_failed_fails_again_when_it_is_repeated(client: Client, path: str, body: dict[str, Any]) -> None:
    """Else whoever repeats it would take it for done."""
    session = client.session({"preset": "xor"})
    method = "PUT" if path == "position" else "POST"
    answers = [client.request(method, f"{session}/{path}", {**body, "request_id": "a"}) for _ in range(2)]
    assert error_of(answers[0]) == error_of(answers[1])
    assert client.get(session)["revision"] == 0


def test_requests_to_one_session_wait_for_its_training_and_find_it_done(client: Client) -> None:
    session = client.session({"preset": "xor"})
    trained, stepped = client.together(
        [("POST", f"{session}/train", {"iterations": 3000}), ("POST", f"{session}/step", {})]
    )
    assert trained.json()["position"] == {**stepped.json()["position"], "operation": 0}
    assert stepped.json()["position"]["operation"] == 1


def test_of_two_servers_the_one_that_comes_late_goes_on_from_what_the_other_saved(
    make_client: MakeClient, tmp_path: Path
) -> None:
    one, other = (make_client(store=f"sqlite://{tmp_path / 'sessions.db'}") for _ in range(2))
    session = one.session({"preset": "xor"})
    assert other.get(session)["position"]["operation"] == 0
    one.put(f"{session}/position", {"iteration": 0, "operation": 7})
    assert other.post(f"{session}/step", {})["position"]["operation"] == 8
    assert other.get(session)["revision"] == 2
    stale = one.refused(409, "POST", f"{session}/step", {"revision": 1})
    assert stale["code"] == "stale_revision"
    assert one.post(f"{session}/step", {})["position"]["operation"] == 9


FAR = 4095
"""An iteration that is far from any checkpoint."""


@pytest.fixture(scope="module")
def heavy() -> Iterator[tuple[Client, str]]:
    """A session with only two checkpoints, as a large one has, trained beyond FAR."""
    body = {
        "spec": {
            "layers": [{"units": 64}, {"units": 128, "activation": "relu"}, {"units": 10}],
            "batch_size": 16,
            "initializer": {"name": "he"},
        },
        "data": {
            "inputs": [[(row * column % 7) / 7 for column in range(64)] for row in range(64)],
            "targets": [[0.5] * 10] * 64,
        },
    }
    with pytest.MonkeyPatch.context() as patch, Client(create_app(Settings())) as client:
        patch.setattr(checkpoints, "MOST", 2)
        patch.setattr(checkpoints, "NEAR", 0)
        patch.setattr(replay, "NEAR", 0)
        session = client.session(body, view="step")
        client.post(f"{session}/train", {"iterations": FAR + 50}, view="step")
        yield client, session


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/train?view=step", {"iterations": 3000}),
        ("PUT", "/position?view=step", {"iteration": FAR}),
        ("GET", f"/tape/{FAR}", None),
        ("POST", "/step?view=step", {"direction": "previous"}),
        ("POST", "/undo?view=step", {}),
        ("GET", "?view=step&example=0", None),
        ("GET", "/explanations/z1?index=0&example=1", None),
    ],
)
def test_another_session_answers_quickly_while_one_goes_a_long_way(
    heavy: tuple[Client, str], method: str, path: str, body: object
) -> None:
    client, session = heavy
    here = 1 if path.startswith(("/train", "/position", "/tape")) else FAR
    client.put(f"{session}/position", {"iteration": here}, view="step")
    if path.startswith("/undo"):
        client.post(f"{session}/train", {"iterations": 50}, view="step")
    client.request("GET", f"{session}/tape/1")  # from here on, FAR is far again
    light = client.session({"preset": "or"})

    async def both() -> tuple[int, httpx.Response]:
        """How often the light session was answered while the heavy one worked."""
        working = asyncio.create_task(client.asking(method, session + path, body))
        answered = 0
        while not working.done():
            await client.asking("POST", f"{light}/step?view=step", {})
            answered += 1
            await asyncio.sleep(0.005)
        return answered, await working

    answered, answer = client.run(both())
    assert answer.is_success, answer.text
    assert answered >= MEANWHILE
