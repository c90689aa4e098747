"""Bids for tests: prepared, sealed as a bidder's own program would, submitted, opened.

bid = a_bid(stage, supplier=stage.suppliers[0], lot=stage.lots[0])
submission = sealed(bid, "13.50")                     # both envelopes of the next version, sealed
receipt = handed_in(bid, "13.50", at=DEADLINE - HOUR)  # submitted when the database's clock shows that
close(stage); ask(stage, "technical"); release(stage, 3)
"""

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

from accounts.models import Seat
from catalogue.models import ProductVersion
from core.actions import action
from core.clock import mark_installation, set_database_clock
from sealing import ceremony
from sealing.canonical import format_time
from sealing.ceremony import check_package
from sealing.documents import RESULT, document_hash, read_document
from sealing.envelope import SealedEnvelope, Slot, seal
from sealing.keys import OpenerKeys
from sealing.offers import Further, Offer, OfferKind, Part
from sealing.payloads import commercial_payload, technical_payload
from selection.conversion import converted_price
from tenders.actions.bidding import Submission, prepare_bid, sealing_notice, submit_bid
from tenders.actions.opening import Released, release_shares, request_openings
from tenders.coverage import coverage_of
from tenders.models import Bid, Lot, OpeningRequest, Qualification, Receipt, Release, TechnicalResult, Tender
from tenders.presentation.package import opener_package
from tenders.signing import server_public, sign
from tests.arranging import arranged
from tests.tenders.stage import DEADLINE, Stage
from tests.world import NOW

TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
ANSWERS = {"C-01": "Licence 2024-117, valid to 2029", "C-02": "24 of 24 samples passed", "C-03": "98.2 percent"}
_keys = count(1)


@contextmanager
def clock_at(instant: datetime) -> Any:
    """The database's clock stands at an instant, so that a bid can be dated to the microsecond."""
    mark_installation("test")
    set_database_clock(instant)
    try:
        yield
    finally:
        set_database_clock(None)


def a_bid(
    stage: Stage, *, supplier: Seat | None = None, lot: Lot | None = None, product: ProductVersion | None = None
) -> Bid:
    """A prepared bid, with a new product of the supplier's own unless one is given."""
    supplier, lot = supplier or stage.suppliers[0], lot or stage.lots[0]
    return prepare_bid(lot=lot, product_version=product or stage.product(lot, supplier), by=supplier, now=NOW)


def sealed_pair(
    bid: Bid,
    price: str,
    *,
    version: int = 0,
    answers: dict[str, str] | None = None,
    offer: Offer | None = None,
) -> dict[str, SealedEnvelope]:
    """The envelopes of a version (the next one unless given), as the bidder has them before submission; the offer is
    of what the bid covers unless a crooked one is given."""
    number = version or bid.versions.count() + 1
    contents = {"commercial": commercial_payload(offer or offered(bid, price))}
    if bid.tender.envelopes == 2:
        contents["technical"] = technical_payload(answers or ANSWERS)
    return {
        kind: seal(payload, sealing_notice(bid.lot, kind), Slot(bid.supplier.credit_code, bid.reference, number, kind))
        for kind, payload in contents.items()
    }


def offered(bid: Bid, price: str | Decimal) -> Offer:
    """What the bid covers at a price a pack, and what follows from it; of a set each part costs the same, and the
    first the rest."""
    covered, amount = coverage_of(bid), Decimal(price)
    if covered.kind is OfferKind.SYSTEM:
        others = [Part((one.product,), one.pack, Decimal(1), one.quantity) for one in covered.products[1:]]
        rest = amount - sum(part.quantity for part in others)
        first = Part((covered.products[0].product,), covered.products[0].pack, rest)
        return Offer(covered.kind, "CNY", amount, (first, *others))
    part = Part(tuple(sorted(one.product for one in covered.products)), covered.products[0].pack, amount)
    counts = part.pack * Fraction(covered.factor)
    further = tuple(
        Further(one.product, one.pack, converted_price(amount, counts, one.counts)) for one in covered.further
    )
    return Offer(covered.kind, "CNY", amount, (part,), registration=covered.registration, further=further)


def submission_of(envelopes: dict[str, SealedEnvelope], key: str = "") -> Submission:
    files = {kind: envelope.file for kind, envelope in envelopes.items()}
    return Submission(key or f"test-key-{next(_keys)}", files.get("technical"), files.get("commercial"))


def sealed(bid: Bid, price: str, *, version: int = 0, key: str = "") -> Submission:
    return submission_of(sealed_pair(bid, price, version=version), key)


def handed_in(bid: Bid, price: str, *, at: datetime = DEADLINE - HOUR) -> Receipt:
    """The receipt of the bid's next version, submitted when the database's clock shows ``at``."""
    with clock_at(at):
        return submit_bid(bid=bid, submission=sealed(bid, price), by=bid.prepared_by, now=at)


def bids_in(stage: Stage, *prices: str, lot: Lot | None = None) -> list[Bid]:
    """One bid a price, from the stage's suppliers in turn, handed in an hour before the deadline."""
    bids = []
    for number, price in enumerate(prices):
        bid = a_bid(stage, supplier=stage.suppliers[number % len(stage.suppliers)], lot=lot)
        handed_in(bid, price)
        bids.append(bid)
    return bids


def ask(stage: Stage, envelope: str = "technical", *, at: datetime = DEADLINE + HOUR) -> list[OpeningRequest]:
    """The officer asks for every lot that is ready."""
    with clock_at(at):
        return request_openings(tender=stage.tender, envelope=envelope, by=stage.officer, now=at)


def release(stage: Stage, places: Sequence[int] = (1, 2, 3), *, at: datetime = DEADLINE + HOUR) -> list[Release]:
    """The openers at these places release their shares, one after the other."""
    releases = []
    with clock_at(at):
        for holder in [stage.holders[place - 1] for place in places]:
            releases += released(stage.tender, holder.pair, holder.seat, at)
    return releases


def released(tender: Tender, keys: OpenerKeys, by: Seat, at: datetime) -> list[Release]:
    """What an opener's own program does: fetch the package, check it against the mailed root, unlock, sign, send."""
    opener = tender.openers.select_related("tender").get(seat=by, replaced_at=None)
    asked = check_package(opener_package(opener), keys, root=tender.close.root, now=at)
    answers = [ceremony.release(one, keys, at=at) for one in asked]
    sent = [Released(answer.document, answer.shares) for answer in answers]
    return release_shares(tender=tender, answers=sent, by=by, now=at)


def body_of(document: bytes) -> dict[str, Any]:
    """The fields of a document that the platform signed; fails unless its signature holds."""
    return read_document(bytes(document), [server_public()]).body


def fresh(tender: Tender) -> Tender:
    return Tender.objects.get(pk=tender.pk)


@action
def by_hand(change: Callable[[], object]) -> None:
    """Change rows past every action, as a mistake or an intruder would; undone when the database refuses."""
    change()


@action
def moved_deadline(tender: Tender, deadline: datetime) -> None:
    """Let the deadline be another instant than the one published, for races against the real clock."""
    arranged(Tender.objects.filter(pk=tender.pk).update)(deadline=deadline)


@action
def technical_result(
    lot: Lot, *, passed: Sequence[Bid], failed: Sequence[Bid] = (), by: Seat, final_at: datetime
) -> TechnicalResult:
    """A published technical result with its qualifications, as the evaluation leaves it."""
    document = sign(
        {
            "format": RESULT,
            "tender": lot.tender.reference,
            "lot": lot.key,
            "close": lot.tender.close.sha256,
            "round": 1,
            "previous": "",
            "report": "0" * 64,
            "passed": sorted(bid.reference for bid in passed),
            "failed": sorted(bid.reference for bid in failed),
            "final_at": format_time(final_at),
        }
    )
    result = TechnicalResult.objects.create(
        lot=lot,
        document=document,
        report=b"{}",
        sha256=document_hash(document),
        final_at=final_at,
        published_at=final_at - HOUR,
        published_by=by,
    )
    verdicts = [(bid, "qualified") for bid in passed] + [(bid, "not_qualified") for bid in failed]
    Qualification.objects.bulk_create(
        Qualification(bid=bid, result=result, verdict=verdict) for bid, verdict in verdicts
    )
    lot.technical_result = result
    lot.save(update_fields=["technical_result"])
    Lot.objects.filter(pk=lot.pk).update(status=Lot.Status.EVALUATED)
    return result


def signed_in(client: Any, seat: Seat) -> Any:
    """The test client acting from a seat."""
    client.force_login(seat.person, backend="django.contrib.auth.backends.ModelBackend")
    return client
