"""The arithmetic from a contract to what is owed, held against exact fractions."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import (
    LONGEST_CAP,
    PAYMENT_LIMIT,
    Clock,
    PayerPlace,
    PaymentRule,
    PaymentTerm,
    Stage,
    clock_of,
    covering_packs,
    drawn,
    fulfilment,
    maximum_units,
    nearest,
    owed_by_part,
    packs_of_sets,
    packs_that_fit,
    per_thousand,
    remaining_life,
    stage_of,
    taken_back,
    term_elapsed,
)
from core.calendar import last_of_next_month
from core.money import line_amount

CENT = Decimal("0.01")
PRICES = st.decimals(min_value=Decimal("0.000001"), max_value=Decimal("99999"), places=6)
PARTS = st.lists(st.integers(min_value=1, max_value=5000), min_size=1, max_size=20)
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("9999.99"), places=2)
DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2100, 12, 31))


@given(PRICES, PARTS)
def test_parts_add_up_to_the_whole_however_it_is_parted(price, parts):
    owed, accepted = Decimal(0), 0
    for packs in parts:
        owed += owed_by_part(price, accepted, packs)
        accepted += packs
    assert owed == line_amount(price, sum(parts))


@given(PRICES, PARTS, st.data())
def test_they_add_up_after_any_reversals_too(price, parts, data):
    standing = list(parts)
    owed = line_amount(price, sum(parts))
    for reversed_packs in data.draw(st.permutations(parts)):
        back = taken_back(price, sum(standing), reversed_packs)
        standing.remove(reversed_packs)
        owed -= back
        assert owed == line_amount(price, sum(standing))
        assert abs(back - line_amount(price, reversed_packs)) <= CENT


@given(PRICES, st.integers(0, 10**6), st.integers(0, 10**6))
def test_no_part_owes_less_than_nothing_or_a_hundredth_off_its_price(price, before, packs):
    part = owed_by_part(price, before, packs)
    assert part >= 0
    assert abs(Fraction(part) - Fraction(price) * packs) <= Fraction(1, 100)


def test_the_worked_example_of_three_packs():
    assert [owed_by_part(Decimal("0.335"), before, 1) for before in range(3)] == [
        Decimal("0.34"),
        Decimal("0.33"),
        Decimal("0.34"),
    ]


@given(st.lists(AMOUNTS, max_size=12), AMOUNTS)
def test_a_payment_is_split_in_order_without_rest_or_is_more_than_is_open(open_amounts, amount):
    rows = list(enumerate(open_amounts))
    if amount > sum(open_amounts):
        with pytest.raises(ValueError, match="more than is open"):
            drawn(amount, rows)
        return
    parts = drawn(amount, rows)
    assert sum(parts.values()) == amount
    assert all(0 < part <= open_amounts[key] for key, part in parts.items())
    touched = sorted(parts)
    assert all(parts[key] == open_amounts[key] for key in touched[:-1]), "the first is settled before the next"


@given(st.integers(0, 10**12), st.integers(100, 1000), st.integers(1, 1000))
def test_a_maximum_lets_the_agreed_volume_be_bought_in_whole_packs_and_else_keeps_its_percentage(
    agreed, percent, pack_size
):
    most = maximum_units(agreed, percent, [pack_size])
    covered = covering_packs(agreed, pack_size) * pack_size
    assert agreed <= covered < agreed + pack_size
    assert covered <= most
    assert most == covered or most <= Fraction(agreed * percent, 100)


def test_twenty_tablets_in_packs_of_thirty_can_be_ordered():
    most = maximum_units(20, 100, [30])
    assert (most, packs_that_fit(most, 0, 30)) == (30, 1)


def test_a_maximum_below_the_agreed_volume_is_none():
    with pytest.raises(ValueError, match="below the agreed volume"):
        maximum_units(100, 99, [1])


@given(st.integers(0, 10**9), st.integers(100, 1000), st.lists(st.decimals("0.001", 1000, places=3), min_size=1))
def test_whichever_pack_is_ordered_the_agreed_volume_can_be_bought_in_it(agreed, percent, packs):
    most = maximum_units(agreed, percent, packs)
    for units in packs:
        assert packs_that_fit(most, 0, units) * units >= agreed


@given(st.integers(1, 10**6), st.integers(1, 100), st.integers(1, 100))
def test_the_packs_of_so_many_sets_hold_exactly_what_the_sets_need(sets, quantity, pack_size):
    assert packs_of_sets(sets, quantity, pack_size) * pack_size == sets * quantity


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 1000))
def test_the_packs_that_fit_fit_and_one_more_does_not(maximum, ordered, pack_size):
    fitting = packs_that_fit(maximum, ordered, pack_size)
    room = max(maximum - ordered, 0)
    assert fitting * pack_size <= room < (fitting + 1) * pack_size
    assert packs_that_fit(None, ordered, pack_size) is None


@given(DAYS, st.integers(0, 365), st.integers(1, LONGEST_CAP))
def test_the_due_date_is_so_many_calendar_days_on_and_never_beyond_the_cap(first_day, days, cap):
    term = PaymentTerm(PaymentRule.DAYS, days, cap, policy="a policy")
    assert term.due_on(first_day).toordinal() == first_day.toordinal() + min(days, cap)


@given(DAYS, st.integers(1, LONGEST_CAP))
def test_the_end_of_the_next_month_is_never_beyond_the_cap_either(first_day, cap):
    term = PaymentTerm(PaymentRule.END_OF_NEXT_MONTH, None, cap, policy="a policy")
    assert term.due_on(first_day) == min(last_of_next_month(first_day), first_day + timedelta(days=cap))


@pytest.mark.parametrize(
    ("rule", "days", "cap", "policy"),
    [
        (PaymentRule.DAYS, None, PAYMENT_LIMIT, ""),
        (PaymentRule.DAYS, -1, PAYMENT_LIMIT, ""),
        (PaymentRule.END_OF_NEXT_MONTH, 30, PAYMENT_LIMIT, ""),
        (PaymentRule.DAYS, 30, 0, ""),
        (PaymentRule.DAYS, 30, PAYMENT_LIMIT + 1, " "),
        (PaymentRule.DAYS, 30, LONGEST_CAP + 1, "a policy"),
    ],
)
def test_a_term_that_no_policy_allows_is_none(rule, days, cap, policy):
    with pytest.raises(ValueError, match=r"days|cap"):
        PaymentTerm(rule, days, cap, policy)


def test_a_term_of_an_edition_that_is_not_known_is_not_guessed():
    with pytest.raises(ValueError, match="no edition 2"):
        PaymentTerm(PaymentRule.DAYS, 30, version=2)


@pytest.mark.parametrize(
    ("accepted_on", "due_on"),
    [
        (date(2026, 1, 31), date(2026, 3, 2)),
        (date(2028, 1, 31), date(2028, 3, 1)),
        (date(2028, 2, 29), date(2028, 3, 30)),
        (date(2026, 12, 31), date(2027, 1, 30)),
    ],
)
def test_due_dates_at_the_turn_of_months_and_years(accepted_on, due_on):
    assert PaymentTerm(PaymentRule.DAYS, 30).due_on(accepted_on) == due_on


FUND, HOSPITAL, COUNTY = PayerPlace(None, None, "VBP"), PayerPlace(None, 7, ""), PayerPlace("420100", None, "")
PROVINCE, ALL = PayerPlace("420000", None, ""), PayerPlace(None, None, "")


@pytest.mark.parametrize(
    ("places", "lists", "found"),
    [
        ([], {"VBP"}, None),
        ([ALL], set(), ALL),
        ([ALL, PROVINCE, COUNTY], set(), COUNTY),
        ([ALL, PROVINCE, COUNTY, HOSPITAL], set(), HOSPITAL),
        ([HOSPITAL, FUND], {"VBP"}, FUND),
        ([HOSPITAL, FUND], set(), HOSPITAL),
        ([PayerPlace("110000", None, ""), PayerPlace(None, 8, "")], set(), None),
        ([FUND, PayerPlace(None, 7, "VBP")], {"VBP"}, PayerPlace(None, 7, "VBP")),
    ],
)
def test_of_the_rows_that_speak_of_a_debt_the_closest_says_who_pays(places, lists, found):
    for order in (places, places[::-1]):
        assert nearest(order, 7, ["420100", "420000"], frozenset(lists)) == found


@given(
    st.lists(
        st.builds(
            PayerPlace,
            st.sampled_from([None, "1", "2"]),
            st.sampled_from([None, 7, 8]),
            st.sampled_from(["", "A", "B"]),
        ),
        unique=True,
    ),
    st.frozensets(st.sampled_from("AB")),
)
def test_the_row_found_speaks_of_the_debt_and_in_whatever_order_they_stand(places, lists):
    found = nearest(places, 7, ["1"], lists)
    assert found == nearest(places[::-1], 7, ["1"], lists)
    if found:
        assert found.region in (None, "1")
        assert found.institution in (None, 7)
        assert found.product_list in {"", *lists}


@pytest.mark.parametrize(
    ("left", "clock"),
    [
        (8, Clock.NOT_YET),
        (7, Clock.DUE_SOON),
        (1, Clock.DUE_SOON),
        (0, Clock.DUE_TODAY),
        (-1, Clock.OVERDUE),
    ],
)
def test_the_clock_follows_from_the_date_alone(left, clock):
    today = date(2026, 3, 2)
    assert clock_of(today + timedelta(days=left), CENT, today) is clock
    assert clock_of(today + timedelta(days=left), Decimal(0), today) is Clock.PAID


@pytest.mark.parametrize(
    ("to_send", "under_way", "stage"),
    [(1, 0, Stage.TO_SEND), (1, 1, Stage.TO_SEND), (0, 1, Stage.UNDER_WAY), (0, 0, Stage.RECEIVED)],
)
def test_the_stage_of_a_confirmed_order_follows_from_its_packs(to_send, under_way, stage):
    assert stage_of(to_send, under_way) is stage


def test_a_term_runs_from_nothing_to_all():
    term = (date(2026, 1, 1), date(2026, 12, 31))
    shares = [term_elapsed(*term, day) for day in (date(2025, 12, 31), date(2026, 1, 1), *term[1:], date(2027, 5, 1))]
    assert shares == [Fraction(0), Fraction(1, 365), Fraction(1), Fraction(1)]


def test_fulfilment_may_pass_the_whole_and_a_bar_not():
    assert fulfilment(150, 100) == Fraction(3, 2)
    assert fulfilment(0, 0) == 1
    assert [per_thousand(share) for share in (Fraction(3, 2), Fraction(1, 3), Fraction(-1))] == [1000, 333, 0]


def test_a_batch_lasts_through_its_last_day():
    assert remaining_life(date(2026, 3, 2), date(2026, 3, 2)) == 0
    assert remaining_life(date(2026, 3, 1), date(2026, 3, 2)) == -1
