"""Guide prices of a variety by conversion, and one national price of it: each by two people, in one change."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue import actions
from catalogue.actions import GuideTerms, NationalPrice, Representative, VarietyFacts
from catalogue.models import Item, PriceChange, PriceEntry, Product
from catalogue.rules import Ground, PriceFact
from core.clock import legal_date
from core.errors import Refused
from tests.catalogue.files import TABLET, merged, price_recorded, prices, products
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

TODAY = legal_date(NOW)
LATER = TODAY + timedelta(days=30)
FAR = "2099-01-01"  # after the day on which pages and programs are asked
WHY = Ground("decided", "notice 7 of 2026")
PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "ndrc_guide_prices_sample.csv"
UNROUNDED = {"30g": "3.84"}  # what was published as 3.8


def act(world, verb, **facts):
    return getattr(actions, verb)(**facts, by=world.cataloguer, now=NOW)


def confirmed(world, change):
    return actions.confirm_price_change(change=change, by=world.second_cataloguer, now=NOW)


def grouped(world, name, items, main, form=""):
    made = act(world, "make_variety", kind="drug", facts=VarietyFacts(name, form), items=items)
    return act(world, "name_main_item", variety=made, item=main, reason="代表品")


@pytest.fixture
def variety(world):
    """Packs of 28 of 5 mg and 10 mg, and 2.5 mg without a product."""
    rows = [{**TABLET, "strength": strength} for strength in ("5mg", "10mg")]
    bare = {name: TABLET[name] for name in ("kind", "item_name", "form", "base_unit")}
    merged(world, products(*rows, bare | {"strength": "2.5mg"}))
    return grouped(world, "氨氯地平", list(Item.objects.all()), Item.objects.get(strength="5mg"))


def proposed(world, variety, representative, **terms):
    said = {"region": world.region, "valid_from": LATER, "guide_class": "ceiling", **terms}
    return act(
        world,
        "propose_guide_prices",
        variety=variety,
        representative=representative,
        terms=GuideTerms(**said),
        ground=WHY,
    )


def pack_of(strength):
    product = Product.objects.select_related("item").get(item__strength=strength)
    return product.item, product


def test_one_change_writes_the_guide_prices_of_all_specifications(world, variety):
    change = proposed(world, variety, Representative(*pack_of("5mg"), Decimal("14.04")))
    assert not PriceEntry.objects.exists(), "nothing counts before the second person"
    confirmed(world, change)
    found = {
        (entry.item.strength, entry.units): (entry.price, entry.unrounded, entry.guide_class)
        for entry in PriceEntry.objects.select_related("item")
    }
    assert found["5mg", 28] == (Decimal("14.0"), Decimal("14.04"), "ceiling")
    assert found["10mg", 28] == (Decimal("23.9"), Decimal("23.868"), "ceiling"), "1.7 times 14.04, not 14.0: 23.8"
    assert found["2.5mg", 1][0] < Decimal("1")
    lines = {line.item.strength: line.steps for line in change.lines.select_related("item")}
    assert lines["10mg"] == [{"name": "content", "ratio": "2", "factor": "1.7"}]
    assert [step["name"] for step in lines["2.5mg"]] == ["content", "pack"]


def test_prices_follow_from_the_stored_one_before_it_was_rounded(world, variety):
    confirmed(world, proposed(world, variety, Representative(*pack_of("5mg"), Decimal("14.04"))))
    again = proposed(world, variety, Representative(*pack_of("5mg")), valid_from=LATER + timedelta(days=9))
    lines = {(line.item.strength, line.units): line.price for line in again.lines.select_related("item")}
    assert ("5mg", 28) not in lines, "the register has it"
    assert lines["10mg", 28] == Decimal("23.9")
    with pytest.raises(Refused) as refusal:
        proposed(world, variety, Representative(Item.objects.get(strength="5mg")))
    assert refusal.value.faults[0].field == "price"


def test_what_cannot_be_converted_is_named_and_left_out_only_when_asked(world, variety):
    merged(world, products({**TABLET, "strength": "一片"}))
    act(world, "put_items", variety=variety, items=[Item.objects.get(strength="一片")])
    representative = Representative(*pack_of("5mg"), Decimal("14"))
    with pytest.raises(Refused, match="一片") as refusal:
        proposed(world, variety, representative)
    assert refusal.value.code == "unconvertible"
    change = proposed(world, variety, representative, leaves_out=True)
    assert change.lines.count() == 3


def test_a_cut_of_guide_prices_lets_listings_of_the_variety_fall(world, variety):
    item, product = pack_of("10mg")
    listed = PriceFact(item.pk, "420000", Decimal("30"), 28, date(2026, 1, 1), "a notice", product_id=product.pk)
    actions.record_listing_prices(entries=[listed], by=world.awarder, now=NOW)
    change = proposed(world, variety, Representative(*pack_of("5mg"), Decimal("14.04")), cuts=True)
    confirmed(world, change)
    fallen = PriceEntry.objects.filter(kind="listing", valid_to=None).get()
    assert (fallen.price, fallen.valid_from) == (Decimal("23.9"), LATER)


def test_the_published_prices_are_imported_and_follow_from_their_representatives(world):
    if not PUBLISHED.exists():
        pytest.skip("the published prices lie outside the repository")
    rows = list(csv.DictReader(PUBLISHED.read_text(encoding="utf-8").splitlines()))
    things, said = [products_row(row) for row in rows], [price_row(row) for row in rows]
    merged(world, products(*things))
    merged(world, prices(*said))
    assert PriceEntry.objects.filter(kind="guide").count() == 13
    published = {(entry.item_id, entry.product_id): entry.price for entry in PriceEntry.objects.all()}
    derived = dict.fromkeys(published)
    of_form = defaultdict(list)
    for item in Item.objects.all():
        of_form[item.name, item.form].append(item)
    for (name, form), items in of_form.items():
        [first] = [row for row in rows if (row["name"], row["form"], row["mark"]) == (name, form, "△")]
        product = of_row(first)
        variety = grouped(world, name, items, product.item, form)
        change = proposed(world, variety, Representative(product.item, product))
        derived |= {(line.item_id, line.product_id): line.price for line in change.lines.all()}
        base = PriceEntry.objects.get(product=product)
        derived[base.item_id, base.product_id] = base.price
    assert derived == published


def products_row(row):
    """A published row as a product: a fill in grams a bag, or a count of pills or tablets a pack."""
    pills = row["spec"].split("(")[0]
    counted = pills[-1] in "丸片"
    facts = {
        "kind": "drug",
        "item_name": row["name"],
        "form": row["form"],
        "maker": "统一定价",
        "source": row["source"],
    }
    if counted:
        return facts | {"base_unit": pills[-1], "pack_size": pills[:-1], "pack_unit": "瓶", "strength": "0.3g"}
    return facts | {"base_unit": "袋", "fill": pills, "strength": f"每袋装{pills}", "pack_size": "1", "pack_unit": "盒"}


def price_row(row):
    thing = products_row(row)
    named = {name: thing[name] for name in ("item_name", "strength", "form", "maker", "pack_size")}
    said = {"price_kind": "guide", "guide_class": "最高价", "price": row["guide_retail_price_yuan"], **named}
    said["unrounded"] = UNROUNDED.get(row["spec"], row["guide_retail_price_yuan"])
    return said | {"valid_from": "2026-01-01", "source": row["source"][:300]}


def of_row(row):
    thing = products_row(row)
    same = {"item__name": row["name"], "item__form": row["form"], "item__strength": thing["strength"]}
    return Product.objects.select_related("item").get(**same, versions__pack_size=int(thing["pack_size"]))


def awarded(world, strength, price, day=date(2026, 1, 1)):
    item, product = pack_of(strength)
    fact = PriceFact(item.pk, "420000", Decimal(price), 28, day, "an award", product_id=product.pk)
    return price_recorded(world, fact, "award")


def national(world, variety, price, rate="0.95"):
    said = NationalPrice(world.region, LATER, Decimal(price), Decimal(rate))
    return act(world, "propose_variety_price", variety=variety, price=said, ground=WHY)


def test_one_national_price_of_a_variety_is_held_against_the_awards_of_all_its_items(world, variety):
    awarded(world, "5mg", "14.00")
    awarded(world, "10mg", "23.80", date(2026, 2, 1))
    with pytest.raises(Refused) as refusal:
        national(world, variety, "0.70", rate="0.5")
    assert {fault.field for fault in refusal.value.faults} == {"supply_rate", "price"}
    change = national(world, variety, "0.50")
    assert change.figures["awards"] == ["0.5", "0.5"], "23.80 for 28 of 10 mg is 0.5 for one of 5 mg"
    with pytest.raises(Refused):
        actions.confirm_price_change(change=change, by=world.cataloguer, now=NOW)
    confirmed(world, change)
    held = {entry.item.strength: entry.price for entry in PriceEntry.objects.filter(kind="unified")}
    assert (held["5mg"], held["10mg"]) == (Decimal("0.5"), Decimal("0.85"))


def test_afterwards_no_item_of_the_variety_is_tendered_not_even_one_that_joins_later(world, variety):
    awarded(world, "5mg", "14.00")
    confirmed(world, national(world, variety, "0.50"))
    merged(world, products({**TABLET, "strength": "20mg"}))
    late = Item.objects.get(strength="20mg")
    bounds = PriceEntry.objects.bounds_of_items(set(variety.items.values_list("pk", flat=True)), world.region, LATER)
    assert {bound.strength for bound in bounds.values()} == {"unified"}
    assert len(bounds) == 3
    assert late.pk not in PriceEntry.objects.bounds_of_items({late.pk}, world.region, LATER)
    act(world, "put_items", variety=variety, items=[late])
    assert PriceEntry.objects.bounds_of_items({late.pk}, world.region, LATER)[late.pk].strength == "unified"


def test_an_item_of_a_variety_has_no_national_price_of_its_own(world, variety):
    fact = PriceFact(Item.objects.get(strength="5mg").pk, "420000", Decimal("0.5"), 1, LATER, "a notice")
    with pytest.raises(Refused) as refusal:
        act(world, "propose_unified_price", fact=fact, supply_rate=Decimal(1), ground=WHY)
    assert refusal.value.code == "of_variety"


def test_both_are_proposed_on_pages_after_a_look_at_what_follows(world, variety):
    page = sitting(world.cataloguer)
    _item, product = pack_of("5mg")
    said = {"representative": product.reference, "price": "14.04", "guide_class": "fixed", "region": "420000"}
    said |= {"valid_from": FAR, "reason": "decided", "source": "notice"}
    address = f"{variety.get_absolute_url()}guide-prices/"
    assert product.reference in page.get(address).content.decode()
    preview = page.post(address, said | {"preview": "1"}).content.decode()
    assert "23.868" in preview
    assert not PriceChange.objects.exists()
    shown = page.post(address, said | {"propose": "1"}, follow=True).content.decode()
    assert "Active content × 1.7" in shown
    assert "before rounding: 23.868" in shown
    awarded(world, "5mg", "14.00")
    said = {"price": "0.5", "supply_rate": "0.95", "region": "420000", "valid_from": FAR}
    address = f"{variety.get_absolute_url()}unified-price/"
    shown = page.post(address, said | {"reason": "decided", "source": "notice"}, follow=True).content.decode()
    assert "Last award prices of one base unit" in shown
    assert "氨氯地平" in shown
    assert sitting(world.pharmacist).get(address).status_code == 403


def test_programs_propose_both(world, variety):
    officer = program_of(world.cataloguer)
    item, product = pack_of("5mg")
    said = {"region": "420000", "valid_from": FAR, "reason": "decided", "source": "notice"}
    body = said | {"item": item.reference, "product": product.reference, "price": "14.04", "guide_class": "fixed"}
    address = f"/api/v1/varieties/{variety.reference}/"
    made = officer.post(f"{address}guide-prices/", body, format="json")
    assert made.status_code == 201, made.content
    assert {line["unrounded"] for line in made.json()["lines"]} >= {"14.040000", "23.868000"}
    awarded(world, "5mg", "14.00")
    made = officer.post(f"{address}unified-price/", said | {"price": "0.5", "supply_rate": "0.95"}, format="json")
    assert (made.status_code, made.json().get("act")) == (201, "unify"), made.content
    wrong = officer.post(f"{address}unified-price/", said | {"price": "0.9"}, format="json")
    assert wrong.json()["code"] == "rule_not_met"
