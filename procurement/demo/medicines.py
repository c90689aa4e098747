"""The demo's medicines of this season: a joint lot won with further specifications and ordered, a lot whose proposed
award a competitor objects to, a lot that a complaint holds, and one whose standstill is over."""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from awards.actions import award_lot, file_objection, propose_award
from catalogue.models import Item, ProductVersion
from contracts.actions import (
    Batch,
    ContractTerms,
    OrderRow,
    approve_order,
    confirm_order,
    place_orders,
    prepare_contract,
    send_delivery,
    sign_contract,
)
from contracts.models import Contract
from core.clock import legal_date
from procurement.demo import tendering
from procurement.demo.consumables import deliver
from procurement.demo.facts import fact
from procurement.demo.stage import Province
from procurement.demo.tendering import GOOD, LotPlanned, Planned, Running, Schedule
from tenders.actions.holds import hold_lot
from tenders.actions.preparation import LotItemPlan
from tenders.models import Hold, Lot

SEASON = Schedule(demand=75, published=60, deadline=32, opened=31, evaluated=29, priced=25, proposed=24, awarded=18)
PACK, LARGER_PACK = 24, 48
PRICES = (Decimal("4.80"), Decimal("5.04"), Decimal("5.52"))
HELD, OBJECTED, DELIVERED = 27, 1, 4  # days ago


def finish(province: Province) -> Running:
    """The first lot is awarded; of the others each waits for somebody: an answer, a regulator, the award."""
    plan = Planned(
        _("Common medicines, with further specifications (demonstration)"),
        _("Two strengths in one lot, an objection and a complaint. Everything is made up."),
        Item.Kind.DRUG,
        [
            LotPlanned(
                _item("盐酸二甲双胍片", "0.5g"),
                900,
                Decimal("0.35"),
                Decimal("0.30"),
                others=(LotItemPlan(_item("盐酸二甲双胍片", "0.25g"), Decimal("0.5")),),
            ),
            LotPlanned(_item("阿莫西林胶囊", "0.5g"), 600, Decimal("0.40"), None),
            LotPlanned(_item("左氧氟沙星片", "0.5g"), 300, Decimal("0.90"), None),
            LotPlanned(_item("左氧氟沙星片", "0.25g"), 300, Decimal("0.60"), None),
        ],
        SEASON,
    )
    running = tendering.publish(plan, province)
    for lot in running.lots:
        _bids(lot, province)
    tendering.open_envelopes(running, province, "technical", SEASON.opened or 0)
    tendering.evaluate(running, province, lambda _bid: GOOD)
    _decide(running, province)
    return running


def buy(running: Running, province: Province) -> None:
    """A contract with who won the first lot, and two orders: one of them of the other strength and of larger packs."""
    clock, manager = province.cast.clock, province.competitors[0]
    now = clock.at(17)
    starts_on = legal_date(now) + timedelta(days=5)
    terms = ContractTerms(starts_on, starts_on + timedelta(days=364), maximum_percent=150)
    facts = {"source": running.tender.reference, "supplier": manager.organisation, "terms": terms}
    contract = prepare_contract(**facts, by=province.preparer, now=now)
    for seat in (manager, province.awarder):
        sign_contract(contract=Contract.objects.get(pk=contract.pk), by=seat, now=clock.at(15))
    contract = Contract.objects.get(pk=contract.pk)
    baskets = ([OrderRow(1, 20, product=1)], [OrderRow(1, 12, product=2), OrderRow(1, 8, product=3)])
    for rows, hospital in zip(baskets, province.hospitals, strict=False):
        now = clock.at(DELIVERED + 4, 9)
        for order in place_orders(baskets=[(contract, rows)], by=hospital.pharmacist, now=now):
            deliver(order, hospital, province, DELIVERED)
    _under_way(contract, province)


def _under_way(contract: Contract, province: Province) -> None:
    """One order of the first hospital waits for its approver, one for the supplier, one delivery for the receiver."""
    clock, hospital, sender = province.cast.clock, province.hospitals[0], province.senders[0]
    for packs, days_ago in ((10, 4), (12, 1), (14, 0)):
        basket = [(contract, [OrderRow(1, packs, product=1)])]
        [order] = place_orders(baskets=basket, by=hospital.pharmacist, now=clock.at(days_ago, 7))
        if days_ago:
            approve_order(order=order, by=hospital.approver, now=clock.at(days_ago, 11))
        if days_ago > 1:
            confirm_order(order=order, by=sender, now=clock.at(days_ago - 1))
            now = clock.at(days_ago - 2)
            batch = Batch(1, f"M{order.pk}", legal_date(now) + timedelta(days=500), packs)
            send_delivery(order=order, batches=[batch], by=sender, now=now)


def _bids(lot: Lot, province: Province) -> None:
    """Of each competitor one; where the lot has several items, with the other one and a larger pack further."""
    item, *others = (row.item for row in lot.lot_items.select_related("item").order_by("pk"))
    for number, seat in enumerate(province.competitors):
        at = province.cast.clock.at(40, 9, number)
        main = _product(item, seat.organisation, PACK)
        further = [_product(other, seat.organisation, PACK) for other in others]
        further += [_product(item, seat.organisation, LARGER_PACK) for _other in others]
        tendering.bid(lot, [main], PRICES[number], further=further, by=seat, at=at)


def _decide(running: Running, province: Province) -> None:
    clock, (joint, objected, held, over) = province.cast.clock, running.lots
    facts = {"code": Hold.Code.COMPLAINT, "reference": _("Demo file 17"), "reason": _("A test report is doubted.")}
    hold_lot(lot=held, **facts, by=province.preparer, now=clock.at(HELD))
    tendering.open_envelopes(running, province, "commercial", SEASON.priced or 0)
    for lot in (joint, over):
        propose_award(lot=lot, by=province.preparer, now=clock.at(SEASON.proposed or 0))
    award_lot(lot=joint, by=province.awarder, now=clock.at(SEASON.awarded or 0))
    propose_award(lot=objected, by=province.preparer, now=clock.at(OBJECTED + 1))
    text = _("The winner delivered late four times last year; its points for delivery are too many.")
    file_objection(lot=objected, text=text, by=province.competitors[1], now=clock.at(OBJECTED))


def _item(name: str, strength: str) -> Item:
    return Item.objects.get(name=fact(name), strength=strength)


def _product(item: Item, maker: object, size: int) -> ProductVersion:
    return tendering.product_of(item, maker, size, fact("盒"))
