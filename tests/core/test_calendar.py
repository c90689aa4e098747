"""Legal days in the platform's zone, and working days as China announces them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules import PaymentRule, PaymentTerm
from core.calendar import WorkingCalendar, days_left, last_of_next_month, local_date, month_before, start_of
from core.models import CalendarDay
from core.workdays import working_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Spring Festival 2026: free from Sunday 15 to Monday 23 February, made up for on two Saturdays.
SPRING = WorkingCalendar(
    {date(2026, 2, day): False for day in range(15, 24)} | {date(2026, 2, 14): True, date(2026, 2, 28): True}
)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
CALENDARS = st.dictionaries(DAYS, st.booleans(), max_size=40).map(WorkingCalendar)


# --- Legal days -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2025, 12, 31, 15, 59, 59, 999999, UTC), date(2025, 12, 31)),
        (datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2028, 2, 28, 16, 0, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC), date(2026, 2, 28)),
    ],
)
def test_the_day_changes_at_midnight_in_shanghai(instant, day):
    assert local_date(instant, SHANGHAI) == day


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "America/Havana", "Asia/Beirut"])
@given(day=st.dates(min_value=date(1970, 1, 2), max_value=date(2100, 12, 31)))
def test_a_day_begins_at_its_first_instant(zone, day):
    beginning = start_of(day, ZoneInfo(zone)).astimezone(UTC)
    assert local_date(beginning, ZoneInfo(zone)) == day
    assert local_date(beginning - timedelta(microseconds=1), ZoneInfo(zone)) == day - timedelta(days=1)


def reference_days():
    """Every date from 1970 to 2101, counted by hand: months of 30 and 31 days, and February by Gregory's rule."""
    lengths = {4: 30, 6: 30, 9: 30, 11: 30}
    for year in range(1970, 2102):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        for month in range(1, 13):
            length = (29 if leap else 28) if month == 2 else lengths.get(month, 31)
            yield from ((year, month, day) for day in range(1, length + 1))


@pytest.mark.parametrize("moment", [time(0, 0, 0), time(23, 59, 59, 999999)])
def test_accepted_plus_thirty_days_is_what_the_table_says_from_1970_to_2100(moment):
    table = list(reference_days())
    accepted = [parts for parts in table if parts[0] <= 2100]
    assert len(accepted) == 47_847
    term = PaymentTerm(PaymentRule.DAYS, 30)
    for position, parts in enumerate(accepted):
        instant = datetime.combine(date(*parts), moment, SHANGHAI).astimezone(UTC)
        due_on = term.due_on(local_date(instant, SHANGHAI))
        assert (due_on.year, due_on.month, due_on.day) == table[position + 30]


def test_days_left_counts_down_through_the_due_date():
    due_on = date(2026, 3, 2)
    assert [days_left(due_on, date(2026, 3, day)) for day in (1, 2, 3)] == [1, 0, -1]
    assert days_left(due_on, date(2026, 2, 28)) == 2


@given(DAYS)
def test_the_end_of_the_next_month_is_one_day_before_the_month_after_it(day):
    last = last_of_next_month(day)
    months = (last.year - day.year) * 12 + last.month - day.month
    assert (months, (last + timedelta(days=1)).day) == (1, 1)


@given(DAYS)
def test_a_month_before_is_the_same_day_or_the_last_of_a_shorter_month(day):
    before = month_before(day)
    assert (day.year - before.year) * 12 + day.month - before.month == 1
    assert before.day == day.day or (before + timedelta(days=1)).day == 1


def test_a_month_before_a_day_that_february_lacks():
    assert month_before(date(2026, 3, 30)) == date(2026, 2, 28)
    assert month_before(date(2026, 1, 31)) == date(2025, 12, 31)


# --- Working days -----------------------------------------------------------------------------------------
def test_without_exceptions_monday_to_friday_are_worked():
    assert [WorkingCalendar().is_working(date(2026, 3, day)) for day in range(2, 9)] == [True] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("day", "after", "expected"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # Friday; the Saturday is worked
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # over the festival
        (date(2026, 2, 18), 1, date(2026, 2, 24)),  # from within it
        (date(2026, 2, 27), 1, date(2026, 2, 28)),  # the end of the month is a worked Saturday
        (date(2026, 2, 27), 2, date(2026, 3, 2)),
        (date(2026, 2, 14), 0, date(2026, 2, 14)),
        (date(2026, 2, 15), 0, date(2026, 2, 15)),  # nothing is added, so nothing moves
        (date(2026, 12, 31), 1, date(2027, 1, 1)),  # 2027 is not announced: the rule of the week holds
    ],
)
def test_working_days_go_over_holidays_and_count_worked_saturdays(day, after, expected):
    assert SPRING.add(day, after) == expected


def test_working_days_cross_the_leap_day():
    assert WorkingCalendar().add(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert WorkingCalendar().add(date(2028, 2, 28), 2) == date(2028, 3, 1)


def test_working_days_are_counted_forwards():
    with pytest.raises(ValueError, match="forwards"):
        SPRING.add(date(2026, 2, 14), -1)


@given(calendar=CALENDARS, day=DAYS, count=st.integers(min_value=1, max_value=30))
def test_so_many_working_days_lie_in_between(calendar, day, count):
    end = calendar.add(day, count)
    passed = [day + timedelta(days=number) for number in range(1, (end - day).days + 1)]
    assert calendar.is_working(end)
    assert sum(map(calendar.is_working, passed)) == count


# --- The table --------------------------------------------------------------------------------------------
@pytest.fixture
def seeded(db):
    call_command("seed_calendar")


@pytest.mark.usefixtures("seeded")
def test_the_table_knows_the_announced_holidays_and_their_worked_weekends():
    calendar = working_calendar()
    assert all(calendar.is_working(day) == worked for day, worked in SPRING.exceptions.items())
    assert CalendarDay.objects.get(day=date(2026, 2, 16)).name == "春节"
    # Nobody has announced what comes after the list; asked about it, the package would raise.
    assert calendar.is_working(date(2099, 1, 1))


@pytest.mark.usefixtures("seeded")
def test_the_table_holds_exceptions_only():
    assert CalendarDay.objects.count() > 500
    assert all(row.working != (row.day.weekday() < 5) for row in CalendarDay.objects.all())


@pytest.mark.usefixtures("seeded")
def test_seeding_again_adds_nothing_and_says_nothing(capsys):
    before = list(CalendarDay.objects.values())
    call_command("seed_calendar")
    assert list(CalendarDay.objects.values()) == before
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("seeded")
def test_a_correction_by_hand_outlives_the_next_seed():
    call_command("set_calendar_day", "worked", "2026-02-16")
    call_command("set_calendar_day", "usual", "2026-02-17", "2026-02-14")
    call_command("set_calendar_day", "free", "2027-02-08", "--name", "春节")
    call_command("seed_calendar")
    calendar = working_calendar()
    days = (date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 14), date(2027, 2, 8))
    assert [calendar.is_working(day) for day in days] == [True, True, False, False]


@pytest.mark.parametrize("arguments", [("free", "2027-02-30"), ("free", "8 February"), ("holiday", "2027-02-08")])
def test_a_day_that_is_none_is_refused(db, arguments):
    with pytest.raises(CommandError):
        call_command("set_calendar_day", *arguments)
    assert not CalendarDay.objects.exists()


def test_the_calendar_is_one_query(seeded, django_assert_num_queries):
    with django_assert_num_queries(1):
        working_calendar()
