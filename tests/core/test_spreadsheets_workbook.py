"""A workbook's first visible sheet becomes plain texts; what cannot is refused at its place."""

import io
import struct
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.spreadsheets import Limits, read_rows
from tests.core.workbooks import FORMULA, MAIN, SHEET, read, refusal, with_parts, with_sheet, with_texts, xlsx


class TestWorkbook:
    def test_rows_come_with_their_number_and_a_text_for_each_heading(self):
        content = xlsx(["name", None, "pack"], ["阿司匹林片", None, 100], [], [" x ", None, None])
        assert read(content, "list.xlsx") == [
            (2, {"name": "阿司匹林片", "pack": "100"}),
            (4, {"name": "x", "pack": ""}),
        ]

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (Decimal("0.1"), "0.1"),
            (Decimal("1.1"), "1.1"),
            (Decimal("26.40"), "26.4"),
            (0, "0"),
            (-12, "-12"),
            (999_999_999_999_999, "999999999999999"),
            (Decimal("0.000001"), "0.000001"),
            (date(2026, 1, 31), "2026-01-31"),
            (datetime.fromisoformat("2026-01-31T13:05:09"), "2026-01-31 13:05:09"),
            (clock_time(8, 30), "08:30:00"),
            (True, "TRUE"),
            (False, "FALSE"),
            ("00123", "00123"),
            ("a\nb", "a\nb"),
        ],
    )
    def test_cells_become_plain_texts(self, value, text):
        assert read(xlsx(["a"], [value]), "list.xlsx") == [(2, {"a": text})]

    @pytest.mark.parametrize(
        ("raw", "text"),
        [
            ("0.10000000000000001", "0.1"),
            ("1.1000000000000001", "1.1"),
            ("0.30000000000000004", "0.3"),
            ("1E3", "1000"),
            ("1.5E-6", "0.0000015"),
            ("-0", "0"),
        ],
    )
    def test_numbers_carry_no_binary_noise(self, raw, text):
        content = with_sheet(f'<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c><v>{raw}</v></c></row>')
        assert read(content, "list.xlsx") == [(2, {"a": text})]

    @pytest.mark.parametrize("raw", ["1E15", "12345678901234567890", "1E-40"])
    def test_number_that_a_spreadsheet_cannot_hold_exactly_is_refused(self, raw):
        content = with_sheet(f'<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c><v>{raw}</v></c></row>')
        error = refusal(content, "list.xlsx")
        assert (error.row, error.column) == (2, "a")
        assert "format the cell as text" in error.message

    def test_dates_of_east_asian_formats_and_of_the_1904_calendar_are_dates(self):
        styles = (
            f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="176" formatCode="0.00&quot;mg/day&quot;"/>'
            '<numFmt numFmtId="177" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
            '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="31"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs>'
            "</styleSheet>"
        )
        cells = "".join(f'<c s="{style}"><v>46053</v></c>' for style in range(4))
        heads = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in "abcd")
        content = with_sheet(f"<row>{heads}</row><row>{cells}</row>")
        content = with_parts(content, {"xl/styles.xml": styles})
        expected = {"a": "46053", "b": "2026-01-31", "c": "46053", "d": "2026-01-31"}
        assert read(content, "list.xlsx") == [(2, expected)]

        def from_1904(workbook, sheet):
            workbook.epoch = CALENDAR_MAC_1904

        assert read(xlsx(["a"], [date(2026, 1, 31)], prepare=from_1904), "list.xlsx") == [(2, {"a": "2026-01-31"})]

    def test_date_that_no_table_means_is_refused(self):
        content = with_sheet('<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c s="1"><v>1E300</v></c></row>')
        styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
        error = refusal(with_parts(content, {"xl/styles.xml": styles}), "list.xlsx")
        assert (error.row, error.message) == (2, "The cell holds no date that a table can mean.")

    def test_formula_is_refused_at_its_row_and_column(self):
        error = refusal(xlsx(["name", "price"], ["a", 1], ["b", "=1+1"]), "list.xlsx")
        assert (error.row, error.column, error.message) == (3, "price", FORMULA)

    def test_formula_is_refused_even_where_its_value_is_stored(self):
        body = '<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c><f>1+1</f><v>2</v></c></row>'
        assert refusal(with_sheet(body), "list.xlsx").message == FORMULA

    def test_text_that_looks_like_a_formula_is_refused(self):
        body = '<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c t="inlineStr"><is><t>=1+1</t></is></c></row>'
        assert refusal(with_sheet(body), "list.xlsx").message == FORMULA

    def test_error_value_is_refused(self):
        body = '<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c t="e"><v>#N/A</v></c></row>'
        assert refusal(with_sheet(body), "list.xlsx").message == "The cell holds the error #N/A."

    def test_faulty_cells_are_told_and_the_other_rows_still_come(self):
        errors = []
        rows = read(xlsx(["a"], ["=A1"], [1], ["=A2"]), "list.xlsx", on_error=errors.append)
        assert rows == [(3, {"a": "1"})]
        assert [(error.row, error.column) for error in errors] == [(2, "a"), (4, "a")]

    def test_first_visible_sheet_is_read_and_said_so(self):
        def add_sheets(workbook, sheet):
            sheet.sheet_state = "hidden"
            workbook.create_sheet("药品").append(["b"])
            workbook["药品"].append(["2"])
            workbook.create_sheet("other").append(["c"])

        sheet = read_rows(io.BytesIO(xlsx(["a"], ["1"], prepare=add_sheets)), "list.xlsx")
        assert [str(note) for note in sheet.notes] == ["Only the sheet “药品” is read, not: other, Sheet."]
        assert list(sheet) == [(2, {"b": "2"})]

    def test_one_sheet_needs_no_note(self):
        assert read_rows(io.BytesIO(xlsx(["a"])), "list.xlsx").notes == ()

    def test_merged_ranges_count_once_and_comments_not_at_all(self):
        def decorate(workbook, sheet):
            sheet.merge_cells("A2:B2")
            sheet["A3"].comment = Comment("=1+1", "demo")

        content = xlsx(["a", "b"], ["1", None], ["2", "3"], prepare=decorate)
        assert read(content, "list.xlsx") == [(2, {"a": "1", "b": ""}), (3, {"a": "2", "b": "3"})]

    def test_cells_without_references_rich_texts_and_readings_are_read(self):
        body = (
            '<row><c t="inlineStr"><is><r><t>na</t></r><r><t>me</t></r></is></c></row>'
            '<row r="7"><c t="inlineStr"><is><t>药</t><rPh sb="0" eb="1"><t>yao</t></rPh></is></c></row>'
        )
        assert read(with_sheet(body), "list.xlsx") == [(7, {"name": "药"})]

    def test_table_of_texts_is_read_without_its_readings(self):
        items = (
            "<si><t>name</t></si><si><t>strength</t></si><si><t/></si>"
            "<si><r><t>阿司</t></r><r><rPr><b/></rPr><t>匹林片</t></r></si>"
            '<si><t>药_x000D_</t><rPh sb="0" eb="1"><t>yao</t></rPh><phoneticPr fontId="1"/></si>'
        )
        cells = ((0, 1), (3, 2), (2, 4))
        body = "".join(
            f'<row r="{number}"><c r="A{number}" t="s"><v>{a}</v></c><c r="B{number}" t="s"><v>{b}</v></c></row>'
            for number, (a, b) in enumerate(cells, start=1)
        )
        assert read(with_texts(items, body), "list.xlsx") == [
            (2, {"name": "阿司匹林片", "strength": ""}),
            (3, {"name": "", "strength": "药"}),
        ]

    def test_prefixed_names_and_the_strict_dialect_are_read(self):
        sheet = (
            '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>'
            '<x:row><x:c t="str"><x:v>a</x:v></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row>'
            "</x:sheetData></x:worksheet>"
        )
        content = with_parts(xlsx(["name"]), {SHEET: sheet})
        assert read(content, "list.xlsx") == [(2, {"a": "1"})]

    def test_signs_that_xml_cannot_hold_are_read(self):
        body = '<row><c t="str"><v>a</v></c></row><row><c t="str"><v>1_x000D_2 _xD83D_</v></c></row>'
        assert read(with_sheet(body), "list.xlsx") == [(2, {"a": "1\r2 _xD83D_"})]
        body = '<row><c t="str"><v>a</v></c></row><row><c t="str"><v>1_x0000_</v></c></row>'
        assert refusal(with_sheet(body), "list.xlsx").message == "The cell holds a zero byte."

    def test_over_long_cell_is_refused_at_its_place(self):
        error = refusal(xlsx(["a"], ["b"], ["1234"]), "list.xlsx", limits=Limits(cell=3))
        assert (error.row, error.column, error.message) == (3, "a", "The cell has more than 3 characters.")

    def test_archive_with_long_directory_of_large_files_is_read(self):
        """Some programs write the directory's end in the form for archives over four gigabytes."""
        content = xlsx(["a"], ["1"])
        end = content.rindex(b"PK\x05\x06")
        count, size, place = struct.unpack("<H2I", content[end + 10 : end + 20])
        long_end = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, place)
        locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
        large = content[:end] + long_end + locator + content[end:]
        assert read(large, "list.xlsx") == [(2, {"a": "1"})]

    @given(
        st.lists(
            st.lists(
                st.one_of(
                    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20),
                    st.integers(-(10**14), 10**14),
                    st.decimals(min_value=0, max_value=10**8, places=6),
                    st.dates(date(1901, 1, 1), date(9990, 1, 1)),
                ),
                min_size=3,
                max_size=3,
            ),
            max_size=8,
        )
    )
    @settings(max_examples=60)
    def test_what_a_spreadsheet_library_writes_is_read_back(self, rows):
        errors = []
        content = xlsx(["a", "b", "c"], *rows)
        got = read(content, "list.xlsx", on_error=errors.append)
        expected = {}
        for number, row in enumerate(rows, start=2):
            texts = [_plain(value) for value in row]
            if any(texts) and not any(text.startswith("=") for text in texts):
                expected[number] = texts
        assert {number: list(row.values()) for number, row in got} == expected


def _plain(value):
    """What a cell with this value says; an apostrophe before a formula's sign belongs to the export."""
    match value:
        case Decimal():
            rounded = value.normalize()
            return f"{rounded or Decimal(0):f}"
        case date():
            return value.isoformat()
    text = str(value).strip()
    return text[1:] if text[:1] == "'" and text.lstrip("' \u3000\xa0")[:1] in tuple("=+-@＝＋－＠") else text
