"""`manage.py set_calendar_day`: corrects the calendar where the installed list does not know better."""

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandParser

from core.models import CalendarDay
from core.workdays import set_days

WORKED, FREE, USUAL = "worked", "free", "usual"


def day_of(text: str) -> date:
    """A date as 2027-02-06."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no date such as 2027-02-06") from None


class Command(BaseCommand):
    help = "Says that days are worked, free, or as usual (Monday to Friday worked)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=(WORKED, FREE, USUAL))
        parser.add_argument("days", nargs="+", type=day_of, metavar="YYYY-MM-DD")
        parser.add_argument("--name", default="", help="the holiday, as people call it")

    def handle(self, *args: object, kind: str, days: list[date], name: str, **options: object) -> None:
        # "As usual" is written down too, or the list would bring the exception back with the next start.
        set_days(
            CalendarDay(day=day, working=day.weekday() < 5 if kind == USUAL else kind == WORKED, name=name)
            for day in days
        )
