"""From an uploaded file to staged rows, in pieces, so that memory does not grow with the file."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from itertools import islice
from types import TracebackType
from typing import Any, TypeAlias

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _

from catalogue.models import CatalogueImport, StagedRow
from catalogue.rules import (
    PRICE_COLUMNS,
    TEMPLATE_COLUMNS,
    Layout,
    ParsedPrice,
    ParsedRow,
    RowError,
    fold,
    heading_of,
    maker_key,
    parse_price_row,
    parse_row,
    product_key,
    recognise,
)
from core.errors import Fault, Refused
from core.pinyin import search_keys
from core.spreadsheets import SpreadsheetError, read_rows

CHUNK = 2_000
_COPY = 'COPY catalogue_stagedrow (batch_id, number, effect, "values", faults, changes) FROM STDIN'
_PROGRESS = """
    UPDATE catalogue_catalogueimport SET rows = %s, rows_done = %s
    WHERE id = (SELECT id FROM catalogue_catalogueimport WHERE id = %s FOR UPDATE SKIP LOCKED)
"""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_keys = lru_cache(maxsize=10_000)(search_keys)
_fold = lru_cache(maxsize=50_000)(fold)

Values: TypeAlias = dict[str, Any]
FaultRecord: TypeAlias = dict[str, Any]
NoteRecord: TypeAlias = dict[str, Any]
Staged: TypeAlias = tuple[int, Values, list[FaultRecord]]
"""The row's number in the file, what it says, and what is wrong with it."""


class Upload:
    """An uploaded file: its header at once, its rows when they are asked for, ``notes`` after these.

    Refused when the file cannot be read at all, or lacks a column.
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.size = len(content)
        self._stream = BytesIO(content)
        self._faults: dict[int, list[FaultRecord]] = {}
        try:
            self._sheet = read_rows(self._stream, name, on_error=self._note, finds=lambda said: recognise(said).known)
            self.header = recognise(self._sheet.header)
            for first, second in self.header.doubled:
                raise self._sheet.doubled(first, second)
        except SpreadsheetError as error:
            raise Refused(str(error), field="file", code="spreadsheet") from None
        if self.header.missing:
            columns = PRICE_COLUMNS if self.header.layout is Layout.PRICES else TEMPLATE_COLUMNS
            names = (heading_of(columns, name, get_language() or "") for name in self.header.missing)
            faults = [Fault(str(self._sheet.missing(name)), "file", code="spreadsheet") for name in names]
            raise Refused(faults[0].message, faults=faults, code="spreadsheet")

    @property
    def notes(self) -> list[NoteRecord]:
        """What was passed over, or taken though it is hidden; all of it once the rows are read."""
        return [{"message": note.sentence, "values": dict(note.values)} for note in self._sheet.notes]

    def rows(self) -> Iterator[Staged]:
        """Every row with its faults. Where the file breaks off, the last one says why."""
        number = 0
        try:
            for number, row in self._sheet:
                yield from self._unreadable()
                yield self._read(number, row)
        except SpreadsheetError as error:
            self._note(error)
        else:
            if not number and not self._faults:
                self._note(SpreadsheetError(_("The file has no rows under its headings.")))
        yield from self._unreadable()

    def expected(self, done: int) -> int:
        """How many rows the file probably has, from how far into it ``done`` rows went."""
        return max(done, done * self.size // max(self._stream.tell(), 1))

    def _read(self, number: int, row: dict[str, str]) -> Staged:
        if self.header.layout is Layout.PRICES:
            price = parse_price_row(row, self.header, settings.CURRENCY)
            return (number, {}, _faults(price)) if isinstance(price, list) else (number, _price_values(price), [])
        parsed = parse_row(row, self.header)
        return (number, {}, _faults(parsed)) if isinstance(parsed, list) else (number, _product_values(parsed), [])

    def _note(self, error: SpreadsheetError) -> None:
        fault = {"column": error.column, "message": error.sentence, "value": "", "values": dict(error.values)}
        self._faults.setdefault(error.row or 0, []).append(fault)

    def _unreadable(self) -> Iterator[Staged]:
        """The rows of which a cell could not be read, since they were last asked for."""
        for number, faults in self._faults.items():
            yield number, {}, faults
        self._faults = {}


class Progress:
    """Tells how far the reading is, over a connection of its own: its rows are not committed before the end."""

    def __init__(self, batch: CatalogueImport) -> None:
        self.batch = batch
        self.side = connection.copy()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.side.close()

    def tell(self, done: int, expected: int) -> None:
        with self.side.cursor() as cursor:
            cursor.execute(_PROGRESS, [expected, done, self.batch.pk])


def copy_rows(batch: CatalogueImport, upload: Upload) -> int:
    """Copy all rows of the file into the staging table. Returns how many there are."""
    done = 0
    rows = upload.rows()
    with connection.cursor() as cursor, Progress(batch) as progress:
        while chunk := list(islice(rows, CHUNK)):
            with cursor.copy(_COPY) as copy:
                for number, values, faults in chunk:
                    effect = StagedRow.Effect.FAULTY if faults else StagedRow.Effect.NEW
                    copy.write_row((batch.pk, number, effect.value, _json(values), _json(faults), "{}"))
            done += len(chunk)
            progress.tell(done, upload.expected(done))
    return done


def _product_values(row: ParsedRow) -> Values:
    keys = _keys(row.name)
    values = _stated(
        kind=row.kind.value,
        name=row.name,
        name_key=_fold(row.name),
        strength=row.strength,
        strength_key=_fold(row.strength),
        form=row.form,
        form_key=_fold(row.form),
        contents=row.contents.to_json(),
        route=row.route,
        base_unit=row.base_unit,
        code_prefix=row.code_prefix,
        pinyin=keys.pinyin,
        initials=keys.initials,
        maker=row.maker,
        maker_code=row.maker_code,
        maker_name_key=_fold(row.maker),
        maker_key=maker_key(row.maker, row.maker_code),
        holder=row.holder,
        holder_key=maker_key(row.holder) if fold(row.holder) != fold(row.maker) else "",
        key=product_key(row),
        brand=row.brand,
        national_code=row.national_code,
        approval_number=row.approval_number,
        standard_code=row.standard_code,
        pack_size=row.pack_size,
        pack_unit=row.pack_unit,
        containers=[asdict(container) for container in row.containers],
        valid_from=row.valid_from and row.valid_from.isoformat(),
        source=row.source,
        unverified=row.unverified,
    )
    return values | {"sense": _sense(values)}


def _sense(values: Values) -> str:
    """A digest that rows share which say the same, however spelt."""
    said = fold("|".join(f"{name}={value}" for name, value in sorted(values.items())))
    return blake2b(said.encode(), digest_size=12).hexdigest()


def _price_values(row: ParsedPrice) -> Values:
    return _stated(
        kind=row.kind,
        national_code=row.national_code,
        item_name=row.item_name,
        name_key=_fold(row.item_name),
        strength=row.strength,
        strength_key=_fold(row.strength),
        form=row.form,
        form_key=_fold(row.form),
        maker=row.maker,
        maker_name_key=_fold(row.maker),
        brand=row.brand,
        pack_size=row.pack_size,
        region=row.region,
        price=str(row.price),
        units=row.units,
        valid_from=row.valid_from.isoformat(),
        valid_to=row.valid_to and row.valid_to.isoformat(),
        source=row.source,
        unverified=row.unverified,
    )


def _stated(**values: Any) -> Values:
    """Only what the row states: an empty cell says nothing."""
    return {name: value for name, value in values.items() if value}


def _faults(errors: list[RowError]) -> list[FaultRecord]:
    return [
        {"column": e.column, "message": e.sentence, "value": e.value[:200], "values": dict(e.values)} for e in errors
    ]
