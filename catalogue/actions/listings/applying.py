"""A supplier applies for the listing of its products, answers what it is asked, or takes an application back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require, require_for
from accounts.actions import require_standing
from accounts.models import Region, Seat
from accounts.permissions import Permission
from catalogue.actions.listings.steps import Change, held, note, required, step
from catalogue.models import Listing, Product, ProductVersion, Verb
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Fault, Refused
from core.money import quantize_price
from core.outbox import queue

MOST_APPLICATIONS = 2000  # products times regions, in one act
_LISTING_APPLIED = Verb.LISTING_APPLIED


@dataclass(frozen=True)
class ListingApplication:
    """What a supplier asks for: a product at a price a pack, in some regions from a day on, and on what it rests."""

    product: Product
    price: Decimal
    regions: Sequence[Region]
    valid_from: date
    basis: str
    evidence: str


@action
def apply_for_listing(*, applications: Sequence[ListingApplication], by: Seat, now: datetime) -> list[Listing]:
    """Apply for the listing of products: one application a product and region, all or none.

    The price binds its supplier from the application on. Refused row by row: what the supplier may not offer, what has
    no known pack, a price that is none, an application that waits already.
    """
    require(by, Permission.APPLY_FOR_LISTING)
    require_standing(by.organisation)
    if not applications:
        raise Refused(_("Name one product at least."), code="empty")
    if sum(len(one.regions) for one in applications) > MOST_APPLICATIONS:
        message = _("Apply for at most %(most)s products and regions at once.") % {"most": f"{MOST_APPLICATIONS:,}"}
        raise Refused(message, code="out_of_range")
    packs = _packs(applications, by, legal_date(now))
    if faults := list(_faults(applications, packs, by, legal_date(now))):
        raise Refused(faults[0].message, faults=faults)
    wanted = [
        Listing(
            product=one.product,
            supplier=by.organisation,
            region=region,
            basis=one.basis,
            price=one.price,
            pack_size=packs[one.product.pk],
            valid_from=one.valid_from,
            evidence=one.evidence.strip(),
            applied_at=now,
            applied_by=by,
        )
        for one in applications
        for region in one.regions
    ]
    made = _insert(wanted)
    note(_LISTING_APPLIED, [(listing, _words(listing)) for listing in made], by=by, now=now)
    first = made[0]
    queue("catalogue.tasks.tell_of_listing", first.reference, first.status, first.supplier_id, now=now)
    return made


@action
def answer_listing(
    *, listing: Listing, price: Decimal, valid_from: date, evidence: str, by: Seat, now: datetime
) -> Listing:
    """Answer what the agency asked back: the application waits for its review again, as it is put now."""
    require_for(by, Permission.APPLY_FOR_LISTING, listing.supplier_id)
    listing = held(listing)
    if listing.status != Listing.Status.ASKED:
        raise Refused(_("Nothing was asked back: the price binds from the application on."), code="not_now")
    one = ListingApplication(listing.product, price, [listing.region], valid_from, listing.basis, evidence)
    packs = _packs([one], by, legal_date(now))
    if faults := list(_row_faults(one, packs, legal_date(now))):
        raise Refused(faults[0].message, faults=faults)
    facts = {
        "price": price,
        "valid_from": valid_from,
        "evidence": evidence.strip(),
        "pack_size": packs[listing.product_id],
        "applied_at": now,
        "applied_by": by,
    }
    told = _words(listing)
    return step(listing, Change(_LISTING_APPLIED, Listing.Status.APPLIED, facts=facts, told=told), by=by, now=now)


@action
def withdraw_listing(*, listing: Listing, reason: str, by: Seat, now: datetime) -> Listing:
    """Take an application back that is not decided."""
    require_for(by, Permission.APPLY_FOR_LISTING, listing.supplier_id)
    reason = required(reason)
    return step(held(listing), Change(Verb.LISTING_WITHDRAWN, Listing.Status.WITHDRAWN, reason=reason), by=by, now=now)


def _packs(applications: Sequence[ListingApplication], by: Seat, today: date) -> dict[int, int]:
    """The pack of each product that the supplier may offer today and whose pack is known."""
    products = [one.product.pk for one in applications]
    offered = ProductVersion.objects.offerable().filter(product__in=products)
    mine = offered.offered_by(by.organisation_id, today, dealers=True)
    return dict(mine.values_list("product", "pack_size"))


def _faults(applications: Sequence[ListingApplication], packs: dict[int, int], by: Seat, today: date) -> list[Fault]:
    keys = [(one.product.pk, region.pk) for one in applications for region in one.regions]
    open_ones = Listing.objects.open().filter(supplier__in=by.lineage, product__in=[key for key, _region in keys])
    seen = set(open_ones.values_list("product", "region"))
    found = []
    for row, one in enumerate(applications, start=1):
        found += [Fault(fault.message, fault.field, row, fault.code) for fault in _row_faults(one, packs, today)]
        for region in one.regions:
            if (one.product.pk, region.pk) in seen:
                message = _("An application for this product in %(region)s waits already.") % {"region": region}
                found.append(Fault(message, "product", row, code="pending"))
            seen.add((one.product.pk, region.pk))
    return found


def _row_faults(one: ListingApplication, packs: dict[int, int], today: date) -> list[Fault]:
    found = []
    if one.product.pk not in packs:
        message = _("You may not offer this product, or the catalogue does not know its pack.")
        found.append(Fault(message, "product", code="not_offered"))
    if not one.price.is_finite() or not 0 < one.price < 10**12:
        found.append(Fault(_("A price is a number above zero."), "price", code="min_value"))
    elif one.price != quantize_price(one.price):
        found.append(Fault(_("A price has at most 6 decimals."), "price", code="max_decimal_places"))
    if not one.regions:
        found.append(Fault(_("Name one region at least."), "regions", code="required"))
    if one.valid_from < today:
        found.append(Fault(_("The first day is today or later."), "valid_from", code="date_out_of_range"))
    if one.basis not in Listing.Basis.values:
        found.append(Fault(_("Choose one of the values offered."), "basis", code="invalid_choice"))
    if not one.evidence.strip():
        found.append(Fault(_("Say what the application rests on."), "evidence", code="required"))
    return found


def _insert(wanted: list[Listing]) -> list[Listing]:
    try:
        with transaction.atomic():
            keys = [listing.pk for listing in Listing.objects.bulk_create(wanted)]
    except IntegrityError:
        raise Conflict(_("Somebody of your organisation has just applied for the same."), code="pending") from None
    return list(Listing.objects.filter(pk__in=keys).select_related("product__item", "product__maker", "region"))


def _words(listing: Listing) -> dict[str, str]:
    return {"product": str(listing.product), "region": str(listing.region)}
