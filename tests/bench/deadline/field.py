"""The tender that is raced for: made, closed and opened, and what is then seen of it."""

import http.client
import json
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import F

from accounts.actions import make_token
from accounts.models import Seat
from catalogue.models import Maker, Product, ProductVersion
from catalogue.rules import fold
from core.actions import action
from core.clock import database_clock
from core.trail import link_waiting
from oversight.verification import verify
from tenders.actions.opening.closing import wait_for_bids_in_flight
from tenders.models import Bid, BidProduct, BidVersion, OpenedEnvelope, Receipt, Tender, random_reference
from tenders.notice import PublishedNotice
from tests.arranging import arranged
from tests.bench.deadline.clients import Bidder, programs
from tests.bench.deadline.reckoning import Seen, StoredReceipt, StoredVersion
from tests.tenders.bids import fresh
from tests.tenders.openers import OpenerProgram
from tests.tenders.stage import Stage, published_tender
from tests.world import NOW, World

LOTS = 4
FAR = 24 * 3600  # seconds
PATIENCE = 300  # seconds for one answer about everything


@dataclass(frozen=True)
class Field:
    """A tender of four lots, a program a supplier with its bids' versions sealed, and what the check of the trail finds
    before anything happens: rows that were arranged by hand."""

    stage: Stage
    bidders: list[Bidder]
    arranged: set[str]


def prepare(*, clients: int, bids: int, versions: int) -> Field:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in
    stage = published_tender(World(), lots=("20.00",) * LOTS, suppliers=clients, evaluators=5)
    move_deadline(stage, FAR)
    bidders = programs(stage.suppliers, _begun(stage, bids), versions)
    return Field(stage, bidders, {*_check()})


@action
def _begun(stage: Stage, each: int) -> list[Bid]:
    """So many bids of each supplier, as beginning them one by one leaves them, in a few statements."""
    lots = list(stage.tender.lots.select_related("tender").prefetch_related("lot_items__item").order_by("number"))
    places = [(seat, number, lots[number % LOTS]) for seat in stage.suppliers for number in range(each)]
    firms = {seat: seat.organisation for seat in stage.suppliers}
    makers = {seat: Maker(name=firm.name, name_key=fold(firm.name), organisation=firm) for seat, firm in firms.items()}
    Maker.objects.bulk_create(makers.values())
    products = [
        Product(item=lot.lot_items.all()[0].item, maker=makers[seat], key=f"race-{seat.pk}-{number}")
        for seat, number, lot in places
    ]
    Product.objects.bulk_create(products)
    offered = [ProductVersion(product=product, pack_size=10, pack_unit="box") for product in products]
    ProductVersion.objects.bulk_create(offered)
    bids = [
        Bid(
            reference=random_reference(),
            tender=stage.tender,
            lot=lot,
            supplier=seat.organisation,
            product_version=version,
            prepared_at=NOW,
            prepared_by=seat,
        )
        for (seat, _number, lot), version in zip(places, offered, strict=True)
    ]
    begun = Bid.objects.bulk_create(bids)
    BidProduct.objects.bulk_create(BidProduct(bid=bid, product_version=bid.product_version) for bid in begun)
    return begun


def move_deadline(stage: Stage, seconds: float) -> None:
    """Let the deadline come in so many seconds. Like an extension this waits for bids in flight, however long the
    database is away. Nobody publishes a tender for seconds, so it is done by hand."""
    while True:
        try:
            _moved(stage.tender, seconds)
            break
        except OperationalError:
            time.sleep(0.1)
        finally:
            connection.close()


@action
def _moved(tender: Tender, seconds: float) -> None:
    wait_for_bids_in_flight(tender)
    deadline = database_clock() + timedelta(seconds=seconds)
    mine = Tender.objects.filter(pk=tender.pk)
    arranged(mine.update)(deadline=deadline)
    mine.update(title=F("title"))  # leaves its record in the trail, which the hand did not


def open_technical(stage: Stage, port: int) -> None:
    """Ask for the technical envelopes of every lot, and let three openers' programs release them, over HTTP."""
    tender = fresh(stage.tender)
    time.sleep(max(0, (tender.deadline - database_clock()).total_seconds()))
    officer = _program(port, stage.officer, tender)
    close = officer("post", "opening/", {"envelope": "technical"})["close"]
    for holder in stage.holders[:3]:
        program = OpenerProgram(_program(port, holder.seat, tender), holder.pair)
        program.release(json.loads(close.partition("\n")[0])["root"])


def _program(port: int, seat: Seat, tender: Tender) -> Any:
    _token, secret = make_token(label="bench", by=seat, now=NOW)
    return partial(_call, port, secret, tender.reference)


def _call(port: int, secret: str, tender: str, method: str, path: str, body: dict[str, Any] | None) -> Any:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Authorization": f"Token {secret}", "Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
    line.request(method.upper(), f"/api/v1/tenders/{tender}/{path}", json.dumps(body or {}), headers)
    answer = line.getresponse()
    content = answer.read()
    line.close()
    assert answer.status < 300, f"{answer.status}: {content[:500]!r}"
    return json.loads(content) if content else None


def seen(stage: Stage) -> Seen:
    """What lies in the database once everything is over."""
    tender = fresh(stage.tender)
    versions = BidVersion.objects.filter(tender=tender).select_related("bid").defer("technical", "commercial")
    opened = OpenedEnvelope.objects.filter(request__tender=tender).select_related("bid", "version")
    receipts = Receipt.objects.filter(bid__tender=tender).select_related("bid")
    return Seen(
        deadline=tender.deadline,
        key=PublishedNotice.of(tender).body["installation"]["key"],
        versions=[
            StoredVersion(one.bid.reference, one.number, (one.technical_sha256, one.commercial_sha256), one.received_at)
            for one in versions
        ],
        receipts=[StoredReceipt(one.bid.reference, one.submission_key, bytes(one.document)) for one in receipts],
        close=json.loads(tender.close.body),
        opened={
            (one.bid.reference, one.version.number): json.loads(one.payload or "{}")
            for one in opened.defer("version__technical", "version__commercial")
        },
    )


def faults_of_the_trail(field: Field) -> list[str]:
    """What the platform's own check of its whole trail finds, but for what was arranged, the deadline too."""
    deadline = f"tenders_tender {field.stage.tender.pk}:"
    return [f"trail: {fault}" for fault in _check() if fault not in field.arranged and not fault.startswith(deadline)]


def _check() -> list[str]:
    link_waiting()
    return [str(fault) for fault in verify()]
