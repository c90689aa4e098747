"""The volume of a lot of several items, and the price that follows for another: exact, whatever the numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.conversion import converted_price, lot_volume, whole_volume

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


@given(st.lists(st.tuples(UNITS, FACTORS), max_size=20))
def test_a_hospitals_need_is_covered_by_less_than_one_unit_too_many(needs):
    units = whole_volume(needs)
    assert 0 <= units - sum((one * Fraction(of_item) for one, of_item in needs), Fraction(0)) < 1


def test_the_worked_example_of_a_conversion():
    """100 tablets of 20 mg and 50 of 10 mg are 250 tablets of 10 mg."""
    assert whole_volume([(100, Decimal(2)), (50, Decimal(1))]) == 250


COUNTS = st.tuples(st.integers(1, 9999), FACTORS).map(lambda pair: pair[0] * Fraction(pair[1]))


@given(st.integers(1, 10**15).map(lambda millionths: Decimal(millionths).scaleb(-6)), COUNTS, COUNTS)
def test_what_follows_is_as_dear_a_unit_to_half_a_millionth_of_its_pack(price, counts, of):
    followed = converted_price(price, counts, of)
    away = Fraction(followed) - Fraction(price) / counts * of
    assert -Fraction(1, 2 * 10**6) < away <= Fraction(1, 2 * 10**6), "half up"
    assert converted_price(price, counts, counts) == price


def test_a_price_exactly_between_two_goes_up():
    assert converted_price(Decimal("0.000001"), Fraction(2), Fraction(1)) == Decimal("0.000001")
