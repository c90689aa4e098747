"""Tables that lie in months (events, row records, links): their partitions are guarded and made ahead.

The database's function ``make_partition`` alone makes one, with the guards of its table. Rows of a month that has no
partition, in an installation that stood still or in the past of a demo, lie in the one for all others: whether a task
ran decides how quickly old months are read, and never whether an act is done.
"""

from django.apps import AppConfig
from django.db import connection, connections, transaction

MONTHS_AHEAD = 3

_GUARD = """
    SELECT guard_partition(inhrelid::regclass) FROM pg_inherits JOIN pg_class AS whole ON whole.oid = inhparent
    WHERE whole.relkind = 'p' AND relnamespace = 'public'::regnamespace
"""


def make_ahead() -> int:
    """Make the partitions of this month and of those that come next. Returns how many are new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT make_partitions(%s)", [MONTHS_AHEAD])
        return cursor.fetchone()[0]


def guard_partitions(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Put on each partition what its table now has of triggers and policies, and no rights; make those that come."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regproc('make_partitions') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute(_GUARD)
            cursor.execute("SELECT make_partitions(%s)", [MONTHS_AHEAD])
