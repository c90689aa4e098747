"""Several items as one: each counts by its factor as so many units of the lot's main specification.

For volumes, and for the price of a further specification, which follows from the price that was compared.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil

from selection.rounding import quantize_price

FACTOR_DECIMALS = 9


def lot_volume(needs: Iterable[tuple[int, Decimal]]) -> Decimal:
    """What is needed of a lot's items together, exactly, in base units of the main specification.

    ``needs`` are base units of an item and its factor: 100 tablets of 20 mg (factor 2) and 50 of 10 mg (factor 1).

    >>> lot_volume([(100, Decimal(2)), (50, Decimal(1)), (1, Decimal("0.5"))])
    Decimal('250.5')
    """
    scaled = _exact(needs) * 10**FACTOR_DECIMALS
    if scaled.denominator != 1:
        raise ValueError(f"a factor has at most {FACTOR_DECIMALS} decimals")
    # Written as text, because arithmetic of decimals would round to the precision of its context.
    whole, rest = divmod(scaled.numerator, 10**FACTOR_DECIMALS)
    return Decimal(f"{whole}.{rest:0{FACTOR_DECIMALS}}".rstrip("0").rstrip("."))


def whole_volume(needs: Iterable[tuple[int, Decimal]]) -> int:
    """What one hospital needs of a lot's items together, in whole base units of the main specification.

    Rounded up once, so that the need is covered; whole factors need no rounding.

    >>> whole_volume([(100, Decimal(2)), (50, Decimal(1)), (1, Decimal("0.5"))])
    251
    """
    return ceil(_exact(needs))


def converted_price(price: Decimal, counts: Fraction, of: Fraction) -> Decimal:
    """What a pack that counts as ``of`` units of the main specification costs, where one of ``counts`` costs ``price``.

    Both have the same comparable price: it is in proportion, rounded once to six decimals, half up. A pack counts as
    its base units times the factor for prices. 14 capsules of 150 mg (factor 2) at what 7 of 75 mg cost:

    >>> converted_price(Decimal("6.60"), Fraction(7), Fraction(28))
    Decimal('26.400000')
    """
    return quantize_price(Fraction(price) / counts * of)


def _exact(needs: Iterable[tuple[int, Decimal]]) -> Fraction:
    return sum((units * Fraction(factor) for units, factor in needs), Fraction(0))
