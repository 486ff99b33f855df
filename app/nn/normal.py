"""The bell curve and what is built on it. NumPy has no error function.

`erfc` is W. J. Cody's: rational approximations in three ranges, good to double precision ("Rational Chebyshev
approximations for the error function", Mathematics of Computation 23, 1969).
"""

from __future__ import annotations

import numpy as np

from .registry import Array

NEAR = 0.46875
FAR = 4.0

# Coefficients of the polynomials above and below the line, the highest power first.
_NEAR_ABOVE = (
    1.85777706184603153e-1,
    3.16112374387056560,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3,
)
_NEAR_BELOW = (
    1.0,
    2.36012909523441209e1,
    2.44024637934444173e2,
    1.28261652607737228e3,
    2.84423683343917062e3,
)
_MIDDLE_ABOVE = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3,
)
_MIDDLE_BELOW = (
    1.0,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3,
)
_FAR_ABOVE = (
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4,
)
_FAR_BELOW = (
    1.0,
    2.56852019228982242,
    1.87295284992346725,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3,
)


def erfc(x: Array) -> Array:
    """2/√π times the integral of e^(−t²) from x to infinity."""
    size = np.abs(x)
    near = 1 - x * _quotient(_NEAR_ABOVE, _NEAR_BELOW, np.minimum(size, NEAR) ** 2)
    middle = _quotient(_MIDDLE_ABOVE, _MIDDLE_BELOW, np.clip(size, NEAR, FAR))
    inverse = 1 / np.maximum(size, FAR) ** 2
    far = (1 / np.sqrt(np.pi) - inverse * _quotient(_FAR_ABOVE, _FAR_BELOW, inverse)) / np.maximum(size, FAR)
    beyond = _exp_of_minus_square(size) * np.where(size < FAR, middle, far)
    return np.where(size <= NEAR, near, np.where(x < 0, 2 - beyond, beyond))


def normal_cdf(z: Array, out: Array) -> None:
    """The share of the standard bell curve that lies below z."""
    out[...] = erfc(z.astype(np.float64) / -np.sqrt(2)) / 2


def gelu_slope(z: Array, out: Array) -> None:
    """Φ(z) + z φ(z), φ being the standard bell curve."""
    normal_cdf(z, out)
    np.add(out, z * np.exp(-z * z / 2) / np.sqrt(2 * np.pi), out)


def silu_slope(z: Array, a: Array, out: Array) -> None:
    """σ(z) + a (1 − σ(z)), where a = z σ(z)."""
    sigmoid = 1 / (1 + np.exp(-z))
    np.add(sigmoid, a * (1 - sigmoid), out)


def _quotient(above: tuple[float, ...], below: tuple[float, ...], x: Array) -> Array:
    return np.asarray(np.polyval(above, x) / np.polyval(below, x))


def _exp_of_minus_square(x: Array) -> Array:
    """e^(−x²), the square split so that its rounding does not grow with x."""
    coarse = np.trunc(np.minimum(x, 30) * 16) / 16
    return np.asarray(np.exp(-coarse * coarse) * np.exp(-(x - coarse) * (x + coarse)))
