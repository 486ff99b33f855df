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
        listed = "\n".join(_exercise(exercise) for exercise in exercises)
        pages.append(
            f"\\section*{{{words(title)}}}\n\n{words(sentences)}\n\n\\begin{{enumerate}}\n{listed}\n\\end{{enumerate}}\n"
        )
    if choices["part"] != "exercises":
        listed = "\n".join(f"\\item ${latex(mn(exercise.answer))}$" for exercise in exercises)
        pages.append(
            f"\\section*{{{words(f'Answers: {title}')}}}\n\n\\begin{{enumerate}}\n{listed}\n\\end{{enumerate}}\n"
        )
    return tex_document("\\newpage\n".join(pages))


def _exercise(exercise: Exercise) -> str:
    return f"\\item {words(exercise.title)}\n\n{line(exercise.named)}\n\n{line(exercise.numbers)}\n"
