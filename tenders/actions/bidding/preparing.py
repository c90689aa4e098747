"""Beginning a bid: which product of which supplier in which lot. It says nothing of the offer."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.models import Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.models import ProductVersion
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.events import record
from core.models import Event
from sealing.offers import MOST_PRODUCTS
from tenders.models import Bid, BidProduct, Lot, Verb, random_reference


@action
def prepare_bid(*, lot: Lot, product_version: ProductVersion, by: Seat, now: datetime) -> Bid:
    """Begin a supplier's bid with one product in one lot of a tender that is open for bids.

    In a lot that asks for registrations it covers all models that have the product's registration number. Refused for
    a product that is not of the lot, whose pack is unknown, or that the supplier may not offer: only the maker or
    marketing authorisation holder bids, the sole agent of imports, and a dealer where the rules let dealers bid.
    Conflict for a second bid with the same product. Nobody but the supplier learns of it.
    """
    require(by, Permission.BID)
    if by.organisation.kind != OrganisationKind.SUPPLIER:
        raise Denied(Permission.BID)
    if not lot.tender.open_for_bids(now):
        raise Refused(_("This tender is not open for bids."), code="not_open")
    if not ProductVersion.objects.offerable().filter(pk=product_version.pk).exists():
        raise Refused(
            _("This product cannot be offered: its pack is not known, or a newer version replaced it."),
            field="product_version",
        )
    if not lot.products_of(by.organisation_id, legal_date(now)).filter(pk=product_version.pk).exists():
        raise Refused(
            _("Only the registered maker or holder of a product, or its sole agent, bids with it."),
            field="product_version",
        )
    if not lot.lot_items.filter(item=product_version.product.item_id).exists():
        raise Refused(_("This product belongs to none of the items of the lot."), field="product_version")
    by_registration = lot.offered == Lot.Offered.REGISTRATION
    covered = _models(lot, product_version, by, legal_date(now)) if by_registration else [product_version]
    bid = Bid(
        reference=random_reference(),
        tender=lot.tender,
        lot=lot,
        supplier=by.organisation,
        product_version=covered[0],
        registration=product_version.approval_number if by_registration else "",
        prepared_at=now,
        prepared_by=by,
    )
    try:
        with transaction.atomic():
            bid.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("You have a bid with this product in this lot already.")) from None
    BidProduct.objects.bulk_create(BidProduct(bid=bid, product_version=version) for version in covered)
    record(
        Verb.BID_PREPARED,
        bid.reference,
        by=by,
        now=now,
        audience=Event.Audience.NAMED,
        product=str(product_version),
    )
    return bid


def _models(lot: Lot, product_version: ProductVersion, by: Seat, day: date) -> list[ProductVersion]:
    """All models of the product's registration that are of the lot, by reference: one price is for a pack of each.

    Refused where the product has no registration number, or where packs or conversion factors differ.
    """
    if not product_version.approval_number:
        raise Refused(
            _("This lot takes all models of a registration, and the catalogue knows no registration of this product."),
            field="product_version",
        )
    own = lot.products_of(by.organisation_id, day)
    found = list(
        own.filter(approval_number=product_version.approval_number, product__item__in=lot.lot_items.values("item"))
        .select_related("product__item")
        .order_by("product__reference")[: MOST_PRODUCTS + 1]
    )
    factors = dict(lot.lot_items.values_list("item", "factor"))
    if len(found) > MOST_PRODUCTS:
        raise Refused(_("A registration has too many models for one bid."), field="product_version")
    if len({(version.pack_size, factors[version.product.item_id]) for version in found}) > 1:
        raise Refused(
            _("The models of this registration differ in pack or conversion, so that one price cannot be for all."),
            field="product_version",
        )
    return found
