"""Random networks at random positions: every number anywhere on the page is the API's."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from playwright.sync_api import expect

from app.nn.activations import activations
from app.nn.optimizers import optimizers

from .learner import Learner
from .test_stepping import agreed

OUTPUTS = [
    ("sigmoid", "half_squared_error"),
    ("sigmoid", "binary_cross_entropy"),
    ("softmax", "cross_entropy"),
    ("tanh", "huber"),
]


def network(draw: random.Random) -> dict[str, Any]:
    """A small network of anything registered, with data of its own."""
    output, loss = draw.choice(OUTPUTS)
    units = [draw.randint(1, 4) for _ in range(draw.randint(1, 3))]
    hidden = [entry.name for entry in activations if entry.name != "softmax"]
    outputs = draw.randint(2, 3)
    layers: list[dict[str, Any]] = [{"units": draw.randint(1, 4)}]
    layers += [{"units": count, "activation": draw.choice(hidden)} for count in units]
    layers.append({"units": outputs, "activation": output})
    numbers = np.random.default_rng(draw.randrange(1000))
    spec = {
        "layers": layers,
        "loss": loss,
        "optimizer": {"name": draw.choice([entry.name for entry in optimizers])},
        "batch_size": draw.randint(1, 3),
        "l2": draw.choice([0, 0.01]),
        "seed": draw.randrange(100),
    }
    data = {
        "inputs": numbers.standard_normal((5, layers[0]["units"])).tolist(),
        "targets": np.eye(outputs)[[0, 1, 0, 1, 1]].tolist(),
    }
    return {"spec": spec, "data": data}


def test_every_number_on_every_tab_is_the_apis(newcomer: Learner, long: bool) -> None:
    for seed in range(20 if long else 2):
        draw = random.Random(seed)
        made = newcomer.api.post("/api/sessions", json=network(draw))
        assert made.is_success, made.text
        path = f"/api/sessions/{made.json()['id']}"
        operations = made.json()["position"]["operations"]
        there = {"iteration": draw.randint(0, 3), "operation": draw.randint(1, operations)}
        newcomer.api.put(f"{path}/position", json=there).raise_for_status()
        newcomer.open(f"/#session={made.json()['id']}")
        for tab in newcomer.page.get_by_role("tab").all():
            tab.click()
            expect(tab).to_have_attribute("aria-selected", "true")
            expect(newcomer.page.locator("[role=tabpanel] > *").first).to_be_visible()
            assert agreed(newcomer) > 0
