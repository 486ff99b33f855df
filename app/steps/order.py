"""The order of an iteration: which sections a spec has, and the rule of each of their parts.

forward: sums and activations, layer by layer. loss: each output's share, the cost. backward: opens with dC/da of the
outputs; then per neuron its delta, its row of dW, its db, last layer first. update: what concerns
all parameters (the learning rate, clipping), then each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..nn.activations import Shared
from ..nn.clipping import CLIPPED, SCALE_RULE
from ..nn.dropout import BACK_RULE, KEPT_RULE, passed_on
from ..nn.layers import LayerKind
from ..nn.layers import layers as layer_kinds
from ..nn.optimizers import optimizers
from ..nn.penalties import Penalty, penalties
from ..nn.quantities import quantities_of
from ..nn.schedules import schedules
from ..nn.spec import Spec
from .expressions import names, parse
from .operation import ALL, Operand, Part, Ref, Rule, Section


def sections(spec: Spec) -> tuple[Section, ...]:
    """The sections of an iteration, each knowing where it starts."""
    placed: list[Section] = []
    for section in _sections(spec):
        if section.parts:
            placed.append(replace(section, first=placed[-1].end if placed else 0))
    return tuple(placed)


def _sections(spec: Spec) -> Iterator[Section]:
    layers = range(1, spec.depth + 1)
    for layer in layers:
        yield from _forward(spec, layer)
    yield Section("loss", spec.depth, spec.units(spec.depth), (_share(spec),))
    yield Section("loss", None, None, tuple(_costs(spec)))
    for layer in reversed(layers):
        yield from _backward(spec, layer)
    yield Section("update", None, None, (*_rate(spec), *_clipping(spec)))
    for layer in layers:
        yield Section("update", layer, spec.units(layer), tuple(_updates(spec, layer)))


def _one(tensor: str, *index: int | slice) -> Operand:
    return Operand((Ref(tensor, index),))


def _batch(tensor: str, *index: int | slice) -> Operand:
    return Operand((Ref(tensor, index),), over_batch=True)


def _rule(text: str, operands: dict[str, Operand], constants: dict[str, float] | None = None) -> Rule:
    """A rule with those of the operands and constants that it names."""
    used = tuple(dict.fromkeys(names(parse(text))))
    known = constants or {}
    return Rule(
        text, {name: operands[name] for name in used if name not in known}, {n: known[n] for n in used if n in known}
    )


def _kind(spec: Spec, layer: int) -> LayerKind:
    return layer_kinds.named(spec.layers[layer].kind)


def _forward(spec: Spec, layer: int) -> Iterator[Section]:
    activation, units, below = spec.activation(layer), spec.units(layer), layer - 1
    product = Part(
        "product",
        f"Wa{layer}",
        lambda j, i: _rule("W*a", {"W": _one(f"W{layer}", j, i), "a": _one(passed_on(spec, below), i)}),
        spec.units(below),
        paired=True,
    )
    weighted_sum = Part(
        "sum",
        f"z{layer}",
        lambda j, _: _rule(
            _kind(spec, layer).rule,
            {"W": _one(f"W{layer}", j, ALL), "a": _one(passed_on(spec, below), ALL), "b": _one(f"b{layer}", j)},
        ),
    )
    shared = {item.name: _one(f"{item.name}{layer}") for item in activation.shared}
    activate = Part(
        "activation", f"a{layer}", lambda j, _: _rule(activation.rule, {"z": _one(f"z{layer}", j), **shared})
    )
    last = (activate, *_dropout(spec, layer))
    if activation.elementwise:
        yield Section("forward", layer, units, (product, weighted_sum, *last))
        return
    whole = {"z": _one(f"z{layer}", ALL), **shared}
    yield Section("forward", layer, units, (product, weighted_sum))
    yield Section("forward", layer, None, tuple(_whole(item, layer, whole) for item in activation.shared))
    yield Section("forward", layer, units, last)


def _dropout(spec: Spec, layer: int) -> Iterator[Part]:
    if spec.layers[layer].dropout:
        mask, a = f"mask{layer}", f"a{layer}"
        yield Part("dropout", f"kept{layer}", lambda j, _: _rule(KEPT_RULE, {"mask": _one(mask, j), "a": _one(a, j)}))


def _whole(item: Shared, layer: int, operands: dict[str, Operand]) -> Part:
    return Part(item.kind, f"{item.name}{layer}", lambda _, __: _rule(item.rule, operands))


def _share(spec: Spec) -> Part:
    depth, constants = spec.depth, {"M": float(spec.units(spec.depth))}
    rule = spec.loss_entry.rule
    return Part("share", "share", lambda j, _: _rule(rule, {"y": _one("y", j), "a": _one(f"a{depth}", j)}, constants))


def _costs(spec: Spec) -> Iterator[Part]:
    yield Part("own_cost", "own", lambda _, __: _rule("sum(share)", {"share": _one("share", ALL)}))
    total, operands = "mean(own)", {"own": _batch("own")}
    weights = Operand(tuple(Ref(f"W{layer}", (ALL, ALL)) for layer in range(1, spec.depth + 1)))
    for entry in penalties:
        factor = getattr(spec, entry.name)
        if factor:
            yield _penalty(entry, factor, weights)
            total += f"+penalty_{entry.name}"
            operands[f"penalty_{entry.name}"] = _one(f"penalty_{entry.name}")
    yield Part("cost", "C", lambda _, __: _rule(total, operands))


def _penalty(entry: Penalty, factor: float, weights: Operand) -> Part:
    text = f"{entry.name}*sum({entry.rule})"
    return Part("penalty", f"penalty_{entry.name}", lambda _, __: _rule(text, {"w": weights}, {entry.name: factor}))


def _backward(spec: Spec, layer: int) -> Iterator[Section]:
    activation, units = spec.activation(layer), spec.units(layer)
    fused = spec.fused if layer == spec.depth else None
    opening = tuple(_output_gradient(spec) if layer == spec.depth else _back(spec, layer))
    own = {"a": _one(f"a{layer}", ALL), "da": _one(f"da{layer}", ALL)}
    whole = tuple(_whole(item, layer, own) for item in activation.back if fused is None)
    gradients = (_delta(spec, layer), *_gradients(spec, layer))
    if not whole:
        yield Section("backward", layer, units, (*opening, *gradients))
        return
    yield Section("backward", layer, units, opening)
    yield Section("backward", layer, None, whole)
    yield Section("backward", layer, units, gradients)


def _output_gradient(spec: Spec) -> Iterator[Part]:
    depth, constants = spec.depth, {"M": float(spec.units(spec.depth))}
    rule = spec.loss_entry.derivative
    yield Part(
        "output_gradient",
        f"da{depth}",
        lambda j, _: _rule(rule, {"y": _one("y", j), "a": _one(f"a{depth}", j)}, constants),
    )


def _back(spec: Spec, layer: int) -> Iterator[Part]:
    above, dropped = layer + 1, spec.layers[layer].dropout
    yield Part(
        "back_product",
        f"Wdz{above}",
        lambda i, j: _rule("W*dz", {"W": _one(f"W{above}", j, i), "dz": _one(f"dz{above}", j)}),
        spec.units(above),
        paired=True,
        letter="m",
    )
    yield Part(
        "back_sum",
        f"dkept{layer}" if dropped else f"da{layer}",
        lambda i, _: _rule(
            _kind(spec, above).back_rule, {"W": _one(f"W{above}", ALL, i), "dz": _one(f"dz{above}", ALL)}
        ),
    )
    if dropped:
        mask, dkept = f"mask{layer}", f"dkept{layer}"
        yield Part(
            "dropout_gradient",
            f"da{layer}",
            lambda i, _: _rule(BACK_RULE, {"mask": _one(mask, i), "dkept": _one(dkept, i)}),
        )


def _delta(spec: Spec, layer: int) -> Part:
    activation = spec.activation(layer)
    fused = spec.fused if layer == spec.depth else None
    rule = fused.rule if fused else activation.delta_rule
    constants = {"M": float(spec.units(spec.depth))}
    shared = {item.name: _one(f"{item.name}{layer}") for item in activation.back}

    def make(j: int, _: int) -> Rule:
        own = {name: _one(f"{name}{layer}", j) for name in ("z", "a", "da")}
        return _rule(rule, {**own, **shared, "y": _one("y", j)}, constants)

    return Part("delta", f"dz{layer}", make)


def _gradients(spec: Spec, layer: int) -> Iterator[Part]:
    kind, below = _kind(spec, layer), layer - 1
    used = [entry for entry in penalties if getattr(spec, entry.name)]
    text = f"mean({kind.weight_rule})" + "".join(f"+{entry.name}*({entry.derivative})" for entry in used)
    factors = {entry.name: getattr(spec, entry.name) for entry in used}

    def weight(j: int, i: int) -> Rule:
        operands = {"dz": _batch(f"dz{layer}", j), "a": _batch(passed_on(spec, below), i), "w": _one(f"W{layer}", j, i)}
        return _rule(text, operands, factors)

    yield Part("weight_gradient", f"dW{layer}", weight, spec.units(below), paired=True)
    yield Part(
        "bias_gradient", f"db{layer}", lambda j, _: _rule(f"mean({kind.bias_rule})", {"dz": _batch(f"dz{layer}", j)})
    )


def _rate(spec: Spec) -> Iterator[Part]:
    """This update's learning rate, where a schedule changes it."""
    if spec.scheduled:
        text, options = schedules.named(spec.schedule.name).rule, dict(spec.schedule.options)
        options["learning_rate"] = spec.optimizer["learning_rate"]
        yield Part("learning_rate", "eta", lambda _, __: _rule(text, {"t": _one("t")}, options))


def _clipping(spec: Spec) -> Iterator[Part]:
    """How long the gradient of everything is that moves, and what clipping leaves of it."""
    if spec.clip:
        layers = range(1, spec.depth + 1)
        moving = {
            f"d{letter.lower()}": tuple(
                Ref(f"d{letter}{n}", axes) for n in layers if f"{letter}{n}" not in spec.still.tensors
            )
            for letter, axes in (("W", (ALL, ALL)), ("b", (ALL,)))
        }
        squares = "+".join(f"sum({name}^2)" for name, refs in moving.items() if refs)
        operands = {name: Operand(refs) for name, refs in moving.items()}
        yield Part("norm", "norm", lambda _, __: _rule(f"sqrt({squares or 0})", operands))
        yield Part("scale", "scale", lambda _, __: _rule(SCALE_RULE, {"norm": _one("norm")}, {"clip": spec.clip}))


def _updates(spec: Spec, layer: int) -> Iterator[Part]:
    """Per neuron what the optimizer has for each weight, the weights, and the same for the bias; frozen ones stay."""
    for letter, count in (("W", spec.units(layer - 1)), ("b", 1)):
        if f"{letter}{layer}" not in spec.still.tensors:
            yield from _moved(spec, f"{letter}{layer}", count)


def _moved(spec: Spec, tensor: str, count: int) -> Iterator[Part]:
    optimizer, paired = optimizers.named(spec.optimizer.name), tensor.startswith("W")
    options = dict(spec.optimizer.options)
    whole = {"t": _one("t"), "scale": _one("scale")}
    if spec.scheduled:
        whole["learning_rate"] = _one("eta")
        del options["learning_rate"]

    def rule(text: str, refs: dict[str, str]) -> Callable[[int, int], Rule]:
        def make(j: int, i: int) -> Rule:
            index = (j, i) if paired else (j,)
            operands = {name: _one(block, *index) for name, block in refs.items()}
            return _rule(text, {**operands, **whole}, options)

        return make

    refs = {"w": tensor, "dw": f"d{tensor}"}
    for quantity in quantities_of(spec):
        name, new = quantity.name, f"{quantity.name}{tensor}" + (".new" if quantity.kept else "")
        yield Part("quantity", new, rule(quantity.rule, {**refs, name: f"{name}{tensor}"}), count, paired)
        refs["dw" if quantity is CLIPPED else name] = new
    kind, frozen = "weight_update" if paired else "bias_update", spec.still.elements.get(tensor, frozenset())
    yield Part(kind, f"{tensor}.new", rule(optimizer.rule, refs), count, paired, frozen=frozen)
