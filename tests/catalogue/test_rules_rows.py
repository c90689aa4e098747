"""A row of an imported file is read whole, or refused with every fault at its column; nothing is made up."""

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.rules import (
    NATIONAL_LIST_COLUMNS,
    TEMPLATE_COLUMNS,
    ItemKind,
    Layout,
    ParsedRow,
    parse_row,
    read_header,
)

REAL_CODES = Path(
    os.environ.get("NHSA_DRUG_CODES", Path(__file__).parents[3] / "shared" / "data" / "nhsa_drug_codes.csv")
)
TEMPLATE = read_header(tuple(TEMPLATE_COLUMNS))
NATIONAL = read_header(NATIONAL_LIST_COLUMNS)

TABLET = {
    "kind": "drug",
    "item_name": "三溴片",
    "strength": "溴化钾0.12g,溴化钠0.12g,溴化铵0.06g",
    "form": "片剂",
    "route": "口服",
    "base_unit": "片",
    "approval_no": "国药准字H20064705",
    "standard_code": "86902439000609",
    "maker": "陕西西岳制药有限公司",
    "pack_size": "100",
    "pack_unit": "瓶",
    "valid_from": "2026-01-01",
    "source": "published list",
}
STENT = {
    "kind": "consumable",
    "item_name": "冠脉药物洗脱支架系统",
    "base_unit": "个",
    "maker": "山东吉威",
    "brand": "EXCROSSAL",
    "pack_size": "1",
    "pack_unit": "个",
    "source": "memory, unverified",
}
LISTED = {
    "code": "XL02BBB085A001010100662",
    "generic_name": "比卡鲁胺片",
    "kind": "western",
    "id_letter": "X",
    "category": "L02BB",
    "name_code": "B085",
    "form_code": "A001",
    "spec_code": "01",
    "pack_code": "01",
    "enterprise_code": "00662",
}


def faults(row, header=TEMPLATE):
    """The faults of a row as pairs of column and English sentence."""
    answer = parse_row(row, header)
    assert isinstance(answer, list), answer
    return [(error.column, error.message) for error in answer]


def read(row, header=TEMPLATE):
    answer = parse_row(row, header)
    assert isinstance(answer, ParsedRow), answer
    return answer


def test_layout_is_known_by_its_headings():
    assert NATIONAL.layout is Layout.NATIONAL_LIST
    assert TEMPLATE.layout is Layout.TEMPLATE
    assert (NATIONAL.missing, NATIONAL.unknown, TEMPLATE.missing, TEMPLATE.unknown) == ((), (), (), ())


def test_missing_and_unknown_columns_are_named():
    header = read_header(["item_name", "Pack Size", "colour", "approval"])
    assert header.missing == ("kind", "base_unit")
    assert header.unknown == ("colour", "approval")
    assert header.columns["pack_size"] == "Pack Size"
    assert read_header(["code", "kind"]).missing == ("generic_name",)
    assert read_header([]).missing == ("kind", "item_name", "base_unit")


def test_headings_may_be_chinese_and_a_fault_names_the_printed_heading():
    header = read_header(list(TEMPLATE_COLUMNS.values()))
    assert (header.missing, header.unknown) == ((), ())
    row = {TEMPLATE_COLUMNS[name]: text for name, text in TABLET.items()}
    assert read(row, header) == read(TABLET)
    assert faults(row | {"包装数量": "半"}, header) == [
        ("包装数量", "A pack holds a whole number of base units, from 1 to 1000000.")
    ]


def test_two_headings_for_the_same_field_are_named():
    assert read_header(["kind", "类别", "item_name", "base_unit"]).doubled == (("kind", "类别"),)
    header = read_header(["kind", "类别（大类）", "item_name", "base_unit"])
    assert (header.columns["kind"], header.unknown, header.doubled) == ("kind", ("类别（大类）",), ())


def test_template_row_of_a_drug_is_read():
    row = read(TABLET)
    assert (row.kind, row.name, row.strength) == (ItemKind.DRUG, "三溴片", TABLET["strength"])
    assert (row.form, row.route, row.base_unit) == ("片剂", "口服", "片")
    assert (row.approval_number, row.standard_code) == ("国药准字H20064705", "86902439000609")
    assert (row.maker, row.pack_size, row.pack_unit) == ("陕西西岳制药有限公司", 100, "瓶")
    assert (row.valid_from, row.unverified, row.names_product) == (date(2026, 1, 1), False, True)


def test_what_the_file_leaves_out_stays_empty():
    row = read(STENT)
    assert row.kind is ItemKind.CONSUMABLE
    assert (row.national_code, row.code_prefix, row.approval_number, row.standard_code) == ("", "", "", "")
    assert (row.maker_code, row.valid_from, row.brand) == ("", None, "EXCROSSAL")


def test_row_whose_source_says_unverified_is_marked():
    assert read(STENT).unverified
    assert read(STENT | {"source": "Memory, UNVERIFIED"}).unverified
    assert not read(STENT | {"source": "notice of 2020"}).unverified


def test_row_may_name_an_item_without_any_product():
    row = read({"kind": "drug", "item_name": "阿司匹林肠溶片", "strength": "100mg", "base_unit": "片"})
    assert not row.names_product
    assert row.pack_size is None


def test_row_that_begins_a_product_must_finish_it():
    bare = {"kind": "consumable", "item_name": "支架", "base_unit": "个"}
    assert faults(bare | {"brand": "NOYA"}) == [
        ("maker", "A product needs its maker."),
        ("pack_size", "A product needs the number of base units in a pack."),
        ("pack_unit", "A product needs the unit of its pack, such as 盒."),
    ]


def test_national_code_gives_the_prefix_and_the_makers_code():
    row = read(TABLET | {"national_code": "xl02bbb085a001010100662", "standard_code": "", "approval_no": ""})
    assert (row.code_prefix, row.maker_code) == ("XL02BBB085A001", "00662")


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"kind": ""}, "kind", "Expected one of: drug, western, tcm, granules, consumable."),
        ({"kind": "device"}, "kind", "Expected one of: drug, western, tcm, granules, consumable."),
        ({"item_name": " \u200b"}, "item_name", "The name of the item is missing."),
        ({"item_name": "片" * 301}, "item_name", "At most 300 characters, not 301."),
        ({"brand": "B" * 201}, "brand", "At most 200 characters, not 201."),
        ({"base_unit": ""}, "base_unit", "The unit that demand counts is missing, such as 片 or 支."),
        ({"national_code": "XL02BBB085A00101010066"}, "national_code", "The code ends before position 23"),
        ({"national_code": "C0910010000000021179"}, "national_code", "The code is one for “consumable”"),
        ({"kind": "tcm", "national_code": LISTED["code"]}, "national_code", "The code is one for “western”"),
        ({"national_code": LISTED["code"], "maker_code": "00663"}, "maker_code", "The code says “00662” here."),
        ({"maker_code": "662"}, "maker_code", "A maker's code has five digits."),
        ({"approval_no": "国药准字H2006470"}, "approval_no", "Expected an approval number like"),
        ({"approval_no": "国械注准20203130604"}, "approval_no", "This is the approval number of a consumable."),
        ({"standard_code": "86902439000600"}, "standard_code", "The check digit of 86902439000600 should be 9"),
        ({"pack_size": "0"}, "pack_size", "A pack holds a whole number"),
        ({"pack_size": "-1"}, "pack_size", "A pack holds a whole number"),
        ({"pack_size": "2.5"}, "pack_size", "A pack holds a whole number"),
        ({"pack_size": "NaN"}, "pack_size", "A pack holds a whole number"),
        ({"pack_size": "1e3"}, "pack_size", "A pack holds a whole number"),
        ({"pack_size": "1000001"}, "pack_size", "A pack holds a whole number"),
        ({"pack_size": "٣"}, "pack_size", "A pack holds a whole number"),
        ({"valid_from": "2026-02-30"}, "valid_from", "Expected a date like 2026-01-31."),
        ({"valid_from": "01/02/2026"}, "valid_from", "Expected a date like 2026-01-31."),
    ],
)
def test_fault_stands_at_its_column_with_the_text_of_the_cell(change, column, words):
    row = TABLET | change
    answer = parse_row(row, TEMPLATE)
    assert isinstance(answer, list)
    assert [(error.column, error.value) for error in answer] == [(column, row[column])]
    assert answer[0].message.startswith(words)


def test_standard_code_belongs_to_drugs_alone():
    assert faults(STENT | {"standard_code": "86902439000609"}) == [
        ("standard_code", "Only drugs have a standard code.")
    ]


def test_all_faults_of_a_row_are_told_at_once():
    assert [column for column, _ in faults({"kind": "x", "national_code": "Y", "pack_size": "a"})] == [
        "kind",
        "national_code",
        "item_name",
        "base_unit",
        "pack_size",
        "maker",
        "pack_unit",
    ]


@pytest.mark.parametrize("text", ["2026-1-5", "2026/1/5", "2026.01.05", "2026年1月5日", "2026-01-05 00:00:00"])
def test_dates_are_read_as_spreadsheets_print_them(text):
    assert read(TABLET | {"valid_from": text}).valid_from == date(2026, 1, 5)


def test_whole_pack_sizes_are_read_with_a_decimal_point_too():
    assert read(TABLET | {"pack_size": "20.00"}).pack_size == 20


def test_blanks_and_invisible_characters_do_not_make_another_name():
    assert read(TABLET | {"item_name": "\ufeff 三溴\u200b片\n"}).name == "三溴片"
    assert read(TABLET | {"item_name": "三溴\u3000\t片"}).name == "三溴 片"


def test_row_of_the_national_list_is_read():
    row = read(LISTED, NATIONAL)
    assert (row.kind, row.name, row.national_code) == (ItemKind.DRUG, "比卡鲁胺片", LISTED["code"])
    assert (row.code_prefix, row.maker_code, row.maker) == ("XL02BBB085A001", "00662", "")
    assert (row.pack_size, row.strength, row.base_unit) == (None, "", "")


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"generic_name": ""}, "generic_name", "The generic name is missing."),
        ({"generic_name": "片" * 301}, "generic_name", "At most 300 characters, not 301."),
        ({"code": ""}, "code", "The national code is missing."),
        ({"code": "XL02"}, "code", "The code ends before position 5 (class): expected a letter from A to Z."),
        ({"kind": "tcm"}, "kind", "The code is one for “western”, the row says otherwise."),
        ({"kind": "?"}, "kind", "Expected one of"),
        ({"id_letter": "Z"}, "id_letter", "The code says “X” here."),
        ({"category": "L02BA"}, "category", "The code says “L02BB” here."),
        ({"name_code": "B086"}, "name_code", "The code says “B085” here."),
        ({"form_code": ""}, "form_code", "The code says “A001” here."),
        ({"spec_code": "1"}, "spec_code", "The code says “01” here."),
        ({"pack_code": "02"}, "pack_code", "The code says “01” here."),
        ({"enterprise_code": "00663"}, "enterprise_code", "The code says “00662” here."),
    ],
)
def test_columns_of_the_national_list_agree_with_the_code(change, column, words):
    [(found_column, message)] = faults(LISTED | change, NATIONAL)
    assert found_column == column
    assert message.startswith(words)


def test_national_list_needs_only_code_and_name():
    header = read_header(["code", "generic_name"])
    row = read({"code": "C09100100000000211790000049", "generic_name": "髋关节"}, header)
    assert (row.kind, row.code_prefix) == (ItemKind.CONSUMABLE, "C091001000")


@pytest.mark.skipif(
    not REAL_CODES.is_file(),
    reason="the published list is not part of the project; NHSA_DRUG_CODES names the file",
)
def test_published_list_is_read_as_it_is():
    with REAL_CODES.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        header = read_header(rows.fieldnames or [])
        assert (header.layout, header.missing, header.unknown) == (Layout.NATIONAL_LIST, (), ())
        parsed = [read(row, header) for row in rows]
    assert len(parsed) == 10_000
    identities = {(row.code_prefix, row.name) for row in parsed}
    assert len(identities) > len({row.code_prefix for row in parsed})


@given(st.fixed_dictionaries({}, optional={name: st.text(max_size=30) for name in TEMPLATE_COLUMNS}))
def test_any_cells_are_read_or_refused_and_nothing_else(row):
    answer = parse_row(row, TEMPLATE)
    if isinstance(answer, list):
        assert all(error.column in TEMPLATE_COLUMNS and error.message for error in answer)
    else:
        assert answer.name
        assert answer.base_unit
