"""How often a supplier may offer, and when a talk goes on."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from selection.negotiation import NATIONAL_ACCESS, NegotiationRules

PRICES = st.decimals("0.000001", "100000", places=6)


def test_two_rounds_are_two_offers_and_no_comparison():
    rules = NegotiationRules()
    assert [rules.over(offers) for offers in (1, 2)] == [False, True]
    assert not any(rules.to_be_compared(offers) for offers in range(4))


def test_national_access_compares_the_second_quote_alone():
    assert [offers for offers in range(1, 6) if NATIONAL_ACCESS.to_be_compared(offers)] == [2]


@given(PRICES)
def test_exactly_115_percent_is_near_and_a_millionth_more_is_not(reserve):
    most = reserve * Decimal("1.15")
    assert NATIONAL_ACCESS.near(most, reserve)
    assert not NATIONAL_ACCESS.near(most + Decimal("0.000001"), reserve)
