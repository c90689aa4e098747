"""Signed documents are held against each other and against their rows, whatever records and chain say."""

from hashlib import sha256

import pytest
from django.db import connection, transaction

from core.trail import link_waiting
from oversight.verification import documents
from tenders.models import AttachmentChunk, Bid, Close, SealedAttachment, TimeStamp
from tests.oversight.province import busy_province
from tests.tenders.authority import STAMPED, Authority

pytestmark = pytest.mark.django_db


TAMPERED = [
    ("UPDATE tenders_tender SET terms = repeat('0', 64)", "its terms are not its last notice"),
    ("UPDATE tenders_tender SET notice = notice || '\\x0a'", "its terms are not its last notice"),
    ("DELETE FROM tenders_tendernotice", "its terms are not its last notice"),
    ("UPDATE tenders_tendernotice SET sha256 = repeat('0', 64)", "its hash: the row says something else"),
    ("UPDATE tenders_attachmentchunk SET data = data || '\\x00'", "it is not the chunk that was declared"),
    ("UPDATE tenders_close SET document = overlay(document PLACING '\\x7a' FROM 40)", "over another close"),
    ("UPDATE tenders_timestamp SET token = '\\x3000'", "its token cannot be read"),
    ("UPDATE tenders_timestamp SET stamped_at = stamped_at - interval '1 hour'", "from another time"),
    ("UPDATE tenders_bidversion SET technical = technical || '\\x00' WHERE technical IS NOT NULL",
     "the bytes of its technical envelope are not those that were submitted"),
    ("UPDATE tenders_bidversion SET commercial_sha256 = repeat('0', 64)", "its commercial envelope: the row says"),
    ("UPDATE tenders_bidversion SET number = 7", "its version: the row says something else"),
    ("UPDATE tenders_receipt SET sha256 = repeat('0', 64)", "its hash: the row says something else"),
    ("DELETE FROM tenders_receipt WHERE id = (SELECT min(id) FROM tenders_receipt)", "has no receipt"),
    ("DELETE FROM tenders_receipt WHERE id = (SELECT min(id) FROM tenders_receipt)", "its root over the receipts"),
    ("UPDATE tenders_receipt SET document = overlay(document PLACING '\\x30' FROM 40)", "signature under its"),
    ("UPDATE tenders_close SET count = count + 1", "its count: the row says something else"),
    ("UPDATE tenders_close SET sha256 = repeat('0', 64)", "its close: the row says something else"),
    ("UPDATE tenders_qualification SET verdict = 'not_qualified'", "the bids that passed: the row says"),
    ("UPDATE tenders_openingrequest SET listed = listed - 1", "how many it lists: the row says"),
    ("UPDATE tenders_technicalresult SET sha256 = repeat('0', 64)", "its result: the row says something else"),
    ("UPDATE tenders_release SET shares = '[]'", "its shares: the row says something else"),
    ("DELETE FROM tenders_close", "what it refers to is gone or unreadable"),
    ("UPDATE tenders_release SET shares = '[7]'", "what it refers to is gone or unreadable"),
    ("UPDATE tenders_opener SET signing_key = repeat('0', 64)", "signature under its document does not hold"),
]  # fmt: skip


@pytest.fixture
def province(world):
    busy_province(world)
    close = Close.objects.get()
    token = Authority().token(sha256(close.body).digest(), nonce=1)
    TimeStamp.objects.create(close=close, token=token, stamped_at=STAMPED)
    sealed = SealedAttachment.objects.create(
        bid=Bid.objects.first(), blob="b" * 64, length=5, count=1, hashes=[sha256(b"chunk").hexdigest()],
        declared_at=STAMPED, declared_by=world.bid_manager,
    )  # fmt: skip
    AttachmentChunk.objects.create(attachment=sealed, number=0, data=b"chunk")
    link_waiting()
    execute("SET CONSTRAINTS ALL IMMEDIATE")


def execute(statement):
    """Straight to the database, past everything that Django and the tests put in between."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def found():
    return [str(fault) for fault in documents.verify({})]


@pytest.mark.usefixtures("province")
def test_each_fault_is_named():
    unnamed = []
    for statement, told in TAMPERED:
        with transaction.atomic():
            execute("SET LOCAL session_replication_role = replica")
            assert execute(statement) > 0
            if not any(told in fault for fault in found()):
                unnamed.append(statement)
            transaction.set_rollback(True)
    assert unnamed == []
    assert found() == []


@pytest.mark.usefixtures("province")
def test_all_kinds_of_documents_are_looked_at():
    counted: dict = {}
    assert list(documents.verify(counted)) == []
    assert counted["documents"] >= 15
