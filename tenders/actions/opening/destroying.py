"""The end of a tender's keys: openers declare them destroyed, and what was never opened is deleted."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Seat
from core.actions import action
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event
from sealing.documents import DESTRUCTION, read_document
from sealing.errors import SealError
from tenders.actions.keys import opener_of
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.keylist import current_openers, fingerprint
from tenders.models import KeyDestruction, Opener, Tender, Verb


@action
def declare_key_destroyed(*, tender: Tender, document: bytes, by: Seat, now: datetime) -> KeyDestruction:
    """Take an opener's signed statement that every copy of its keys is destroyed.

    Possible once every lot of the tender has ended or the tender was cancelled, while nothing holds a lot and no result
    can still be objected to; the database asks the same. As soon as
    fewer keys are left than open an envelope, the seals that were never opened are deleted; their hashes stay.
    """
    opener = opener_of(tender, by)
    wait_for_bids_in_flight(tender)
    tender.refresh_from_db()
    if not tender.over():
        raise Refused(
            _("The keys are kept until every lot has ended, nothing holds one, and no result can be objected to."),
            code="not_now",
        )
    try:
        body = read_document(document, [opener.signing_key]).body
    except SealError:
        body = {}
    printed = fingerprint(tender, current_openers(tender))
    stated = {"format": DESTRUCTION, "tender": tender.reference, "opener": opener.place, "keys": printed}
    if not stated.items() <= body.items():
        raise Refused(
            _("This is not the statement of place %(place)s about the keys of this tender.") % {"place": opener.place},
            field="document",
            code="other_document",
        )
    if KeyDestruction.objects.filter(opener=opener).exists():
        raise Conflict(_("You have declared your key destroyed already."), code="destroyed")
    destruction = KeyDestruction.objects.create(opener=opener, document=document, destroyed_at=now, destroyed_by=by)
    record(Verb.KEY_DESTROYED, tender.reference, by=by, now=now, audience=Event.Audience.PUBLIC, place=opener.place)
    if keys_left(tender) == tender.openers_needed - 1:
        seals = _delete_seals(tender)
        record(Verb.SEALS_DELETED, tender.reference, by=None, now=now, audience=Event.Audience.PUBLIC, seals=seals)
    return destruction


def keys_left(tender: Tender) -> int:
    """How many openers of a tender have not declared their key destroyed."""
    return Opener.objects.filter(tender=tender, replaced_at=None, destruction=None).count()


def _delete_seals(tender: Tender) -> int:
    """Delete every envelope that was never opened; only the database's own function may, and it asks again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT delete_unopened_seals(%s)", [tender.pk])
        return int(cursor.fetchone()[0])
