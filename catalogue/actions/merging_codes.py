"""What a list of disabled or remapped codes would change, and changing it: a few statements, any number of rows.

A remapped code keeps its product: that has the new code from the day on, in a version of its own. Where several old
codes lead to one new, or another product has the new code already, that one is what they all mean from then on, and
the others stay as they were, for what was ordered by them. Chains lead to their end; circles are faults of their rows.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_noop as _

from accounts.models import Seat
from catalogue.actions.merging import RowFault
from catalogue.models import CatalogueImport, ProductVersion
from catalogue.rules import Header, Layout, ParsedCode

_FAULTS = (
    RowFault("repeated", "code", _("Row %(row)s says something else about the same code."), {"row": "first_number"}),
    RowFault(
        "circle",
        "new_code",
        _("Followed from code to code, this leads back to where it began: %(path)s."),
        {"path": "path"},
    ),
    RowFault(
        "other",
        "new_code",
        _("The code is remapped to %(other)s since %(day)s; take that back first."),
        {"other": "running_to", "day": "running_from"},
    ),
    RowFault(
        "early",
        "valid_from",
        _("The current version holds from %(day)s; a change must begin on a later day."),
        {"day": "version_from"},
        cell="starts::text",
    ),
    RowFault("late", "valid_from", _("A change of a code takes effect today or earlier."), cell="starts::text"),
    RowFault(
        "before",
        "valid_from",
        _("This was said of the code until %(day)s; choose a later day."),
        {"day": "past_to"},
        cell="starts::text",
    ),
)
_SQL = {fault.name: fault.sql for fault in _FAULTS}

_SAID = """
    CREATE TEMPORARY TABLE said_codes (staged bigint, number integer, code text, new_code text, starts date,
        reason text, source text) ON COMMIT DROP
"""
_FROM_FILE = """
    INSERT INTO said_codes
    SELECT s.id, s.number, v.code, coalesce(v.new_code, ''), coalesce(v.valid_from, %(today)s),
        coalesce(v.reason, ''), coalesce(v.source, '')
    FROM catalogue_stagedrow s
    CROSS JOIN LATERAL jsonb_to_record(s."values") AS v(code text, new_code text, valid_from date, reason text,
        source text)
    WHERE s.batch_id = %(batch)s AND s.effect <> 'faulty'
"""
_FROM_ROWS = """
    INSERT INTO said_codes
    SELECT NULL, v.number, v.code, v.new_code, coalesce(v.starts, %(today)s), v.reason, v.source
    FROM unnest(%(codes)s::text[], %(new_codes)s::text[], %(days)s::date[], %(reasons)s::text[], %(sources)s::text[])
        WITH ORDINALITY AS v(code, new_code, starts, reason, source, number)
"""

# Where each code leads: what the rows say, and what was said before.
_EDGES = """
    SELECT * FROM (SELECT DISTINCT ON (code) code, new_code FROM said_codes WHERE new_code <> '' ORDER BY code, number)
        AS first_said
    UNION ALL
    SELECT c.code, c.leads_to FROM catalogue_productcode c
    WHERE c.status = 'remapped' AND c.valid_to IS NULL
        AND NOT EXISTS (SELECT FROM said_codes s WHERE s.code = c.code AND s.new_code <> '')
"""
_WALK = """
    SELECT DISTINCT code AS start, code AS place, 0 AS steps FROM said_codes WHERE new_code <> ''
    UNION ALL
    SELECT walk.start, edges.new_code, walk.steps + 1 FROM walk JOIN edges ON edges.code = walk.place
"""
_LEADS = """
    SELECT start, (array_agg(place ORDER BY steps DESC))[1] AS leads_to, bool_or(turned) AS turns,
        string_agg(place, ' → ' ORDER BY steps) AS path
    FROM walk GROUP BY start
"""
_FOUND = """
    SELECT s.*, CASE WHEN s.new_code = '' THEN 'disabled' ELSE 'remapped' END AS status,
        coalesce(leads.leads_to, '') AS leads_to, coalesce(leads.turns, false) AS turns, leads.path,
        first_value(s.number) OVER same_code AS first_number, first_value(s.new_code) OVER same_code AS first_new,
        running.id AS running, running.remapped_to AS running_to, running.valid_from AS running_from,
        past.valid_to AS past_to, own.id AS own, target.id AS target,
        cur.id AS version, cur.valid_from AS version_from
    FROM said_codes s
    LEFT JOIN leads ON leads.start = s.code AND s.new_code <> ''
    LEFT JOIN catalogue_productcode running ON running.code = s.code AND running.valid_to IS NULL
        AND running.status = CASE WHEN s.new_code = '' THEN 'disabled' ELSE 'remapped' END
    LEFT JOIN (SELECT code, status, max(valid_to) AS valid_to FROM catalogue_productcode GROUP BY code, status) past
        ON past.code = s.code AND past.status = CASE WHEN s.new_code = '' THEN 'disabled' ELSE 'remapped' END
    LEFT JOIN catalogue_product own ON own.key = s.code
    LEFT JOIN catalogue_product target ON target.key = leads.leads_to
    LEFT JOIN catalogue_productversion cur ON cur.product_id = own.id AND cur.valid_to IS NULL
    WINDOW same_code AS (PARTITION BY s.code, s.new_code = '' ORDER BY s.number)
"""
# Which product a code means from then on: who has the new code, else the first whose code leads there.
_HEIRS = """
    SELECT found.*, CASE WHEN new_code = '' THEN own
        ELSE coalesce(target, first_value(own) OVER (PARTITION BY leads_to ORDER BY own IS NULL, number)) END AS heir
    FROM found
"""
_JUDGED = f"""
    SELECT heirs.*, own IS NOT NULL AND own = heir AND new_code <> '' AND running IS NULL AS takes,
        jsonb_strip_nulls(jsonb_build_object(
            'row', CASE WHEN number <> first_number THEN jsonb_build_array(number, first_number) END,
            'national_code', CASE WHEN new_code <> '' THEN jsonb_build_array(heirs.code, leads_to) END,
            'product', CASE WHEN heir IS NOT NULL THEN jsonb_build_array(
                nullif(p.reference, r.reference), r.reference || ' · ' || btrim(i.name || ' ' || i.strength)) END
        )) AS changes,
        array_remove(ARRAY[
            CASE WHEN new_code <> first_new THEN {_SQL["repeated"]} END,
            CASE WHEN turns AND running IS NULL THEN {_SQL["circle"]} END,
            CASE WHEN running_to <> new_code THEN {_SQL["other"]} END,
            CASE WHEN running IS NULL AND past_to >= starts THEN {_SQL["before"]} END,
            CASE WHEN own = heir AND new_code <> '' AND running IS NULL AND NOT turns AND starts <= version_from
                THEN {_SQL["early"]} END,
            CASE WHEN starts > %(today)s THEN {_SQL["late"]} END
        ], NULL) AS faults
    FROM heirs
    LEFT JOIN catalogue_product p ON p.id = own
    LEFT JOIN catalogue_product r ON r.id = heir
    LEFT JOIN catalogue_item i ON i.id = r.item_id
"""
_PLAN = f"""
    CREATE TEMPORARY TABLE planned ON COMMIT DROP AS
    WITH RECURSIVE edges AS ({_EDGES}),
        walk AS ({_WALK}) CYCLE place SET turned USING places,
        leads AS ({_LEADS}), found AS ({_FOUND}), heirs AS ({_HEIRS}), judged AS ({_JUDGED})
    SELECT judged.*, CASE
        WHEN faults <> '{{}}' THEN 'faulty'
        WHEN running IS NOT NULL OR number <> first_number THEN 'same'
        WHEN heir IS NOT NULL THEN 'changed'
        ELSE 'new' END AS effect
    FROM judged
"""

_RETARGET = """
    UPDATE catalogue_productcode c SET leads_to = planned.leads_to, product_id = coalesce(planned.heir, c.product_id)
    FROM planned
    WHERE c.leads_to = planned.code AND c.valid_to IS NULL AND planned.new_code <> ''
        AND planned.effect IN ('new', 'changed')
"""
_ADD = """
    INSERT INTO catalogue_productcode (code, status, remapped_to, leads_to, product_id, valid_from, reason, source,
        recorded_at, recorded_by_id, end_reason)
    SELECT code, status, new_code, leads_to, heir, starts, reason, source, %(now)s, %(by)s, ''
    FROM planned WHERE effect IN ('new', 'changed') ORDER BY number
"""
_CLOSE_VERSIONS = """
    UPDATE catalogue_productversion v SET valid_to = planned.starts - 1
    FROM planned WHERE v.id = planned.version AND planned.takes AND planned.effect = 'changed'
"""
_AS_BEFORE = ", ".join(
    str(field.column)
    for field in ProductVersion._meta.concrete_fields
    if field.name not in ("id", "number", "national_code", "valid_from", "valid_to", "reason", "edited_at", "edited_by")
)
_OPEN_VERSIONS = f"""
    INSERT INTO catalogue_productversion (number, national_code, valid_from, reason, edited_at, edited_by_id,
        {_AS_BEFORE})
    SELECT number + 1, leads_to, starts, why, %(now)s, %(by)s, {_AS_BEFORE}
    FROM (SELECT version, leads_to, starts, coalesce(nullif(reason, ''), nullif(source, ''), %(reference)s) AS why
        FROM planned WHERE takes AND effect = 'changed') taken
    JOIN catalogue_productversion v ON v.id = taken.version
"""
_REKEY = """
    UPDATE catalogue_product p SET key = planned.leads_to
    FROM planned WHERE p.id = planned.own AND planned.takes AND planned.effect = 'changed'
"""


def plan(batch: CatalogueImport, header: Header, today: date) -> None:
    """Make the temporary table ``planned``: every sound row of a list with its effect, or its faults."""
    column = "old_code" if header.layout is Layout.REMAPPED_CODES else "disabled_code"
    _plan(_FROM_FILE, {"batch": batch.pk, "today": today}, Header(header.layout, _named(header.columns, column)))


def plan_rows(rows: Iterable[ParsedCode], today: date) -> list[tuple[int, list[dict[str, Any]]]]:
    """The same for rows that come from a page or a program; returns the faults of each row that has some."""
    said = list(rows)
    given = {
        "codes": [row.code for row in said],
        "new_codes": [row.new_code for row in said],
        "days": [row.valid_from for row in said],
        "reasons": [row.reason for row in said],
        "sources": [row.source for row in said],
    }
    _plan(_FROM_ROWS, {**given, "today": today}, Header(Layout.REMAPPED_CODES, {}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, to_jsonb(faults) FROM planned WHERE effect = 'faulty' ORDER BY number")
        return [(number, json.loads(faults)) for number, faults in cursor.fetchall()]


def merge(by: Seat, now: datetime, reference: str = "") -> None:
    """Write what ``planned`` says; a version whose row gives no reason names ``reference``, the import."""
    acted: dict[str, Any] = {"by": by.pk, "now": now, "reference": reference}
    with connection.cursor() as cursor:
        for statement in (_RETARGET, _ADD, _CLOSE_VERSIONS, _OPEN_VERSIONS, _REKEY):
            cursor.execute(statement, acted)


def _plan(source: str, given: dict[str, Any], header: Header) -> None:
    parameters = {"today": given["today"]}
    for fault in _FAULTS:
        parameters |= fault.parameters(header)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.planned, pg_temp.said_codes")
        cursor.execute(_SAID)
        cursor.execute(source, given)
        cursor.execute("ANALYZE said_codes")
        cursor.execute(_PLAN, parameters)


def _named(columns: Any, column: str) -> dict[str, str]:
    """The headings of a file, with that of the code itself by the name that faults call it."""
    return {**columns, "code": columns[column]}
