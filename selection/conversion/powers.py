"""A factor for each doubling: 1.7 to the binary logarithm of a ratio."""

from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

DIGITS = 50
# A context of its own: the answer is the same whatever precision the caller works with.
_WORKING = Context(prec=DIGITS + 15, Emin=-9_999, Emax=9_999)
_KEPT = Context(prec=DIGITS, Emin=-9_999, Emax=9_999)


@lru_cache(maxsize=4096)
def power(factor: Decimal, ratio: Fraction) -> Fraction:
    """``factor`` to the binary logarithm of ``ratio``: exact for powers of two, else to fifty digits.

    A ratio and its inverse give inverse powers exactly. ValueError unless both are above zero.

    >>> power(Decimal("1.9"), Fraction(4)), power(Decimal("1.9"), Fraction(1, 2))
    (Fraction(361, 100), Fraction(10, 19))
    """
    if factor <= 0 or ratio <= 0:
        raise ValueError("a factor and a ratio are above zero")
    if ratio < 1:
        return 1 / power(factor, 1 / ratio)
    whole = ratio.numerator.bit_length() - 1
    if ratio == 2**whole:
        return Fraction(factor) ** whole
    logarithm = _WORKING.subtract(_ln(ratio.numerator), _ln(ratio.denominator))
    exponent = _WORKING.divide(_WORKING.multiply(_WORKING.ln(factor), logarithm), _ln(2))
    return Fraction(_KEPT.plus(_WORKING.exp(exponent)))


def _ln(number: int) -> Decimal:
    return _WORKING.ln(Decimal(number))
