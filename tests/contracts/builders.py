"""What contracts grow from: a tender whose lots are awarded. The rows are made here; the room's own acts are real."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, Seat
from awards.models import Allocation, Award, AwardProduct, Decision
from catalogue.models import Item, Maker, Product, ProductVersion
from catalogue.rules import fold, identity_keys
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
from contracts.models import Contract, Delivery, Order
from core.actions import action
from core.clock import legal_date
from core.references import next_reference
from payments.actions import PaymentRow, record_payment
from payments.models import Payment
from tenders.models import Lot, LotItem, LotVolume, RuleSet, Tender
from tests.kept import kept
from tests.world import NOW, World

TODAY = legal_date(NOW)
TERMS = ContractTerms(starts_on=TODAY, ends_on=TODAY + timedelta(days=364))


@action
def awarded_tender(
    world: World,
    *,
    prices: tuple[str, ...] = ("6.60", "17.81"),
    pack_size: int = 7,
    volumes: dict[Organisation, int] | None = None,
    supplier: Organisation | None = None,
    binding: bool = True,
    **offer: Any,
) -> Tender:
    """A tender with one lot a price, each awarded to the supplier; every hospital needs the same of each lot.

    ``offer`` may say a base unit's ``price_before`` in the first lot, the ``factor`` of the product that won it, the
    ``further`` models that won with it, or the ``parts`` of the set that won it.
    """
    supplier = supplier or world.supplier
    tender = Tender.objects.create(
        reference=next_reference("tender", "T", NOW),
        agency=world.agency,
        status="published",
        title="Cardiovascular medicines",
        kind="drug",
        region=world.region,
        deadline=NOW,
        terms="0" * 64,
        rule_set=_rule_set(),
        prepared_at=NOW,
        prepared_by=world.officer,
        published_at=NOW,
        published_by=world.officer,
    )
    needed = volumes or {world.hospital: 7000}
    for place, price in enumerate(prices, start=1):
        won = Won(price, pack_size, supplier, binding, **(offer if place == 1 else {}))
        _lot(tender, place, won, needed, world)
    return tender


@dataclass(frozen=True)
class Offered:
    """A product of an offer: its price a pack, of a set how many base units it has of it, and what one counts as in
    prices and volumes where that is not what the first does."""

    price: str
    pack_size: int = 7
    service_fee: str | None = None
    quantity: int = 1
    factor: str | None = None


@dataclass(frozen=True)
class Won:
    """Who won a lot with what."""

    price: str
    pack_size: int
    supplier: Organisation
    binding: bool
    price_before: str | None = None
    factor: str = "1"
    further: tuple[Offered, ...] = ()
    parts: tuple[Offered, ...] = ()

    @property
    def products(self) -> tuple[Offered, ...]:
        return self.parts or (Offered(self.price, self.pack_size), *self.further)


def _lot(tender: Tender, number: int, won: Won, needed: dict[Organisation, int], world: World) -> Lot:
    name = f"Medicine {tender.reference[-4:]}-{number}"
    first = product(name, won.pack_size, maker=won.supplier)
    item = first.product.item
    ended = {"status": "ended", "ending": "awarded", "ended_at": NOW, "ended_by": world.awarder}
    stands = ended if won.binding else {"status": "opened"}
    lot = Lot.objects.create(tender=tender, number=number, title=item.name, price_before=won.price_before, **stands)
    LotItem.objects.create(lot=lot, item=item, factor=won.factor, volume_factor=won.factor)
    LotVolume.objects.bulk_create(
        LotVolume(lot=lot, hospital=hospital, item=item, quantity=units) for hospital, units in needed.items()
    )
    awarded = {"status": "awarded", "awarded_at": NOW, "awarded_by": world.awarder} if won.binding else {}
    decision = Decision.objects.create(
        lot=lot, number=1, standstill_until=NOW, proposed_at=NOW, proposed_by=world.officer, **awarded
    )
    pack_size = 1 if won.parts else won.pack_size
    offered = {"price": Decimal(won.price), "pack_size": pack_size, "factor": won.factor}
    award = Award.objects.create(
        decision=decision,
        place=1,
        agency=world.agency,
        supplier=won.supplier,
        region=world.region,
        source=tender.reference,
        source_title=tender.title,
        part=lot.key,
        part_title=lot.title,
        bid="B-DEMO",
        unit="set" if won.parts else item.base_unit,
        is_set=bool(won.parts),
        price_before=won.price_before,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=364),
        **offered,
    )
    for place, one in enumerate(won.products, start=1):
        version = (
            first if place == 1 and not won.parts else product(f"{name}-{place}", one.pack_size, maker=won.supplier)
        )
        AwardProduct.objects.create(
            award=award,
            number=place,
            product_version=version,
            price=Decimal(one.price),
            service_fee=one.service_fee and Decimal(one.service_fee),
            pack_size=one.pack_size,
            factor=one.factor or won.factor,
            volume_factor=one.factor or won.factor,
            quantity=one.quantity,
        )
    Allocation.objects.bulk_create(
        Allocation(
            decision=decision,
            award=award,
            region=hospital.region,
            hospital=hospital,
            year=TODAY.year,
            quantity=ceil(units * Decimal(won.factor)),
        )
        for hospital, units in needed.items()
    )
    return lot


@action
def product(name: str, pack_size: int | None = 7, *, maker: Organisation | None = None) -> ProductVersion:
    """A product of a new item by a registered maker, or one that is not, in packs of ``pack_size`` tablets."""
    said = {"name": name, "strength": "20 mg", "form": ""}
    item = Item.objects.create(kind="drug", base_unit="tablet", pinyin=name.lower(), **said, **identity_keys(**said))
    named = maker.name if maker else "Demo maker"
    made_by = Maker.objects.get_or_create(name=named, name_key=fold(named), defaults={"organisation": maker})[0]
    made = Product.objects.create(item=item, maker=made_by, key=f"demo-{name}")
    return ProductVersion.objects.create(product=made, pack_size=pack_size, pack_unit="box")


def _rule_set() -> RuleSet:
    facts = {"title": "Demo", "source": "demo", "valid_from": date(2020, 1, 1), "body": {}}
    return RuleSet.objects.get_or_create(code="demo", version=1, defaults=facts)[0]


@kept
def contract_in_force(world: World, *, terms: ContractTerms = TERMS, **tender: object) -> Contract:
    """A contract signed by both sides, with two lines unless said otherwise; its supplier can be paid."""
    awarded = awarded_tender(world, **tender)
    supplier = tender.get("supplier") or world.supplier
    contract = prepare_contract(source=awarded.reference, supplier=supplier, terms=terms, by=world.officer, now=NOW)
    signatory = world.bid_manager if supplier == world.supplier else world.seat(supplier, "signatory")
    sign_contract(contract=contract, by=signatory, now=NOW)
    world.bank_account(supplier)
    return sign_contract(contract=contract, by=world.awarder, now=NOW)


def order(world: World, contract: Contract, *packs: int, by: Seat | None = None, now: datetime = NOW) -> Order:
    """An order that waits for approval: packs of line 1, line 2 and so on; 0 leaves a line out."""
    rows = [OrderRow(line, count) for line, count in enumerate(packs, start=1) if count]
    return place_order(contract=contract, rows=rows, by=by or world.pharmacist, now=now)


def confirmed_order(world: World, contract: Contract, *packs: int) -> Order:
    """An order that the deliverer has confirmed whole."""
    placed = approve_order(order=order(world, contract, *packs), by=world.order_approver, now=NOW)
    return confirm_order(order=placed, by=world.dispatcher, now=NOW)


@dataclass(frozen=True)
class Trade:
    """A contract in the middle of its term, with an order at every stage and payables of every age."""

    contract: Contract
    waiting: Order
    approved: Order
    to_send: Order
    under_way: Delivery
    received: Delivery
    payment: Payment


def current_contract(world: World, **tender: object) -> Contract:
    """A contract in force on the day the test runs, with a maximum of 120 percent."""
    today = legal_date(timezone.now())
    terms = ContractTerms(today - timedelta(days=120), today + timedelta(days=245), maximum_percent=120)
    return contract_in_force(world, terms=terms, **tender)


def trade(world: World, **tender: object) -> Trade:
    """Trade under a current contract, dated backwards from an instant of the present day."""
    return _trade_of(world, legal_date(timezone.now()), **tender)


@kept
def _trade_of(world: World, day: date, **tender: object) -> Trade:
    """The trade of a day is kept for that day only."""
    contract = current_contract(world, **{"volumes": {world.hospital: 70000}, **tender})
    now = timezone.now()
    ages = (75, 40, 31, 30, 26, 3)  # days since acceptance; after 30 an amount is overdue
    received = [_received(world, contract, now - timedelta(days=age), 40 + age) for age in ages]
    payment = record_payment(
        payee=contract.supplier,
        rows=[PaymentRow(f"{received[0].reference}-1-1", Decimal("200.00"))],
        bank_reference="ICBC-2026-0001",
        paid_on=legal_date(now),
        by=world.finance,
        now=now,
    )
    to_send = _confirmed(world, contract, now - timedelta(days=1), 25)
    under_way = _sent(world, _confirmed(world, contract, now - timedelta(days=5), 30), now - timedelta(days=4))
    approved = approve_order(order=_placed(world, contract, now, 12), by=world.order_approver, now=now)
    return Trade(contract, _placed(world, contract, now, 7), approved, to_send, under_way, received[0], payment)


def _placed(world: World, contract: Contract, now: datetime, packs: int) -> Order:
    rows = [OrderRow(line.number, packs * line.number) for line in contract.lines.all()]
    return place_order(contract=contract, rows=rows, by=world.pharmacist, now=now)


def _confirmed(world: World, contract: Contract, now: datetime, packs: int) -> Order:
    approved = approve_order(order=_placed(world, contract, now, packs), by=world.order_approver, now=now)
    return confirm_order(order=approved, by=world.dispatcher, now=now)


def _sent(world: World, placed: Order, now: datetime) -> Delivery:
    lines = placed.lines.order_by("number")
    lasts = legal_date(timezone.now()) + timedelta(days=500)
    batches = [Batch(line.number, f"2603{line.number:02d}", lasts, line.packs) for line in lines]
    return send_delivery(order=placed, batches=batches, by=world.dispatcher, now=now)


def _received(world: World, contract: Contract, now: datetime, packs: int) -> Delivery:
    delivery = _sent(world, _confirmed(world, contract, now, packs), now)
    verdicts = [Verdict(line.number, line.packs - 1, short=1) for line in delivery.lines.all()]
    accept_delivery(delivery=delivery, verdicts=verdicts, by=world.receiver, now=now)
    return delivery
