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


def test_regions_are_the_plane_in_shades(client: Client) -> None:
    """A sigmoid's scale has two ends; a ReLU's reaches as far from 0 as its numbers go."""
    layers = [{"units": 2}, {"units": 3, "activation": "relu"}, {"units": 1, "activation": "sigmoid"}]
    session = client.session({"spec": {"layers": layers}, "data": {"name": "xor"}})
    client.post(f"{session}/train", {"iterations": 5})
    response = client.request("GET", f"{session}/regions?size=5")
    assert response.status_code == 200, response.text
    found = decode(response.content)
    assert found.shapes["regions"] == [4, 5, 5]
    shades = np.array(found.values["regions"]).reshape(4, 5, 5)
    values = plane(client, session, up=1, size=5)
    hidden = values["a1"] / np.abs(values["a1"]).max(axis=(1, 2), keepdims=True)
    np.testing.assert_allclose(shades[:3, ::-1], 127 * (1 + hidden), atol=0.51)
    np.testing.assert_allclose(shades[3:, ::-1], 254 * values["a2"], atol=0.51)


def test_a_picture_brings_its_regions_where_they_are_asked_for(client: Client, session: str) -> None:
    alone = decode(client.request("GET", f"{session}/frame").content)
    assert "regions" not in alone.values
    found = decode(client.request("GET", f"{session}/frame?regions=6").content)
    there = decode(client.request("GET", f"{session}/regions?size=6").content)
    assert found.values["regions"] == there.values["regions"]
    assert found.values["W1"] == alone.values["W1"]


def test_regions_of_other_than_two_inputs_are_refused(client: Client) -> None:
    session = client.session({"preset": "iris"})
    for path in ("regions", "frame?regions=8"):
        assert "two inputs" in client.refused(422, "GET", f"{session}/{path}")["message"]


def test_where_there_is_no_number_a_region_says_so(client: Client) -> None:
    """To the right both hidden sums overflow, and their difference is no number."""
    huge = {"W": [[1.7e308, 0]] * 2, "b": [1.7e308] * 2}
    body = {
        "spec": {"layers": [{"units": 2}, {"units": 2, "activation": "linear"}, {"units": 1, "activation": "sigmoid"}]},
        "data": {"name": "xor"},
        "parameters": [huge, {"W": [[1, -1]], "b": [0]}],
    }
    shades = decode(client.request("GET", f"{client.session(body)}/regions?size=9").content).values["regions"]
    output = np.array(shades).reshape(3, 9, 9)[2]
    assert set(output[:, -1]) == {255}
    assert set(output[:, 0]) == {127}


def test_the_curve_of_an_activation_can_be_read(client: Client) -> None:
    found = client.get("/api/catalog/curves/sigmoid", reach=4)
    middle = len(found["z"]) // 2
    assert (found["z"][middle], found["a"][middle], found["slope"][middle]) == (0, 0.5, 0.25)
    client.refused(422, "GET", "/api/catalog/curves/softmax")
    client.refused(422, "GET", "/api/catalog/curves/tangens")
