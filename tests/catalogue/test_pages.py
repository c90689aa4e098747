"""The catalogue and its prices on pages, for people with and without JavaScript."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue import actions
from catalogue.models import Item, PriceEntry, Product
from catalogue.rules import PriceFact
from tests.catalogue.files import LISTED, PRECISE, PRICE, TABLET, listed, merged, numbered, prices, products
from tests.world import NOW


@pytest.fixture
def sign_in(client):
    def sign_in(seat):
        client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def hospital(world, sign_in):
    return sign_in(world.pharmacist)


@pytest.fixture
def officer(world, sign_in):
    return sign_in(world.cataloguer)


def text(answer):
    assert answer.status_code == 200, answer.content[:2000]
    return answer.content.decode()


def price(world, **changes):
    fact = {
        "item_id": Item.objects.get().pk,
        "region_code": world.region.pk,
        "price": Decimal("4.16"),
        "units": 28,
        "valid_from": date(2026, 1, 1),
        "source": "notice of 2026",
    }
    return actions.record_price(fact=PriceFact(**fact | changes), kind="ceiling", by=world.cataloguer, now=NOW)


def test_an_empty_catalogue_teaches_the_first_step(officer):
    assert "The catalogue is empty" in text(officer.get("/catalogue/"))


@pytest.mark.parametrize("typed", ["氨氯地平", "anlvdiping", "ALDP", "bhsaldpp", " 苯磺酸 氨氯 "])
def test_an_item_is_found_by_name_pinyin_and_initials(world, hospital, typed):
    merged(world, products(TABLET, TABLET | {"item_name": "厄贝沙坦片", "strength": "75mg"}))
    page = text(hospital.get("/catalogue/", {"q": typed}))
    assert "苯磺酸氨氯地平片" in page
    assert "厄贝沙坦片" not in page


@pytest.mark.parametrize("typed", ["XL02BBB085A001", "xl02bbb085a001010100662", "国药准字H20064705", "XL02"])
def test_an_item_is_found_by_code_and_by_approval_number(world, hospital, typed):
    merged(world, products(TABLET, PRECISE | {"approval_no": "国药准字H20064705"}))
    page = text(hospital.get("/catalogue/", {"q": typed}))
    assert "比卡鲁胺片" in page
    assert "氨氯地平" not in page


def test_items_stand_in_the_order_of_their_pinyin(world, hospital):
    merged(world, products(*(TABLET | {"item_name": name} for name in ("左乙拉西坦片", "阿托伐他汀钙片", "利培酮片"))))
    page = text(hospital.get("/catalogue/"))
    assert page.index("阿托伐他汀钙片") < page.index("利培酮片") < page.index("左乙拉西坦片")


def test_filters_by_kind_maker_and_price(world, hospital):
    catheter = {"kind": "consumable", "item_name": "导管", "base_unit": "根"}
    merged(world, products(TABLET, PRECISE, catheter))
    merged(world, prices(PRICE))
    for asked, found in (
        ({"kind": "consumable"}, {"导管"}),
        ({"maker": "京新"}, {"苯磺酸氨氯地平片"}),
        ({"maker": "00662"}, {"比卡鲁胺片"}),
        ({"price": "yes"}, {"苯磺酸氨氯地平片"}),
        ({"price": "no"}, {"比卡鲁胺片", "导管"}),
    ):
        page = text(hospital.get("/catalogue/", asked))
        names = {"导管", "苯磺酸氨氯地平片", "比卡鲁胺片"}
        assert {name for name in names if name in page} == found, asked


def test_typing_fetches_only_the_list_and_the_address_shows_the_page(world, hospital):
    merged(world, products(TABLET))
    fragment = hospital.get("/catalogue/", {"q": "aldp"}, headers={"HX-Request": "true"})
    assert "<html" not in text(fragment)
    assert "苯磺酸氨氯地平片" in text(fragment)
    whole = hospital.get("/catalogue/", {"q": "aldp"})
    assert "HX-Request" in whole.headers["Vary"]
    assert 'hx-get="/catalogue/"' in text(whole)


def test_the_list_is_exported(world, hospital):
    merged(world, products(TABLET))
    export = b"".join(hospital.get("/catalogue/", {"export": "csv"}).streaming_content).decode()
    assert "苯磺酸氨氯地平片" in export


def test_an_item_shows_its_products_prices_and_sources(world, officer):
    merged(world, products(TABLET))
    entry = price(world, product_id=Product.objects.get().pk)
    page = text(officer.get(reverse("catalogue:item", args=[Item.objects.get().reference])))
    for words in ("浙江京新", "28 片 / 盒", "notice of 2019", "notice of 2026", "4.16", "<svg", "ceiling price"):
        assert words in page, words
    assert reverse("catalogue:end-price", args=[entry.reference]) in page
    assert "0.148571" in page, "the price of one tablet"


def test_only_an_officer_is_offered_to_write_prices(world, hospital):
    merged(world, products(TABLET))
    price(world)
    page = text(hospital.get(reverse("catalogue:item", args=[Item.objects.get().reference])))
    assert "Record a price" not in page
    assert "/end/" not in page


def test_unverified_facts_say_so(world, hospital):
    merged(world, products(TABLET | {"source": "memory, unverified"}))
    item, product = Item.objects.get(), Product.objects.get()
    assert "unverified" in text(hospital.get("/catalogue/"))
    for address in (
        reverse("catalogue:item", args=[item.reference]),
        reverse("catalogue:product", args=[product.reference]),
    ):
        assert "Nobody has yet held these facts against a published source" in text(hospital.get(address))


def test_a_product_shows_its_versions(world, hospital):
    merged(world, listed(LISTED))
    merged(world, products(PRECISE | {"valid_from": "2026-05-01"}))
    page = text(hospital.get(reverse("catalogue:product", args=[Product.objects.get().reference])))
    for words in ("2026-04-30", "2026-05-01", "28 片 / 盒", "上海朝晖", "50mg"):
        assert words in page, words


def test_a_product_of_unknown_pack_says_what_that_means(world, hospital):
    merged(world, listed(LISTED))
    page = text(hospital.get(reverse("catalogue:product", args=[Product.objects.get().reference])))
    assert "cannot be bid or ordered yet" in page


def test_a_price_is_recorded_on_a_page(world, officer):
    merged(world, products(TABLET))
    item = Item.objects.get()
    address = reverse("catalogue:record-price", args=[item.reference])
    assert 'value="湖北省"' in text(officer.get(address))
    form = {"kind": "ceiling", "product": "", "region": "420000", "price": "0.52", "units": "1"}
    form |= {"valid_from": "2026-01-01", "valid_to": "", "source": "notice of 2026"}
    answer = officer.post(address, form)
    assert (answer.status_code, answer["Location"]) == (302, reverse("catalogue:item", args=[item.reference]))
    assert PriceEntry.objects.get().price == Decimal("0.52")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"price": "0.1234567"}, "no more than 6 decimal places"),
        ({"price": "NaN"}, "Enter a number"),
        ({"price": "0"}, "A price is a number above zero"),
        ({"valid_from": "2026-03-01"}, "The ceiling price 4.16 holds from 2026-01-01"),
        ({"valid_from": "2025-03-01", "valid_to": "2025-02-01"}, "The end cannot be before the start."),
    ],
)
def test_what_is_no_price_is_told_beside_its_field(world, officer, change, words):
    merged(world, products(TABLET))
    price(world)
    form = {"kind": "ceiling", "region": "420000", "price": "0.52", "units": "1"}
    form |= {"valid_from": "2025-01-01", "valid_to": "2025-02-01", "source": "notice", **change}
    form = form if "valid_from" not in change or "valid_to" in change else form | {"valid_to": ""}
    page = text(officer.post(reverse("catalogue:record-price", args=[Item.objects.get().reference]), form))
    assert words in page
    assert PriceEntry.objects.count() == 1


def test_a_price_is_ended_on_a_page(world, officer):
    merged(world, products(TABLET))
    entry = price(world)
    address = reverse("catalogue:end-price", args=[entry.reference])
    assert "before the first one" in text(officer.post(address, {"last_day": "2025-01-01"}))
    assert officer.post(address, {"last_day": "2026-06-30"}).status_code == 302
    assert PriceEntry.objects.get().valid_to == date(2026, 6, 30)


def test_the_register_is_searched_and_exported(world, hospital):
    merged(world, products(TABLET, PRECISE))
    merged(world, prices(PRICE, PRICE | {"item_name": "比卡鲁胺片", "strength": "50mg", "valid_to": "2026-01-31"}))
    assert "比卡鲁胺片" in text(hospital.get("/catalogue/prices/"))
    page = text(hospital.get("/catalogue/prices/", {"q": "aldp", "kind": "ceiling", "on": "2026-02-01"}))
    assert "苯磺酸氨氯地平片" in page
    assert "比卡鲁胺片" not in text(hospital.get("/catalogue/prices/", {"on": "2026-02-01"}))
    export = b"".join(hospital.get("/catalogue/prices/", {"export": "csv"}).streaming_content).decode()
    assert "0.520000" in export or "0.52" in export


def test_pages_for_officers_refuse_everybody_else(world, hospital):
    merged(world, products(TABLET))
    entry = price(world)
    reference = entry.item.reference
    for address in (
        reverse("catalogue:imports"),
        reverse("catalogue:stage-import"),
        reverse("catalogue:record-price", args=[reference]),
        reverse("catalogue:end-price", args=[entry.reference]),
    ):
        assert hospital.get(address).status_code == 403


@pytest.mark.parametrize("name", ["item", "product"])
def test_an_unknown_reference_is_not_found(hospital, name):
    assert hospital.get(reverse(f"catalogue:{name}", args=["I-999999"])).status_code == 404


@pytest.mark.parametrize("address", ["/catalogue/", "/catalogue/prices/", "/catalogue/imports/"])
def test_lists_cost_the_same_queries_for_three_rows_and_for_three_hundred(world, officer, address):
    rows, queries = numbered(303), []
    dear = [{**PRICE, "item_name": row["item_name"]} for row in rows]
    for some in (slice(3), slice(3, None)):
        merged(world, products(*rows[some]))
        merged(world, prices(*dear[some]))
        officer.get(address)
        with CaptureQueriesContext(connection) as seen:
            text(officer.get(address))
        queries.append(len(seen))
    assert queries[0] == queries[1]


def test_an_item_costs_the_same_queries_for_three_products_and_for_three_hundred(world, officer):
    queries = []
    for makers in (range(3), range(3, 300)):
        merged(world, products(*(TABLET | {"maker": f"厂{number}"} for number in makers)))
        address = reverse("catalogue:item", args=[Item.objects.get().reference])
        with CaptureQueriesContext(connection) as seen:
            text(officer.get(address))
        queries.append(len(seen))
    assert queries[0] == queries[1]
