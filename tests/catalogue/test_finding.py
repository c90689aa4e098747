"""Finding on pages: the best first, what is spelt like it, facets with counts, products side by side, files."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import facets, finding
from catalogue.models import Item, Product
from catalogue.rules import PriceFact
from catalogue.rules.words import read_asked
from core.spreadsheets import read_rows
from tests.arranging import arranged
from tests.catalogue.files import TABLET, merged, price_recorded, products
from tests.catalogue.listing_stage import insurance
from tests.catalogue.test_pages import hospital, sign_in, text  # noqa: F401
from tests.roles import program_of
from tests.world import NOW, _region

TERM = r"'[^'\\\s]+'(?::\*)?"
PRODUCTS = "/api/v1/products/"
LATER = NOW + timedelta(days=1)
AMOXICILLIN = TABLET | {
    "item_name": "阿莫西林胶囊",
    "strength": "0.25g",
    "brand": "再林",
    "maker": "华北制药股份有限公司",
}


def names(page):
    return [row.object.name for row in page.context["table"].rows]


def test_what_was_typed_comes_first_then_what_begins_so_then_what_holds_it_page_after_page(world, hospital):  # noqa: F811
    called = ("复方氨氯片", "氨氯", "氨氯地平片", "氨氯地平贝那普利片", "左氨氯地平片")
    merged(world, products(*(TABLET | {"item_name": name, "brand": "", "maker": "某厂"} for name in called)))
    page = hospital.get("/catalogue/?q=氨氯")
    assert names(page) == ["氨氯", "氨氯地平贝那普利片", "氨氯地平片", "复方氨氯片", "左氨氯地平片"]
    table = page.context["table"]
    type(table).page_size, before = 2, type(table).page_size
    try:
        met, address = [], "/catalogue/?q=氨氯"
        while address:
            page = hospital.get(address)
            met, last, address = [*met, *names(page)], page, page.context["table"].next_url
        assert met == ["氨氯", "氨氯地平贝那普利片", "氨氯地平片", "复方氨氯片", "左氨氯地平片"]
        assert names(hospital.get(last.context["table"].previous_url)) == ["氨氯地平片", "复方氨氯片"]
    finally:
        type(table).page_size = before
    assert names(hospital.get("/catalogue/?q=氨氯&sort=-name"))[0] == "左氨氯地平片"


@pytest.mark.parametrize(
    "typed",
    ["莫西", "胶", "amxl", "xljn", "moxilin", "阿莫西林 0.25g", "阿莫西林 250mg", "250 MG 阿莫西林", "0.25克阿莫西林",
     "华北制药", "华北制药股份有限公司", "阿莫西林 华北", "再林", "a mo xi lin"],
)  # fmt: skip
def test_an_item_is_found_by_each_of_its_words(world, typed):
    merged(
        world,
        products(
            AMOXICILLIN, AMOXICILLIN | {"item_name": "头孢氨苄片", "strength": "0.5g", "brand": "", "maker": "别厂"}
        ),
    )
    assert [item.name for item in Item.objects.matching(typed)] == ["阿莫西林胶囊"]


def test_a_program_finds_products_by_words_of_their_item_and_their_own(world):
    merged(world, products(AMOXICILLIN, AMOXICILLIN | {"maker": "别厂", "brand": "别牌"}))
    program, maker = program_of(world.pharmacist), AMOXICILLIN["maker"]
    for typed, makers in (("阿莫西林 华北", [maker]), ("amxl", ["别厂", maker]), ("再林 250mg", [maker])):
        found = program.get(PRODUCTS, {"q": typed}).json()["results"]
        assert sorted(product["maker"] for product in found) == makers, typed


def test_a_typing_error_finds_what_is_spelt_like_it_and_says_so(world, hospital):  # noqa: F811
    merged(world, products(AMOXICILLIN, TABLET))
    for typed in ("amoxiling", "阿莫西灵"):
        shown = text(hospital.get(f"/catalogue/?q={typed}"))
        assert "sounds or is spelt like it" in shown
        assert names(hospital.get(f"/catalogue/?q={typed}")) == ["阿莫西林胶囊"]
        assert "阿莫西林胶囊" in shown
        assert "氨氯地平" not in shown
    assert "spelt like it" not in text(hospital.get("/catalogue/?q=阿莫西林"))


def test_facets_count_what_the_other_filters_leave(world, hospital):  # noqa: F811
    rows = [AMOXICILLIN | {"item_name": f"阿莫西林胶囊{n}", "form": "胶囊剂"} for n in "一二三"]
    merged(world, products(*rows, TABLET | {"form": "片剂"}))
    facets = dict(hospital.get("/catalogue/?form=片剂").context["facets"])
    assert {option.label: option.count for option in facets["Form"]} == {"胶囊剂": 3, "片剂": 1}
    [chosen] = [option for option in facets["Form"] if option.chosen]
    assert (chosen.label, chosen.url) == ("片剂", "/catalogue/")
    assert "Maker" not in facets  # of one tablet there is one maker, and nothing to choose


@pytest.fixture
def priced(world):
    """Four items on a list; two have a price in one region, and one of them in a second region too."""
    listed = insurance(world)
    cheap, dear = listed.items[:2]
    other = _region("430000", "湖南省", "Hunan")
    for item, region, cost in ((cheap, world.region, "0.50"), (cheap, other, "2.00"), (dear, world.region, "40")):
        fact = PriceFact(
            item_id=item.pk,
            product_id=None,
            region_code=region.pk,
            price=Decimal(cost) * 10,
            units=10,
            valid_from=NOW.date(),
            source="notice",
        )
        price_recorded(world, fact, "ceiling")
    return listed


def counts(page, label):
    return {str(option.label): option.count for option in dict(page.context["facets"])[label]}


def test_lists_prices_and_regions_are_facets_with_counts(world, priced, hospital):  # noqa: F811
    page = hospital.get("/catalogue/")
    # One list is nothing to choose among. Of the third item there is a payment standard of 4.16 for 28.
    assert "On the list" not in dict(page.context["facets"])
    assert list(counts(page, "Price of a unit").items()) == [
        ("0.10 to 1 yuan", 2),
        ("1 to 10 yuan", 1),
        ("10 to 100 yuan", 1),
    ]
    assert counts(page, "Priced in") == {"湖北省": 3, "湖南省": 1}
    chosen = hospital.get(f"/catalogue/?list={priced.list.reference}")
    assert counts(chosen, "On the list") == {"医保目录": 3}
    assert len(names(chosen)) == 3


def test_a_range_and_a_region_are_asked_of_one_price(world, priced, hospital):  # noqa: F811
    cheap = priced.items[0]
    in_hunan = hospital.get("/catalogue/?region=湖南省")
    assert [row.object for row in in_hunan.context["table"].rows] == [cheap]
    assert counts(hospital.get("/catalogue/?region=湖南省&cost=2"), "Price of a unit") == {"1 to 10 yuan": 1}
    # The item costs half a yuan too, but not there.
    assert names(hospital.get("/catalogue/?region=湖南省&cost=1")) == []
    assert len(names(hospital.get("/catalogue/?region=420000&cost=1"))) == 2
    products = hospital.get("/catalogue/products/?region=Hunan")
    assert [row.object.product.item for row in products.context["table"].rows] == [cheap]
    assert text(in_hunan).count('aria-current="true"') >= 1


def test_a_page_asks_for_facets_as_often_however_many_rows_there_are(world, priced, hospital):  # noqa: F811
    with CaptureQueriesContext(connection) as few:
        hospital.get("/catalogue/?cost=1")
    merged(world, products(*(AMOXICILLIN | {"item_name": f"阿莫西林胶囊{n}"} for n in "一二三四五")), now=LATER)
    with CaptureQueriesContext(connection) as many:
        hospital.get("/catalogue/?cost=1")
    assert len(many) == len(few)


def test_a_program_asks_for_facets_and_for_names_spelt_alike(world, priced):
    merged(world, products(AMOXICILLIN), now=LATER)
    program = program_of(world.pharmacist)
    facets = {facet["key"]: facet["options"] for facet in program.get("/api/v1/items/facets/").json()}
    assert [(one["value"], one["count"]) for one in facets["region"]] == [("湖北省", 3), ("湖南省", 1)]
    assert [(one["value"], one["count"]) for one in facets["list"]] == [(priced.list.reference, 3)]
    one = {"region": "湖南省", "cost": "2"}
    found = program.get("/api/v1/items/", one).json()["results"]
    assert [item["reference"] for item in found] == [priced.items[0].reference]
    assert program.get("/api/v1/items/", one | {"cost": "1"}).json()["results"] == []
    assert program.get("/api/v1/products/facets/", {"q": "阿莫西林"}).status_code == 200
    refused = program.get("/api/v1/items/facets/", {"kind": "colour"})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    like = program.get("/api/v1/items/spelt-like/", {"q": "amoxiling"}).json()
    assert like == [{"name": "阿莫西林胶囊"}]
    assert program.get("/api/v1/items/spelt-like/", {"q": ""}).json() == []


def test_pinyin_and_initials_rank_as_characters_do(world, hospital):  # noqa: F811
    called = ("复方阿莫西林", "阿莫西林", "阿莫西林胶囊")
    merged(world, products(*(AMOXICILLIN | {"item_name": name} for name in called)))
    for typed in ("阿莫西林", "amoxilin", "amxl", "AMOXILIN"):
        page = hospital.get(f"/catalogue/?q={typed}")
        assert names(page) == ["阿莫西林", "阿莫西林胶囊", "复方阿莫西林"], typed
        page = hospital.get(f"/catalogue/products/?q={typed}")
        assert page.context["table"].rows[0].object.product.item.name == "阿莫西林", typed


def test_products_stand_side_by_side_with_the_price_of_one_unit(world, hospital):  # noqa: F811
    merged(world, products(AMOXICILLIN, AMOXICILLIN | {"maker": "别厂", "brand": "别牌"}))
    one, other = Product.objects.order_by("versions__brand")
    fact = PriceFact(
        item_id=one.item_id,
        product_id=one.pk,
        region_code=world.region.pk,
        price=Decimal("14.00"),
        units=28,
        valid_from=NOW.date(),
        source="notice",
    )
    price_recorded(world, fact, "ceiling")
    address = f"/catalogue/compare/?pick={one.reference}&pick={other.reference}"
    shown = text(hospital.get(address))
    assert "再林" in shown
    assert "别牌" in shown
    assert "0.50" in shown
    answer = hospital.get(f"{address}&export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][1:] == [one.reference, other.reference]
    assert ["Brand", "再林", "别牌"] in rows
    assert any(row[1:] == ["0.500000", ""] for row in rows)
    assert hospital.get(f"{address}&pick=PD-99999").status_code == 404
    assert hospital.get(f"/catalogue/compare/?pick={one.reference}").status_code == 302


def test_a_file_of_the_list_is_written_by_the_database_and_runs_nowhere(world, hospital):  # noqa: F811
    merged(world, products(AMOXICILLIN, AMOXICILLIN | {"item_name": "阿莫西林,“颗粒”", "maker": "别厂"}))
    arranged(Item.objects.filter(name__endswith="”").update)(strength='=1+"1"')
    read = {}
    for kind in ("csv", "xlsx"):
        answer = hospital.get(f"/catalogue/?q=阿莫&export={kind}")
        content = b"".join(answer.streaming_content)
        read[kind] = [list(row.values()) for _number, row in read_rows(io.BytesIO(content), f"items.{kind}")]
        if kind == "csv":
            assert b"'=1+" in content
    assert read["csv"] == read["xlsx"]
    assert len(read["csv"]) == 2
    assert {row[2] for row in read["csv"]} == {"drug"}


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_typed_is_asked_for_in_terms_that_the_index_understands(typed):
    for word in read_asked(typed).words:
        assert re.fullmatch(rf"{TERM}(?: [&|] {TERM})*", word.terms)


def test_what_more_rows_have_than_anybody_knows_is_ranked_counted_and_paged_all_the_same(world, hospital, monkeypatch):  # noqa: F811
    monkeypatch.setattr(finding, "MOST_KNOWN", 3)
    for module in (finding, facets):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)
    called = ("复方阿莫西林", "阿莫西林", "阿莫西林片", "阿莫西林胶囊", "阿莫西林颗粒", "头孢片")
    merged(world, products(*(AMOXICILLIN | {"item_name": n, "form": n[-2:], "brand": ""} for n in called)))
    for typed in ("阿莫西林", "amxl", "阿莫西林 0.25g"):
        page = hospital.get(f"/catalogue/?q={typed}")
        assert names(page)[0] == "阿莫西林", typed
        assert {*names(page)} == {*called[:5]}, typed
        forms = dict(page.context["facets"])["Form"]
        assert all(option.more for option in forms), typed
        assert sum(option.count for option in forms) == 3, typed
        assert len(hospital.get(f"/catalogue/products/?q={typed}").context["table"].rows) == 5
