"""What a patient bears of a price.

Source: 医保发 [2019] 18 on centrally procured drugs: the insurance pays up to the payment standard, the patient bears
what lies above it.
"""

from decimal import Decimal
from fractions import Fraction

from core.money import quantize_amount, unit_price


def borne_by_patient(price: Decimal, units: int, standard: Decimal, standard_units: int) -> Decimal:
    """Of the price of ``units`` base units, what lies above the payment standard, to the fen; nought where nothing
    does."""
    above = Fraction(price) - unit_price(standard, standard_units) * units
    return quantize_amount(max(above, Fraction(0)))
