"""A price with a visibility is shown to the agency, auditors and its parties, and to nobody else until its day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from catalogue import actions
from catalogue.models import Item, PriceChange, PriceEntry, PriceLine
from catalogue.ordering import may_order
from catalogue.rules import PriceFact
from catalogue.tasks import apply_import, read_import
from core.actions import action
from core.clock import legal_date
from core.errors import Refused
from tests.catalogue.files import PRICE, TABLET, merged, price_recorded, prices, products
from tests.catalogue.listings import listed
from tests.roles import as_web, program_of
from tests.world import NOW

MARK = "73912.461927"


@pytest.fixture
def item(world):
    merged(world, products(TABLET))
    return Item.objects.get()


def record(world, item, *parties, public_from=None):
    fact = PriceFact(
        item_id=item.pk,
        region_code="420000",
        price=Decimal(MARK),
        units=1,
        valid_from=date(2026, 1, 1),
        source="minutes",
        parties=tuple(party.pk for party in parties),
        public_from=public_from,
    )
    return price_recorded(world, fact, "negotiated")


def shown(client, person, item):
    """All that the pages and lists of the catalogue say to somebody, with what filters, sorting and exports leave."""
    client.force_login(person)
    one, product = reverse("catalogue:item", args=[item.reference]), item.products.get().reference
    addresses = [
        reverse("catalogue:items"),
        reverse("catalogue:items") + "?price=yes",
        one,
        one + "?prices-sort=-price",
        one + "?prices-export=csv",
        reverse("catalogue:product", args=[product]),
        reverse("catalogue:prices"),
        reverse("catalogue:prices") + "?sort=-price&q=5mg&kind=negotiated",
        reverse("catalogue:prices") + "?export=csv",
        "/",
    ]
    return [text(client.get(address)) for address in addresses]


def text(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace").replace(",", "")


def test_strangers_find_it_nowhere_and_parties_everywhere(world, client, item):
    record(world, item, world.supplier)
    for stranger in (world.pharmacist, world.seat(world.organisation("supplier"), "bid_manager")):
        pages = shown(client, stranger.person, item)
        assert not [page for page in pages if "73912" in page]
        assert item.name not in pages[1].split("<tbody", 1)[-1], "whether a price is in force tells of it"
        answer = program_of(stranger).get("/api/v1/prices/", {"item": item.reference})
        assert (answer.status_code, answer.json()["results"]) == (200, [])
    for reader in (world.bid_manager, world.cataloguer, world.auditor):
        assert len([page for page in shown(client, reader.person, item) if "73912" in page]) >= 6
        [found] = program_of(reader).get("/api/v1/prices/", {"item": item.reference}).json()["results"]
        assert (found["price"], found["visibility"]) == (MARK, "parties")


def test_the_database_shows_it_to_nobody_else_whatever_is_asked(world, item):
    record(world, item, world.supplier)
    for organisation, seen in ((None, 0), (world.hospital, 0), (world.supplier, 1), (world.agency, 1)):
        with as_web(organisation):
            assert PriceEntry.objects.count() == seen, organisation


def test_nobody_but_the_agency_writes_or_ends_a_price(world, item):
    entry = record(world, item)
    with as_web(world.supplier):
        assert PriceEntry.objects.filter(pk=entry.pk).count() == 0
    entry = record_public(world, item)
    with as_web(world.supplier):
        assert action(PriceEntry.objects.filter(pk=entry.pk).update)(price=1) == 0
    with as_web(world.agency):
        assert action(PriceEntry.objects.filter(pk=entry.pk).update)(valid_to=date(2026, 12, 31)) == 1


def record_public(world, item):
    fact = PriceFact(item.pk, "420000", Decimal(5), 1, date(2026, 1, 1), "a notice")
    return price_recorded(world, fact, "guide")


@pytest.mark.parametrize(("days", "seen"), [(-1, True), (0, True), (1, False)])
def test_from_its_day_on_everybody_sees_it(world, client, item, days, seen):
    record(world, item, world.supplier, public_from=legal_date(timezone.now()) + timedelta(days=days))
    assert any("73912" in page for page in shown(client, world.pharmacist.person, item)) == seen
    with as_web(world.hospital):
        assert PriceEntry.objects.exists() == seen


TODAY = legal_date(timezone.now())
SEEN = {  # by who may see a guide price: whether the hospital may, today
    "everybody": (None, None, True),
    "the agency alone": ((), None, False),
    "a supplier": (("supplier",), None, False),
    "the hospital": (("hospital",), None, True),
    "everybody since yesterday": ((), -1, True),
    "everybody from today on": ((), 0, True),
    "everybody from tomorrow on": ((), 1, False),
    "everybody a month later": (("supplier",), 30, False),
}


@pytest.mark.parametrize("ahead", [0, 1, 60])
@pytest.mark.parametrize("family", SEEN)
def test_whether_it_may_be_ordered_tells_of_no_guide_price_that_is_hidden_today(world, family, ahead):
    """For a day on which it will be published, too; by the question itself, and by the wall behind it."""
    parties, days, seen = SEEN[family]
    product = listed(world).product
    keys = None if parties is None else tuple(getattr(world, name).pk for name in parties)
    shown = {"parties": keys, "public_from": None if days is None else TODAY + timedelta(days)}
    fact = PriceFact(product.item_id, "420000", Decimal("0.046193"), 1, TODAY, "m", guide_class="ceiling", **shown)
    bound = price_recorded(world, fact, "guide")
    day = TODAY + timedelta(ahead)
    asked = {"product": product.reference, "day": day.isoformat()}
    [told] = program_of(world.pharmacist).get("/api/v1/may-order/", asked).json()
    assert (told["bound"] == bound.reference, "0.046193" in told["why"], told["code"] == "above_guide") == (seen,) * 3
    with as_web(world.hospital):
        answer = may_order([product.pk], region=world.region, hospital=world.hospital, day=day)[product.pk]
    assert (answer.bound == bound) == seen


def test_a_hidden_price_says_nothing_of_the_price_before(world, item):
    record(world, item, world.supplier)
    assert PriceEntry.objects.prices_before([item], world.region, date(2026, 3, 1)) == {}
    record_public(world, item)
    assert PriceEntry.objects.prices_before([item], world.region, date(2026, 3, 1)) == {item.pk: Decimal(5)}


def test_a_worker_compares_a_file_with_hidden_prices_too(world, item):
    """Who uploads is the agency's; without that its worker would not see what a new price overlaps with."""
    record(world, item)
    row = PRICE | {"price_kind": "negotiated", "region": "420000", "valid_from": "2026-03-01"}
    batch = actions.stage_import(file_name="p.csv", content=prices(row), by=world.cataloguer, now=NOW)
    _forget_plan()
    with as_web():
        read_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.changed) == ("ready", 1)
    actions.merge_import(batch=batch, by=world.second_cataloguer, now=NOW)
    with as_web():
        apply_import(batch.pk)
    assert PriceEntry.objects.get(price=Decimal(MARK)).valid_to == date(2026, 2, 28)


def _forget_plan():
    """This session's own table, which the owner made and a worker could not replace."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.planned")


def test_a_price_is_hidden_on_the_page_and_by_programs(world, client, item):
    client.force_login(world.cataloguer.person)
    address = reverse("catalogue:record-price", args=[item.reference])
    said = {"kind": "negotiated", "region": "420000", "price": "7", "units": "1", "valid_from": "2026-01-01"}
    said |= {
        "act": "record",
        "reason": "agreed",
        "source": "minutes",
        "hidden": "on",
        "parties": world.supplier.credit_code,
        "public_from": "2030-01-01",
    }
    assert "Nobody is registered" in text(client.post(address, said | {"parties": "nobody"}))
    assert client.post(address, said).status_code == 302
    actions.confirm_price_change(change=PriceChange.objects.get(), by=world.second_cataloguer, now=NOW)
    entry = PriceEntry.objects.get()
    assert (entry.visibility, entry.parties, entry.public_from) == ("parties", [world.supplier.pk], date(2030, 1, 1))
    body = {"item": item.reference, "kind": "guide", "region": "420000", "price": "8", "units": 1}
    body |= {"valid_from": "2026-01-01", "source": "minutes", "parties": [world.hospital.credit_code], "reason": "so"}
    answer = program_of(world.cataloguer).post("/api/v1/price-changes/", body, format="json")
    assert (answer.status_code, answer.json()["lines"][0]["visibility"]) == (201, "parties")
    for stranger in (world.pharmacist, world.bid_manager):
        with as_web(stranger.organisation):
            assert not PriceLine.objects.exists(), "a proposed price is the agency's"


def test_what_everybody_sees_has_no_day_from_which_it_is_public(world, item):
    fact = PriceFact(item.pk, "420000", Decimal(5), 1, date(2026, 1, 1), "a", public_from=date(2026, 1, 1))
    with pytest.raises(Refused) as refusal:
        price_recorded(world, fact, "guide")
    assert refusal.value.faults[0].field == "public_from"
