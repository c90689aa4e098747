"""At which price a row of an order is placed: the register is asked for every one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Organisation
from catalogue.models import Listing, PriceEntry
from catalogue.ordering import Answer, Register, above
from catalogue.rules.bounds import Use, judge
from contracts.models import AgreedVolume, Contract, ContractLine, ContractProduct
from core.errors import Fault
from core.money import unit_price

# What stands against a product wherever it is bought; a contract from an award is its own price else.
_ALWAYS = ("withdrawn", "disabled", "lapsed_licence")


class Prices:
    """What a hospital pays a pack on a day for some products of contracts. The register is read once.

    A line of an award has its contract's price, which both sides have signed; a listing of the same supplier, or the
    hospital's own agreement with it, that is lower takes its place. A line of a listing has the price that the register
    answers with for its supplier, as long as its listing stands, and is not ordered past a contract of the hospital
    with an award. Nothing is ordered above a guide or unified price that binds, whoever agreed to it. ``suppliers``, by
    primary key, are those of the contracts.
    """

    def __init__(
        self, products: Collection[ContractProduct], hospital: Organisation, day: date, suppliers: Collection[int]
    ) -> None:
        self._hospital, self._day = hospital, day
        keys = {one.product_version.product_id for one in products}
        self._register = Register(keys, region=hospital.region, hospital=hospital, day=day, suppliers=suppliers)
        listings = {one.line.listing_id for one in products if one.line.listing_id}
        standing = Listing.objects.filter(pk__in=listings).with_standing(day)
        self._standing = dict(standing.values_list("pk", "standing")) if listings else {}
        listed = {one.product_version.product_id for one in products if one.line.listing_id}
        self._under_contract = _under_contract(listed, hospital, day) if listed else {}

    def answer(self, product: ContractProduct, supplier: int) -> Answer:
        """What the register says of a product of a supplier, by primary key."""
        return self._register.answer(product.product_version.product_id, supplier)

    def of(self, line: ContractLine, product: ContractProduct, supplier: int) -> Decimal | Fault:
        """The price a pack under a line of a contract with this supplier, by primary key; or why not."""
        answer = self.answer(product, supplier)
        if answer.code in _ALWAYS:
            return Fault(answer.why, "line", code=answer.code)
        if line.listing is not None:
            return self._of_listing(line.listing, product, answer)
        if line.is_set:
            return product.price
        price = product.price if product.service_fee else _lowest(product, answer)
        bound = answer.bound
        if bound and judge(bound.bound, unit_price(price, product.pack_size), Use.ORDER).refuses:
            return Fault(above(price, bound), "line", code="above_guide")
        return price

    def _of_listing(self, listing: Listing, product: ContractProduct, answer: Answer) -> Decimal | Fault:
        if fault := self._not_listed(listing):
            return fault
        if answer.entry is None:
            return Fault(answer.why, "line", code=answer.code)
        if answer.entry.kind in (PriceEntry.Kind.AWARD, PriceEntry.Kind.NEGOTIATED):
            contract = self._under_contract.get(product.product_version.product_id)
            if contract is not None:
                message = _("Your hospital has this product under contract %(contract)s: order it there.")
                return Fault(message % {"contract": contract}, "line", code="under_contract")
        price = answer.price_of(product.pack_size)
        if price is None:
            message = _("The price in force cannot be told for packs of this size. Ask the procurement agency.")
            return Fault(message, "line", code="no_price")
        return price

    def _not_listed(self, listing: Listing) -> Fault | None:
        """Why a listing's line is not ordered by this hospital today."""
        said = {"listing": listing.reference, "region": listing.region, "day": listing.valid_from}
        standing = self._standing.get(listing.pk, "")
        if standing not in ("", Listing.Status.LISTED):
            message = _("Listing %(listing)s does not stand any more: it is suspended or has ended.")
            return Fault(message % said, "line", code=standing)
        if listing.region_id not in self._hospital.region.around:
            message = _("Listing %(listing)s is for %(region)s, where your hospital is not.")
            return Fault(message % said, "line", code="not_offered")
        if listing.valid_from > self._day:
            return Fault(_("Listing %(listing)s begins on %(day)s.") % said, "line", code="not_yet")
        return None


def _lowest(product: ContractProduct, answer: Answer) -> Decimal:
    """The contract's price, or a lower one that its supplier has agreed to."""
    agreed = answer.entry is not None and answer.entry.kind in (PriceEntry.Kind.LISTING, PriceEntry.Kind.OWN)
    price = answer.price_of(product.pack_size) if agreed else None
    return product.price if price is None else min(product.price, price)


def source_of(price: Decimal, line: ContractLine, product: ContractProduct, answer: Answer) -> PriceEntry | None:
    """The entry of the register that has this price a pack; None for a part of a set, and where only the contract has
    it."""
    if line.is_set or answer.price_of(product.pack_size) != price:
        return None
    return answer.entry


def _under_contract(products: Iterable[int], hospital: Organisation, day: date) -> Mapping[int, Contract]:
    """The contracts from an award that the hospital may order each product from, by the product's primary key."""
    volumes = AgreedVolume.objects.filter(hospital=hospital, line__award__isnull=False).orderable(day)
    rows = ContractProduct.objects.filter(line__in=volumes.values("line"), product_version__product__in=products)
    return {
        one.product_version.product_id: one.line.contract
        for one in rows.select_related("line__contract", "product_version").order_by("-line__contract")
    }
