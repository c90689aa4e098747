"""The volume of a lot of several items: exact, whatever the numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.conversion import lot_volume

UNITS = st.integers(0, 10**15)
FACTORS = st.integers(1, 10**18).map(lambda billionths: Decimal(billionths).scaleb(-9))


@given(st.lists(st.tuples(UNITS, FACTORS), max_size=20))
def test_it_is_the_exact_sum_and_written_without_needless_zeros(needs):
    volume = lot_volume(needs)
    assert Fraction(volume) == sum((units * Fraction(factor) for units, factor in needs), Fraction(0))
    text = f"{volume:f}"
    assert Decimal(text) == volume
    assert "." not in text or not text.endswith(("0", "."))


def test_a_factor_with_a_tenth_decimal_is_refused_and_not_rounded():
    with pytest.raises(ValueError, match="9 decimals"):
        lot_volume([(1, Decimal("0.0000000001"))])
