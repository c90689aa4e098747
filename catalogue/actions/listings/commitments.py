"""Of whom hospitals are committed to buy an item: recorded as a dated fact, and ended before its day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Organisation, Region, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.actions.listings.steps import required
from catalogue.models import Item, SingleSource, Variety, Verb
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.events import record
from core.models import Event


@dataclass(frozen=True)
class Commitment:
    """An item or a variety is bought of a supplier in a region, by one hospital of it or by all, from and until a day,
    by which decision or contract."""

    supplier: Organisation
    region: Region
    valid_from: date
    valid_to: date
    source: str
    item: Item | None = None
    variety: Variety | None = None
    hospital: Organisation | None = None


@action
def record_single_source(*, commitment: Commitment, by: Seat, now: datetime) -> SingleSource:
    """Record of whom is bought. Refused where another commitment holds for the same in that time."""
    require(by, Permission.LIST_PRODUCT)
    if (commitment.item is None) == (commitment.variety is None):
        raise Refused(_("Name an item or a variety."), field="item", code="not_both")
    if commitment.supplier.kind != OrganisationKind.SUPPLIER:
        raise Refused(_("Only a supplier can be committed to."), field="supplier", code="wrong_kind")
    if commitment.hospital is not None and commitment.hospital.kind != OrganisationKind.HOSPITAL:
        raise Refused(_("Name a hospital, or leave it empty for all."), field="hospital", code="wrong_kind")
    if commitment.valid_to < commitment.valid_from:
        raise Refused(_("The end cannot be before the start."), field="valid_to", code="end_before_start")
    if not commitment.source.strip():
        raise Refused(_("Name the decision or contract."), field="source", code="required")
    try:
        with transaction.atomic():
            made = SingleSource.objects.create(recorded_at=now, recorded_by=by, **vars(commitment))
    except IntegrityError:
        message = _("Another commitment holds for the same item, region and hospital in this time.")
        raise Refused(message, field="valid_from", code="overlap") from None
    told = {
        "item": str(commitment.item or commitment.variety),
        "supplier": commitment.supplier.name,
        "last_day": commitment.valid_to.isoformat(),
    }
    _record(Verb.SINGLE_SOURCE_RECORDED, made, by=by, now=now, **told)
    return made


@action
def end_single_source(
    *, commitment: SingleSource, last_day: date, reason: str, by: Seat, now: datetime
) -> SingleSource:
    """End a commitment before its day: today at the earliest, because orders rested on it until then."""
    require(by, Permission.LIST_PRODUCT)
    reason = required(reason)
    earliest = max(commitment.valid_from, legal_date(now))
    if not earliest <= last_day < commitment.valid_to:
        message = _("The last day is %(day)s or later, and before the day on which it ends anyhow.")
        raise Refused(message % {"day": earliest}, field="last_day", code="date_out_of_range")
    facts = {"valid_to": last_day, "ended_at": now, "ended_by": by, "end_reason": reason}
    if SingleSource.objects.filter(pk=commitment.pk, ended_at=None).update(**facts) != 1:
        raise Conflict(_("Somebody else has just ended this commitment."))
    commitment.refresh_from_db()
    _record(Verb.SINGLE_SOURCE_ENDED, commitment, by=by, now=now, last_day=last_day.isoformat(), reason=reason)
    return commitment


def _record(verb: Verb, commitment: SingleSource, *, by: Seat, now: datetime, **told: str) -> None:
    concerned = [key for key in (commitment.supplier_id, commitment.hospital_id) if key]
    public = Event.Audience.PUBLIC
    record(verb, commitment.reference, by=by, now=now, audience=public, organisations=concerned, **told)
