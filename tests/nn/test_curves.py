"""Curves: the points of an activation and its slope, against its rule and the differences of the curve itself."""

from __future__ import annotations

import numpy as np
import pytest

from app.nn.activations import Activation, activations
from app.nn.curves import curve
from app.steps.expressions import evaluate, parse

ELEMENTWISE = [activation for activation in activations if activation.elementwise]


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda entry: entry.name)
def test_a_curve_is_the_rule_of_its_activation(activation: Activation) -> None:
    z, a, slope = curve(activation, 6)
    assert (z[0], z[60], z[-1]) == (-6, 0, 6)
    np.testing.assert_allclose(a, [evaluate(parse(activation.rule), {"z": each}) for each in z], atol=1e-14)
    # Away from kinks, which lie at 0, the slope is that of the curve.
    smooth = np.abs(z) > 0.2
    differences = np.gradient(a, z)
    np.testing.assert_allclose(slope[smooth][1:-1], differences[smooth][1:-1], atol=3e-3)
