"""The demo's contracts, and some 200 orders at every stage over 90 days, down to what was paid and what was not."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Organisation, Seat
from awards.models import Award
from contracts.actions.contracts import ContractTerms, prepare_contract, sign_contract
from contracts.actions.deliveries import Batch, Verdict, accept_delivery, send_delivery
from contracts.actions.distribution import DistributionTerms, name_deliverer
from contracts.actions.orders import (
    OrderRow,
    approve_order,
    cancel_order,
    confirm_order,
    place_order,
    refuse_order,
    send_back_order,
)
from contracts.models import Acceptance, AgreedVolume, Contract, ContractLine, Delivery, Order, OrderLine, Payable
from core.clock import legal_date
from payments.actions import PaymentRow, record_payment
from procurement.demo.stage import Hospital, Province
from tenders.models import Tender

DAYS = 90
# The finance office of the demo pays every tenth day what falls due until the next time, and forgets one hospital.
PAY_DAYS = (50, 40, 30, 20, 10, 1)
FORGOTTEN = 5


@dataclass
class Buying:
    """The contracts of a tender and the dice that decide what happens to each order."""

    province: Province
    contracts: list[Contract]
    dice: random.Random

    def deliverer(self, order: Order) -> Seat:
        return self.province.dispatchers[order.deliverer_id]


def conclude(tender: Tender, province: Province, *, prepared: int, signed: int) -> Buying:
    """A contract with each winner, signed by both sides; every third winner leaves delivery to the distributor."""
    clock = province.cast.clock
    contracts = []
    for number, supplier in enumerate(_winners(tender), start=1):
        now = clock.at(prepared)
        starts_on = legal_date(now) + timedelta(days=7)
        terms = ContractTerms(starts_on, starts_on + timedelta(days=364), maximum_percent=150)
        contract = prepare_contract(
            source=tender.reference, supplier=supplier, terms=terms, by=province.preparer, now=now
        )
        manager = next(seat for seat in province.bidders.values() if seat.organisation_id == supplier.pk)
        if number % 3 == 0:
            now = clock.at(prepared - 1)
            delivered = DistributionTerms(province.distributors[0].organisation, legal_date(now))
            name_deliverer(contract=contract, terms=delivered, by=manager, now=now)
        for seat in (manager, province.awarder):
            sign_contract(contract=Contract.objects.get(pk=contract.pk), by=seat, now=clock.at(signed))
        contracts.append(Contract.objects.get(pk=contract.pk))
    return Buying(province, contracts, random.Random(20181206))


def buy(buying: Buying) -> None:
    """Orders from 90 days ago until today, and the payments in between."""
    days = sorted((buying.dice.randint(0, DAYS) for _order in range(buying.province.cast.size.orders)), reverse=True)
    for days_ago in days:
        hospital = buying.dice.choice(buying.province.hospitals)
        _follow(buying, _place(buying, hospital, days_ago), hospital, days_ago)
    for days_ago in PAY_DAYS:
        _pay(buying.province, days_ago)


def _winners(tender: Tender) -> list[Organisation]:
    awards = Award.objects.binding().filter(source=tender.reference).select_related("supplier")
    return list(dict.fromkeys(award.supplier for award in awards.by_part()))


def _place(buying: Buying, hospital: Hospital, days_ago: int) -> Order:
    contract = buying.dice.choice(buying.contracts)
    volumes = list(AgreedVolume.objects.filter(line__contract=contract, hospital=hospital.organisation))
    chosen = buying.dice.sample(volumes, min(len(volumes), buying.dice.randint(1, 4)))
    lines = ContractLine.objects.in_bulk([volume.line_id for volume in chosen])
    rows = [_share(buying, lines[volume.line_id], volume) for volume in chosen]
    clock = buying.province.cast.clock
    now = min(clock.at(days_ago, 8, buying.dice.randint(0, 59)), clock.now)  # today it may be earlier than that
    return place_order(contract=contract, rows=rows, by=hospital.pharmacist, now=now)


def _share(buying: Buying, line: ContractLine, volume: AgreedVolume) -> OrderRow:
    """An order is some weeks' need of a hospital."""
    return OrderRow(line.number, max(int(volume.agreed * buying.dice.randint(8, 18) // (100 * line.units)), 1))


def _follow(buying: Buying, order: Order, hospital: Hospital, placed: int) -> None:
    """Carry an order as far as its age allows, now and then off the straight way."""
    at = _later(buying, placed)
    luck = buying.dice.random()
    if placed == 0:
        return
    if luck < 0.03:
        send_back_order(order=order, reason=_("Stock is enough for this month"), by=hospital.approver, now=at(0, 11))
        return
    approve_order(order=order, by=hospital.approver, now=at(0, 11))
    if luck < 0.06:
        cancel_order(order=order, reason=_("Ordered twice"), by=hospital.pharmacist, now=at(0, 12))
        return
    if placed == 1:
        return
    deliverer = buying.deliverer(order)
    if luck < 0.09:
        refuse_order(order=order, reason=_("Out of stock until next week"), by=deliverer, now=at(1, 9))
        return
    part = {line.number: max(line.packs // 2, 1) for line in _lines(order)} if luck < 0.15 else None
    confirm_order(order=order, packs=part, by=deliverer, now=at(1, 9))
    if placed < 4:
        return
    delivery = send_delivery(order=order, batches=_batches(buying, order, at(3, 8)), by=deliverer, now=at(3, 8))
    waits = placed < 6 or 0.15 <= luck < 0.18
    if not waits:
        verdicts = _verdicts(delivery, luck)
        accept_delivery(delivery=delivery, verdicts=verdicts, by=hospital.receiver, now=at(4, 15))


def _later(buying: Buying, placed: int) -> Callable[[int, int], datetime]:
    """The instant some days after the order was placed, at an hour."""
    return lambda days, hour: buying.province.cast.clock.at(max(placed - days, 0), hour)


def _lines(order: Order) -> QuerySet[OrderLine]:
    return order.lines.order_by("number")


def _batches(buying: Buying, order: Order, now: datetime) -> list[Batch]:
    expires_on = legal_date(now) + timedelta(days=buying.dice.randint(300, 700))
    return [
        Batch(line.number, f"B{order.reference[-4:]}{line.number:02d}", expires_on, line.confirmed)
        for line in _lines(order)
        if line.confirmed
    ]


def _verdicts(delivery: Delivery, luck: float) -> list[Verdict]:
    """Mostly all is well; now and then a pack is damaged or missing."""
    verdicts = []
    for line in delivery.lines.order_by("number"):
        off = 1 if line.packs > 1 and line.number == 1 else 0
        if luck > 0.95 and off:
            damaged = Acceptance.Rejection.DAMAGED
            verdicts.append(Verdict(line.number, line.packs - 1, rejected=1, rejection=damaged, note=_("Box crushed")))
        elif luck > 0.92 and off:
            verdicts.append(Verdict(line.number, line.packs - 1, short=1, replacement=False))
        else:
            verdicts.append(Verdict(line.number, line.packs))
    return verdicts


def _pay(province: Province, days_ago: int) -> None:
    now = province.cast.clock.at(days_ago, 16)
    today = legal_date(now)
    due = Payable.objects.unpaid().filter(owed_from__lte=today, due_on__lte=today + timedelta(days=10))
    forgotten = province.hospitals[FORGOTTEN].organisation
    by_payee: dict[Organisation, list[PaymentRow]] = {}
    for payable in due.exclude(hospital=forgotten).select_related("payee"):
        row = PaymentRow(payable.reference, payable.amount - payable.reversed - payable.paid)
        by_payee.setdefault(payable.payee, []).append(row)
    for number, (payee, rows) in enumerate(by_payee.items(), start=1):
        record_payment(
            payee=payee,
            rows=rows,
            bank_reference=f"DEMO-{today:%Y%m%d}-{number:02d}",
            paid_on=today,
            by=province.finance,
            now=now,
        )
