"""The one rounding policy of the platform, and exact arithmetic on prices.

Unit prices have 6 decimals, amounts have 2. A line is rounded once, half up (away from zero: -0.005
becomes -0.01), and then lines are added. Comparisons (ceiling, rank, tie) use exact fractions and
never a rounded value. Floats are refused: they do not hold what was written.
"""

import re
from decimal import Decimal
from fractions import Fraction

PRICE_DECIMALS = 6
AMOUNT_DECIMALS = 2
MONEY_DIGITS = 18  # before and after the point together, as wide as the columns

# At most 12 digits before the point fit the column; leading zeros are no digits.
_PLAIN_PRICE = re.compile(rf"0*[0-9]{{0,{MONEY_DIGITS - PRICE_DECIMALS}}}(?:\.[0-9]{{0,{PRICE_DECIMALS}}}0*)?")


def quantize_price(value: Decimal | Fraction | int) -> Decimal:
    """A unit price with 6 decimals, rounded half up."""
    return _round(value, PRICE_DECIMALS)


def quantize_amount(value: Decimal | Fraction | int) -> Decimal:
    """An amount of money with 2 decimals, rounded half up."""
    return _round(value, AMOUNT_DECIMALS)


def line_amount(price: Decimal, packs: int) -> Decimal:
    """What one line costs: price a pack times whole packs, rounded once. 0.335 × 3 is 1.01."""
    return quantize_amount(Fraction(price) * packs)


def unit_price(price: Decimal, pack_size: int, factor: Fraction = Fraction(1)) -> Fraction:
    """The exact price of one base unit in a pack of ``pack_size``, divided by a conversion ``factor``."""
    return Fraction(price) / pack_size / factor


def parse_price(text: str) -> Decimal:
    """Read a price that a person typed: digits and at most one point, 12 before it and 6 after.

    ValueError for anything else: blanks, NaN, infinity, signs, exponents, separators, digits that are
    not ASCII, a thirteenth digit or a seventh decimal. A zero too many at the end is no seventh decimal.
    """
    if not _PLAIN_PRICE.fullmatch(text) or text in ("", "."):
        raise ValueError("not a plain number with at most 12 digits and 6 decimals")
    return quantize_price(Decimal(text))


def _round(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    """Exactly, whatever the precision of the decimal context; zero has no sign. TypeError for a float,
    ValueError or OverflowError for what is not finite."""
    if isinstance(value, float):
        raise TypeError("money is never a float")
    scaled = Fraction(value) * 10**decimals
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(map(int, str(whole)))
    return Decimal((int(scaled < 0 < whole), digits, -decimals))
