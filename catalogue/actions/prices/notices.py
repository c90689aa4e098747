"""Word of prices that bind others, to all whom they touch."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from accounts.actions import notify
from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.models import Authorisation, Maker, PriceChange, PriceEntry, PriceLine
from core.actions import action
from core.clock import legal_date

_NAMED = 3  # items that a message names
_BINDING = (PriceChange.Act.CUT, PriceChange.Act.UNIFY)
_TEXT = _("Prices change from %(day)s (%(change)s): %(items)s. %(reason)s")


@action
def tell_of_price_change(*, change: PriceChange, now: datetime) -> int:
    """Tell those who may offer the products, and those who order in the hospitals of the region, once each; of a price
    that is hidden its parties alone. Answers with how many messages are new."""
    if change.act not in _BINDING or change.status != PriceChange.Status.CONFIRMED:
        return 0
    lines = list(change.lines.select_related("item", "product", "region").order_by("number"))
    shown = [line for line in lines if line.visibility == PriceEntry.Visibility.PUBLIC]
    parties = {party for line in lines for party in line.parties}
    told = _tell(change, shown, _touched(shown, legal_date(now)), now=now)
    hidden = [line for line in lines if line not in shown]
    return told + _tell(change, hidden, parties, now=now)


def _touched(lines: list[PriceLine], day: date) -> set[int]:
    products = Q(products__in={line.product_id for line in lines if line.product_id})
    items = Q(products__item__in={line.item_id for line in lines if not line.product_id})
    makers = Maker.objects.filter(products | items).values("pk")
    holders = Maker.objects.filter(organisation__isnull=False)
    touched = set(holders.filter(pk__in=makers).values_list("organisation", flat=True))
    touched |= set(Authorisation.objects.in_force(day).filter(maker__in=makers).values_list("supplier", flat=True))
    hospitals = Organisation.objects.standing().of_kind(OrganisationKind.HOSPITAL)
    for region in {line.region for line in lines}:
        touched |= set(hospitals.within(region).values_list("pk", flat=True))
    return touched


def _tell(change: PriceChange, lines: list[PriceLine], organisations: Iterable[int], *, now: datetime) -> int:
    if not lines:
        return 0
    today, first = legal_date(now), lines[0]
    seats = Seat.objects.none()
    for permission in (Permission.PLACE_ORDER, Permission.SIGN_CONTRACT, Permission.BID):
        seats = seats | Seat.objects.that_may(permission, organisations, today)
    items = list(dict.fromkeys(str(line.item) for line in lines))
    more = f" (+{len(items) - _NAMED})" if len(items) > _NAMED else ""
    return notify(
        seats=list(seats.exclude(organisation__kind=OrganisationKind.AGENCY).distinct().order_by("pk")),
        subject=change.reference,
        text=_TEXT,
        data={
            "day": first.valid_from.isoformat(),
            "change": change.source,
            "items": "; ".join(items[:_NAMED]) + more,
            "reason": change.reason,
        },
        path=reverse("catalogue:item", args=[first.item.reference]),
        about=f"price_change:{change.reference}",
        now=now,
    )
