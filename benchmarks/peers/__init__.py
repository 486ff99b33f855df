"""The engine beside those that its users could have taken, each doing the same work in its own way, in turns."""

from .contests import measure

__all__ = ["measure"]
