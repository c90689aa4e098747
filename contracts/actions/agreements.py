"""Agreements on prices alone: what a supplier has listed in a year, so that hospitals order it as any other line."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Organisation
from catalogue.models import Listing, ProductVersion
from contracts import searching
from contracts.actions.payers import ordinary_rule
from contracts.models import Contract, ContractLine, ContractProduct, Verb
from core import search
from core.actions import action
from core.clock import installation_kind, legal_date
from core.events import record
from core.references import next_reference


@action
def take_up_listings(*, now: datetime) -> list[Contract]:
    """Give every listed product its line in the agreement of its supplier, agency and year, which is made with the
    first. Its signatures are the supplier's application and the agency's listing. Any number of times: what has its
    line is left as it is. Returns the agreements that got one.
    """
    today = legal_date(now)
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, supplier, agency in _waiting(today).values_list("pk", "supplier", "listed_by__organisation"):
        groups[supplier, agency].append(key)
    taken = []
    for (supplier, agency), keys in sorted(groups.items()):
        # One at a time makes the agreement of a supplier; the second finds the lines of the first.
        Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=supplier)
        listings = list(_waiting(today).filter(pk__in=keys).select_related("product__item", "listed_by", "applied_by"))
        if listings:
            contract = _agreement(supplier, agency, today) or _begun(listings[0], agency, now)
            _add(contract, listings, now)
            taken.append(contract)
    return taken


def _waiting(today: date) -> QuerySet[Listing]:
    """Listings that stand and have no line in an agreement of their supplier for this time, running or terminated."""
    lines = ContractLine.objects.filter(
        listing=OuterRef("pk"),
        contract__supplier=OuterRef("supplier"),
        contract__starts_on__lte=today,
        contract__ends_on__gte=today,
    )
    return Listing.objects.filter(~Exists(lines), status=Listing.Status.LISTED).order_by("pk")


def _agreement(supplier: int, agency: int, today: date) -> Contract | None:
    running = Contract.objects.open_for_orders(today).filter(kind=Contract.Kind.LISTING)
    return running.filter(supplier=supplier, agency=agency).select_related("supplier").order_by("pk").first()


def _begun(listing: Listing, agency: int, now: datetime) -> Contract:
    """The agreement of a supplier and the rest of this year, on the ordinary terms."""
    today, made_by = legal_date(now), listing.listed_by
    assert made_by is not None  # a listing that stands was listed by somebody
    contract = Contract.objects.create(
        reference=next_reference("contract", "C", now),
        kind=Contract.Kind.LISTING,
        status=Contract.Status.SIGNED,
        title=_("Listed prices %(year)s") % {"year": today.year},
        agency_id=agency,
        supplier_id=listing.supplier_id,
        starts_on=today,
        ends_on=today.replace(month=12, day=31),
        payer_rule=ordinary_rule(Organisation.objects.get(pk=agency)),
        demo=installation_kind() == "demo",
        prepared_at=now,
        prepared_by=made_by,
        signed_by_supplier_at=listing.applied_at,
        signed_by_supplier_by=listing.applied_by,
        signed_by_agency_at=listing.listed_at,
        signed_by_agency_by=made_by,
    )
    record(Verb.CONTRACT_IN_FORCE, contract.reference, by=None, now=now, organisations=[contract.supplier_id, agency])
    return contract


def _add(contract: Contract, listings: Sequence[Listing], now: datetime) -> None:
    """A line for each listing, of its product as it stands."""
    begins = (contract.lines.aggregate(last=Max("number"))["last"] or 0) + 1
    versions = ProductVersion.objects.current().filter(product__in=[one.product_id for one in listings])
    of_product = {version.product_id: version for version in versions}
    lines = ContractLine.objects.bulk_create(
        ContractLine(
            contract=contract,
            number=number,
            listing=one,
            unit=one.product.item.base_unit,
            price=one.price,
            units=one.pack_size,
        )
        for number, one in enumerate(listings, start=begins)
    )
    ContractProduct.objects.bulk_create(
        ContractProduct(
            line=line,
            number=1,
            product_version=of_product[one.product_id],
            price=one.price,
            pack_size=one.pack_size,
            factor=1,
            units=one.pack_size,
        )
        for line, one in zip(lines, listings, strict=True)
    )
    told: dict[str, Any] = {"listings": ", ".join(one.reference for one in listings[:20]), "count": len(listings)}
    parties = [contract.supplier_id, contract.agency_id]
    record(Verb.LISTINGS_TAKEN_UP, contract.reference, by=None, now=now, organisations=parties, **told)
    search.index([searching.of_contract(contract)])
