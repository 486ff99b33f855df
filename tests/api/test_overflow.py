"""Numbers that are too large are shown as what they are, in words where JSON has no number for them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .client import Client
from .tapes import decode
from .test_state import flat


def strict(text: str) -> Any:
    """JSON as every reader takes it: without NaN and infinities."""
    return json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} stands in the answer"))


NOTATIONS = ("superscript", "course", "bracket", "code")


def exploding(activation: str, loss: str, dtype: str) -> dict[str, Any]:
    """A network that leaves the numbers of its dtype behind within one iteration."""
    return {
        "spec": {
            "layers": [{"units": 2}, {"units": 2, "activation": "relu"}, {"units": 2, "activation": activation}],
            "loss": loss,
            "dtype": dtype,
            "l2": 1e10,
            "l1": 1e11,
            "batch_size": 2,
            "optimizer": {"name": "sgd", "learning_rate": 1e12},
        },
        "data": {"inputs": [[1e300, -1e308], [3, 4], [0, 0]], "targets": [[0, 1], [1, 0], [0, 1]]},
        "parameters": [
            {"W": [[1e308, 1e308], [1, 2]], "b": [1, -1e308]},
            {"W": [[1, 2], [3, 4]], "b": [0, 1e-320]},
        ],
    }


CASES = [
    ("linear", "half_squared_error"),
    ("relu", "mean_squared_error"),
    ("sigmoid", "binary_cross_entropy"),
    ("tanh", "half_squared_error"),
    ("softmax", "cross_entropy"),
    ("softmax", "mean_squared_error"),
]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(("activation", "loss"), CASES)
def test_a_network_that_explodes_can_still_be_stepped_and_explained(
    client: Client, activation: str, loss: str, dtype: str
) -> None:
    session = client.session(exploding(activation, loss, dtype))
    last = client.get(session)["position"]["operations"]
    said = []
    for number in range(last):
        look = {"notation": NOTATIONS[number % 4], "digits": number % 13, "example": number % 3}
        step = client.post(f"{session}/step", {"granularity": "operation"}, **look)["step"]
        if step is not None:
            said.append((step["explanation"]["value"], step["explanation"]["text"]))
    words = {"NaN": "not a number", "Infinity": "∞", "-Infinity": "−∞"}
    odd = [(value, text) for value, text in said if isinstance(value, str)]
    assert odd
    for value, text in odd:
        assert text == words[value]
    assert client.get(session)["diverged"]["iteration"] == 0
    assert decode(client.request("GET", f"{session}/tape/0").content).header["dtype"] == dtype
    client.post(f"{session}/predict", {"inputs": [[1e308, 1e308]]})
    client.patch(f"{session}/parameters", {"changes": [{"tensor": "W1", "index": [0, 0], "value": 1e308}]})


def test_answers_are_json_that_every_reader_takes(client: Client) -> None:
    body = exploding("linear", "half_squared_error", "float64")
    session = client.session(body)
    last = client.get(session)["position"]["operations"]
    client.put(f"{session}/position", {"iteration": 0, "operation": last})
    state = strict(client.request("GET", session).text)
    told = {value for numbers in state["tensors"].values() for value in flat(numbers)}
    assert None not in told, "at the end of an iteration nothing is unwritten"
    assert {value for value in told if isinstance(value, str)} == {"NaN", "Infinity", "-Infinity"}
    assert state["cost"]["total"] == "NaN"
    predicted = client.post(f"{session}/predict", {"inputs": [[1e308, 1e308]]})
    assert "NaN" in str(predicted)
