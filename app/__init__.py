"""Stepgrad shows a neural network compute and learn, step by step."""

__version__ = "0.1.0"

_FOR_PYTHON = {"Session": "python", "Explained": "python", "show": "showing"}


def __getattr__(name):  # type: ignore[no-untyped-def]
    """What Python and notebooks use (docs/python.md); fetched when it is first asked for, since it needs packages."""
    if name not in _FOR_PYTHON:
        raise AttributeError(name)
    import importlib

    return getattr(importlib.import_module("." + _FOR_PYTHON[name], __name__), name)
