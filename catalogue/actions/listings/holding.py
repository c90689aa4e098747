"""A listed product is suspended, resumed or delisted, each with its reason; orders placed before stand."""

from datetime import datetime

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions.listings.steps import Change, held, required, step
from catalogue.actions.prices import end_listing_price
from catalogue.models import Listing, Verb
from core.actions import action
from core.clock import legal_date


@action
def suspend_listing(*, listing: Listing, reason: str, by: Seat, now: datetime) -> Listing:
    """Stop orders of a listed product from now on, until it is resumed; its price stays in the register."""
    require(by, Permission.LIST_PRODUCT)
    reason = required(reason)
    return step(held(listing), Change(Verb.LISTING_SUSPENDED, Listing.Status.SUSPENDED, reason=reason), by=by, now=now)


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
    told = {"day": legal_date(now).isoformat()}
    step(listing, Change(Verb.DELISTED, Listing.Status.DELISTED, reason=reason, told=told), by=by, now=now)
    end_listing_price(listing=listing, by=by, now=now)
    return listing
