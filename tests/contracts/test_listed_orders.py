"""A listed product is ordered as any other, under an agreement on prices; never at a price that nobody agreed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Region
from catalogue.actions import (
    Commitment,
    Letter,
    ListingApplication,
    apply_for_listing,
    authorise,
    delist,
    list_product,
    record_award_prices,
    record_single_source,
    review_listing,
    suspend_listing,
    withdraw_product,
)
from catalogue.rules import PriceFact
from contracts.actions import (
    Batch,
    OrderRow,
    Verdict,
    accept_delivery,
    approve_order,
    confirm_order,
    place_order,
    plan_orders,
    send_delivery,
    take_up_listings,
    terminate_contract,
)
from contracts.models import AgreedVolume, Contract, Order, Payable
from contracts.views.contracts import awards_without_contract
from core.errors import Refused
from tests.catalogue.files import price_recorded
from tests.catalogue.listings import TODAY, applied, listed
from tests.contracts.builders import awarded_tender, contract_in_force, product
from tests.contracts.pages import sitting
from tests.kept import kept
from tests.roles import as_web
from tests.world import NOW, World, _region

DAY = timedelta(days=1)


@kept
def agreement(world: World) -> Contract:
    """The agreement of a listed product at 10.50 a pack of 7."""
    listed(world)
    (made,) = take_up_listings(now=NOW)
    world.bank_account(world.supplier)
    return made


def placed(world, contract, packs=4, line=1, **more):
    rows = [OrderRow(line, packs, **more)]
    return place_order(contract=contract, rows=rows, by=world.pharmacist, now=NOW)


def refusal_of(world, contract, **more):
    with pytest.raises(Refused) as refusal:
        placed(world, contract, **more)
    (fault,) = refusal.value.faults
    assert fault.row == 1
    assert not Order.objects.exists()
    return fault.code


def test_listings_become_one_signed_agreement_of_their_supplier_and_year_however_often(world):
    contract = agreement(world)
    assert (contract.kind, contract.status, str(contract.ends_on)) == ("listing", "signed", "2026-12-31")
    assert take_up_listings(now=NOW) == []
    listed(world, version=product("Another", maker=world.supplier), price="3.00")
    assert take_up_listings(now=NOW) == [contract]
    assert [(line.number, str(line.price), line.award) for line in contract.lines.all()] == [
        (1, "10.500000", None),
        (2, "3.000000", None),
    ]
    next_year = NOW.replace(year=2027)
    (after,) = take_up_listings(now=next_year)
    assert (after.pk != contract.pk, after.lines.count()) == (True, 2)


def test_a_terminated_agreement_is_not_made_again_by_itself(world):
    contract = agreement(world)
    terminate_contract(contract=contract, reason="A court says so", by=world.awarder, now=NOW)
    assert take_up_listings(now=NOW) == []


def test_a_listed_product_goes_from_order_to_debt_as_any_other(world):
    order = approve_order(order=placed(world, agreement(world)), by=world.order_approver, now=NOW)
    order = confirm_order(order=order, by=world.dispatcher, now=NOW)
    batch = Batch(1, "2603A", TODAY + 400 * DAY, 4)
    delivery = send_delivery(order=order, batches=[batch], by=world.dispatcher, now=NOW)
    accept_delivery(delivery=delivery, verdicts=[Verdict(1, 4)], by=world.receiver, now=NOW)
    assert Payable.objects.get().amount == Decimal("42.00")
    volume = AgreedVolume.objects.get()
    assert (volume.agreed, volume.maximum, volume.ordered) == (0, None, 28)


def test_a_plan_writes_nothing_and_says_what_the_order_will_cost(world):
    contract = agreement(world)
    plan = plan_orders(baskets=[(contract, [OrderRow(1, 2)])], by=world.pharmacist, now=NOW)
    assert plan.orders[0].order.amount == Decimal("21.00")
    assert not AgreedVolume.objects.exists()


def test_suspended_or_delisted_is_refused_at_its_row(world):
    contract = agreement(world)
    listing = contract.lines.get().listing
    suspend_listing(listing=listing, reason="Quality alert", by=world.awarder, now=NOW)
    assert refusal_of(world, contract) == "suspended"
    listing.refresh_from_db()
    delist(listing=listing, reason="Ended", by=world.awarder, now=NOW)
    assert refusal_of(world, contract) == "delisted"


def test_a_listing_of_another_region_is_no_offer(world):
    contract = agreement(world)
    far = world.organisation("hospital", region=_elsewhere())
    with pytest.raises(Refused) as refusal:
        place_order(contract=contract, rows=[OrderRow(1, 1)], by=world.seat(far, "pharmacist"), now=NOW)
    assert refusal.value.code == "not_offered"


def _elsewhere():
    return _region("330000", "浙江省", "Zhejiang")


def test_the_hospitals_own_lower_agreement_is_what_it_pays(world):
    contract = agreement(world)
    chosen = contract.lines.get().listing.product
    facts = {"item_id": chosen.item_id, "product_id": chosen.pk, "region_code": world.region.pk, "units": 7}
    own = PriceFact(**facts, price=Decimal("9.10"), valid_from=TODAY, source="Letter", hospital_id=world.hospital.pk)
    price_recorded(world, own, "own")
    assert placed(world, contract).amount == Decimal("36.40")
    other = world.seat(world.organisation("hospital"), "pharmacist")
    foreign = place_order(contract=contract, rows=[OrderRow(1, 4)], by=other, now=NOW)
    assert foreign.amount == Decimal("42.00")


def test_what_a_contract_with_an_award_sells_is_not_ordered_past_it(world):
    awarded = contract_in_force(world)
    version = awarded.lines.get(number=1).products.get().product_version
    listed(world, version=version, price="8.00")
    (contract,) = take_up_listings(now=NOW)
    fact = PriceFact(
        version.product.item_id, world.region.pk, Decimal("6.60"), 7, TODAY, "Award", product_id=version.product_id
    )
    record_award_prices(entries=[fact], by=world.awarder, now=NOW)
    assert refusal_of(world, contract) == "under_contract"
    order = place_order(contract=awarded, rows=[OrderRow(1, 1)], by=world.pharmacist, now=NOW)
    assert order.amount == Decimal("6.60")


def test_a_commitment_to_another_supplier_takes_a_reason_of_the_list(world):
    contract = agreement(world)
    rival = world.organisation("supplier")
    item = contract.lines.get().listing.product.item
    facts = {"region": world.region, "valid_from": TODAY, "valid_to": TODAY + DAY, "source": "VBP 2026"}
    record_single_source(commitment=Commitment(supplier=rival, item=item, **facts), by=world.awarder, now=NOW)
    assert refusal_of(world, contract) == "committed"
    assert refusal_of(world, contract, departure="because") == "committed"
    order = placed(world, contract, departure="emergency")
    assert order.lines.get().departure == "emergency"


def test_awards_that_wait_are_still_found_beside_lines_without_an_award(world):
    agreement(world)
    awarded_tender(world)
    assert awards_without_contract(world.agency.pk).count() == 2


def test_it_is_all_done_with_the_rights_of_web_processes(world):
    """The locks of an order, of a listing and of a suspension ask for no right that they have not."""
    version, buyer = product("Another", maker=world.supplier), world.pharmacist
    waiting = review_listing(listing=applied(world, version=version), by=world.cataloguer, now=NOW)
    contract, lister = agreement(world), world.awarder
    with as_web(buyer):
        placed(world, contract)
    with as_web(lister):
        list_product(listing=waiting, by=lister, now=NOW)
        suspend_listing(listing=waiting, reason="Quality alert", by=lister, now=NOW)


def dealt(world, version, price, region, *, day=TODAY):
    """A listing of a dealer for the same product, in another region."""
    dealer = world.seat(world.organisation("supplier"), "bid_manager", "signatory")
    letter = Letter("dealer", version.product.maker, version.product, TODAY, TODAY + timedelta(99), "Letter 7")
    authorise(letter=letter, supplier=dealer.organisation, by=world.cataloguer, now=NOW)
    one = ListingApplication(version.product, Decimal(price), [region], day, "direct", "Notice 12")
    (made,) = apply_for_listing(applications=[one], by=dealer, now=NOW)
    review_listing(listing=made, by=world.cataloguer, now=NOW)
    return list_product(listing=made, by=world.awarder, now=NOW)


@pytest.mark.parametrize("price", ["9.00", "15.00"])
def test_a_suppliers_line_never_costs_what_another_supplier_has_listed(world, price):
    contract = agreement(world)
    city = Region.objects.get_or_create(
        code="420100", defaults={"name": "武汉市", "name_en": "Wuhan", "level": "city", "parent": world.region}
    )[0]
    buyer = world.seat(world.organisation("hospital", region=city), "pharmacist")
    rival = dealt(world, contract.lines.get().products.get().product_version, price, city)
    ordered = place_order(contract=contract, rows=[OrderRow(1, 1)], by=buyer, now=NOW)
    assert ordered.amount == Decimal("10.50")
    take_up_listings(now=NOW)
    theirs = Contract.objects.get(lines__listing=rival)
    assert place_order(contract=theirs, rows=[OrderRow(1, 1)], by=buyer, now=NOW).amount == Decimal(price)


def test_a_listing_that_is_followed_later_is_ordered_until_then(world, travel):
    travel(NOW)
    contract = agreement(world)
    version = contract.lines.get().products.get().product_version
    follows = listed(world, version=version, price="9.80", day=TODAY + 20 * DAY)
    assert placed(world, contract, packs=1).amount == Decimal("10.50")
    page = sitting(world.pharmacist).get(reverse("contracts:place-order") + f"?contract={contract.reference}")
    assert f"packs-{contract.reference}-1" in page.content.decode()
    suspend_listing(listing=follows, reason="Quality alert", by=world.awarder, now=NOW)
    with pytest.raises(Refused) as refusal:
        placed(world, contract, packs=1)
    assert refusal.value.faults[0].code == "suspended"


def test_a_contract_is_not_ordered_above_a_ceiling_that_the_lowest_price_keeps(world):
    awarded = contract_in_force(world)
    sold = awarded.lines.get(number=1).products.get()
    product_ = sold.product_version.product
    facts = {"item_id": product_.item_id, "product_id": product_.pk, "region_code": world.region.pk}
    limit = PriceFact(
        **facts,
        units=sold.pack_size,
        price=sold.price - Decimal("0.10"),
        valid_from=TODAY,
        source="Notice",
        guide_class="ceiling",
    )
    price_recorded(world, limit, "guide")
    assert refusal_of(world, awarded) == "above_guide"


def test_a_withdrawn_product_is_not_ordered_under_any_contract(world):
    awarded = contract_in_force(world)
    gone = awarded.lines.get(number=1).products.get().product_version.product
    withdraw_product(product=gone, starts_on=TODAY, reason="made no more", by=world.cataloguer, now=NOW)
    assert refusal_of(world, awarded) == "withdrawn"
