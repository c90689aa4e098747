"""Listed products, made through the real acts."""

from datetime import date
from decimal import Decimal

from accounts.models import Region
from catalogue.actions import ListingApplication, apply_for_listing, list_product, review_listing
from catalogue.models import Listing, ProductVersion
from core.clock import legal_date
from tests.contracts.builders import product
from tests.world import NOW, World

TODAY = legal_date(NOW)


def applied(
    world: World,
    *,
    version: ProductVersion | None = None,
    price: str = "10.50",
    region: Region | None = None,
    day: date = TODAY,
    now=NOW,
) -> Listing:
    """An application of the supplier for a product of its own."""
    version = version or product("Listed medicine", maker=world.supplier)
    one = ListingApplication(
        version.product, Decimal(price), [region or world.region], day, "direct", "Notice 12 of 2026"
    )
    return apply_for_listing(applications=[one], by=world.bid_manager, now=now)[0]


def listed(world: World, **facts) -> Listing:
    """A listed product: applied for, reviewed by one officer and listed by another."""
    now = facts.get("now", NOW)
    reviewed = review_listing(listing=applied(world, **facts), by=world.cataloguer, now=now)
    return list_product(listing=reviewed, by=world.awarder, now=now)
