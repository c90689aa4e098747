"""National codes, approval numbers and check digits are read by their grammar and refused with the place."""

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.rules import (
    CodeError,
    CodeKind,
    ConsumableCode,
    DrugCode,
    ItemKind,
    Origin,
    parse_approval_number,
    parse_code,
    parse_gtin,
    parse_standard_code,
)

WESTERN = r"X[A-Z][0-9]{2}[A-Z]{2}[A-Z][0-9]{3}[A-Z][0-9]{3}[0-9]{9}"
TRADITIONAL = r"Z[A-Z][0-9]{2}[A-Z]{2}[A-Z][0-9]{4}[0-9]{9}"
GRANULES = r"T[0-9]{4}3[0-9]{4}[01][0-9]{9}"
CONSUMABLE = r"C[0-9]{19}(?:[0-9]{7})?"
ANY_CODE = st.from_regex(rf"\A(?:{WESTERN}|{TRADITIONAL}|{GRANULES}|{CONSUMABLE})\Z")

REAL_CODES = Path(
    os.environ.get("NHSA_DRUG_CODES", Path(__file__).parents[3] / "shared" / "data" / "nhsa_drug_codes.csv")
)


def test_western_code_falls_into_its_parts():
    code = parse_code("XL02BBB085A001010100662")
    assert code == DrugCode(
        text="XL02BBB085A001010100662",
        kind=CodeKind.WESTERN,
        category="L02BB",
        name_code="B085",
        form_code="A001",
        spec_code="01",
        pack_code="01",
        enterprise_code="00662",
    )
    assert code.item_prefix == "XL02BBB085A001"


def test_capsule_of_the_same_drug_has_another_prefix_and_another_pack_has_not():
    tablet = parse_code("XL02BBB085A001010100662")
    assert parse_code("XL02BBB085E001010100662").item_prefix != tablet.item_prefix
    assert parse_code("XL02BBB085A001020900663").item_prefix == tablet.item_prefix


def test_traditional_code_has_no_form():
    code = parse_code("ZA04CAE0023010100166")
    assert isinstance(code, DrugCode)
    assert (code.kind, code.category, code.name_code, code.form_code) == (
        CodeKind.TRADITIONAL,
        "A04CA",
        "E0023",
        "",
    )
    assert (code.spec_code, code.pack_code, code.enterprise_code) == ("01", "01", "00166")
    assert code.item_prefix == "ZA04CAE0023"


def test_granules_code_holds_specification_and_pack_in_one():
    code = parse_code("T0001300011000200345")
    assert isinstance(code, DrugCode)
    assert (code.kind, code.category, code.name_code, code.origin_flag) == (
        CodeKind.GRANULES,
        "0001",
        "30001",
        "1",
    )
    assert (code.spec_code, code.pack_code, code.enterprise_code) == ("0002", "", "00345")
    assert code.item_prefix == "T000130001"


def test_consumable_code_of_27_characters_holds_that_of_20():
    code = parse_code("C09100100000000211790000049")
    assert code == ConsumableCode(
        text="C09100100000000211790000049",
        kind=CodeKind.CONSUMABLE,
        category="091001",
        name_code="000",
        material_code="00",
        feature_code="000",
        enterprise_code="21179",
        serial="0000049",
    )
    assert code.item_prefix == "C091001000"
    short = parse_code("C0910010000000021179")
    assert isinstance(short, ConsumableCode)
    assert (short.text, short.serial, short.item_prefix) == (code.text[:20], "", code.item_prefix)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Position 1: expected X"),
        ("YL02BBB085A001010100662", "Position 1: expected X (western), Z (traditional), T (granules)"),
        ("X102BBB085A001010100662", "Position 2 (class): expected a letter from A to Z, found “1”."),
        ("XLO2BBB085A001010100662", "Position 3 (class): expected a digit, found “O”."),
        ("XL02BBB085A00101010066", "The code ends before position 23 (enterprise): expected a digit."),
        ("XL02BBB085A0010101006621", "The code should end after position 23, but has 24 characters."),
        ("XL02BBB0851001010100662", "Position 11 (dosage form): expected a letter from A to Z, found “1”."),
        ("ZA04CAEO023010100166", "Position 8 (name): expected a digit, found “O”."),
        ("ZA04CAE00230101001661", "The code should end after position 20, but has 21 characters."),
        ("T0001200011000200345", "Position 6 (name): expected the digit 3, found “2”."),
        ("T0001300012000200345", "Position 11 (region of origin): expected 0 or 1, found “2”."),
        ("C091001000000002117", "The code ends before position 20 (enterprise): expected a digit."),
        (
            "C09100100000000211790",
            "The code ends before position 22 (specification and model): expected a digit.",
        ),
        ("C091001000000002117900000491", "The code should end after position 27, but has 28 characters."),
        ("C09100100A0000021179", "Position 10 (name): expected a digit, found “A”."),
        ("XL٠2BBB085A001010100662", "Position 3 (class): expected a digit, found “٠”."),
    ],
)
def test_refusal_names_the_position_and_what_was_expected(text, words):
    with pytest.raises(CodeError) as refusal:
        parse_code(text)
    assert str(refusal.value).startswith(words)


def test_full_width_characters_blanks_and_small_letters_are_put_right():
    assert parse_code(" ｘl02 bbb085Ａ００1\u30000101 00662\n").text == "XL02BBB085A001010100662"


def test_refusal_can_be_told_in_another_language():
    sentences = {
        "The code ends before position %(position)s (%(part)s): expected %(expected)s.": (
            "代码在第 %(position)s 位(%(part)s)前结束,应为%(expected)s"
        ),
        "class": "分类",
        "a digit": "数字",
    }
    with pytest.raises(CodeError) as refusal:
        parse_code("XL")
    told = refusal.value.told(lambda sentence: sentences.get(sentence, sentence))
    assert told == "代码在第 3 位(分类)前结束,应为数字"


@given(ANY_CODE)
def test_parts_put_together_again_are_the_code(text):
    code = parse_code(text)
    if isinstance(code, ConsumableCode):
        tail = code.material_code + code.feature_code + code.enterprise_code + code.serial
    else:
        tail = code.origin_flag + code.spec_code + code.pack_code + code.enterprise_code
    assert code.item_prefix + tail == code.text == text


@given(ANY_CODE, st.data())
def test_code_with_one_place_changed_to_punctuation_is_refused_at_that_place(text, data):
    position = data.draw(st.integers(min_value=1, max_value=len(text)))
    damaged = text[: position - 1] + "-" + text[position:]
    with pytest.raises(CodeError, match=rf"^Position {position}\b"):
        parse_code(damaged)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    try:
        length = len(parse_code(text).text)
    except CodeError:
        return
    assert length in (20, 23, 27)


@pytest.mark.skipif(
    not REAL_CODES.is_file(),
    reason="the published list is not part of the project; NHSA_DRUG_CODES names the file",
)
def test_every_row_of_the_published_list_follows_the_grammar():
    names = defaultdict(set)
    rows = 0
    with REAL_CODES.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code = parse_code(row["code"])
            assert isinstance(code, DrugCode)
            printed = (row["kind"], row["category"], row["name_code"], row["form_code"])
            assert (code.kind, code.category, code.name_code, code.form_code) == printed
            assert (code.spec_code, code.pack_code) == (row["spec_code"], row["pack_code"])
            assert code.enterprise_code == row["enterprise_code"]
            names[code.item_prefix].add(row["generic_name"])
            rows += 1
    assert rows == 10_000
    assert any(len(printed) > 1 for printed in names.values()), "a prefix alone is not an identity"


@pytest.mark.parametrize(
    ("text", "normal", "kind", "origin", "device_class"),
    [
        ("国药准字H20064705", "国药准字H20064705", ItemKind.DRUG, Origin.DOMESTIC, None),
        ("国药准字 Ｚ２０１２３０８４ ", "国药准字Z20123084", ItemKind.DRUG, Origin.DOMESTIC, None),
        ("国药准字h10970001", "国药准字H10970001", ItemKind.DRUG, Origin.DOMESTIC, None),
        ("国药准字J20140001", "国药准字J20140001", ItemKind.DRUG, Origin.IMPORTED, None),
        ("国药准字SJ20210001", "国药准字SJ20210001", ItemKind.DRUG, Origin.IMPORTED, None),
        ("国药准字HC20210001", "国药准字HC20210001", ItemKind.DRUG, Origin.HONG_KONG_MACAO_TAIWAN, None),
        ("H20140001", "H20140001", ItemKind.DRUG, Origin.IMPORTED, None),
        ("HC20140001", "HC20140001", ItemKind.DRUG, Origin.HONG_KONG_MACAO_TAIWAN, None),
        ("国械注准20203130604", "国械注准20203130604", ItemKind.CONSUMABLE, Origin.DOMESTIC, 3),
        ("国械注进 20173466789", "国械注进20173466789", ItemKind.CONSUMABLE, Origin.IMPORTED, 3),
        ("国械注许20162460001", "国械注许20162460001", ItemKind.CONSUMABLE, Origin.HONG_KONG_MACAO_TAIWAN, 2),
        ("粤械注准20182130001", "粤械注准20182130001", ItemKind.CONSUMABLE, Origin.DOMESTIC, 2),
        ("沪浦械备20200001号", "沪浦械备20200001", ItemKind.CONSUMABLE, Origin.DOMESTIC, 1),
        ("国械备20160001", "国械备20160001", ItemKind.CONSUMABLE, Origin.IMPORTED, 1),
    ],
)
def test_approval_number_is_read_in_its_normal_form(text, normal, kind, origin, device_class):
    number = parse_approval_number(text)
    assert (number.text, number.kind, number.origin, number.device_class) == (
        normal,
        kind,
        origin,
        device_class,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "国药准字H2006470",
        "国药准字H200647050",
        "国药准字X20064705",
        "国药准字BJ20064705",
        "国药准H20064705",
        "国药准字H99064705",
        "国械注准20204130604",
        "国械注备20203130604",
        "B20140001",
    ],
)
def test_what_is_no_approval_number_is_refused(text):
    with pytest.raises(CodeError):
        parse_approval_number(text)


@pytest.mark.parametrize("text", ["86902551000259", "86902767000852", "86902439000609"])
def test_published_standard_codes_have_their_check_digit(text):
    """Real rows of the medicines administration; the sum is taken here as its rule prints it."""
    from_the_right = [int(digit) for digit in reversed(text)]
    assert from_the_right[0] == (10 - (3 * sum(from_the_right[1::2]) + sum(from_the_right[2::2])) % 10) % 10
    code = parse_standard_code(f" {text[:5]} {text[5:]}")
    assert (code.text, code.enterprise_code, code.product_code) == (text, text[3:8], text[8:13])


def test_wrong_check_digit_is_refused_with_the_right_one():
    with pytest.raises(CodeError, match="check digit of 86902551000258 should be 9"):
        parse_standard_code("86902551000258")


@pytest.mark.parametrize("text", ["", "8690255100025", "86802551000259", "8690255100025X"])
def test_standard_code_of_another_shape_is_refused(text):
    with pytest.raises(CodeError, match="14 digits and begins with 869"):
        parse_standard_code(text)


@given(st.from_regex(r"\A869[0-9]{10}\Z"), st.integers(0, 12), st.integers(1, 9))
def test_one_mistyped_digit_of_a_standard_code_is_always_noticed(body, place, shift):
    code = next(body + check for check in "0123456789" if _passes(body + check))
    typed = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    with pytest.raises(CodeError):
        parse_standard_code(typed)


def _passes(text):
    try:
        return bool(parse_standard_code(text))
    except CodeError:
        return False


def test_gtin_of_any_length_is_kept_with_14_digits():
    assert parse_gtin("6 901234 567892") == "06901234567892"
    assert parse_gtin("73513537") == "00000073513537"
    with pytest.raises(CodeError, match="should be 2"):
        parse_gtin("6901234567893")
    with pytest.raises(CodeError, match="8, 12, 13 or 14 digits"):
        parse_gtin("690123456789234")
