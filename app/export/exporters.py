"""Everything that can be taken away: one entry for each."""

from __future__ import annotations

from ..nn.registry import Registry
from . import numbers, parameters, step
from .exporter import Exporter
from .iterationpage import as_page
from .numpycode import numpy_notebook, numpy_script
from .torchcode import torch_script
from .worksheet import OPTIONS
from .worksheethtml import as_html
from .worksheetlatex import as_latex

exporters: Registry[Exporter] = Registry("an export")

exporters.add(
    Exporter(
        name="numpy",
        title="NumPy script",
        description="A program that trains the same iterations with NumPy alone and prints the same numbers.",
        group="code",
        extension="py",
        media_type="text/x-python",
        write=numpy_script,
    )
)

exporters.add(
    Exporter(
        name="notebook",
        title="Notebook",
        description="The same program as a Jupyter notebook, a cell for each of its parts.",
        group="code",
        extension="ipynb",
        media_type="application/x-ipynb+json",
        write=numpy_notebook,
    )
)

exporters.add(
    Exporter(
        name="pytorch",
        title="PyTorch script",
        description="The same network in PyTorch's own words, trained the same iterations on the same batches.",
        group="code",
        extension="py",
        media_type="text/x-python",
        write=torch_script,
    )
)

exporters.add(
    Exporter(
        name="numbers-csv",
        title="Numbers as a table",
        description="Every number of the iteration, a line for each; blank where it is not yet written.",
        group="numbers",
        extension="csv",
        media_type="text/csv",
        write=numbers.as_csv,
    )
)

exporters.add(
    Exporter(
        name="numbers-json",
        title="Numbers as JSON",
        description="The same as nested lists, with null for what is not yet written.",
        group="numbers",
        extension="json",
        media_type="application/json",
        write=numbers.as_json,
    )
)

exporters.add(
    Exporter(
        name="safetensors",
        title="Parameters as safetensors",
        description="Weights and biases at the cursor, under the names of the PyTorch script's network.",
        group="parameters",
        extension="safetensors",
        media_type="application/octet-stream",
        write=parameters.as_safetensors,
    )
)

exporters.add(
    Exporter(
        name="npz",
        title="Parameters as NPZ",
        description="Weights and biases at the cursor as W1, b1 and so on, for numpy.load.",
        group="parameters",
        extension="npz",
        media_type="application/octet-stream",
        write=parameters.as_npz,
    )
)

exporters.add(
    Exporter(
        name="parameters-json",
        title="Parameters as JSON",
        description="Weights and biases at the cursor, layer by layer; a session can be begun with them.",
        group="parameters",
        extension="json",
        media_type="application/json",
        write=parameters.as_json,
    )
)

exporters.add(
    Exporter(
        name="worksheet",
        title="Worksheet",
        description="The iteration as exercises with blanks and an answer key, on paper: a page that prints well.",
        group="worksheet",
        extension="html",
        media_type="text/html",
        write=as_html,
        options=OPTIONS,
    )
)

exporters.add(
    Exporter(
        name="worksheet-latex",
        title="Worksheet as LaTeX",
        description="The same exercises and key for LaTeX, with the article class and amsmath.",
        group="worksheet",
        extension="tex",
        media_type="application/x-tex",
        write=as_latex,
        options=OPTIONS,
    )
)

exporters.add(
    Exporter(
        name="iteration",
        title="Page of the iteration",
        description="The whole iteration as one file that steps forward and back in any browser, without a server.",
        group="step",
        extension="html",
        media_type="text/html",
        write=as_page,
    )
)

exporters.add(
    Exporter(
        name="step-latex",
        title="Step as LaTeX",
        description="What was done last, in words and formulas, as a LaTeX document.",
        group="step",
        extension="tex",
        media_type="application/x-tex",
        write=step.as_latex,
        options=step.OPTIONS,
    )
)

exporters.add(
    Exporter(
        name="step-markdown",
        title="Step as Markdown",
        description="The same for notebooks, wikis and notes, with formulas between dollar signs.",
        group="step",
        extension="md",
        media_type="text/markdown",
        write=step.as_markdown,
        options=step.OPTIONS,
    )
)
