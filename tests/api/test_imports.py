"""Parameters that are brought over HTTP: what a file holds is where the session begins again."""

from __future__ import annotations

import json
import random
from time import process_time
from typing import Any

import numpy as np
import pytest

from app.export import safetensors

from .client import Client, error_of, told
from .mutations import check_answer

FITTING = {
    "0.weight": [[1, 2], [3, 4], [5, 6]],
    "0.bias": [0.1, 0.2, 0.3],
    "2.weight": [[1, 2, 3]],
    "2.bias": [4],
}


def put(client: Client, session: str, content: bytes, **query: Any) -> Any:
    return client.request("PUT", f"{session}/parameters", content=content, params=query)


def packed(named: dict[str, Any]) -> bytes:
    return safetensors.encode({name: np.array(values, np.float64) for name, values in named.items()})


@pytest.mark.parametrize("write", [packed, lambda named: json.dumps(named).encode()])
def test_a_session_begins_again_with_what_is_brought_and_can_return(client: Client, write: Any) -> None:
    session = client.session({"preset": "xor"})
    before = client.post(f"{session}/train", {"iterations": 5})
    state = told(put(client, session, write(FITTING)))
    assert state["position"]["iteration"] == 0
    assert (state["tensors"]["W1"], state["tensors"]["b1"]) == (FITTING["0.weight"], FITTING["0.bias"])
    assert (state["tensors"]["W2"], state["tensors"]["b2"]) == (FITTING["2.weight"], FITTING["2.bias"])
    assert "brought in a file" in client.get(f"{session}/explanations/W1", index="0,0")["sentence"]
    assert client.post(f"{session}/undo", {})["tensors"] == before["tensors"]


def test_what_was_taken_away_and_brought_to_another_session_says_the_same(client: Client) -> None:
    one = client.session({"preset": "iris"})
    client.post(f"{one}/train", {"iterations": 7}, view="step")
    content = client.request("GET", f"{one}/exports/safetensors").content
    other = client.session({"preset": "xor"})
    client.patch(f"{other}/data", {"data": {"name": "iris"}})
    state = told(put(client, other, content, layers="replace"))
    asked = {"inputs": [[0.2, -0.4, 1, 0.3]]}
    assert [layer["units"] for layer in state["spec"]["layers"]] == [4, 5, 3]
    assert client.post(f"{other}/predict", asked)["sums"][0] == client.post(f"{one}/predict", asked)["sums"][0]


def test_a_file_of_other_sizes_is_refused_or_makes_a_network(client: Client) -> None:
    session = client.session({"preset": "xor"})
    other = {"a.weight": [[1, 2], [3, 4]], "b.weight": [[1, 2]]}
    error = error_of(put(client, session, packed(other)))
    assert "weights of a are 2 × 2; those of layer 1 of this network are 3 × 2" in error["message"]
    assert client.get(session)["revision"] == 0
    state = told(put(client, session, packed(other), layers="replace"))
    assert [layer["units"] for layer in state["spec"]["layers"]] == [2, 2, 1]
    assert state["tensors"]["b1"] == [0, 0]
    error = error_of(put(client, session, packed({"x.weight": [[1, 2, 3]]}), layers="replace"))
    assert "the data has 2 inputs" in error["message"]


def test_a_request_that_was_made_on_an_old_revision_or_twice_changes_nothing(client: Client) -> None:
    session = client.session({"preset": "xor"})
    told(put(client, session, packed(FITTING), request_id="one"))
    assert told(put(client, session, packed(FITTING), request_id="one"))["revision"] == 1
    assert error_of(put(client, session, packed(FITTING), revision=0))["code"] == "stale_revision"


def test_what_is_larger_than_this_server_allows_is_refused(client: Client) -> None:
    session = client.session({"preset": "xor"})
    large = {"0.weight": np.zeros((5000, 2)), "1.weight": np.zeros((1, 5000))}
    error = error_of(put(client, session, packed(large), layers="replace"))
    assert error["code"] == "limit_exceeded"


def test_damaged_files_are_answered_with_a_sentence(client: Client, long: bool) -> None:
    choose, session = random.Random(2), client.session({"preset": "xor"})
    for content in (packed(FITTING), json.dumps(FITTING).encode()):
        for _ in range(1000 if long else 60):
            damaged = bytearray(content)
            for _ in range(choose.randint(1, 5)):
                damaged[choose.randrange(len(damaged))] = choose.randrange(256)
            start = process_time()
            response = put(client, session, bytes(damaged), layers=choose.choice(["keep", "replace"]))
            check_answer(response.status_code, response.content, process_time() - start, repr(damaged[:40]))
