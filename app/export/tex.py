"""LaTeX documents: `article` and amsmath, nothing else."""

from __future__ import annotations

from ..steps.mathml import Math
from ..steps.writing import in_text, latex

_PREAMBLE = r"""\documentclass[a4paper,11pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{amsmath}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.6ex}
\sloppy
\raggedright
\begin{document}
"""

LAST_LETTER = 0x17F
"""The last sign, of Latin Extended-A, that the standard fonts have with the encodings above."""


def tex_document(body: str) -> str:
    return f"{_PREAMBLE}{body}\\end{{document}}\n"


def line(math: Math) -> str:
    """A formula in a line of text, where TeX breaks a long sum if it has to; alone it would run off the page."""
    return f"$\\displaystyle {latex(math)}$"


def words(text: str) -> str:
    """Words, with what LaTeX would read otherwise, and without letters that its fonts lack."""
    return "".join(sign if ord(sign) <= LAST_LETTER else _SIGNS.get(sign, "?") for sign in in_text(text))


_SIGNS = {"…": r"\dots{}", "–": "--", "’": "'", "“": "``", "”": "''", "≈": r"$\approx$", "δ": r"$\delta$"}
