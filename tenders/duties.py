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
from tenders.models import Tender

# Who was replaced after publication keeps the duty: they have had a part in it.
DUTIES = """
    SELECT DISTINCT seat.person_id, part.permission
    FROM (
        SELECT seat_id, 'open_envelopes' FROM tenders_opener
            WHERE tender_id = %(tender)s AND (replaced_at IS NULL OR replaced_at >= %(published_at)s)
        UNION ALL
        SELECT seat_id, 'evaluate' FROM tenders_evaluator
            WHERE tender_id = %(tender)s AND (replaced_at IS NULL OR replaced_at >= %(published_at)s)
        UNION ALL
        SELECT published_by_id, 'publish_tender' FROM tenders_tender WHERE id = %(tender)s
        UNION ALL
        SELECT unnest(ARRAY[proposed_by_id, approved_by_id]), 'publish_tender' FROM tenders_change
            WHERE tender_id = %(tender)s
        UNION ALL
        SELECT unnest(ARRAY[called_by_id, published_by_id]), 'publish_tender' FROM tenders_revealcall
            WHERE tender_id = %(tender)s
        UNION ALL
        SELECT result.published_by_id, 'publish_result' FROM tenders_technicalresult result
            JOIN tenders_lot lot ON lot.id = result.lot_id WHERE lot.tender_id = %(tender)s
        UNION ALL
        SELECT unnest(ARRAY[award.proposed_by_id, award.awarded_by_id]), unnest(ARRAY['publish_result', 'award'])
            FROM tenders_award award JOIN tenders_lot lot ON lot.id = award.lot_id WHERE lot.tender_id = %(tender)s
        UNION ALL
        SELECT objection.answered_by_id, 'answer_objection' FROM tenders_objection objection
            JOIN tenders_lot lot ON lot.id = objection.lot_id WHERE lot.tender_id = %(tender)s
    ) part (seat_id, permission)
    JOIN accounts_seat seat ON seat.id = part.seat_id
"""


def duties(tender: Tender) -> dict[int, set[Permission]]:
    """What each person has done or is named to do in the tender, by primary key of the person."""
    found: dict[int, set[Permission]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(DUTIES, {"tender": tender.pk, "published_at": tender.published_at})
        for person, permission in cursor:
            found[person].add(Permission(permission))
    return found


def permit(tender: Tender, by: Seat, permission: Permission) -> None:
    """Raise Denied unless the seat is one of the tender's agency that may, Refused if its person has another part.

    Every act of an officer on a tender begins with it.
    """
    require(by, permission)
    if by.organisation_id != tender.agency_id:
        raise Denied(permission)
    keep_apart(tender, by, permission)


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
