"""An uploaded spreadsheet is read row by row, or refused with the row, the column and what to do."""

import io
import struct
import time
import tracemalloc
import zipfile
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.errors import Refused
from core.spreadsheets import LIMITS, Limits, SpreadsheetError, read_rows

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
FORMULA = "The cell holds a formula; paste its value instead."


def read(content, name="list.csv", **options):
    return list(read_rows(io.BytesIO(content), name, **options))


def refusal(content, name="list.csv", **options):
    with pytest.raises(SpreadsheetError) as caught:
        read(content, name, **options)
    return caught.value


def xlsx(*rows, prepare=lambda workbook, sheet: None):
    """The bytes of a workbook with these rows."""
    workbook = Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    prepare(workbook, sheet)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def with_parts(content, **changed):
    """The workbook with some parts replaced or added, ``None`` leaving one out; ``__`` in a name is a slash."""
    changed = {name.replace("__", "/"): text for name, text in changed.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in changed:
                new.writestr(part, old.read(part))
        for part, text in changed.items():
            if text is not None:
                new.writestr(part, text)
    return file.getvalue()


def with_sheet(body, **others):
    """A workbook whose sheet is this XML between ``sheetData`` tags."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    return with_parts(xlsx(["name"]), **{SHEET.replace("/", "__"): sheet}, **others)


def with_texts(items, body):
    """A workbook with a table of texts, as most programs write it, and a sheet that points into it."""
    content = with_sheet(body)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="texts" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    changed = {
        "xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", relation),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{items}</sst>',
    }
    return with_parts(content, **changed)


class TestDelimited:
    def test_rows_come_with_their_number_and_a_text_for_each_heading(self):
        content = 'name,pack\n阿司匹林片, 100 \n\n"a,b\nc",2\n'.encode()
        assert read(content) == [
            (2, {"name": "阿司匹林片", "pack": "100"}),
            (4, {"name": "a,b\nc", "pack": "2"}),
        ]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_encodings_delimiters_and_line_ends_are_recognised(self, encoding, delimiter, end):
        lines = [["通用名", "规格"], ["恩替卡韦分散片", "0.5mg"], ["利培酮片", "1mg"]]
        content = end.join(delimiter.join(line) for line in lines).encode(encoding)
        assert [row for _, row in read(content)] == [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]

    def test_delimiter_is_counted_outside_quotation_marks(self):
        assert read(b'"a,b,c,d";e\n1;2\n') == [(2, {"a,b,c,d": "1", "e": "2"})]

    def test_character_split_between_two_pieces_is_read_whole(self):
        text = "名" * 100_000
        content = f"a\n{text[:30_000]}\n{text[:30_000]}\n{text[:30_000]}\n".encode()
        assert [row["a"] for _, row in read(content)] == [text[:30_000]] * 3

    def test_short_rows_are_filled_and_blank_ones_passed_over(self):
        assert read(b"\n\na,b,c\n1\n,,\n  \n,2\n") == [
            (4, {"a": "1", "b": "", "c": ""}),
            (7, {"a": "", "b": "2", "c": ""}),
        ]

    def test_header_is_there_before_any_row(self):
        sheet = read_rows(io.BytesIO(b"a,,b,\n1,,2,\n"), "list.csv")
        assert (sheet.header, sheet.notes) == (("a", "b"), ())

    def test_last_line_needs_no_end(self):
        assert read(b"a\n1") == [(2, {"a": "1"})]

    @pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" , ,\n,,"])
    def test_empty_file_is_refused(self, content):
        assert refusal(content).message == "The file is empty."

    def test_formula_is_refused_at_its_row_and_column(self):
        error = refusal(b'name,price\na,1\nb," =1+1"\n')
        assert (error.row, error.column, error.message) == (3, "price", FORMULA)
        assert str(error) == f"Row 3, column “price”: {FORMULA}"

    def test_formula_in_the_header_is_refused_by_the_columns_letter(self):
        error = refusal(b"name,=A1\na,1\n")
        assert (error.row, error.column) == (1, "B")

    def test_signed_numbers_are_no_formulas(self):
        assert read(b"a,b,c\n-5,+86,@home\n") == [(2, {"a": "-5", "b": "+86", "c": "@home"})]

    def test_faulty_cells_are_told_and_the_other_rows_still_come(self):
        errors = []
        rows = read(b"a,b\n=1,2\n3,4\n5,=6,7\n", on_error=errors.append)
        assert rows == [(3, {"a": "3", "b": "4"})]
        assert [(error.row, error.column) for error in errors] == [(2, "a"), (4, "b"), (4, "C")]

    def test_file_of_faults_is_given_up(self):
        errors = []
        error = refusal(b"a\n" + b"=1\n" * 5, on_error=errors.append, limits=Limits(errors=3))
        assert (len(errors), error.row, error.message) == (3, 5, "More than 3 cells cannot be taken.")

    def test_cell_beyond_the_headings_is_refused(self):
        error = refusal(b"a,b\n1,2,3\n")
        assert (error.row, error.column, error.message) == (2, "C", "The cell “3” stands under no heading.")
        assert read(b"a,b\n1,2, ,\n") == [(2, {"a": "1", "b": "2"})]

    def test_same_heading_twice_is_refused(self):
        error = refusal(b"a,b, a\n1,2,3\n")
        assert (error.row, error.column, error.message) == (1, "C", "Two columns have the heading “a”.")

    def test_zero_bytes_are_refused(self):
        assert refusal(b"a\n1\x002\n").message.startswith("The file holds zero bytes")
        assert refusal("a\n1\n".encode("utf-16-le")).message.startswith("The file holds zero bytes")

    def test_bytes_of_no_known_encoding_are_refused_with_their_line(self):
        error = refusal(b"a\n1\n\xff\xff\n")
        assert (error.row, error.message[:41]) == (3, "The text is neither UTF-8 nor GB18030. Sa")

    @pytest.mark.parametrize("tail", [b'"open', b'"a"b,c\n'])
    def test_quotation_mark_out_of_place_is_refused_with_its_row(self, tail):
        error = refusal(b"a,b\n1,2\n" + tail)
        assert (error.row, error.message[:36]) == (3, "A quotation mark is out of place, or")

    @pytest.mark.parametrize(
        ("limits", "content", "row", "words"),
        [
            (Limits(bytes=5), b"a\n1\n2\n", None, "The file is larger than"),
            (Limits(rows=2), b"a\n1\n\n2\n3\n", 5, "The file has more than 2 rows"),
            (Limits(columns=2), b"a,b,c\n1,2,3\n", 1, "The file has more than 2 columns."),
            (Limits(columns=2), b"a,b\n1,2,3\n", 2, "The file has more than 2 columns."),
            (Limits(cell=3), b"a\nabc\nabcd\n", 3, "The cell has more than 3 characters."),
            (Limits(line=9), b"a\n123456789\n1234567890\n", 3, "The line has more than 9 characters."),
        ],
    )
    def test_limits_are_kept(self, limits, content, row, words):
        error = refusal(content, limits=limits)
        assert error.row == row
        assert error.message.startswith(words)

    def test_as_many_rows_as_allowed_are_taken(self):
        assert len(read(b"a\n" + b"1\n" * 3, limits=Limits(rows=3))) == 3

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused_and_nothing_else(self, content):
        try:
            rows = read(content)
        except SpreadsheetError:
            return
        assert all(isinstance(text, str) for _, row in rows for text in row.values())


class TestKind:
    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("list.pdf", b"%PDF-1.7", "Only CSV and XLSX files are taken."),
            ("list", b"a\n1\n", "Only CSV and XLSX files are taken."),
            ("list.xlsm", b"PK\x03\x04", "Workbooks with macros are not taken."),
            ("list.XLS", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Workbooks of the old format or with a password"),
            ("list.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Workbooks of the old format or with a password"),
            ("list.xlsx", b"a,b\n1,2\n", "The file is named .xlsx and is no workbook."),
            ("list.xlsx", b"PK\x03\x04 and no directory", "The workbook is damaged."),
            ("list.csv", b"PK\x03\x04 and no text", "The file is named .csv and holds no text."),
            ("list.csv", b"%PDF-1.7", "The file is named .csv and holds no text."),
        ],
    )
    def test_what_the_file_is_must_be_what_it_is_named(self, name, content, words):
        assert refusal(content, name).message.startswith(words)

    def test_refusal_is_one_that_every_page_can_show(self):
        error = refusal(b"a\n=1\n")
        assert isinstance(error, Refused)
        [fault] = error.faults
        assert (fault.row, fault.field, fault.message) == (2, "a", FORMULA)


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
        content = with_sheet(f"<row>{heads}</row><row>{cells}</row>", xl__styles__xml=None)
        content = with_parts(content, **{"xl__styles.xml": styles})
        expected = {"a": "46053", "b": "2026-01-31", "c": "46053", "d": "2026-01-31"}
        assert read(content, "list.xlsx") == [(2, expected)]

        def from_1904(workbook, sheet):
            workbook.epoch = CALENDAR_MAC_1904

        assert read(xlsx(["a"], [date(2026, 1, 31)], prepare=from_1904), "list.xlsx") == [(2, {"a": "2026-01-31"})]

    def test_date_that_no_table_means_is_refused(self):
        content = with_sheet('<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c s="1"><v>1E300</v></c></row>')
        styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
        error = refusal(with_parts(content, **{"xl__styles.xml": styles}), "list.xlsx")
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
        assert sheet.notes == ("Of 3 sheets only the first visible one, “药品”, is read.",)
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
        content = with_parts(xlsx(["name"]), **{"xl__worksheets__sheet1.xml": sheet})
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
    @settings(max_examples=60, deadline=None)
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


class TestHostileWorkbook:
    def bomb(self, megabytes):
        """A workbook whose sheet unpacks to so many megabytes."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"):
                archive.writestr(part, "<x/>")
            with archive.open(SHEET, "w") as sheet:
                for _ in range(megabytes):
                    sheet.write(b" " * 2**20)
        return file.getvalue()

    @pytest.mark.parametrize(
        ("limits", "words"),
        [
            (LIMITS, "The workbook is packed more tightly than a table can be."),
            (Limits(unpacked=10 * 2**20), "Unpacked, the workbook is larger than 10 megabytes."),
        ],
    )
    def test_bomb_is_refused_before_it_is_unpacked(self, limits, words):
        content = self.bomb(30)
        tracemalloc.start()
        started = time.process_time()
        error = refusal(content, "list.xlsx", limits=limits)
        elapsed = time.process_time() - started
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert error.message == words
        assert elapsed < 1
        assert peak < 2**20

    def test_bomb_that_lies_about_its_size_is_refused(self):
        content = self.bomb(20)
        for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
            start = -1
            while (start := content.find(mark, start + 1)) >= 0:
                if struct.unpack_from("<I", content, start + place)[0] > 2**20:
                    content = content[: start + place] + struct.pack("<I", 1000) + content[start + place + 4 :]
        refusal(content, "list.xlsx")

    def test_directory_of_very_many_parts_is_refused_before_it_is_read(self):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for number in range(12_000):
                archive.writestr(f"{number:060}", b"")
        assert refusal(file.getvalue(), "list.xlsx").message == "The workbook has too many parts."

    def test_more_parts_than_allowed_are_refused(self):
        assert refusal(xlsx(["a"]), "list.xlsx", limits=Limits(parts=4)).message.startswith("The workbook has too")

    def test_row_of_millions_of_empty_cells_takes_no_memory(self):
        content = with_sheet("<row>" + "<c/>" * 200_000 + "</row>")
        tracemalloc.start()
        error = refusal(content, "list.xlsx")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert error.message.startswith("The workbook is damaged.")
        assert peak < 15 * 2**20

    def test_more_elements_than_a_table_has_are_refused(self):
        content = with_sheet("<row/>" * 100)
        assert "too many cells" in refusal(content, "list.xlsx", limits=Limits(elements=50)).message

    @pytest.mark.parametrize("limits", [Limits(texts=2), Limits(text_characters=5)])
    def test_more_texts_than_allowed_are_refused(self, limits):
        content = with_texts("<si><t>ab</t></si><si><t>cd</t></si><si><t>ef</t></si>", "<row/>")
        error = refusal(content, "list.xlsx", limits=limits)
        assert error.message.startswith("The workbook has too many texts.")

    def test_endless_tag_is_refused(self):
        noise = " ".join(f'a{number}="{number:09}"' for number in range(150_000))
        error = refusal(with_sheet(f"<row {noise}/>"), "list.xlsx")
        assert error.message.startswith("The workbook is damaged.")

    @pytest.mark.parametrize(
        "part",
        ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", SHEET],
    )
    @pytest.mark.parametrize(
        "declaration",
        [
            '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
            '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        ],
    )
    def test_declared_entities_are_refused_in_every_part(self, part, declaration):
        content = with_texts("<si><t>a</t></si>", '<row><c t="s"><v>0</v></c></row>')
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = archive.read(part).decode()
        start = text.index("?>") + 2 if text.startswith("<?") else 0
        hostile = with_parts(content, **{part: text[:start] + declaration + text[start:]})
        assert refusal(hostile, "list.xlsx").message.startswith("The workbook declares a document type")

    def test_macros_are_refused_by_their_part_and_by_their_type(self):
        content = xlsx(["a"], ["1"])
        hidden = with_parts(content, **{"xl__vbaProject.bin": b"\xd0\xcf\x11\xe0"})
        assert refusal(hidden, "list.xlsx").message.startswith("Workbooks with macros are not taken.")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            types = archive.read("[Content_Types].xml").decode()
        types = types.replace("spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml")
        renamed = with_parts(content, **{"[Content_Types].xml": types})
        assert refusal(renamed, "list.xlsx").message.startswith("Workbooks with macros are not taken.")

    @pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", SHEET])
    def test_missing_part_is_refused(self, part):
        hollow = with_parts(xlsx(["a"], ["1"]), **{part: None})
        assert refusal(hollow, "list.xlsx").message.startswith("The workbook is damaged.")

    @pytest.mark.parametrize(
        "body",
        [
            '<row r="99999999999"><c><v>1</v></c></row>',
            '<row><c r="ZZZZZZ1"><v>1</v></c></row>',
            '<row><c r="XFE1"><v>1</v></c></row>',
            '<row><c r="!"><v>1</v></c></row>',
            '<row><c t="s"><v>5</v></c></row>',
            '<row><c t="s"><v>-1</v></c></row>',
            '<row><c s="-1"><v>1</v></c></row>',
            "<row><c><v>one</v></c></row>",
            "<row><c><v>NaN</v></c></row>",
            "<row><c><v>Infinity</v></c></row>",
            "<row>",
        ],
    )
    def test_impossible_sheet_is_refused(self, body):
        assert refusal(with_sheet(body), "list.xlsx").message.startswith("The workbook is damaged.")

    def test_workbook_without_visible_sheet_is_refused(self):
        content = xlsx(["a"], ["1"])
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = archive.read("xl/workbook.xml").decode()
        hidden = with_parts(content, **{"xl__workbook.xml": text.replace('state="visible"', 'state="veryHidden"')})
        assert refusal(hidden, "list.xlsx").message == "The workbook has no visible sheet."

    def test_far_away_row_costs_nothing(self):
        body = '<row><c t="str"><v>a</v></c></row><row r="1048576"><c><v>1</v></c></row>'
        assert read(with_sheet(body), "list.xlsx") == [(1_048_576, {"a": "1"})]

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_damaged_workbook_is_read_or_refused_and_nothing_else(self, data):
        content = bytearray(SMALL)
        for _ in range(data.draw(st.integers(1, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        end = data.draw(st.one_of(st.just(len(content)), st.integers(8, len(content))))
        try:
            rows = read(bytes(content[:end]), "list.xlsx", on_error=lambda error: None)
        except SpreadsheetError:
            return
        assert all(isinstance(text, str) for _, row in rows for text in row.values())

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_damaged_part_is_read_or_refused_and_nothing_else(self, data):
        with zipfile.ZipFile(io.BytesIO(SMALL)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = data.draw(st.sampled_from(sorted(parts)))
        text = bytearray(parts[name])
        for _ in range(data.draw(st.integers(1, 3))):
            start = data.draw(st.integers(0, len(text) - 1))
            length = data.draw(st.integers(0, 12))
            text[start : start + length] = data.draw(st.sampled_from(FRAGMENTS))
        try:
            rows = read(with_parts(SMALL, **{name: bytes(text)}), "list.xlsx", on_error=lambda error: None)
        except SpreadsheetError:
            return
        assert all(isinstance(text, str) for _, row in rows for text in row.values())


FRAGMENTS = [b"", b"0", b"-1", b'"', b"<", b">", b"/>", b"&amp;", b"\xff", b"\x00", b"9" * 20, b"1e9999", b"r=", b"t="]
SMALL = xlsx(["name", "pack", "from"], ["阿司匹林片", 100, date(2026, 1, 31)], ["b", Decimal("0.5"), None])


class TestMemory:
    @pytest.mark.parametrize(("kind", "rows"), [("csv", 5_000), ("xlsx", 500)])
    def test_ten_times_the_rows_take_no_more_memory(self, kind, rows):
        few, many = self.peak(kind, rows), self.peak(kind, 10 * rows)
        assert many < few + 2**18

    def peak(self, kind, rows):
        line = ["盐酸右美托咪定注射液", "2ml:0.2mg", 1, Decimal("133.00")]
        if kind == "csv":
            head = "name,strength,pack,price\n"
            content = (head + (",".join(map(str, line)) + "\n") * rows).encode()
        else:
            content = xlsx(["name", "strength", "pack", "price"], *([line] * rows))
        file = io.BytesIO(content)
        tracemalloc.start()
        count = sum(1 for _ in read_rows(file, f"list.{kind}"))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == rows
        return peak

    def test_limits_allow_what_is_promised(self):
        assert LIMITS.rows * 20 * 2 <= LIMITS.elements
