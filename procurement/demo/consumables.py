"""The demo's consumables of last season, in which little is one: two winners over two regions, stents by registration
and ordered by model, hips as sets of parts, two distributors, and two payers."""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Organisation, Region
from catalogue.models import Item, Maker, Product, ProductVersion
from catalogue.rules import fold
from contracts.actions import (
    Batch,
    ContractTerms,
    DistributionTerms,
    OrderRow,
    PayeeTerms,
    PayerTerms,
    Verdict,
    accept_delivery,
    approve_order,
    confirm_order,
    name_deliverer,
    place_orders,
    prepare_contract,
    send_delivery,
    set_payee,
    set_payer,
    sign_contract,
)
from contracts.models import Contract, Order, PayeeRow, PayerRow
from core.actions import action
from core.clock import legal_date
from procurement.demo import tendering
from procurement.demo.facts import fact
from procurement.demo.stage import CITY, REGION, Hospital, Province
from procurement.demo.tendering import GOOD, LotPlanned, Planned, Running, Schedule
from tenders.actions.preparation import LotPartPlan
from tenders.models import Lot

FUNDS = "funds"
STENTS, HIPS = (Decimal(645), Decimal(670), Decimal(690)), (Decimal(8000), Decimal(8200), Decimal(8400))
DELIVERED = 12  # days ago
SEASON = Schedule(
    demand=170, published=150, deadline=125, opened=124, evaluated=122, priced=119, proposed=118, awarded=113
)


def finish(stent: Item, province: Province) -> Running:
    """From demand to two signed contracts: the first winner supplies the province, the second the city."""
    hip = Item.objects.get(name=fact("人工髋关节"), strength=fact("陶瓷-聚乙烯"))
    parts = [Item.objects.get(name=fact(name)) for name in ("髋关节股骨柄", "髋关节股骨头", "髋臼假体")]
    plan = Planned(
        _("Stents by registration, hips by set (demonstration)"),
        _("Two winners a lot, each for the hospitals of its regions, and a standby. Everything is made up."),
        Item.Kind.CONSUMABLE,
        [
            LotPlanned(stent, 20, Decimal(2850), None, Lot.Offered.REGISTRATION),
            LotPlanned(hip, 5, Decimal(9000), None, Lot.Offered.SYSTEM, tuple(map(LotPartPlan, parts))),
        ],
        SEASON,
        rule_set="two-winners-by-regions",
    )
    running = tendering.publish(plan, province)
    first, second = running.lots
    for number, seat in enumerate(province.competitors):
        at = province.cast.clock.at(128, 9, number)
        models = [_model(stent, seat.organisation, size) for size in ("2.5 x 18 mm", "3.0 x 24 mm")]
        tendering.bid(first, models[:1], STENTS[number], by=seat, at=at)
        tendering.bid(second, [_model(part, seat.organisation, "") for part in parts], HIPS[number], by=seat, at=at)
    tendering.open_envelopes(running, province, "technical", SEASON.opened or 0)
    tendering.evaluate(running, province, lambda _bid: GOOD)
    tendering.open_envelopes(running, province, "commercial", SEASON.priced or 0)
    tendering.award(running, province, {REGION: 1, CITY: 2})
    return running


def buy(running: Running, province: Province) -> None:
    """A hospital of the province and one of the city order models and sets, and accept them."""
    clock = province.cast.clock
    now = clock.at(110)
    fund = PayerTerms(
        PayerRow.Who.ORGANISATION,
        legal_date(now),
        payer=province.fund.organisation,
        region=Region.objects.get(code=CITY),
        rule=FUNDS,
        begins_rule=True,
    )
    set_payer(terms=fund, by=province.awarder, now=now)
    makers = PayeeTerms(PayeeRow.Whom.SUPPLIER, legal_date(now), region=Region.objects.get(code=CITY), rule=FUNDS)
    set_payee(terms=makers, by=province.awarder, now=now)
    contracts = [_contract(running, place, province) for place in (0, 1)]
    for contract, hospital in zip(contracts, (province.hospitals[0], province.hospitals[-1]), strict=True):
        rows = [OrderRow(1, 2, product=1), OrderRow(1, 3, product=2), OrderRow(2, 2)]
        now = clock.at(DELIVERED + 4, 9)
        for order in place_orders(baskets=[(contract, rows)], by=hospital.pharmacist, now=now):
            deliver(order, hospital, province, DELIVERED)


def _contract(running: Running, place: int, province: Province) -> Contract:
    """With the supplier of a place: one distributor for all, and another for hips under the first contract."""
    clock, manager = province.cast.clock, province.competitors[place]
    now = clock.at(109)
    starts_on = legal_date(now) + timedelta(days=14)
    terms = ContractTerms(starts_on, starts_on + timedelta(days=364), maximum_percent=150, payer_rule=FUNDS)
    facts = {"source": running.tender.reference, "supplier": manager.organisation, "terms": terms}
    contract = prepare_contract(**facts, by=province.preparer, now=now)
    all_of_it, hips = (seat.organisation for seat in province.distributors)
    named = [DistributionTerms(all_of_it, legal_date(now))]
    if place == 0:
        hip = contract.lines.get(number=2).products.select_related("product_version__product")[0]
        named.append(DistributionTerms(hips, legal_date(now), product=hip.product_version.product))
    for one in named:
        name_deliverer(contract=contract, terms=one, by=manager, now=now)
    for seat in (manager, province.awarder):
        sign_contract(contract=Contract.objects.get(pk=contract.pk), by=seat, now=clock.at(107))
    return Contract.objects.get(pk=contract.pk)


def deliver(order: Order, hospital: Hospital, province: Province, days_ago: int) -> None:
    """Carry an order placed four days before to its acceptance, all in order."""
    clock, deliverer = province.cast.clock, province.dispatchers[order.deliverer_id]
    approve_order(order=order, by=hospital.approver, now=clock.at(days_ago + 3))
    confirm_order(order=order, by=deliverer, now=clock.at(days_ago + 2))
    now = clock.at(days_ago + 1)
    lasts = legal_date(now) + timedelta(days=700)
    batches = [Batch(line.number, f"D{order.pk}-{line.number}", lasts, line.packs) for line in order.lines.all()]
    delivery = send_delivery(order=order, batches=batches, by=deliverer, now=now)
    verdicts = [Verdict(line.number, line.packs) for line in delivery.lines.all()]
    accept_delivery(delivery=delivery, verdicts=verdicts, by=hospital.receiver, now=clock.at(days_ago, 15))


@action
def _model(item: Item, organisation: Organisation, size: str) -> ProductVersion:
    """A demo product of a registration that all of its maker's models of the item share."""
    name = {"name": organisation.name, "name_key": fold(organisation.name)}
    maker, _new = Maker.objects.get_or_create(**name, organisation=organisation)
    product = Product.objects.create(item=item, maker=maker, key=f"demo-{item.pk}-{maker.pk}-{size or 1}")
    return ProductVersion.objects.create(
        product=product,
        brand=size,
        approval_number=f"演示械注准{item.pk:04d}{maker.pk:04d}",
        pack_size=1,
        pack_unit=fact("个"),
        source=_("Demo product, made up"),
    )
