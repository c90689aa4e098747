"""The one rounding of prices and amounts, and the exact price of a base unit.

Unit prices have 6 decimals, amounts have 2. A figure is rounded once, half up (away from zero: -0.005 becomes
-0.01). Comparisons (ceiling, rank, tie) use exact fractions and never a rounded value. Floats are refused: they
do not hold what was written.
"""

from decimal import Decimal
from fractions import Fraction

PRICE_DECIMALS = 6
AMOUNT_DECIMALS = 2


def quantize_price(value: Decimal | Fraction | int) -> Decimal:
    """A unit price with 6 decimals, rounded half up."""
    return _round(value, PRICE_DECIMALS)


def quantize_amount(value: Decimal | Fraction | int) -> Decimal:
    """An amount of money with 2 decimals, rounded half up."""
    return _round(value, AMOUNT_DECIMALS)


def unit_price(price: Decimal, pack_size: int, factor: Fraction = Fraction(1)) -> Fraction:
    """The exact price of one base unit in a pack of ``pack_size``, divided by a conversion ``factor``."""
    return Fraction(price) / pack_size / factor


def half_up(value: Fraction) -> int:
    """The nearest whole number of units that are not below zero, half up."""
    return int(_round(value, 0))


def _round(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    """Exactly, whatever the precision of the decimal context; zero has no sign. TypeError for a float,
    ValueError or OverflowError for what is not finite."""
    if isinstance(value, float):
        raise TypeError("money is never a float")
    scaled = Fraction(value) * 10**decimals
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(map(int, str(whole)))
    return Decimal((int(scaled < 0 < whole), digits, -decimals))
