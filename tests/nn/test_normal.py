"""The error function, against the C library's."""

from __future__ import annotations

import math

import numpy as np

from app.nn.normal import erfc


def test_erfc_is_good_to_double_precision_in_all_its_ranges() -> None:
    x = np.concatenate([np.linspace(-6, 26, 4001), [0.46875, -0.46875, 4.0, -4.0, 1e-300]])
    wanted = np.array([math.erfc(value) for value in x])
    np.testing.assert_allclose(erfc(x), wanted, rtol=2e-15)


def test_erfc_has_its_limits_and_passes_nan_on() -> None:
    np.testing.assert_array_equal(erfc(np.array([np.inf, -np.inf, np.nan, 0.0])), [0, 2, np.nan, 1])
