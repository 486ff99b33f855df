"""An iteration as one page that steps without a server: a drawing, and for every operation a sentence and formulas."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ..errors import LimitExceeded
from ..steps.explain import Explanation
from ..steps.mathml import Math
from ..words import Words
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
    marks = (drawing.marks(operation) for operation in map(source.operations.__getitem__, range(len(explained))))
    done = (_step(explanation, marked, source.words) for explanation, marked in zip(explained, marks, strict=True))
    steps = [_beginning(source), *done]
    say = source.words.say
    body = (
        f'<main data-position="{source.position}">\n<header>\n<h1>{escape(source.heading)}</h1>\n'
        f"<p>{escape(say('export.shown', row=source.reading.row + 1))}</p>\n</header>\n"
        f'<figure tabindex="0" aria-label="{say("export.picture")}">\n{drawing.svg()}\n</figure>\n'
        f"{_controls(len(explained), source.words)}\n"
        f'<p id="said" class="sr" role="status"></p>\n<ol class="steps">\n' + "\n".join(steps) + "\n</ol>\n</main>"
    )
    style, script = ((_BESIDE / f"iteration.{kind}").read_text(encoding="utf-8") for kind in ("css", "js"))
    return document(source.words.language, source.heading, body, style, script)


def _check_size(source: Source) -> None:
    count, units = len(source.operations), max(layer.units for layer in source.spec.layers)
    if count > MOST_OPERATIONS or units > MOST_UNITS:
        raise LimitExceeded(
            f"The iteration has {count:,} operations and its widest layer {units:,} units; a page of its own holds at "
            f"most {MOST_OPERATIONS:,} and {MOST_UNITS}.",
            hint="Take a worksheet or the numbers away, or make the network smaller.",
            where="name",
        )


def _controls(count: int, words: Words) -> str:
    buttons = "".join(
        f'<button id="{name}" type="button">{words.say(f"export.buttons.{name}")}</button>\n'
        for name in ("first", "back", "forward", "last")
    )
    where = words.say("export.where", step="{}", steps=count)
    return (
        f'<nav hidden aria-label="{words.say("export.steps")}">\n{buttons}'
        f'<input id="position" type="range" min="0" max="{count}" aria-label="{words.say("export.position")}">\n'
        f'<span id="where" data-said="{where}"></span>\n</nav>'
    )


def _beginning(source: Source) -> str:
    say = source.words.say
    return (
        f'<li class="step">\n<h2>{escape(say("export.before"))}</h2>\n'
        f'<p class="sentence">{escape(say("export.batch", count=source.tape.batch))}</p>\n</li>'
    )


def _step(explanation: Explanation, marks: str, words: Words) -> str:
    formula = explanation.formula
    assert formula is not None
    lines: list[tuple[str, Math | None]] = [
        ("rule", formula.rule),
        ("here", formula.named),
        ("numbers", formula.numbers),
    ]
    lines += [("derivation", math) for math in explanation.derivation or ()]
    listed = "".join(
        f"<dt>{words.say(f'written.{name}').strip(': ')}</dt><dd>{formula_line(math)}</dd>"
        for name, math in lines
        if math is not None
    )
    phase = words.say(f"passes.{explanation.phase}")
    index = ",".join(map(str, explanation.index))
    return (
        f'<li class="step" data-marks="{marks}" data-tensor="{explanation.tensor}" data-index="{index}" '
        f'data-value="{explanation.value!r}">\n<p class="phase">{phase}</p>\n'
        f"<h2>{escape(explanation.title)}</h2>\n"
        f'<p class="sentence">{escape(explanation.sentence)}</p>\n<dl>{listed}</dl>\n</li>'
    )
