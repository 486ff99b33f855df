"""The session as PyTorch, as its users write it: layers in a row, a loss, an optimizer, and gradients by themselves.

What PyTorch has no name for is written by its rule.
"""

from __future__ import annotations

from ..errors import SpecError
from ..nn.activations import Activation
from ..nn.optimizers import optimizers
from ..nn.quantities import quantities_of
from ..steps.expressions import parse
from . import training
from .cells import Cell, script
from .exporter import Choices
from .literals import READABLE
from .python import ATOM, TORCH, number, python
from .source import Source

ACTIVATIONS = {
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(0.01)",
    "elu": "nn.ELU()",
    "softplus": "nn.Softplus(threshold=50)",
    "silu": "nn.SiLU()",
    "gelu": "nn.GELU()",
    "linear": "nn.Identity()",
    "softmax": "nn.Softmax(dim=1)",
}
LOSSES = {
    "mean_squared_error": "nn.MSELoss()",
    "mean_absolute_error": "nn.L1Loss()",
    "huber": "nn.HuberLoss()",
    "binary_cross_entropy": "nn.BCELoss()",
}
FUSED = {
    ("binary_cross_entropy", "sigmoid"): "nn.BCEWithLogitsLoss()",
    ("cross_entropy", "softmax"): "nn.CrossEntropyLoss()",
}
"""Losses that take the sums of the last layer; its activation is in them."""

OPTIMIZERS = {
    "sgd": "SGD(moving, lr=learning_rate)",
    "momentum": "SGD(moving, lr=learning_rate, momentum=momentum)",
    "nesterov": "SGD(moving, lr=learning_rate, momentum=momentum, nesterov=True)",
    "adagrad": "Adagrad(moving, lr=learning_rate, eps=epsilon)",
    "rmsprop": "RMSprop(moving, lr=learning_rate, alpha=decay, eps=epsilon)",
    "adam": "Adam(moving, lr=learning_rate, betas=(beta1, beta2), eps=epsilon)",
    "adamw": "AdamW(moving, lr=learning_rate, betas=(beta1, beta2), eps=epsilon, weight_decay=weight_decay)",
}

GIVEN_DROPOUT = '''class GivenDropout(nn.Module):
    """Dropout by a mask that is set from outside, so that the same units are dropped as in the session."""

    mask = 1.0

    def forward(self, a):
        return a * self.mask'''


class TorchCode:
    """Writes one session."""

    def __init__(self, source: Source) -> None:
        training.check_code(source)
        if not training.moving(source.spec):
            raise SpecError(
                "Everything is frozen, so that there is nothing for PyTorch to train.",
                hint="Take the NumPy script, or let a layer move.",
                where="name",
            )
        self.source = source
        self.spec = source.spec
        self._remembered = training.remembered(source)

    def cells(self) -> list[Cell]:
        source, spec = self.source, self.spec
        data = training.data_code(source, "torch.tensor({0}, dtype=torch.{1})", spec.dtype)
        given = training.settings(source, training.setting_names(spec))
        drawn = filter(None, [training.batch_function(source), training.mask_function(spec)])
        return [
            Cell(
                "", "", self._imports(data) + f"\n\ntorch.set_default_dtype(torch.{spec.dtype})\n\n" + "\n".join(given)
            ),
            Cell("Network and loss", "", "\n\n\n".join([*self._classes(), self._network()])),
            Cell("Batches", "", "\n\n\n".join(drawn)),
            Cell("Data and start", "", data),
            Cell("The update", "", self._update()),
            Cell("Training", "", self._training()),
        ]

    def _imports(self, data: str) -> str:
        used = ["base64", "zlib"] if "unpacked(" in data else []
        used += ["math"] if self.spec.scheduled or "math." in self._network() + "".join(self._classes()) else []
        lines = [f"import {name}" for name in sorted(used)]
        numpy = ["import numpy as np"] if self._draws or "unpacked(" in data else []
        return "\n".join([*lines, *([""] if lines else []), *numpy, "import torch", "from torch import nn"])

    @property
    def _draws(self) -> bool:
        return bool(self.spec.dropping) or self.source.batches.shuffle

    @property
    def _fused(self) -> str:
        return FUSED.get((self.spec.loss, self.spec.layers[-1].activation), "")

    def _class_name(self, layer: int) -> str:
        return "".join(part.capitalize() for part in self.spec.layers[layer].activation.split("_"))

    def _classes(self) -> list[str]:
        """Activations that PyTorch has no module for, and dropout."""
        spec, found = self.spec, {}
        for layer in range(1, spec.depth + 1):
            if spec.layers[layer].activation not in ACTIVATIONS:
                found[self._class_name(layer)] = self._module(layer)
        return [*found.values(), *([GIVEN_DROPOUT] if spec.dropping else [])]

    def _module(self, layer: int) -> str:
        activation = self.spec.activation(layer)
        lines = [
            f"{item.name}_ = {self._expression(item.rule, activation_names(activation))}" for item in activation.shared
        ]
        rule = self._expression(activation.rule, activation_names(activation))
        if activation.derivative == "0":
            rule = f"({rule}).to(z.dtype) + 0 * z  # a slope of 0, so that gradients can pass"
        body = "\n".join(f"        {line}" for line in [*lines, f"return {rule}"])
        return (
            f'class {self._class_name(layer)}(nn.Module):\n    """{activation.description}"""\n\n'
            f"    def forward(self, z):\n{body}"
        )

    def _expression(self, rule: str, called: dict[str, str]) -> str:
        return python(parse(rule), called, TORCH).text

    def _network(self) -> str:
        spec, lines = self.spec, []
        for layer in range(1, spec.depth + 1):
            own = ACTIVATIONS.get(spec.layers[layer].activation, f"{self._class_name(layer)}()")
            parts = [f"nn.Linear({spec.units(layer - 1)}, {spec.units(layer)})"]
            parts += [] if layer == spec.depth and self._fused else [own]
            parts += ["GivenDropout()"] if layer in spec.dropping else []
            lines.append(f"    {', '.join(parts)},")
        network = "\n".join(["network = nn.Sequential(", *lines, ")"])
        return f"{network}\nlinear = [layer for layer in network if isinstance(layer, nn.Linear)]\n{self._loss()}"

    def _loss(self) -> str:
        """The loss of a batch, as a module or, where PyTorch has none, by its rule."""
        spec = self.spec
        known = self._fused or LOSSES.get(spec.loss)
        if known:
            return f"loss = {known}  # takes the sums of the last layer" if self._fused else f"loss = {known}"
        rule = self._expression(spec.loss_entry.rule, {"M": number(spec.units(spec.depth))})
        return (
            f"\n\ndef loss(a, y):\n"
            f'    """{spec.loss_entry.title}: of each example the sum over its outputs, and the mean of them."""\n'
            f"    return ({rule}).sum(dim=1).mean()"
        )

    def _update(self) -> str:
        spec = self.spec
        lines = [
            "with torch.no_grad():",
            "    for number, layer in enumerate(linear, start=1):",
            '        layer.weight.copy_(start[f"W{number}"])',
            '        layer.bias.copy_(start[f"b{number}"])',
            'parameters = {f"W{number}": layer.weight for number, layer in enumerate(linear, start=1)}',
            'parameters |= {f"b{number}": layer.bias for number, layer in enumerate(linear, start=1)}',
        ]
        frozen = [name for name in training.tensors(spec) if name in spec.still.tensors]
        for name in frozen:
            lines.append(f'parameters["{name}"].requires_grad_(False)')
        lines.append("moving = [w for w in parameters.values() if w.requires_grad]")
        still = training.still_elements(spec)
        if still:
            lines.append(f"still = {still}".replace("'", '"'))
        if self._known_optimizer:
            lines.append(f"optimizer = torch.optim.{OPTIMIZERS[spec.optimizer.name]}")
        pieces = ["\n".join(lines), training.rate_function(spec), "" if self._known_optimizer else self._rule_update()]
        return "\n\n\n".join(filter(None, pieces))

    @property
    def _known_optimizer(self) -> bool:
        """Whether PyTorch's own optimizer does it: it cannot begin with what another one remembered."""
        chosen = self.spec.optimizer
        impossible = chosen.name == "nesterov" and not chosen["momentum"]
        impossible |= any(chosen.options.get(name) == 1 for name in ("beta1", "beta2"))
        return chosen.name in OPTIMIZERS and not self._remembered and not impossible

    def _rule_update(self) -> str:
        """The update by its rules, for an optimizer that PyTorch does not have, or that has begun before."""
        spec, optimizer = self.spec, optimizers.named(self.spec.optimizer.name)
        kept = [quantity.name for quantity in quantities_of(spec) if quantity.kept]
        called = {name: f"{name}[name]" for name in kept} | ({"learning_rate": "eta"} if spec.scheduled else {})
        inner = ["dw = w.grad"]
        inner += [f"{called.get(q.name, q.name)} = {self._expression(q.rule, called)}" for q in optimizer.quantities]
        inner.append(f"w.copy_({self._expression(optimizer.rule, called)})")
        zeros = [f"{name} = {{name: torch.zeros_like(w) for name, w in parameters.items()}}" for name in kept]
        return "\n".join(
            [
                *([*zeros, "", ""] if zeros and not self._remembered else []),
                "@torch.no_grad()",
                f"def update({'t' if training.counts(spec) else ''}):",
                f'    """{optimizer.title}, by its rules."""',
                *(["    eta = rate(t)"] if spec.scheduled else []),
                "    for name, w in parameters.items():",
                "        if w.requires_grad:",
                *(f"            {line}" for line in inner),
            ]
        )

    def _training(self) -> str:
        source, spec = self.source, self.spec
        first = source.beginning.iteration
        body = [
            "rows = batch(iteration)",
            *self._masked("masks(iteration, len(X[rows]))"),
            "network.zero_grad()",
            f"cost = loss(network(X[rows]), Y[rows]){self._penalties()}",
            "cost.backward()",
            *(["nn.utils.clip_grad_norm_(moving, clip)"] if spec.clip else []),
            *self._step(),
            "costs.append(cost.item())",
        ]
        last = [f"rows = batch({source.iteration})"]
        if source.done == source.iteration:
            last += self._masked(f"masks({source.iteration}, len(X[rows]))")
        elif spec.dropping:
            last += ["for layer in network:", "    if isinstance(layer, GivenDropout):", "        layer.mask = 1.0"]
        return "\n".join(
            [
                "costs = []",
                f"for iteration in range({first}, {source.done}):",
                *(f"    {line}" for line in body),
                "",
                *last,
                "with torch.no_grad():",
                f"    cost = loss(network(X[rows]), Y[rows]){self._penalties()}",
                'print("cost =", cost.item())',
                *self._printed(),
            ]
        )

    def _masked(self, drawn: str) -> list[str]:
        """Dropout layers get their masks, in order."""
        if not self.spec.dropping:
            return []
        return [
            "dropouts = [layer for layer in network if isinstance(layer, GivenDropout)]",
            f"for layer, mask in zip(dropouts, {drawn}.values(), strict=True):",
            f"    layer.mask = torch.tensor(mask, dtype=torch.{self.spec.dtype})",
        ]

    def _step(self) -> list[str]:
        spec, t = self.spec, training.counted(self.source)
        steps = [f"update({t if training.counts(spec) else ''})"]
        if self._known_optimizer:
            steps = ["optimizer.step()"]
            if spec.scheduled:
                steps = ["for group in optimizer.param_groups:", f'    group["lr"] = rate({t})', *steps]
        if not training.still_elements(spec):
            return steps
        return [
            "before = {name: parameters[name].detach().clone() for name in still}",
            *steps,
            "with torch.no_grad():",
            "    for name, indices in still.items():",
            "        for index in indices:",
            "            parameters[name][index] = before[name][index]",
        ]

    def _penalties(self) -> str:
        text = ""
        for entry in training.used_penalties(self.spec):
            rule = python(parse(entry.rule), {"w": "layer.weight"}, TORCH).within(ATOM)
            text += f" + {entry.name} * sum({rule}.sum() for layer in linear)"
        return text

    def _printed(self) -> list[str]:
        shown = '"=", w.tolist()' if self.spec.parameter_count <= READABLE else '"has the norm", w.norm().item()'
        return ["for name, w in parameters.items():", f"    print(name, {shown})"]


def activation_names(activation: Activation) -> dict[str, str]:
    """What a rule's shared numbers are called beside Python's own `max` and `sum`."""
    return {item.name: f"{item.name}_" for item in activation.shared}


def torch_script(source: Source, choices: Choices) -> str:
    """A program that needs PyTorch."""
    return script(training.about(source, "PyTorch"), TorchCode(source).cells())
