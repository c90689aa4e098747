"""An order and a submission as somebody would write them who knows nothing but the tables: the yardstick."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import psycopg

from accounts.models import Seat
from contracts.models import Contract
from core.money import line_amount
from core.origin import place
from tenders.models import BidVersion

HERE = place("127.0.0.1")
# As many words as an order is found by.
TOKENS = [f"word{number}" for number in range(20)]
_ACT = "SELECT set_config('procurement.organisation', %s, true), set_config('procurement.seat', %s, true)"
# Volume, product, price a pack, base units a pack.
Volume = tuple[int, int, Decimal, int]


def place_by_hand(web: psycopg.Connection, contract: Contract, seat: Seat, volumes: list[Volume]) -> None:
    """Key, draw, order, lines, event, search entry, message, answer: the rows the API writes, in one transaction."""
    now = datetime.now(UTC)
    keys, products, prices, sizes = (list(column) for column in zip(*volumes, strict=True))
    packs = list(range(1, len(volumes) + 1))
    amounts = [line_amount(price, count) for count, price in zip(packs, prices, strict=True)]
    with web.transaction():
        key = uuid4().hex
        web.execute(_ACT, [str(seat.organisation_id), str(seat.pk)])
        web.execute(
            "INSERT INTO core_idempotencykey (seat_number, key, fingerprint, answer, created_at)"
            " VALUES (%s, %s, %s, '', %s)",
            [seat.pk, key, "0" * 64, now],
        )
        web.execute("SELECT id FROM contracts_agreedvolume WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [keys])
        number = web.execute("SELECT nextval('reference_order')").fetchone()[0]
        reference = f"O-{now.year}-{number:04d}"
        order = web.execute(
            "INSERT INTO contracts_order (reference, status, stage, closing, close_reason, latest_arrival_on,"
            " contract_id, hospital_id, deliverer_id, amount,"
            " note, own_number, basket, placed_at, placed_by_id, reason)"
            " VALUES (%s, 'placed', '', '', '', %s, %s, %s, %s, %s, '', '', %s, %s, %s, '') RETURNING id",
            [
                reference,
                contract.ends_on + timedelta(days=30),
                contract.pk,
                seat.organisation_id,
                contract.supplier_id,
                sum(amounts),
                reference,
                now,
                seat.pk,
            ],
        ).fetchone()[0]
        web.execute(
            "INSERT INTO contracts_orderline (order_id, number, volume_id, product_id, packs, price, pack_size, units,"
            " amount, fee, released, closed, delivered, accepted, own_number, departure)"
            " SELECT %s, number, v, product, p, price, size, size, amount, 0, 0, 0, 0, 0, '', ''"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::numeric[], %s::int[], %s::numeric[])"
            " WITH ORDINALITY AS row(v, product, p, price, size, amount, number)",
            [order, keys, products, packs, prices, sizes, amounts],
        )
        web.execute(
            "UPDATE contracts_agreedvolume a SET ordered = ordered + drawn"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS row(v, drawn) WHERE a.id = v",
            [keys, [count * size for count, size in zip(packs, sizes, strict=True)]],
        )
        parties = sorted({seat.organisation_id, contract.supplier_id})
        web.execute(
            "INSERT INTO core_event (verb, subject, at, seat_number, actor, data, audience, organisations, origin,"
            " address, mac) VALUES ('order.placed', %s, %s, %s, %s, %s, 'agency', %s, 'api', %s, '')",
            [
                reference,
                now,
                seat.pk,
                seat.signature,
                json.dumps({"lines": len(volumes), "amount": f"{sum(amounts):,}"}),
                parties,
                HERE,
            ],
        )
        found = {
            "kind": "order",
            "reference": reference,
            "title": seat.organisation.name,
            "detail": contract.supplier.name,
            "url": f"/orders/{reference}/",
            "audience": "agency",
            "organisations": parties,
            "tokens": TOKENS,
            "names": seat.organisation.name,
        }
        web.execute("SELECT index_entries(%s)", [json.dumps([found])])
        web.execute(
            "INSERT INTO core_outboxmessage (task, arguments, due_at, attempts, last_error)"
            " VALUES ('contracts.tasks.tell_of_order', %s, %s, 0, '')",
            [json.dumps([order]), now],
        )
        web.execute(
            "UPDATE core_idempotencykey SET status = 201, answer = %s WHERE seat_number = %s AND key = %s",
            [json.dumps({"reference": reference}), seat.pk, key],
        )


def submit_by_hand(web: psycopg.Connection, version: BidVersion, key: str) -> None:
    """Key, version with its two files, event, receipt and answer: the rows that the API writes, in one transaction.

    The database guards and dates the version as it does any other. Files and signed receipt are those of ``version``:
    neither is checked or made anew.
    """
    now, seat, bid = datetime.now(UTC), version.submitted_by, version.bid
    receipt = version.receipt
    document = bytes(receipt.document)
    with web.transaction():
        web.execute(_ACT, [str(seat.organisation_id), str(seat.pk)])
        web.execute(
            "INSERT INTO core_idempotencykey (seat_number, key, fingerprint, answer, created_at)"
            " VALUES (%s, %s, %s, '', %s)",
            [seat.pk, key, "0" * 64, now],
        )
        number = web.execute(
            "SELECT (SELECT count(*) FROM tenders_bidversion WHERE bid_id = b.id) + 1 FROM tenders_bid b"
            " WHERE id = %s FOR NO KEY UPDATE",
            [bid.pk],
        ).fetchone()[0]
        stored, received_at = web.execute(
            "INSERT INTO tenders_bidversion (bid_id, tender_id, number, kind, technical, commercial, technical_com,"
            " technical_sha256, commercial_com, commercial_sha256, assertion, signed_with, terms, submission_key,"
            " received_at, submitted_by_id)"
            " VALUES (%s, %s, %s, 'bid', %b, %b, %s, %s, %s, %s, '', '[]', %s, %s, %s, %s)"
            " RETURNING id, received_at",
            [
                bid.pk,
                bid.tender_id,
                number,
                bytes(version.technical),
                bytes(version.commercial),
                version.technical_com,
                version.technical_sha256,
                version.commercial_com,
                version.commercial_sha256,
                version.terms,
                key,
                now,
                seat.pk,
            ],
        ).fetchone()
        web.execute(
            "INSERT INTO core_event (verb, subject, at, seat_number, actor, data, audience, organisations, origin,"
            " address, mac) VALUES ('bid.received', %s, %s, %s, %s, %s, 'named', %s, 'api', %s, '')",
            [
                bid.reference,
                now,
                seat.pk,
                seat.signature,
                json.dumps({"version": number}),
                [seat.organisation_id],
                HERE,
            ],
        )
        web.execute(
            "INSERT INTO tenders_receipt (kind, reason, bid_id, version_id, submission_key, document, sha256,"
            " received_at) VALUES ('bid', '', %s, %s, %s, %b, %s, %s)",
            [bid.pk, stored, key, document, receipt.sha256, received_at],
        )
        web.execute(
            "UPDATE core_idempotencykey SET status = 201, answer = %s WHERE seat_number = %s AND key = %s",
            [json.dumps({"document": document.decode(), "sha256": receipt.sha256}), seat.pk, key],
        )
