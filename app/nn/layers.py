"""Kinds of layers: how a layer's sums come from the layer below, and how gradients go back through them.

Units by examples: a layer's activations are an array (units, examples), and below them stands a row of ones, the
"additional neuron of value 1". The biases are its weights, the last column of the layer's parameters, so that one
product gives the sums with their biases, and one product gives the gradients of both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .registry import Array, Registry, Step


@dataclass(frozen=True)
class LayerKind:
    """One kind of layer.

    With `p` the layer's parameters (units, inputs + 1) and `below` the activations below it with their row of ones:

    Attributes:
        rule: z of a unit from its row of W, the activations a below it, and b.
        back_rule: dC/da of a unit below, from its column of W and all dz of this layer.
        weight_rule, bias_rule: one example's contribution to the gradients of a weight and a bias.
        forward: `(p, below, z)` to the calls that fill `z` (units, examples).
        back: `(p, dz, da)` to the calls that fill `da` (inputs + 1, examples), the last row being the ones'.
        gradient: `(dz, below, g)` to the calls that fill `g` like `p`, summed over the examples.
    """

    name: str
    title: str
    description: str
    rule: str
    back_rule: str
    weight_rule: str
    bias_rule: str
    forward: Callable[[Array, Array, Array], list[Step]]
    back: Callable[[Array, Array, Array], list[Step]]
    gradient: Callable[[Array, Array, Array], list[Step]]


layers: Registry[LayerKind] = Registry("a kind of layer")

layers.add(
    LayerKind(
        name="dense",
        title="Dense",
        description="Every unit weighs every unit of the layer below and adds its bias.",
        rule="sum(W*a)+b",
        back_rule="sum(W*dz)",
        weight_rule="dz*a",
        bias_rule="dz",
        # A bound ndarray.dot takes half the time of np.matmul with out=. The transpose of the whole of p is
        # contiguous; without its last column it is not, and the product takes twice as long.
        forward=lambda p, below, z: [(p.dot, below, z)],
        back=lambda p, dz, da: [(p.T.dot, dz, da)],
        gradient=lambda dz, below, g: [(dz.dot, below.T, g)],
    )
)
