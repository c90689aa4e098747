"""Sealed attachments: stored ahead, resumed after a cut, named by a submission, read only after the opening."""

import io
import os
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.clock import database_clock
from core.errors import Refused
from sealing.attachments import SEALED_CHUNK, seal_blob
from sealing.envelope import BLOB_MAGIC, Slot, seal
from sealing.payloads import Attachment, commercial_payload, technical_payload
from tenders.actions.bidding import declare_attachment, store_chunk, submit_bid, submit_or_record_refusal
from tenders.actions.opening import request_openings
from tenders.models import AttachmentChunk, SealedAttachment
from tenders.presentation.attachments import OpenedAttachment
from tenders.rules.attachments import LARGEST, Declaration, chunk_length
from tests.tenders.bids import (
    ANSWERS,
    a_bid,
    by_hand,
    fresh,
    moved_deadline,
    offered,
    released,
    sealing_notice,
    signed_in,
    submission_of,
)
from tests.tenders.stage import cancelled, published_tender
from tests.tenders.test_bidding_api import files, posted
from tests.tenders.test_key_destruction import destroyed

DATA = os.urandom(2 * SEALED_CHUNK + 70_000)


@pytest.fixture
def stage(world):
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=5))
    stage.tender = fresh(stage.tender)
    return stage


@pytest.fixture
def bid(stage):
    return a_bid(stage)


class Sealed:
    """A file as its bidder has it after sealing: what to declare, and the chunks to send."""

    def __init__(self, data=DATA, name="annex.pdf"):
        target = io.BytesIO()
        self.blob = seal_blob(io.BytesIO(data), target)
        body = target.getvalue()[len(BLOB_MAGIC) :]
        self.chunks = [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]
        self.inside = Attachment(self.blob.key, name, len(data))
        self.declaration = Declaration(self.blob.length, self.blob.chunks)


def declared(bid, sealed):
    return declare_attachment(bid=bid, declaration=sealed.declaration, by=bid.prepared_by, now=timezone.now())


def sent(bid, sealed, numbers):
    attachment = declared(bid, sealed)
    for number in numbers:
        store_chunk(
            attachment=attachment, number=number, data=sealed.chunks[number], by=bid.prepared_by, now=timezone.now()
        )
    return attachment


def version_with(bid, *attachments, blobs=None):
    """Both envelopes of the next version, the technical one with these attachments."""
    number = bid.versions.count() + 1
    slot = {kind: Slot(bid.supplier.credit_code, bid.reference, number, kind) for kind in ("technical", "commercial")}
    named = [one.blob.id for one in attachments] if blobs is None else blobs
    technical = technical_payload(ANSWERS, [one.inside for one in attachments])
    notice = {kind: sealing_notice(bid.lot, kind) for kind in slot}
    return submission_of(
        {
            "technical": seal(technical, notice["technical"], slot["technical"], blobs=named),
            "commercial": seal(commercial_payload(offered(bid, "13")), notice["commercial"], slot["commercial"]),
        }
    )


def put(client, bid, sealed, number, data):
    path = reverse("api-attachment-chunk", args=[bid.reference, sealed.blob.id, number])
    return client.put(path, data, content_type="application/octet-stream")


def test_an_upload_cut_in_the_middle_is_resumed_and_byte_identical(client, bid):
    sealed = Sealed()
    signed_in(client, bid.prepared_by)
    body = {"length": sealed.blob.length, "chunks": sealed.blob.chunks}
    answer = posted(client, "attachments", bid.reference, body=body)
    assert (answer.status_code, answer.json()["id"], answer.json()["missing"]) == (201, sealed.blob.id, [0, 1, 2])
    assert put(client, bid, sealed, 1, sealed.chunks[1]).status_code == 204
    cut = put(client, bid, sealed, 0, sealed.chunks[0][:70_000])
    assert (cut.status_code, cut.json()["code"]) == (422, "not_as_declared")
    again = posted(client, "attachments", bid.reference, body=body).json()
    assert again["missing"] == [0, 2]
    for number in again["missing"]:
        assert put(client, bid, sealed, number, sealed.chunks[number]).status_code == 204
    whole = client.get(reverse("api-attachment", args=[bid.reference, sealed.blob.id])).json()
    assert whole["missing"] == []
    stored = AttachmentChunk.objects.order_by("number").values_list("data", flat=True)
    assert b"".join(map(bytes, stored)) == b"".join(sealed.chunks)


def test_a_chunk_twice_is_stored_once_and_a_changed_or_foreign_one_never(client, bid):
    sealed = Sealed()
    declared(bid, sealed)
    signed_in(client, bid.prepared_by)
    for _again in "12":
        assert put(client, bid, sealed, 0, sealed.chunks[0]).status_code == 204
    assert AttachmentChunk.objects.count() == 1
    flipped = bytes([sealed.chunks[1][0] ^ 1]) + sealed.chunks[1][1:]
    for number, data, code in (
        (1, flipped, "not_as_declared"),
        (1, b"", "not_as_declared"),
        (3, b"x", "no_such_chunk"),
    ):
        assert put(client, bid, sealed, number, data).json()["code"] == code
    too_long = put(client, bid, sealed, 2, sealed.chunks[2] + bytes(3 * SEALED_CHUNK))
    assert too_long.json()["code"] == "not_as_declared"
    assert AttachmentChunk.objects.count() == 1


def test_the_database_itself_takes_only_the_chunk_that_was_declared_and_keeps_it(bid):
    sealed = Sealed()
    attachment = sent(bid, sealed, [0])
    for number, data in ((1, sealed.chunks[0]), (3, sealed.chunks[0])):
        with pytest.raises(DatabaseError, match="not the chunk that was declared"):
            by_hand(lambda n=number, d=data: AttachmentChunk.objects.create(attachment=attachment, number=n, data=d))
    for rows in (AttachmentChunk.objects.all(), SealedAttachment.objects.all()):
        with pytest.raises(DatabaseError, match="written once"):
            by_hand(lambda rows=rows: rows._raw_delete("default"))


def test_anothers_attachment_answers_like_a_missing_one(client, stage, bid):
    sealed = Sealed()
    sent(bid, sealed, [0])
    theirs = a_bid(stage, supplier=stage.suppliers[1])
    missing = "0" * 64
    for seat in (stage.suppliers[1], stage.suppliers[2]):
        signed_in(client, seat)
        for reference in (bid.reference, theirs.reference):
            for route, rest in (("api-attachment", []), ("api-attachment-chunk", [1])):
                ask = client.put if rest else client.get
                options = {"data": sealed.chunks[1], "content_type": "application/octet-stream"} if rest else {}
                foreign = ask(reverse(route, args=[reference, sealed.blob.id, *rest]), **options)
                unknown = ask(reverse(route, args=[reference, missing, *rest]), **options)
                assert (foreign.status_code, foreign.content) == (404, unknown.content)
        assert client.get(reverse("api-attachments", args=[bid.reference])).status_code == 404
    signed_in(client, stage.officer)
    assert client.get(reverse("api-attachment", args=[bid.reference, sealed.blob.id])).status_code in (403, 404)


def test_a_submission_is_refused_naming_the_attachment_that_is_not_fully_stored(client, bid):
    whole, part = Sealed(b"whole"), Sealed()
    sent(bid, whole, [0])
    sent(bid, part, [0, 2])
    submission = version_with(bid, whole, part)
    signed_in(client, bid.prepared_by)
    answer = posted(client, "submit-bid", bid.reference, body=files(submission), key=submission.key)
    assert (answer.status_code, answer.json()["code"]) == (422, "attachment_missing")
    assert answer.json()["faults"] == [{"field": "technical.blobs", "row": 2, "message": part.blob.id}]
    assert not bid.versions.exists()
    sent(bid, part, [1])
    answer = posted(client, "submit-bid", bid.reference, body=files(submission), key="the-rest-is-here")
    assert answer.status_code == 201
    assert len(answer.content) < 4096


def test_an_attachment_of_another_bid_does_not_count(stage, bid):
    sealed = Sealed(b"stored for another bid")
    sent(a_bid(stage), sealed, [0])
    receipt = submit_or_record_refusal(
        bid=bid, submission=version_with(bid, sealed), by=bid.prepared_by, now=timezone.now()
    )
    assert receipt.reason == "attachment_missing"


def test_a_bid_has_a_quota_and_a_file_a_size(bid, monkeypatch):
    sealed = Sealed(b"small")
    impossible = Declaration(sealed.blob.length + 1, sealed.blob.chunks)
    with pytest.raises(Refused, match="does not have these chunks"):
        declare_attachment(bid=bid, declaration=impossible, by=bid.prepared_by, now=timezone.now())
    monkeypatch.setattr("tenders.rules.attachments.QUOTA", sealed.blob.length + 10)
    declared(bid, sealed)
    assert declared(bid, sealed).pk == SealedAttachment.objects.get().pk
    with pytest.raises(Refused, match="more room"):
        declared(bid, Sealed(b"one more"))


@given(st.integers(1, LARGEST), st.integers(0, 300))
def test_a_possible_declaration_fixes_the_length_of_every_chunk(length, count):
    declaration = Declaration(length, ("a" * 64,) * count)
    lengths = [chunk_length(length, count, number) for number in range(count)]
    if declaration.possible:
        assert sum(lengths) + len(BLOB_MAGIC) == length
        assert all(size == SEALED_CHUNK for size in lengths[:-1])
        assert 0 < lengths[-1] <= SEALED_CHUNK


def test_after_the_deadline_nothing_more_is_stored(bid):
    sealed = Sealed()
    attachment = sent(bid, sealed, [0])
    moved_deadline(bid.tender, timezone.now() - timedelta(seconds=1))
    bid.tender.refresh_from_db()
    with pytest.raises(Refused, match="not open for bids"):
        store_chunk(attachment=attachment, number=1, data=sealed.chunks[1], by=bid.prepared_by, now=timezone.now())
    with pytest.raises(Refused, match="not open for bids"):
        declared(bid, Sealed(b"late"))


def test_attachments_are_read_after_the_opening_by_those_who_judge_and_by_nobody_before(client, stage, world, bid):
    sealed = Sealed(name='..\\/evil "licence".html')
    sent(bid, sealed, [2, 0, 1])
    submit_bid(bid=bid, submission=version_with(bid, sealed), by=bid.prepared_by, now=timezone.now())
    path = reverse("tenders:attachment", args=[bid.reference, "technical", 1])
    evaluator = stage.evaluators[0].seat
    judges = (stage.officer, world.auditor, evaluator, bid.prepared_by)
    others = (stage.suppliers[1], stage.holders[1].seat, world.seat(world.hospital, "evaluator"), world.pharmacist)
    for seat in (*judges, *others):
        signed_in(client, seat)
        assert client.get(path).status_code in (403, 404)
    moved_deadline(stage.tender, database_clock())
    request_openings(tender=fresh(stage.tender), envelope="technical", by=stage.officer, now=timezone.now())
    signed_in(client, evaluator)
    assert client.get(path).status_code == 404
    for holder in stage.holders[:3]:
        released(fresh(stage.tender), holder.pair, holder.seat, timezone.now())
    for seat in judges:
        signed_in(client, seat)
        answer = client.get(path)
        assert b"".join(answer.streaming_content) == DATA
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment; ")
        assert "/" not in disposition
        assert "\\\\" not in disposition
    for seat in others:
        signed_in(client, seat)
        assert client.get(path).status_code in (403, 404)
    signed_in(client, evaluator)
    assert client.get(reverse("tenders:attachment", args=[bid.reference, "technical", 2])).status_code == 404
    assert client.get(reverse("tenders:attachment", args=[bid.reference, "commercial", 1])).status_code == 404
    desk = client.get(reverse("tenders:scoring-desk", args=[stage.tender.reference, 1, bid.reference]))
    assert path in desk.content.decode()


def test_with_the_keys_go_attachments_that_no_opened_envelope_names(stage, bid):
    replaced, opened, never_named = Sealed(b"of the first version"), Sealed(b"of the last"), Sealed(b"of none")
    for one in (replaced, opened, never_named):
        sent(bid, one, [0])
    for one in (replaced, opened):
        submit_bid(bid=bid, submission=version_with(bid, one), by=bid.prepared_by, now=timezone.now())
    moved_deadline(stage.tender, database_clock())
    request_openings(tender=fresh(stage.tender), envelope="technical", by=stage.officer, now=timezone.now())
    for holder in stage.holders[:3]:
        released(fresh(stage.tender), holder.pair, holder.seat, timezone.now())
    cancelled(stage, now=timezone.now())
    stage.tender = fresh(stage.tender)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        by_hand(lambda: AttachmentChunk.objects.update(data=None))
    for place in (1, 2, 3):
        destroyed(stage, place)
    left = AttachmentChunk.objects.exclude(data=None)
    assert [bytes(chunk.data) for chunk in left] == opened.chunks
    assert SealedAttachment.objects.count() == 3


def test_an_attachment_that_does_not_open_is_named_the_bidders_fault(client, stage, bid):
    honest, other = Sealed(), Sealed(b"the key of this one is another")
    sent(bid, honest, [0, 1, 2])
    crooked = version_with(bid, other, blobs=[honest.blob.id])
    submit_bid(bid=bid, submission=crooked, by=bid.prepared_by, now=timezone.now())
    moved_deadline(stage.tender, database_clock())
    request_openings(tender=fresh(stage.tender), envelope="technical", by=stage.officer, now=timezone.now())
    for holder in stage.holders[:3]:
        released(fresh(stage.tender), holder.pair, holder.seat, timezone.now())
    signed_in(client, stage.officer)
    answer = client.get(reverse("tenders:attachment", args=[bid.reference, "technical", 1]))
    assert answer.status_code in (409, 422)
    assert "The fault is the bidder" in answer.content.decode()


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("licence\r\nX: y.pdf", "licence__X_ y.pdf"),
        ("invoice\u202egpj.exe", "invoice_gpj.exe"),
        ("...", "attachment-1"),
        ("营业执照.pdf", "营业执照.pdf"),
    ],
)
def test_a_file_name_deceives_neither_file_system_nor_reader(given_name, safe):
    attachment = OpenedAttachment(None, "technical", 1, "", Attachment(b"", given_name, 0))
    assert attachment.file_name == safe


def test_a_bidder_gets_its_own_sealed_files_and_nobody_else_does(client, stage, bid):
    submission = version_with(bid)
    submit_bid(bid=bid, submission=submission, by=bid.prepared_by, now=timezone.now())
    path = reverse("api-sealed-envelope", args=[bid.reference, 1, "commercial"])
    signed_in(client, bid.prepared_by)
    assert client.get(path).content == submission.commercial
    for number, kind in ((2, "commercial"), (1, "assertion"), (1, "submission_key")):
        assert client.get(reverse("api-sealed-envelope", args=[bid.reference, number, kind])).status_code == 404
    for seat in (stage.suppliers[1], stage.officer, stage.holders[0].seat):
        signed_in(client, seat)
        assert client.get(path).status_code in (403, 404)
