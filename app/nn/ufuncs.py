"""NumPy's clip without its wrapper."""

from __future__ import annotations

import numpy as np
import numpy._core.umath as umath

INFINITY = float("inf")

clip: np.ufunc = umath.__dict__["clip"]
"""`(x, low, high, out)`. np.clip wraps it in 4 µs of Python; np.maximum takes 1.4 µs a call where this takes 0.3."""
