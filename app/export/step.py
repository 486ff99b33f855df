"""The current step in words and formulas, as LaTeX and as Markdown."""

from __future__ import annotations

from ..errors import LimitExceeded, SpecError
from ..steps.explain import Explanation
from ..steps.mathml import Math
from ..steps.operations import GRANULARITIES
from ..steps.writing import latex
from .exporter import Choices, Option
from .source import Source
from .tex import line, tex_document, words

MOST_OPERATIONS = 300

OPTIONS = (Option("granularity", "operation", "how much of what was done last is the step", GRANULARITIES),)


def explained(source: Source, granularity: str) -> list[Explanation]:
    """What the last step did, operation by operation.

    Raises:
        SpecError: there is none in this iteration.
        LimitExceeded: it is more than anyone would read.
    """
    if not source.position:
        raise SpecError("No step is done in this iteration.", hint="Take one step, then take it away.", where="name")
    first, _ = source.operations.granule(source.position - 1, granularity)
    if source.position - first > MOST_OPERATIONS:
        raise LimitExceeded(
            f"The step has {source.position - first:,} operations; expected at most {MOST_OPERATIONS}.",
            hint="Choose a smaller granularity.",
            where="granularity",
        )
    return [source.explainer.operation(number) for number in range(first, source.position)]


def lines(explanation: Explanation) -> list[Math]:
    """The rule, the same with names and with numbers, and where factors cancelled, how."""
    formula = explanation.formula
    stages = (formula.rule, formula.named, formula.numbers) if formula else ()
    return [math for math in (*stages, *(explanation.derivation or ())) if math is not None]


def as_latex(source: Source, choices: Choices) -> str:
    """A document with a paragraph for each operation."""
    found = explained(source, choices["granularity"])
    body = f"\\section*{{{words(_heading(source))}}}\n\n"
    for explanation in found:
        formulas = "\n\n".join(map(line, lines(explanation)))
        body += f"\\subsection*{{{words(explanation.title)}}}\n\n{words(explanation.sentence)}\n\n{formulas}\n\n"
    return tex_document(body)


def as_markdown(source: Source, choices: Choices) -> str:
    """Markdown with formulas between dollar signs, as notebooks and most wikis read them."""
    found = explained(source, choices["granularity"])
    parts = [f"# {_plain(_heading(source))}"]
    for explanation in found:
        parts += [f"## {_plain(explanation.title)}", _plain(explanation.sentence)]
        parts += [f"$$\n{latex(math)}\n$$" for math in lines(explanation)]
    return "\n\n".join(parts) + "\n"


def _heading(source: Source) -> str:
    title, number = source.title(source.words), source.iteration + 1
    return source.words.say(
        "export.step", title=title, number=number, step=source.position, steps=len(source.operations)
    )


def _plain(text: str) -> str:
    """Words, with what Markdown would read otherwise."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#$|" else sign for sign in text)
