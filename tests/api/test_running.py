"""Running over HTTP: started, paused, watched in pictures, changed while it goes on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from .client import Client, MakeClient
from .tapes import decode


async def going_on(client: Client, session: str, iteration: int) -> dict[str, Any]:
    """The state of a session that has run beyond an iteration."""
    while True:
        state: dict[str, Any] = (await client.asking("GET", f"{session}?view=step")).json()
        if state["position"]["iteration"] >= iteration or not state["run"]["going"]:
            return state
        await asyncio.sleep(0.002)


def ran(client: Client, session: str, iteration: int) -> dict[str, Any]:
    return client.run(going_on(client, session, iteration))


def test_a_run_is_paused_where_single_steps_lead_bit_for_bit(client: Client) -> None:
    session, alone = client.session({"preset": "iris"}), client.session({"preset": "iris"})
    answer = client.put(f"{session}/run", {"until": {"iteration": 10_000}})
    assert answer["run"]["going"]
    assert answer["run"]["iterations"] == 10_000
    ran(client, session, 20)
    paused = client.request("DELETE", f"{session}/run").json()
    assert (paused["run"]["going"], paused["run"]["why"]) == (False, "paused")
    position = paused["position"]
    assert position["operation"] == position["operations"]
    before = max(0, paused["run"]["done"] - 40)
    client.post(f"{alone}/train", {"iterations": before})
    for _ in range(paused["run"]["done"] - before):
        for _ in range(4):
            stepped = client.post(f"{alone}/step", {"granularity": "pass"}, view="step")
        if stepped["position"] != position:
            client.post(f"{alone}/step", {"granularity": "pass"}, view="step")
    assert client.get(alone)["tensors"] == paused["tensors"]
    assert client.get(alone)["cost"] == paused["cost"]
    back = [client.post(f"{path}/step", {"direction": "previous"})["tensors"] for path in (session, alone)]
    assert back[0] == back[1]


def test_pausing_what_does_not_run_is_no_error(client: Client) -> None:
    session = client.session({"preset": "xor"})
    answer = client.request("DELETE", f"{session}/run")
    assert answer.status_code == 200
    assert answer.json()["run"] is None


def test_while_it_runs_nothing_is_explained_and_a_picture_is_the_state_with_its_tape(client: Client) -> None:
    session = client.session({"preset": "iris"})
    client.put(f"{session}/run", {})
    assert ran(client, session, 5)["step"] is None
    response = client.request("GET", f"{session}/frame?view=step&example=3")
    picture = decode(response.content)
    state = picture.header["state"]
    assert state["batch"]["shown"] == 3
    assert state["run"]["going"]
    paused = client.request("DELETE", f"{session}/run").json()
    assert paused["step"] is not None
    iteration = state["position"]["iteration"]
    assert picture.header["iteration"] == iteration
    assert decode(client.request("GET", f"{session}/tape/{iteration}?example=3").content).values == picture.values


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"until": {"iteration": 0}}, "until.iteration"),
        ({"until": {"accuracy": 1.5}}, "until.accuracy"),
        ({"until": {"loss": 1}}, "until.loss"),
        ({"speed": 0}, "speed"),
    ],
)
def test_a_run_to_nowhere_is_refused(client: Client, body: object, where: str) -> None:
    session = client.session({"preset": "xor"})
    assert client.refused(422, "PUT", f"{session}/run", body)["where"] == where
    assert client.get(session)["run"] is None


def test_without_classes_no_accuracy_can_be_waited_for(client: Client) -> None:
    session = client.session({"preset": "two_two_two"})
    error = client.refused(422, "PUT", f"{session}/run", {"until": {"accuracy": 0.5}})
    assert error["where"] == "until.accuracy"


def test_changes_while_it_runs_act_where_it_is_and_are_marked(client: Client) -> None:
    session = client.session({"preset": "xor"})
    client.put(f"{session}/run", {})
    ran(client, session, 10)
    changed = client.patch(f"{session}/spec", {"optimizer": {"name": "sgd", "learning_rate": 0.05}}, view="step")
    assert changed["run"]["going"]
    at = changed["position"]["iteration"]
    client.patch(f"{session}/spec", {"batch_size": 2}, view="step")
    later = ran(client, session, at + 50)
    assert later["run"]["going"]
    marks = client.get(f"{session}/metrics")["marks"]
    assert marks[0] == {"iteration": at, "what": "learning rate 0.5 → 0.05"}
    assert marks[1]["what"] == "batch size 1 → 2"
    client.request("DELETE", f"{session}/run")
    undone = client.post(f"{session}/undo", {}, view="step")
    assert undone["position"]["iteration"] >= at
    assert len(client.get(f"{session}/metrics")["marks"]) == 1


def test_a_conditional_request_that_is_late_ends_no_run(client: Client) -> None:
    session = client.session({"preset": "xor"})
    client.put(f"{session}/run", {})
    ran(client, session, 10)
    client.refused(409, "POST", f"{session}/step", {"revision": 1})
    assert client.get(session)["run"]["going"]
    assert client.post(f"{session}/step", {})["run"]["why"] == "paused"


def test_metrics_after_an_iteration_are_the_rest_of_them(client: Client) -> None:
    session = client.session({"preset": "iris"})
    client.post(f"{session}/train", {"iterations": 400}, view="step")
    everything = client.get(f"{session}/metrics")
    assert (everything["rows"], everything["test_rows"]) == (150, 0)
    assert client.get(f"{session}/metrics", after=100)["points"] == [
        point for point in everything["points"] if point["iteration"] > 100
    ]
    costs = [point["cost"] for point in everything["points"]]
    assert costs[-1] < costs[0] / 2


def test_a_run_ends_with_its_session(make_client: MakeClient) -> None:
    client = make_client(max_sessions=1)
    session = client.session({"preset": "xor"})
    client.put(f"{session}/run", {})
    client.session({"preset": "or"})  # takes its place
    client.refused(404, "GET", session)
    driving = client.app.state.runs

    async def ended() -> None:
        while driving.running:
            await asyncio.sleep(0.005)

    client.run(asyncio.wait_for(ended(), 5))


def test_a_run_that_diverges_ends_in_the_iteration_where_it_does(client: Client) -> None:
    body = {
        "spec": {
            "layers": [{"units": 1}, {"units": 1, "activation": "linear"}],
            "optimizer": {"name": "sgd", "learning_rate": 1e6},
        },
        "data": {"inputs": [[1e6]], "targets": [[1e6]]},
    }
    session = client.session(body)
    client.put(f"{session}/run", {})
    state = ran(client, session, 10_000)
    assert state["run"]["why"] == "diverged"
    assert state["diverged"]["iteration"] == state["position"]["iteration"] == state["run"]["done"] - 1
    points = client.get(f"{session}/metrics")["points"]
    assert [point["iteration"] for point in points] == list(range(state["run"]["done"]))
