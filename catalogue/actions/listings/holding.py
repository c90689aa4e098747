"""A listed product is suspended, resumed or delisted, each with its reason; orders placed before stand."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions.listings.steps import Change, held, required, step
from catalogue.actions.prices import end_listing_price
from catalogue.models import Listing, Product, Verb
from core.actions import action
from core.clock import legal_date

_HOLD = "SELECT id FROM catalogue_product WHERE id = ANY(%s) ORDER BY id FOR SHARE"


def hold_listed(products: Collection[int]) -> None:
    """Let no listing of these products, by primary key, be suspended or delisted, and none of them be withdrawn, until
    commit: whoever orders them reads afterwards how they stand. Orders do not wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [sorted(products)])


def let_orders_end(product: int) -> None:
    """Wait for orders of a product, by primary key, that are being placed; those that begin now wait in their turn."""
    Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product)


@action
def suspend_listing(*, listing: Listing, reason: str, by: Seat, now: datetime) -> Listing:
    """Stop orders of a listed product from now on, until it is resumed; its price stays in the register."""
    require(by, Permission.LIST_PRODUCT)
    reason, listing = required(reason), held(listing)
    let_orders_end(listing.product_id)
    return step(listing, Change(Verb.LISTING_SUSPENDED, Listing.Status.SUSPENDED, reason=reason), by=by, now=now)


@action
def resume_listing(*, listing: Listing, reason: str, by: Seat, now: datetime) -> Listing:
    """Let a suspended product be ordered again."""
    require(by, Permission.LIST_PRODUCT)
    reason, listing = required(reason), held(listing)
    return step(listing, Change(Verb.LISTING_RESUMED, Listing.Status.LISTED, reason=reason), by=by, now=now)


@action
def delist(*, listing: Listing, reason: str, by: Seat, now: datetime) -> Listing:
    """End a listing from now on; its price ends with today. The supplier may apply anew."""
    require(by, Permission.LIST_PRODUCT)
    reason, listing = required(reason), held(listing)
    let_orders_end(listing.product_id)
    told = {"day": legal_date(now).isoformat()}
    step(listing, Change(Verb.DELISTED, Listing.Status.DELISTED, reason=reason, told=told), by=by, now=now)
    end_listing_price(listing=listing, by=by, now=now)
    return listing
