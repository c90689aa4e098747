"""What an imported file of prices would change, and changing it: a few statements, any number of rows.

A running entry without an end that began earlier is ended the day before the new one begins. Any other entry
of the same kind in the same days is a fault of the row that names it.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_noop as _

from accounts.models import Seat
from catalogue.actions.merging import RowFault
from catalogue.models import CatalogueImport
from catalogue.rules import Header

_FAULTS = (
    RowFault("code", "national_code", _("The catalogue has no product with this code.")),
    RowFault("name", "item_name", _("The catalogue has no such item or product.")),
    RowFault(
        "several",
        "item_name",
        _("%(count)s things fit; add strength, form, maker, brand or pack, or give the code."),
        {"count": "count"},
    ),
    RowFault("place", "region", _("No region has this code or name."), cell="region_said"),
    RowFault(
        "places",
        "region",
        _("Several regions have this name; give the code, or the full name such as 湖北省武汉市."),
        cell="region_said",
    ),
    RowFault(
        "units",
        "units",
        _("The pack of this product is not known: say for how many base units the price is."),
        cell="units::text",
    ),
    RowFault(
        "row",
        "valid_from",
        _("Row %(row)s has another price for the same days."),
        {"row": "other_row"},
        cell="valid_from::text",
    ),
    RowFault(
        "entry",
        "valid_from",
        _("Overlaps with the price %(price)s from %(from)s to %(to)s (%(source)s)."),
        {
            "price": "trim_scale(entry_price)::text",
            "from": "entry_from",
            "to": "coalesce(entry_to::text, '…')",
            "source": "entry_source",
        },
        cell="valid_from::text",
    ),
)
# A code decides alone which product is meant; what the row says of it besides must be so: by column, what the row says
# and what the catalogue has, as they are compared and as they are told.
_HELD = (
    ("item_name", "name_key", "held_name_key", "item_name", "held_name"),
    ("strength", "strength_key", "held_strength_key", "strength_said", "held_strength"),
    ("form", "form_key", "held_form_key", "form_said", "held_form"),
    ("brand", "brand", "held_brand", "brand", "held_brand"),
    ("pack_size", "pack_size::text", "held_pack::text", "pack_size::text", "held_pack::text"),
)
_OF_ANOTHER = _("The code is that of “%(other)s”; correct the row, or leave this cell empty.")
_CONTRADICTED = (
    *(RowFault(f"held_{field}", field, _OF_ANOTHER, {"other": has}, cell=said) for field, _s, _h, said, has in _HELD),
    RowFault("held_maker", "maker", _OF_ANOTHER, {"other": "held_maker"}, cell="maker_said"),
)
_SQL = {fault.name: fault.sql for fault in (*_FAULTS, *_CONTRADICTED)}
_SAYS_ANOTHER = ",\n        ".join(
    f"CASE WHEN {held} <> '' AND {said} NOT IN ('', {held}) THEN {_SQL[f'held_{field}']} END"
    for field, said, held, _told, _has in _HELD
)

_READ = """
    SELECT s.id AS staged, s.number, v.kind, coalesce(v.national_code, '') AS national_code,
        coalesce(v.item_name, '') AS item_name, coalesce(v.name_key, '') AS name_key,
        coalesce(v.strength_key, '') AS strength_key, coalesce(v.form_key, '') AS form_key,
        coalesce(v.maker_name_key, '') AS maker_name_key, coalesce(v.brand, '') AS brand, v.pack_size,
        coalesce(v.strength, '') AS strength_said, coalesce(v.form, '') AS form_said,
        coalesce(v.maker, '') AS maker_said,
        coalesce(v.maker, v.brand, v.pack_size::text, '') <> '' AS names_product,
        coalesce(v.region, '') AS region_said, v.price, v.units, v.valid_from, v.valid_to, v.source,
        coalesce(v.unverified, false) AS unverified
    FROM catalogue_stagedrow s
    CROSS JOIN LATERAL jsonb_to_record(s."values") AS v(
        kind text, national_code text, item_name text, name_key text, strength text, strength_key text, form text,
        form_key text, maker text, maker_name_key text, brand text, pack_size integer, region text, price numeric,
        units integer, valid_from date, valid_to date, source text, unverified boolean)
    WHERE s.batch_id = %(batch)s AND s.effect <> 'faulty'
"""

# Which items and products a row may mean. A code decides alone; else name and strength, and what it says of a product.
_MEANT = """
    SELECT said.number, p.item_id AS item, p.id AS product, v.pack_size FROM said
    JOIN catalogue_productversion v ON v.national_code = said.national_code AND v.valid_to IS NULL
    JOIN catalogue_product p ON p.id = v.product_id
    WHERE said.national_code <> ''
    UNION ALL
    SELECT said.number, i.id, NULL, NULL FROM said
    JOIN catalogue_item i ON i.name_key = said.name_key AND said.strength_key IN ('', i.strength_key)
        AND said.form_key IN ('', i.form_key)
    WHERE said.national_code = '' AND NOT said.names_product
    UNION ALL
    SELECT said.number, i.id, p.id, v.pack_size FROM said
    JOIN catalogue_item i ON i.name_key = said.name_key AND said.strength_key IN ('', i.strength_key)
        AND said.form_key IN ('', i.form_key)
    JOIN catalogue_product p ON p.item_id = i.id
    JOIN catalogue_productversion v ON v.product_id = p.id AND v.valid_to IS NULL
    JOIN catalogue_maker m ON m.id = p.maker_id
    WHERE said.national_code = '' AND said.names_product AND said.maker_name_key IN ('', m.name_key, m.code)
        AND said.brand IN ('', v.brand) AND coalesce(said.pack_size = v.pack_size, said.pack_size IS NULL)
"""

# Every way to name a region, with its code: none where a short name is that of several.
_PLACES = """
    SELECT code AS place, code FROM accounts_region
    UNION SELECT full_name, code FROM accounts_region
    UNION SELECT name_en, code FROM accounts_region WHERE name_en <> ''
    UNION SELECT name, CASE WHEN count(*) = 1 THEN min(code) END FROM accounts_region GROUP BY name
"""

_FOUND = """
    SELECT said.*, coalesce(counted.count, 0) AS count, counted.item, counted.product, places.code AS region,
        places.place IS NOT NULL AND places.code IS NULL AS region_of_several,
        coalesce(said.units, CASE WHEN counted.product IS NULL THEN 1 ELSE counted.known_pack END) AS per,
        daterange(said.valid_from, said.valid_to, '[]') AS days,
        i.name_key AS held_name_key, i.name AS held_name, i.strength_key AS held_strength_key,
        i.strength AS held_strength, i.form_key AS held_form_key, i.form AS held_form, v.brand AS held_brand,
        v.pack_size AS held_pack, m.name AS held_maker, m.name_key = '' OR said.maker_said = v.maker_name
            OR said.maker_name_key IN ('', m.name_key, m.code, coalesce(h.name_key, '')) AS is_of_maker
    FROM said
    LEFT JOIN (SELECT number, count(*) AS count, min(item) AS item, min(product) AS product,
        min(pack_size) AS known_pack FROM meant GROUP BY number) counted ON counted.number = said.number
    LEFT JOIN catalogue_product p ON p.id = counted.product AND said.national_code <> ''
    LEFT JOIN catalogue_productversion v ON v.product_id = p.id AND v.valid_to IS NULL
    LEFT JOIN catalogue_item i ON i.id = p.item_id
    LEFT JOIN catalogue_maker m ON m.id = p.maker_id
    LEFT JOIN catalogue_maker h ON h.id = v.holder_id
    LEFT JOIN places ON places.place = coalesce(nullif(said.region_said, ''), %(region)s)
"""

# An earlier row of the file with a price of the same thing, kind and region for the same days.
_EARLIER = """
    SELECT DISTINCT ON (f.number) f.number, o.number AS other_row,
        (o.days, o.price, o.per) = (f.days, f.price, f.per) AS identical
    FROM found f
    JOIN found o ON (o.item, coalesce(o.product, 0), o.kind, o.region)
        = (f.item, coalesce(f.product, 0), f.kind, f.region)
    WHERE o.number < f.number AND o.days && f.days AND f.count = 1 AND o.count = 1
    ORDER BY f.number, identical, o.number
"""

# The entry of the register that is in the row's way, if any.
_COMPARED = """
    SELECT found.*, earlier.other_row, earlier.identical AS row_repeated,
        entry.price AS entry_price, entry.valid_from AS entry_from, entry.valid_to AS entry_to,
        entry.source AS entry_source, entry.identical AS entry_there,
        CASE WHEN entry.valid_to IS NULL AND entry.valid_from < found.valid_from THEN entry.id END AS superseded
    FROM found
    LEFT JOIN earlier ON earlier.number = found.number
    LEFT JOIN LATERAL (
        SELECT e.*, (e.valid_from, e.price, e.units) = (found.valid_from, found.price, found.per)
            AND (found.valid_to IS NULL OR e.valid_to = found.valid_to) IS TRUE AS identical
        FROM catalogue_priceentry e
        WHERE found.count = 1 AND e.item_id = found.item
            AND coalesce(e.product_id, 0) = coalesce(found.product, 0)
            AND e.kind = found.kind AND e.region_id = found.region
            AND daterange(e.valid_from, e.valid_to, '[]') && found.days
        ORDER BY identical DESC, e.valid_from DESC LIMIT 1
    ) entry ON true
"""

_JUDGED = f"""
    SELECT compared.*,
        jsonb_strip_nulls(jsonb_build_object('price', CASE WHEN superseded IS NOT NULL
            THEN jsonb_build_array(trim_scale(entry_price)::text, trim_scale(price)::text) END)) AS changes,
        array_remove(ARRAY[
        CASE WHEN count = 0 AND national_code <> '' THEN {_SQL["code"]} END,
        CASE WHEN count = 0 AND national_code = '' THEN {_SQL["name"]} END,
        CASE WHEN count > 1 THEN {_SQL["several"]} END,
        {_SAYS_ANOTHER},
        CASE WHEN NOT is_of_maker THEN {_SQL["held_maker"]} END,
        CASE WHEN region IS NULL AND NOT region_of_several THEN {_SQL["place"]} END,
        CASE WHEN region_of_several THEN {_SQL["places"]} END,
        CASE WHEN count = 1 AND per IS NULL THEN {_SQL["units"]} END,
        CASE WHEN NOT row_repeated THEN {_SQL["row"]} END,
        CASE WHEN NOT entry_there AND superseded IS NULL THEN {_SQL["entry"]} END
    ], NULL) AS faults
    FROM compared
"""

_PLAN = f"""
    CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
    WITH said AS ({_READ}), meant AS ({_MEANT}), places AS ({_PLACES}), found AS MATERIALIZED ({_FOUND}),
        earlier AS ({_EARLIER}), compared AS ({_COMPARED}), judged AS ({_JUDGED})
    SELECT judged.*, CASE
        WHEN faults <> '{{}}' THEN 'faulty'
        WHEN entry_there OR row_repeated THEN 'same'
        WHEN superseded IS NOT NULL THEN 'changed'
        ELSE 'new' END AS effect
    FROM judged
"""

_END_RUNNING = """
    UPDATE catalogue_priceentry e SET valid_to = planned.valid_from - 1
    FROM planned WHERE e.id = planned.superseded AND planned.effect = 'changed'
"""
_ADD = """
    INSERT INTO catalogue_priceentry (item_id, product_id, kind, region_id, price, units, valid_from, valid_to,
        source, unverified, visibility, parties, recorded_at, recorded_by_id)
    SELECT item, product, kind, region, price, per, valid_from, valid_to, source, unverified, 'public', '{}', %(now)s,
        %(by)s
    FROM planned WHERE effect IN ('new', 'changed') ORDER BY number
"""


def plan(batch: CatalogueImport, header: Header, default_region: str) -> None:
    """Make the temporary table ``planned``: every sound row with its effect, or the faults it has in this register.

    A row without a region is for ``default_region``.
    """
    parameters: dict[str, Any] = {"batch": batch.pk, "region": default_region}
    for fault in (*_FAULTS, *_CONTRADICTED):
        parameters |= fault.parameters(header)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.planned")
        cursor.execute(_PLAN, parameters)


def merge(by: Seat, now: datetime) -> None:
    """Write what ``planned`` says into the price register."""
    with connection.cursor() as cursor:
        cursor.execute(_END_RUNNING)
        cursor.execute(_ADD, {"by": by.pk, "now": now})
