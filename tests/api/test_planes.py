"""Planes: every neuron over a grid of inputs, the same as predicting point by point."""

from __future__ import annotations

import numpy as np
import pytest

from app.nn.registry import Array
from tests.api.client import Client
from tests.api.tapes import decode


@pytest.fixture
def session(client: Client) -> str:
    """The path of a new XOR session."""
    return client.session({"preset": "xor"})


def plane(client: Client, session: str, **query: object) -> dict[str, Array]:
    response = client.request("GET", f"{session}/plane", params=query)
    assert response.status_code == 200, response.text
    found = decode(response.content)
    return {name: np.array(values).reshape(found.shapes[name]) for name, values in found.values.items()}


def test_a_plane_is_what_prediction_says_at_each_of_its_points(client: Client, session: str) -> None:
    client.post(f"{session}/train", {"iterations": 5})
    found = plane(client, session, up=1, size=7)
    across, up = found["across"], found["up"]
    assert across[0] < 0 < 1 < across[-1]
    points = [[float(x), float(y)] for y in up for x in across]
    predicted = client.post(f"{session}/predict", {"inputs": points})
    for layer in (1, 2):
        wanted = np.array(predicted["layers"][layer]).T.reshape(-1, 7, 7)
        np.testing.assert_allclose(found[f"a{layer}"], wanted, rtol=1e-5, atol=1e-6)
        sums = np.array(predicted["sums"][layer - 1]).T.reshape(-1, 7, 7)
        np.testing.assert_allclose(found[f"z{layer}"], sums, rtol=1e-5, atol=1e-5)


def test_the_other_inputs_are_those_of_the_shown_row(client: Client) -> None:
    session = client.session({"preset": "iris"})
    found = plane(client, session, across=2, up=0, size=3, example=7)
    inputs = client.get(f"{session}/data")["inputs"]
    rows = inputs["values"] if isinstance(inputs, dict) else inputs
    point = [float(found["up"][2]), rows[7][1], float(found["across"][0]), rows[7][3]]
    predicted = client.post(f"{session}/predict", {"inputs": [point]})["layers"][-1][0]
    np.testing.assert_allclose(found[f"a{len(found) // 2 - 1}"][:, 2, 0], predicted, rtol=1e-5)


def test_one_input_makes_a_line(client: Client) -> None:
    body = {"spec": {"layers": [{"units": 1}, {"units": 1}]}, "data": {"inputs": [[0], [2]], "targets": [[0], [1]]}}
    found = plane(client, client.session(body), size=5)
    assert found["a1"].shape == (1, 1, 5)
    assert found["across"] == pytest.approx([-0.3, 0.35, 1, 1.65, 2.3])


def test_what_has_no_plane_is_refused(client: Client, session: str) -> None:
    for query in ({"across": 2}, {"up": -1}, {"up": 0}, {"example": 99}, {"size": 1}, {"size": 1000}):
        client.refused(422, "GET", f"{session}/plane", params=query)


def test_the_curve_of_an_activation_can_be_read(client: Client) -> None:
    found = client.get("/api/catalog/curves/sigmoid", reach=4)
    middle = len(found["z"]) // 2
    assert (found["z"][middle], found["a"][middle], found["slope"][middle]) == (0, 0.5, 0.25)
    client.refused(422, "GET", "/api/catalog/curves/softmax")
    client.refused(422, "GET", "/api/catalog/curves/tangens")
