"""Code in cells: the same pieces are a script, one after the other, and the cells of a notebook."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """A piece of a program.

    Attributes:
        title: what it is for; empty for what needs no heading.
        text: one or two sentences for a notebook's reader.
    """

    title: str
    text: str
    code: str


def script(docstring: str, cells: Sequence[Cell]) -> str:
    """A program in one file."""
    pieces = [f"# {cell.title}\n\n{cell.code}" if cell.title else cell.code for cell in cells]
    return f'"""{docstring}"""\n\n' + "\n\n\n".join(pieces) + "\n"


def notebook(title: str, docstring: str, cells: Sequence[Cell]) -> str:
    """A Jupyter notebook, format 4.5."""
    found = [_markdown("0", f"# {title}\n\n{docstring}")]
    for number, cell in enumerate(cells, start=1):
        if cell.title:
            found.append(_markdown(f"text-{number}", f"## {cell.title}\n\n{cell.text}".rstrip()))
        found.append(
            {
                "cell_type": "code",
                "id": f"code-{number}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": cell.code.splitlines(keepends=True),
            }
        )
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    whole = {"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _markdown(name: str, text: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text.splitlines(keepends=True)}
