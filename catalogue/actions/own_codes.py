"""An organisation says what its own system calls items and products."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import Item, OwnCode, Product, Verb
from core.actions import action
from core.errors import Fault, Refused
from core.events import record
from core.models import Event

# Whoever orders, delivers or accepts has a system that calls things by codes of its own.
MAPPERS = (
    Permission.REPORT_DEMAND,
    Permission.PLACE_ORDER,
    Permission.ACCEPT_DELIVERY,
    Permission.CONFIRM_ORDER,
    Permission.DELIVER,
)


@dataclass(frozen=True)
class OwnCodeRow:
    """A code, and the item or the product that it names; neither: it names nothing any more."""

    code: str
    item: Item | None = None
    product: Product | None = None


@action
def set_own_codes(*, rows: Sequence[OwnCodeRow], by: Seat, now: datetime) -> list[OwnCode]:
    """Set some codes of the seat's organisation; others stay. Returns those that name something now.

    Refused row by row where a code stands there twice, or names an item and a product at once.
    """
    require(by, *MAPPERS)
    _check(rows)
    organisation = by.organisation_id
    given = {row.code for row in rows}
    before = set(OwnCode.objects.filter(organisation=organisation, code__in=given).values_list("code", flat=True))
    named = [row for row in rows if row.item or row.product]
    gone = before - {row.code for row in named}
    OwnCode.objects.filter(organisation=organisation, code__in=gone).delete()
    made = [OwnCode(organisation_id=organisation, set_at=now, set_by=by, **vars(row)) for row in named]
    fields = ("item", "product", "set_at", "set_by")
    OwnCode.objects.bulk_create(
        made, update_conflicts=True, unique_fields=("organisation", "code"), update_fields=fields
    )
    record(
        Verb.OWN_CODES_SET,
        by.organisation.credit_code,
        by=by,
        now=now,
        audience=Event.Audience.NAMED,
        set=len(made),
        removed=len(gone),
    )
    return made


def _check(rows: Sequence[OwnCodeRow]) -> None:
    times = Counter(row.code for row in rows)
    faults = []
    for number, row in enumerate(rows, start=1):
        if times[row.code] > 1:
            faults.append(Fault(_("This code stands there twice."), "code", number, "twice"))
        if row.item and row.product:
            faults.append(Fault(_("Name an item or a product, not both."), "product", number, "not_both"))
    if faults:
        raise Refused(faults[0].message, faults=faults)
