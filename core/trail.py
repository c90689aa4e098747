"""The trail: every change of a recorded row leaves a record, and the records form one chain without a gap.

Who wrote a record, in the transaction of the change, is ``core.triggers.Recorder``. The sequencer here gives each
record that has committed its number and its hash, so that nothing in the past can be changed, left out or put in
without changing the hash of everything after it. Signed heads outside this database (``oversight``) hold the chain
to what it was.
"""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import connection, models, transaction

from core.models import Link
from core.triggers import is_recorded

AT_ONCE = 100_000  # records linked in one transaction


# Tables without a model whose rows are recorded (``core.migrations._by_hand``), and their keys.
BY_HAND = {"core_clock": "one", "core_installation": "one"}


@dataclass(frozen=True)
class Tip:
    """The end of the chain: how many links there are, and the hash of the last ("" where there is none)."""

    number: int
    hash: str


def link_waiting() -> int:
    """Append every committed record that is not linked yet; returns how many.

    Whoever calls at the same moment waits for the other. What commits meanwhile waits for the next call.
    """
    linked = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT link_trail(%s)", [AT_ONCE])
            made = cursor.fetchone()[0]
        linked += made
        if made < AT_ONCE:
            return linked


def tip() -> Tip:
    """The end of the chain as it is now."""
    last = Link.objects.order_by("-number").first()
    return Tip(last.number, bytes(last.hash).hex()) if last else Tip(0, "")


def waiting_since() -> datetime | None:
    """When the oldest record was written that has no link yet; None where all are linked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(recorded_at) FROM core_unlinked")
        return cursor.fetchone()[0]


def recorded_models() -> list[type[models.Model]]:
    """The models each of whose rows has its last state in the trail."""
    return [model for model in apps.get_models() if is_recorded(model)]
