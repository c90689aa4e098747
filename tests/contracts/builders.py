"""What contracts grow from: a tender whose lots are awarded. The rows are made here; the room's own acts are real."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Organisation, Seat
from catalogue.models import Item, Maker, Product, ProductVersion
from contracts.actions import (
    ContractTerms,
    OrderRow,
    approve_order,
    confirm_order,
    place_order,
    prepare_contract,
    sign_contract,
)
from contracts.models import Contract, Order
from core.actions import action
from core.clock import legal_date
from tenders.models import Award, Bid, Lot, LotItem, LotVolume, RuleSet, Tender
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
) -> Tender:
    """A tender with one lot a price, each awarded to the supplier; every hospital needs the same of each lot."""
    supplier = supplier or world.supplier
    number = next(world.numbers)
    tender = Tender.objects.create(
        reference=f"T-2026-{number:04d}",
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
        _lot(tender, place, price, pack_size, needed, supplier, world, binding)
    return tender


def _lot(
    tender: Tender,
    number: int,
    price: str,
    pack_size: int,
    needed: dict[Organisation, int],
    supplier: Organisation,
    world: World,
    binding: bool,
) -> Lot:
    version = product(f"Medicine {tender.reference[-4:]}-{number}", pack_size)
    item = version.product.item
    lot = Lot.objects.create(tender=tender, number=number, title=item.name, status="awarded")
    LotItem.objects.create(lot=lot, item=item)
    LotVolume.objects.bulk_create(
        LotVolume(lot=lot, hospital=hospital, item=item, quantity=units) for hospital, units in needed.items()
    )
    bid = Bid.objects.create(
        tender=tender,
        lot=lot,
        supplier=supplier,
        product_version=version,
        prepared_at=NOW,
        prepared_by=world.bid_manager,
    )
    Award.objects.create(
        lot=lot,
        bid=bid,
        price=Decimal(price),
        standstill_until=NOW,
        proposed_at=NOW,
        proposed_by=world.officer,
        awarded_at=NOW if binding else None,
        awarded_by=world.awarder if binding else None,
    )
    return lot


@action
def product(name: str, pack_size: int | None = 7) -> ProductVersion:
    """One maker's product of a new item, in packs of ``pack_size`` tablets."""
    item = Item.objects.create(kind="drug", name=name, strength="20 mg", base_unit="tablet", pinyin=name.lower())
    maker = Maker.objects.get_or_create(name="Demo maker")[0]
    made = Product.objects.create(item=item, maker=maker, key=f"demo-{name}")
    return ProductVersion.objects.create(product=made, pack_size=pack_size, pack_unit="box")


def _rule_set() -> RuleSet:
    facts = {"title": "Demo", "source": "demo", "valid_from": date(2020, 1, 1), "body": {}}
    return RuleSet.objects.get_or_create(code="demo", version=1, defaults=facts)[0]


def contract_in_force(world: World, *, terms: ContractTerms = TERMS, **tender: object) -> Contract:
    """A contract signed by both sides, with two lines unless said otherwise."""
    awarded = awarded_tender(world, **tender)  # type: ignore[arg-type]
    supplier = tender.get("supplier") or world.supplier
    contract = prepare_contract(tender=awarded, supplier=supplier, terms=terms, by=world.officer, now=NOW)
    signatory = world.bid_manager if supplier == world.supplier else world.seat(supplier, "signatory")
    sign_contract(contract=contract, by=signatory, now=NOW)
    return sign_contract(contract=contract, by=world.awarder, now=NOW)


def order(world: World, contract: Contract, *packs: int, by: Seat | None = None) -> Order:
    """An order that waits for approval: packs of line 1, line 2 and so on; 0 leaves a line out."""
    rows = [OrderRow(line, count) for line, count in enumerate(packs, start=1) if count]
    return place_order(contract=contract, rows=rows, by=by or world.pharmacist, now=NOW)


def confirmed_order(world: World, contract: Contract, *packs: int) -> Order:
    """An order that the deliverer has confirmed whole."""
    placed = approve_order(order=order(world, contract, *packs), by=world.order_approver, now=NOW)
    return confirm_order(order=placed, by=world.dispatcher, now=NOW)
