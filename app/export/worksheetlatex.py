"""A worksheet as LaTeX: `article` and amsmath, nothing else."""

from __future__ import annotations

from ..steps.writing import in_text, latex
from .exporter import Choices
from .source import Source
from .worksheet import Exercise, introduction, worksheet

PREAMBLE = r"""\documentclass[a4paper,11pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{amsmath}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.6ex}
\sloppy
\raggedright
\begin{document}
"""


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
        listed = "\n".join(f"\\item ${latex_number(exercise.answer)}$" for exercise in exercises)
        pages.append(
            f"\\section*{{{words(f'Answers: {title}')}}}\n\n\\begin{{enumerate}}\n{listed}\n\\end{{enumerate}}\n"
        )
    return PREAMBLE + "\\newpage\n".join(pages) + "\\end{document}\n"


def _exercise(exercise: Exercise) -> str:
    # In a line of text TeX breaks a long sum where it has to; alone it would run off the page.
    named, numbers = (f"$\\displaystyle {latex(math)}$" for math in (exercise.named, exercise.numbers))
    return f"\\item {words(exercise.title)}\n\n{named}\n\n{numbers}\n"


def words(text: str) -> str:
    """Words, with what LaTeX would read otherwise, and without letters that its fonts lack."""
    return "".join(sign if sign.isascii() or ord(sign) < 0x180 else "?" for sign in in_text(text))


def latex_number(text: str) -> str:
    return latex(["mn", None, text])
