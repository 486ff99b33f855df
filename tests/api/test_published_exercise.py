"""The much-copied 2-2-2 exercise, through the API alone, to the digits that its author prints.

Its author leaves the biases as they are, and prints the error after the update as 0.291027924, from rounded numbers.
"""

from __future__ import annotations

import pytest

from .client import Client

PRINTED = 5e-10
"""Half of the last of nine printed digits."""


def test_every_printed_number_of_the_first_iteration_is_reached_step_by_step(client: Client) -> None:
    session = client.session({"preset": "two_two_two"})
    state = client.post(f"{session}/forward", {"granularity": "pass"})
    tensors = state["tensors"]
    assert tensors["z1"][0][0] == pytest.approx(0.3775, abs=PRINTED)
    assert tensors["a1"][0] == pytest.approx([0.593269992, 0.596884378], abs=PRINTED)
    assert tensors["z2"][0][0] == pytest.approx(1.105905967, abs=PRINTED)
    assert tensors["a2"][0] == pytest.approx([0.75136507, 0.772928465], abs=PRINTED)
    assert state["cost"] is None

    state = client.post(f"{session}/forward", {"granularity": "pass"})
    assert state["tensors"]["share"][0] == pytest.approx([0.274811083, 0.023560026], abs=PRINTED)
    assert state["cost"]["total"] == pytest.approx(0.298371109, abs=PRINTED)

    state = client.post(f"{session}/backward", {"granularity": "pass"})
    assert state["tensors"]["da2"][0][0] == pytest.approx(0.74136507, abs=PRINTED)
    assert state["tensors"]["dz2"][0][0] == pytest.approx(0.138498562, abs=PRINTED)
    assert state["tensors"]["dW2"][0][0] == pytest.approx(0.082167041, abs=PRINTED)
    assert state["tensors"]["da1"][0][0] == pytest.approx(0.036350306, abs=PRINTED)
    assert state["tensors"]["dW1"][0][0] == pytest.approx(0.000438568, abs=PRINTED)
    assert state["tensors"]["W1"] == [[0.15, 0.20], [0.25, 0.30]]

    state = client.post(f"{session}/backward", {"granularity": "pass"})
    (w5, w6), (w7, w8) = state["tensors"]["W2"]
    assert [w5, w6, w7, w8] == pytest.approx([0.35891648, 0.408666186, 0.511301270, 0.561370121], abs=PRINTED)
    (w1, w2), (w3, w4) = state["tensors"]["W1"]
    assert [w1, w2, w3, w4] == pytest.approx([0.149780716, 0.19956143, 0.24975114, 0.29950229], abs=5e-9)
    assert (state["tensors"]["b1"], state["tensors"]["b2"]) == ([0.35, 0.35], [0.6, 0.6])
    assert state["cost"]["after"]["total"] == pytest.approx(0.291027774, abs=PRINTED)


def test_the_error_after_ten_thousand_iterations_is_the_printed_one(client: Client) -> None:
    session = client.session({"preset": "two_two_two"})
    state = client.post(f"{session}/train", {"iterations": 10_000})
    assert state["position"]["iteration"] == 10_000
    state = client.post(f"{session}/forward", {"granularity": "pass"})
    assert state["tensors"]["a2"][0] == pytest.approx([0.0159, 0.9841], abs=5e-5)
    state = client.post(f"{session}/forward", {"granularity": "pass"})
    assert state["cost"]["total"] == pytest.approx(3.51e-5, abs=5e-8)
