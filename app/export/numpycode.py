"""The session as NumPy: every line of the program is the rule of an operation, with the names of its tensors."""

from __future__ import annotations

from collections.abc import Iterable

from ..nn.clipping import SCALE_RULE
from ..nn.dropout import passed_on
from ..nn.optimizers import optimizers
from ..nn.quantities import quantities_of
from ..steps.expressions import parse
from ..words import words
from . import training
from .cells import Cell, notebook, script
from .exporter import Choices
from .literals import READABLE
from .python import FLOAT32, NUMPY, is_condition, python
from .source import Source


class NumpyCode:
    """Writes one session."""

    def __init__(self, source: Source) -> None:
        training.check_code(source)
        self.source = source
        self.spec = source.spec
        self._dialect = FLOAT32 if self.spec.dtype == "float32" else NUMPY
        self._helpers: dict[str, str] = {}

    def cells(self) -> list[Cell]:
        source, spec = self.source, self.spec
        network, update = self._network(), self._update()
        functions = [*self._helpers.values(), network]
        names = training.setting_names(spec)
        given = "\n".join([f"M = {spec.units(spec.depth)}  # outputs", *training.settings(source, names)])
        batches = list(filter(None, [training.batch_function(source), training.mask_function(spec)]))
        data = training.data_code(source, "np.array({0}, np.{1})", spec.dtype)
        return [
            Cell("", "", self._imports(data) + "\n\n" + given),
            Cell("One iteration", "Forward, loss and backward, each line the rule of an operation.", _apart(functions)),
            Cell("The update", "How a gradient moves the parameters.", update),
            Cell("Batches", "Which rows an iteration learns from.", _apart(batches)),
            Cell("Data and start", "The rows, and the parameters to begin with.", data),
            Cell("Training", "As far as the page stands.", self._training()),
        ]

    def _imports(self, data: str) -> str:
        used = {"math": "Phi" in self._helpers or "phi" in self._helpers or self.spec.scheduled}
        used |= dict.fromkeys(("base64", "zlib"), "unpacked(" in data)
        lines = [f"import {name}" for name in ("base64", "math", "zlib") if used[name]]
        return "\n".join([*lines, "", "import numpy as np"] if lines else ["import numpy as np"])

    def _line(self, target: str, rule: str, names: dict[str, str], plus: str = "") -> str:
        line = python(parse(rule), names, self._dialect)
        self._helpers |= {name: self._dialect.helpers[name] for name in sorted(line.helpers)}
        return f"{target} = {line.text}{plus}"

    def _network(self) -> str:
        dropout = ", mask" if self.spec.dropping else ""
        gradients = ", ".join(f'"{name}": d{name}' for name in training.tensors(self.spec))
        body = [
            '"""The cost of a batch, and the gradient of every parameter."""',
            f"{', '.join(training.tensors(self.spec))} = parameters.values()",
            "",
            "# Forward",
            "a0 = x",
            *self._forward(),
            "",
            "# Loss",
            *self._loss(),
            "",
            "# Backward",
            *self._backward(),
            f"return cost, {{{gradients}}}",
        ]
        return f"def gradients_of(parameters, x, y{dropout}):\n" + _indented(body)

    def _forward(self) -> list[str]:
        lines = []
        for layer in range(1, self.spec.depth + 1):
            activation, names = self.spec.activation(layer), self._names(layer)
            lines.append(f"z{layer} = {passed_on(self.spec, layer - 1)} @ W{layer}.T + b{layer}")
            lines += [self._line(f"{item.name}{layer}", item.rule, names) for item in activation.shared]
            typed = ".astype(x.dtype)" if is_condition(parse(activation.rule)) else ""
            lines.append(self._line(f"a{layer}", activation.rule, names, typed))
            if layer in self.spec.dropping:
                lines.append(f"kept{layer} = mask[{layer}] * a{layer}")
        return lines

    def _loss(self) -> list[str]:
        spec = self.spec
        lines = [self._line("share", spec.loss_entry.rule, self._names(spec.depth))]
        lines += ["own = share.sum(axis=1)", "cost = own.mean()"]
        weights = ", ".join(f"W{layer}" for layer in range(1, spec.depth + 1))
        for entry in training.used_penalties(spec):
            rule = python(parse(entry.rule), {}, self._dialect).within(5)
            lines.append(f"cost += {entry.name} * sum({rule}.sum() for w in [{weights}])")
        return lines

    def _backward(self) -> list[str]:
        spec, lines = self.spec, []
        for layer in range(spec.depth, 0, -1):
            lines += self._delta(layer)
            below = passed_on(spec, layer - 1)
            lines.append(f"dW{layer} = dz{layer}.T @ {below} / len(x){self._penalty(layer)}")
            lines.append(f"db{layer} = dz{layer}.mean(axis=0)")
        return lines

    def _delta(self, layer: int) -> list[str]:
        """How the cost changes with a layer's activations and, from that, with its sums."""
        spec, names, activation = self.spec, self._names(layer), self.spec.activation(layer)
        fused = spec.fused if layer == spec.depth else None
        if fused:
            return [self._line(f"dz{layer}", fused.rule, names)]
        if layer == spec.depth:
            lines = [self._line(f"da{layer}", spec.loss_entry.derivative, names)]
        elif layer in spec.dropping:
            lines = [f"dkept{layer} = dz{layer + 1} @ W{layer + 1}", f"da{layer} = mask[{layer}] * dkept{layer}"]
        else:
            lines = [f"da{layer} = dz{layer + 1} @ W{layer + 1}"]
        lines += [self._line(f"{item.name}{layer}", item.rule, names) for item in activation.back]
        return [*lines, self._line(f"dz{layer}", activation.delta_rule, names)]

    def _penalty(self, layer: int) -> str:
        used = training.used_penalties(self.spec)
        lines = {entry.name: python(parse(entry.derivative), {"w": f"W{layer}"}, self._dialect) for entry in used}
        return "".join(f" + {name} * {line.within(3)}" for name, line in lines.items())

    def _names(self, layer: int) -> dict[str, str]:
        """What a rule's names are called in a layer."""
        activation = self.spec.activation(layer)
        own = ["z", "a", "da", *(item.name for item in (*activation.shared, *activation.back))]
        return {name: f"{name}{layer}" for name in own}

    def _update(self) -> str:
        spec = self.spec
        optimizer, kept = optimizers.named(spec.optimizer.name), [q for q in quantities_of(spec) if q.kept]
        names = {"learning_rate": "eta"} if spec.scheduled else {}
        names |= {quantity.name: f"{quantity.name}[name]" for quantity in kept}
        body = [f'"""{optimizer.title}: moves the parameters by their gradients, in place."""']
        if spec.scheduled:
            body.append("eta = rate(t)")
        if spec.clip:
            body.append("norm = np.sqrt(sum((gradients[name] ** 2).sum() for name in moving))")
            body.append(self._line("scale", SCALE_RULE, {}))
        inner = ["w, dw = parameters[name], " + ("scale * gradients[name]" if spec.clip else "gradients[name]")]
        inner += [
            self._line(names.get(quantity.name, quantity.name), quantity.rule, names)
            for quantity in optimizer.quantities
        ]
        inner += self._moved(self._line("new", optimizer.rule, names).removeprefix("new = "))
        body += ["for name in moving:", *(f"    {line}" for line in inner)]
        before = [f"moving = {training.moving(spec)!r}".replace("'", '"')]
        still = training.still_elements(spec)
        before += [f"still = {still}".replace("'", '"')] if still else []
        t = ", t" if training.counts(spec) else ""
        function = f"def update(parameters, gradients{t}):\n" + _indented(body)
        return _apart(filter(None, ["\n".join(before), training.rate_function(spec), function]))

    def _moved(self, rule: str) -> list[str]:
        """The new value of a parameter; single elements that are frozen stay."""
        if not training.still_elements(self.spec):
            return [f"parameters[name] = {rule}"]
        return [
            f"parameters[name] = {rule}",
            "for index in still.get(name, ()):",
            "    parameters[name][index] = w[index]",
        ]

    def _training(self) -> str:
        source, spec = self.source, self.spec
        first = source.beginning.iteration
        kept = [q.name for q in quantities_of(spec) if q.kept] if not training.remembered(source) else []
        t = f", t={training.counted(source)}" if training.counts(spec) else ""
        every = ", masks(iteration, len(X[rows]))" if spec.dropping else ""
        return "\n".join(
            [
                "parameters = {name: w.copy() for name, w in start.items()}",
                *(f"{name} = {{name: np.zeros_like(w) for name, w in start.items()}}" for name in kept),
                "costs = []",
                f"for iteration in range({first}, {source.done}):",
                "    rows = batch(iteration)",
                f"    cost, gradients = gradients_of(parameters, X[rows], Y[rows]{every})",
                f"    update(parameters, gradients{t})",
                "    costs.append(cost)",
                "",
                f"rows = batch({source.iteration})",
                *self._last(),
                'print("cost =", float(cost))',
                *self._printed(),
            ]
        )

    def _last(self) -> list[str]:
        """The cost where the cursor stands; behind an update it is what the update made of it, nothing dropped."""
        source, given = self.source, "parameters, X[rows], Y[rows]"
        if not self.spec.dropping:
            return [f"cost, _ = gradients_of({given})"]
        if source.done == source.iteration:
            return [f"cost, _ = gradients_of({given}, masks({source.iteration}, len(X[rows])))"]
        nothing = ", ".join(f"{layer}: 1" for layer in self.spec.dropping)
        return ["# To see what was learned, nothing is dropped.", f"cost, _ = gradients_of({given}, {{{nothing}}})"]

    def _printed(self) -> list[str]:
        if self.spec.parameter_count > READABLE:
            return ["for name, w in parameters.items():", '    print(name, "has the norm", float(np.linalg.norm(w)))']
        return ["for name, w in parameters.items():", '    print(name, "=", w.tolist())']


def _indented(lines: list[str]) -> str:
    return "\n".join(f"    {line}" if line else "" for line in lines)


def _apart(pieces: Iterable[str]) -> str:
    return "\n\n\n".join(pieces)


def numpy_script(source: Source, choices: Choices) -> str:
    """A program that needs Python and NumPy."""
    return script(training.about(source, "NumPy"), NumpyCode(source).cells())


def numpy_notebook(source: Source, choices: Choices) -> str:
    """The same program as a Jupyter notebook."""
    docstring = training.about(source, "NumPy").partition("\n\n")[2]
    return notebook(source.title(words()), docstring, NumpyCode(source).cells())
