"""Spreadsheets in and out: CSV and XLSX, safely, with memory that does not grow with the file.

sheet = read_rows(upload, upload.name, on_error=errors.append)
for number, row in sheet:      # the number that the spreadsheet program shows, a text for each heading
    ...
return csv_response("orders.csv", header, rows)
"""

from core.spreadsheets.limits import LIMITS, Limits, Note, Spread, SpreadsheetError
from core.spreadsheets.reading import Sheet, read_rows
from core.spreadsheets.writing import csv_response, xlsx_response

__all__ = [
    "LIMITS",
    "Limits",
    "Note",
    "Sheet",
    "Spread",
    "SpreadsheetError",
    "csv_response",
    "read_rows",
    "xlsx_response",
]
