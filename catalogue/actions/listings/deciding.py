"""The agency's answer to applications: one officer reviews, another lists; each asks back or refuses with a reason."""

from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import Permission
from catalogue.actions.listings.holding import let_orders_end
from catalogue.actions.listings.steps import Change, held, required, step
from catalogue.actions.prices import record_listing_prices
from catalogue.actions.prices.recording import require_within_bounds
from catalogue.models import Listing, ProductVersion, Verb
from catalogue.rules import PriceFact
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Refused
from core.templatetags.ui import price as price_words

_DECIDES = (Permission.REVIEW_LISTING, Permission.LIST_PRODUCT)


@action
def review_listing(*, listing: Listing, valid_from: date | None = None, by: Seat, now: datetime) -> Listing:
    """Find an application in order and propose its first day, never before the one that was applied for nor today.

    The price is the one that the supplier applied for: another one is asked back for.
    """
    require(by, Permission.REVIEW_LISTING)
    listing = held(listing)
    day = max(valid_from or listing.valid_from, legal_date(now))
    if day < listing.valid_from:
        message = _("The supplier sells at this price from %(day)s on.") % {"day": listing.valid_from}
        raise Refused(message, field="valid_from", code="date_out_of_range")
    require_within_bounds([replace(_fact(listing), valid_from=day)])
    facts = {"reviewed_at": now, "reviewed_by": by, "valid_from": day}
    told = {"day": day.isoformat()}
    return step(listing, Change(Verb.LISTING_REVIEWED, Listing.Status.REVIEWED, facts=facts, told=told), by=by, now=now)


@action
def list_product(*, listing: Listing, by: Seat, now: datetime) -> Listing:
    """List a reviewed product: from its first day the register has the price, and hospitals of the region may order.

    By another person than its reviewer. A listing of the same supplier for the same product and region is replaced from
    that day on; refused while that one is suspended, or where another supplier has the product listed there.
    """
    require(by, Permission.LIST_PRODUCT)
    listing = held(listing)
    if listing.reviewed_by is not None and listing.reviewed_by.person_id == by.person_id:
        raise Refused(_("Somebody else than who reviewed the application lists the product."), code="same_person")
    day = max(listing.valid_from, legal_date(now))
    _check_offered(listing, legal_date(now))
    let_orders_end(listing.product_id)
    _replace(listing, day, by=by, now=now)
    facts = {"listed_at": now, "listed_by": by, "valid_from": day}
    told = {
        "product": str(listing.product),
        "region": str(listing.region),
        "price": price_words(listing.price),
        "day": day.isoformat(),
    }
    try:
        with transaction.atomic():
            step(listing, Change(Verb.LISTED, Listing.Status.LISTED, facts=facts, told=told), by=by, now=now)
    except IntegrityError:
        raise Conflict(_("Somebody has just listed this product in this region."), code="already_done") from None
    record_listing_prices(entries=[_fact(listing)], by=by, now=now)
    return listing


@action
def ask_back(*, listing: Listing, reason: str, by: Seat, now: datetime) -> Listing:
    """Ask the supplier for what is missing; the application waits for it."""
    require(by, Permission.REVIEW_LISTING)
    reason = required(reason)
    return step(held(listing), Change(Verb.LISTING_ASKED, Listing.Status.ASKED, reason=reason), by=by, now=now)


@action
def return_listing(*, listing: Listing, reason: str, by: Seat, now: datetime) -> Listing:
    """Whoever should list it finds the review wanting: the application goes back to its reviewers."""
    require(by, Permission.LIST_PRODUCT)
    reason, listing = required(reason), held(listing)
    if listing.status != Listing.Status.REVIEWED:
        raise Refused(_("This application is not reviewed."), code="not_now")
    facts = {"reviewed_at": None, "reviewed_by": None}
    return step(
        listing, Change(Verb.LISTING_RETURNED, Listing.Status.APPLIED, reason=reason, facts=facts), by=by, now=now
    )


@action
def refuse_listing(*, listing: Listing, reason: str, by: Seat, now: datetime) -> Listing:
    """Do not list the product; the supplier may apply anew."""
    require(by, *_DECIDES)
    reason = required(reason)
    return step(held(listing), Change(Verb.LISTING_REFUSED, Listing.Status.REFUSED, reason=reason), by=by, now=now)


def _check_offered(listing: Listing, today: date) -> None:
    """Refused where the supplier may not offer the product any more, or its pack has changed since."""
    versions = ProductVersion.objects.offerable().filter(product=listing.product, pack_size=listing.pack_size)
    if not versions.offered_by(listing.supplier_id, today, dealers=True).exists():
        message = _("The supplier may not offer this product any more, or its pack has changed: ask back.")
        raise Refused(message, code="not_offered")


def _replace(listing: Listing, day: date, *, by: Seat, now: datetime) -> None:
    """Let the listing that holds for the same product and region end where this one begins."""
    standing = Listing.objects.filter(
        product=listing.product_id, region=listing.region_id, status__in=("listed", "suspended")
    )
    for before in standing.select_for_update(of=("self",)):
        if before.supplier_id != listing.supplier_id:
            raise Refused(_("Another supplier has this product listed in this region."), code="overlap")
        if before.status == Listing.Status.SUSPENDED:
            message = _("Listing %(listing)s of this product is suspended: resume or delist it first.")
            raise Refused(message % {"listing": before.reference}, code="not_now")
        if before.valid_from >= day:
            message = _("Listing %(listing)s of this product begins on %(day)s: this one must begin later.")
            raise Refused(message % {"listing": before.reference, "day": before.valid_from}, code="overlap")
        reason = _("replaced by %(listing)s") % {"listing": listing.reference}
        told = {"day": day.isoformat()}
        step(before, Change(Verb.DELISTED, Listing.Status.DELISTED, reason=reason, day=day, told=told), by=by, now=now)


def _fact(listing: Listing) -> PriceFact:
    return PriceFact(
        item_id=listing.product.item_id,
        product_id=listing.product_id,
        region_code=listing.region_id,
        price=listing.price,
        units=listing.pack_size,
        valid_from=listing.valid_from,
        source=listing.reference,
    )
