"""The money of the platform: its one rounding (``selection.rounding``), what a line costs, prices that people type.

A line is rounded once, and then lines are added.
"""

import re
from decimal import Decimal
from fractions import Fraction

from selection.rounding import AMOUNT_DECIMALS, PRICE_DECIMALS, quantize_amount, quantize_price, unit_price

__all__ = [
    "AMOUNT_DECIMALS",
    "MONEY_DIGITS",
    "PRICE_DECIMALS",
    "line_amount",
    "parse_price",
    "quantize_amount",
    "quantize_price",
    "unit_price",
]

MONEY_DIGITS = 18  # before and after the point together, as wide as the columns

# At most 12 digits before the point fit the column; leading zeros are no digits.
_PLAIN_PRICE = re.compile(rf"0*[0-9]{{0,{MONEY_DIGITS - PRICE_DECIMALS}}}(?:\.[0-9]{{0,{PRICE_DECIMALS}}}0*)?")


def line_amount(price: Decimal, packs: int) -> Decimal:
    """What one line costs: price a pack times whole packs, rounded once. 0.335 × 3 is 1.01."""
    return quantize_amount(Fraction(price) * packs)


def parse_price(text: str) -> Decimal:
    """Read a price that a person typed: digits and at most one point, 12 before it and 6 after.

    ValueError for anything else: blanks, NaN, infinity, signs, exponents, separators, digits that are
    not ASCII, a thirteenth digit or a seventh decimal. A zero too many at the end is no seventh decimal.
    """
    if not _PLAIN_PRICE.fullmatch(text) or text in ("", "."):
        raise ValueError("not a plain number with at most 12 digits and 6 decimals")
    return quantize_price(Decimal(text))
