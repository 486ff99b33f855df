"""A worksheet as LaTeX."""

from __future__ import annotations

from ..steps.mathml import mn
from ..steps.writing import latex
from .exporter import Choices
from .source import Source
from .tex import line, tex_document, words
from .worksheet import Exercise, introduction, worksheet


def as_latex(source: Source, choices: Choices) -> str:
    """The exercises, and on a page of its own their key."""
    exercises = worksheet(source, choices["within"], int(choices["exercises"]))
    title, sentences = introduction(source)
    pages = []
    if choices["part"] != "key":
        pages.append(f"{_heading(title)}{words(sentences)}\n\n{_listed([_exercise(one) for one in exercises])}")
    if choices["part"] != "exercises":
        answers = [f"\\item ${latex(mn(one.answer))}$" for one in exercises]
        pages.append(_heading(source.words.say("export.answers", title=title)) + _listed(answers))
    return tex_document("\\newpage\n".join(pages))


def _exercise(exercise: Exercise) -> str:
    return f"\\item {words(exercise.title)}\n\n{line(exercise.named)}\n\n{line(exercise.numbers)}\n"


def _heading(title: str) -> str:
    return f"\\section*{{{words(title)}}}\n\n"


def _listed(items: list[str]) -> str:
    return "\\begin{enumerate}\n" + "\n".join(items) + "\n\\end{enumerate}\n"
