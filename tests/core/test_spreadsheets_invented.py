"""Whatever way a table is sent in, what was meant is read, or it is refused at the row that says something else."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from core.grids import Grid, GridRow, Written
from core.spreadsheets import Limits, SpreadsheetError, read_rows
from core.written import half_width, match_headings, plain_number, read_day
from tests.core.sent import SentColumn, counts, days, in_width, prices, sent, texts
from tests.core.workbooks import with_sheet, xlsx

# A workbook takes long to invent: what fails is told as it is, not made smaller.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
NAMES = ("厄贝沙坦片", "苯磺酸氨氯地平片", "甲硝唑片", "Item 000")


class Row(GridRow):
    packs = forms.IntegerField(label=gettext_lazy("Packs"), required=False, min_value=0)
    price = forms.DecimalField(label=gettext_lazy("Price"), required=False, decimal_places=2)
    on = forms.DateField(label=gettext_lazy("From"), required=False)

    def written(self, heading):
        return [Written(heading, self.thing.name), Written("Strength", self.thing.strength), Written("Unit", "片")]

    def unit_of(self, name):
        return "片" if name == "packs" else ""


class Lines(Grid):
    row = Row
    heading = gettext_lazy("Item")
    key_headings = (gettext_lazy("Line"),)


THINGS = [SimpleNamespace(number=n, name=name, strength=f"{n}mg") for n, name in enumerate(NAMES, start=1)]
COLUMNS = (
    SentColumn("Line", ("行号",), counts),
    SentColumn("Item", ("品规",), texts),
    SentColumn("Strength", ("Strength",), in_width),
    SentColumn("Unit", ("Unit",), texts),
    SentColumn("packs", ("Packs",), counts, ("{}", "*{}", "{}（片）", "{} (required)")),
    SentColumn("price", ("Price", "价格"), prices, ("{}", "{}（元）", "{}(元)*")),
    SentColumn("on", ("From",), days),
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "packs": st.integers(0, 10**9),
            "price": st.decimals(Decimal("0.01"), 10**6, places=2),
            "on": st.dates(date(1990, 1, 1), date(2090, 1, 1)),
        }
    ),
    min_size=1,
    max_size=len(NAMES),
)


def whole(rows):
    return [
        {"Line": n, "Item": thing.name, "Strength": thing.strength, "Unit": "片", **row}
        for n, (thing, row) in enumerate(zip(THINGS, rows, strict=False), start=1)
    ]


def read(file):
    data = QueryDict(mutable=True)
    data["read"] = "table"
    return Lines(THINGS, data, {"sheet-table": SimpleUploadedFile(file.name, file.content)}, draft="d/D-1")


def two_texts(form):
    """Bytes that may be Chinese or not are refused, whatever they mean."""
    return any("may be UTF-8" in told for told in form.non_field_errors())


@given(st.data(), ROWS)
@settings(max_examples=60, phases=QUICK)
def test_what_was_meant_is_what_is_read(data, rows):
    file = data.draw(sent(COLUMNS, whole(rows)))
    form = read(file)
    if two_texts(form):
        return
    assert form.non_field_errors() == []
    got = [(row["packs"].value(), row["price"].value(), row["on"].value()) for row in form.rows[: len(rows)]]
    assert [(int(packs), Decimal(price), on) for packs, price, on in got] == [
        (row["packs"], row["price"], row["on"].isoformat()) for row in rows
    ]
    told = " ".join(form.read.notes)
    assert all(heading in told for heading in file.unread)
    assert ("Hidden rows" in told) == bool(file.hidden)
    assert form.is_valid() is False


WRONG = {
    "Item": (st.sampled_from(["另一种片", "Item 999"]), "The file says"),
    "Strength": (st.sampled_from(["999mg", "9 g"]), "The file says"),
    "Unit": (st.sampled_from(["盒", "支"]), "The file says"),
    "Line": (st.sampled_from([77, "1,0", "x"]), "The table has no row"),
}


@given(st.data(), ROWS, st.sampled_from(sorted(WRONG)))
@settings(max_examples=40, phases=QUICK)
def test_what_belongs_to_another_row_is_refused_at_the_row(data, rows, column):
    table = whole(rows)
    at = data.draw(st.integers(0, len(table) - 1))
    wrong, words = WRONG[column]
    table[at] |= {column: data.draw(wrong)}
    as_it_is = [replace(one, write=st.just) if one.name == column else one for one in COLUMNS]
    file = data.draw(sent(as_it_is, table))
    form = read(file)
    if two_texts(form):
        return
    told = form.non_field_errors()
    assert len(told) == 1
    assert told[0].startswith(f"Row {file.rows[at]}, column {file.letters[column]} “")
    assert words in told[0]
    if column != "Line":
        assert [row["packs"].value() for row in form.rows] == [None] * len(THINGS)


def _or_as_it_is(column):
    return lambda value: st.just(value) if isinstance(value, str) else column.write(value)


AMBIGUOUS = {
    "packs": ["1.2E+05", "10,20", "1234,567", "1,2", "10²", "1 2", "5盒", "1.5.0", "12,3456,789"],
    "price": ["10,20", "1,5", "1.2E+05", "12.50万", "$ ¥ 5", "一百"],
    "on": ["3/1/2026", "26-03-01", "2026-13-01", "2026/3-1", "2027111", "2026-03-01 13:05", "46000"],
}


@given(st.data(), ROWS, st.sampled_from(sorted(AMBIGUOUS)))
@settings(max_examples=40, phases=QUICK)
def test_what_can_mean_two_things_is_refused_in_its_cell(data, rows, column):
    table = whole(rows)
    at = data.draw(st.integers(0, len(table) - 1))
    table[at] |= {column: data.draw(st.sampled_from(AMBIGUOUS[column]))}
    as_it_is = [replace(one, write=_or_as_it_is(one)) if one.name == column else one for one in COLUMNS]
    file = data.draw(sent(as_it_is, table))
    form = read(file)
    if two_texts(form):
        return
    if column == "on" or "E+" in table[at][column]:
        [told] = form.non_field_errors()
        assert told.startswith(f"Row {file.rows[at]}, column {file.letters[column]} “")
    else:
        assert [row.key for row in form.rows if row.errors.get(column)] == [str(at + 1)]


def test_a_heading_that_counts_in_boxes_is_refused_where_a_row_counts_tablets():
    content = "行号,Packs（盒）\n1,5\n2,\n".encode()
    form = read(SimpleNamespace(name="sent.csv", content=content))
    assert form.non_field_errors() == [
        "Row 2, column B “Packs（盒）”: The heading counts in “盒”, and this row in “片”."
    ]


def test_a_figure_merged_over_rows_is_refused_in_each():
    from openpyxl import Workbook

    book = Workbook()
    for line in (["Line", "Packs"], [1, 500], [2, None], [3, 7]):
        book.active.append(line)
    book.active.merge_cells("B2:B3")
    file = io.BytesIO()
    book.save(file)
    form = read(SimpleNamespace(name="sent.xlsx", content=file.getvalue()))
    assert [told.partition(":")[0] for told in form.non_field_errors()] == [
        "Row 2, column B “Packs”",
        "Row 3, column B “Packs”",
    ]
    assert [row["packs"].value() for row in form.rows] == [None, None, "7", None]


@pytest.mark.parametrize(
    "heading", ["价格（万元）", "价格(美元)", "Price ($)", "价格（百元）", "price (thousand)", "价格（%）"]
)
def test_a_heading_that_changes_the_figures_is_none(heading):
    assert match_headings([heading], {"price": ("价格",)}).columns == {}


def test_two_columns_that_mean_the_same_are_refused():
    form = read(SimpleNamespace(name="sent.csv", content="Line,Packs（片）,Packs（必填）\n1,5,6\n".encode()))
    assert form.non_field_errors() == [
        "Row 1: The columns B “Packs（片）” and C “Packs（必填）” mean the same. Keep one of them."
    ]


@given(st.text(st.sampled_from("0123456789,.' ¥元-+eE２，．\u00a0"), max_size=12))
def test_a_number_is_plain_or_none_and_says_the_same_again(text):
    plain = plain_number(text)
    if plain is not None:
        assert Decimal(plain).is_finite()
        assert plain_number(plain) == plain
        assert [sign for sign in half_width(text) if sign.isdecimal()] == [sign for sign in plain if sign.isdecimal()]


@given(st.dates(date(1000, 1, 1)))
def test_a_day_is_read_in_each_of_its_ways(day):
    parts = day.year, day.month, day.day
    for text in (day.isoformat(), f"{day:%Y%m%d}", "{}.{}.{}".format(*parts), "{}年{}月{}号".format(*parts)):
        assert read_day(text) == day


# --- Bytes and sheets -------------------------------------------------------------------------------------------
CHINESE = b"".join(bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
# Half of them such that their bytes may be a letter in UTF-8.
HANZI = st.one_of(
    st.sampled_from(CHINESE.decode("gb2312", "ignore")),
    st.sampled_from([sign for sign in CHINESE.decode("gb2312", "ignore") if sign.encode("gb2312")[1] < 0xC0]),
)


@given(st.lists(st.text(HANZI, min_size=1, max_size=4), min_size=1, max_size=3))
@settings(max_examples=300)
def test_chinese_in_gbk_is_read_or_refused_and_never_something_else(words):
    content = "\n".join(["name,pack", *(f"{word},1" for word in words)]).encode("gbk")
    try:
        rows = [row["name"] for _number, row in read_rows(io.BytesIO(content), "sent.csv")]
    except SpreadsheetError as error:
        rows = words if "may be UTF-8" in error.message else [error.message]
    assert rows == words


@pytest.mark.parametrize(
    "text", ["Société Générale", "α-受体", "50µg", "37°C ±1", "5×7 cm", "Ω", "Müller片", "模片", "NOYA®", "1²"]
)
def test_what_is_written_in_utf8_without_a_mark_is_read(text):
    content = f"name,pack\n{text} x,1\n".encode()
    assert [row["name"] for _number, row in read_rows(io.BytesIO(content), "sent.csv")] == [f"{text} x"]


def test_rows_that_only_have_a_format_cost_nothing():
    blank = "".join(f'<row r="{n}" ht="15"><c r="A{n}" s="1"/><c s="2" r="B{n}"></c></row>' for n in range(3, 3000))
    said = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c></row>'
    content = with_sheet(said.format(1, "name") + blank + said.format(3000, "x"))
    sheet = read_rows(io.BytesIO(content), "sent.xlsx", limits=Limits(elements=300))
    assert list(sheet) == [(3000, {"name": "x"})]


def test_what_only_looks_like_a_blank_cell_is_a_text():
    text = '<![CDATA[<c r="B2"/><c r="C2"/></row>]]>'
    content = with_sheet(
        '<row r="1"><c r="A1" t="str"><v>name</v></c></row>'
        f'<row r="2"><c r="A2" t="str"><v>{text}</v></c><c r="B2"/></row>'
    )
    assert list(read_rows(io.BytesIO(content), "sent.xlsx")) == [(2, {"name": '<c r="B2"/><c r="C2"/></row>'})]


def test_a_sheet_of_advice_and_hidden_ones_are_passed_over_and_said():
    def more(book, sheet):
        sheet.title = "说明"
        filled = book.create_sheet("填报")
        for line in (["行号", "Packs"], [1, 5]):
            filled.append(line)
        book.create_sheet("old").append(["行号", "Packs"])
        book["old"].sheet_state = "hidden"

    content = xlsx(["请先阅读"], ["Packs 一列必填"], prepare=more)
    form = read(SimpleNamespace(name="sent.xlsx", content=content))
    assert form.rows[0]["packs"].value() == "5"
    assert form.read.notes == ["Only the sheet “填报” is read, not: 说明, old."]


def test_a_template_says_what_it_is_for_whatever_a_spreadsheet_program_makes_of_it():
    answer = Lines(THINGS, draft="d/D-1").template_response("table.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    padded = "\r\n".join(f"{line},,,," for line in text.splitlines()).encode("gb18030")
    for content in (text.encode(), padded):
        form = read(SimpleNamespace(name="sent.csv", content=content))
        assert (form.non_field_errors(), form.read.notes) == ([], [])
    changed = [SimpleNamespace(number=9, name="More", strength="9mg"), *THINGS]
    data = QueryDict("read=table", mutable=True)
    file = SimpleUploadedFile("sent.csv", text.encode())
    more = Lines(changed, data, {"sheet-table": file}, draft="d/D-1")
    assert more.read.notes == ["The table has changed since this template was made: check the rows."]
    other = Lines(THINGS, data, {"sheet-table": SimpleUploadedFile("sent.csv", text.encode())}, draft="d/D-2")
    assert "This file was made for D-1 and not for D-2" in other.non_field_errors()[0]
