"""What the rows of a release would do to the catalogue: one statement a chunk, once a row, and kept with the row.

The code tells which product a row means. A product that is there keeps its item and its pack; its printed facts are
compared, and an empty cell says nothing. A code that another one replaces leaves its product where it is: the product
has the new code from then on, and the old one finds it (``ProductCode``).

A release says one thing of each code, old or new, and changes a product once: later rows that say more are faulty.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext_noop as _

from catalogue.actions.merging import RowFault, change
from catalogue.actions.releases.reading import Read
from catalogue.models import CatalogueImport, ReleaseRow
from catalogue.rules import Header, Layout, ReleaseLine

_COLUMNS = ", ".join(ReleaseLine._fields)
_AS_TEXT = str.maketrans({"\\": "\\\\", "\t": " ", "\n": " ", "\r": " "})
# What a version says that a release says too.
FACTS = {
    "maker": "maker_name",
    "brand": "brand",
    "approval_number": "approval_number",
    "specification": "specification",
    "model": "model",
    "udi_di": "udi_di",
}
_CHANGES = ", ".join(f"'{said}', {change(f's.{said}', f'cur.{held}')}" for said, held in FACTS.items())

_FAULTS = (
    RowFault("repeated", "code", _("Row %(row)s has the same code."), {"row": "first_number"}),
    RowFault("old_repeated", "old_code", _("Row %(row)s has the same old code."), {"row": "first_of_old_code"}),
    RowFault("said", "code", _("Row %(row)s changes this product already."), {"row": "first_of_product"}),
    RowFault("ended", "old_code", _("The catalogue has the old code as disabled."), cell="old_code"),
    RowFault(
        "moved_on",
        "code",
        _("The catalogue has this code as remapped to %(other)s."),
        {"other": "moved_to"},
    ),
    RowFault(
        "early",
        "code",
        _("The current version holds from %(day)s; a change must begin on a later day."),
        {"day": "version_from"},
    ),
)
_SQL = {fault.name: fault.sql for fault in _FAULTS}

_CREATE = f"""
    CREATE TEMPORARY TABLE IF NOT EXISTS said
        (number integer, {", ".join(f"{name} text" for name in ReleaseLine._fields)}) ON COMMIT DROP
"""
_COPY = f"COPY said (number, {_COLUMNS}) FROM STDIN"
# A national code is that of one product: the condition is that of the index that answers.
_NATIONAL = "NOT ({0}.key LIKE '-%%')"

_FOUND = f"""
    SELECT s.*, coalesce(p.id, o.id) AS product_id, p.id AS has_code, o.id AS has_old_code,
        cur.id AS version, cur.valid_from AS version_from, meant.leads_to AS moved_to,
        was.status AS was_status, was.leads_to AS was_leading,
        least(min(s.number) OVER (PARTITION BY s.code), earlier.number) AS first_number,
        least(min(s.number) OVER (PARTITION BY s.old_code), old_before.number) AS first_of_old_code,
        product_before.number AS product_before,
        CASE WHEN cur.id IS NOT NULL THEN jsonb_strip_nulls(jsonb_build_object({_CHANGES})) END AS facts
    FROM said s
    LEFT JOIN catalogue_product p ON p.key = s.code AND {_NATIONAL.format("p")}
    LEFT JOIN catalogue_product o ON o.key = s.old_code AND {_NATIONAL.format("o")}
    LEFT JOIN catalogue_productversion cur ON cur.product_id = coalesce(p.id, o.id) AND cur.valid_to IS NULL
    LEFT JOIN catalogue_productcode meant ON meant.code = s.code AND meant.valid_to IS NULL
        AND meant.status = 'remapped'
    LEFT JOIN catalogue_productcode was ON was.code = s.old_code AND s.old_code <> '' AND was.valid_to IS NULL
    LEFT JOIN catalogue_releaserow earlier ON earlier.batch_id = %(batch)s AND earlier.code = s.code AND s.code <> ''
        AND earlier.code <> '' AND earlier.effect <> 'faulty'
    LEFT JOIN catalogue_releaserow old_before ON old_before.batch_id = %(batch)s AND old_before.old_code = s.old_code
        AND s.old_code <> '' AND old_before.old_code <> '' AND old_before.effect <> 'faulty'
    LEFT JOIN catalogue_releaserow product_before ON product_before.batch_id = %(batch)s
        AND product_before.product_number = coalesce(p.id, o.id) AND product_before.effect IN ('changed', 'remapped')
"""
_WEIGHED = """
    SELECT found.*, CASE
        WHEN code = '' THEN CASE WHEN was_status IS NULL THEN 'disabled' ELSE 'kept' END
        WHEN old_code <> '' AND was_leading IS NULL AND (has_code IS NOT NULL OR has_old_code IS NOT NULL)
            THEN 'remapped'
        WHEN has_code IS NULL AND has_old_code IS NULL THEN 'added'
        WHEN facts <> '{}' THEN 'changed'
        ELSE 'kept' END AS would
    FROM found
"""
# Both write by the version that the product has: of two rows, one would find it gone.
_COMPARED = """
    SELECT weighed.*, least(
        min(number) FILTER (WHERE would IN ('changed', 'remapped')) OVER (PARTITION BY product_id), product_before
    ) AS first_of_product
    FROM weighed
"""
_JUDGED = f"""
    SELECT compared.*, array_remove(ARRAY[
        CASE WHEN code <> '' AND number <> first_number THEN {_SQL["repeated"]} END,
        CASE WHEN old_code <> '' AND number <> first_of_old_code THEN {_SQL["old_repeated"]}
            WHEN would IN ('changed', 'remapped') AND number <> first_of_product
                AND number = first_number THEN {_SQL["said"]} END,
        CASE WHEN code <> '' AND was_status = 'disabled' THEN {_SQL["ended"]} END,
        CASE WHEN moved_to IS NOT NULL THEN {_SQL["moved_on"]} END,
        CASE WHEN (would = 'changed' OR would = 'remapped' AND has_code IS NULL) AND version_from >= %(today)s
            THEN {_SQL["early"]} END
    ], NULL) AS wrong
    FROM compared
"""
_JUDGE = f"""
    WITH found AS ({_FOUND}), weighed AS ({_WEIGHED}), compared AS ({_COMPARED}), judged AS ({_JUDGED}),
    kept AS (
        INSERT INTO catalogue_releaserow (batch_id, number, effect, {_COLUMNS}, product_number, version_number, changes,
            faults)
        SELECT %(batch)s, number, CASE WHEN wrong <> '{{}}' THEN 'faulty' ELSE would END, {_COLUMNS}, product_id,
            version, CASE WHEN would IN ('changed', 'remapped') THEN facts END,
            CASE WHEN wrong <> '{{}}' THEN to_jsonb(wrong) END
        FROM judged
        RETURNING effect
    )
    SELECT effect, count(*) FROM kept GROUP BY effect
"""


def judge(batch: CatalogueImport, rows: Sequence[Read], columns: dict[str, str], today: date) -> Counter[str]:
    """Keep some rows of a release with what each would do. Returns how many would do what.

    ``columns`` says under which heading a field stands, for what is told of faults.
    """
    header = Header(Layout.RELEASE, columns)
    asked: dict[str, Any] = {"batch": batch.pk, "today": today}
    for fault in _FAULTS:
        asked |= fault.parameters(header)
    faulty = [(number, said) for number, said in rows if isinstance(said, list)]
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        cursor.execute("TRUNCATE said")
        with cursor.copy(_COPY) as copy:
            copy.write("".join(_line(number, said) for number, said in rows if isinstance(said, ReleaseLine)))
        cursor.execute("ANALYZE said")
        cursor.execute(_JUDGE, asked)
        counts = Counter(dict(cursor.fetchall()))
    _keep_faulty(batch, faulty, columns)
    counts[ReleaseRow.Effect.FAULTY] += len(faulty)
    return counts


def _line(number: int, said: ReleaseLine) -> str:
    text = "\t".join(said)
    if "\\" in text or "\n" in text or "\r" in text or text.count("\t") != len(said) - 1:
        text = "\t".join(value.translate(_AS_TEXT) for value in said)
    return f"{number}\t{text}\n"


def _keep_faulty(batch: CatalogueImport, faulty: Sequence[Any], columns: dict[str, str]) -> None:
    ReleaseRow.objects.bulk_create(
        (
            ReleaseRow(
                batch=batch,
                number=number,
                effect=ReleaseRow.Effect.FAULTY,
                faults=[
                    {
                        "column": columns.get(error.column, error.column),
                        "message": error.sentence,
                        "value": error.value[:200],
                        "values": dict(error.values),
                    }
                    for error in errors
                ],
            )
            for number, errors in faulty
        ),
        batch_size=1_000,
    )
