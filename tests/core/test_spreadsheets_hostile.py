"""A workbook made to harm is refused soon and in little memory; a damaged one never breaks the reader."""

import io
import struct
import time
import tracemalloc
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.spreadsheets import LIMITS, Limits, SpreadsheetError
from tests.core.workbooks import SHEET, read, refusal, with_parts, with_sheet, with_texts, xlsx


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
        content = file.getvalue()
        tracemalloc.start()
        error = refusal(content, "list.xlsx")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert error.message == "The workbook has too many parts."
        assert peak < 2**19

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

    def test_cell_of_many_megabytes_is_refused_with_little_of_it_in_memory(self):
        words = " ".join(str(number) for number in range(1_500_000))
        content = with_sheet(f'<row><c t="str"><v>a</v></c></row><row><c t="str"><v>{words}</v></c></row>')
        tracemalloc.start()
        error = refusal(content, "list.xlsx")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (error.row, error.message) == (2, "The cell has more than 32767 characters.")
        assert peak < 2**20

    def test_more_elements_than_a_table_has_are_refused(self):
        content = with_sheet("<row/>" * 100)
        assert "too many cells" in refusal(content, "list.xlsx", limits=Limits(elements=50)).message

    @pytest.mark.parametrize("limits", [Limits(texts=2), Limits(text_characters=5)])
    def test_more_texts_than_allowed_are_refused(self, limits):
        content = with_texts(
            "<si><t>ab</t></si><si><t>cd</t></si><si><t>ef</t></si>", '<row><c t="s"><v>2</v></c></row>'
        )
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
        hostile = with_parts(content, {part: text[:start] + declaration + text[start:]})
        assert refusal(hostile, "list.xlsx").message.startswith("The workbook declares a document type")

    def test_macros_are_refused_by_their_part_and_by_their_type(self):
        content = xlsx(["a"], ["1"])
        hidden = with_parts(content, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
        assert refusal(hidden, "list.xlsx").message.startswith("Workbooks with macros are not taken.")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            types = archive.read("[Content_Types].xml").decode()
        types = types.replace("spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml")
        renamed = with_parts(content, {"[Content_Types].xml": types})
        assert refusal(renamed, "list.xlsx").message.startswith("Workbooks with macros are not taken.")

    @pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", SHEET])
    def test_missing_part_is_refused(self, part):
        hollow = with_parts(xlsx(["a"], ["1"]), {part: None})
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
        hidden = with_parts(content, {"xl/workbook.xml": text.replace('state="visible"', 'state="veryHidden"')})
        assert refusal(hidden, "list.xlsx").message == "The workbook has no visible sheet."

    def test_far_away_row_costs_nothing(self):
        body = '<row><c t="str"><v>a</v></c></row><row r="1048576"><c><v>1</v></c></row>'
        assert read(with_sheet(body), "list.xlsx") == [(1_048_576, {"a": "1"})]

    @given(st.data())
    @settings(max_examples=150)
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
    @settings(max_examples=150)
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
            rows = read(with_parts(SMALL, {name: bytes(text)}), "list.xlsx", on_error=lambda error: None)
        except SpreadsheetError:
            return
        assert all(isinstance(text, str) for _, row in rows for text in row.values())


FRAGMENTS = [b"", b"0", b"-1", b'"', b"<", b">", b"/>", b"&amp;", b"\xff", b"\x00", b"9" * 20, b"1e9999", b"r=", b"t="]
SMALL = xlsx(["name", "pack", "from"], ["阿司匹林片", 100, date(2026, 1, 31)], ["b", Decimal("0.5"), None])
