"""An iteration as one page that steps without a server: a drawing, and for every operation a sentence and formulas."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ..errors import LimitExceeded
from ..steps.explain import Explanation
from ..steps.mathml import Math
from .document import document
from .drawing import Drawing
from .exporter import Choices
from .lines import formula_line
from .source import Source

MOST_OPERATIONS = 1000
MOST_UNITS = 12
"""How much of an iteration is still a page that opens at once, and a drawing that can be read."""

_BESIDE = Path(__file__).parent


def as_page(source: Source, choices: Choices) -> str:
    """The page.

    Raises:
        LimitExceeded: the iteration or a layer is too large for it.
    """
    _check_size(source)
    drawing, explainer = Drawing(source), source.complete
    explained = [explainer.operation(number) for number in range(len(source.operations))]
    steps = [_beginning(source)]
    steps += [
        _step(explanation, drawing.marks(source.operations[number])) for number, explanation in enumerate(explained)
    ]
    row = source.reading.row + 1
    title = f"{source.title}: iteration {source.iteration + 1}"
    body = (
        f'<main data-position="{source.position}">\n<header>\n<h1>{escape(title)}</h1>\n'
        f"<p>Shown is row {row} of the data. Arrow keys step, Home and End go to both ends.</p>\n</header>\n"
        f'<figure tabindex="0" aria-label="Picture">\n{drawing.svg()}\n</figure>\n{_controls(len(explained))}\n'
        f'<p id="said" class="sr" role="status"></p>\n<ol class="steps">\n' + "\n".join(steps) + "\n</ol>\n</main>"
    )
    style, script = ((_BESIDE / f"iteration.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    return document(title, body, style, script)


def _check_size(source: Source) -> None:
    count, units = len(source.operations), max(layer.units for layer in source.spec.layers)
    if count > MOST_OPERATIONS or units > MOST_UNITS:
        raise LimitExceeded(
            f"The iteration has {count:,} operations and its widest layer {units:,} units; a page of its own holds at "
            f"most {MOST_OPERATIONS:,} and {MOST_UNITS}.",
            hint="Take a worksheet or the numbers away, or make the network smaller.",
            where="name",
        )


def _controls(count: int) -> str:
    return (
        '<nav hidden aria-label="Steps">\n<button id="first" type="button">First</button>\n'
        '<button id="back" type="button">Back</button>\n<button id="forward" type="button">Forward</button>\n'
        '<button id="last" type="button">Last</button>\n'
        f'<input id="position" type="range" min="0" max="{count}" aria-label="Position">\n'
        '<span id="where"></span>\n</nav>'
    )


def _beginning(source: Source) -> str:
    count = len(source.tape.rows[: source.tape.batch])
    rows = f"The batch has {count} examples" if count > 1 else "The batch has one example"
    return (
        '<li class="step">\n<h2>Before the first step</h2>\n'
        f'<p class="sentence">{rows}; inputs, targets and parameters are there, nothing else.</p>\n</li>'
    )


def _step(explanation: Explanation, marks: str) -> str:
    formula = explanation.formula
    assert formula is not None
    lines: list[tuple[str, Math | None]] = [("Rule", formula.rule), ("Here", formula.named)]
    lines.append(("With numbers", formula.numbers))
    listed = "".join(f"<dt>{name}</dt><dd>{formula_line(math)}</dd>" for name, math in lines if math is not None)
    listed += "".join(
        f"<dt>{'' if n else 'Derivation'}</dt><dd>{formula_line(math)}</dd>"
        for n, math in enumerate(explanation.derivation or ())
    )
    index = ",".join(map(str, explanation.index))
    return (
        f'<li class="step" data-marks="{marks}" data-tensor="{explanation.tensor}" data-index="{index}" '
        f'data-value="{explanation.value!r}">\n<p class="phase">{(explanation.phase or "").capitalize()}</p>\n'
        f"<h2>{escape(explanation.title)}</h2>\n"
        f'<p class="sentence">{escape(explanation.sentence)}</p>\n<dl>{listed}</dl>\n</li>'
    )
