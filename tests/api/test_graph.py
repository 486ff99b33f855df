"""The computation graph over HTTP."""

from __future__ import annotations

import pytest

from .client import Client


def test_a_graph_is_that_of_the_iteration_and_the_row_that_are_looked_at(client: Client) -> None:
    session = client.session({"preset": "xor"})
    derivatives = []
    for iteration, row in ((0, 0), (0, 3), (1, 3)):
        client.put(f"{session}/position", {"iteration": iteration, "operation": 0})
        answer = client.get(f"{session}/graph", example=row)
        assert (answer["iteration"], answer["graph"]["centre"], answer["graph"]["total"]) == (iteration, None, 36)
        nodes = answer["graph"]["nodes"]
        slope = next(e["derivative"] for e in answer["graph"]["edges"] if nodes[e["target"]]["tensor"] == "a2")
        output = client.put(f"{session}/position", {"iteration": iteration, "operation": 57}, example=row)
        activation = output["tensors"]["a2"][
            output["batch"]["examples"].index(row) if row in output["batch"]["examples"] else -1
        ][0]
        assert slope["value"] == pytest.approx(activation * (1 - activation), rel=1e-12)
        derivatives.append(slope["value"])
    assert len(set(derivatives)) == 3


def test_a_large_graph_is_told_around_what_is_asked_for(client: Client) -> None:
    session = client.session({"preset": "iris"})
    graph = client.get(f"{session}/graph", around="a1:4")["graph"]
    assert graph["centre"] == ["a1", [4]]
    assert len(graph["nodes"]) <= 60 < graph["total"]
    assert graph["centre"] in [[node["tensor"], node["index"]] for node in graph["nodes"]]


@pytest.mark.parametrize(
    ("around", "message"), [("dW1:0,1", "no node"), ("W1:7,0", "no node"), ("W1:-1", "cannot be read")]
)
def test_what_is_no_node_is_refused(client: Client, around: str, message: str) -> None:
    error = client.refused(422, "GET", f"{client.session({'preset': 'xor'})}/graph", params={"around": around})
    assert message in error["message"]
    assert error["where"] == "around"
