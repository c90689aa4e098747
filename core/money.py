"""The one rounding policy of the platform, and exact arithmetic on prices.

Unit prices have 6 decimals, amounts have 2. A line is rounded once, half up, and then lines are
added. Comparisons (ceiling, rank, tie) use exact fractions and never a rounded value.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

PRICE_DECIMALS = 6
AMOUNT_DECIMALS = 2
_PRICE_STEP = Decimal(1).scaleb(-PRICE_DECIMALS)
_AMOUNT_STEP = Decimal(1).scaleb(-AMOUNT_DECIMALS)


def quantize_price(value: Decimal | Fraction | int) -> Decimal:
    """A unit price with 6 decimals, rounded half up."""
    return _round(value, _PRICE_STEP)


def quantize_amount(value: Decimal | Fraction | int) -> Decimal:
    """An amount of money with 2 decimals, rounded half up."""
    return _round(value, _AMOUNT_STEP)


def line_amount(price: Decimal, packs: int) -> Decimal:
    """What one line costs: price a pack times whole packs, rounded once."""
    return quantize_amount(price * packs)


def unit_price(price: Decimal, pack_size: int, factor: Fraction = Fraction(1)) -> Fraction:
    """The exact price of one base unit in a pack of ``pack_size``, divided by a conversion ``factor``."""
    return Fraction(price) / pack_size / factor


def parse_price(text: str) -> Decimal:
    """Read a price that a person typed. ValueError for NaN, infinity, signs, exponents or a seventh decimal."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("not a number") from None
    if not value.is_finite() or not set(text) <= set("0123456789."):
        raise ValueError("not a plain decimal number")
    if value != value.quantize(_PRICE_STEP):
        raise ValueError("more than 6 decimals")
    return value.quantize(_PRICE_STEP)


def _round(value: Decimal | Fraction | int, step: Decimal) -> Decimal:
    if isinstance(value, Fraction):
        scaled = value / Fraction(step)
        whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
        return (Decimal(whole) * step).copy_sign(Decimal(scaled.numerator))
    return Decimal(value).quantize(step, rounding=ROUND_HALF_UP)
