"""Marks in everything that bidders seal are looked for everywhere and under every coding: nothing before the opening,
and of the prices of failed bids, and the contents of attachments, nothing ever.

``MARKED_BIDS=200`` makes as many; by default there are a few.
"""

import gzip
import logging
import os
import re
import secrets
import struct
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import timedelta

import psycopg
import pytest
from celery import current_app
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from awards.actions import award_lot, propose_award
from core.clock import database_clock
from core.models import OutboxMessage
from core.tasks import deliver
from sealing.envelope import Slot, seal
from sealing.payloads import commercial_payload, technical_payload
from tenders.actions.bidding import sealing_notice
from tenders.models import Bid, Lot, Ranking
from tests.demand.stage import item_of
from tests.plugin.servers import RUN
from tests.tenders.bids import fresh, moved_deadline, offered, released, signed_in, submission_of, technical_result
from tests.tenders.hiding_places import HidingPlaces, Place
from tests.tenders.peeling import layers
from tests.tenders.stage import published_tender
from tests.tenders.test_attachments import Sealed, put
from tests.tenders.test_bidding_api import files, posted
from tests.tenders.traces import everything_logged

pytestmark = [pytest.mark.whole, pytest.mark.django_db(transaction=True)]

MANY = int(os.environ.get("MARKED_BIDS", "6"))
MARK = re.compile(rb"mk[0-9a-f]{12}km")
# Prices have nothing but digits: these four in the middle are their mark, and never two zeros after them. PostgreSQL
# stores four digits a number. The seconds of an instant look like a price; the minutes before them tell.
PRICE = re.compile(rb"(?<!\d:)1\d\.7319(?!00)\d\d")
STORED_PRICE = re.compile(rb"([\x0a-\x13])\0" + re.escape(struct.pack("<h", 7319)) + rb"(..)", re.DOTALL)


def mark() -> str:
    return f"mk{secrets.token_hex(6)}km"


def found_in(places: Iterable[Place]) -> dict[str, set[str]]:
    """The marks by where they are."""
    found: dict[str, set[str]] = {}
    for place, content in places:
        for layer in layers(content):
            if marks := {*marks_in(layer)}:
                found.setdefault(place, set()).update(marks)
    return found


def marks_in(layer: bytes) -> Iterable[str]:
    yield from (found.decode() for found in (*MARK.findall(layer), *PRICE.findall(layer)))
    for whole, last in STORED_PRICE.findall(layer):
        digits = struct.unpack("<h", last)[0]
        if digits % 100 == 0 and 0 < digits < 10_000:
            yield f"{whole[0]}.7319{digits // 100:02}"


class Marked:
    """One bid with a mark in each thing that its bidder seals."""

    def __init__(self, bid: Bid, number: int) -> None:
        self.bid = bid
        self.answer, self.name, self.content = mark(), mark(), mark()
        self.price = f"1{number % 10}.7319{number // 10 + 1:02}"
        self.attachment = Sealed(f"{self.content} 附件 {self.content}".encode(), name=f"{self.name} 价格.pdf")

    def send(self, client: Client) -> None:
        """As a bidder's own program does it: sealed there, and only what is sealed is sent."""
        blob, reference = self.attachment.blob, self.bid.reference
        declared = posted(client, "attachments", reference, body={"length": blob.length, "chunks": blob.chunks})
        assert declared.status_code == 201, declared.content
        assert put(client, self.bid, self.attachment, 0, self.attachment.chunks[0]).status_code == 204
        sent = posted(client, "submit-bid", reference, body=files(self.sealed()), key=f"key-of-{reference}")
        assert sent.status_code == 201, sent.content

    def sealed(self):
        slots = {kind: Slot(self.bid.supplier.credit_code, self.bid.reference, 1, kind) for kind in KINDS}
        contents = {
            "technical": technical_payload({"C-01": self.answer, "C-02": "24 of 24"}, [self.attachment.inside]),
            "commercial": commercial_payload(offered(self.bid, self.price)),
        }
        blobs = {"technical": [self.attachment.blob.id]}
        return submission_of(
            {
                kind: seal(contents[kind], sealing_notice(self.bid.lot, kind), slots[kind], blobs=blobs.get(kind, ()))
                for kind in KINDS
            }
        )


KINDS = ("technical", "commercial")


@pytest.fixture
def places():
    with everything_logged() as log:
        yield HidingPlaces(log)


@pytest.fixture
def stage(world):
    stage = published_tender(world, lots=("20.00",))
    moved_deadline(stage.tender, timezone.now() + timedelta(hours=1))
    stage.tender = fresh(stage.tender)
    return stage


def bids_sent(stage) -> list[Marked]:
    sent = []
    for number in range(MANY):
        supplier = stage.suppliers[number % len(stage.suppliers)]
        client = signed_in(Client(), supplier)
        product = stage.product(stage.lots[0], supplier).product.reference
        answer = posted(client, "bids", body={"tender": stage.tender.reference, "lot": 1, "product": product})
        sent.append(Marked(Bid.objects.get(reference=answer.json()["reference"]), number))
        sent[-1].send(client)
    return sent


def open_all(stage, envelope, holders):
    officer = signed_in(Client(), stage.officer)
    answer = officer.post(f"/tenders/{stage.tender.reference}/request-openings/{envelope}/")
    assert answer.status_code == 302, answer.content
    for holder in holders:
        released(fresh(stage.tender), holder.pair, holder.seat, timezone.now())


def tasks_done():
    for message in OutboxMessage.objects.filter(delivered_at=None).order_by("pk"):
        deliver(message.pk)


def test_no_mark_is_anywhere_before_the_opening_and_those_of_failed_bids_and_attachments_never(places, stage, world):
    bids = bids_sent(stage)
    seats = [stage.officer, stage.suppliers[0], world.auditor, world.pharmacist] if MANY > 50 else [stage.officer]
    tasks_done()
    assert found_in(places.everything(seats)) == {}

    moved_deadline(stage.tender, database_clock())
    open_all(stage, "technical", stage.holders[:3])
    failed, passed = bids[: MANY // 2], bids[MANY // 2 :]
    technical_result(
        fresh(stage.tender).lots.get(),
        passed=[one.bid for one in passed],
        failed=[one.bid for one in failed],
        by=stage.officer,
        final_at=timezone.now(),
    )
    open_all(stage, "commercial", stage.holders[2:5])
    lot = Lot.objects.select_related("tender").get()
    award = propose_award(lot=lot, by=stage.officer, now=timezone.now())
    award_lot(lot=lot, by=world.awarder, now=award.standstill_until)
    assert Ranking.objects.filter(verdict="valid").count() == len(passed)
    tasks_done()

    found = found_in(places.everything(seats))
    everywhere = set().union(*found.values())
    assert not everywhere & {one.price for one in failed}
    assert not everywhere & {one.content for one in bids}
    opened = {one.answer for one in bids} | {one.name for one in bids} | {one.price for one in passed}
    assert everywhere == opened
    assert found["dump"] == found["tenders_openedenvelope"] == opened
    assert opened <= set().union(*(marks for place, marks in found.items() if place.startswith("database file")))


# --- The search itself ------------------------------------------------------------------------------------------
def test_the_search_finds_what_is_hidden_in_each_place(places, world):
    marks = {name: mark() for name in ("row", "removed", "kept", "message", "session", "log", "server", "mail", "page")}
    with connection.cursor() as cursor:
        for day, name in enumerate(("row", "removed"), start=1):
            statement = "INSERT INTO core_calendarday (day, working, name) VALUES (%s, true, %s)"
            cursor.execute(statement, [f"2031-01-0{day}", marks[name].encode().hex()])
        cursor.execute("DELETE FROM core_calendarday WHERE name = %s", [marks["removed"].encode().hex()])
    cache.set("kept", gzip.compress(marks["kept"].encode()))
    current_app.send_task("core.tasks.deliver", args=[marks["message"]], ignore_result=True)
    client = signed_in(Client(), world.officer)
    session = client.session
    session["note"] = {"much": "a" * 500, "said": marks["session"]}
    session.save()
    with psycopg.connect(RUN.servers.superuser_url("postgres")) as superuser:
        superuser.execute(f"DO $$ BEGIN RAISE WARNING '%', '{marks['server']}'; END $$")
    mail.send_mail("价格", "价格 " + marks["mail"], None, ["a@example.test"])
    item_of(world, marks["page"])
    logging.getLogger("anything").info("sent %s", b64encode(b"it was " + marks["log"].encode()).decode())
    found = found_in(places.everything([world.officer]))
    where = {name: {place for place, marks_there in found.items() if one in marks_there} for name, one in marks.items()}
    assert {"core_calendarday", "dump"} < where["row"]
    assert {place.split()[0] for place in where["removed"]} == {"database"}
    assert {place.split()[0] for place in where["kept"]} == {"cache", "broker"}
    assert {place.split()[0] for place in where["message"]} == {"cache", "broker"}
    assert {"browser_session", "dump"} < where["session"]
    assert where["log"] == {"log"}
    assert where["server"] == {"file postgresql.log"}
    assert where["mail"] == {"mail"}
    assert any(place.endswith("export=xlsx") for place in where["page"])
    assert any(place.endswith("export=csv") for place in where["page"])


MARKED = "mk0123456789abkm"


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize(
    "coded",
    [
        b64encode,
        lambda plain: urlsafe_b64encode(plain).rstrip(b"="),
        lambda plain: plain.hex().encode(),
        lambda plain: plain.hex().upper().encode(),
        lambda plain: "".join(f"%{sign:02x}" for sign in plain).encode(),
        lambda plain: plain.decode().encode("utf-16"),
        gzip.compress,
        lambda plain: zlib.compress(plain)[:-4],
        lambda plain: b64encode(zlib.compress(plain)),
        lambda plain: gzip.compress(plain.hex().encode()).hex().encode(),
    ],
)
def test_a_mark_is_found_under_every_coding_wherever_it_begins(before, coded):
    hidden = before.encode() + coded(f"{before}:{MARKED}".encode()) + b"/" + os.urandom(300)
    assert any({*marks_in(layer)} == {MARKED} for layer in layers(hidden))
