"""What is bid, won and ordered is of several products: a stent in all its models, a joint as a set of parts, a tablet
with further specifications at the prices that follow."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.urls import reverse

from awards.actions import award_lot, propose_award
from catalogue.models import PriceEntry
from checking.findings import Answer, check
from checking.material import Material
from contracts.actions import (
    Batch,
    ContractTerms,
    OrderRow,
    Verdict,
    accept_delivery,
    approve_order,
    confirm_order,
    place_order,
    prepare_contract,
    send_delivery,
    sign_contract,
)
from contracts.models import AgreedVolume, Payable
from core.clock import legal_date
from core.errors import Refused
from tenders.actions.bidding import prepare_bid, submit_bid
from tenders.models import Tender
from tests.checking.papers import record_of
from tests.contracts.pages import sitting
from tests.tenders.bids import HOUR, clock_at, fresh, offered, sealed_pair, submission_of
from tests.tenders.further import lot_of_two_items, ranked_bids
from tests.tenders.judging import AWARDED, OPENED, PRICED, PROPOSED, judge, open_envelopes
from tests.tenders.stage import DEADLINE, product_of, published_tender
from tests.tenders.test_registration_bids import registered
from tests.world import NOW


def sealed_and_opened(stage, bids, offers):
    with clock_at(DEADLINE - HOUR):
        for bid, offer in zip(bids, offers, strict=True):
            given = submission_of(sealed_pair(bid, "", offer=offer))
            submit_bid(bid=bid, submission=given, by=bid.prepared_by, now=DEADLINE - HOUR)
    open_envelopes(stage, "technical", at=OPENED)
    stage.tender = fresh(stage.tender)
    judge(stage, dict.fromkeys(bids, "80"))
    open_envelopes(stage, "commercial", at=PRICED)


def contract_on(stage, winner, world):
    """Proposed, awarded, prepared and signed by both sides. Returns the contract, and when it takes orders."""
    propose_award(lot=stage.lots[0], by=stage.officer, now=PROPOSED)
    award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED)
    assert [one for one in check(Material(record_of(stage))) if one.answer is Answer.FAILS] == []
    tender = Tender.objects.get(pk=stage.tender.pk)
    terms = ContractTerms(tender.supply_from, tender.supply_to, maximum_percent=100)
    facts = {"source": tender.reference, "supplier": winner.organisation, "terms": terms}
    contract = prepare_contract(**facts, by=world.officer, now=AWARDED)
    sign_contract(contract=contract, by=world.seat(winner.organisation, "signatory"), now=AWARDED)
    contract = sign_contract(contract=contract, by=world.awarder, now=AWARDED)
    return contract, NOW + (terms.starts_on - legal_date(NOW)) + timedelta(days=1)


def confirmed(contract, rows, hospital, world, now):
    order = place_order(contract=contract, rows=rows, by=world.seat(hospital, "pharmacist"), now=now)
    approve_order(order=order, by=world.seat(hospital, "order_approver"), now=now)
    return confirm_order(order=order, by=world.seat(order.deliverer, "dispatcher"), now=now)


def delivered(order, packs, world, now):
    """Batches of some lines of an order, packs by number, sent and accepted whole."""
    lasts = legal_date(now) + timedelta(days=700)
    batches = [Batch(number, f"B{number}", lasts, count) for number, count in packs.items()]
    sender = world.seat(order.deliverer, "dispatcher")
    delivery = send_delivery(order=order, batches=batches, by=sender, now=now)
    verdicts = [Verdict(line.number, line.packs) for line in delivery.lines.all()]
    accept_delivery(delivery=delivery, verdicts=verdicts, by=world.seat(order.hospital, "receiver"), now=now)


def test_a_stent_is_bid_by_registration_and_ordered_by_model(world):
    stage = published_tender(world, lots=("700.00",), suppliers=3, offered="registration", with_service_fee=True)
    bids, fees = [], (Decimal("30.00"), None, None)
    for seat in stage.suppliers:
        models = registered(*(stage.product(stage.lots[0], seat, pack_size=1) for _model in range(3)))
        bids.append(prepare_bid(lot=stage.lots[0], product_version=models[1], by=seat, now=NOW))
    prices = ("645.00", "650.00", "660.00")
    offers = [replace(offered(bid, price), service_fee=fee) for bid, price, fee in zip(bids, prices, fees, strict=True)]
    sealed_and_opened(stage, bids, offers)

    contract, now = contract_on(stage, stage.suppliers[0], world)
    line = contract.lines.get()
    assert (line.products.count(), line.is_set) == (3, False)
    assert PriceEntry.objects.filter(kind="award", price=645).count() == 3, "every model at the one price"
    hospital = stage.hospitals[0]
    rows = [OrderRow(1, 2, product=1), OrderRow(1, 5, product=3)]
    order = confirmed(contract, rows, hospital, world, now)
    assert order.amount == 7 * Decimal("675.00")
    assert AgreedVolume.objects.get(line=line, hospital=hospital).ordered == 7
    delivered(order, {1: 2, 2: 5}, world, now)
    assert Payable.objects.aggregate(Sum("amount"), Sum("fee")) == {
        "amount__sum": order.amount,
        "fee__sum": Decimal("210.00"),
    }


def test_a_joint_is_bid_as_a_system_and_ordered_delivered_and_accepted_as_sets(world):
    stage = published_tender(
        world, lots=("9000.00",), suppliers=3, offered="system", parts=(1, 2, 1), with_service_fee=True
    )
    bids = []
    for seat in stage.suppliers:
        stem, *rest = [product_of(part.item, seat.organisation, 1) for part in stage.lots[0].parts.all()]
        bids.append(prepare_bid(lot=stage.lots[0], product_version=stem, parts=rest, by=seat, now=NOW))
    first, second, third = (offered(bid, price) for bid, price in zip(bids, ("8000", "8100", "8200"), strict=True))
    sealed_and_opened(stage, bids, [replace(first, service_fee=Decimal("300.005")), second, third])

    contract, now = contract_on(stage, stage.suppliers[0], world)
    line = contract.lines.get()
    assert (line.is_set, line.price, line.units) == (True, 8000, 1)
    award = line.award
    address = reverse("awards:award-letter", args=[award.source, 1, award.place])
    letter = sitting(stage.suppliers[0]).get(address).content.decode()
    assert all(str(one.product_version) in letter for one in award.products.all())
    assert "300.005" in letter
    hospital = stage.hospitals[0]
    order = confirmed(contract, [OrderRow(1, 3)], hospital, world, now)
    assert list(order.lines.values_list("packs", "units")) == [(3, 1), (6, 0), (3, 0)]
    assert AgreedVolume.objects.get(line=line, hospital=hospital).ordered == 3
    delivered(order, {1: 1, 2: 5}, world, now)
    delivered(order, {1: 2, 3: 1}, world, now)
    delivered(order, {2: 1, 3: 2}, world, now)
    order.refresh_from_db()
    assert order.stage == "received"
    owed = Payable.objects.aggregate(amount=Sum("amount"), fee=Sum("fee"))
    assert owed == {"amount": 3 * Decimal(8000) + Decimal("900.02"), "fee": Decimal("900.02")}
    assert owed["amount"] == order.amount


def test_a_further_specification_is_ordered_at_the_price_that_follows_and_draws_what_it_counts_as(world):
    """Each hospital needs 1,000 tablets of the reference item and 1,000 of the other, which count as 2,000."""
    stage = lot_of_two_items(world)
    honest, *_others = ranked_bids(stage)
    contract, now = contract_on(stage, honest.prepared_by, world)
    line, hospital = contract.lines.get(), stage.hospitals[0]
    volume = AgreedVolume.objects.get(line=line, hospital=hospital)
    assert (volume.agreed, [product.units for product in line.products.all()]) == (3000, [10, 30, 14])
    entries = PriceEntry.objects.filter(kind="award").order_by("pk").values_list("price", "units")
    assert list(entries) == [(Decimal("100.01"), 10), (Decimal("300.03"), 30), (Decimal("140.014"), 7)]

    order = confirmed(contract, [OrderRow(1, 3, product=3), OrderRow(1, 2, product=2)], hospital, world, now)
    assert order.amount == Decimal("420.04") + Decimal("600.06")
    volume.refresh_from_db()
    assert volume.ordered == 3 * 14 + 2 * 30
    with pytest.raises(Refused, match="Say which product"):
        confirmed(contract, [OrderRow(1, 1, product=4)], hospital, world, now)
    delivered(order, {1: 2, 2: 3}, world, now)
    assert Payable.objects.aggregate(Sum("amount"), Sum("fee")) == {"amount__sum": order.amount, "fee__sum": 0}
