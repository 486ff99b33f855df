"""Stepgrad shows a neural network compute and learn, step by step.

`Session(preset="xor")` makes a network to step, explain and train; `show(session)` displays it in a notebook's cell.
"""

__version__ = "0.1.0"

_FOR_PYTHON = {"Session": "python", "Explained": "python", "show": "showing"}
__all__ = [*_FOR_PYTHON]


def __getattr__(name):  # type: ignore[no-untyped-def]
    """What Python and notebooks use (docs/python.md); fetched when it is first asked for, since it needs packages."""
    if name not in _FOR_PYTHON:
        raise AttributeError(name)
    import importlib

    return getattr(importlib.import_module("." + _FOR_PYTHON[name], __name__), name)


def __dir__():  # type: ignore[no-untyped-def]
    return sorted([*globals(), *_FOR_PYTHON])
