"""Every part of every code is told in words, and a scanned barcode finds its product and says batch and expiry."""

from contextlib import suppress
from datetime import date
from urllib.parse import quote

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Product
from catalogue.presentation import explaining
from catalogue.rules import (
    CodeError,
    parse_gtin,
    parts_of_approval,
    parts_of_code,
    parts_of_gtin,
    parts_of_standard_code,
    read_barcode,
    read_detail,
)
from tests.catalogue.files import PRECISE, merged, products
from tests.contracts.pages import sitting
from tests.roles import program_of

GTIN = "06901234567892"
PRINTED = f"(01){GTIN}(17)270131(10)1A2B3C(21)S-77"
SENT = f"]d201{GTIN}17270131101A2B3C\x1d21S-77"
FULL = PRECISE | {"approval_no": "国药准字H20064705", "standard_code": "86902439000609", "udi_di": GTIN}


@pytest.mark.parametrize(
    ("read", "text", "parts"),
    [
        (parts_of_code, "XL02BBB085A001010100662", "X L02BB B085 A001 01 01 00662"),
        (parts_of_code, "ZA04CAE0023010100166", "Z A04CA E0023 01 01 00166"),
        (parts_of_code, "T0001300011000200345", "T 0001 30001 1 0002 00345"),
        (parts_of_code, "C09100100000000211790000049", "C 091001 000 00 000 21179 0000049"),
        (parts_of_code, "C0910010000000021179", "C 091001 000 00 000 21179"),
        (parts_of_code, "XL02BBB085A001", "X L02BB B085 A001"),
        (parts_of_code, "?", ""),
        (parts_of_standard_code, "86902439000609", "86 9 02439 00060 9"),
        (parts_of_standard_code, "86902439000608", ""),
        (parts_of_approval, "国药准字H20064705", "国药准字 H 2006 4705"),
        (parts_of_approval, "国药准字HJ20210001", "国药准字 H J 2021 0001"),
        (parts_of_approval, "国药准字Z44010001", "国药准字 Z 44 010001"),
        (parts_of_approval, "HC20140001", "H C 2014 0001"),
        (parts_of_approval, "国械注准20203130604", "国 械注准 2020 3 13 0604"),
        (parts_of_approval, "沪浦械备20200001号", "沪浦 械备 2020 0001"),
        (parts_of_approval, "H2006", ""),
        (parts_of_gtin, GTIN, "0 6901234 56789 2"),
        (parts_of_gtin, "06901234567893", ""),
    ],
)
def test_a_code_falls_into_parts_that_say_where_they_stand(read, text, parts):
    found = read(text)
    assert " ".join(part.text for part in found) == parts
    normal = text.removesuffix("号")
    assert all(normal[part.first - 1 :].startswith(part.text) for part in found)
    assert all(part.meaning for part in found)


@pytest.mark.parametrize(
    "text", [PRINTED, SENT, SENT.removeprefix("]d2"), PRINTED.replace("(", "（").replace(")", " ）")]
)
def test_a_barcode_is_read_as_it_is_printed_and_as_scanners_send_it(text):
    read = read_barcode(text)
    assert (read.gtin, read.batch, read.serial, read.expires_on) == (GTIN, "1A2B3C", "S-77", date(2027, 1, 31))


def test_a_month_without_a_day_means_its_last():
    assert read_barcode(f"01{GTIN}17280200").expires_on == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123",
        GTIN,
        f"(10)1A(01){GTIN}",
        "(01)06901234567893(10)A",
        f"(01){GTIN}(17)271399",
        f"(01){GTIN}(10)",
        f"01{GTIN}1727",
    ],
)
def test_what_is_no_barcode_or_a_damaged_one_is_refused(text):
    with pytest.raises(CodeError):
        read_barcode(text)


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_digit_of_a_scanned_gtin_that_is_another_is_always_noticed(place, shift):
    other = str((int(GTIN[place]) + shift) % 10)
    with pytest.raises(CodeError):
        read_barcode(f"01{GTIN[:place]}{other}{GTIN[place + 1 :]}10A")


@given(st.sampled_from(("", "01", "(01)", "02")), st.text("0123456789()A-\x1d ", max_size=30), st.booleans())
def test_any_text_is_read_or_refused_and_nothing_else(begin, rest, whole):
    text = begin + (GTIN if whole else "") + rest
    with suppress(CodeError):
        assert read_barcode(text).gtin == parse_gtin(read_barcode(text).gtin)
    assert isinstance(explaining.scanned(text), explaining.Scanned | None)


def test_a_barcode_in_place_of_a_device_identifier_is_kept_as_its_gtin():
    assert read_detail("udi_di", PRINTED) == GTIN
    with pytest.raises(CodeError):
        read_detail("udi_di", "(01)06901234567893(10)A")


@pytest.fixture
def product(world):
    merged(world, products(FULL, PRECISE | {"item_name": "其他片", "national_code": "XL02BBB086A001010100662"}))
    return Product.objects.get(key=FULL["national_code"])


def test_the_page_of_a_product_says_what_each_part_of_its_codes_means(world, product):
    page = sitting(world.pharmacist).get(reverse("catalogue:product", args=[product.reference])).content.decode()
    for said in (
        "western drug",
        "L02BB",
        "上海朝晖",
        "28 片 / 盒",
        "50mg",
        "chemical drug",
        "GS1 China",
        "fits the others",
    ):
        assert said in page
    item = sitting(world.pharmacist).get(reverse("catalogue:item", args=[product.item.reference])).content.decode()
    assert "What the codes say" in item
    assert "2–6" in item
    told = (
        program_of(world.pharmacist).get(f"/api/v1/products/{product.reference}/").json()["versions"][0]["code_parts"]
    )
    national = [part for part in told if part["code"] == "national_code"]
    assert "".join(part["text"] for part in national) == FULL["national_code"]
    assert national[-1] == {
        "code": "national_code", "part": "enterprise_code", "text": "00662", "first": 19, "means": "上海朝晖",
    }  # fmt: skip
    item = program_of(world.pharmacist).get(f"/api/v1/items/{product.item.reference}/").json()
    assert [part["text"] for part in item["code_parts"]] == ["X", "L02BB", "B085", "A001"]


@pytest.mark.parametrize("typed", [PRINTED, SENT, GTIN, GTIN[1:]])
def test_what_a_scanner_sends_finds_the_product(world, product, typed):
    for name in ("items", "products"):
        page = sitting(world.pharmacist).get(reverse(f"catalogue:{name}") + f"?q={quote(typed)}").content.decode()
        assert "比卡鲁胺片" in page
        assert "其他片" not in page
        assert all((said in page) == (typed in (PRINTED, SENT)) for said in ("1A2B3C", "2027-01-31", "S-77"))
    found = program_of(world.pharmacist).get("/api/v1/products/", {"q": typed}).json()["results"]
    assert [one["reference"] for one in found] == [product.reference]


def test_a_damaged_barcode_is_said_to_be_that(world, product):
    page = sitting(world.pharmacist).get(reverse("catalogue:items"), {"q": "(01)06901234567893(10)A"}).content.decode()
    assert "The check digit of 06901234567893 should be 2" in page


def test_programs_have_a_code_of_any_kind_read_and_its_products_named(world, product):
    ask = program_of(world.pharmacist).get
    for text, parts in (
        (SENT, {"gtin": GTIN, "expires_on": "270131", "batch": "1A2B3C", "serial": "S-77"}),
        (FULL["national_code"].lower(), {"category": "L02BB", "pack_code": "01"}),
        (FULL["standard_code"], {"check_digit": "9"}),
        (FULL["approval_no"], {"year": "2006"}),
        (GTIN[1:], {"company": "6901234"}),
    ):
        told = ask("/api/v1/codes/read/", {"text": text}).json()
        said = {part["part"]: part["text"] for part in told["parts"]}
        assert said | parts == said
        assert told["products"] == [product.reference]
    for text in ("", "X1", "(01)06901234567893(10)A"):
        answer = ask("/api/v1/codes/read/", {"text": text})
        assert (answer.status_code, answer.json()["faults"][0]["field"]) == (400, "text")


def test_a_part_of_which_nobody_says_what_it_means_says_nothing(world, product):
    version = product.versions.select_related("product__item", "product__maker").get()
    said = {part.part: part.means for part in explaining.of_version(version) if part.code == "national_code"}
    assert said["category"] == ""
    assert said["name_code"] == "比卡鲁胺片"
