"""Files as people upload them, and the way into the catalogue that a worker would take."""

import csv
import os
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook

from catalogue import actions
from catalogue.models import CatalogueImport
from catalogue.rules import NATIONAL_LIST_COLUMNS, PRICE_COLUMNS, TEMPLATE_COLUMNS
from tests.world import NOW, World

TABLET = {
    "kind": "drug",
    "item_name": "苯磺酸氨氯地平片",
    "strength": "5mg",
    "form": "片剂",
    "route": "口服",
    "base_unit": "片",
    "maker": "浙江京新",
    "brand": "京新",
    "pack_size": "28",
    "pack_unit": "盒",
    "source": "notice of 2019",
}
LISTED = {
    "code": "XL02BBB085A001010100662",
    "generic_name": "比卡鲁胺片",
    "kind": "western",
    "id_letter": "X",
    "category": "L02BB",
    "name_code": "B085",
    "form_code": "A001",
    "spec_code": "01",
    "pack_code": "01",
    "enterprise_code": "00662",
}
PRECISE = {
    "kind": "drug",
    "item_name": "比卡鲁胺片",
    "strength": "50mg",
    "base_unit": "片",
    "national_code": LISTED["code"],
    "maker": "上海朝晖",
    "pack_size": "28",
    "pack_unit": "盒",
}
PRICE = {
    "price_kind": "ceiling",
    "item_name": "苯磺酸氨氯地平片",
    "strength": "5mg",
    "price": "0.52",
    "valid_from": "2026-01-01",
    "source": "notice of 2026",
}


def as_csv(columns, rows) -> bytes:
    text = StringIO()
    writer = csv.DictWriter(text, fieldnames=list(columns))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def products(*rows) -> bytes:
    return as_csv(TEMPLATE_COLUMNS, rows)


def prices(*rows) -> bytes:
    return as_csv(PRICE_COLUMNS, rows)


def listed(*rows) -> bytes:
    return as_csv(NATIONAL_LIST_COLUMNS, rows)


def as_xlsx(columns, rows) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(list(columns))
    for row in rows:
        sheet.append([row.get(column, "") for column in columns])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def numbered(count: int) -> list[dict[str, str]]:
    """That many products, each of an item of its own."""
    return [TABLET | {"item_name": f"片剂{number:05}"} for number in range(count)]


def stage(world: World, content: bytes, name: str = "file.csv", now: datetime = NOW) -> CatalogueImport:
    return actions.stage_import(file_name=name, content=content, by=world.cataloguer, now=now)


def read(world: World, content: bytes, name: str = "file.csv", now: datetime = NOW) -> CatalogueImport:
    """A file staged, and read as the worker would."""
    batch = stage(world, content, name, now)
    actions.read_import(batch=batch, now=now)
    return batch


def merged(world: World, content: bytes, name: str = "file.csv", now: datetime = NOW) -> CatalogueImport:
    return actions.import_at_once(file_name=name, content=content, by=world.cataloguer, now=now)


def counts(batch: CatalogueImport) -> tuple[int, int, int, int]:
    """New, changed, same, faulty."""
    batch.refresh_from_db()
    return batch.new, batch.changed, batch.same, batch.faulty


def real_list() -> Path:
    """The published list of codes, which is no part of the project."""
    default = Path(__file__).parents[3] / "shared" / "data" / "nhsa_drug_codes.csv"
    return Path(os.environ.get("NHSA_DRUG_CODES", default))
