"""Stepgrad shows a neural network compute and learn, step by step."""

__version__ = "0.1.0"
