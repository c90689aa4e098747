"""Prices over time are drawn where they lie: days from left to right, prices from zero upwards, one after another in
steps; as they stood on a day, and for whoever sees them."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Item
from catalogue.rules import PriceFact
from catalogue.rules.chart import Period, draw
from core.clock import legal_date
from tests.catalogue.files import TABLET, merged, price_recorded, products
from tests.contracts.pages import sitting
from tests.world import NOW

TODAY = date(2026, 6, 30)
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
PRICES = st.fractions(min_value=Fraction(1, 10**6), max_value=10**6)


def test_a_price_of_half_the_year_at_half_the_height():
    picture = draw(
        [
            Period(Fraction(10), date(2026, 1, 1), date(2026, 3, 31)),
            Period(Fraction(5), date(2026, 4, 1)),
        ],
        TODAY,
    )
    dear, cheap = picture.lines
    assert (dear.left, dear.right, dear.top) == (0, 90 * 1000 // 181, 100)
    assert (cheap.left, cheap.right, cheap.top) == (90 * 1000 // 181, 1000, 550)
    assert (picture.first, picture.last, picture.highest) == (date(2026, 1, 1), TODAY, Fraction(10))


def test_a_price_of_today_alone_fills_the_picture():
    [line] = draw([Period(Fraction(1), TODAY, TODAY)], TODAY).lines
    assert (line.left, line.right) == (0, 1000)


@given(
    st.lists(
        st.tuples(PRICES, DAYS, st.one_of(st.none(), st.integers(0, 4000))).map(
            lambda drawn: Period(
                drawn[0],
                drawn[1],
                None if drawn[2] is None else date.fromordinal(drawn[1].toordinal() + drawn[2]),
            )
        ),
        min_size=1,
        max_size=12,
    ),
    DAYS,
)
def test_every_line_lies_within_the_picture_and_dearer_is_higher(periods, today):
    picture = draw(periods, today)
    assert all(0 <= line.left <= line.right <= 1000 for line in picture.lines)
    assert all(100 <= line.top <= 1000 for line in picture.lines)
    by_price = sorted(zip(periods, picture.lines, strict=True), key=lambda pair: pair[0].per_unit)
    tops = [line.top for _period, line in by_price]
    assert tops == sorted(tops, reverse=True)


def test_labels_keep_apart_from_each_other_and_from_the_edge():
    first = date(2026, 1, 1)
    steps = (0, 0, 10, 200, 960)  # a fifth of the width keeps two labels apart, on a phone too
    periods = [Period(Fraction(5), date.fromordinal(first.toordinal() + step)) for step in steps]
    lines = draw(periods, date.fromordinal(first.toordinal() + 999)).lines
    assert [line.labelled for line in lines] == [True, False, False, True, False]


def test_a_price_that_takes_the_place_of_another_is_a_step_from_it_and_of_its_own_series_only():
    periods = [
        Period(Fraction(10), date(2025, 1, 1), date(2025, 6, 30), "award"),
        Period(Fraction(5), date(2025, 7, 1), None, "award"),
        Period(Fraction(8), date(2025, 7, 1), None, "ceiling"),
        Period(Fraction(7), date(2024, 1, 1), date(2024, 6, 1), "ceiling"),
    ]
    picture = draw(periods, date(2026, 6, 30))
    [step] = picture.steps
    before, after = picture.lines[:2]
    assert (step.line, step.left, step.top, step.bottom) == (1, after.left, before.top, after.top)
    assert [mark.year for mark in picture.marks] == [2025, 2026]


@given(st.integers(1, 40))
def test_years_below_the_picture_are_few_and_apart(years):
    picture = draw([Period(Fraction(1), date(2000, 3, 1))], date(2000 + years, 3, 1))
    lefts = [mark.left for mark in picture.marks]
    assert len(lefts) <= 6
    assert all(later - earlier >= 60 for earlier, later in pairwise(lefts))


@pytest.fixture
def item(world):
    merged(world, products(TABLET), now=NOW - timedelta(days=400))
    item, today = Item.objects.get(), legal_date(NOW)
    for days, price, parties in ((300, "0.80", None), (100, "0.60", None), (50, "0.31", (world.supplier.pk,))):
        kind = "negotiated" if parties else "ceiling"
        day = today - timedelta(days=days)
        price_recorded(world, PriceFact(item.pk, "420000", Decimal(price), 1, day, "n", parties=parties), kind)
    return item


def chart(seat, item, **asked):
    page = sitting(seat).get(reverse("catalogue:item", args=[item.reference]), asked).content.decode()
    return page.split('<figure class="chart">')[1].split("</figure>")[0]


def test_the_chart_has_steps_a_table_and_only_what_the_reader_may_see(world, item):
    told = chart(world.pharmacist, item)
    assert told.count('stroke-width="1"') == 1
    assert [price in told for price in ("0.80", "0.60", "0.31")] == [True, True, False]
    assert "0.31" in chart(world.bid_manager, item)
    table = told.split("<tbody>")[1]
    assert table.count("<tr>") == 2
    assert "any maker" in table
    client = sitting(world.pharmacist)
    client.cookies["django_language"] = "zh-hans"
    page = client.get(reverse("catalogue:item", args=[item.reference])).content.decode()
    assert "Show as a table" not in page


def test_the_chart_of_a_day_knows_nothing_of_later_prices(world, item):
    told = chart(world.pharmacist, item, on=(legal_date(NOW) - timedelta(days=150)).isoformat())
    assert [price in told for price in ("0.80", "0.60")] == [True, False]
    assert 'stroke-width="1"' not in told
