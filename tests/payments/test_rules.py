"""What is open by days overdue."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.rules import AGE_BANDS, ageing

CENT = Decimal("0.01")
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("9999.99"), places=2)


@given(st.dictionaries(st.dates(date(2025, 1, 1), date(2027, 12, 31)), AMOUNTS, max_size=30))
def test_ageing_loses_nothing(open_by_due_date):
    bands = ageing(open_by_due_date, date(2026, 7, 1))
    assert sum(bands.values()) == sum(open_by_due_date.values())
    assert tuple(bands) == AGE_BANDS


@pytest.mark.parametrize(("late", "band"), [(-8, 0), (-7, 1), (0, 1), (1, 2), (30, 2), (31, 3), (90, 4), (91, 5)])
def test_each_day_has_its_band(late, band):
    today = date(2026, 7, 1)
    bands = ageing({today - timedelta(days=late): CENT}, today)
    assert list(bands.values()).index(CENT) == band
