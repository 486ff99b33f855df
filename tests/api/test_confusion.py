"""The confusion matrix: the same as counting predictions by hand, for rows to train on and to test on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.sessions import confusion

from .client import Client


def iris(client: Client, iterations: int = 60) -> str:
    layers = [{"units": 4}, {"units": 5, "activation": "tanh"}, {"units": 3, "activation": "softmax"}]
    spec = {"layers": layers, "loss": "cross_entropy", "batch_size": 10, "seed": 3}
    session = client.session({"spec": spec, "data": {"name": "iris", "test_share": 0.3}})
    client.post(f"{session}/train", {"iterations": iterations})
    return session


def by_hand(client: Client, session: str, inputs: Any, targets: Any, first: int = 0) -> tuple[Any, Any]:
    """Counts and all rows of each cell, in plain loops over what prediction says."""
    answers = client.post(f"{session}/predict", {"inputs": inputs})["layers"][-1]
    size = max(len(targets[0]), 2)
    counts = np.zeros((size, size), int)
    rows: list[list[list[int]]] = [[[] for _ in range(size)] for _ in range(size)]
    for number, (answer, target) in enumerate(zip(answers, targets, strict=True)):
        single = len(target) == 1
        wanted = int(target[0] == 1) if single else target.index(max(target))
        answered = int(answer[0] >= 0.5) if single else answer.index(max(answer))
        counts[wanted, answered] += 1
        rows[wanted][answered].append(number + first)
    return counts.tolist(), rows


def test_counts_and_examples_are_those_of_prediction_row_by_row(client: Client) -> None:
    session = iris(client)
    data, found = client.get(f"{session}/data"), client.get(f"{session}/confusion")
    assert found["classes"] == data["classes"]
    for name, prefix, first in (("training", "", 0), ("test", "test_", len(data["inputs"]))):
        inputs, targets = data[f"{prefix}inputs"], data[f"{prefix}targets"]
        counts, rows = by_hand(client, session, inputs, targets, first)
        assert found[name]["counts"] == counts
        assert found[name]["examples"] == [[cell[:20] for cell in line] for line in rows]
        assert (found[name]["rows"], found[name]["total"]) == (len(inputs), len(inputs))
        assert found[name]["accuracy"] == pytest.approx(sum(counts[k][k] for k in range(3)) / len(inputs))
    off = np.array(found["training"]["counts"]) - np.diag(np.diag(found["training"]["counts"]))
    assert off.any(), "a network that makes no mistakes tests little"


def test_it_is_that_of_the_parameters_at_the_cursor(client: Client) -> None:
    session = client.session({"preset": "xor"})
    for iterations in (1, 5, 700):
        client.post(f"{session}/train", {"iterations": iterations})
        data, found = client.get(f"{session}/data"), client.get(f"{session}/confusion")
        assert found["training"]["counts"] == by_hand(client, session, data["inputs"], data["targets"])[0]
        assert found["test"] is None
    assert found["training"]["accuracy"] == 1
    client.put(f"{session}/position", {"iteration": 0, "operation": 0})
    assert client.get(f"{session}/confusion")["training"]["accuracy"] < 1


def test_of_very_many_rows_some_are_counted_evenly_spread(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confusion, "MOST_WORK", 0)
    monkeypatch.setattr(confusion, "CHUNK", 1000)
    rows = 2500
    body = {
        "spec": {"layers": [{"units": 1}, {"units": 1, "activation": "sigmoid"}], "loss": "binary_cross_entropy"},
        "data": {"inputs": [[k / rows] for k in range(rows)], "targets": [[int(k >= 1000)] for k in range(rows)]},
        "parameters": [{"W": [[100]], "b": [-50]}],
    }
    found = client.get(f"{client.session(body)}/confusion")["training"]
    assert (found["rows"], found["total"]) == (1000, rows)
    assert found["counts"] == [[400, 0], [100, 500]]
    assert found["examples"][1][0][:3] == [1000, 1002, 1005]


def test_data_without_classes_has_none(client: Client) -> None:
    body = {"spec": {"layers": [{"units": 1}, {"units": 1}]}, "data": {"inputs": [[0], [1]], "targets": [[0.5], [2]]}}
    assert client.get(f"{client.session(body)}/confusion") == {"classes": None, "training": None, "test": None}
