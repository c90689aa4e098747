"""What no model says: the counter behind references, and the regions that are there from the first day."""

import csv
from pathlib import Path

from django.db import migrations

from core.migrating import RowsBrought
from core.references import ReferenceSequence

REGIONS = Path(__file__).parents[1] / "data" / "regions.csv"


def load(apps, schema_editor):
    Region = apps.get_model("accounts", "Region")
    with REGIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    full_names = {"": ""}
    for row in rows:  # a region stands after the one that it lies in
        full_names[row["code"]] = full_names[row["parent"]] + row["name"]
    Region.objects.bulk_create(
        Region(
            code=row["code"],
            level=row["level"],
            name=row["name"],
            name_en=row["name_en"],
            full_name=full_names[row["code"]],
            parent_id=row["parent"] or None,
        )
        for row in rows
    )


BEFORE = [ReferenceSequence("bank_account"), ReferenceSequence("filing"), ReferenceSequence("system")]
AFTER = [migrations.RunPython(load, migrations.RunPython.noop), RowsBrought("accounts_region")]
