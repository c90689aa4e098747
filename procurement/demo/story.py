"""The story of the demo, from the first day to today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actions import BankDetails, propose_bank_account
from accounts.models import Seat
from accounts.rules import DEMO_PASSWORD
from catalogue.actions import Letter, authorise, import_at_once, link_maker
from catalogue.models import Authorisation, Item, Maker, ProductVersion
from core.clock import legal_date, mark_installation, set_database_clock
from core.models import OutboxMessage
from core.search import index
from procurement.demo import buying, consumables, mandates, medicines, tendering
from procurement.demo.entrance import ask_to_take_part, fill_shelf, propose_changes
from procurement.demo.facts import OWN, fact, files, rows
from procurement.demo.listings import list_products
from procurement.demo.lists import group_varieties, keep_lists, run_short
from procurement.demo.registry import keep_register
from procurement.demo.stage import Cast, DemoClock, Province, Size, gather
from procurement.demo.tendering import FAIR, GOOD, POOR, LotPlanned, Planned, Running, Schedule, times
from procurement.searching import everything
from tenders.models import Bid
from tenders.tasks import announce_close

# What the competitors of each lot ask, as a multiple of the published price, and how their envelopes score. The
# last one is cheaper and fails the technical envelope: its price stays sealed for ever.
COMPETITORS = (("1.12", GOOD), ("1.31", FAIR), ("0.80", POOR))
NEED = 60_000
WITHOUT_PRICE_BEFORE = Decimal("1.60")
WHOLE = Size()


@dataclass(frozen=True)
class Result:
    """One published result of 2018: who won, at what price a pack, and what the pack cost before."""

    product: ProductVersion
    maker: str
    price: Decimal
    before: Decimal | None

    @property
    def item(self) -> Item:
        return self.product.product.item

    @property
    def lot(self) -> LotPlanned:
        pack = Decimal(self.product.pack_size)
        before = None if self.before is None else (self.before / pack).quantize(Decimal("0.000001"))
        ceiling = ((self.before or self.price * WITHOUT_PRICE_BEFORE) / pack).quantize(Decimal("0.0001"))
        return LotPlanned(self.item, NEED // 6, ceiling, before)


def make_demo(now: datetime, size: Size = WHOLE) -> dict[str, Any]:
    """Make the whole demo as of ``now``, its names in the language that the installation says.

    Returns what the start prints: password, accounts, and key files.
    """
    with transaction.atomic(), override(settings.DEMO_LANGUAGE):
        return _made(now, size)


def _made(now: datetime, size: Size) -> dict[str, Any]:
    mark_installation("demo")
    clock = DemoClock(now)
    try:
        cast = Cast(clock, size)
        province = gather(cast)
        tendering.put_rules_in_force(province)
        mandates.entrust(province)
        for name, content in files(size.medicines):
            import_at_once(file_name=name, content=content, by=province.cataloguer, now=clock.at(252))
        _analyse()
        finished = _finished(province)
        several = consumables.finish(_stents()[0], province)
        common = medicines.finish(province)
        waiting = _waiting(province)
        running = _open(province)
        _prepared(province)
        _bank_account_waits(province)
        deals = buying.conclude(finished.tender, province, prepared=186, signed=182)
        buying.buy(deals)
        consumables.buy(several, province)
        medicines.buy(common, province)
        _letter_ends(province)
        keep_register(province)
        keep_lists(province)
        group_varieties(province)
        run_short(province)
        list_products(province)
        ask_to_take_part(province)
        fill_shelf(province)
        mandates.leave_one_waiting(province)
        propose_changes(province)
    finally:
        set_database_clock(None)
    # What happened in the demo's past was told in the demo's past; but who plays an opener needs the mail of the close.
    told = OutboxMessage.objects.filter(delivered_at=None)
    closes = [[one.tender.close.pk] for one in (common, waiting)]
    told.exclude(task=announce_close.name, arguments__in=closes).update(delivered_at=now)
    index(everything())
    keys = {name: key for one in (common, waiting, running) for name, key in tendering.key_files(one).items()}
    return {"password": DEMO_PASSWORD, "accounts": cast.accounts, "keys": keys}


def _analyse() -> None:
    """What a transaction has not committed is known to the planner only so: it would join as if there were no rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def results() -> list[Result]:
    """The 26 published results, each with the catalogue's product that the importer made of it."""
    products = ProductVersion.objects.current().select_related("product__item", "product__maker")
    known = {_identity(v.product.item.name, v.product.item.strength, v.pack_size): v for v in products}
    return [
        Result(
            known[_identity(row["item_name"], row["strength"], int(row["pack_size"]))],
            row["maker"],
            Decimal(row["price"]),
            Decimal(row["price_before"]) if row["price_before"] else None,
        )
        for row in rows(OWN / "results_2018.csv")
    ]


def _identity(name: str, strength: str, pack_size: int | None) -> tuple[str, str, int | None]:
    return name, strength, pack_size


def _finished(province: Province) -> Running:
    """The results of 2018 as a double envelope: a demonstration, because in 2018 there was one envelope."""
    found = results()[: province.cast.size.results]
    plan = Planned(
        _("4+7 results of 2018, run as a double envelope (demonstration)"),
        _(
            "Makers and winning prices are published facts; in 2018 there was one envelope. Bidding organisations,"
            " people, scores, ceilings without a published price before, and competitors' prices are made up."
        ),
        Item.Kind.DRUG,
        [result.lot for result in found],
        Schedule(
            demand=250, published=232, deadline=205, opened=204, evaluated=202, priced=197, proposed=196, awarded=191
        ),
    )
    running = tendering.publish(plan, province)
    winners = {}
    for lot, result in zip(running.lots, found, strict=True):
        winner = tendering.bid(
            lot,
            [result.product],
            result.price,
            by=_maker_of(result.product, result.maker, province),
            at=province.cast.clock.at(210, 11),
        )
        winners[winner.pk] = GOOD
        winners |= _compete(running, lot, result, province, days_ago=208)
    tendering.open_envelopes(running, province, "technical", plan.schedule.opened or 0)
    tendering.evaluate(running, province, lambda bid: winners[bid.pk])
    tendering.open_envelopes(running, province, "commercial", plan.schedule.priced or 0)
    tendering.award(running, province)
    return running


def _maker_of(product: ProductVersion, name: str, province: Province) -> Seat:
    """The demo organisation that bids with a published product, registered as its maker."""
    seat, maker = province.bidder_for(name), Maker.objects.get(products=product.product_id)
    if maker.organisation_id is None:
        link_maker(maker=maker, organisation=seat.organisation, by=province.cataloguer, now=province.cast.clock.at(251))
    return seat


def _compete(running: Running, lot: Any, result: Result, province: Province, *, days_ago: int) -> dict[int, Decimal]:
    shares = {}
    for number, (seat, (factor, share)) in enumerate(zip(province.competitors, COMPETITORS, strict=True), start=1):
        pack = result.product
        product = tendering.product_of(result.item, seat.organisation, pack.pack_size, pack.pack_unit)
        at = province.cast.clock.at(days_ago, 9, number)
        bid = tendering.bid(lot, [product], times(result.price, factor), by=seat, at=at)
        shares[bid.pk] = share
    return shares


def _waiting(province: Province) -> Running:
    """A consumables tender whose technical envelopes are open and wait for the evaluators."""
    items = Item.objects.filter(name__in=map(fact, ("人工髋关节", "人工膝关节")))
    plan = Planned(
        _("Artificial joints (demonstration)"),
        _("Categories as in the joints procurement of 2021; everything else is made up."),
        Item.Kind.CONSUMABLE,
        [LotPlanned(item, 40, Decimal(9000), None) for item in items],
        Schedule(demand=60, published=40, deadline=3, opened=2),
    )
    running = tendering.publish(plan, province)
    _bids_of_competitors(running, province, "7800", days_ago=8)
    tendering.open_envelopes(running, province, "technical", 2)
    return running


def _open(province: Province) -> Running:
    """A consumables tender that is open for bids; two bids lie sealed in it."""
    plan = Planned(
        _("Coronary stents (demonstration)"),
        _("Products of the published results of 2020; the tender is made up."),
        Item.Kind.CONSUMABLE,
        [LotPlanned(item, 150, Decimal(2850), None) for item in _stents()],
        Schedule(demand=40, published=12, deadline=-12),
    )
    for product in ProductVersion.objects.current().filter(product__item__in=_stents()):
        _maker_of(product, product.maker_name, province)
    running = tendering.publish(plan, province)
    _bids_of_competitors(running, province, "690", days_ago=1, bidders=2)
    return running


def _prepared(province: Province) -> None:
    """What officers and hospitals have before them: a draft, demand to lock, and demand still to report."""
    lots = [result.lot for result in results()]
    plan = Planned(
        _("Medicines of next year, first round (demonstration)"),
        _("A draft: its lots stand; its schedule, criteria and people are missing."),
        Item.Kind.DRUG,
        lots[:4],
        Schedule(demand=30, published=3, deadline=0),
    )
    tendering.draft(plan, province)
    first, *_others, fifth, last = province.hospitals
    tendering.ask_need(_("Medicines of next year, second round"), lots[4:8], province, opened=14, silent=[last])
    tendering.ask_need(
        _("Medicines of next year, third round"), lots[8:], province, opened=5, silent=[first, fifth, last]
    )


def _bank_account_waits(province: Province) -> None:
    """A supplier moves to another bank: one of its people said so yesterday, the other has it among the work to do."""
    seat, now = next(iter(province.bidders.values())), province.cast.clock.at(1, 16)
    details = BankDetails(_("Another Demo Bank"), seat.organisation.name, "6225 8801 2345 6789")
    propose_bank_account(details=details, by=seat, now=now)


def _letter_ends(province: Province) -> None:
    """A dealer's letter that lasts some weeks more, for the stents of a maker that does not bid itself."""
    now = province.cast.clock.at(150)
    letter = Letter(
        Authorisation.Kind.DEALER,
        Maker.objects.get(name=fact("美敦力")),
        product=None,
        valid_from=legal_date(now),
        valid_to=legal_date(now) + timedelta(days=170),
        evidence=_("Demo letter 8"),
    )
    authorise(letter=letter, supplier=province.competitors[1].organisation, by=province.cataloguer, now=now)


def _stents() -> Any:
    return Item.objects.filter(name=fact("冠状动脉药物洗脱支架"))


def _bids_of_competitors(
    running: Running, province: Province, price: str, *, days_ago: int, bidders: int = 3
) -> Iterable[Bid]:
    return [
        tendering.bid(
            lot,
            [tendering.product_of(lot.lot_items.get().item, seat.organisation, 1, fact("套"))],
            times(Decimal(price), f"1.{number}{lot.number}"),
            by=seat,
            at=province.cast.clock.at(days_ago, 10, number),
        )
        for lot in running.lots
        for number, seat in enumerate(province.competitors[:bidders], start=1)
    ]
