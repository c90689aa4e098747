"""What an imported file of items and products would change, and changing it: a few statements, any number of rows.

An empty cell says nothing, so it changes nothing. A row's item is that of its product where the product is
known and the row names no other; a product moves to a more precise item as long as its pack is unknown, because
nobody can have bid or ordered it before. A coded maker is one maker, whatever its printed name. Texts are compared as
``catalogue.rules.identity`` folds them, and stay as they were printed first.
"""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_noop as _

from accounts.models import Seat
from catalogue.actions.merging import RowFault, change
from catalogue.models import CatalogueImport
from catalogue.rules import Header
from core.clock import legal_date

_FAULTS = (
    RowFault(
        "repeated",
        "item_name",
        _("Row %(row)s says something else about the same thing."),
        {"row": "first_number"},
        cell="name",
    ),
    RowFault(
        "forms",
        "form",
        _("Items of this name and strength have the forms %(forms)s: say which is meant."),
        {"forms": "array_to_string(forms, ', ', '–')"},
    ),
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
    SELECT s.id AS staged, s.number, v.sense, v.kind, v.name, v.name_key,
        coalesce(v.strength, '') AS strength, coalesce(v.strength_key, '') AS strength_key,
        coalesce(v.form, '') AS form, coalesce(v.form_key, '') AS form_key, coalesce(v.contents, '{}') AS contents,
        coalesce(v.route, '') AS route,
        coalesce(v.base_unit, '') AS base_unit, coalesce(v.code_prefix, '') AS code_prefix,
        coalesce(v.pinyin, '') AS pinyin, coalesce(v.initials, '') AS initials,
        coalesce(v.maker, '') AS maker, coalesce(v.maker_name_key, '') AS maker_name_key,
        coalesce(v.maker_code, '') AS maker_code, coalesce(v.maker_key, '') AS maker_key,
        coalesce(v.holder, '') AS holder, coalesce(v.holder_key, '') AS holder_key, coalesce(v.key, '') AS key,
        coalesce(v.brand, '') AS brand, coalesce(v.national_code, '') AS national_code,
        coalesce(v.approval_number, '') AS approval_number, coalesce(v.standard_code, '') AS standard_code,
        v.pack_size, coalesce(v.pack_unit, '') AS pack_unit, coalesce(v.containers, '[]') AS containers,
        v.valid_from, coalesce(v.valid_from, %(today)s) AS starts,
        coalesce(v.source, '') AS source, coalesce(v.unverified, false) AS unverified
    FROM catalogue_stagedrow s
    CROSS JOIN LATERAL jsonb_to_record(s."values") AS v(
        sense text, kind text, name text, name_key text, strength text, strength_key text, form text, form_key text,
        contents jsonb, route text, base_unit text, code_prefix text, pinyin text, initials text, maker text,
        maker_name_key text, maker_code text, maker_key text, holder text, holder_key text, key text, brand text,
        national_code text, approval_number text, standard_code text, pack_size integer, pack_unit text,
        containers jsonb, valid_from date, source text, unverified boolean)
    WHERE s.batch_id = %(batch)s AND s.effect <> 'faulty'
"""

# The product that has a row's national code, the item it hangs on, and the strength that the row means.
_CODED = """
    SELECT said.*, p.id AS coded, held.id AS held, held.form_key AS held_form_key,
        btrim(held.name || ' ' || held.strength) AS held_name,
        (held.kind, held.code_prefix, held.name_key) = (said.kind, said.code_prefix, said.name_key)
            AND said.strength_key IN ('', held.strength_key) AS under_its_item,
        CASE WHEN said.strength_key = '' AND (held.kind, held.code_prefix, held.name_key)
            = (said.kind, said.code_prefix, said.name_key)
            THEN held.strength_key ELSE said.strength_key END AS meant_strength
    FROM said
    LEFT JOIN catalogue_product p ON p.key = said.key AND said.national_code <> ''
    LEFT JOIN catalogue_item held ON held.id = p.item_id
"""

# The dosage forms that the file, and the catalogue, have for one name and strength.
_IN_FILE = """
    SELECT kind, code_prefix, name_key, meant_strength,
        coalesce(array_agg(DISTINCT form_key) FILTER (WHERE form_key <> ''), '{}') AS said_forms
    FROM coded GROUP BY kind, code_prefix, name_key, meant_strength
"""
_HELD = """
    SELECT in_file.*, coalesce(items.form_keys, '{}') AS held_forms
    FROM in_file
    LEFT JOIN (
        SELECT kind, code_prefix, name_key, strength_key AS meant_strength, array_agg(form_key) AS form_keys
        FROM catalogue_item GROUP BY kind, code_prefix, name_key, strength_key
    ) items USING (kind, code_prefix, name_key, meant_strength)
"""
_FORMS = """
    SELECT held.*, held_forms = '{""}' AND cardinality(said_forms) = 1 AS completes,
        ARRAY(SELECT DISTINCT unnest(held_forms || said_forms) AS form ORDER BY form) AS forms
    FROM held
"""

# Which form a row means that names none: that of its product, or the only one there is. An item of which no form was
# known is completed by the one that the file names.
_PLACED = """
    SELECT coded.*, forms.completes, forms.forms, CASE
        WHEN form_key <> '' THEN form_key
        WHEN completes THEN said_forms[1]
        WHEN under_its_item THEN held_form_key
        WHEN '' = ANY (held_forms) THEN ''
        WHEN cardinality(forms) <= 1 THEN coalesce(forms[1], '')
        END AS meant_form
    FROM coded JOIN forms USING (kind, code_prefix, name_key, meant_strength)
"""

# What the catalogue holds of each row: its item, its product, and the current version.
_FOUND = f"""
    SELECT placed.*, item.id AS item, item.route AS item_route, item.base_unit AS item_base_unit,
        item.contents AS item_contents, item.unverified AS item_unverified,
        p.id AS product, m.id AS product_maker, m.name AS product_maker_name, m.name_key AS product_maker_key,
        cur.id AS version, cur.number AS version_number, cur.pack_size AS old_pack_size,
        cur.valid_from AS version_from, cur.unverified AS version_unverified,
        jsonb_strip_nulls(jsonb_build_object(
            'maker', {change("placed.maker", "cur.maker_name")},
            'holder', CASE WHEN cur.id IS NOT NULL
                AND placed.holder_key NOT IN ('', 'name ' || coalesce(h.name_key, ''))
                THEN jsonb_build_array(coalesce(h.name, ''), placed.holder) END,
            'brand', {change("placed.brand", "cur.brand")},
            'national_code', {change("placed.national_code", "cur.national_code")},
            'approval_no', {change("placed.approval_number", "cur.approval_number")},
            'standard_code', {change("placed.standard_code", "cur.standard_code")},
            'pack_unit', {change("placed.pack_unit", "cur.pack_unit")},
            'packaging', CASE WHEN placed.containers <> '[]' AND placed.containers <> cur.containers
                THEN jsonb_build_array(cur.containers, placed.containers) END,
            'pack_size', CASE WHEN cur.id IS NOT NULL AND placed.pack_size IS DISTINCT FROM cur.pack_size
                AND placed.pack_size IS NOT NULL THEN jsonb_build_array(cur.pack_size, placed.pack_size) END
        )) AS version_changes
    FROM placed
    LEFT JOIN catalogue_item item ON (item.kind, item.code_prefix, item.name_key, item.strength_key, item.form_key)
        = (placed.kind, placed.code_prefix, placed.name_key, placed.meant_strength,
            CASE WHEN placed.completes THEN '' ELSE placed.meant_form END)
    LEFT JOIN catalogue_product same ON same.item_id = item.id AND same.key = placed.key AND placed.national_code = ''
    LEFT JOIN catalogue_product p ON p.id = coalesce(placed.coded, same.id)
    LEFT JOIN catalogue_maker m ON m.id = p.maker_id
    LEFT JOIN catalogue_productversion cur ON cur.product_id = p.id AND cur.valid_to IS NULL
    LEFT JOIN catalogue_maker h ON h.id = cur.holder_id
"""

# What the rows of one file say of each other.
_COMPARED = """
    SELECT found.*,
        first_value(found.number) OVER same_thing AS first_number,
        first_value(found.sense) OVER same_thing AS first_sense,
        min(found.form) FILTER (WHERE found.form <> '') OVER same_item AS file_form,
        min(found.route) FILTER (WHERE found.route <> '') OVER same_item AS file_route,
        min(found.base_unit) FILTER (WHERE found.base_unit <> '') OVER same_item AS file_base_unit,
        min(found.maker) FILTER (WHERE found.maker <> '' AND found.maker_code <> '') OVER same_maker AS file_maker,
        min(found.maker_name_key) FILTER (WHERE found.maker <> '' AND found.maker_code <> '') OVER same_maker
            AS file_maker_key,
        bool_and(found.unverified OR found.source = '') OVER same_item AS file_unverified
    FROM found
    WINDOW same_item AS (PARTITION BY found.kind, found.code_prefix, found.name_key, found.meant_strength,
            found.meant_form),
        same_thing AS (PARTITION BY found.key, CASE WHEN found.national_code = '' THEN (found.kind, found.code_prefix,
            found.name_key, found.meant_strength, found.meant_form)::text END ORDER BY found.number),
        same_maker AS (PARTITION BY found.maker_key)
"""

_JUDGED = f"""
    SELECT compared.*,
        version_changes <> '{{}}' AS other_facts,
        version_unverified AND source <> '' AND NOT unverified AND version_changes = '{{}}' AS version_confirmed,
        CASE WHEN number <> first_number THEN jsonb_build_object('row', jsonb_build_array(number, first_number))
        ELSE jsonb_strip_nulls(jsonb_build_object(
            'item_name', CASE WHEN held <> coalesce(item, 0)
                THEN jsonb_build_array(held_name, btrim(name || ' ' || strength)) END,
            'form', CASE WHEN completes THEN jsonb_build_array('', file_form) END,
            'route', {change("route", "item_route")},
            'base_unit', {change("base_unit", "item_base_unit")},
            'contents', CASE WHEN contents || item_contents <> item_contents
                THEN jsonb_build_array(item_contents, contents || item_contents) END,
            'maker', CASE WHEN maker_code <> '' AND maker_name_key NOT IN ('', product_maker_key)
                THEN jsonb_build_array(product_maker_name, maker) END,
            'source', CASE WHEN item_unverified AND NOT file_unverified
                OR version_unverified AND source <> '' AND NOT unverified AND version_changes = '{{}}'
                THEN jsonb_build_array('unverified', source) END
        )) || version_changes END AS changes,
        array_remove(ARRAY[
            CASE WHEN sense <> first_sense THEN {_SQL["repeated"]} END,
            CASE WHEN meant_form IS NULL THEN {_SQL["forms"]} END,
            CASE WHEN route <> '' AND route <> file_route THEN {_SQL["route"]} END,
            CASE WHEN base_unit <> '' AND base_unit <> file_base_unit THEN {_SQL["unit"]} END,
            CASE WHEN maker_code <> '' AND maker_name_key NOT IN ('', file_maker_key) THEN {_SQL["maker"]} END,
            CASE WHEN base_unit <> '' AND base_unit <> nullif(item_base_unit, '') THEN {_SQL["counted"]} END,
            CASE WHEN held <> coalesce(item, 0) AND old_pack_size IS NOT NULL THEN {_SQL["moved"]} END,
            CASE WHEN version_changes <> '{{}}' AND starts <= version_from THEN {_SQL["early"]} END
        ], NULL) AS faults
    FROM compared
"""

_PLAN = f"""
    CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
    WITH said AS ({_READ}), coded AS ({_CODED}), in_file AS ({_IN_FILE}), held AS ({_HELD}),
        forms AS ({_FORMS}), placed AS ({_PLACED}), found AS ({_FOUND}), compared AS ({_COMPARED}),
        judged AS ({_JUDGED})
    SELECT judged.*, CASE
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
    SELECT 'name ' || name_key, (array_agg(id ORDER BY code, id))[1] FROM catalogue_maker GROUP BY name_key
"""
_RENAME_MAKERS = f"""
    UPDATE catalogue_maker m SET name = named.maker, name_key = named.maker_name_key
    FROM (SELECT DISTINCT ON (maker_key) maker_key, maker, maker_name_key FROM planned
        WHERE effect IN ('new', 'changed') AND maker <> '' AND maker_code <> '' ORDER BY maker_key, number) named
    JOIN ({_MAKERS}) meant ON meant.maker_key = named.maker_key
    WHERE m.id = meant.id AND m.name_key <> named.maker_name_key
        AND NOT EXISTS (SELECT FROM catalogue_maker o WHERE (o.code, o.name_key) = (m.code, named.maker_name_key))
"""
_ADD_MAKERS = f"""
    INSERT INTO catalogue_maker (name, name_key, code)
    SELECT max(said.name), max(said.name_key), max(said.code)
    FROM (
        SELECT maker_key, maker AS name, maker_name_key AS name_key, maker_code AS code
        FROM planned WHERE effect = 'new' AND key <> ''
        UNION ALL
        SELECT holder_key, holder, substr(holder_key, length('name ') + 1), ''
        FROM planned WHERE effect IN ('new', 'changed') AND holder_key <> ''
    ) said LEFT JOIN ({_MAKERS}) meant USING (maker_key)
    WHERE meant.id IS NULL
    GROUP BY maker_key
"""
_KEEP_ITEMS = """
    INSERT INTO catalogue_itemversion (item_id, number, name, strength, form, route, base_unit, contents, valid_to,
        reason, edited_at, edited_by_id)
    SELECT i.id, (SELECT count(*) + 1 FROM catalogue_itemversion v WHERE v.item_id = i.id), i.name, i.strength, i.form,
        i.route, i.base_unit, i.contents, %(today)s - 1, %(batch)s, %(now)s, %(by)s
    FROM catalogue_item i
    WHERE i.route <> '' AND EXISTS (SELECT FROM planned WHERE planned.item = i.id
        AND planned.effect IN ('new', 'changed') AND planned.route NOT IN ('', i.route))
"""
_COMPLETE_FORMS = """
    UPDATE catalogue_item i SET form = named.form, form_key = named.form_key
    FROM (SELECT DISTINCT ON (item) item, form, form_key FROM planned
        WHERE completes AND form <> '' AND effect IN ('new', 'changed') ORDER BY item, number) named
    WHERE i.id = named.item
"""
_UPSERT_ITEMS = """
    INSERT INTO catalogue_item AS old (kind, code_prefix, name, name_key, strength, strength_key, form, form_key, route,
        base_unit, contents, pinyin, initials, source, unverified)
    SELECT kind, code_prefix, (array_agg(name ORDER BY number))[1], name_key,
        coalesce((array_agg(strength ORDER BY number) FILTER (WHERE strength <> ''))[1], ''), meant_strength,
        coalesce((array_agg(form ORDER BY number) FILTER (WHERE form <> ''))[1], ''), meant_form, max(route),
        max(base_unit), coalesce((array_agg(contents ORDER BY number) FILTER (WHERE contents <> '{}'))[1], '{}'),
        max(pinyin), max(initials),
        coalesce((array_agg(source ORDER BY unverified, number) FILTER (WHERE source <> ''))[1], ''),
        bool_and(unverified OR source = '') AND bool_or(unverified)
    FROM planned WHERE effect IN ('new', 'changed') GROUP BY kind, code_prefix, name_key, meant_strength, meant_form
    ON CONFLICT ON CONSTRAINT item_identity DO UPDATE SET
        route = coalesce(nullif(excluded.route, ''), old.route),
        base_unit = coalesce(nullif(old.base_unit, ''), excluded.base_unit),
        contents = excluded.contents || old.contents,
        source = CASE WHEN old.unverified AND NOT excluded.unverified AND excluded.source <> ''
            THEN excluded.source ELSE old.source END,
        unverified = old.unverified AND (excluded.unverified OR excluded.source = '')
"""
_MEANT_ITEM = """catalogue_item item ON (item.kind, item.code_prefix, item.name_key, item.strength_key, item.form_key)
        = (planned.kind, planned.code_prefix, planned.name_key, planned.meant_strength, planned.meant_form)"""
_MOVE_PRODUCTS = f"""
    UPDATE catalogue_product p SET item_id = item.id
    FROM planned JOIN {_MEANT_ITEM}
    WHERE p.id = planned.coded AND p.item_id <> item.id AND planned.effect = 'changed'
"""
_ADD_PRODUCTS = f"""
    INSERT INTO catalogue_product (key, item_id, maker_id)
    SELECT planned.key, item.id, meant.id
    FROM planned
    JOIN {_MEANT_ITEM}
    JOIN ({_MAKERS}) meant ON meant.maker_key = planned.maker_key
    WHERE planned.key <> '' AND planned.effect = 'new'
"""
_CONFIRM_VERSIONS = """
    UPDATE catalogue_productversion v SET unverified = false, source = planned.source
    FROM planned WHERE v.id = planned.version AND planned.effect = 'changed' AND planned.version_confirmed
"""
_CLOSE_VERSIONS = """
    UPDATE catalogue_productversion v SET valid_to = planned.starts - 1
    FROM planned WHERE v.id = planned.version AND planned.effect = 'changed' AND planned.other_facts
"""
_OPEN_VERSIONS = f"""
    INSERT INTO catalogue_productversion (product_id, number, maker_name, holder_id, brand, national_code,
        approval_number, standard_code, pack_size, pack_unit, containers, valid_from, source, unverified, reason)
    SELECT p.id, coalesce(old.number, 0) + 1,
        coalesce(nullif(planned.maker, ''), old.maker_name, ''), coalesce(meant.id, old.holder_id),
        coalesce(nullif(planned.brand, ''), old.brand, ''),
        coalesce(nullif(planned.national_code, ''), old.national_code, ''),
        coalesce(nullif(planned.approval_number, ''), old.approval_number, ''),
        coalesce(nullif(planned.standard_code, ''), old.standard_code, ''),
        coalesce(planned.pack_size, old.pack_size), coalesce(nullif(planned.pack_unit, ''), old.pack_unit, ''),
        CASE WHEN planned.containers <> '[]' THEN planned.containers
            WHEN planned.pack_size IS NULL THEN coalesce(old.containers, '[]') ELSE '[]' END,
        CASE WHEN old.id IS NULL THEN planned.valid_from ELSE planned.starts END,
        planned.source, CASE WHEN planned.source = '' THEN coalesce(old.unverified, false) ELSE planned.unverified END,
        ''
    FROM planned
    JOIN {_MEANT_ITEM}
    JOIN catalogue_product p ON p.key = planned.key AND p.item_id = item.id
    LEFT JOIN catalogue_productversion old ON old.id = planned.version
    LEFT JOIN ({_MAKERS}) meant ON meant.maker_key = planned.holder_key
    WHERE planned.key <> '' AND (planned.effect = 'new' OR planned.effect = 'changed' AND planned.other_facts)
"""


def plan(batch: CatalogueImport, header: Header, today: date) -> None:
    """Make the temporary table ``planned``: every sound row with its effect, or the faults it has in this catalogue."""
    parameters: dict[str, Any] = {"batch": batch.pk, "today": today}
    for fault in _FAULTS:
        parameters |= fault.parameters(header)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.planned")
        cursor.execute(_PLAN, parameters)
        cursor.execute("ANALYZE planned")


def merge(batch: CatalogueImport, by: Seat, now: datetime) -> None:
    """Write what ``planned`` says into the catalogue."""
    acted: dict[str, Any] = {"batch": batch.reference, "by": by.pk, "now": now, "today": legal_date(now)}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_ITEMS, acted)
        for statement in (
            _RENAME_MAKERS,
            _ADD_MAKERS,
            _COMPLETE_FORMS,
            _UPSERT_ITEMS,
            _MOVE_PRODUCTS,
            _ADD_PRODUCTS,
            _CONFIRM_VERSIONS,
            _CLOSE_VERSIONS,
            _OPEN_VERSIONS,
        ):
            cursor.execute(statement)
