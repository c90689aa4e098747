"""A province in which something of everything has happened, by actions alone."""

from datetime import timedelta
from decimal import Decimal

from accounts.models import Seat
from awards.actions import award_lot
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
from contracts.models import Contract, Payable
from core.clock import legal_date
from payments.actions import PaymentRow, record_payment
from tenders.models import Bid
from tests.tenders.judging import AWARDED, proposed_lot
from tests.world import World


def busy_province(world: World) -> None:
    """A tender from its notice to the award, and its contract from the signatures to a payment."""
    stage, _bids = proposed_lot(world, "9.00", "12.00", "13.50", "14.00")
    award = award_lot(lot=stage.lots[0], by=world.awarder, now=AWARDED).awards.get()
    seat = Bid.objects.get(reference=award.bid).prepared_by
    today = legal_date(AWARDED)
    terms = ContractTerms(starts_on=today, ends_on=today + timedelta(days=364))
    contract = prepare_contract(
        source=award.source, supplier=award.supplier, terms=terms, by=world.officer, now=AWARDED
    )
    sign_contract(contract=contract, by=seat, now=AWARDED)
    sign_contract(contract=contract, by=world.awarder, now=AWARDED)
    world.bank_account(contract.supplier)
    for packs in (3, 5):
        buy(world, contract, packs)
    payable = Payable.objects.order_by("pk")[0]
    record_payment(
        payee=contract.supplier,
        rows=[PaymentRow(payable.reference, Decimal("9.00"))],
        bank_reference="ICBC-2026-0001",
        paid_on=today,
        by=world.finance,
        now=AWARDED,
    )


def buy(world: World, contract: Contract, packs: int) -> None:
    """From an order to the acceptance of what came, by five acts."""
    placed = place_order(contract=contract, rows=[OrderRow(1, packs)], by=world.pharmacist, now=AWARDED)
    approved = approve_order(order=placed, by=world.order_approver, now=AWARDED)
    sends = Seat.objects.filter(organisation=contract.supplier, roles__contains=["dispatcher"])
    dispatcher = sends.first() or world.seat(contract.supplier, "dispatcher")
    confirmed = confirm_order(order=approved, by=dispatcher, now=AWARDED)
    batch = Batch(1, "260301", legal_date(AWARDED) + timedelta(days=500), packs)
    delivery = send_delivery(order=confirmed, batches=[batch], by=dispatcher, now=AWARDED)
    accept_delivery(delivery=delivery, verdicts=[Verdict(1, packs - 1, short=1)], by=world.receiver, now=AWARDED)
