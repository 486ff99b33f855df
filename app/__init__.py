"""Stepgrad shows a neural network compute and learn, step by step.

`Session(preset="xor")` makes a network to step, explain and train; `show(session)` displays it in a notebook's cell.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_FOR_PYTHON = {"Session": "python", "Explained": "python", "show": "showing"}
__all__ = [*_FOR_PYTHON]


def __getattr__(name: str) -> Any:
    """What Python and notebooks use (docs/python.md); fetched when it is first asked for, since it needs packages."""
    if name not in _FOR_PYTHON:
        raise AttributeError(name)
    return getattr(import_module("." + _FOR_PYTHON[name], __name__), name)


def __dir__() -> "list[str]":  # quoted for old Pythons, which get as far as the bootstrap's sentence
    return sorted([*globals(), *_FOR_PYTHON])
