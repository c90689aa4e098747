"""A listing price ends with its listing, an award price with its award."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import Listing, PriceEntry, Verb
from catalogue.querysets import PriceEntryQuerySet
from core.actions import action
from core.clock import legal_date
from core.events import record_all


@action
def end_listing_price(*, listing: Listing, by: Seat, now: datetime) -> None:
    """End the listing prices of a listing's product in its region with today, whatever cut them since; of one that has
    not begun its first day stays, on which nobody orders, because the listing does not stand."""
    require(by, Permission.LIST_PRODUCT)
    rows = PriceEntry.objects.filter(product=listing.product_id, kind=PriceEntry.Kind.LISTING, region=listing.region_id)
    _end(rows, by, now)


@action
def end_award_prices(*, source: str, products: Collection[int], by: Seat, now: datetime) -> None:
    """End the award prices of some products, by primary key, that came from this procedure and lot with today; of one
    that has not begun its first day stays, on which nobody orders, because no contract has it."""
    require(by, Permission.AWARD)
    _end(PriceEntry.objects.filter(product__in=products, kind=PriceEntry.Kind.AWARD, source=source), by, now)


def _end(prices: PriceEntryQuerySet, by: Seat, now: datetime) -> None:
    today = legal_date(now)
    lasting = prices.filter(Q(valid_to=None) | Q(valid_to__gt=today)).select_related("item")
    ended = list(lasting.select_for_update(of=("self",)).order_by("pk"))
    for entry in ended:
        entry.valid_to = max(today, entry.valid_from)
    PriceEntry.objects.bulk_update(ended, ["valid_to"])
    told = [
        {
            "kind": PriceEntry.Kind(entry.kind).label,
            "price": f"{entry.price.normalize():f}",
            "item": str(entry.item),
            "last_day": str(entry.valid_to),
        }
        for entry in ended
    ]
    subjects = [entry.item.reference for entry in ended]
    record_all(Verb.PRICE_ENDED, list(zip(subjects, told, strict=True)), by=by, now=now)
