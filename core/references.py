"""Public references such as ``T-2026-0014``: they never show a primary key and never hold a lock."""

from datetime import datetime

from django.db import connection
from django.db.migrations.operations import RunSQL

from core.clock import legal_date


class ReferenceSequence(RunSQL):
    """A migration operation: the counter behind one kind of reference."""

    def __init__(self, name: str) -> None:
        super().__init__(f"CREATE SEQUENCE reference_{name}", f"DROP SEQUENCE reference_{name}")
        self.name = name

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return type(self).__name__, [self.name], {}


def next_reference(name: str, prefix: str, now: datetime) -> str:
    """The next reference of a kind: prefix, legal year of ``now``, number (4 digits or more).

    Numbers go on from year to year. They may have gaps, where a transaction came to nothing, and are
    never given twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"reference_{name}"])
        number = cursor.fetchone()[0]
    return f"{prefix}-{legal_date(now).year}-{number:04d}"
