"""Numbers as a person reads them. The page formats in the same way."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isfinite, isnan

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LARGE = 10**6


def rounded(value: float, digits: int) -> Decimal:
    """The number that is printed: `digits` decimals, or as many significant digits where it is tiny or large."""
    number = Decimal(value)
    if not _scientific(value, digits):
        return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    mantissa = number.scaleb(-number.adjusted()).quantize(Decimal(1).scaleb(-_decimals(digits)), ROUND_HALF_UP)
    return mantissa.scaleb(number.adjusted())


def format_number(value: float, digits: int) -> str:
    """A number as text: `0.5` where that is exact, `0.500` where it is rounded, `1.23·10⁻⁵` where it is tiny."""
    if isnan(value):
        return "not a number"
    if not isfinite(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    shown = rounded(value, digits)
    exact = float(shown) == value
    if _scientific(value, digits):
        exponent = shown.adjusted()
        mantissa = f"{shown.scaleb(-exponent):.{_decimals(digits)}f}"
        text = f"{_stripped(mantissa) if exact else mantissa}·10{str(exponent).translate(SUPERSCRIPTS)}"
    else:
        text = _stripped(f"{shown:f}") if exact else f"{shown:f}"
    return text.replace("-", "−")


def printed(value: float, digits: int) -> Fraction | None:
    """The printed number exactly, or None where it is not finite."""
    return Fraction(rounded(value, digits)) if isfinite(value) else None


def _scientific(value: float, digits: int) -> bool:
    """Whether a number is too small for so many decimals, or too large to be read."""
    return value != 0 and not float(f"1e-{digits}") <= abs(value) < LARGE


def _decimals(digits: int) -> int:
    return max(digits - 1, 1)


def _stripped(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
