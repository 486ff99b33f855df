"""The server: how many steps one session answers in a second, beside an endpoint that does nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any

from tests.server import Server

from .client import Client
from .report import Line, Table
from .sample import Call, in_turns, ratios

IRIS_4_8_8_3: dict[str, Any] = {
    "spec": {
        "layers": [
            {"units": 4},
            {"units": 8, "activation": "tanh"},
            {"units": 8, "activation": "tanh"},
            {"units": 3, "activation": "softmax"},
        ],
        "loss": "cross_entropy",
        "initializer": {"name": "xavier"},
    },
    "data": {"name": "iris"},
}
STEPS = {"operation": "operation by operation", "pass": "pass by pass, so a new batch every fifth"}


def measure(quick: bool) -> Iterator[Table]:
    """Steps of two sessions and nothings, in turns."""
    with Server(checked=False) as server, Client(server.url) as client:
        calls: dict[str, Call] = {"nothing": partial(client.answer, "GET", "/healthz")}
        for granularity in STEPS:
            calls[granularity] = step(client, client.session(IRIS_4_8_8_3), granularity)
        calls["large"] = step(client, client.session(_large()), "operation")
        times = in_turns(calls, 3 if quick else 101)
        lines = [Line("/healthz", [1e9 / time for time in times["nothing"]], "/s")]
        for granularity, words in STEPS.items():
            lines.append(Line(f"steps, {words}", [1e9 / time for time in times[granularity]], "/s"))
        lines.append(Line("a step takes", times["operation"]))
        lines.append(Line("a step takes, of /healthz", ratios(times["operation"], times["nothing"]), "×"))
        lines.append(Line("a step takes in 784-128-64-10", times["large"]))
        yield Table("POST step?view=step of one session, 4-8-8-3 on iris, over one connection", lines)


def step(client: Client, session: str, granularity: str) -> Call:
    """What takes a session one step on."""
    return partial(
        client.answer,
        "POST",
        f"{session}/step?view=step",
        json.dumps({"granularity": granularity, "direction": "next"}).encode(),
    )


def _large() -> object:
    random, rows = Random(0), 10
    inputs = [[round(random.random(), 3) for _ in range(784)] for _ in range(rows)]
    targets = [[float(row == unit) for unit in range(10)] for row in range(rows)]
    layers = [
        {"units": 784},
        {"units": 128, "activation": "relu"},
        {"units": 64, "activation": "relu"},
        {"units": 10, "activation": "softmax"},
    ]
    spec = {"layers": layers, "loss": "cross_entropy", "initializer": {"name": "he"}}
    return {"spec": spec, "data": {"inputs": inputs, "targets": targets}}
