"""What an imported file of items and products would change, and changing it: a few statements, any number of rows.

An empty cell says nothing, so it changes nothing. A row's item is that of its product where the product is
known and the row names no other; a product moves to a more precise item as long as its pack is unknown, because
nobody can have bid or ordered it before. A coded maker is one maker, whatever its printed name.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext_noop as _

from catalogue.actions.merging import RowFault, change
from catalogue.models import CatalogueImport
from catalogue.rules import Header

_FAULTS = (
    RowFault(
        "repeated",
        "item_name",
        _("Row %(row)s says something else about the same thing."),
        {"row": "first_number"},
        cell="name",
    ),
    RowFault("form", "form", _("Another row says “%(other)s” for the same item."), {"other": "file_form"}),
    RowFault("route", "route", _("Another row says “%(other)s” for the same item."), {"other": "file_route"}),
    RowFault("unit", "base_unit", _("Another row says “%(other)s” for the same item."), {"other": "file_base_unit"}),
    RowFault("maker", "maker", _("Another row says “%(other)s” for the same maker's code."), {"other": "file_maker"}),
    RowFault(
        "counted",
        "base_unit",
        _("The catalogue counts this item in “%(other)s”, and quantities depend on it."),
        {"other": "item_base_unit"},
    ),
    RowFault(
        "moved",
        "item_name",
        _("The catalogue has this product under “%(other)s”."),
        {"other": "held_name"},
        cell="name",
    ),
    RowFault(
        "early",
        "valid_from",
        _("The current version holds from %(day)s; a change must begin on a later day."),
        {"day": "version_from"},
        cell="starts::text",
    ),
)
_SQL = {fault.name: fault.sql for fault in _FAULTS}

_READ = """
    SELECT s.id AS staged, s.number, s."values" AS said, v.kind, v.name,
        coalesce(v.strength, '') AS strength, coalesce(v.form, '') AS form, coalesce(v.route, '') AS route,
        coalesce(v.base_unit, '') AS base_unit, coalesce(v.code_prefix, '') AS code_prefix,
        coalesce(v.pinyin, '') AS pinyin, coalesce(v.initials, '') AS initials,
        coalesce(v.maker, '') AS maker, coalesce(v.maker_code, '') AS maker_code, coalesce(v.key, '') AS key,
        coalesce(v.brand, '') AS brand, coalesce(v.national_code, '') AS national_code,
        coalesce(v.approval_number, '') AS approval_number, coalesce(v.standard_code, '') AS standard_code,
        v.pack_size, coalesce(v.pack_unit, '') AS pack_unit,
        v.valid_from, coalesce(v.valid_from, %(today)s) AS starts,
        coalesce(v.source, '') AS source, coalesce(v.unverified, false) AS unverified,
        CASE WHEN v.maker_code IS NULL THEN 'name ' || v.maker ELSE 'code ' || v.maker_code END AS maker_key
    FROM catalogue_stagedrow s
    CROSS JOIN LATERAL jsonb_to_record(s."values") AS v(
        kind text, name text, strength text, form text, route text, base_unit text, code_prefix text, pinyin text,
        initials text, maker text, maker_code text, key text, brand text, national_code text, approval_number text,
        standard_code text, pack_size integer, pack_unit text, valid_from date, source text, unverified boolean)
    WHERE s.batch_id = %(batch)s AND s.effect <> 'faulty'
"""

# What the catalogue holds of each row: its product, the current version, and the item it hangs on.
_FOUND = f"""
    SELECT said.staged, said.number, said.said, said.kind, said.name, said.form, said.route, said.base_unit,
        said.code_prefix, said.pinyin, said.initials, said.maker, said.maker_code, said.maker_key, said.key, said.brand,
        said.national_code, said.approval_number, said.standard_code, said.pack_size, said.pack_unit, said.valid_from,
        said.starts, said.source, said.unverified,
        CASE WHEN said.strength = '' AND (held.kind, held.code_prefix, held.name)
                = (said.kind, said.code_prefix, said.name)
            THEN held.strength ELSE said.strength END AS strength,
        p.id AS product, held.id AS held, btrim(held.name || ' ' || held.strength) AS held_name, m.id AS product_maker,
        m.name AS product_maker_name, cur.id AS version, cur.number AS version_number, cur.pack_size AS old_pack_size,
        cur.valid_from AS version_from, cur.unverified AS version_unverified,
        jsonb_strip_nulls(jsonb_build_object(
            'maker', {change("said.maker", "cur.maker_name")},
            'brand', {change("said.brand", "cur.brand")},
            'national_code', {change("said.national_code", "cur.national_code")},
            'approval_no', {change("said.approval_number", "cur.approval_number")},
            'standard_code', {change("said.standard_code", "cur.standard_code")},
            'pack_unit', {change("said.pack_unit", "cur.pack_unit")},
            'pack_size', CASE WHEN cur.id IS NOT NULL AND said.pack_size IS DISTINCT FROM cur.pack_size
                AND said.pack_size IS NOT NULL THEN jsonb_build_array(cur.pack_size, said.pack_size) END
        )) AS version_changes
    FROM said
    LEFT JOIN catalogue_product p ON p.key = said.key
    LEFT JOIN catalogue_item held ON held.id = p.item_id
    LEFT JOIN catalogue_maker m ON m.id = p.maker_id
    LEFT JOIN catalogue_productversion cur ON cur.product_id = p.id AND cur.valid_to IS NULL
"""

# What the rows of one file say of each other.
_COMPARED = """
    SELECT found.*, item.id AS item, item.form AS item_form, item.route AS item_route, item.base_unit AS item_base_unit,
        item.unverified AS item_unverified,
        first_value(found.number) OVER same_thing AS first_number,
        first_value(found.said) OVER same_thing AS first_said,
        min(found.form) FILTER (WHERE found.form <> '') OVER same_item AS file_form,
        min(found.route) FILTER (WHERE found.route <> '') OVER same_item AS file_route,
        min(found.base_unit) FILTER (WHERE found.base_unit <> '') OVER same_item AS file_base_unit,
        min(found.maker) FILTER (WHERE found.maker <> '' AND found.maker_code <> '') OVER same_maker AS file_maker,
        bool_and(found.unverified OR found.source = '') OVER same_item AS file_unverified
    FROM found
    LEFT JOIN catalogue_item item ON (item.kind, item.code_prefix, item.name, item.strength)
        = (found.kind, found.code_prefix, found.name, found.strength)
    WINDOW same_item AS (PARTITION BY found.kind, found.code_prefix, found.name, found.strength),
        same_thing AS (PARTITION BY found.key, CASE WHEN found.key = ''
            THEN (found.kind, found.code_prefix, found.name, found.strength)::text END ORDER BY found.number),
        same_maker AS (PARTITION BY found.maker_key)
"""

_JUDGED = f"""
    SELECT compared.*,
        version_changes <> '{{}}' AS other_facts,
        version_unverified AND source <> '' AND NOT unverified AND version_changes = '{{}}' AS version_confirmed,
        jsonb_strip_nulls(jsonb_build_object(
            'item_name', CASE WHEN held <> coalesce(item, 0)
                THEN jsonb_build_array(held_name, btrim(name || ' ' || strength)) END,
            'form', {change("form", "item_form")},
            'route', {change("route", "item_route")},
            'base_unit', {change("base_unit", "item_base_unit")},
            'maker', CASE WHEN maker_code <> '' THEN {change("maker", "product_maker_name")} END,
            'source', CASE WHEN item_unverified AND NOT file_unverified
                OR version_unverified AND source <> '' AND NOT unverified AND version_changes = '{{}}'
                THEN jsonb_build_array('unverified', source) END
        )) || version_changes AS changes,
        array_remove(ARRAY[
            CASE WHEN said <> first_said THEN {_SQL["repeated"]} END,
            CASE WHEN form <> '' AND form <> file_form THEN {_SQL["form"]} END,
            CASE WHEN route <> '' AND route <> file_route THEN {_SQL["route"]} END,
            CASE WHEN base_unit <> '' AND base_unit <> file_base_unit THEN {_SQL["unit"]} END,
            CASE WHEN maker <> '' AND maker_code <> '' AND maker <> file_maker THEN {_SQL["maker"]} END,
            CASE WHEN base_unit <> '' AND base_unit <> nullif(item_base_unit, '') THEN {_SQL["counted"]} END,
            CASE WHEN held <> coalesce(item, 0) AND old_pack_size IS NOT NULL THEN {_SQL["moved"]} END,
            CASE WHEN version_changes <> '{{}}' AND starts <= version_from THEN {_SQL["early"]} END
        ], NULL) AS faults
    FROM compared
"""

_PLAN = f"""
    CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
    WITH said AS ({_READ}), found AS ({_FOUND}), compared AS ({_COMPARED}), judged AS ({_JUDGED})
    SELECT staged, number, kind, name, strength, form, route, base_unit, code_prefix, pinyin, initials, maker,
        maker_code, maker_key, key, brand, national_code, approval_number, standard_code, pack_size, pack_unit,
        valid_from, starts, source, unverified, product_maker, version, other_facts, version_confirmed, faults,
        changes, CASE
        WHEN faults <> '{{}}' THEN 'faulty'
        WHEN number <> first_number THEN 'same'
        WHEN (key = '' AND item IS NULL) OR (key <> '' AND product IS NULL) THEN 'new'
        WHEN changes <> '{{}}' THEN 'changed'
        ELSE 'same' END AS effect
    FROM judged
"""

# The maker that a row means: by its code where it has one, else by its name.
_MAKERS = """
    SELECT 'code ' || code AS maker_key, min(id) AS id FROM catalogue_maker WHERE code <> '' GROUP BY code
    UNION ALL
    SELECT 'name ' || name, (array_agg(id ORDER BY code, id))[1] FROM catalogue_maker GROUP BY name
"""
_RENAME_MAKERS = f"""
    UPDATE catalogue_maker m SET name = named.maker
    FROM (SELECT DISTINCT maker_key, maker FROM planned
        WHERE effect IN ('new', 'changed') AND maker <> '' AND maker_code <> '') named
    JOIN ({_MAKERS}) meant ON meant.maker_key = named.maker_key
    WHERE m.id = meant.id AND m.name <> named.maker
        AND NOT EXISTS (SELECT FROM catalogue_maker o WHERE (o.code, o.name) = (m.code, named.maker))
"""
_ADD_MAKERS = f"""
    INSERT INTO catalogue_maker (name, code)
    SELECT max(maker), max(maker_code) FROM planned LEFT JOIN ({_MAKERS}) meant USING (maker_key)
    WHERE effect = 'new' AND key <> '' AND meant.id IS NULL
    GROUP BY maker_key
"""
_UPSERT_ITEMS = """
    INSERT INTO catalogue_item AS old
        (kind, code_prefix, name, strength, form, route, base_unit, pinyin, initials, source, unverified)
    SELECT kind, code_prefix, name, strength, max(form), max(route), max(base_unit), max(pinyin), max(initials),
        coalesce((array_agg(source ORDER BY unverified, number) FILTER (WHERE source <> ''))[1], ''),
        bool_and(unverified OR source = '') AND bool_or(unverified)
    FROM planned WHERE effect IN ('new', 'changed') GROUP BY kind, code_prefix, name, strength
    ON CONFLICT ON CONSTRAINT item_identity DO UPDATE SET
        form = coalesce(nullif(excluded.form, ''), old.form),
        route = coalesce(nullif(excluded.route, ''), old.route),
        base_unit = coalesce(nullif(old.base_unit, ''), excluded.base_unit),
        source = CASE WHEN old.unverified AND NOT excluded.unverified AND excluded.source <> ''
            THEN excluded.source ELSE old.source END,
        unverified = old.unverified AND (excluded.unverified OR excluded.source = '')
"""
_UPSERT_PRODUCTS = f"""
    INSERT INTO catalogue_product AS old (key, item_id, maker_id)
    SELECT planned.key, item.id, coalesce(product_maker, meant.id)
    FROM planned
    JOIN catalogue_item item ON (item.kind, item.code_prefix, item.name, item.strength)
        = (planned.kind, planned.code_prefix, planned.name, planned.strength)
    LEFT JOIN ({_MAKERS}) meant ON meant.maker_key = planned.maker_key
    WHERE planned.key <> '' AND planned.effect IN ('new', 'changed')
    ON CONFLICT (key) DO UPDATE SET item_id = excluded.item_id WHERE old.item_id <> excluded.item_id
"""
_CONFIRM_VERSIONS = """
    UPDATE catalogue_productversion v SET unverified = false, source = planned.source
    FROM planned WHERE v.id = planned.version AND planned.effect = 'changed' AND planned.version_confirmed
"""
_CLOSE_VERSIONS = """
    UPDATE catalogue_productversion v SET valid_to = planned.starts - 1
    FROM planned WHERE v.id = planned.version AND planned.effect = 'changed' AND planned.other_facts
"""
_OPEN_VERSIONS = """
    INSERT INTO catalogue_productversion (product_id, number, maker_name, brand, national_code, approval_number,
        standard_code, pack_size, pack_unit, valid_from, source, unverified)
    SELECT p.id, coalesce(old.number, 0) + 1,
        coalesce(nullif(n.maker, ''), old.maker_name, ''), coalesce(nullif(n.brand, ''), old.brand, ''),
        coalesce(nullif(n.national_code, ''), old.national_code, ''),
        coalesce(nullif(n.approval_number, ''), old.approval_number, ''),
        coalesce(nullif(n.standard_code, ''), old.standard_code, ''),
        coalesce(n.pack_size, old.pack_size), coalesce(nullif(n.pack_unit, ''), old.pack_unit, ''),
        CASE WHEN old.id IS NULL THEN n.valid_from ELSE n.starts END,
        n.source, CASE WHEN n.source = '' THEN coalesce(old.unverified, false) ELSE n.unverified END
    FROM planned n
    JOIN catalogue_product p ON p.key = n.key
    LEFT JOIN catalogue_productversion old ON old.id = n.version
    WHERE n.key <> '' AND (n.effect = 'new' OR n.effect = 'changed' AND n.other_facts)
"""


def plan(batch: CatalogueImport, header: Header, today: date) -> None:
    """Make the temporary table ``planned``: every sound row with its effect, or the faults it has in this catalogue."""
    parameters: dict[str, Any] = {"batch": batch.pk, "today": today}
    for fault in _FAULTS:
        parameters |= fault.parameters(header)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.planned")
        cursor.execute(_PLAN, parameters)


def merge() -> None:
    """Write what ``planned`` says into the catalogue."""
    with connection.cursor() as cursor:
        for statement in (
            _RENAME_MAKERS,
            _ADD_MAKERS,
            _UPSERT_ITEMS,
            _UPSERT_PRODUCTS,
            _CONFIRM_VERSIONS,
            _CLOSE_VERSIONS,
            _OPEN_VERSIONS,
        ):
            cursor.execute(statement)
