"""Writing a judged release into the catalogue: a few statements for each chunk of rows, in one transaction.

Constraints are asked with each statement and not at the end, because what waits for the end waits in memory. What a row
was judged by must still be so: where it is not, the whole release is judged anew (``Overtaken``).
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, models
from psycopg import sql

from accounts.models import Seat
from catalogue.actions.releases.judging import FACTS
from catalogue.models import CatalogueImport, Item, Maker, Product, ProductCode, ProductVersion, ReleaseRow
from core.clock import legal_date
from core.pinyin import search_keys

AT_ONCE = 10_000
_Effect = ReleaseRow.Effect


class Overtaken(Exception):
    """What the catalogue has is no longer that by which the rows were judged."""


_CREATE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS moving (LIKE catalogue_releaserow, item_id bigint, maker_id bigint)
    ON COMMIT DROP
"""
# The maker of a code, and the item of a code's beginning with this name and these words.
_TAKE = """
    INSERT INTO moving
    SELECT r.*, item.id, coded.id
    FROM (
        SELECT * FROM catalogue_releaserow WHERE batch_id = %(batch)s AND effect = %(effect)s AND number > %(after)s
        ORDER BY number LIMIT %(limit)s
    ) r
    LEFT JOIN catalogue_item item ON (item.kind, item.code_prefix, item.name_key, item.strength_key, item.form_key)
        = ('consumable', r.code_prefix, r.name_key, r.strength_key, '') AND r.effect = 'added'
    LEFT JOIN (SELECT code, min(id) AS id FROM catalogue_maker WHERE code <> '' GROUP BY code) coded
        ON coded.code = r.maker_code AND r.effect = 'added'
"""
_NEW_ITEMS = """
    SELECT DISTINCT ON (code_prefix, name_key, strength_key) name
    FROM moving WHERE item_id IS NULL ORDER BY code_prefix, name_key, strength_key, number
"""
_PLACE = """
    UPDATE moving SET item_id = item.id FROM catalogue_item item
    WHERE moving.item_id IS NULL AND (item.kind, item.code_prefix, item.name_key, item.strength_key, item.form_key)
        = ('consumable', moving.code_prefix, moving.name_key, moving.strength_key, '')
"""
_MAKE = """
    UPDATE moving SET maker_id = coded.id
    FROM (SELECT code, min(id) AS id FROM catalogue_maker WHERE code <> '' GROUP BY code) coded
    WHERE moving.maker_id IS NULL AND coded.code = moving.maker_code
"""
_STILL_SO = """
    SELECT count(*) FROM moving
    JOIN catalogue_product p ON p.id = moving.product_number AND p.key IN (moving.code, moving.old_code)
    JOIN catalogue_productversion v ON v.id = moving.version_number AND v.product_id = p.id AND v.valid_to IS NULL
"""
# A release that names both codes of two products leaves both as they are: the old code leads to the new one.
_RENEWED = "(moving.effect = 'changed' OR p.key = moving.old_code)"
_CLOSE = f"""
    UPDATE catalogue_productversion v SET valid_to = %(today)s - 1
    FROM moving JOIN catalogue_product p ON p.id = moving.product_number
    WHERE v.id = moving.version_number AND {_RENEWED}
"""
_RECODE = """
    UPDATE catalogue_product p SET key = moving.code
    FROM moving WHERE p.id = moving.product_number AND p.key = moving.old_code AND moving.old_code <> ''
        AND moving.effect = 'remapped'
"""
_LEAD_ON = """
    UPDATE catalogue_productcode c SET leads_to = moving.code
    FROM moving WHERE c.leads_to = moving.old_code AND moving.old_code <> '' AND moving.code <> ''
        AND c.valid_to IS NULL AND c.code <> moving.code
"""


def _inserting(model: type[models.Model], given: Mapping[str, str]) -> str:
    """The columns and values of an INSERT … SELECT: those given, in SQL, and of all others their default."""
    values = dict(given)
    for field in model._meta.concrete_fields:
        if field.column in values or field.primary_key or field.null or field.generated or field.has_db_default():
            continue
        default = field.get_default()
        plain = json.dumps(default) if isinstance(default, dict | list) else default
        values[str(field.column)] = sql.Literal(plain).as_string()
    columns = ", ".join(f'"{name}"' for name in values)
    return f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {', '.join(values.values())} "


def _dated(model: type[models.Model], today: str) -> dict[str, str]:
    """The day on which a thing came into the catalogue."""
    return {"added_on": today} if any(field.name == "added_on" for field in model._meta.concrete_fields) else {}


def _statements() -> dict[str, str]:
    source = "%(source)s"
    item = {
        "kind": "'consumable'",
        **{name: name for name in ("code_prefix", "name", "name_key", "strength", "strength_key", "category_code")},
        **{name: name for name in ("category", "generic_class", "material", "feature")},
        "pinyin": "keys.pinyin",
        "initials": "keys.initials",
        "source": source,
    }
    maker = {"name": "maker", "name_key": "maker_name_key", "code": "maker_code"}
    product = {"key": "code", "item_id": "item_id", "maker_id": "maker_id"}
    said = {held: f"moving.{one}" for one, held in FACTS.items()}
    version = {"product_id": "added.id", "number": "1", "national_code": "moving.code", "source": source, **said}
    renewed = {
        str(field.column): f'old."{field.column}"'
        for field in ProductVersion._meta.concrete_fields
        if not field.primary_key and not field.name.startswith("edited_")
    }
    renewed |= {held: f"coalesce(nullif(moving.{one}, ''), old.{held})" for one, held in FACTS.items()}
    renewed |= {"number": "old.number + 1", "valid_from": "%(today)s", "valid_to": "NULL", "reason": "''"}
    renewed |= {"national_code": "moving.code", "source": source}
    code = {
        "code": "moving.old_code",
        "status": "CASE WHEN moving.code = '' THEN 'disabled' ELSE 'remapped' END",
        "remapped_to": "moving.code",
        "leads_to": "moving.code",
        "product_id": "p.id",
        "valid_from": "%(today)s",
        "source": source,
        "recorded_at": "%(now)s",
        "recorded_by_id": "%(by)s",
    }
    return {
        "items": _inserting(Item, item | _dated(Item, "%(today)s"))
        + "FROM (SELECT DISTINCT ON (code_prefix, name_key, strength_key) * FROM moving WHERE item_id IS NULL"
        " ORDER BY code_prefix, name_key, strength_key, number) new"
        " JOIN unnest(%(names)s::text[], %(pinyin)s::text[], %(initials)s::text[]) AS keys(said, pinyin, initials)"
        " ON keys.said = new.name ON CONFLICT ON CONSTRAINT item_identity DO NOTHING",
        "makers": _inserting(Maker, maker)
        + "FROM (SELECT DISTINCT ON (maker_code) * FROM moving WHERE maker_id IS NULL ORDER BY maker_code, number) new"
        " ON CONFLICT ON CONSTRAINT maker_identity DO NOTHING",
        "products": f"WITH added AS ({_inserting(Product, product | _dated(Product, '%(today)s'))} FROM moving"
        " ORDER BY number ON CONFLICT DO NOTHING RETURNING id, key), versions AS ("
        + _inserting(ProductVersion, version)
        + "FROM added JOIN moving ON moving.code = added.key RETURNING 1) SELECT count(*) FROM versions",
        "renewed": _inserting(ProductVersion, renewed)
        + "FROM moving JOIN catalogue_productversion old ON old.id = moving.version_number"
        f" JOIN catalogue_product p ON p.id = moving.product_number WHERE {_RENEWED}",
        "codes": _inserting(ProductCode, code)
        + "FROM moving LEFT JOIN catalogue_product p ON p.key = coalesce(nullif(moving.code, ''), moving.old_code)"
        " AND NOT (p.key LIKE '-%%') WHERE moving.old_code <> '' AND NOT EXISTS (SELECT FROM catalogue_productcode held"
        " WHERE held.code = moving.old_code AND held.valid_to IS NULL)"
        " ORDER BY moving.number ON CONFLICT DO NOTHING",
    }


def merge(batch: CatalogueImport, by: Seat, now: datetime, told: Callable[[int], None]) -> None:
    """Write all rows that do anything. ``told`` is called with how many are done, after each chunk.

    Raises ``Overtaken`` where the catalogue has changed meanwhile.
    """
    statements = _statements()
    acted: dict[str, Any] = {"batch": batch.pk, "by": by.pk, "now": now, "today": legal_date(now)}
    acted |= {"source": batch.file_name, "limit": AT_ONCE}
    done = 0
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_CREATE)
        for effect in ReleaseRow.WRITES:
            acted |= {"effect": effect.value, "after": 0}
            while taken := _take(cursor, acted):
                _write(cursor, effect, taken, statements, acted)
                done += taken
                told(done)


def _take(cursor: Any, acted: dict[str, Any]) -> int:
    cursor.execute("TRUNCATE moving")
    cursor.execute(_TAKE, acted)
    taken: int = cursor.rowcount
    if taken:
        cursor.execute("ANALYZE moving")
        cursor.execute("SELECT max(number) FROM moving")
        acted["after"] = cursor.fetchone()[0]
    return taken


def _write(cursor: Any, effect: str, taken: int, statements: Mapping[str, str], acted: dict[str, Any]) -> None:
    if effect == _Effect.ADDED:
        _add_what_they_hang_on(cursor, statements, acted)
        cursor.execute(statements["products"], acted)
        if cursor.fetchone()[0] != taken:
            raise Overtaken
    elif effect in (_Effect.CHANGED, _Effect.REMAPPED):
        cursor.execute(_STILL_SO)
        if cursor.fetchone()[0] != taken:
            raise Overtaken
        cursor.execute(_CLOSE, acted)
        cursor.execute(statements["renewed"], acted)
        cursor.execute(_RECODE, acted)
    cursor.execute(statements["codes"], acted)
    cursor.execute(_LEAD_ON)


def _add_what_they_hang_on(cursor: Any, statements: Mapping[str, str], acted: dict[str, Any]) -> None:
    """Items and makers that the catalogue does not have yet."""
    cursor.execute(_NEW_ITEMS)
    if names := sorted({name for (name,) in cursor.fetchall()}):
        keys = [search_keys(name) for name in names]
        found = {
            "names": names,
            "pinyin": [one.pinyin[:600] for one in keys],
            "initials": [one.initials[:300] for one in keys],
        }
        cursor.execute(statements["items"], acted | found)
        cursor.execute(_PLACE)
    cursor.execute(statements["makers"], acted)
    if cursor.rowcount:
        cursor.execute(_MAKE)
