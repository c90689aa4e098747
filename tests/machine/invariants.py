"""What must hold after every act, asked of the tables themselves: the model decides nothing here.

``observed`` is what the tables show of the state, to be compared with the model, and which promises are broken, in
one statement. ``told`` asks at the end of an example for what takes longer: signatures, the trail, secrets.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from core.trail import link_waiting
from oversight.verification import chain, documents, rows
from oversight.verification.heads import Heads
from oversight.verification.reading import Fault

# A sentence that must never be true, and the rows that would make it true.
BROKEN = {
    "a bid was received at the deadline or later": """
        tenders_bidversion v JOIN tenders_tender t ON t.id = v.tender_id WHERE v.received_at >= t.deadline""",
    "a bid was received after the close": """
        tenders_bidversion v JOIN tenders_close c USING (tender_id) WHERE v.received_at >= c.closed_at""",
    "the close and the tender name two deadlines": """
        tenders_close c JOIN tenders_tender t ON t.id = c.tender_id
        WHERE split_part(convert_from(c.document, 'UTF8'), E'\\n', 1)::jsonb->>'deadline'
            <> to_char(t.deadline AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "the close came before the deadline": """
        tenders_close c JOIN tenders_tender t ON t.id = c.tender_id WHERE c.closed_at < t.deadline""",
    "one person made a change alone": """
        tenders_change c JOIN accounts_seat a ON a.id = c.proposed_by_id JOIN accounts_seat b ON b.id = c.approved_by_id
        WHERE a.person_id = b.person_id""",
    "a deadline was shortened": """
        tenders_change WHERE status = 'approved' AND deadline <= deadline_before""",
    "one person holds two parts that exclude each other": """
        (
            SELECT s.person_id FROM tenders_opener o JOIN accounts_seat s ON s.id = o.seat_id
            UNION ALL SELECT s.person_id FROM tenders_evaluator e JOIN accounts_seat s ON s.id = e.seat_id
            UNION ALL SELECT s.person_id FROM tenders_tender t JOIN accounts_seat s ON s.id = t.published_by_id
            UNION ALL SELECT DISTINCT s.person_id FROM awards_decision a JOIN accounts_seat s ON s.id = a.awarded_by_id
        ) parts GROUP BY person_id HAVING count(*) > 1""",
    "something was asked for, released or opened before the close": """
        tenders_openingrequest r LEFT JOIN tenders_close c USING (tender_id)
        WHERE c.id IS NULL OR r.requested_at < c.closed_at
            OR EXISTS (SELECT FROM tenders_release WHERE request_id = r.id AND released_at < r.requested_at)
            OR EXISTS (SELECT FROM tenders_openedenvelope WHERE request_id = r.id AND opened_at < r.requested_at)""",
    "prices were asked for before the technical result was final": """
        tenders_openingrequest r JOIN tenders_lot l ON l.id = r.lot_id
        LEFT JOIN tenders_technicalresult f ON f.id = l.technical_result_id
        WHERE r.envelope = 'commercial' AND (f.final_at > r.requested_at) IS NOT FALSE""",
    "prices were asked for while somebody waited for an answer": """
        tenders_openingrequest r JOIN tenders_objection o USING (lot_id)
        WHERE r.envelope = 'commercial' AND o.filed_at < r.requested_at
            AND (o.answered_at <= r.requested_at) IS NOT TRUE""",
    "prices were asked for of other bids than those that passed": """
        tenders_openingrequest r JOIN tenders_lot l ON l.id = r.lot_id
        JOIN tenders_technicalresult f ON f.id = l.technical_result_id WHERE r.envelope = 'commercial' AND (
            SELECT jsonb_agg(entry->'bid') FROM jsonb_array_elements(
                split_part(convert_from(r.document, 'UTF8'), E'\\n', 1)::jsonb->'list') AS entry
        ) IS DISTINCT FROM (
            SELECT jsonb_agg(b.reference ORDER BY b.reference COLLATE "C") FROM tenders_qualification q
            JOIN tenders_bid b ON b.id = q.bid_id WHERE q.result_id = f.id AND q.verdict = 'qualified')""",
    "a result was published that not every evaluator had signed": """
        tenders_technicalresult r WHERE EXISTS (
            SELECT FROM tenders_evaluator e JOIN tenders_lot l ON l.id = r.lot_id AND l.tender_id = e.tender_id
            WHERE e.replaced_at IS NULL AND NOT EXISTS (
                SELECT FROM tenders_evaluationsignature s
                WHERE s.evaluator_id = e.id AND s.lot_id = r.lot_id AND s.round = r.round
                    AND s.signed_at <= r.published_at))""",
    "the price of a bid that did not pass was opened": """
        tenders_openedenvelope e JOIN tenders_bid b ON b.id = e.bid_id JOIN tenders_lot l ON l.id = b.lot_id
        LEFT JOIN tenders_qualification q ON q.bid_id = e.bid_id AND q.result_id = l.technical_result_id
        WHERE e.envelope = 'commercial' AND (q.verdict = 'qualified') IS NOT TRUE""",
    "a lot stands still, or goes on, against its holds": """
        tenders_objection o FULL JOIN tenders_hold h ON h.lot_id = o.lot_id AND h.reference = o.reference
        WHERE (o.answered_at IS NOT DISTINCT FROM h.lifted_at AND o.filed_at = h.held_at) IS NOT TRUE""",
    "a key went while a result could still be objected to": """
        tenders_keydestruction k, tenders_lot l JOIN tenders_technicalresult f ON f.id = l.technical_result_id
        WHERE l.ending <> 'cancelled' AND k.destroyed_at < f.final_at""",
    "an envelope was opened by too few": """
        tenders_openedenvelope e JOIN tenders_openingrequest r ON r.id = e.request_id
        JOIN tenders_tender t ON t.id = r.tender_id
        WHERE (SELECT count(*) FROM tenders_release WHERE request_id = r.id) < t.openers_needed""",
    "another version than the last was opened, or one that does not count": """
        tenders_openedenvelope e JOIN tenders_bidversion v ON v.id = e.version_id
        JOIN tenders_tender t ON t.id = v.tender_id
        WHERE v.kind <> 'bid' OR v.terms <> t.terms OR v.bid_id <> e.bid_id
            OR EXISTS (SELECT FROM tenders_bidversion WHERE bid_id = v.bid_id AND number > v.number)""",
    "a version has no receipt": """
        tenders_bidversion v LEFT JOIN tenders_receipt r ON r.version_id = v.id WHERE r.id IS NULL""",
    "an envelope is gone while openers could still open it, or kept after that": """
        tenders_bidversion v CROSS JOIN (
            SELECT count(*) - (SELECT count(*) FROM tenders_keydestruction) < min(t.openers_needed) AS gone
            FROM tenders_opener o JOIN tenders_tender t ON t.id = o.tender_id
        ) keys
        CROSS JOIN LATERAL (
            VALUES ('technical', technical IS NULL), ('commercial', commercial IS NULL)) f (kind, absent)
        WHERE v.kind = 'bid' AND absent <> (keys.gone AND NOT EXISTS (
            SELECT FROM tenders_openedenvelope WHERE version_id = v.id AND envelope = f.kind))""",
    "a lot was awarded in its standstill, against an objection, or to another than the first": """
        awards_decision d JOIN awards_award a ON a.decision_id = d.id
        LEFT JOIN tenders_bid b ON b.reference = a.bid LEFT JOIN tenders_ranking r ON r.bid_id = b.id
        WHERE (r.rank = 1) IS NOT TRUE OR d.awarded_at < d.standstill_until OR d.awarded_at IS NOT NULL AND EXISTS (
            SELECT FROM tenders_objection WHERE lot_id = d.lot_id AND (answered_at <= d.awarded_at) IS NOT TRUE)""",
    "a lot stands where its facts do not": """
        tenders_lot l LEFT JOIN awards_decision d ON d.lot_id = l.id AND d.status <> 'withdrawn'
        WHERE l.status = 'evaluated' AND l.technical_result_id IS NULL
            OR l.status = 'opened' AND NOT EXISTS (SELECT FROM tenders_ranking WHERE lot_id = l.id)
            OR l.status = 'opened' AND d.status <> 'proposed'
            OR (l.ending = 'awarded') <> (d.awarded_at IS NOT NULL)
            OR d.status IN ('proposed', 'awarded') AND NOT EXISTS (
                SELECT FROM awards_award WHERE decision_id = d.id AND place = 1)""",
    "the trail has another number of acts than the tables": """
        (
            SELECT 'bid.received' verb, count(*) acts FROM tenders_bidversion WHERE kind = 'bid'
            UNION ALL SELECT 'bid.withdrawn', count(*) FROM tenders_bidversion WHERE kind = 'withdrawal'
            UNION ALL SELECT 'bid.refused', count(*) FROM tenders_receipt WHERE kind = 'refusal'
            UNION ALL SELECT 'tender.closed', count(*) FROM tenders_close
            UNION ALL SELECT 'tender.change_proposed', count(*) FROM tenders_change
            UNION ALL SELECT 'tender.change_declined', count(*) FROM tenders_change WHERE status = 'declined'
            UNION ALL SELECT 'tender.extended', count(deadline) FROM tenders_change WHERE status = 'approved'
            UNION ALL SELECT 'tender.amended', count(*) - 1 FROM tenders_tendernotice
            UNION ALL SELECT 'opening.requested', count(*) FROM tenders_openingrequest
            UNION ALL SELECT 'evaluation.signed', count(*) FROM tenders_evaluationsignature
            UNION ALL SELECT 'result.published', count(*) FROM tenders_technicalresult
            UNION ALL SELECT 'objection.filed', count(*) FROM tenders_objection
            UNION ALL SELECT 'objection.answered', count(answered_at) FROM tenders_objection
            UNION ALL SELECT 'award.proposed', count(*) FROM awards_decision
            UNION ALL SELECT 'lot.awarded', count(awarded_at) FROM awards_decision
            UNION ALL SELECT 'lot.ended', count(*) FROM tenders_lot WHERE status = 'ended' AND ending <> 'cancelled'
            UNION ALL SELECT 'opener.key_destroyed', count(*) FROM tenders_keydestruction
        ) kept LEFT JOIN (SELECT verb, count(*) told FROM core_event GROUP BY verb) trail USING (verb)
        WHERE acts <> coalesce(told, 0)""",
}
_OBSERVED = """
    SELECT jsonb_build_object(
        'deadline', to_char(t.deadline AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        'cancelled', t.status = 'cancelled',
        'closed', EXISTS (SELECT FROM tenders_close),
        'lots', (SELECT jsonb_agg(jsonb_build_array(status, ending) ORDER BY number) FROM tenders_lot),
        'proposed', (
            SELECT count(*) FROM awards_decision d JOIN tenders_lot l ON l.id = d.lot_id
            WHERE d.status = 'proposed' AND l.status = 'opened'),
        'standing', (
            SELECT jsonb_agg(v.bid_id ORDER BY v.bid_id) FROM tenders_bidversion v
            WHERE kind = 'bid' AND terms = t.terms
                AND number = (SELECT max(number) FROM tenders_bidversion WHERE bid_id = v.bid_id)),
        'counted', (SELECT count FROM tenders_close),
        'versions', (SELECT count(*) FROM tenders_bidversion),
        'receipts', (SELECT count(*) FROM tenders_receipt),
        'changes', (SELECT jsonb_agg(status ORDER BY number) FROM tenders_change),
        'opened', (
            SELECT jsonb_agg(jsonb_build_array(bid_id, envelope, outcome = 'opened') ORDER BY bid_id, envelope)
            FROM tenders_openedenvelope),
        'passed', (
            SELECT jsonb_agg(q.bid_id ORDER BY q.bid_id) FROM tenders_qualification q
            JOIN tenders_lot l ON l.technical_result_id = q.result_id WHERE verdict = 'qualified'),
        'waiting', (SELECT count(*) FROM tenders_objection WHERE answer = ''),
        'broken', (SELECT jsonb_agg(what) FROM ({broken}) found (what))
    ) FROM tenders_tender t
"""
# Rows that no act of a tender writes, and that are many.
NOT_OF_TENDERS = ("core_calendarday", "accounts_region", "core_rowrecord", "core_link", "core_unlinked", "django_")


_LOOKS = (f"SELECT $${what}$$ WHERE EXISTS (SELECT FROM {rows})" for what, rows in BROKEN.items())
# Asked so often that the driver lets the database plan it once.
_STATEMENT = _OBSERVED.format(broken=" UNION ALL ".join(_LOOKS))


def observed() -> dict[str, Any]:
    """What the tables show of the only tender, and under ``broken`` the sentences that have become true."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT)
        shown = cursor.fetchone()[0]
    return json.loads(shown) if isinstance(shown, str) else shown


def told(secrets: Iterable[str]) -> Iterator[str]:
    """What is wrong with the rows, the signed documents and the chain; and where a secret lies in the clear."""
    link_waiting()
    heads = Heads()
    faults: list[Fault] = [*chain.verify(heads, {}), *rows.verify({}), *documents.verify({})]
    yield from map(str, faults)
    yield from (f"{table} holds a price that nobody has opened" for table in tables_with(list(secrets)))


def tables_with(secrets: list[str]) -> list[str]:
    """The tables in which one of the texts stands, as text or as bytes."""
    if not secrets:
        return []
    pattern = "|".join(form for secret in secrets for form in (secret.replace(".", r"\."), secret.encode().hex()))
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        tables = [name for name in names if not name.startswith(NOT_OF_TENDERS)]
        looks = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name} one WHERE one::text ~ %(any)s)" for name in tables]
        cursor.execute(" UNION ALL ".join(looks), {"any": pattern})
        return [name for (name,) in cursor.fetchall()]
