"""The computation graph: its nodes, what two hops reach, and the chain rule along its edges."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest

from app.errors import IndexInvalid
from app.nn.spec import Spec
from app.steps.drawn import DrawnGraph
from app.steps.explain import Reading
from app.steps.explainer import Explainer
from app.steps.graph import MOST_NODES, Graph, Place
from app.steps.names import Names
from app.steps.operation import Ref
from app.steps.operations import Operations
from app.steps.tape import Tape
from app.steps.writing import text
from tests.networks import every_spec, name_of, spec_of, tape_of

SPECS = [*every_spec(2, 3, 2), spec_of(2, 3, 2, l2=0.3, l1=0.1), spec_of(2, 1, frozen=("b1",))]
SOFTMAX = spec_of(4, 8, 8, 3, output="softmax", loss="cross_entropy")


def graph_of(spec: Spec, tape: Tape, tensor: str = "C", index: tuple[int, ...] = (), row: int = 0) -> DrawnGraph:
    explainer = Explainer(Operations(spec), tape, 0, Reading(row, names=Names(spec.depth)))
    return explainer.graph(tensor, index)


def places(graph: DrawnGraph) -> list[Place]:
    return [(node.tensor, node.index) for node in graph.nodes]


def neighbours(graph: Graph, place: Place) -> set[Place]:
    return {near for block in (*graph.reads(place), *graph.readers(place)) for near in block}


def test_a_small_graph_is_whole() -> None:
    spec = spec_of(2, 3, 1)
    graph = graph_of(spec, tape_of(spec))
    assert Counter(node.kind for node in graph.nodes) == {
        "given": 2 + 6 + 3 + 3 + 1 + 1,
        "product": 9,
        "sum": 4,
        "activation": 4,
        "share": 1,
        "own_cost": 1,
        "cost": 1,
    }
    assert (graph.centre, graph.total, len(graph.edges)) == (None, 36, 2 * 9 + 9 + 4 + 4 + 2 + 1 + 1)
    assert {node.more_reads + node.more_readers for node in graph.nodes} == {0}


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
def test_the_chain_rule_along_the_edges_gives_every_gradient(spec: Spec) -> None:
    tape = tape_of(spec, batch=1)
    graph = graph_of(spec, tape)
    gradients = defaultdict(float, {places(graph).index(("C", ())): 1.0})
    for edge in sorted(graph.edges, key=lambda edge: -edge.target):  # what reads stands behind what it reads
        if edge.derivative is not None:
            gradients[edge.source] += gradients[edge.target] * edge.derivative.value
    for number, node in enumerate(graph.nodes):
        if node.gradient is None:
            continue
        told = node.gradient.constant
        if told is None:
            told = float(tape.value(Ref(node.gradient.tensor, node.gradient.index), 0))
        assert gradients[number] == pytest.approx(told, rel=1e-9, abs=1e-12), (node.tensor, node.index)
    with_gradient = {node.tensor for node in graph.nodes if node.gradient}
    assert with_gradient >= {f"{kind}{layer}" for kind in ("W", "b", "Wa", "z", "a") for layer in (1, spec.depth)}


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
def test_what_reads_a_node_is_what_it_is_read_by(spec: Spec) -> None:
    graph = Graph(Operations(spec))
    read = {(source, target) for target in graph.whole() for block in graph.reads(target) for source in block}
    assert read == {(source, target) for source in graph.whole() for block in graph.readers(source) for target in block}


@pytest.mark.parametrize(
    "centre", [("W1", (0, 1)), ("a1", (7,)), ("z2", (3,)), ("Wa3", (2, 5)), ("sum3", ()), ("C", ())]
)
def test_a_large_graph_is_told_two_hops_around_a_node(centre: Place) -> None:
    graph = Graph(Operations(SOFTMAX))
    reached = {
        centre,
        *([("z1", (0,))] if centre == ("W1", (0, 1)) else []),
        *([("z3", (2,))] if centre == ("Wa3", (2, 5)) else []),
    }
    for _ in range(2):
        reached |= {near for place in reached for near in neighbours(graph, place)}
    told = graph_of(SOFTMAX, tape_of(SOFTMAX), *centre)
    assert told.centre == centre
    assert set(places(told)) == reached
    assert len(reached) <= MOST_NODES
    counted = sum(node.more_reads + node.more_readers for node in told.nodes)
    assert counted == sum(len(neighbours(graph, place) - reached) for place in reached) > 0


@pytest.mark.parametrize("centre", [("z2", (3,)), ("W1", (3, 700)), ("a1", (70,)), ("penalty_l2", ()), ("C", ())])
def test_a_very_large_graph_is_told_in_part_and_counts_the_rest(centre: Place) -> None:
    spec = spec_of(784, 128, 64, 10, output="softmax", loss="cross_entropy", l2=0.1)
    told = graph_of(spec, tape_of(spec, batch=1), *centre)
    assert 1 < len(told.nodes) <= MOST_NODES
    own = told.nodes[places(told).index(centre)]
    reads = sum(edge.target == places(told).index(centre) for edge in told.edges)
    wanted = {"z2": 129, "W1": 0, "a1": 1, "penalty_l2": 784 * 128 + 128 * 64 + 640, "C": 2}
    assert own.more_reads + reads == wanted[centre[0]]
    assert any(centre in (places(told)[edge.source], places(told)[edge.target]) for edge in told.edges)


def test_a_local_derivative_is_told_with_the_names_at_hand() -> None:
    spec = spec_of(2, 3, 1)
    graph = graph_of(spec, tape_of(spec))
    told = {
        (places(graph)[edge.source], places(graph)[edge.target]): text(edge.derivative.named)
        for edge in graph.edges
        if edge.derivative is not None
    }
    factors = "w_12^(1) · a_2^(0)"
    assert told[("W1", (0, 1)), ("Wa1", (0, 1))] == f"(∂({factors}))/∂w_12^(1) = a_2^(0)"
    assert told[("Wa1", (0, 1)), ("z1", (0,))] == f"∂z_1^(1)/(∂({factors})) = 1"
    assert told[("z1", (0,)), ("a1", (0,))] == "∂a_1^(1)/∂z_1^(1) = 1 − (a_1^(1))^2"
    assert told[("own", ()), ("C", ())] == "∂C/∂C^[1] = 1/3"
    assert (("y", (0,)), ("share", (0,))) not in told


def test_a_row_beside_the_batch_counts_nothing_in_its_cost() -> None:
    spec = spec_of(2, 3, 1)
    tape = tape_of(spec, beside=True)
    graph = graph_of(spec, tape, row=tape.rows[-1])
    assert [e.derivative.value for e in graph.edges if e.derivative and graph.nodes[e.target].tensor == "C"] == [0]


def test_an_edge_says_which_term_of_a_gradient_goes_back_over_it() -> None:
    spec = spec_of(2, 3, 2)
    operations, tape = Operations(spec), tape_of(spec, batch=1)
    graph = graph_of(spec, tape)
    passing = [edge for edge in graph.edges if edge.passes is not None]
    assert len(passing) == 3 * 2
    for edge in passing:
        gradient, local = graph.nodes[edge.target].gradient, edge.derivative
        assert edge.passes is not None
        assert edge.operation is not None
        assert gradient is not None
        assert local is not None
        assert operations[edge.operation].writes == Ref(*edge.passes)
        upstream = tape.value(Ref(gradient.tensor, gradient.index), 0)
        np.testing.assert_array_equal(upstream * local.value, tape.value(Ref(*edge.passes), 0))


@pytest.mark.parametrize("place", [("dW1", (0, 0)), ("W1", (0, 2)), ("a0", (0, 0)), ("nothing", ())])
def test_what_is_no_node_is_refused(place: Place) -> None:
    spec = spec_of(2, 3, 1)
    with pytest.raises(IndexInvalid, match="no node"):
        graph_of(spec, tape_of(spec), *place)
