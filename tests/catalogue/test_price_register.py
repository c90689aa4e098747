"""One price of a kind holds at a time, for an item or one product of it, in one region."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.test.utils import CaptureQueriesContext

from catalogue import actions
from catalogue.models import Item, PriceEntry, Product
from catalogue.rules import PriceFact
from core.actions import action
from core.errors import Conflict, Denied, Refused
from core.models import Event
from tests.catalogue.files import TABLET, merged, numbered, products
from tests.world import NOW

JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 1)


@pytest.fixture
def item(world):
    merged(world, products(TABLET))
    return Item.objects.get()


def fact(item, world, **changes):
    values = {
        "item_id": item.pk,
        "region_code": world.region.pk,
        "price": Decimal("0.52"),
        "units": 1,
        "valid_from": JANUARY,
        "source": "notice of 2026",
    }
    return PriceFact(**values | changes)


def recorded(world, fact, kind="ceiling", **options):
    return actions.record_price(fact=fact, kind=kind, by=world.cataloguer, now=NOW, **options)


def test_a_price_is_recorded_with_its_period_and_source(world, item):
    entry = recorded(world, fact(item, world))
    entry.refresh_from_db()
    assert (entry.price, entry.units, entry.kind, entry.source) == (Decimal("0.52"), 1, "ceiling", "notice of 2026")
    assert (entry.recorded_at, entry.recorded_by, entry.valid_to) == (NOW, world.cataloguer, None)
    event = Event.objects.get(subject=item.reference)
    assert (event.verb, event.data["price"], event.data["kind"]) == ("price.recorded", "0.52", "ceiling price")


def test_the_refusal_of_an_overlap_names_the_other_entry(world, item):
    recorded(world, fact(item, world))
    with pytest.raises(Refused) as refusal:
        recorded(world, fact(item, world, price=Decimal("0.50"), valid_from=JUNE))
    assert refusal.value.faults[0].field == "valid_from"
    assert refusal.value.message == (
        "The ceiling price 0.52 holds from 2026-01-01 to … (notice of 2026). Only one may hold at a time."
    )


def test_the_running_price_ends_the_day_before_when_that_is_asked_for(world, item):
    old = recorded(world, fact(item, world))
    recorded(world, fact(item, world, price=Decimal("0.50"), valid_from=JUNE), supersede=True)
    old.refresh_from_db()
    assert old.valid_to == date(2026, 5, 31)
    assert [event.verb for event in Event.objects.filter(subject=item.reference).order_by("id")] == [
        "price.recorded",
        "price.ended",
        "price.recorded",
    ]
    assert list(PriceEntry.objects.in_force(date(2026, 5, 31))) == [old]


def test_a_price_that_begins_on_the_same_day_is_not_superseded(world, item):
    recorded(world, fact(item, world))
    with pytest.raises(Refused, match="Only one may hold"):
        recorded(world, fact(item, world, price=Decimal("0.50")), supersede=True)


@pytest.mark.parametrize("change", [{"kind": "guide"}, {"product": True}, {"region": True}, {"before": True}])
def test_another_kind_product_region_or_period_stands_beside(world, item, change):
    recorded(world, fact(item, world))
    changes = {}
    if "product" in change:
        changes["product_id"] = item.products.get().pk
    if "region" in change:
        changes["region_code"] = "110000"
        _region("110000")
    if "before" in change:
        changes |= {"valid_from": date(2025, 1, 1), "valid_to": date(2025, 12, 31)}
    recorded(world, fact(item, world, **changes), change.get("kind", "ceiling"))
    assert PriceEntry.objects.count() == 2


@action
def _region(code):
    from accounts.models import Region

    Region.objects.get_or_create(code=code, defaults={"name": "北京市"})


@action
def _write_past_the_rules(entry):
    PriceEntry.objects.create(
        **{
            field.attname: getattr(entry, field.attname)
            for field in PriceEntry._meta.fields
            if field.name not in ("id", "reference")
        }
    )


def test_the_database_refuses_two_overlapping_entries_by_itself(world, item):
    entry = recorded(world, fact(item, world))
    with pytest.raises(DatabaseError, match="price_entry_one_at_a_time"), transaction.atomic():
        _write_past_the_rules(entry)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"price": Decimal("NaN")}, "price"),
        ({"price": Decimal("Infinity")}, "price"),
        ({"price": Decimal("-1")}, "price"),
        ({"price": Decimal(0)}, "price"),
        ({"price": Decimal("0.1234567")}, "price"),
        ({"price": Decimal(10) ** 12}, "price"),
        ({"units": 0}, "units"),
        ({"valid_to": date(2025, 12, 31)}, "valid_to"),
        ({"source": "  "}, "source"),
        ({"product_id": 0}, "product"),
    ],
)
def test_what_is_no_price_is_refused_at_its_field(world, item, changes, field):
    with pytest.raises(Refused) as refusal:
        recorded(world, fact(item, world, **changes))
    assert refusal.value.faults[0].field == field
    assert not PriceEntry.objects.exists()


def test_a_product_of_another_item_is_refused(world, item):
    merged(world, products(TABLET | {"strength": "10mg"}))
    other = Product.objects.get(item__strength="10mg")
    with pytest.raises(Refused, match="another item"):
        recorded(world, fact(item, world, product_id=other.pk))


def test_an_entry_is_ended_once_and_within_its_period(world, item):
    entry = recorded(world, fact(item, world))
    stale = PriceEntry.objects.get()
    with pytest.raises(Refused, match="before the first"):
        actions.end_price(entry=entry, last_day=date(2025, 12, 31), by=world.cataloguer, now=NOW)
    actions.end_price(entry=entry, last_day=JUNE, by=world.cataloguer, now=NOW)
    with pytest.raises(Conflict):
        actions.end_price(entry=stale, last_day=date(2026, 3, 1), by=world.cataloguer, now=NOW)
    with pytest.raises(Refused, match="ends on 2026-06-01 already"):
        actions.end_price(entry=entry, last_day=JUNE, by=world.cataloguer, now=NOW)
    assert PriceEntry.objects.get().valid_to == JUNE


def test_only_the_catalogue_officer_writes_the_register_by_hand(world, item):
    with pytest.raises(Denied):
        actions.record_price(fact=fact(item, world), kind="ceiling", by=world.officer, now=NOW)
    entry = recorded(world, fact(item, world))
    with pytest.raises(Denied):
        actions.end_price(entry=entry, last_day=JUNE, by=world.awarder, now=NOW)


def award(world, facts, now=NOW):
    return actions.record_award_prices(entries=facts, by=world.awarder, now=now)


def test_an_award_ends_the_award_prices_before_it(world, item):
    product = item.products.get()
    first = fact(item, world, product_id=product.pk, price=Decimal("4.16"), units=28)
    award(world, [first])
    guide = recorded(world, fact(item, world, product_id=product.pk), "guide")
    award(world, [fact(item, world, product_id=product.pk, price=Decimal("3.98"), units=28, valid_from=JUNE)])
    periods = PriceEntry.objects.filter(kind="award").order_by("valid_from").values_list("price", "valid_to")
    assert list(periods) == [(Decimal("4.16"), date(2026, 5, 31)), (Decimal("3.98"), None)]
    guide.refresh_from_db()
    assert guide.valid_to is None


def test_an_award_on_the_day_of_another_is_refused_by_name(world, item):
    award(world, [fact(item, world)])
    with pytest.raises(Refused, match=r"The award price 0.52 holds from 2026-01-01"):
        award(world, [fact(item, world, price=Decimal("0.50"))])


def test_an_award_with_two_prices_for_one_thing_is_refused(world, item):
    with pytest.raises(Refused, match="Two prices"):
        award(world, [fact(item, world), fact(item, world, price=Decimal("0.50"))])


def test_an_award_costs_the_same_statements_for_three_prices_and_for_three_hundred(world, item):
    from django.db import connection

    merged(world, products(*numbered(303)))
    items, _awarder = list(Item.objects.exclude(pk=item.pk)), world.awarder
    counts = []
    for some in (items[:3], items[3:]):
        with CaptureQueriesContext(connection) as queries:
            award(world, [fact(one, world) for one in some])
            award(world, [fact(one, world, valid_from=JUNE) for one in some], now=NOW + timedelta(days=1))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert PriceEntry.objects.filter(valid_to=None).count() == 303
