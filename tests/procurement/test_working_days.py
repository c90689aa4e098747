"""A clock that counts working days into a year without holidays says so, and officers are reminded in time."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from core.calendar import WorkingCalendar
from core.workdays import provisional
from procurement import working_days
from procurement.shell import todos
from tests.contracts.pages import sitting

pytestmark = pytest.mark.django_db
NEW_YEAR = "2027-01-01"


def reminded(seat, *day):
    return [str(todo.what) for todo in working_days.todos(seat, datetime(*day, tzinfo=UTC))]


def test_a_day_counted_into_a_year_without_holidays_is_provisional():
    calendar = WorkingCalendar({date(2026, 1, 1): False})
    assert provisional(calendar.add(date(2026, 12, 30), 1), calendar) == ""
    assert "2027" in provisional(calendar.add(date(2026, 12, 30), 2), calendar)


def test_an_officer_is_reminded_of_next_years_holidays_from_november(world):
    call_command("set_calendar_day", "free", "2026-01-01")
    assert reminded(world.officer, 2026, 10, 31) == []
    (told,) = reminded(world.officer, 2026, 11, 1)
    assert "2027" in told
    assert reminded(world.pharmacist, 2026, 11, 1) == []
    call_command("set_calendar_day", "free", NEW_YEAR)
    assert reminded(world.officer, 2026, 12, 31) == []


def test_what_was_not_entered_by_then_is_asked_for_all_the_year(world):
    assert any("2027" in told for told in reminded(world.officer, 2027, 3, 1))


def test_november_begins_in_the_platforms_zone(world):
    call_command("set_calendar_day", "free", "2026-01-01")
    assert reminded(world.officer, 2026, 10, 31, 16) != []
    assert reminded(world.officer, 2026, 10, 31, 15, 59) == []


def test_the_reminder_stands_on_the_home_page_and_leads_to_how_it_is_done(world):
    now = datetime(2027, 1, 2, tzinfo=UTC)
    found = next(todo for todo in todos(world.officer, now) if "2027" in str(todo.what))
    page = sitting(world.officer).get(found.url).content.decode()
    assert "set_calendar_day" in page
