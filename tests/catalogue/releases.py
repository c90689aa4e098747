"""Small national releases, and the way of one into the catalogue that workers would take."""

import csv
import io
from datetime import datetime

from catalogue import actions
from catalogue.models import CatalogueImport
from catalogue.rules import RELEASE_COLUMNS
from tests.world import NOW, World

HEADINGS = {name: headings[0] for name, headings in RELEASE_COLUMNS.items()}
CODE = "C09100100000000211790000049"
STENT = {
    "code": CODE,
    "change": "新增",
    "class_1": "09-骨科材料",
    "generic_class": "脊柱内固定",
    "material": "钛合金",
    "feature": "万向",
    "registration": "国械注准20203130001",
    "product": "脊柱内固定系统",
    "maker": "山东威高",
    "specification": "5mm",
    "model": "A1",
}


def numbered(number: int, **said: str) -> dict[str, str]:
    """One of many rows, by a code of its own."""
    return STENT | {"code": f"{CODE[:20]}{number:07}"} | said


def as_release(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS.values())
    writer.writerows([row.get(name, "") for name in HEADINGS] for row in rows)
    return text.getvalue().encode(encoding)


def stage(
    world: World, content: bytes, name: str = "release.csv", classes: str = "", now: datetime = NOW
) -> CatalogueImport:
    file = io.BytesIO(content)
    return actions.stage_release(file_name=name, file=file, classes=classes, by=world.cataloguer, now=now)


def read(world: World, content: bytes, now: datetime = NOW, **said: str) -> CatalogueImport:
    """A release staged, and read as workers would, one after another."""
    batch = stage(world, content, now=now, **said)
    while batch.status == CatalogueImport.Status.STAGING:
        actions.read_release(batch=batch, now=now)
    return batch


def merged(world: World, content: bytes, now: datetime = NOW, **said: str) -> CatalogueImport:
    batch = read(world, content, now, **said)
    actions.merge_import(batch=batch, by=world.cataloguer, now=now)
    actions.apply_release(batch=batch, now=now)
    return batch


def counts(batch: CatalogueImport) -> dict[str, int]:
    """How many rows would do what, without those that none does."""
    batch.run.refresh_from_db()
    return {effect: count for effect, count in batch.run.counts.items() if count}
