"""A listing price ends with its listing."""

from datetime import datetime

from django.db.models import Q

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.models import Listing, PriceEntry, Verb
from core.actions import action
from core.clock import legal_date
from core.events import record_all


@action
def end_listing_price(*, listing: Listing, by: Seat, now: datetime) -> None:
    """End the listing prices of a listing's product in its region with today, whatever cut them since; of one that has
    not begun its first day stays, on which nobody orders, because the listing does not stand."""
    require(by, Permission.LIST_PRODUCT)
    today = legal_date(now)
    rows = PriceEntry.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=today),
        product=listing.product_id,
        kind=PriceEntry.Kind.LISTING,
        region=listing.region_id,
    )
    ended = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for entry in ended:
        entry.valid_to = max(today, entry.valid_from)
    PriceEntry.objects.bulk_update(ended, ["valid_to"])
    told = [
        {
            "kind": PriceEntry.Kind.LISTING.label,
            "price": f"{entry.price.normalize():f}",
            "item": str(listing.product.item),
            "last_day": str(entry.valid_to),
        }
        for entry in ended
    ]
    record_all(Verb.PRICE_ENDED, [(listing.product.item.reference, one) for one in told], by=by, now=now)
