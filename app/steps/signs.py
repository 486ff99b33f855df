"""Signs for an operation's numbers: its blocks and elements, in a notation."""

from __future__ import annotations

from ..nn.quantities import quantities
from ..nn.spec import Spec
from .mathml import Math, equation, mi, mo, mrow
from .notation import Notation, Sign, parse_tensor, write
from .operation import Ref
from .writing import text

EXAMPLE = "k"
OWN = ("own",)


def of_own_cost(tensor: str, batch: int) -> bool:
    """Whether a sign must say of which example it is: an own cost, and among several examples its derivative."""
    return tensor in OWN or (batch > 1 and parse_tensor(tensor)[0] in ("da", "dkept"))


def element(
    notation: Notation, tensor: str, index: tuple[int, ...], example: int | None = None, batch: int = 0
) -> Math:
    """An element of a tensor, such as w⁽¹⁾₁₂; `example` is its place in the batch, where that matters."""
    kind, layer, new = parse_tensor(tensor)
    shown = "" if example is None else str(example + 1)
    counted = tuple(str(part + 1) for part in index)
    return write(notation, Sign(_kind(kind, new), "" if layer is None else str(layer), counted, shown, str(batch + 1)))


def general(notation: Notation, spec: Spec, ref: Ref, base: int | None, over_batch: bool) -> Math:
    """A block in general letters, such as w⁽ˡ⁾ⱼᵢ; `base` is the layer that is called l."""
    kind, layer, new = parse_tensor(ref.tensor)
    letters = tuple(part if isinstance(part, str) else axis(ref, base, place) for place, part in enumerate(ref.index))
    example = EXAMPLE if over_batch else ""
    return write(notation, Sign(_kind(kind, new), _layer(spec, layer, base), letters, example))


def axis(ref: Ref, base: int | None, place: int = 0) -> str:
    """The letter of an axis that is taken whole: i for units below the operation's layer, m above it or beside."""
    kind, layer, _ = parse_tensor(ref.tensor)
    if layer is None or base is None:
        return "ji"[place]
    if kind == "W":
        return "i" if layer == base else "m"
    return "i" if layer < base else "m"


def _kind(kind: str, new: bool) -> str:
    return f"{kind}.new" if new else kind


def running_letter(ref: Ref, base: int | None) -> str:
    """The letter over which a sum of a block runs; over all parameters, it runs over their layers too."""
    every = {"W": "l, j, i", "dW": "l, j, i", "db": "l, j"} if base is None else {}
    return every.get(parse_tensor(ref.tensor)[0]) or axis(ref, base)


def _layer(spec: Spec, layer: int | None, base: int | None) -> str:
    """The operation's own layer is l, or L if it is the last; others are counted from there."""
    if layer is None:
        return ""
    if base is None:
        return "l"
    letter, offset = "L" if base == spec.depth else "l", layer - base
    return letter if not offset else f"{letter}{offset:+d}"


_KINDS = ("W", "b", "z", "a", "C", "da", "dz", "dW", "db", "W.new", "b.new", "t", "norm", "mask", "kept", "dkept")
_PRODUCTS = {"Wa": ("W", "a"), "Wdz": ("W", "dz"), "inner": ("a", "da")}


def bare(notation: Notation) -> dict[str, str]:
    """By tensor without its layer, the sign without indices as plain text: what there is room for on a picture."""
    kept = [f"{name}{of}{after}" for name in quantities() for of in "Wb" for after in ("", ".new")]
    signs = {kind: text(write(notation, Sign(kind))) for kind in (*_KINDS, *kept)}
    return signs | {kind: "·".join(signs[factor] for factor in factors) for kind, factors in _PRODUCTS.items()}


def sample(notation: Notation) -> Math:
    """A notation at a glance: the rule of the weighted sum."""
    z, w, b = (write(notation, Sign(kind, "l", index)) for kind, index in _SAMPLED)
    a = write(notation, Sign("a", "l-1", ("i",)))
    return equation(z, mrow(["munder", None, mo("∑"), mi("i")], w, mo("·"), a, mo("+"), b))


_SAMPLED = (("z", ("j",)), ("W", ("j", "i")), ("b", ("j",)))
