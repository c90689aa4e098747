"""Builds workbooks for the tests, well-formed and not, and reads spreadsheets whole."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from core.spreadsheets import SpreadsheetError, read_rows

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


def with_parts(content, changed):
    """The workbook with some parts replaced or added by their name; ``None`` leaves one out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in changed:
                new.writestr(part, old.read(part))
        for part, text in changed.items():
            if text is not None:
                new.writestr(part, text)
    return file.getvalue()


def with_sheet(body):
    """A workbook whose sheet is this XML between ``sheetData`` tags."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    return with_parts(xlsx(["name"]), {SHEET: sheet})


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
    return with_parts(content, changed)
