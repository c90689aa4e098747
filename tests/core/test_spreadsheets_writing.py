"""What is exported opens as the same numbers, days and texts, and never as a formula."""

import csv
import io
import tracemalloc
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.utils import timezone
from django.utils.translation import gettext_lazy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.errors import Refused
from core.spreadsheets import SpreadsheetError, csv_response, read_rows, writing, xlsx_response
from core.unseen import without_unseen

LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "＝1", "＋1", "－1", "＠1", "\u3000@x"]
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
SIGNS = st.text("=+-@'\t\r\n ＝ab1,;\"", max_size=8)


@pytest.fixture(autouse=True)
def no_request():
    """Closing a response ends a request, which looks at the database; here no request was served."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def content(response):
    with closing(response):
        return b"".join(response.streaming_content)


def csv_cells(*rows):
    text = content(csv_response("list.csv", ["a"], rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def xlsx_cells(*rows):
    workbook = load_workbook(io.BytesIO(content(xlsx_response("list.xlsx", ["a"], rows))))
    return list(workbook.active.iter_rows(min_row=2))


class TestFormulas:
    @pytest.mark.parametrize("text", LIVE)
    def test_text_that_would_run_gets_an_apostrophe(self, text):
        assert csv_cells([text]) == [["'" + text]]
        [[cell]] = xlsx_cells([text])
        assert cell.data_type != "f"
        assert cell.value.startswith("'")

    @pytest.mark.parametrize("text", ["a=b", "2ml:0.2mg", "国药准字H20064705", "'quoted'", "ω-3鱼油", "1-2"])
    def test_other_text_stays_as_it_is(self, text):
        assert csv_cells([text]) == [[text]]
        assert xlsx_cells([text])[0][0].value == text

    def test_headings_are_neutralised_too(self):
        assert content(csv_response("list.csv", ["=1"], [])) == b"\xef\xbb\xbf'=1\r\n"

    @given(st.lists(st.one_of(TEXT, SIGNS), min_size=1, max_size=5))
    def test_no_exported_csv_cell_begins_a_formula(self, texts):
        [row] = csv_cells(texts)
        assert not [cell for cell in row if cell.strip()[:1] in tuple("=+-@＝＋－＠") or cell[:1] in tuple("\t\r")]

    @given(st.lists(st.one_of(TEXT, SIGNS), min_size=1, max_size=5))
    @settings(max_examples=50)
    def test_no_exported_xlsx_cell_is_a_formula(self, texts):
        for row in xlsx_cells(texts):
            assert not [cell for cell in row if cell.data_type == "f"]

    @given(st.lists(st.one_of(TEXT, SIGNS), min_size=1, max_size=5))
    @example(["'=1"])
    @example(["''\t=1"])
    @example(["\x7f"])
    @settings(max_examples=60)
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_exported_text_is_taken_in_as_it_was(self, kind, texts):
        respond = {"csv": csv_response, "xlsx": xlsx_response}[kind]
        header = [f"column {number}" for number in range(len(texts))]
        file = io.BytesIO(content(respond(f"list.{kind}", header, [texts])))
        taken = [list(row.values()) for _, row in read_rows(file, f"list.{kind}")]
        expected = [_as_read(text, kind) for text in texts]
        assert taken == ([expected] if any(expected) else [])


def _as_read(text, kind):
    """Text as reading leaves it: without signs that no spreadsheet holds or nobody sees, and without outer blanks."""
    legal = without_unseen(writing.ILLEGAL_CHARACTERS_RE.sub("", text)).strip()
    return legal if kind == "csv" else legal.replace("\r\n", "\n").replace("\r", "\n")


class TestValues:
    def test_numbers_stay_numbers(self):
        row = [Decimal("-26.40"), 100, Decimal("1E+3"), Decimal("0.000001")]
        assert csv_cells(row) == [["-26.40", "100", "1000", "0.000001"]]
        [cells] = xlsx_cells(row)
        assert [cell.data_type for cell in cells] == ["n"] * 4
        assert [Decimal(str(cell.value)) for cell in cells] == row

    def test_days_and_instants_are_those_of_the_reader(self):
        instant = datetime(2026, 1, 30, 22, 30, 15, 999, tzinfo=UTC)
        row = [date(2026, 1, 31), instant]
        with timezone.override("Asia/Shanghai"):
            assert csv_cells(row) == [["2026-01-31", "2026-01-31 06:30:15"]]
            [[day, moment]] = xlsx_cells(row)
        assert (day.is_date, moment.is_date) == (True, True)
        assert moment.value.isoformat() == "2026-01-31T06:30:15"

    def test_nothing_is_an_empty_cell_and_truth_a_word(self):
        assert csv_cells([None, "", True, False]) == [["", "", "TRUE", "FALSE"]]
        assert [cell.value for cell in xlsx_cells([None, True])[0]] == [None, True]

    def test_labels_in_the_readers_language_and_other_things_become_text(self):
        assert csv_cells([gettext_lazy("drug"), ("a", 1)]) == [["drug", "('a', 1)"]]

    @pytest.mark.parametrize("respond", [csv_response, xlsx_response])
    def test_inexact_and_endless_numbers_are_a_mistake_of_the_caller(self, respond):
        with pytest.raises(TypeError, match="use Decimal"):
            content(respond("list", ["a"], [[1 / 3]]))
        with pytest.raises(ValueError, match="finite"):
            content(respond("list", ["a"], [[Decimal("NaN")]]))

    def test_signs_that_no_spreadsheet_holds_are_left_out(self):
        assert csv_cells(["a\x00b\x0bc"]) == [["abc"]]
        assert xlsx_cells(["a\x00b\x0bc"])[0][0].value == "abc"

    def test_codes_of_twenty_digits_are_text(self):
        assert xlsx_cells(["81234567890123456789"])[0][0].value == "81234567890123456789"


class TestDownload:
    def test_csv_is_named_and_marked_as_utf_8(self):
        response = csv_response("订单.csv", ["a", "b"], [["药", 1]])
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == ("attachment; filename*=utf-8''%E8%AE%A2%E5%8D%95.csv")
        assert content(response) == "\ufeffa,b\r\n药,1\r\n".encode()

    def test_xlsx_is_named_and_measured(self):
        response = xlsx_response("orders.xlsx", ["a"], [["药"]])
        assert response["Content-Disposition"] == 'attachment; filename="orders.xlsx"'
        assert int(response["Content-Length"]) == len(content(response))
        assert response["Content-Type"].endswith("spreadsheetml.sheet")

    def test_xlsx_file_is_gone_when_it_has_been_sent(self):
        response = xlsx_response("orders.xlsx", ["a"], [["1"]])
        file = response.file_to_stream
        content(response)
        response.close()
        assert file.closed

    def test_csv_rows_are_read_while_they_are_sent(self):
        asked = []

        def rows():
            for number in range(5):
                asked.append(number)
                yield [number]

        stream = iter(csv_response("list.csv", ["a"], rows()).streaming_content)
        assert [next(stream) for _ in range(3)] == [b"\xef\xbb\xbf", b"a\r\n", b"0\r\n"]
        assert asked == [0]

    def test_more_rows_than_a_sheet_has_are_refused(self, monkeypatch):
        monkeypatch.setattr(writing, "_LAST_ROW", 3)
        assert content(xlsx_response("list.xlsx", ["a"], [["1"], ["2"]]))
        with pytest.raises(Refused, match="export CSV"):
            xlsx_response("list.xlsx", ["a"], [["1"], ["2"], ["3"]])

    @pytest.mark.parametrize("respond", [csv_response, xlsx_response])
    def test_ten_times_the_rows_take_no_more_memory(self, respond):
        def peak(rows):
            tracemalloc.start()
            response = respond("list", ["name", "price"], (["药", Decimal("26.4")] for _ in range(rows)))
            with closing(response):
                for _chunk in response.streaming_content:
                    pass
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            return most

        assert peak(5_000) < peak(500) + 2**18

    def test_export_keeps_the_rules_of_import(self):
        """A formula typed into an exported file is still refused when the file comes back."""
        text = content(csv_response("list.csv", ["a"], [["'=1"], ["x"]])).decode("utf-8-sig")
        tampered = text.replace("x", "=1").encode()
        with pytest.raises(SpreadsheetError) as refusal:
            list(read_rows(io.BytesIO(tampered), "list.csv"))
        assert (refusal.value.row, refusal.value.column) == (3, "a")
