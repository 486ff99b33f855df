"""Several servers on one store: whoever answers, it is the same session."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import httpx
import pytest

from .api.test_events import lines
from .redis_server import RedisServer
from .server import Server

Asked = tuple[str, str, dict[str, Any]]


class Replicas:
    """Servers that are asked in turns.

    Attributes:
        looks: whether each looks by itself what the others do, for those who watch.
    """

    def __init__(self, *servers: Server, looks: bool) -> None:
        self.looks = looks
        self.each = [httpx.Client(base_url=server.url, timeout=30) for server in servers]
        self._turns = itertools.cycle(self.each)
        self._urls = [server.url for server in servers]

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The answer of the next one, which has to be a success."""
        answer = next(self._turns).request(method, path, json=body)
        assert answer.is_success, answer.text[:500]
        return answer.json() if answer.content else None

    def session(self) -> str:
        """The path of a new session."""
        return f"/api/sessions/{self.ask('POST', '/api/sessions', {'preset': 'xor'})['id']}"

    def together(self, asked: Sequence[Asked]) -> list[httpx.Response]:
        """Requests at the same time, in turns to all."""

        async def gathered() -> list[httpx.Response]:
            async with httpx.AsyncClient(timeout=30) as client:
                turns = zip(asked, itertools.cycle(self._urls), strict=False)
                return await asyncio.gather(
                    *(client.request(method, url + path[1:], json=body) for (method, path, body), url in turns)
                )

        return asyncio.run(gathered())


@pytest.fixture(scope="module", params=["redis", "sqlite"])
def replicas(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replicas]:
    """Two processes on one store."""
    if request.param == "redis":
        redis_server: RedisServer = request.getfixturevalue("redis_server")
        redis_server.empty()
        store = f"{redis_server.url}?socket_connect_timeout=30"  # which is not what is tested here
    else:
        store = f"sqlite://{tmp_path_factory.mktemp('shared')}/sessions.db"
    with Server("--store", store) as one, Server("--store", store) as other:
        both = Replicas(one, other, looks=request.param == "redis")
        yield both
        for client in both.each:
            client.close()


def test_steps_may_go_to_another_server_each_time(replicas: Replicas) -> None:
    session = replicas.session()
    for number in range(1, 31):
        state = replicas.ask("POST", f"{session}/step", {"granularity": "operation", "revision": number - 1})
        assert (state["revision"], state["position"]["operation"]) == (number, number)
    replicas.ask("PATCH", f"{session}/parameters", {"changes": [{"tensor": "W1", "index": [0, 0], "value": 0.5}]})
    replicas.ask("POST", f"{session}/train", {"iterations": 100})
    states = [client.get(session).json() for client in replicas.each]
    assert states[0] == states[1]
    assert states[0]["revision"] == 32
    assert replicas.ask("POST", f"{session}/undo", {})["position"] == {**state["position"], "operation": 30}


def test_of_twenty_requests_on_the_same_revision_one_has_its_effect(replicas: Replicas) -> None:
    session = replicas.session()
    answers = replicas.together([("POST", f"{session}/step", {"revision": 0})] * 20)
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19
    assert {client.get(session).json()["revision"] for client in replicas.each} == {1}


def test_twenty_requests_without_a_revision_all_have_their_effect(replicas: Replicas) -> None:
    session = replicas.session()
    answers = replicas.together([("POST", f"{session}/step", {})] * 20)
    assert sorted(answer.json()["revision"] for answer in answers) == list(range(1, 21))
    assert {client.get(session).json()["position"]["operation"] for client in replicas.each} == {20}


def test_a_request_that_is_repeated_elsewhere_has_one_effect(replicas: Replicas) -> None:
    session = replicas.session()
    answers = replicas.together([("POST", f"{session}/step", {"request_id": "a", "revision": 0})] * 20)
    assert {(answer.status_code, answer.json()["revision"]) for answer in answers} == {(200, 1)}
    key = {"Idempotency-Key": "k" * 22}
    answers = [client.post(f"{session}/train", json={"iterations": 5}, headers=key) for client in replicas.each]
    assert {(answer.status_code, answer.json()["position"]["iteration"]) for answer in answers} == {(200, 6)}


def test_who_was_alone_for_long_finds_out_when_another_server_is_asked(replicas: Replicas) -> None:
    one, other = replicas.each
    session = replicas.session()

    def alone() -> int:
        """Whoever is asked again and again expects no others."""
        return int([one.post(f"{session}/step", json={}).json() for _ in range(6)][-1]["revision"])

    newest = alone() + 1
    assert other.post(f"{session}/step", json={"request_id": "a"}).json()["revision"] == newest
    assert one.post(f"{session}/step", json={}).json()["revision"] == newest + 1
    newest = alone() + 1
    assert other.post(f"{session}/step", json={"request_id": "b"}).json()["revision"] == newest
    assert one.post(f"{session}/step", json={"revision": newest}).json()["revision"] == newest + 1
    newest = alone() + 1
    other.post(f"{session}/step", json={"request_id": "c"})
    assert one.post(f"{session}/step", json={"revision": newest - 1}).status_code == 409
    assert one.post(f"{session}/step", json={"request_id": "b"}).json()["revision"] == newest
    if replicas.looks:
        alone()
        other.put(f"{session}/run", json={})
        assert one.delete(f"{session}/run").json()["run"]["why"] == "paused"
    assert one.get(session).json() == other.get(session).json()


def test_what_is_made_twice_by_one_key_is_one_session_at_both(replicas: Replicas) -> None:
    one, other = replicas.each
    mine, other_one = ({"Stepgrad-Owner": "a" * 22, "Idempotency-Key": key * 22} for key in "kl")
    made = one.post("/api/sessions", json={"preset": "or"}, headers=mine).json()
    one.post(f"/api/sessions/{made['id']}/step", json={}, headers=mine)
    again = other.post("/api/sessions", json={"preset": "or"}, headers=mine).json()
    assert (again["id"], again["revision"]) == (made["id"], 1)
    copies = [client.post(f"/api/sessions/{made['id']}/duplicate", headers=other_one).json() for client in (one, other)]
    assert copies[0]["id"] == copies[1]["id"] != made["id"]
    assert other.post("/api/sessions", json={"preset": "or"}, headers=other_one).json()["id"] != made["id"]


def test_what_was_deleted_at_one_is_gone_at_the_other_and_comes_back_at_both(replicas: Replicas) -> None:
    one, other = replicas.each
    mine = {"Stepgrad-Owner": "a" * 22}
    session = f"/api/sessions/{one.post('/api/sessions', json={'preset': 'or'}, headers=mine).json()['id']}"
    step = other.post(f"{session}/step", json={}).json()
    one.delete(session, headers=mine)
    assert other.get(session).status_code == 404
    assert other.post(f"{session}/undelete", headers=mine).is_success
    assert {client.get(session).json()["revision"] for client in replicas.each} == {step["revision"]}


def test_who_watches_at_one_hears_of_what_is_done_at_the_other(replicas: Replicas) -> None:
    one, other = replicas.each
    session = replicas.session()
    other.get(session)
    with other.stream("GET", f"{session}/events") as stream:
        told = lines(stream)
        assert "position" in next(told)
        revision = one.post(f"{session}/step", json={}).json()["revision"]
        if not replicas.looks:
            other.get(session)
        assert any(line == f"id: {revision}" for line in told)


def test_a_run_is_seen_and_paused_from_any_server(replicas: Replicas) -> None:
    if not replicas.looks:
        pytest.skip("in a file, a run is known only to the server that it is at")
    one, other = replicas.each
    session = replicas.session()
    one.put(f"{session}/run", json={})
    seen: dict[str, Any] = {"position": {"iteration": 0}, "run": {"going": True}}
    while seen["position"]["iteration"] < 500:
        seen = other.get(session).json()
        assert seen["run"]["going"]
    paused = other.delete(f"{session}/run").json()
    assert paused["position"]["iteration"] >= seen["position"]["iteration"]
    assert paused["run"]["why"] == "paused"
    states = [client.get(session).json() for client in replicas.each]
    assert states[0] == states[1] == {**paused, "step": states[0]["step"]}
    stepped = one.post(f"{session}/step", json={}).json()
    assert stepped["revision"] == paused["revision"] + 1
