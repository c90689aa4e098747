"""Who has which part in a tender, counted by person, whatever seat they act from, and who may therefore act."""

from collections import defaultdict
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import EXCLUSIVE_IN_ONE_TENDER, Permission
from core.clock import legal_date
from core.errors import Denied, Refused
from tenders.models import Part, Tender

# Who is named and has done nothing yet has the duty too; with the publication and the first act it is written for ever.
DUTIES = """
    SELECT person_id, permission FROM tenders_part WHERE tender_id = %(tender)s
    UNION
    SELECT seat.person_id, named.permission
    FROM (
        SELECT seat_id, 'open_envelopes' FROM tenders_opener WHERE tender_id = %(tender)s AND replaced_at IS NULL
        UNION ALL
        SELECT seat_id, 'evaluate' FROM tenders_evaluator WHERE tender_id = %(tender)s AND replaced_at IS NULL
    ) named (seat_id, permission)
    JOIN accounts_seat seat ON seat.id = named.seat_id
"""


def duties(tender: Tender) -> dict[int, set[Permission]]:
    """What each person has done or is named to do in the tender, by primary key of the person."""
    found: dict[int, set[Permission]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(DUTIES, {"tender": tender.pk})
        for person, permission in cursor:
            found[person].add(Permission(permission))
    return found


def permit(tender: Tender, by: Seat, permission: Permission) -> None:
    """Let a seat of the tender's agency act, and write down that its person has this part.

    Raises Denied unless the seat may, Refused if its person has a part that excludes it. Every act of an officer on a
    tender begins with it.
    """
    require(by, permission)
    if by.organisation_id != tender.agency_id:
        raise Denied(permission)
    keep_apart(tender, by, permission)
    take_part(tender, by, permission)


def keep_apart(tender: Tender, seat: Seat, permission: Permission, *, field: str = "") -> None:
    """Raise Refused if the seat's person has a part in the tender that excludes ``permission``."""
    for held in sorted(duties(tender).get(seat.person_id, ())):
        if frozenset({held, permission}) in EXCLUSIVE_IN_ONE_TENDER:
            raise Refused(
                _("%(person)s must not “%(permission)s” here, having the part to “%(held)s” in the same tender.")
                % {"person": seat.person.name, "permission": permission.label, "held": held.label},
                field=field,
                code="exclusive",
            )


def take_part(tender: Tender, seat: Seat, permission: Permission) -> None:
    """Write down that the seat's person has this part in the tender. Within the action that is the part."""
    Part.objects.take(tender, [seat.person_id], permission)


def fix_parts_of_named(tender: Tender) -> None:
    """Write down the parts of everybody who is named as opener or evaluator when the tender is published."""
    for named, permission in ((tender.openers, Permission.OPEN_ENVELOPES), (tender.evaluators, Permission.EVALUATE)):
        Part.objects.take(tender, named.filter(replaced_at=None).values_list("seat__person", flat=True), permission)


def second_officers(tender: Tender, by: Seat, now: datetime) -> list[Seat]:
    """The seats from which another person than ``by`` may publish or change the tender today."""
    held = duties(tender)
    barred = {
        person
        for person, parts in held.items()
        if any(frozenset({part, Permission.PUBLISH_TENDER}) in EXCLUSIVE_IN_ONE_TENDER for part in parts)
    }
    seats = Seat.objects.current(legal_date(now)).filter(organisation=tender.agency_id).exclude(person=by.person_id)
    named = seats.exclude(person__in=barred).select_related("person", "organisation").order_by("person__name")
    return [seat for seat in named if seat.may(Permission.PUBLISH_TENDER)]


def administrators(tender: Tender, now: datetime) -> list[Seat]:
    """Who invites people to the agency, where it has too few officers for two to act."""
    seats = Seat.objects.current(legal_date(now)).filter(organisation=tender.agency_id).with_role("administrator")
    return list(seats.select_related("person").order_by("person__name"))
