"""Numbers as they are printed."""

from __future__ import annotations

import pytest

from app.steps.numbers import format_number


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.0, 3, "0"),
        (-0.0, 3, "0"),
        (1.0, 3, "1"),
        (0.5, 3, "0.5"),
        (0.1, 3, "0.1"),
        (1 / 3, 3, "0.333"),
        (0.49999, 3, "0.500"),
        (-0.125, 2, "−0.13"),
        (0.125, 2, "0.13"),
        (2.5, 0, "3"),
        (0.0004, 3, "4·10⁻⁴"),
        (0.00041234, 3, "4.12·10⁻⁴"),
        (0.0005, 3, "5·10⁻⁴"),
        (0.00061, 3, "6.1·10⁻⁴"),
        (0.001, 3, "0.001"),
        (0.00149, 3, "0.001"),
        (-1.2e-9, 3, "−1.2·10⁻⁹"),
        (999999.0, 3, "999999"),
        (1e6, 3, "1·10⁶"),
        (1234567.0, 3, "1.23·10⁶"),
        (9.999e-5, 3, "1.00·10⁻⁴"),
        (1.5e300, 3, "1.5·10³⁰⁰"),
        (5e-324, 3, "4.94·10⁻³²⁴"),
        (float("nan"), 3, "not a number"),
        (float("inf"), 3, "∞"),
        (float("-inf"), 3, "−∞"),
        (0.1 + 0.2, 12, "0.300000000000"),
    ],
)
def test_a_number_is_printed_exactly_or_says_that_it_is_rounded(value: float, digits: int, text: str) -> None:
    assert format_number(value, digits) == text
