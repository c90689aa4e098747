"""CSV files that the database writes by itself: for lists of which it says every cell."""

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Func, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.http import FileResponse
from psycopg.sql import SQL

from core.spreadsheets.formulas import neutralised

# As ``neutralised`` says it. What begins with a digit, a letter or a Chinese character runs nowhere: nearly all text.
_TEXT = r"""CASE WHEN %(expressions)s COLLATE "C" BETWEEN 'A' AND 'z'
    OR %(expressions)s COLLATE "C" BETWEEN '㐀' AND '豈'
    OR %(expressions)s COLLATE "C" BETWEEN '0' AND ':' OR %(expressions)s = ''
    THEN %(expressions)s ELSE regexp_replace(%(expressions)s,
    '^(?=[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000'']*[=+@＝＋－＠-]|''*[\t\r\n])', '''') END"""


def copied_csv(filename: str, header: Sequence[object], queries: Iterable[QuerySet]) -> FileResponse:
    """A CSV download of the rows of queries, one after the other. UTF-8 with the mark by which Excel knows it.

    The database writes it into a temporary file that is gone when it has been sent: no row passes through Python, and
    nobody who reads slowly holds the database.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    line = io.StringIO()
    csv.writer(line).writerow([neutralised(str(value)) for value in header])
    file.write(b"\xef\xbb\xbf" + line.getvalue().encode())
    connection.ensure_connection()
    with psycopg.ClientCursor(connection.connection) as cursor:
        for query in queries:
            try:
                sql, parameters = query.query.sql_with_params()
            except EmptyResultSet:
                continue
            with cursor.copy(SQL("COPY ({}) TO STDOUT (FORMAT csv)").format(SQL(sql)), parameters) as blocks:
                for block in blocks:
                    file.write(block)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=filename, content_type="text/csv; charset=utf-8")


def stored_cells(rows: QuerySet, cells: Sequence[str | Combinable]) -> QuerySet:
    """Rows as lines of a file: texts that a column holds are kept from running as formulas; what an expression says is
    taken as it is."""
    said = {f"_cell_{number}": _cell(rows, cell) for number, cell in enumerate(cells)}
    return rows.annotate(**said).values_list(*said)


def _cell(rows: QuerySet, cell: str | Combinable) -> Combinable:
    if not isinstance(cell, str):
        return cell
    field = rows.query.clone().resolve_ref(cell).output_field
    textual = field.get_internal_type() in ("CharField", "TextField")
    return Func(F(cell), template=_TEXT, output_field=TextField()) if textual else F(cell)
