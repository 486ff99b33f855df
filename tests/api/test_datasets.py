"""Data in requests: ready sets with options, preparation, rows to test on, and how to have the same again."""

from __future__ import annotations

from typing import Any

import pytest

from .client import Client, MakeClient


def body(data: dict[str, Any], inputs: int, outputs: int = 1, **spec: Any) -> dict[str, Any]:
    return {"spec": {"layers": [{"units": inputs}, {"units": outputs}], **spec}, "data": data}


SPIRALS = {
    "name": "spirals",
    "options": {"arms": 3, "noise": 0.3, "count": 60},
    "products": ["sin(x1)"],
    "test_share": 0.2,
    "standardize": True,
}


def test_what_a_state_says_of_its_data_asks_for_the_same_again(client: Client) -> None:
    first = client.post("/api/sessions", body(SPIRALS, 3, 3, seed=5))
    choice = first["data"]["choice"]
    assert choice["seed"] == 5
    again = client.session(body(choice, 3, 3, seed=6))
    assert client.get(f"{again}/data") == client.get(f"/api/sessions/{first['id']}/data")
    assert client.get(again)["data"]["choice"] == choice


def test_rows_to_test_on_are_shown_after_those_to_train_on(client: Client) -> None:
    session = client.session(body(SPIRALS, 3, 3))
    rows = client.get(f"{session}/data")
    assert (len(rows["inputs"]), len(rows["test_inputs"])) == (48, 12)
    shown = client.get(session, example=48 + 7)
    assert shown["batch"]["shown"] == 55
    assert shown["tensors"]["a0"][-1] == rows["test_inputs"][7]
    assert "0 to 59" in client.refused(422, "GET", f"{session}?example=60")["message"]


def test_own_rows_can_name_those_to_test_on(client: Client) -> None:
    own = {"inputs": [[1], [2]], "targets": [[1], [0]], "test_inputs": [[3]], "test_targets": [[1]]}
    session = client.session(body({**own, "standardize": True}, 1))
    rows = client.get(f"{session}/data")
    assert (rows["means"], rows["deviations"]) == ([1.5], [0.5])
    assert (rows["inputs"], rows["test_inputs"]) == ([[-1], [1]], [[3]])
    assert client.get(session)["data"]["choice"] is None


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ({"name": "spirals", "options": {"arms": 9}}, "data.options.arms"),
        ({"name": "spirals", "options": {"arms": "3"}}, "data.options.arms"),
        ({"name": "spirals", "targets": [[1]]}, "data"),
        ({"name": "xor", "products": ["x1 +"]}, "data.products[0]"),
        ({"name": "xor", "test_share": 1.5}, "data.test_share"),
        ({"options": {"arms": 3}}, "data.inputs"),
        ({"inputs": [[1]], "targets": [[1]], "options": {}}, "data"),
        ({"inputs": [[1]], "targets": [[1]], "test_inputs": [[1, 2]], "test_targets": [[1]]}, "data.test_inputs"),
        ({"inputs": [[1]], "targets": [[1]], "test_inputs": [[1]]}, "data.test_targets"),
        (
            {"inputs": [[1]], "targets": [[1]], "test_inputs": [[1]], "test_targets": [[1]], "test_share": 0.5},
            "data.test_share",
        ),
    ],
)
def test_data_that_cannot_be_is_refused_where_it_is_wrong(client: Client, data: dict[str, Any], where: str) -> None:
    assert client.refused(422, "POST", "/api/sessions", body(data, 2))["where"] == where


def test_rows_to_test_on_have_to_suit_the_loss_too(client: Client) -> None:
    own = {"inputs": [[1]], "targets": [[1]], "test_inputs": [[3]], "test_targets": [[7]]}
    asked = {"spec": {"layers": [{"units": 1}, {"units": 1}], "loss": "binary_cross_entropy"}, "data": own}
    assert client.refused(422, "POST", "/api/sessions", asked)["where"] == "data.targets[1]"


def test_rows_to_test_on_count_within_the_limits(make_client: MakeClient) -> None:
    client = make_client(max_rows=50)
    asked = body({"name": "circles", "options": {"count": 51}, "test_share": 0.5}, 2)
    assert "51 rows" in client.refused(422, "POST", "/api/sessions", asked)["message"]
