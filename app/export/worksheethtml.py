"""A worksheet as a page that prints well: A4, black and white, its key on a page of its own."""

from __future__ import annotations

from html import escape

from .document import document
from .exporter import Choices
from .lines import formula_line
from .source import Source
from .worksheet import Exercise, introduction, worksheet

STYLE = """
@page { size: A4; margin: 18mm; }
body {
  font: 11pt/1.5 "Latin Modern Roman", Georgia, serif; color: #000; background: #fff;
  max-width: 174mm; margin: 18mm auto; padding: 0 5mm;
}
@media print { body { margin: 0; padding: 0; max-width: none; } }
h1 { font-size: 15pt; line-height: 1.25; margin: 0 0 3mm; }
ol { padding-left: 9mm; }
li { margin-bottom: 5mm; break-inside: avoid; }
li p { margin: 0; }
.formula { display: block; margin: 1.5mm 0; }
.formula math { math-style: normal; }
.blank { border-bottom: 0.3mm solid #000; padding: 0 0.2em; }
.key { break-before: page; }
.key ol { columns: 3; }
.key li { margin-bottom: 1.5mm; }
.name { display: flex; gap: 6mm; margin-bottom: 6mm; }
.name span { flex: 1; border-bottom: 0.2mm solid #000; }
"""


def as_html(source: Source, choices: Choices) -> str:
    """The exercises, and on a page of its own their key."""
    exercises = worksheet(source, choices["within"], int(choices["exercises"]))
    (title, sentences), said = introduction(source), source.words.say
    parts = []
    if choices["part"] != "key":
        listed = "\n".join(_exercise(exercise) for exercise in exercises)
        parts.append(
            f"<section>\n<h1>{escape(title)}</h1>\n"
            f'<p class="name">{said("export.name")} <span></span> {said("export.date")} <span></span></p>\n'
            f"<p>{escape(sentences)}</p>\n<ol>\n{listed}\n</ol>\n</section>"
        )
    if choices["part"] != "exercises":
        listed = "\n".join(f'<li value="{one.number}">{escape(one.answer)}</li>' for one in exercises)
        only, answers = "" if choices["part"] == "key" else ' class="key"', escape(said("export.answers", title=title))
        parts.append(f"<section{only}>\n<h1>{answers}</h1>\n<ol>\n{listed}\n</ol>\n</section>")
    return document(source.words.language, title, "<main>\n" + "\n".join(parts) + "\n</main>", STYLE)


def _exercise(exercise: Exercise) -> str:
    named, numbers = formula_line(exercise.named), formula_line(exercise.numbers)
    return f'<li value="{exercise.number}">\n<p>{escape(exercise.title)}</p>\n{named}\n{numbers}\n</li>'
