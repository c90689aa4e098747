"""Prices over time are drawn where they lie: days from left to right, prices from zero upwards."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from catalogue.rules.chart import Period, draw

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
    steps = (0, 0, 10, 200, 960)
    periods = [Period(Fraction(5), date.fromordinal(first.toordinal() + step)) for step in steps]
    lines = draw(periods, date.fromordinal(first.toordinal() + 999)).lines
    assert [line.labelled for line in lines] == [True, False, False, True, False]
