"""Pages, exports and endpoints as the catalogue stood on a day: names, versions, codes and prices of that day."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import actions
from catalogue.actions import Edit, ItemFacts
from catalogue.models import Item, Product
from catalogue.rules import ParsedCode
from core.clock import legal_date
from tests.catalogue.files import LISTED, PRECISE, PRICE, TABLET, merged, numbered, prices, products
from tests.contracts.pages import sitting
from tests.roles import program_of
from tests.world import NOW

TODAY = legal_date(NOW)
OLD, NEW = LISTED["code"], LISTED["code"][:-7] + "0200662"
LONG_AGO, LATER = TODAY - timedelta(days=30), NOW + timedelta(days=5)


@pytest.fixture(autouse=True)
def later():
    with patch("django.utils.timezone.now", return_value=LATER):
        yield


@pytest.fixture
def item(world):
    """Imported thirty days ago; today it has another name, another code and another price."""
    then = NOW - timedelta(days=30)
    merged(world, products(PRECISE), now=then)
    code = {"item_name": "", "strength": "", "national_code": OLD}
    merged(world, prices(PRICE | code | {"price": "0.5", "valid_from": LONG_AGO.isoformat()}), now=then)
    item = Item.objects.get()
    actions.edit_item(
        item=item,
        facts=ItemFacts("比卡鲁胺胶囊", "50mg", "胶囊剂", "", "片"),
        edit=Edit(TODAY, "the label says so"),
        by=world.cataloguer,
        now=NOW,
    )
    actions.set_codes(rows=[ParsedCode(OLD, NEW, reason="merged codes")], by=world.cataloguer, now=NOW)
    merged(world, prices(PRICE | code | {"price": "0.4", "valid_from": TODAY.isoformat()}))
    return item


def page(world, name, *args, **asked):
    answer = sitting(world.pharmacist).get(reverse(f"catalogue:{name}", args=args), asked)
    assert answer.status_code == 200
    content = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    return content.decode()


@pytest.mark.parametrize(
    ("day", "said", "unsaid"),
    [
        (TODAY - timedelta(days=1), ("比卡鲁胺片", OLD, "0.5"), ("比卡鲁胺胶囊", "0.4")),
        (TODAY, ("比卡鲁胺胶囊", NEW, "0.4"), ("比卡鲁胺片",)),
    ],
)
def test_pages_and_exports_say_what_stood_on_a_day(world, item, day, said, unsaid):
    product = Product.objects.get()
    name, code, price = said
    for text in (
        page(world, "items", on=day.isoformat()),
        page(world, "items", on=day.isoformat(), export="csv"),
        page(world, "products", on=day.isoformat()),
        page(world, "products", on=day.isoformat(), export="csv"),
        page(world, "prices", on=day.isoformat(), export="csv"),
    ):
        assert name in text
        assert not any(other in text for other in unsaid)
    assert code in page(world, "item", item.reference, on=day.isoformat())
    told = page(world, "product", product.reference, on=day.isoformat())
    assert f'As it stood on <time datetime="{day}"' in told
    assert name in told
    csv = page(world, "item", item.reference, **{"on": day.isoformat(), "prices-export": "csv"})
    assert price in csv
    assert not any(other in csv for other in unsaid)


def test_what_came_later_was_not_there(world, item):
    before = (LONG_AGO - timedelta(days=1)).isoformat()
    assert "比卡鲁胺" not in page(world, "items", on=before)
    for name, thing in (("item", item), ("product", Product.objects.get())):
        address = reverse(f"catalogue:{name}", args=[thing.reference])
        assert sitting(world.pharmacist).get(address, {"on": before}).status_code == 404


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", "2999-01-01"])
def test_a_day_that_is_none_or_still_to_come_is_said_at_the_field(world, item, day):
    for name, args in (("items", []), ("item", [item.reference]), ("product", [Product.objects.get().reference])):
        text = page(world, name, *args, on=day)
        assert 'id="filter_on_error"' in text
        assert "比卡鲁胺胶囊" in text
        assert "Back to today" not in text
    answer = program_of(world.pharmacist).get("/api/v1/items/", {"on": day})
    assert (answer.status_code, answer.json()["faults"][0]["field"]) == (400, "on")


def test_endpoints_say_what_stood_on_a_day(world, item):
    ask = program_of(world.pharmacist).get
    yesterday = {"on": (TODAY - timedelta(days=1)).isoformat()}
    assert ask("/api/v1/items/", yesterday).json()["results"][0]["name"] == "比卡鲁胺片"
    assert ask(f"/api/v1/items/{item.reference}/", yesterday).json()["name"] == "比卡鲁胺片"
    assert ask(f"/api/v1/items/{item.reference}/").json()["name"] == "比卡鲁胺胶囊"
    product = Product.objects.get().reference
    assert [one["national_code"] for one in ask(f"/api/v1/products/{product}/", yesterday).json()["versions"]] == [OLD]
    assert [one["price"] for one in ask("/api/v1/prices/", yesterday).json()["results"]] == ["0.500000"]


def test_who_asks_by_an_old_code_finds_the_product_and_is_told(world, item):
    ask = program_of(world.pharmacist).get
    (found,) = ask("/api/v1/products/", {"code": OLD.lower()}).json()["results"]
    assert found["codes"][0] | {"code": OLD, "leads_to": NEW} == found["codes"][0]
    assert NEW in page(world, "product", found["reference"])
    assert item.reference in page(world, "items", q=OLD)


def test_a_list_of_a_day_costs_no_more_queries_with_more_items(world, item):
    merged(world, products(TABLET), now=NOW - timedelta(days=20))
    client, asked = sitting(world.pharmacist), {"on": TODAY.isoformat()}
    address = reverse("catalogue:items")
    client.get(address, asked)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address, asked)
    merged(world, products(*numbered(30)))
    with CaptureQueriesContext(connection) as many:
        assert "片剂00007" in client.get(address, asked).content.decode()
    assert len(many) == len(few)


def test_a_history_tells_versions_codes_and_prices_with_who_and_why(world, item):
    told = page(world, "item-history", item.reference)
    assert "比卡鲁胺片 → 比卡鲁胺胶囊" in told
    for said in ("the label says so", world.cataloguer.person.name, "0.5", "0.4"):
        assert said in told
    product = page(world, "product-history", Product.objects.get().reference)
    for said in (f"{OLD} → {NEW}", "merged codes", "notice of 2026"):
        assert said in product


def test_an_item_that_was_never_edited_has_a_history(world):
    merged(world, products(*numbered(1)), now=NOW - timedelta(days=20))
    never = Item.objects.get(versions=None)
    assert never.name in page(world, "item-history", never.reference)


def test_programs_read_a_history_whole_or_as_it_had_happened_by_a_day(world, item):
    ask, product = program_of(world.pharmacist).get, Product.objects.get()
    told = ask(f"/api/v1/products/{product.reference}/history/").json()
    assert [one["day"] for one in told] == sorted((one["day"] for one in told), reverse=True)
    assert {one["sort"] for one in told} == {"version", "code", "price"}
    assert (TODAY.isoformat(), f"{OLD} → {NEW} · remapped") in [(one["day"], one["what"]) for one in told]
    of_agency = program_of(world.cataloguer).get(f"/api/v1/products/{product.reference}/history/").json()
    assert [one["who"] for one in of_agency if one["sort"] == "act"] == [world.cataloguer.signature]
    yesterday = {"on": (TODAY - timedelta(days=1)).isoformat()}
    before = ask(f"/api/v1/products/{product.reference}/history/", yesterday).json()
    assert before == [one for one in told if one["day"] < TODAY.isoformat()] != []
    names = ask(f"/api/v1/items/{item.reference}/history/").json()
    assert any("比卡鲁胺片 → 比卡鲁胺胶囊" in one["what"] for one in names)
    assert not any(
        "比卡鲁胺胶囊" in one["what"] for one in ask(f"/api/v1/items/{item.reference}/history/", yesterday).json()
    )
    assert ask("/api/v1/items/I-0/history/").status_code == 404
    page_then = page(world, "item-history", item.reference, **yesterday)
    assert "比卡鲁胺胶囊" not in page_then.split("<main")[1].split("<table")[1].split("</table>")[0]
