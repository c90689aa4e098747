"""An uploaded spreadsheet is read row by row, or refused with the row, the column and what to do."""

import gc
import io
import tracemalloc
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.spreadsheets import LIMITS, Limits, SpreadsheetError, read_rows
from tests.core.workbooks import FORMULA, read, refusal, xlsx


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
        assert str(error) == f"Row 3, column B “price”: {FORMULA}"

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
        # What other tests left would put off the collection of what is read here.
        gc.collect()
        gc.freeze()
        tracemalloc.start()
        count = sum(1 for _ in read_rows(file, f"list.{kind}"))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        gc.unfreeze()
        assert count == rows
        return peak

    def test_limits_allow_what_is_promised(self):
        assert LIMITS.rows * 20 * 2 <= LIMITS.elements
