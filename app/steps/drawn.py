"""The computation graph as it is told to a reader: nodes with their gradients, edges with their local derivatives."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import IndexInvalid
from .derivatives import Derivative, derivative, symbol
from .graph import MOST_NODES, Block, Graph, Place
from .knowledge import Knowledge
from .mathml import Math
from .notation import parse_tensor
from .operation import Ref


@dataclass(frozen=True)
class Gradient:
    """The derivative of the cost by a node's number.

    Attributes:
        tensor, index: where it stands in the tape.
        constant: what it is where no operation computes it: it is 1 at an example's own cost, where the backward pass
            begins. It is reached when `tensor` is written there.
        operation: the one that writes `tensor` there.
    """

    tensor: str
    index: tuple[int, ...]
    constant: float | None
    operation: int


@dataclass(frozen=True)
class Node:
    """A number and the operation that computes it; a leaf is given and has none."""

    tensor: str
    index: tuple[int, ...]
    kind: str
    layer: int | None
    operation: int | None
    symbol: Math
    name: str
    gradient: Gradient | None
    more_reads: int
    more_readers: int


@dataclass(frozen=True)
class Edge:
    """`target` reads `source`, both by their place among the nodes.

    Attributes:
        derivative: None where nothing goes back: what is given has no gradient.
        passes: the term of a gradient's sum that goes back over it, where the backward pass computes it by itself.
        operation: the one that computes that term.
    """

    source: int
    target: int
    derivative: Derivative | None
    passes: Place | None
    operation: int | None


@dataclass(frozen=True)
class DrawnGraph:
    """The graph, or the part of it around `centre` where it has more than 60 nodes.

    Its numbers, which are the shown example's, are those of the tape; a derivative's is told whether or not the
    backward pass has come to it.
    """

    centre: Place | None
    total: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def drawn(knowledge: Knowledge, tensor: str, index: tuple[int, ...]) -> DrawnGraph:
    """The graph of an iteration, around an element of a tensor where it is large.

    Raises:
        IndexInvalid: the element is no node.
    """
    graph, centre = Graph(knowledge.operations), (tensor, index)
    if centre not in graph:
        raise IndexInvalid(
            f"{tensor[:40]} {list(index)} is no node of the graph.",
            hint="Nodes are what is given and what the forward pass and the loss compute, such as W1:0,1 and z1:0.",
            where="around",
        )
    whole = len(graph) <= MOST_NODES
    places = graph.whole() if whole else graph.around(centre)
    nodes = tuple(_node(knowledge, graph, place, places) for place in places)
    edges = tuple(
        _edge(knowledge, block.name, (source, target), places)
        for target, place in enumerate(places)
        for block in graph.reads(place)
        for source, other in enumerate(places)
        if other in block
    )
    return DrawnGraph(None if whole else centre, len(graph), nodes, edges)


def _node(knowledge: Knowledge, graph: Graph, place: Place, places: list[Place]) -> Node:
    tensor, index = place
    operation = knowledge.operations.writer(tensor, index)
    return Node(
        tensor=tensor,
        index=index,
        kind="given" if operation is None else knowledge.operations[operation].kind,
        layer=parse_tensor(tensor)[1],
        operation=operation,
        symbol=symbol(knowledge, Ref(*place)),
        name=knowledge.name(tensor, index),
        gradient=_gradient(knowledge, place),
        more_reads=_missing(graph.reads(place), places),
        more_readers=_missing(graph.readers(place), places),
    )


def _missing(blocks: list[Block], places: list[Place]) -> int:
    return sum(len(block) - sum(place in block for place in places) for block in blocks)


def _gradient(knowledge: Knowledge, place: Place) -> Gradient | None:
    """A product goes into its sum as it is, so that its gradient is the sum's delta."""
    tensor, index = place
    kind, layer, _ = parse_tensor(tensor)
    last = f"da{knowledge.tape.spec.depth}"
    into = {"share": (last, index), "own": (last, (0,)), "Wa": (f"dz{layer}", index[:1])}
    of, at = into.get(kind, (f"d{tensor}", index))
    operation = knowledge.operations.writer(of, at)
    return None if operation is None else Gradient(of, at, 1 if kind in ("share", "own") else None, operation)


def _edge(knowledge: Knowledge, name: str, ends: tuple[int, int], places: list[Place]) -> Edge:
    source, target = (places[end] for end in ends)
    number = knowledge.operations.writer(*target)
    assert number is not None
    local = derivative(knowledge, knowledge.operations[number], name, source)
    # The term that goes back to an activation is a product of its own; its index names where it goes to first.
    passes = (f"Wdz{parse_tensor(target[0])[1]}", target[1][::-1])
    operation = knowledge.operations.writer(*passes) if name == "a" and target[0].startswith("Wa") else None
    return Edge(*ends, local, None if operation is None else passes, operation)
