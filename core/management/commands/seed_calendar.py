"""`manage.py seed_calendar`: takes the public holidays that China has announced into the calendar table."""

from chinese_calendar import Holiday, constants
from django.core.management.base import BaseCommand

from core.models import CalendarDay
from core.workdays import set_days

NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


class Command(BaseCommand):
    help = "Adds the days that the installed list knows. A day that is in the calendar already stays as it is."

    def handle(self, *args: object, **options: object) -> None:
        # Years that nobody has announced are simply not in the list; asked about one, the package would raise.
        free = {day: name for day, name in constants.holidays.items() if day.weekday() < 5}
        worked = {day: name for day, name in constants.workdays.items() if day.weekday() >= 5}
        known = set(CalendarDay.objects.values_list("day", flat=True))
        added = set_days(
            CalendarDay(day=day, working=working, name=NAMES.get(name, name))
            for working, days in ((False, free), (True, worked))
            for day, name in days.items()
            if day not in known
        )
        if added:
            self.stdout.write(f"  added {added} days to the calendar, which is now known to {max(free).year}")
