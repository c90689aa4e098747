"""What an item cost before a tender: what was agreed comes first, of one kind the item's own price, then the lowest."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import PriceEntry
from catalogue.rules.before import KINDS_BEFORE, KnownPrice, price_before

OWN = KnownPrice("award", Decimal(6), 2)
KNOWN = st.builds(
    KnownPrice,
    st.sampled_from(PriceEntry.Kind.values),
    st.integers(1, 50).map(Decimal),
    st.integers(1, 9),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], None),
        ([KnownPrice("ceiling", Decimal(5), 1)], None),
        ([KnownPrice("guide", Decimal(9), 1), OWN], Decimal(3)),
        ([KnownPrice("award", Decimal(2), 1, of_product=True), OWN], Decimal(3)),
        ([KnownPrice("award", Decimal("5.98"), 2), OWN], Decimal("2.99")),
        ([KnownPrice("award", Decimal("0.000001"), 9), KnownPrice("guide", Decimal(9), 1)], Decimal(9)),
    ],
)
def test_the_first_kind_that_says_something_counts(known, expected):
    assert price_before(known) == expected


@given(st.lists(KNOWN, max_size=8), st.randoms())
def test_it_is_the_same_in_any_order_and_one_of_the_prices(known, random):
    shuffled = random.sample(known, len(known))
    found = price_before(known)
    assert found == price_before(shuffled)
    assert (found is None) == (not any(price.kind in KINDS_BEFORE for price in known))
    assert found is None or found in [price.of_one for price in known]


def test_what_nobody_paid_what_one_hospital_paid_and_what_is_tendered_no_more_say_nothing():
    assert set(PriceEntry.Kind.values) - set(KINDS_BEFORE) == {"ceiling", "own", "unified"}
