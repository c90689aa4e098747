"""Beginning a bid: which products of which supplier in which lot. It says nothing of the offer."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.access import require
from accounts.actions import require_standing
from accounts.models import Organisation, Seat
from accounts.permissions import OrganisationKind, Permission
from catalogue.models import ProductVersion
from core.actions import action
from core.clock import legal_date
from core.errors import Conflict, Denied, Refused
from core.events import record
from core.models import Event
from sealing.offers import MOST_PRODUCTS
from tenders.models import Bid, BidProduct, Lot, Verb, random_reference
from tenders.rules.covering import MOST_FURTHER


@action
def prepare_bid(
    *,
    lot: Lot,
    product_version: ProductVersion,
    parts: Sequence[ProductVersion] = (),
    further: Sequence[ProductVersion] = (),
    by: Seat,
    now: datetime,
) -> Bid:
    """Begin a supplier's bid with one product in one lot of a tender that is open for bids.

    In a lot that asks for registrations it covers all models that have the product's registration number; in one that
    asks for sets the product is the main part, and ``parts`` are the other parts in the order of the lot. ``further``
    are other specifications of one product's holder that are of the lot: offered with it at the prices that follow
    from its price, and never compared.

    Refused for a product that is not of the lot, whose pack is unknown or does not divide what a set has of it, or
    that the supplier may not offer: only the maker or marketing authorisation holder bids, the sole agent of imports,
    and a dealer where the rules let dealers bid. Conflict for a second bid with the same product. Nobody but the
    supplier learns of it.
    """
    require(by, Permission.BID)
    if by.organisation.kind != OrganisationKind.SUPPLIER:
        raise Denied(Permission.BID)
    require_standing(by.organisation)
    if not lot.tender.open_for_bids(now):
        raise Refused(_("This tender is not open for bids."), code="not_open")
    own = lot.products_of(by.organisation_id, legal_date(now))
    named = [_field(place) for place in range(len(parts) + 1)] + ["further"] * len(further)
    _check_products([product_version, *parts, *further], named, own)
    covered = _covered(lot, product_version, parts, own)
    _check_further(lot, product_version, further)
    _check_free(lot, by.organisation, [*(version for version, _packs in covered), *further])
    bid = Bid(
        reference=random_reference(),
        tender=lot.tender,
        lot=lot,
        supplier=by.organisation,
        product_version=covered[0][0],
        registration=product_version.approval_number if lot.offered == Lot.Offered.REGISTRATION else "",
        prepared_at=now,
        prepared_by=by,
    )
    try:
        with transaction.atomic():
            bid.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("You have a bid with this product in this lot already."), code="bid_exists") from None
    BidProduct.objects.bulk_create(
        [
            *(BidProduct(bid=bid, product_version=version, quantity=quantity) for version, quantity in covered),
            *(BidProduct(bid=bid, product_version=version, further=True) for version in further),
        ]
    )
    record(
        Verb.BID_PREPARED,
        bid.reference,
        by=by,
        now=now,
        audience=Event.Audience.NAMED,
        product=str(product_version),
    )
    return bid


def _check_products(versions: Sequence[ProductVersion], fields: Sequence[str], own: QuerySet[ProductVersion]) -> None:
    """Refused at the field of the product that cannot be offered, or is none of the supplier's ``own``."""
    keys = [version.pk for version in versions]
    offerable = set(ProductVersion.objects.offerable().filter(pk__in=keys).values_list("pk", flat=True))
    allowed = set(own.filter(pk__in=keys).values_list("pk", flat=True))
    for key, field in zip(keys, fields, strict=True):
        if key not in offerable:
            raise Refused(
                _("This product cannot be offered: its pack is not known, or a newer version replaced it."),
                field=field,
                code="unready",
            )
        if key not in allowed:
            raise Refused(
                _("Only the registered maker or holder of a product, or its sole agent, bids with it."),
                field=field,
                code="not_offered",
            )


def _check_further(lot: Lot, product_version: ProductVersion, further: Sequence[ProductVersion]) -> None:
    """Refused unless they are other products of the same holder, of the items of a lot that asks for one product."""
    if further and lot.offered != Lot.Offered.PRODUCT:
        raise Refused(_("Only a bid of one product has further specifications."), field="further", code="must_be_empty")
    if len(further) > MOST_FURTHER:
        message = _("A bid has at most %(most)d further specifications.") % {"most": MOST_FURTHER}
        raise Refused(message, field="further", code="out_of_range")
    named = {version.product_id for version in (product_version, *further)}
    if len(named) <= len(further):
        raise Refused(_("Name each product once."), field="further", code="twice")
    items, holder = set(lot.lot_items.values_list("item", flat=True)), _holder(product_version)
    for version in further:
        if version.product.item_id not in items or _holder(version) != holder:
            message = _("“%(product)s” is no product of the same holder in this lot.") % {"product": version}
            raise Refused(message, field="further", code="not_of_item")


def _holder(version: ProductVersion) -> int:
    """Whose product it is: the marketing authorisation holder's, who is the maker unless another is named."""
    return version.holder_id or version.product.maker_id


def _check_free(lot: Lot, supplier: Organisation, versions: Sequence[ProductVersion]) -> None:
    """Conflict where another bid of the supplier in a lot of single products has one of these, as its own product or
    further: one product has one price. The supplier's row is held, so that two bids begun at once see each other."""
    if lot.offered != Lot.Offered.PRODUCT:
        return
    Organisation.objects.select_for_update(no_key=True).get(pk=supplier.pk)
    if BidProduct.objects.filter(bid__lot=lot, bid__supplier=supplier, product_version__in=versions).exists():
        raise Conflict(_("You have a bid with this product in this lot already."), code="bid_exists")


def _covered(
    lot: Lot, product_version: ProductVersion, others: Sequence[ProductVersion], own: QuerySet[ProductVersion]
) -> list[tuple[ProductVersion, int]]:
    """What the bid covers, and how many packs of each a set has (1 where it is of no set)."""
    if lot.offered == Lot.Offered.SYSTEM:
        return list(_parts(lot, [product_version, *others]))
    if others:
        raise Refused(_("Only a set has further parts."), field="parts", code="must_be_empty")
    if not lot.lot_items.filter(item=product_version.product.item_id).exists():
        raise Refused(
            _("This product belongs to none of the items of the lot."), field="product_version", code="not_of_item"
        )
    models = [product_version] if lot.offered == Lot.Offered.PRODUCT else _models(lot, product_version, own)
    return [(version, 1) for version in models]


def _parts(lot: Lot, versions: Sequence[ProductVersion]) -> Iterator[tuple[ProductVersion, int]]:
    """A product for each part of the lot, in its order, with its packs in a set."""
    parts = list(lot.parts.select_related("item"))
    if len(versions) != len(parts):
        raise Refused(_("Choose a product for each part of the set."), field="parts", code="required")
    for place, (part, version) in enumerate(zip(parts, versions, strict=True)):
        if version.product.item_id != part.item_id:
            message = _("This product is no “%(item)s”, which is the part asked for.") % {"item": part.item}
            raise Refused(message, field=_field(place), code="not_of_item")
        packs, rest = divmod(part.quantity, version.pack_size or 1)
        if rest or not packs:
            names = {"quantity": part.quantity, "pack": version.pack_size}
            message = _("A set has %(quantity)s of it, which packs of %(pack)s do not make up.") % names
            raise Refused(message, field=_field(place), code="broken_packs")
        yield version, packs


def _field(place: int) -> str:
    """Which field of the form, or key of the request, a product comes from."""
    return f"part-{place + 1}" if place else "product_version"


def _models(lot: Lot, product_version: ProductVersion, own: QuerySet[ProductVersion]) -> list[ProductVersion]:
    """All models of the product's registration that are of the lot, by reference: one price is for a pack of each.

    Refused where the product has no registration number, or where packs or conversion factors differ.
    """
    if not product_version.approval_number:
        raise Refused(
            _("This lot takes all models of a registration, and the catalogue knows no registration of this product."),
            field="product_version",
            code="unready",
        )
    found = list(
        own.filter(approval_number=product_version.approval_number, product__item__in=lot.lot_items.values("item"))
        .select_related("product__item")
        .order_by("product__reference")[: MOST_PRODUCTS + 1]
    )
    factors = dict(lot.lot_items.values_list("item", "factor"))
    if len(found) > MOST_PRODUCTS:
        raise Refused(
            _("A registration has too many models for one bid."), field="product_version", code="out_of_range"
        )
    if len({(version.pack_size, factors[version.product.item_id]) for version in found}) > 1:
        raise Refused(
            _("The models of this registration differ in pack or conversion, so that one price cannot be for all."),
            field="product_version",
            code="impossible",
        )
    return found
