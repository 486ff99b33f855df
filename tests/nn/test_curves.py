"""Curves: the points of an activation and its slope, against its rule and the differences of that rule."""

from __future__ import annotations

import numpy as np
import pytest

from app.nn.activations import Activation, activations
from app.nn.curves import curve
from app.steps.expressions import evaluate, parse

NUDGE = 1e-6
ELEMENTWISE = [activation for activation in activations if activation.elementwise]


@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda entry: entry.name)
def test_a_curve_is_the_rule_of_its_activation(activation: Activation) -> None:
    z, a, slope = curve(activation, 6)
    assert (z[0], z[60], z[-1]) == (-6, 0, 6)
    np.testing.assert_allclose(a, [evaluate(parse(activation.rule), {"z": each}) for each in z], atol=1e-14)
    # At a kink the slope is that of one side; elsewhere both sides have the same.
    before, here, after = (evaluate(parse(activation.rule), {"z": z + nudge}) for nudge in (-NUDGE, 0, NUDGE))
    sides = (here - before) / NUDGE, (after - here) / NUDGE
    assert np.any([np.isclose(slope, side, rtol=0, atol=1e-5) for side in sides], axis=0).all()
