"""What day it is for the law, and the one clock that dates a bid."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core.calendar import local_date
from core.events import record
from core.models import Verb


def zone() -> ZoneInfo:
    return ZoneInfo(settings.PLATFORM_TIME_ZONE)


def legal_date(now: datetime) -> date:
    """The legal date of an instant in the platform's time zone."""
    return local_date(now, zone())


def end_of(day: date) -> datetime:
    """The last second of a legal date."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone())


def database_clock() -> datetime:
    """The instant that the database's own clock shows. Bids are dated by it and by nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT platform_clock()")
        return cursor.fetchone()[0]


def set_database_clock(instant: datetime | None) -> None:
    """Make the database's clock stand at an instant; None sets it free again.

    Only the owner of the database may do this, and only in an installation marked ``demo`` or
    ``test``: the database itself refuses everybody else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_platform_clock(%s)", [instant])


def mark_installation(kind: str) -> None:
    """Record what this installation is: ``production``, ``demo`` or ``test``. Owner only."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT mark_installation(%s)", [kind])
        record(Verb.INSTALLATION_MARKED, "", by=None, now=timezone.now(), kind=kind)


def installation_kind() -> str:
    """What this installation is marked as; ``production`` where nobody marked it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM core_installation")
        row = cursor.fetchone()
    return row[0] if row else "production"
