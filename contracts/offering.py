"""What a hospital may order on a day, and at which price: agreed volumes, and what is listed for its region."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Organisation
from catalogue.models import Listing, Shortage
from catalogue.ordering import Register
from catalogue.reckoning import Bought, reckon
from contracts.actions import Deliverers, Prices
from contracts.models import AgreedVolume, Contract, ContractLine, Orderable
from core.clock import end_of, legal_date
from core.errors import Fault
from core.models import Draft


def orderables(hospital: Organisation, day: date, contract: str = "") -> list[Orderable]:
    """What the hospital may order, perhaps of one contract only, with its price and deliverer.

    Of agreements on listed prices, which have every hospital's lines, those that it has ordered before stand beside its
    agreed volumes; all of them where their agreement is named. What is not to be had today is left out.
    """
    volumes = AgreedVolume.objects.filter(hospital=hospital).orderable(day)
    if contract:
        volumes = volumes.filter(line__contract__reference=contract)
    volumes = volumes.select_related("line__contract__supplier", "hospital").with_products()
    held = list(volumes.order_by("line__contract__reference", "line__number"))
    if contract:
        held += _listed(hospital, day, contract, {volume.line_id for volume in held})
        held.sort(key=lambda volume: volume.line.number)
    return list(_priced(held, hospital, day))


def _listed(hospital: Organisation, day: date, contract: str, known: set[int]) -> list[AgreedVolume]:
    """Lines of an agreement on listed prices that are for the hospital's region and that it has never ordered."""
    lines = ContractLine.objects.filter(
        contract__in=Contract.objects.open_for_orders(day).filter(reference=contract),
        listing__in=Listing.objects.with_standing(day).filter(standing=Listing.Status.LISTED, valid_from__lte=day),
        listing__region__in=hospital.region.around,
    )
    found = lines.exclude(pk__in=known).select_related("contract__supplier").with_products()
    return [AgreedVolume(line=line, hospital=hospital, agreed=0) for line in found.order_by("number")]


def _priced(volumes: list[AgreedVolume], hospital: Organisation, day: date) -> Iterator[Orderable]:
    """Each with its price in force, its deliverer, and what stands beside them."""
    priced = list(_in_force(volumes, hospital, day))
    bought = [Bought(one.first.product_version.product, one.price, one.first.pack_size) for one in priced]
    said = reckon(bought, hospital=hospital, at=end_of(day))
    for one, reckoned in zip(priced, said, strict=True):
        yield one if one.line.is_set else replace(one, borne=reckoned.borne)


def _in_force(volumes: list[AgreedVolume], hospital: Organisation, day: date) -> Iterator[Orderable]:
    found = [orderable for volume in volumes for orderable in volume.orderables]
    deliverers = Deliverers({volume.line.contract_id for volume in volumes}, hospital, day)
    suppliers = {volume.line.contract.supplier_id for volume in volumes}
    prices = Prices([product for orderable in found for product in orderable.products], hospital, day, suppliers)
    things = [one.first.product_version.product for one in found]
    short = Shortage.objects.by_product(things, hospital.region, day)
    for one, product in zip(found, things, strict=True):
        contract = one.line.contract
        price = prices.of(one.line, one.first, contract.supplier_id)
        if isinstance(price, Fault):
            if one.line.listing_id:
                continue
            price = one.price  # the review says what stands against it
        yield replace(
            one,
            deliverer=deliverers.of(contract, one.first),
            in_force=one.price if one.line.is_set else price,
            departs=prices.answer(one.first, contract.supplier_id).needs_departure(contract.supplier_id),
            shortage=short.get(product.pk),
        )


def repriced(rows: Iterable[Any], draft: Draft | None, hospital: Organisation) -> list[tuple[str, Decimal, Decimal]]:
    """Which listed products of a kept draft cost another price today than on the day on which it was kept: name, price
    then, price now. ``rows`` are those of the order form."""
    wanted = [row for row in rows if draft and draft.cells.get(row.add_prefix("packs")) and row.thing.line.listing_id]
    if draft is None or not wanted:
        return []
    of_row = {
        row.key: (row.thing.first.product_version.product_id, row.thing.line.contract.supplier_id) for row in wanted
    }
    products, suppliers = (set(some) for some in zip(*of_row.values(), strict=True))
    day = legal_date(draft.saved_at)
    register = Register(products, region=hospital.region, hospital=hospital, day=day, suppliers=suppliers)
    then = {row.key: register.answer(*of_row[row.key]).price_of(row.thing.first.pack_size) for row in wanted}
    return [
        (row.row_label, before, row.thing.price)
        for row in wanted
        if (before := then[row.key]) is not None and before != row.thing.price
    ]
