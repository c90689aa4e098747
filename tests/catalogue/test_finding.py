"""Finding on pages: the best first, what is spelt like it, facets with counts, products side by side, files."""

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.models import Item, Product
from catalogue.rules import PriceFact
from catalogue.rules.words import read_asked
from core.spreadsheets import read_rows
from tests.arranging import arranged
from tests.catalogue.files import TABLET, merged, price_recorded, products
from tests.catalogue.test_pages import hospital, sign_in, text  # noqa: F401
from tests.roles import program_of
from tests.world import NOW

TERM = r"'[^'\\\s]+'(?::\*)?"
PRODUCTS = "/api/v1/products/"
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
