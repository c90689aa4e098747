"""A basket is priced anew before it is placed: what changed since it was shown is told and asked for."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from catalogue.actions import record_listing_prices
from catalogue.rules import PriceFact
from contracts.actions import OrderRow, place_order
from contracts.models import Order
from core.drafts import keep
from core.errors import Refused
from tests.contracts.pages import sitting
from tests.contracts.test_listed_orders import DAY, agreement
from tests.world import NOW


def cut(world, contract, price="9.00"):
    """A decision cuts the price of the listed product from tomorrow on."""
    listing = contract.lines.get().listing
    fact = PriceFact(
        listing.product.item_id,
        world.region.pk,
        Decimal(price),
        7,
        listing.valid_from + DAY,
        "cut",
        product_id=listing.product_id,
    )
    record_listing_prices(entries=[fact], by=world.cataloguer, now=NOW)


def test_what_costs_another_price_than_was_seen_is_shown_and_placed_only_when_confirmed(world, travel):
    travel(NOW)
    contract = agreement(world)
    page, address = sitting(world.pharmacist), reverse("contracts:place-order") + f"?contract={contract.reference}"
    shown = page.get(address)
    row = f"packs-{contract.reference}-1"
    assert row in shown.content.decode()
    basket = {row: "2", "note": "", "submission": "basket-1"}
    reviewed = page.post(address, basket | {"review": "yes"})
    assert reviewed.context["cells"]["priced"] == json.dumps({f"{contract.reference}-1": "10.5"})
    cut(world, contract)
    travel(NOW + DAY)
    page = sitting(world.pharmacist)
    asked = page.post(address, {**reviewed.context["cells"]})
    assert "Prices have changed" in asked.content.decode()
    assert [(before, after) for _name, before, after in asked.context["changed"]] == [(Decimal("10.5"), Decimal(9))]
    assert not Order.objects.exists()
    assert page.post(address, {**asked.context["cells"]}).status_code == 302
    assert Order.objects.get().amount == Decimal("18.00")


def test_a_kept_draft_says_what_costs_another_price_since(world, travel):
    travel(NOW)
    contract = agreement(world)
    page, address = sitting(world.pharmacist), reverse("contracts:place-order") + f"?contract={contract.reference}"
    form = page.get(address).context["form"].draft
    cells = {f"packs-{contract.reference}-1": "2"}
    keep(seat_number=world.pharmacist.pk, form=form, cells=cells, now=NOW)
    assert page.get(address).context["repriced"] == []
    cut(world, contract)
    travel(NOW + DAY)
    ((_name, before, after),) = sitting(world.pharmacist).get(address).context["repriced"]
    assert (before, after) == (Decimal("10.5"), Decimal(9))


def test_a_program_that_reckons_with_another_price_is_refused_at_its_row(world):
    contract = agreement(world)
    rows = [OrderRow(1, 1, price=Decimal("9.99"))]
    with pytest.raises(Refused) as refusal:
        place_order(contract=contract, rows=rows, by=world.pharmacist, now=NOW)
    assert [(fault.row, fault.code) for fault in refusal.value.faults] == [(1, "price_changed")]
    placed = place_order(contract=contract, rows=[OrderRow(1, 1, price=Decimal("10.5"))], by=world.pharmacist, now=NOW)
    assert placed.amount == Decimal("10.50")


def test_contract_pages_of_an_agreement_open_for_all_sides(world, travel):
    travel(NOW)
    contract = agreement(world)
    for seat in (world.pharmacist, world.dispatcher, world.awarder, world.auditor):
        page = sitting(seat)
        for name in ("contracts:contract", "contracts:print-contract"):
            assert page.get(reverse(name, args=[contract.reference])).status_code == 200
        assert contract.reference in page.get(reverse("contracts:contracts")).content.decode()
